"""What a count gives: the result, and every step of how it came about, in words and numbers (design §2, §8.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol, TypeVar, cast

from newcourse.errors import BadInput, Fault
from newcourse.vote.plain import freeze, plain
from newcourse.vote.ties import Tie


class Result(Protocol):
    """What every kind of result can do."""

    def to_data(self) -> dict[str, object]:
        """Return the result as plain data."""


R = TypeVar("R", bound=Result)


@dataclass(frozen=True, slots=True)
class Ranking:
    """All candidates in the order the vote puts them, best first."""

    order: tuple[str, ...]

    @property
    def winner(self) -> str:
        """The first of the ranking."""
        return self.order[0]

    def to_data(self) -> dict[str, object]:
        """Return the ranking as plain data."""
        return {"winner": self.winner, "ranking": list(self.order)}


@dataclass(frozen=True, slots=True)
class Allocation:
    """A whole divided among parts: shares in candidate order, none below zero, together exactly one.

    Raises
    ------
    BadInput
        When a share is below zero or the shares do not add up to one.
    """

    shares: tuple[tuple[str, Fraction], ...]

    def __post_init__(self) -> None:
        total = sum((share for _, share in self.shares), Fraction(0))
        if total != 1 or any(share < 0 for _, share in self.shares):
            found = ", ".join(f"{part} {share}" for part, share in self.shares)
            expected = "shares not below zero that add up to exactly 1"
            raise BadInput(Fault("shares-wrong", "allocation", found, expected, "divide by the total"))

    def share(self, part: str) -> Fraction:
        """Return the share of one part."""
        return dict(self.shares)[part]

    def to_data(self) -> dict[str, object]:
        """Return the shares as plain data, fractions as text."""
        return {"shares": plain(dict(self.shares))}


@dataclass(frozen=True, slots=True)
class Decision:
    """A motion adopted or rejected."""

    adopted: bool
    yes: int
    no: int
    abstain: int

    def to_data(self) -> dict[str, object]:
        """Return the decision as plain data."""
        return {"adopted": self.adopted, "yes": self.yes, "no": self.no, "abstain": self.abstain}


@dataclass(frozen=True, slots=True)
class Committee:
    """Candidates elected together, in the order in which they were elected."""

    elected: tuple[str, ...]

    def to_data(self) -> dict[str, object]:
        """Return the committee as plain data."""
        return {"elected": list(self.elected)}


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats of lists, in candidate order."""

    seats: tuple[tuple[str, int], ...]

    def to_data(self) -> dict[str, object]:
        """Return the seats as plain data."""
        return {"seats": dict(self.seats)}


@dataclass(frozen=True, slots=True)
class Selection:
    """Projects that get money, in the order in which they were selected, and what they cost together."""

    selected: tuple[str, ...]
    cost: Fraction
    budget: Fraction

    def to_data(self) -> dict[str, object]:
        """Return the selection as plain data."""
        return {"selected": list(self.selected), "cost": plain(self.cost), "budget": plain(self.budget)}


@dataclass(frozen=True, slots=True)
class Undecided:
    """The rule gives no result, and says why: a quorum missed, nobody voted. This too is an outcome, not an error.

    Parameters
    ----------
    code
        Stable, hyphenated name of the reason, for programs.
    reason
        The reason in words.
    """

    code: str
    reason: str

    def to_data(self) -> dict[str, object]:
        """Return the reason as plain data."""
        return {"undecided": self.code, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a count.

    Parameters
    ----------
    code
        Stable, hyphenated name of the kind of step.
    sentence
        The step in words.
    facts
        Its numbers, exact; frozen when the step is made.
    """

    code: str
    sentence: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", freeze(self.facts))

    def to_data(self) -> dict[str, object]:
        """Return the step as plain data."""
        return {"step": self.code, "sentence": self.sentence, "facts": plain(self.facts)}


@dataclass(frozen=True, slots=True)
class Tally:
    """What a rule makes of a profile: result, one sentence, all steps, all ties."""

    result: Result
    sentence: str
    steps: tuple[Step, ...]
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A tally with the rule it was made by, and all that is needed to make it again from the same ballots.

    Parameters
    ----------
    rule
        Hyphenated name of the rule.
    options
        All its options as plain data, defaults written out.
    candidates
        Candidates in the order fixed beforehand.
    ballots
        How many ballots were counted.
    tally
        Result, sentence, steps and ties.
    """

    rule: str
    options: Mapping[str, object]
    candidates: tuple[str, ...]
    ballots: int
    tally: Tally

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", freeze(self.options))

    @property
    def result(self) -> Result:
        """The result: a ranking, an allocation, a decision, or why there is none."""
        return self.tally.result

    @property
    def sentence(self) -> str:
        """The result in one sentence."""
        return self.tally.sentence

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step of the count, in order."""
        return self.tally.steps

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Every tie that occurred, and how it was settled."""
        return self.tally.ties

    @property
    def decided(self) -> bool:
        """Whether there is a result at all."""
        return not isinstance(self.result, Undecided)

    def expect(self, kind: type[R]) -> R:
        """Return the result where it is of the kind wanted.

        Raises
        ------
        BadInput
            When the vote was undecided or the rule gives another kind of result.
        """
        if isinstance(self.result, kind):
            return self.result
        expected = f"a result of kind {kind.__name__.lower()}"
        remedy = "hold the vote again" if not self.decided else "use a rule that gives this kind of result"
        raise BadInput(Fault("result-missing", f"outcome of rule {self.rule}", self.sentence, expected, remedy))

    def to_data(self) -> dict[str, object]:
        """Return everything as plain data."""
        return {
            "rule": self.rule,
            "options": cast("dict[str, object]", plain(self.options)),
            "candidates": list(self.candidates),
            "ballots": self.ballots,
            "decided": self.decided,
            "result": self.result.to_data(),
            "sentence": self.sentence,
            "steps": [step.to_data() for step in self.steps],
            "ties": [tie.to_data() for tie in self.ties],
        }
