"""Ballots: one vote each, immutable, checked when made (design §8.1, words in §2).

A ballot never names its voter. Equal votes are equal values, however they were written down, so that they can be
counted together and published without the order in which they were cast.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Final, Literal, Protocol, Self, cast

from newcourse.errors import BadInput, Fault
from newcourse.vote.plain import fraction, plain

Choice = Literal["yes", "no", "abstain"]
CHOICES: Final[tuple[Choice, ...]] = ("yes", "no", "abstain")


class Ballot(Protocol):
    """What every form of ballot can do."""

    form: ClassVar[str]

    def names(self) -> tuple[str, ...]:
        """Return the candidates that the ballot speaks of."""

    def to_data(self) -> dict[str, object]:
        """Return the ballot as plain data."""


@dataclass(frozen=True, slots=True, order=True)
class RankedBallot:
    """Candidates in order of preference.

    Parameters
    ----------
    ranks
        Ranks from best to worst; candidates in one rank are liked equally. Candidates in no rank come after all
        ranked ones and are liked equally among themselves. No rank at all is a blank ballot.

    Raises
    ------
    BadInput
        When a rank is empty, or a name is empty or ranked twice.

    Examples
    --------
    >>> RankedBallot.of("bread", ("housing", "buses")).ranks
    (('bread',), ('buses', 'housing'))
    """

    form: ClassVar[str] = "ranked"

    ranks: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        ranks = tuple(tuple(rank) for rank in self.ranks)
        faults = rank_faults(ranks)
        if faults:
            raise BadInput(faults)
        object.__setattr__(self, "ranks", tuple(tuple(sorted(rank)) for rank in ranks))

    @classmethod
    def of(cls, *ranks: str | Iterable[str]) -> Self:
        """Return a ballot from names in order, several names in one rank given as a tuple."""
        return cls(tuple((rank,) if isinstance(rank, str) else tuple(rank) for rank in ranks))

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Return the ballot that :meth:`to_data` wrote."""
        ranks = member(data, cls.form, "ranks")
        if not isinstance(ranks, list | tuple) or not all(isinstance(rank, list | tuple) for rank in ranks):
            raise BadInput(malformed(cls.form, repr(ranks), "a list of ranks, each a list of names"))
        return cls(tuple(tuple(rank) for rank in ranks))

    def names(self) -> tuple[str, ...]:
        """Return the ranked candidates, best first."""
        return tuple(name for rank in self.ranks for name in rank)

    def to_data(self) -> dict[str, object]:
        """Return the ballot as plain data."""
        return {"form": self.form, "ranks": [list(rank) for rank in self.ranks]}


@dataclass(frozen=True, slots=True, order=True, init=False)
class AllocationBallot:
    """A whole divided among parts.

    Parameters
    ----------
    points
        Points given to each part: whole numbers or fractions, none below zero. Parts left out get nothing.
    whole
        What the points add up to, exactly.

    Attributes
    ----------
    pairs
        Part and points in order of the parts' names, those with no points left out.

    Raises
    ------
    BadInput
        When points are negative or not exact, or do not add up to the whole.

    Examples
    --------
    >>> ballot = AllocationBallot({"housing": 40, "food": 60, "roads": 0})
    >>> ballot.names(), ballot.share("food")
    (('food', 'housing'), Fraction(3, 5))
    """

    form: ClassVar[str] = "allocation"

    pairs: tuple[tuple[str, Fraction], ...]
    whole: int

    def __init__(self, points: Mapping[str, object], whole: int = 100) -> None:
        exact = {name: fraction(value) for name, value in points.items()}
        faults = _point_faults(points, exact, whole)
        if faults:
            raise BadInput(faults)
        given = cast("dict[str, Fraction]", exact)
        object.__setattr__(self, "pairs", tuple(sorted((name, value) for name, value in given.items() if value)))
        object.__setattr__(self, "whole", whole)

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Return the ballot that :meth:`to_data` wrote."""
        points, whole = member(data, cls.form, "points"), member(data, cls.form, "whole")
        if not isinstance(points, Mapping):
            raise BadInput(malformed(cls.form, repr(points), "points by part"))
        return cls(points, cast("int", whole))

    def names(self) -> tuple[str, ...]:
        """Return the parts that get anything."""
        return tuple(name for name, _ in self.pairs)

    def share(self, part: str) -> Fraction:
        """Return the part's points over the whole; a part left out has share zero."""
        return dict(self.pairs).get(part, Fraction(0)) / self.whole

    def to_data(self) -> dict[str, object]:
        """Return the ballot as plain data."""
        return {"form": self.form, "whole": self.whole, "points": plain(dict(self.pairs))}


@dataclass(frozen=True, slots=True, order=True)
class ChoiceBallot:
    """Yes, no or abstention on one motion.

    Raises
    ------
    BadInput
        When the choice is none of the three.
    """

    form: ClassVar[str] = "choice"

    choice: Choice

    def __post_init__(self) -> None:
        if self.choice not in CHOICES:
            raise BadInput(
                Fault(
                    "choice-unknown", "choice ballot", repr(self.choice), "yes, no or abstain", "write one of the three"
                )
            )

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Return the ballot that :meth:`to_data` wrote."""
        return cls(cast("Choice", member(data, cls.form, "choice")))

    def names(self) -> tuple[str, ...]:
        """Return nothing: the motion is the only candidate and goes without saying."""
        return ()

    def to_data(self) -> dict[str, object]:
        """Return the ballot as plain data."""
        return {"form": self.form, "choice": self.choice}


def member(data: object, form: str, key: str) -> object:
    """Return a member of the plain data of a ballot of the form."""
    if isinstance(data, Mapping) and data.get("form") == form and key in data:
        return data[key]
    raise BadInput(malformed(form, repr(data), f"an object with form {form!r} and {key!r}"))


def malformed(form: str, found: str, expected: str) -> Fault:
    """Return the fault of data that are no ballot of the form."""
    shown = found if len(found) <= 80 else found[:77] + "..."
    return Fault("ballot-malformed", f"ballot of form {form}", shown, expected, "write the ballot in the open form")


def rank_faults(ranks: tuple[tuple[str, ...], ...]) -> list[Fault]:
    """Return what is wrong with ranks: an empty one, a name that is none, a name twice."""
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for position, rank in enumerate(ranks, start=1):
        where = f"ranked ballot, rank {position}"
        if not rank:
            faults.append(Fault("rank-empty", where, "no name", "at least one name", "remove the empty rank"))
        for name in rank:
            if not isinstance(name, str) or not name:
                faults.append(Fault("name-missing", where, repr(name), "a candidate's name", "write the name"))
            elif name in first:
                found = f"{name} again, first in rank {first[name]}"
                faults.append(Fault("ranked-twice", where, found, "each name once", "keep one of the two"))
            else:
                first[name] = position
    return faults


def _point_faults(points: Mapping[str, object], exact: Mapping[str, Fraction | None], whole: object) -> list[Fault]:
    where = "allocation ballot"
    if isinstance(whole, bool) or not isinstance(whole, int) or whole < 1:
        return [Fault("whole-wrong", where, repr(whole), "a whole number above zero, such as 100", "give the whole")]
    faults = [
        Fault("name-missing", where, repr(name), "a part's name", "write the name")
        for name in points
        if not isinstance(name, str) or not name
    ]
    faults += [
        Fault(
            "points-wrong",
            f"{where}, {name}",
            repr(points[name]),
            "a whole number or a fraction such as 1/3, not below zero",
            "write the points exactly",
        )
        for name, value in exact.items()
        if value is None
    ]
    total = sum((value for value in exact.values() if value is not None), Fraction(0))
    if not faults and total != whole:
        gap = f"take away {total - whole}" if total > whole else f"give out {whole - total} more"
        faults.append(Fault("points-total", where, f"points adding up to {total}", f"exactly {whole}", gap))
    return faults
