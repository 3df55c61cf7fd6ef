"""All votes of one ballot box: candidates in an order fixed beforehand, and ballots with how often each was cast."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final, Generic, Self, TypeVar

from newcourse.errors import BadInput, Fault
from newcourse.vote.ballot import Ballot
from newcourse.vote.forms import BALLOTS, ballot_from_data

B = TypeVar("B", bound=Ballot)

FORMS: Final[tuple[str, ...]] = tuple(ballot.form for ballot in BALLOTS)


@dataclass(frozen=True, slots=True)
class Profile(Generic[B]):
    """Candidates and votes.

    Parameters
    ----------
    form
        Form of all its ballots: ``ranked``, ``approval``, ``points``, ``allocation`` or ``choice``.
    candidates
        Candidates, parts or the one motion, in the order fixed before the vote was opened.
    ballots
        Pairs of a ballot and how many voters cast it. Equal ballots are put together and all are sorted, so that a
        published profile does not tell who voted when, and no count can depend on it.

    Raises
    ------
    BadInput
        With every fault: no candidate, a name twice, a ballot of another form or with an unknown name, a count that
        is not a whole number above zero.

    Examples
    --------
    >>> from newcourse.vote.ballot import RankedBallot
    >>> box = Profile.of("ranked", ["bread", "buses"], [RankedBallot.of("buses"), RankedBallot.of("buses")])
    >>> box.total, box.ballots
    (2, ((RankedBallot(ranks=(('buses',),)), 2),))
    """

    form: str
    candidates: tuple[str, ...]
    ballots: tuple[tuple[B, int], ...]

    def __post_init__(self) -> None:
        faults = [*_form_faults(self.form), *candidate_faults(self.candidates)]
        faults += _ballot_faults(self.form, {name for name in self.candidates if isinstance(name, str)}, self.ballots)
        if faults:
            raise BadInput(faults)
        together: dict[B, int] = {}
        for ballot, times in self.ballots:
            together[ballot] = together.get(ballot, 0) + times
        object.__setattr__(self, "candidates", tuple(self.candidates))
        object.__setattr__(self, "ballots", tuple(sorted(together.items(), key=_sort_key)))

    @classmethod
    def of(cls, form: str, candidates: Sequence[str], ballots: Iterable[B]) -> Self:
        """Return the profile of ballots given one by one."""
        return cls(form, tuple(candidates), tuple((ballot, 1) for ballot in ballots))

    @classmethod
    def from_data(cls, data: object) -> "Profile[Any]":
        """Return the profile that :meth:`to_data` wrote.

        Raises
        ------
        BadInput
            With every ballot that cannot be read, and its number.
        """
        if not isinstance(data, Mapping) or not {"form", "candidates", "ballots"} <= set(data):
            raise BadInput(_unreadable("profile", "no form, candidates and ballots"))
        candidates, rows = data["candidates"], data["ballots"]
        if not isinstance(candidates, list | tuple) or not isinstance(rows, list | tuple):
            raise BadInput(_unreadable("profile", "candidates or ballots that are no list"))
        return Profile(str(data["form"]), tuple(candidates), _read_rows(rows))

    @property
    def total(self) -> int:
        """How many ballots were cast."""
        return sum(times for _, times in self.ballots)

    def to_data(self) -> dict[str, object]:
        """Return the profile as plain data; equal profiles give equal data."""
        rows = [{"times": times, "ballot": ballot.to_data()} for ballot, times in self.ballots]
        return {"form": self.form, "candidates": list(self.candidates), "ballots": rows}


def _sort_key(row: tuple[Any, int]) -> Any:
    return row[0]


def _form_faults(form: str) -> list[Fault]:
    if form in FORMS:
        return []
    return [Fault("form-unknown", "profile", repr(form), " or ".join(FORMS), "name a form of ballot")]


def candidate_faults(candidates: Sequence[object]) -> list[Fault]:
    """Return what is wrong with a list of candidates: none at all, a name that cannot be printed, one named twice."""
    faults: list[Fault] = []
    seen: set[object] = set()
    if not candidates:
        faults.append(Fault("no-candidate", "profile", "no candidate", "at least one", "name the candidates"))
    for position, name in enumerate(candidates, start=1):
        where = f"profile, candidate {position}"
        if not isinstance(name, str) or not name.strip() or name != name.strip() or not name.isprintable():
            expected = "a printable name without blanks around it"
            faults.append(Fault("name-wrong", where, repr(name), expected, "write the name"))
        elif name in seen:
            faults.append(Fault("candidate-twice", where, name, "each candidate once", "remove one of the two"))
        else:
            seen.add(name)
    return faults


def _ballot_faults(form: str, known: AbstractSet[str], rows: Sequence[tuple[Ballot, int]]) -> list[Fault]:
    faults: list[Fault] = []
    for position, (ballot, times) in enumerate(rows, start=1):
        where = f"profile, ballot {position}"
        if ballot.form != form:
            found = f"a ballot of form {ballot.form}"
            faults.append(Fault("form-mixed", where, found, f"form {form}", "count it in its own box"))
        if isinstance(times, bool) or not isinstance(times, int) or times < 1:
            found = f"cast {times!r} times"
            faults.append(Fault("times-wrong", where, found, "a whole number above zero", "give the number"))
        faults += [
            Fault("candidate-unknown", where, name, "a candidate of this vote", "correct or reject the ballot")
            for name in ballot.names()
            if name not in known
        ]
    return faults


def _read_rows(rows: Sequence[object]) -> tuple[tuple[Any, int], ...]:
    read: list[tuple[Any, int]] = []
    faults: list[Fault] = []
    for position, row in enumerate(rows, start=1):
        where = f"profile, ballot {position}"
        if not isinstance(row, Mapping) or "ballot" not in row or "times" not in row:
            faults.append(_unreadable(where, "no ballot with times"))
            continue
        try:
            read.append((ballot_from_data(row["ballot"]), row["times"]))
        except BadInput as error:
            faults += [Fault(f.code, f"{where}: {f.where}", f.found, f.expected, f.remedy) for f in error.faults]
    if faults:
        raise BadInput(faults)
    return tuple(read)


def _unreadable(where: str, found: str) -> Fault:
    return Fault("profile-malformed", where, found, "the open form of a profile", "write it as the reference says")
