"""An economy with its trade closed, wholly or in part, and what it takes to meet the same needs (design §6.3)."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.plan.limits import Limits
from newcourse.plan.model import build_model
from newcourse.plan.names import Names
from newcourse.plan.plan import Plan
from newcourse.solver.door import solve
from newcourse.solver.problem import LinearProblem

RATES: Final = {
    "activity_rate": "the pace at which activities may change",
    "import_share_rate": "the pace at which shares of imports may change",
    "route_share_rate": "the pace at which shares of origins may change",
    "export_rate": "the pace at which exports may change",
}
"""Limits that a sudden end of trade could not keep, in words."""

KEPT: Final = 1e-7
"""Part by which the same needs may be met less: room for rounding."""


@dataclass(frozen=True)
class SameNeeds:
    """What the same needs take of one factor, with trade and without.

    Parameters
    ----------
    factor, unit
        Name of the factor, and its unit.
    with_trade, without
        Least use, in all places over the horizon, for the needs that can be met without trade.
    """

    factor: str
    unit: str
    with_trade: float
    without: float

    @property
    def more(self) -> float:
        """By how much more is taken without trade, as a part of what is taken with it; 0 where nothing is."""
        return self.without / self.with_trade - 1 if self.with_trade > 0 else 0.0

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {**asdict(self), "more": self.more}


def freed(limits: Limits) -> tuple[Limits, tuple[str, ...]]:
    """Return the limits without the paces of change, and those set aside in words."""
    aside = tuple(words for name, words in RATES.items() if getattr(limits, name) is not None)
    loose = replace(limits, activity_rate=None, import_share_rate=None, route_share_rate=None, export_rate=None)
    return loose, aside


def without_surplus(economy: Economy) -> tuple[Economy, tuple[str, ...]]:
    """Return the economy that owes no surplus of trade, and what is set aside for that in words."""
    accounts = economy["accounts"]
    owed = accounts["credit"] < 0
    if not owed.any():
        return economy, ()
    places = ", ".join(Names(economy).place(str(place)) for place in accounts.loc[owed, "place"])
    eased = economy.replace(accounts=accounts.assign(credit=accounts["credit"].clip(lower=0.0)))
    return eased, (f"the surplus of trade to be earned by {places}",)


def closed(economy: Economy, reference: Plan, openness: float, *, between_places: bool) -> Economy:
    """Return the economy in which no product is traded beyond a part of what a plan with open trade trades of it.

    Parameters
    ----------
    economy
        With open trade.
    reference
        Its plan; the largest trade of any period counts.
    openness
        The part, from 0 (nothing) to 1 (as much).
    between_places
        Close the routes between places as well.
    """
    trade = economy["trade"]
    quotas = {
        f"{way}_quota": np.minimum(
            trade[f"{way}_quota"].to_numpy(), openness * _most(reference, f"{way}s", trade, ["place", "product"])
        )
        for way in ("import", "export")
    }
    tables = {"trade": trade.assign(**quotas)}
    if between_places:
        routes = economy["routes"]
        most = _most(reference, "shipments", routes, ["product", "origin", "destination"])
        tables["routes"] = routes.assign(limit=np.minimum(routes["limit"].to_numpy(), openness * most))
    return economy.replace(**tables)


def _most(reference: Plan, table: str, rows: pd.DataFrame, keys: list[str]) -> np.ndarray:
    most = reference[table].groupby(keys)["quantity"].max()
    wanted = pd.MultiIndex.from_frame(rows[keys])
    return most.reindex(wanted, fill_value=0.0).to_numpy(dtype=float)


def least_use(economy: Economy, limits: Limits, wanted: Plan) -> tuple[float, ...]:
    """Return the least that an economy can take of each factor to deliver what another plan delivers.

    Parameters
    ----------
    economy, limits
        Of the economy that delivers.
    wanted
        Plan whose deliveries are kept, need by need and period by period.

    Returns
    -------
    tuple of float
        One per row of ``factors``, all places and periods together, in the factor's unit; each the least by itself.

    Raises
    ------
    Contradiction, NotCertified
        If it cannot deliver as much, or that is not proved.
    """
    model = build_model(economy, replace(wanted.goal, guaranteed=frozenset()), limits)
    kept = _delivering(model.problem, wanted)
    block, use = kept.column_block("activity"), economy.factor_use.toarray()
    least = []
    for row in use:
        cost = np.zeros(kept.shape[1])
        cost[block.slice] = np.tile(row, limits.periods)
        least.append(solve(kept.with_cost(cost, "min")).require_certified().certificate.objective if row.any() else 0.0)
    return tuple(map(float, least))


def _delivering(problem: LinearProblem, wanted: Plan) -> LinearProblem:
    """Return the problem in which every need gets at least what a plan delivers of it."""
    delivery = problem.column_block("delivery")
    asked = wanted["deliveries"].set_index(["need", "period"])["quantity"]
    tiers = pd.Series(problem.column_upper[delivery.slice], index=delivery.labels)
    before = tiers.groupby(level=["need", "period"], sort=False).cumsum() - tiers
    pairs = pd.MultiIndex.from_arrays([delivery.labels.get_level_values(name) for name in ("need", "period")])
    whole = asked.reindex(pairs).to_numpy(dtype=float) * (1 - KEPT)
    lower = np.array(problem.column_lower)
    lower[delivery.slice] = np.clip(whole - before.to_numpy(), 0.0, tiers.to_numpy())
    return problem.with_column_bounds(lower=lower)
