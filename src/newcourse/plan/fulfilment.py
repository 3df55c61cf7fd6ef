"""Plans by fulfilment: every year's targets met in the same proportion, as far as the year allows.

In the year t the *fulfilment* f(t) is the least part of its target that any need gets: delivered ≥ f(t) × target. It
may exceed one. Chosen is the plan with the largest sum of all years' fulfilments, as in P. Cockshott's program for
plans in kind (2018, class ``nyearplan``); or first the one whose worst year is best. Consumption in fixed proportions
is what L. V. Kantorovich maximised, *Mathematical Methods of Organising and Planning Production* (1939).
"""

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.constraints.registry import CONSTRAINTS
from newcourse.plan.goal import TIERS, Goal
from newcourse.plan.investing import is_investment_need
from newcourse.plan.layout import Layout, add_columns
from newcourse.plan.limits import Limits
from newcourse.plan.planner import OnProgress, silent
from newcourse.plan.preflight import require_plannable
from newcourse.plan.stage import Proof, Stage
from newcourse.solver.lexicographic import Objective, solve_lexicographic
from newcourse.solver.problem import LinearProblem
from newcourse.solver.solution import Solution

Aim = Literal["sum", "worst year"]

UNBOUND: Final = Limits(
    activity_rate=None, import_share_rate=None, route_share_rate=None, export_rate=None, terminal="free"
)
"""No pace but what stocks and factors allow, and no thought of what comes after: as the old programs have it."""

_TABLES: Final = (("activity", "activity"), ("investment", "investment"), ("capital", "capital"))


@dataclass(frozen=True, eq=False)
class Schedule:
    """What each year asks for and has.

    Parameters
    ----------
    targets
        Years × needs, in the order of the economy's needs; 0 where a year asks for nothing.
    supply
        Years × factor supplies, in the order of the economy's table ``factor_supply``.

    Raises
    ------
    BadInput
        If a figure is negative or no number, or the two do not cover the same years.
    """

    targets: np.ndarray
    supply: np.ndarray

    def __post_init__(self) -> None:
        for name in ("targets", "supply"):
            array = np.array(getattr(self, name), dtype=float, ndmin=2)
            array.setflags(write=False)
            object.__setattr__(self, name, array)
            if not ((array >= 0) & (array < np.inf)).all():
                raise BadInput(Fault("figure", f"schedule, {name}", "a figure below 0", "at least 0", "correct it"))
        if len(self.targets) != len(self.supply) or not len(self.targets):
            found = f"{len(self.targets)} years of targets, {len(self.supply)} of supply"
            raise BadInput(Fault("years", "schedule", found, "the same years, at least one", "give both for each year"))

    @property
    def periods(self) -> int:
        """How many years it covers."""
        return len(self.targets)

    @classmethod
    def of(cls, economy: Economy, periods: int) -> "Schedule":
        """Return what an economy's own needs and factor supplies, with their growth, ask for and give each year."""
        t = np.arange(periods)[:, None]
        needs, supply = economy["needs"], economy["factor_supply"]
        return cls(
            needs["target"].to_numpy() * (1 + needs["growth"].to_numpy()) ** t,
            supply["quantity"].to_numpy() * (1 + supply["growth"].to_numpy()) ** t,
        )


@dataclass(frozen=True, eq=False)
class FulfilmentPlan:
    """A plan by fulfilment.

    Parameters
    ----------
    economy, schedule
        What it was made from.
    fulfilment
        Part of its target that every need gets, by year.
    tables
        ``activity``, ``investment``, ``capital``, ``deliveries``, ``factors``: tidy, with the column ``period``.
    proofs
        Of each stage, the last chose the plan.
    """

    economy: Economy
    schedule: Schedule
    fulfilment: pd.Series
    tables: dict[str, pd.DataFrame]
    proofs: tuple[Proof, ...]

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table].copy(deep=False)

    def words(self) -> str:
        """Say in one sentence what the years reach."""
        worst = self.fulfilment.idxmin()
        return (
            f"Of its targets the year {worst} gets {self.fulfilment.min():.1%}, the least of all; "
            f"the years together reach {self.fulfilment.sum():.4g} times a year's targets."
        )

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data, without its economy, which is named by its fingerprint."""
        return {
            "economy": self.economy.fingerprint,
            "words": self.words(),
            "fulfilment": {str(year): float(part) for year, part in self.fulfilment.items()},
            "tables": {name: table.to_dict(orient="list") for name, table in self.tables.items()},
            "proofs": [proof.to_data() for proof in self.proofs],
        }


def plan_fulfilment(
    economy: Economy,
    schedule: Schedule,
    *,
    aim: Aim = "sum",
    limits: Limits = UNBOUND,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
) -> FulfilmentPlan:
    """Return the plan that fulfils a schedule furthest.

    Parameters
    ----------
    economy
        What there is; what its needs ask for is taken from the schedule instead.
    schedule
        Targets and factors of each year.
    aim
        ``sum``: the largest sum over the years. ``worst year``: the best worst year first, then the sum.
    limits
        Paces and what must be left at the end; its number of periods is that of the schedule.
    time_limit
        Seconds for each solve.
    on_progress
        Told the name of each step as it begins, and which part of the way it stands at.

    Raises
    ------
    BadInput
        If the schedule does not fit the economy, or a year asks for nothing.
    NotCertified
        If a stage was not solved to a certified optimum.
    """
    tell = on_progress or silent
    tell("building the problem", 0.1)
    _require_fit(economy, schedule)
    problem = fulfilment_problem(economy, schedule, limits)
    tell("fulfilment", 0.4)
    solutions = solve_lexicographic(problem, _objectives(problem, aim), time_limit=time_limit)
    return _plan(economy, schedule, solutions, [aim, "sum"] if aim == "worst year" else ["sum"])


def fulfilment_problem(economy: Economy, schedule: Schedule, limits: Limits = UNBOUND) -> LinearProblem:
    """Return the planner's own rows and columns with the schedule's figures, and the years' fulfilments as columns."""
    limits = _with_periods(limits, schedule.periods)
    require_plannable(economy, Goal(), limits)
    layout = Layout(economy, Goal(), limits)
    add_columns(layout)
    for constraint in CONSTRAINTS:
        constraint.add(layout)
    years = layout.builder.add_columns("fulfilment", layout.periods)
    worst = layout.builder.add_columns("worst year", pd.Index(["all years"], name="of"))
    _add_targets(layout, schedule, years)
    rows = layout.builder.add_rows("worst of the years", layout.periods, lower=0.0)
    layout.builder.put_matrix(rows, years, sp.csr_array(sp.eye_array(schedule.periods)))
    layout.builder.put_matrix(rows, worst, sp.csr_array(-np.ones((schedule.periods, 1))))
    return _scheduled(layout.builder.build(f"fulfilment of {economy.about.title}", "max"), schedule)


def _with_periods(limits: Limits, periods: int) -> Limits:
    return Limits.from_data({**limits.to_data(), "periods": periods})


def _add_targets(layout: Layout, schedule: Schedule, years: slice) -> None:
    """Add the rows delivered − fulfilment × target ≥ 0 for every need and year; means of investment are no aim."""
    needs = layout.economy["needs"]
    counted = ~is_investment_need(layout.economy)
    layout.add_rows("targets", pd.Index(needs["need"], name="need"), lower=0.0)
    tiers = np.tile(np.arange(len(TIERS)) == len(TIERS) - 1, len(needs)).astype(float)
    last = sp.csr_array(sp.kron(sp.eye_array(len(needs)), np.ones((1, len(TIERS)))) @ sp.diags_array(tiers))
    layout.put("targets", "delivery", last)
    for period in range(schedule.periods):
        asked = np.where(counted, schedule.targets[period], 0.0)
        one = slice(years.start + period, years.start + period + 1)
        layout.builder.put_matrix(layout.rows("targets", period), one, sp.csr_array(-asked[:, None]))


def _scheduled(problem: LinearProblem, schedule: Schedule) -> LinearProblem:
    """Return the problem with each year's own supply of factors, and deliveries without an upper end (last tier)."""
    rows, upper = np.array(problem.row_upper), np.array(problem.column_upper)
    rows[problem.row_block("factors").slice] = schedule.supply.ravel()
    delivery = problem.column_block("delivery").slice
    upper[delivery] = np.tile([0.0] * (len(TIERS) - 1) + [np.inf], (delivery.stop - delivery.start) // len(TIERS))
    return problem.with_row_bounds(upper=rows).with_column_bounds(upper=upper)


def _objectives(problem: LinearProblem, aim: Aim) -> list[Objective]:
    def of(block: str) -> npt.NDArray[np.float64]:
        cost = np.zeros(problem.shape[1])
        cost[problem.column_block(block).slice] = 1.0
        return cost

    both = [Objective("worst year", of("worst year"), "max"), Objective("sum", of("fulfilment"), "max")]
    return both if aim == "worst year" else both[1:]


def _require_fit(economy: Economy, schedule: Schedule) -> None:
    faults = [
        Fault("schedule-shape", f"schedule, {name}", f"{found} columns", f"{len(economy[table])}", f"one per {table}")
        for name, table, found in (
            ("targets", "needs", schedule.targets.shape[1]),
            ("supply", "factor_supply", schedule.supply.shape[1]),
        )
        if found != len(economy[table])
    ]
    if len(economy["projects"]):
        found = f"{len(economy['projects'])} projects"
        faults.append(Fault("projects-unplanned", "fulfilment", found, "an economy without projects", "take them out"))
    if not faults:
        asked = schedule.targets[:, ~is_investment_need(economy)]
        faults = [
            Fault("year-asks-nothing", f"schedule, year {year + 1}", "no target", "at least one", "state what it wants")
            for year in np.flatnonzero(~asked.any(axis=1))
        ]
    if faults:
        raise BadInput(faults)


def _plan(economy: Economy, schedule: Schedule, solutions: tuple[Solution, ...], stages: list[str]) -> FulfilmentPlan:
    chosen = solutions[-1]
    tables = {name: chosen.values(block).clip(lower=0.0).rename("quantity").reset_index() for name, block in _TABLES}
    tables["deliveries"] = _deliveries(schedule, chosen)
    used = chosen.row_values("factors").rename("used").reset_index()
    tables["factors"] = used.assign(available=schedule.supply.ravel(), valuation=chosen.valuations("factors").array)
    proofs = tuple(Stage(name, found).proof() for name, found in zip(stages, solutions, strict=True))
    return FulfilmentPlan(economy, schedule, chosen.values("fulfilment"), tables, proofs)


def _deliveries(schedule: Schedule, chosen: Solution) -> pd.DataFrame:
    given = chosen.values("delivery")
    total = given.clip(lower=0.0).groupby(["period", "need"], sort=False).sum().rename("quantity").reset_index()
    targets = schedule.targets.ravel()
    part = np.divide(total["quantity"], targets, out=np.full(len(targets), np.nan), where=targets > 0)
    return total[["need", "period", "quantity"]].assign(target=targets, part=part)
