"""Ballots that approve of candidates, or give them points (design §8.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from newcourse.errors import BadInput, Fault
from newcourse.vote.ballot import malformed, member, rank_faults


@dataclass(frozen=True, slots=True, order=True)
class ApprovalBallot:
    """The candidates that a voter approves of, all alike. A blank ballot approves of none.

    Raises
    ------
    BadInput
        When a name is empty or stands twice.

    Examples
    --------
    >>> ApprovalBallot(("buses", "bread")).approved
    ('bread', 'buses')
    """

    form: ClassVar[str] = "approval"

    approved: tuple[str, ...]

    def __post_init__(self) -> None:
        faults = rank_faults(tuple((name,) for name in self.approved))
        if faults:
            raise BadInput(replace(fault, where="approval ballot") for fault in faults)
        object.__setattr__(self, "approved", tuple(sorted(self.approved)))

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Return the ballot that :meth:`to_data` wrote."""
        approved = member(data, cls.form, "approved")
        if not isinstance(approved, list | tuple):
            raise BadInput(malformed(cls.form, repr(approved), "a list of names"))
        return cls(tuple(approved))

    def names(self) -> tuple[str, ...]:
        """Return the approved candidates."""
        return self.approved

    def to_data(self) -> dict[str, object]:
        """Return the ballot as plain data."""
        return {"form": self.form, "approved": list(self.approved)}


@dataclass(frozen=True, slots=True, order=True, init=False)
class PointsBallot:
    """Points given to candidates, as many to each as the voter likes within the rules of the vote.

    Parameters
    ----------
    points
        Whole numbers, none below zero. Candidates left out get nothing.

    Attributes
    ----------
    pairs
        Candidate and points in order of the names, those with no points left out.

    Raises
    ------
    BadInput
        When points are no whole numbers, or negative.

    Examples
    --------
    >>> PointsBallot({"buses": 3, "bread": 2, "baths": 0}).pairs
    (('bread', 2), ('buses', 3))
    """

    form: ClassVar[str] = "points"

    pairs: tuple[tuple[str, int], ...]

    def __init__(self, points: Mapping[str, int]) -> None:
        faults = [
            Fault("points-wrong", f"points ballot, {name}", repr(given), "a whole number not below zero", "correct it")
            for name, given in points.items()
            if isinstance(given, bool) or not isinstance(given, int) or given < 0
        ]
        faults += rank_faults(tuple((name,) for name in points))
        if faults:
            raise BadInput(faults)
        object.__setattr__(self, "pairs", tuple(sorted((name, given) for name, given in points.items() if given)))

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Return the ballot that :meth:`to_data` wrote."""
        points = member(data, cls.form, "points")
        if not isinstance(points, Mapping):
            raise BadInput(malformed(cls.form, repr(points), "points by candidate"))
        return cls(points)

    def names(self) -> tuple[str, ...]:
        """Return the candidates that get any points."""
        return tuple(name for name, _ in self.pairs)

    def to_data(self) -> dict[str, object]:
        """Return the ballot as plain data."""
        return {"form": self.form, "points": dict(self.pairs)}
