"""An economy's plan as supplier of the shops: consumer goods in the proportions wanted, all other needs kept (§6.2).

The plan for one period is the planner's own problem with three changes: needs that are not sold get what they are
promised, consumer goods may be delivered without upper end, and the consumer goods come in the proportions wanted, as
many of them as there can be. A good's cost is the valuation of its balance: what one unit more would take from all
consumer goods together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.changes.need import NeedChange
from newcourse.plan.goal import TIERS, Goal, need_groups, need_prices
from newcourse.plan.investing import INVESTMENT
from newcourse.plan.limits import Limits
from newcourse.plan.market.demand import LinearExpenditure
from newcourse.plan.market.rounds import Path
from newcourse.plan.market.steering import Manner, steer
from newcourse.plan.market.supply import Delivery
from newcourse.plan.model import build_model
from newcourse.plan.plan import Plan
from newcourse.plan.planner import OnProgress
from newcourse.solver.door import solve
from newcourse.solver.problem import Block, LinearProblem

KEPT: Final = 1e-7
"""Part of a need not sold that the plan may give up: room for rounding."""

CAREFUL: Final = Manner(gain=0.3, rounds=40, tolerance=1e-3, averaged=True, most=0.1)
"""For an economy with many scarcities: costs averaged, and what is wanted changed by a tenth a round at most."""

_NOT_SOLD: Final = (INVESTMENT, "Reserves")


def household_needs(economy: Economy) -> tuple[str, ...]:
    """Return the needs whose goods are sold: those whose code begins with ``household``.

    Where no code does, all but investment and reserves.
    """
    needs = economy["needs"][economy["needs"]["target"] > 0]
    own = needs["need"].str.lower().str.startswith("household")
    groups = pd.Series(need_groups(economy), index=economy["needs"].index)[needs.index]
    chosen = needs["need"][own if own.any() else ~groups.isin(_NOT_SOLD)]
    return tuple(str(code) for code in chosen)


@dataclass(frozen=True, eq=False)
class PlanSupplier:
    """One period's plan that delivers consumer goods in any proportions wanted.

    Parameters
    ----------
    products
        Codes of the needs whose goods are sold, n.
    problem
        Rows and columns, all other needs kept.
    goods
        Which row of the balances each of them draws on, n.
    """

    products: tuple[str, ...]
    problem: LinearProblem
    goods: np.ndarray

    @classmethod
    def of(cls, plan: Plan, sold: tuple[str, ...] | None = None) -> "PlanSupplier":
        """Return the supplier that keeps what a plan's first period gives to all needs that are not sold.

        Parameters
        ----------
        plan
            Its economy and limits hold; other needs get what they got.
        sold
            Codes of the needs that are sold; those of households if left out.

        Raises
        ------
        BadInput
            If a need is not known, none is sold, or the economy has projects, which one period cannot carry out.
        """
        economy = plan.economy
        codes = household_needs(economy) if sold is None else tuple(sold)
        _require_needs(economy, codes)
        limits = Limits.from_data({**plan.limits.to_data(), "periods": 1})
        problem = build_model(economy, Goal(dict(plan.goal.weights)), limits).problem
        rows = economy.good_rows(economy["needs"].set_index("need").loc[list(codes)].reset_index())
        return cls(codes, _kept(problem, plan, codes), rows)

    def deliver(self, wanted: np.ndarray) -> Delivery:
        """Return as much as there can be, in the proportions wanted, and what a unit more of each would take.

        Raises
        ------
        NotCertified, Contradiction
            If that was not solved to a certified optimum.
        """
        wanted = np.asarray(wanted, dtype=float)
        scale = float(wanted.mean())
        pivot = int(np.argmax(wanted))
        together = self._sums()
        proportions = sp.csr_array(together - sp.csr_array((wanted / wanted[pivot])[:, None]) @ together[[pivot]])
        block = Block("proportions", self.problem.shape[0], self.problem.shape[0] + len(wanted), self._labels())
        bound = np.zeros(len(wanted))
        problem = self.problem.with_rows(block, proportions, bound, bound)
        cost = np.asarray(together.sum(axis=0)).ravel() / scale
        found = solve(problem.with_cost(cost, "max")).require_certified()
        assert found.primal is not None  # noqa: S101 (a certified optimum has a point)
        costs = -found.valuations("balance").to_numpy()[self.goods]
        return Delivery(together @ found.primal, np.maximum(costs, 0.0))

    def worth(self, prices: np.ndarray) -> float:
        """Return the most that any delivery of the consumer goods would be worth at these prices.

        Raises
        ------
        NotCertified
            If that was not solved to a certified optimum.
        """
        cost = self._sums().T @ np.asarray(prices, dtype=float)
        found = solve(self.problem.with_cost(cost / np.abs(cost).max(), "max")).require_certified()
        return float(found.certificate.bound * np.abs(cost).max())

    def _labels(self) -> pd.Index:
        return pd.Index(self.products, name="need")

    def _sums(self) -> sp.csr_array:
        """Return what adds up the tiers of each need that is sold: needs × columns."""
        block = self.problem.column_block("delivery")
        row = pd.Index(self.products).get_indexer(block.labels.get_level_values("need"))
        sold = np.flatnonzero(row >= 0)
        shape = (len(self.products), self.problem.shape[1])
        return sp.csr_array((np.ones(len(sold)), (row[sold], sold + block.start)), shape=shape)


def base_demand(
    economy: Economy, codes: tuple[str, ...], frisch: float = -2.0, tastes: Mapping[str, float] | None = None
) -> LinearExpenditure:
    """Return buyers who in the base year buy what needs ask for at its prices, all income elasticities one.

    Elasticities of one and Frisch's parameter are assumptions, to be replaced where something is known. With
    ``tastes`` they would have bought so many times as much of some of it.

    Raises
    ------
    BadInput
        If a taste is for something not sold, or not above 0.
    """
    wrong = {code: times for code, times in (tastes or {}).items() if code not in codes or not 0 < times < np.inf}
    if wrong:
        raise BadInput(
            Fault("taste", f"taste for {code}", f"{times:g}", "a number above 0 for a need that is sold", "correct it")
            for code, times in wrong.items()
        )
    bought, prices = _base_year(economy, codes)
    times = np.array([(tastes or {}).get(code, 1.0) for code in codes])
    return LinearExpenditure.fitted(codes, bought * times, prices, np.ones(len(codes)), frisch)


def _base_year(economy: Economy, codes: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Return what needs ask for in the base year, and its prices."""
    position = pd.Index(economy["needs"]["need"]).get_indexer(list(codes))
    return economy["needs"]["target"].to_numpy(dtype=float)[position], need_prices(economy)[position]


def check_by_demand(
    plan: Plan,
    manner: Manner = CAREFUL,
    *,
    frisch: float = -2.0,
    tastes: Mapping[str, float] | None = None,
    on_progress: OnProgress | None = None,
) -> Path:
    """Sell what a plan delivers to households, and steer by price over cost, round after round.

    Buyers are those of :func:`base_demand`; they spend in each round what the base year's targets cost.

    Parameters
    ----------
    plan
        Its first period is planned again and again, other needs kept.
    manner
        Gain, rounds, tolerance and the rest.
    frisch
        Frisch's parameter of the buyers.
    tastes
        By code of a need: how many times as much of it is wanted as in the base year at the same prices.
    on_progress
        Told the round as it begins, and which part of the way it is.

    Raises
    ------
    BadInput
        If a taste is for something that is not sold or is not above 0, or a number is wrong.
    NotCertified
        If what a round delivers has no clearing prices, or a plan was not certified.
    """
    supplier = PlanSupplier.of(plan)
    demand = base_demand(plan.economy, supplier.products, frisch, tastes)
    bought, prices = _base_year(plan.economy, supplier.products)
    return steer(supplier, demand, float(prices @ bought), bought, manner, on_progress=on_progress)


def next_targets(economy: Economy, path: Path) -> tuple[NeedChange, ...]:
    """Return the targets that the next plan would be asked for: the last round's deliveries in their proportions.

    Together they are worth as much, at base-year prices, as the present targets of the same needs; none is below its
    minimum.
    """
    present, prices = _base_year(economy, path.products)
    delivered = path.rounds[-1].delivery.quantities
    least = economy["needs"].set_index("need")["minimum"].reindex(list(path.products)).to_numpy(dtype=float)
    targets = _shared_out(float(prices @ present), prices, delivered, least)
    return tuple(NeedChange(code, target=float(target)) for code, target in zip(path.products, targets, strict=True))


def _shared_out(value: float, prices: np.ndarray, proportions: np.ndarray, least: np.ndarray) -> np.ndarray:
    """Return quantities of that value together, in these proportions except where that is less than the least."""
    held = np.zeros(len(least), dtype=bool)
    while True:
        free = value - float(prices[held] @ least[held])
        quantities = np.where(held, least, proportions * free / max(float(prices[~held] @ proportions[~held]), 1e-300))
        below = quantities < least
        if not below.any():
            return np.asarray(quantities)
        held |= below


def _kept(problem: LinearProblem, plan: Plan, sold: tuple[str, ...]) -> LinearProblem:
    """Return the problem in which needs not sold get what the plan's first period gives, and those sold any amount."""
    block = problem.column_block("delivery")
    needs, tiers = (block.labels.get_level_values(level) for level in ("need", "tier"))
    first = plan["deliveries"].loc[lambda table: table["period"] == plan.periods[0]].set_index("need")["quantity"]
    others = [code for code in plan.economy["needs"]["need"] if code not in sold]
    upper = np.array(problem.column_upper)
    upper[block.slice] = np.where(needs.isin(list(sold)) & (tiers == TIERS[-1]), np.inf, upper[block.slice])
    row = pd.Index(others).get_indexer(needs)
    kept = np.flatnonzero(row >= 0)
    matrix = sp.csr_array((np.ones(len(kept)), (row[kept], kept + block.start)), shape=(len(others), problem.shape[1]))
    rows = Block("other needs", problem.shape[0], problem.shape[0] + len(others), pd.Index(others, name="need"))
    lower = first.reindex(others).to_numpy(dtype=float) * (1 - KEPT)
    return problem.with_column_bounds(upper=upper).with_rows(rows, matrix, lower, np.inf)


def _require_needs(economy: Economy, codes: tuple[str, ...]) -> None:
    known = economy["needs"].set_index("need")["target"]
    faults = [
        Fault("need-unknown", "needs sold", code, "the code of a need with a target", "correct the code")
        for code in codes
        if code not in known.index or not known[code] > 0
    ]
    if len(economy["projects"]):
        found = f"{len(economy['projects'])} projects, which take several periods"
        faults.append(
            Fault("projects-unplanned", "check by demand", found, "an economy without projects", "take them out first")
        )
    if not codes:
        faults.append(Fault("needs-none", "needs sold", "none", "at least one need", "name the needs that are sold"))
    if faults:
        raise BadInput(faults)
