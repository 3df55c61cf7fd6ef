"""A plan and a market part brought to agree: each answers the other until both stay where they are (design §6.2).

The plan is made; the market part takes what the plan sells and answers with prices and with what private and
co-operative producers make; the plan is made again with that. A state in which neither would move is certified: the
plan by its own certificates, the market by its, and the agreement by comparing what each counts on of the other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault, NewCourseError, NotCertified
from newcourse.plan.constraints.rates import DECLINE, ROWS
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.market.beside import Served, market_beside, market_processes, planned_sales
from newcourse.plan.market.equilibrium import Equilibrium, find_equilibrium
from newcourse.plan.market.levers import Levers
from newcourse.plan.market.market import Market
from newcourse.plan.model import Model, build_model
from newcourse.plan.plan import Plan, plan_of
from newcourse.plan.planner import solve_stages
from newcourse.plan.sentences import number

AGREED: Final = 1e-5
"""Largest part of turnover by which plan and market may count on different quantities of a good."""

PACES: Final = (ROWS, DECLINE)
"""Rows that bound how fast an activity may change; they do not bind who answers prices."""

ROUNDS: Final = 25
"""Most rounds."""

OnProgress = Callable[[str, float], None]


@dataclass(frozen=True, eq=False)
class MixedPlan:
    """A plan and a market part that agree.

    Parameters
    ----------
    plan
        The planned part; private and co-operative processes run as the market answers.
    served
        Which part is a market.
    state
        The market part, with its certificate.
    differences
        What plan and market count on differently of each good, as a part of its turnover.
    rounds
        How often each answered.
    """

    plan: Plan
    served: Served
    state: Equilibrium
    differences: Mapping[str, float]
    rounds: int

    @property
    def certified(self) -> bool:
        """Whether plan, market and their agreement are all certified."""
        agreed = all(abs(value) <= AGREED for value in self.differences.values())
        return self.plan.certified and self.state.certificate.holds and agreed

    def goods(self) -> tuple[dict[str, Any], ...]:
        """Return for each good: place, product, base price, market price, what is bought, planned, made privately."""
        market, flows = self.state.market, self.state.flows
        made = flows.made.sum(axis=0) if len(flows.made) else np.zeros(len(market.products))
        rows = []
        for row, code in enumerate(market.products):
            product, _, place = code.rpartition("@")
            rows.append(
                {
                    "place": place,
                    "product": product,
                    "base price": float(market.base_prices[row]),
                    "price": float(self.state.prices[row]),
                    "bought": float(flows.bought[:, row].sum()),
                    "sold by the plan, net": float(flows.offered[row]),
                    "made privately, net": float(made[row]),
                }
            )
        return tuple(rows)

    def words(self) -> str:
        """Return what is certified, in sentences."""
        worst = max(self.differences, key=lambda good: abs(self.differences[good]))
        rounds = "1 round" if self.rounds == 1 else f"{self.rounds} rounds"
        return (
            f"Plan and market agree after {rounds}: what they count on of each other differs by at most "
            f"{abs(self.differences[worst]):.1e} of a good's turnover ({worst}). {self.state.certificate.words()}"
        )


def mix_plan(
    economy: Economy,
    goal: Goal | None = None,
    limits: Limits | None = None,
    *,
    served: Served,
    levers: Levers | None = None,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
) -> MixedPlan:
    """Make a plan of one period that agrees with how households and private and co-operative producers answer it.

    Parameters
    ----------
    economy, goal, limits
        As for :func:`~newcourse.plan.planner.make_plan`; one period.
    served
        Which needs are met by buying, and how households and producers answer.
    levers
        How the plan steers the market part; nothing set if left out.
    time_limit
        Seconds for each solve.
    on_progress
        Told each round as it begins, and which part of the way that is.

    Raises
    ------
    BadInput
        If what is given does not fit together.
    Contradiction
        If the plan cannot go with what the market makes and uses, or levers cannot hold.
    NotCertified
        If a part is not certified, or plan and market do not come to agree; the good that moves most is named.
    """
    goal, limits, levers = goal or Goal(), limits or Limits(), levers or Levers()
    own = market_processes(economy)
    _require_simple(economy, limits)
    tell = on_progress or (lambda _stage, _part: None)
    tell("plan", 0.0)

    def planned(activity: np.ndarray, before: Plan | None = None) -> Plan:
        return _planned_with(economy, goal, limits, activity, own, time_limit, before)

    plan = planned(economy.base_activity)
    market = market_beside(plan, served)
    return _agreed(plan, market, _with_plan_prices(market, levers), served, planned, tell)


def _agreed(
    plan: Plan,
    market: Market,
    levers: Levers,
    served: Served,
    planned: Callable[[np.ndarray, Plan], Plan],
    tell: OnProgress,
) -> MixedPlan:
    """Let plan and market answer each other until they count on the same."""
    own = market_processes(plan.economy)
    differences: dict[str, float] = {}
    steps: list[tuple[np.ndarray, np.ndarray]] = []
    for turn in range(1, ROUNDS + 1):
        tell(f"round {turn}", turn / ROUNDS)
        state = find_equilibrium(market, levers)
        plan = planned(_answered(plan, state, own), plan)
        sales = planned_sales(plan, market, served)
        counted = {good: amount + state.buffer.get(good, 0.0) for good, amount in market.planned.items()}
        differences = _differences(counted, sales, state)
        if all(abs(value) <= AGREED for value in differences.values()):
            return MixedPlan(plan, served, state, differences, turn)
        steps.append((np.array(list(counted.values())), np.array([sales[good] for good in market.products])))
        market = replace(market, planned=dict(zip(market.products, _next(steps, market.base_prices), strict=True)))
    raise NotCertified(_no_agreement(differences, levers))


def _next(steps: list[tuple[np.ndarray, np.ndarray]], prices: np.ndarray) -> list[float]:
    """Return what to try next: what the plan answered, corrected by how the last two answers differed.

    Anderson's method with one step of memory (D. Anderson, Journal of the ACM 12, 1965).
    """
    asked, answered = steps[-1]
    if len(steps) < 2:
        return [float(value) for value in answered]
    before, answered_before = steps[-2]
    missing, change = (answered - asked) * prices, ((answered - asked) - (answered_before - before)) * prices
    square = float(change @ change)
    part = float(np.clip(missing @ change / square, -1.0, 0.9)) if square > 0 else 0.0
    return [float(value) for value in answered - part * (answered - answered_before)]


def _no_agreement(differences: Mapping[str, float], levers: Levers) -> Fault:
    worst = max(differences, key=lambda good: abs(differences[good]))
    found = f"{abs(differences[worst]):.1%} of its turnover still moves after {ROUNDS} rounds"
    expected, remedy = "plan and market that count on the same", "set the levers less far"
    if worst in levers.prices:
        found += ", for at the price held the plan goes on making what is not bought, or less than is"
        remedy = "let the price move, or change what the plan aims at"
    return Fault("no-agreement", f"good {worst}", found, expected, remedy)


def _require_simple(economy: Economy, limits: Limits) -> None:
    """Refuse what a mixed plan cannot be made of yet: several periods, projects."""
    faults = []
    if limits.periods != 1:
        found, expected = f"{limits.periods} periods", "a plan of one period"
        faults.append(Fault("periods-many", "mixed plan", found, expected, "make one, and go on year by year"))
    if len(economy["projects"]):
        found, expected = "investment projects", "an economy without projects"
        faults.append(Fault("projects", "mixed plan", found, expected, "plan them for themselves"))
    if faults:
        raise BadInput(faults)


def _with_plan_prices(market: Market, levers: Levers) -> Levers:
    """Return levers that hold the price of every good no household buys, where they do not say otherwise."""
    prices = market.by_product(market.base_prices)
    held = {good: prices[good] for good, most in market.stocks.items() if most == np.inf}
    return Levers.from_data({**levers.to_data(), "prices": {**held, **levers.prices}})


def _answered(plan: Plan, state: Equilibrium, own: np.ndarray) -> np.ndarray:
    """Return the activity of every process, the market's own as it answers."""
    activity = plan.activity_in(plan.periods[0]).copy()
    activity[own] = 0.0
    for maker, run in zip(state.market.producers, state.flows.activity, strict=True):
        activity[plan.economy.process_index.get_loc(maker.name)] = float(run)
    return activity


def _planned_with(
    economy: Economy,
    goal: Goal,
    limits: Limits,
    activity: np.ndarray,
    own: np.ndarray,
    time_limit: float | None,
    before: Plan | None,
) -> Plan:
    """Return the plan in which the market's processes run as they answer, nearest to the plan before."""
    model = _with_fixed(build_model(economy, goal, limits), activity, own)
    try:
        try:
            stages = solve_stages(model, earlier=before, time_limit=time_limit)
        except NotCertified:  # nearest to the base year instead: it is a tie among plans that are equally good
            if before is None:
                raise
            stages = solve_stages(model, time_limit=time_limit)
    except NewCourseError as error:
        lead = f"the market part runs {_run_words(economy, activity, own)}"
        raise type(error)(
            Fault(f.code, f"{f.where} (with the market's answer)", f"{f.found}; {lead}", f.expected, f.remedy)
            for f in error.faults
        ) from None
    return plan_of(model, stages)


def _with_fixed(model: Model, activity: np.ndarray, own: np.ndarray) -> Model:
    """Return the model in which the market's processes run as they answer, at whatever pace that means for them."""
    lower, upper = np.array(model.problem.column_lower), np.array(model.problem.column_upper)
    columns = np.arange(*model.columns("activity").indices(len(lower)))[own]
    lower[columns] = upper[columns] = activity[own]
    problem = model.problem.with_column_bounds(lower, upper)
    least, most = np.array(problem.row_lower), np.array(problem.row_upper)
    for block in problem.rows:
        if block.name in PACES:
            rows = np.arange(block.start, block.stop)[own]
            least[rows], most[rows] = -np.inf, np.inf
    return replace(model, problem=problem.with_row_bounds(least, most))


def _run_words(economy: Economy, activity: np.ndarray, own: np.ndarray) -> str:
    names, runs = economy.process_index[own][:4], activity[own][:4]
    return ", ".join(f"{name} at {number(float(run))}" for name, run in zip(names, runs, strict=True))


def _differences(before: Mapping[str, float], now: Mapping[str, float], state: Equilibrium) -> dict[str, float]:
    flows, market = state.flows, state.market
    turnover = flows.bought.sum(axis=0) + abs(flows.made).sum(axis=0) + abs(flows.offered)
    least = 1e-6 * float(turnover @ market.base_prices) / len(turnover)
    return {
        good: (now[good] - before[good]) / max(float(turnover[row]), least / float(market.base_prices[row]))
        for row, good in enumerate(market.products)
    }
