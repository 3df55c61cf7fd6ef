"""A verdict on an outcome: the axiom holds, or a counterexample in words and facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newcourse.errors import BadInput, Fault
from newcourse.vote.outcome import Committee, Outcome, Ranking, Result, Selection, Tally, Undecided
from newcourse.vote.plain import freeze, plain

Elected = Outcome | Tally | Result | str | Sequence[str]
"""Who was elected: an outcome, a tally, a result, one name, or names."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an axiom holds for one outcome.

    Parameters
    ----------
    axiom
        Hyphenated name of the axiom.
    holds
        Whether it holds; where not everything could be tried, whether nothing was found against it.
    sentence
        The verdict in words: why it holds, or who is wronged by how much.
    facts
        The same as numbers and names; frozen when the verdict is made.
    """

    axiom: str
    holds: bool
    sentence: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", freeze(self.facts))

    def to_data(self) -> dict[str, object]:
        """Return the verdict as plain data."""
        return {"axiom": self.axiom, "holds": self.holds, "sentence": self.sentence, "facts": plain(self.facts)}


def elected(outcome: Elected, candidates: Sequence[str]) -> tuple[str, ...]:
    """Return who was elected, in the order in which they were; of a ranking its first.

    Raises
    ------
    BadInput
        When nobody was elected because the vote was undecided, when the outcome elects no candidates at all (an
        allocation, seats of lists, a decision), or a name is no candidate or stands twice.

    Examples
    --------
    >>> elected(Ranking(("b", "a")), ("a", "b")), elected(Committee(("b", "a")), ("a", "b")), elected("a", ("a", "b"))
    (('b',), ('b', 'a'), ('a',))
    """
    names = _names(outcome.result if isinstance(outcome, Outcome | Tally) else outcome)
    faults = [
        Fault(
            "candidate-unknown", "outcome", repr(name), "a candidate of these votes", "give the votes it was made from"
        )
        for name in names
        if name not in candidates
    ]
    if len(set(names)) < len(names):
        found = ", ".join(names)
        faults.append(Fault("elected-twice", "outcome", found, "each name once", "give everybody elected once"))
    if faults:
        raise BadInput(faults)
    return names


def ranking(outcome: Elected, candidates: Sequence[str]) -> tuple[str, ...]:
    """Return the ranking of all candidates.

    Raises
    ------
    BadInput
        When the outcome is no ranking of exactly these candidates.
    """
    result = outcome.result if isinstance(outcome, Outcome | Tally) else outcome
    if isinstance(result, Ranking) and sorted(result.order) == sorted(candidates):
        return result.order
    expected = "a ranking of all candidates"
    raise BadInput(Fault("result-unfit", "outcome", _kind(result), expected, "check it on a rule that ranks"))


def _names(result: object) -> tuple[str, ...]:
    if isinstance(result, str):
        return (result,)
    if isinstance(result, Ranking):
        return (result.winner,)
    if isinstance(result, Committee):
        return result.elected
    if isinstance(result, Selection):
        return result.selected
    if isinstance(result, Sequence) and all(isinstance(name, str) for name in result):
        return tuple(result)
    remedy = "hold the vote again" if isinstance(result, Undecided) else "check it on an outcome that elects candidates"
    raise BadInput(Fault("result-unfit", "outcome", _kind(result), "candidates that are elected", remedy))


def _kind(result: object) -> str:
    return result.reason if isinstance(result, Undecided) else f"a result of kind {type(result).__name__.lower()}"
