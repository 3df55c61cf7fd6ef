"""Planning with a receding horizon: plan far, carry out a little, plan again from what is left.

Each round plans H periods at the least work and expense on imports, so that every period's targets and exports are
met; the first r are carried out, the surplus that keeps goes into store, and the next round begins after them:

    surplus(t) = kept × surplus(t−1) + (outputs − inputs) x(t) + imports(t) − targets(t) − exports(t) ≥ 0
    Σ exports at their prices ≥ Σ imports at theirs, from the beginning to the end of the periods carried out.

The technique is that of L. Hagberg and D. Zachariah (repository lokehagberg/rhp) and of the program made after theirs
(repository pablovegan/Economic-Planning), whose tables :mod:`newcourse.sources.receding` reads; rows and columns are
the planner's own.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.constraints.registry import CONSTRAINTS
from newcourse.plan.course import Course, RecedingPlan
from newcourse.plan.goal import TIERS, Goal
from newcourse.plan.layout import Layout, add_columns, grown
from newcourse.plan.limits import Limits
from newcourse.plan.planner import OnProgress, silent
from newcourse.plan.preflight import require_plannable
from newcourse.plan.stage import Stage
from newcourse.solver.door import solve
from newcourse.solver.problem import LinearProblem
from newcourse.solver.solution import Solution

_UNFIT: Final = ("stocks", "projects", "routes", "training")


@dataclass(frozen=True, eq=False)
class _State:
    """Where a round begins: periods over, surplus in store by good, trade surplus so far, last activity."""

    over: int
    surplus: np.ndarray
    balance: float
    activity: np.ndarray


@dataclass(frozen=True)
class Sight:
    """How far rounds look and how much of them is carried out.

    Parameters
    ----------
    periods
        How many periods are carried out.
    horizon
        How many each round looks ahead, H.
    revise
        After how many it is planned again, r ≤ H.
    activity_rate
        Part by which an activity may change in one period, beside the base year's or what was carried out before.

    Raises
    ------
    BadInput
        If a number cannot be.
    """

    periods: int
    horizon: int
    revise: int = 1
    activity_rate: float | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.revise <= self.horizon or self.periods < 1:
            found = f"{self.periods} periods, horizon {self.horizon}, revised after {self.revise}"
            expected = "at least 1 each, revised within the horizon"
            raise BadInput(Fault("periods", "receding horizon", found, expected, "correct it"))

    @property
    def last(self) -> int:
        """The furthest period that any round sees."""
        return (-(-self.periods // self.revise) - 1) * self.revise + self.horizon

    @property
    def limits(self) -> Limits:
        """The limits of one round: no pace but that of activities, and no thought of what comes after."""
        return Limits(
            periods=self.horizon, activity_rate=self.activity_rate, uptake=0.0, import_share_rate=None,
            route_share_rate=None, export_rate=None, terminal="free",
        )  # fmt: skip


def plan_receding(
    economy: Economy,
    course: Course,
    sight: Sight,
    *,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
) -> RecedingPlan:
    """Plan and carry out period after period.

    Parameters
    ----------
    economy
        Techniques, trade with one account, stores; without stocks and routes.
    course
        Targets and exports; it must reach to the end of the last round's horizon.
    sight
        How far rounds look and how much of them is carried out.
    time_limit
        Seconds for each round.
    on_progress
        Told the round as it begins, and which part of the way it is.

    Raises
    ------
    BadInput
        If they do not fit together, or the economy has what this technique does not plan.
    Contradiction
        If a round's targets cannot be met.
    NotCertified
        If a round was not solved to a certified optimum.
    """
    _require_fit(economy, course, sight)
    state = _State(0, _stores(economy), 0.0, economy.base_activity)
    parts: dict[str, list[pd.DataFrame]] = {}
    proofs = []
    while state.over < sight.periods:
        (on_progress or silent)(f"period {state.over + 1}", state.over / sight.periods)
        problem = receding_problem(_begun(economy, state), course, state.over, state.balance, sight)
        found = solve(problem, time_limit=time_limit).require_certified()
        proofs.append(Stage(f"from period {state.over + 1}", found).proof())
        carried_out = min(sight.revise, sight.periods - state.over)
        tables, state = _carried_out(economy, course, state, found, carried_out)
        for name, table in tables.items():
            parts.setdefault(name, []).append(table)
    whole = {name: pd.concat(tables, ignore_index=True) for name, tables in parts.items()}
    return RecedingPlan(economy, course, whole, tuple(proofs))


def receding_problem(economy: Economy, course: Course, over: int, balance: float, sight: Sight) -> LinearProblem:
    """Return one round's problem: the planner's rows and columns, with the course's figures as bounds."""
    limits = sight.limits
    require_plannable(economy, Goal(), limits)
    layout = Layout(economy, Goal(), limits)
    add_columns(layout)
    for constraint in CONSTRAINTS:
        constraint.add(layout)
    problem = layout.builder.build(f"{economy.about.title}, from period {over + 1}", "min")
    ahead = slice(over, over + limits.periods)
    lower, upper = np.array(problem.column_lower), np.array(problem.column_upper)
    delivery = problem.column_block("delivery").slice
    tiers = np.zeros((limits.periods, len(economy["needs"]), len(TIERS)))
    tiers[:, :, 0] = course.targets[ahead]
    lower[delivery] = upper[delivery] = tiers.ravel()
    exports = problem.column_block("exports").slice
    lower[exports] = upper[exports] = course.exports[ahead].ravel()
    debt = problem.column_block("debt").slice
    upper[debt] = np.where(np.arange(limits.periods) == sight.revise - 1, 0.0, np.inf)
    rows = np.array(problem.row_upper)
    rows[problem.row_block("factors").slice] = np.inf  # as few hours as can be: that is the aim, not a limit
    payments = problem.row_block("payments").slice
    rows[payments] = np.where(np.arange(limits.periods) == 0, balance, 0.0)
    least = np.array(problem.row_lower)
    if limits.activity_rate is not None:  # goods can be put into store and taken out again at any pace
        keeping = np.tile(economy["processes"]["lead"].to_numpy(dtype=int) > 0, limits.periods)
        growth, decline = (problem.row_block(name).slice for name in ("growth", "decline"))
        rows[growth] = np.where(keeping, np.inf, rows[growth])
        least[decline] = np.where(keeping, -np.inf, least[decline])
    return problem.with_column_bounds(lower, upper).with_row_bounds(least, rows).with_cost(_cost(economy, problem))


def _cost(economy: Economy, problem: LinearProblem) -> np.ndarray:
    """Return the work of activities and the price of imports, as the older programs add them up."""
    cost = np.zeros(problem.shape[1])
    block = problem.column_block("activity").slice
    work = np.asarray(economy.factor_use.sum(axis=0)).ravel()
    horizon = (block.stop - block.start) // len(work)
    cost[block] = np.tile(work, horizon)
    trade = economy["trade"]
    prices = [grown(trade, "import_price", period, "import_price_growth") for period in range(horizon)]
    cost[problem.column_block("imports").slice] = np.concatenate(prices)
    return cost


def _begun(economy: Economy, state: _State) -> Economy:
    """Return the economy as it is at the beginning of a round."""
    if state.over == 0:
        return economy
    place, product = (economy.goods.get_level_values(level) for level in (0, 1))
    stores = pd.DataFrame({"place": place, "product": product, "quantity": state.surplus})
    trade = economy["trade"]
    prices = {
        f"{way}_price": grown(trade, f"{way}_price", state.over, f"{way}_price_growth") for way in ("import", "export")
    }
    return Economy(
        replace(economy.about, year=economy.about.year + state.over),
        {
            **economy.tables,
            "stores": stores[state.surplus > 0],
            "processes": economy["processes"].assign(base=state.activity),
            "trade": trade.assign(**prices),
        },
    )


def _stores(economy: Economy) -> np.ndarray:
    held = np.zeros(len(economy.goods))
    np.add.at(held, economy.good_rows(economy["stores"]), economy["stores"]["quantity"].to_numpy(dtype=float))
    return held


def _carried_out(
    economy: Economy, course: Course, state: _State, found: Solution, count: int
) -> tuple[dict[str, pd.DataFrame], _State]:
    """Return what the first periods of a round came to, and where the next round begins."""
    keeping = economy["processes"]["lead"].to_numpy(dtype=int) > 0
    trade, needs = economy["trade"], economy.good_rows(economy["needs"])
    x, m = (found.values(name).clip(lower=0.0).to_numpy() for name in ("activity", "imports"))
    x, m = x.reshape(-1, len(keeping))[:count] * ~keeping, m.reshape(-1, len(trade))[:count]
    surplus, balance, rows = state.surplus, state.balance, []
    for number in range(count):
        t = state.over + number
        surplus = surplus + (economy.outputs - economy.inputs) @ x[number]
        np.add.at(surplus, economy.good_rows(trade), m[number] - course.exports[t])
        np.subtract.at(surplus, needs, course.targets[t])
        surplus = np.maximum(surplus, 0.0)  # below 0 by rounding only: the round is certified
        earned = course.exports[t] @ grown(trade, "export_price", t, "export_price_growth")
        balance += float(earned - m[number] @ grown(trade, "import_price", t, "import_price_growth"))
        rows.append((economy.about.year + t + 1, surplus, balance))
        surplus = course.kept * surplus
    work = np.asarray(economy.factor_use.sum(axis=0)).ravel()
    made = economy["processes"]["process"].to_numpy()[~keeping]
    tables: dict[str, list[pd.DataFrame]] = {name: [] for name in ("activity", "imports", "surplus", "work", "balance")}
    for number, (year, left, owed) in enumerate(rows):
        tables["activity"].append(pd.DataFrame({"process": made, "quantity": x[number][~keeping], "period": year}))
        tables["imports"].append(trade[["place", "product"]].assign(quantity=m[number], period=year))
        tables["surplus"].append(economy.goods.to_frame(index=False).assign(quantity=left, period=year))
        tables["work"].append(pd.DataFrame({"quantity": [float(work @ x[number])], "period": year}))
        tables["balance"].append(pd.DataFrame({"quantity": [owed], "period": year}))
    after = _State(state.over + count, surplus, balance, np.where(keeping, 0.0, x[-1]))
    return {name: pd.concat(frames, ignore_index=True) for name, frames in tables.items()}, after


def _require_fit(economy: Economy, course: Course, sight: Sight) -> None:
    faults = [
        Fault("receding-unfit", f"economy, {name}", f"{len(economy[name])} rows", "none", "use newcourse plan instead")
        for name in _UNFIT
        if len(economy[name])
    ]
    if len(economy["accounts"]) != 1:
        found = f"{len(economy['accounts'])} accounts"
        faults.append(Fault("receding-unfit", "economy, accounts", found, "one", "let one place pay for all trade"))
    if len(course.targets) < sight.last:
        found = f"{len(course.targets)} periods, and the last round looks to period {sight.last}"
        faults.append(Fault("course-short", "course", found, f"{sight.last} periods", "add periods or look less far"))
    shapes = {
        "targets": (course.targets.shape[1:], (len(economy["needs"]),)),
        "exports": (course.exports.shape[1:], (len(economy["trade"]),)),
        "kept": (course.kept.shape, (len(economy.goods),)),
    }
    for name, (found_shape, expected) in shapes.items():
        if found_shape != expected:
            faults.append(
                Fault("course-shape", f"course, {name}", f"{found_shape}", f"{expected}", "give one for each")
            )
    if faults:
        raise BadInput(faults)
