"""What a count by Meek's method gives: the committee with every stage of how it came about."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from newcourse.vote.meek.papers import DECIMALS, UNIT
from newcourse.vote.outcome import Committee


def decimal(units: int) -> str:
    """Return a number of units as a decimal.

    Examples
    --------
    >>> decimal(1_500_000_000), decimal(-1)
    ('1.500000000', '-0.000000001')
    """
    whole, part = divmod(abs(units), UNIT)
    return f"{'-' if units < 0 else ''}{whole}.{part:0{DECIMALS}d}"


def short(units: int) -> str:
    """Return a number of units for people, rounded half up to two decimals.

    Examples
    --------
    >>> short(107_571_428_572), short(73 * 10**9)
    ('107.57', '73')
    """
    cents = (200 * units + UNIT) // (2 * UNIT)
    return f"{cents // 100}.{cents % 100:02d}" if cents % 100 else str(cents // 100)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: votes, quota and keep factors in units of 10^-9, and what was decided on them.

    Parameters
    ----------
    number
        From 1, the count of first preferences.
    what
        ``first-preferences``, ``surpluses``, ``exclusion`` or ``seats-left``.
    rounds
        How often the votes were divided until these numbers were reached.
    votes
        Votes of each candidate.
    keep
        Keep factor of each elected candidate.
    quota
        Votes that elect.
    non_transferable
        Votes that no candidate keeps.
    elected
        Who is elected at this stage, in order.
    excluded
        Who was excluded before these votes were divided, if anybody.
    """

    number: int
    what: str
    rounds: int
    votes: Mapping[str, int]
    keep: Mapping[str, int]
    quota: int
    non_transferable: int
    elected: tuple[str, ...]
    excluded: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "votes", MappingProxyType(dict(self.votes)))
        object.__setattr__(self, "keep", MappingProxyType(dict(self.keep)))

    def to_data(self) -> dict[str, object]:
        """Return the stage as plain data, all numbers as decimals with nine places."""
        return {
            "stage": self.number,
            "what": self.what,
            "rounds": self.rounds,
            "votes": {name: decimal(units) for name, units in self.votes.items()},
            "keep_factors": {name: decimal(units) for name, units in self.keep.items()},
            "quota": decimal(self.quota),
            "non_transferable": decimal(self.non_transferable),
            "elected": list(self.elected),
            "excluded": [self.excluded] if self.excluded else [],
        }


@dataclass(frozen=True, slots=True)
class MeekCount(Committee):
    """Candidates elected by Meek's method, in order, and all stages.

    Parameters
    ----------
    elected
        In the order in which they were elected.
    quota
        Last quota, in units.
    stages
        At least one.
    """

    quota: int
    stages: tuple[Stage, ...]

    def to_data(self) -> dict[str, object]:
        """Return the count as plain data."""
        return {
            "elected": list(self.elected),
            "quota": decimal(self.quota),
            "stages": [stage.to_data() for stage in self.stages],
        }
