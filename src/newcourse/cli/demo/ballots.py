"""Synthetic ballots: what made-up members would vote, from tastes drawn with a stated seed.

A member's points for groups of needs are the neutral shares (each unit of money alike), times the taste of the place,
times a log-normal taste of the member's own. Variants are ranked by what they bring this member: the fulfilment of
each group by the member's own points, and what hours and emissions they save by two further tastes. So ballots follow
from what the plans do; they say nothing of what real people would vote.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from newcourse.plan.plan import Plan
from newcourse.vote.ballot import AllocationBallot, RankedBallot

POINTS: Final = 100
SPREAD: Final = 0.45
"""Standard deviation of the logarithm of a member's own taste."""

TURNOUT: Final = 0.9
"""Chance that a member votes."""

LEISURE: Final = (0.5, 0.4)
CLEAN: Final = (0.4, 0.3)
"""Mean and standard deviation of what a part of hours, or of emissions, saved is worth beside a part of all needs met.
Assumed, so that opinions differ."""


@dataclass(frozen=True)
class Voter:
    """A synthetic member's tastes.

    Parameters
    ----------
    shares
        Share of each group of needs, together 1.
    leisure, clean
        What saving all hours, or all emissions, would be worth beside meeting all needs.
    votes
        Whether the member votes on weights and on variants.
    """

    shares: Mapping[str, float]
    leisure: float
    clean: float
    votes: tuple[bool, bool]


def voter(chance: np.random.Generator, neutral: Mapping[str, float], taste: Mapping[str, float]) -> Voter:
    """Draw a member's tastes."""
    own = np.exp(chance.normal(0.0, SPREAD, len(neutral)))
    raw = {group: share * taste.get(group, 1.0) * own[i] for i, (group, share) in enumerate(neutral.items())}
    total = sum(raw.values())
    shares = {group: float(value / total) for group, value in raw.items()}
    leisure, clean = (float(max(0.0, chance.normal(*taste_for))) for taste_for in (LEISURE, CLEAN))
    return Voter(shares, leisure, clean, (bool(chance.random() < TURNOUT), bool(chance.random() < TURNOUT)))


def points(shares: Mapping[str, float]) -> AllocationBallot:
    """Return a hundred points in proportion to shares, whole ones, by largest remainders.

    >>> points({"bread": 0.505, "buses": 0.495}).to_data()["points"]
    {'bread': '51', 'buses': '49'}
    """
    exact = {group: POINTS * share for group, share in shares.items()}
    whole = {group: int(value) for group, value in exact.items()}
    by_rest = sorted(exact, key=lambda group: whole[group] - exact[group])
    for group in by_rest[: POINTS - sum(whole.values())]:
        whole[group] += 1
    return AllocationBallot(whole)


@dataclass(frozen=True)
class Offer:
    """What a variant brings, as voters see it.

    Parameters
    ----------
    fulfilment
        By group of needs.
    hours, emissions
        Parts of the base year's factors and emissions that it uses, on average.
    """

    fulfilment: Mapping[str, float]
    hours: float
    emissions: float


def offer(plan: Plan) -> Offer:
    """Return what a plan brings, over its whole horizon."""
    by_group = plan.fulfilment("group").groupby("group", sort=False)[["asked", "delivered"]].sum()
    met = (by_group["delivered"] / by_group["asked"].where(by_group["asked"] > 0)).fillna(1.0)
    totals = plan.totals()
    used = totals["quantity"] / totals["base"].where(totals["base"] > 0)
    hours, emissions = (
        float(used[totals["measure"].isin(plan.economy[kind]["name"])].mean()) for kind in ("factors", "emissions")
    )
    return Offer({str(group): float(part) for group, part in met.items()}, *np.nan_to_num([hours, emissions], nan=1.0))


def ranking(who: Voter, offers: Mapping[str, Offer]) -> RankedBallot:
    """Return the variants in the order this member likes them."""

    def worth(code: str) -> float:
        brought = offers[code]
        met = sum(share * brought.fulfilment.get(group, 1.0) for group, share in who.shares.items())
        return met - who.leisure * brought.hours - who.clean * brought.emissions

    return RankedBallot.of(*sorted(offers, key=worth, reverse=True))


def electorate(
    chance: np.random.Generator,
    places: Mapping[str, str],
    neutral: Mapping[str, float],
    tastes: Mapping[str, Mapping[str, float]],
    people: Sequence[str],
) -> dict[str, Voter]:
    """Draw the tastes of all members, in the order given."""
    return {person: voter(chance, neutral, tastes.get(places[person], {})) for person in people}
