"""The stages of a count by single transferable vote, as a returning officer publishes them (design §8.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from newcourse.vote.outcome import Committee

PLACES: Final = 5
"""Decimal places of values under Scottish law."""

ONE: Final = 10**PLACES
"""One vote in the units in which values are counted."""

Amounts = tuple[tuple[str, str], ...]
"""Values by candidate, in candidate order, as decimals."""


def decimal(units: int, places: int = PLACES) -> str:
    """Return a whole number of units as an exact decimal.

    Examples
    --------
    >>> decimal(74400000), decimal(-5), decimal(123456789, 9)
    ('744.00000', '-0.00005', '0.123456789')
    """
    whole, part = divmod(abs(units), 10**places)
    return f"{'-' if units < 0 else ''}{whole}.{part:0{places}}"


@dataclass(frozen=True, slots=True)
class Parcel:
    """Papers transferred together: how many, the value of each before and after."""

    papers: int
    before: str
    after: str

    def to_data(self) -> dict[str, object]:
        """Return the parcel as plain data."""
        return {"papers": self.papers, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a count, as it stands at the stage's end.

    Parameters
    ----------
    number
        From 1, the count of first preferences.
    what
        ``first-preferences``, ``surplus``, ``exclusion``, ``batch`` (exclusion of several together), or ``doomed``:
        exclusion of those whose election would leave no committee within the quotas of groups.
    votes
        Value held by every candidate.
    non_transferable
        Value held by nobody: of papers without a next preference, and all that truncation has lost so far.
    transfers
        Value that each continuing candidate received in this stage, those who received nothing left out.
    elected
        Who was deemed elected at the end of this stage, most votes first.
    excluded
        Whose papers were transferred because they were excluded.
    surplus
        Whose surplus was transferred, if any.
    lost
        The part of ``non_transferable`` that this stage's truncation made.
    parcels
        Papers transferred in this stage by their value, those without a next preference included.
    filled
        Those of ``elected`` who have no quota: as many candidates were left as seats.
    kept
        Who had as few votes as those excluded or fewer, but was passed over, because without any one of them no
        committee would be within the quotas of groups.
    """

    number: int
    what: str
    votes: Amounts
    non_transferable: str
    transfers: Amounts = ()
    elected: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    surplus: str | None = None
    lost: str = decimal(0)
    parcels: tuple[Parcel, ...] = ()
    filled: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    def to_data(self) -> dict[str, object]:
        """Return the stage as plain data; values are decimals in text."""
        return {
            "stage": self.number,
            "what": self.what,
            "votes": dict(self.votes),
            "non_transferable": self.non_transferable,
            "transfers": dict(self.transfers),
            "elected": list(self.elected),
            "excluded": list(self.excluded),
            "surplus": self.surplus,
            "lost": self.lost,
            "parcels": [parcel.to_data() for parcel in self.parcels],
            "filled": list(self.filled),
            "kept": list(self.kept),
        }


@dataclass(frozen=True, slots=True)
class Elected(Committee):
    """Candidates elected by single transferable vote, with every stage of the count.

    Parameters
    ----------
    elected
        In the order in which they were deemed elected; of one stage, most votes first.
    quota
        Votes that elect: a whole number, or a decimal in text where the rule's quota is none.
    stages
        In order.
    """

    quota: int | str
    stages: tuple[Stage, ...]

    def to_data(self) -> dict[str, object]:
        """Return elected, quota and stages as plain data."""
        return {
            "elected": list(self.elected),
            "quota": self.quota,
            "stages": [stage.to_data() for stage in self.stages],
        }


def amounts(candidates: Iterable[str], units: Iterable[int], places: int = PLACES) -> Amounts:
    """Return values by candidate as decimals."""
    return tuple((name, decimal(value, places)) for name, value in zip(candidates, units, strict=True))
