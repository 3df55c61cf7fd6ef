"""Autarky against trade: the same economy planned with trade and without, and what that costs (design §6.3).

Both plans are certified. Two things stand in the way of a fair comparison and are set aside in both, and told: the
paces of change, which would forbid a sudden end of trade, and a surplus of trade that is owed, which nobody could earn
without trade. The capital in place stays as it is: this is what the end of trade costs now, not after long building.

Whatever can be done without trade can be done with it. So, of economies without minima, no step that closes trade
further serves the goal better, and the same needs never take less of the factors (D. Ricardo, *Principles*, 1817,
ch. 7; P. Samuelson, "The Gains from International Trade", *Canadian J. Economics and Political Science* 5 (1939)).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Contradiction, Fault
from newcourse.plan.cost import compare
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.names import Names
from newcourse.plan.plan import Plan
from newcourse.plan.planner import OnProgress, make_plan, silent
from newcourse.plan.trade.apart import Autarky, MissedMinimum, Step
from newcourse.plan.trade.closing import SameNeeds, closed, freed, least_use, without_surplus

SHORT: Final = 1e-6
"""A minimum that lacks less than this part of itself is met."""


def autarky(
    plan: Plan,
    *,
    steps: Sequence[float] = (0.0,),
    between_places: bool = False,
    on_progress: OnProgress | None = None,
) -> Autarky:
    """Plan the economy of a plan with its trade closed, and compare.

    Parameters
    ----------
    plan
        Whose economy, goal and limits are taken. The plan with trade is made anew without what is set aside.
    steps
        How open trade is to be, one plan for each: parts of the open plan's trade in each product, falling, below 1.
    between_places
        Close the routes between places of the economy as well: each place for itself.
    on_progress
        Told the name of each stage as it begins, and which part of the way it stands at.

    Raises
    ------
    BadInput
        If the economy trades nothing, or the steps do not fall from below 1 to at least 0.
    Contradiction
        If the guarantees cannot hold together with open trade.
    NotCertified
        If a plan is not proved optimal.
    """
    _require_trade(plan.economy, steps, between_places)
    tell = on_progress or silent
    limits, paces = freed(plan.limits)
    economy, surplus = without_surplus(plan.economy)
    tell("plan with trade", 0.05)
    made = [_step(1.0, economy, plan.goal, limits)]
    for number_, openness in enumerate(steps):
        tell(f"plan with {openness:.0%} of its trade", 0.1 + 0.6 * (number_ + 1) / (len(steps) + 1))
        shut = closed(economy, made[0].plan, openness, between_places=between_places)
        made.append(_step(openness, shut, plan.goal, limits))
    tell("the same needs with trade and without", 0.8)
    same = _same_needs(economy, made[-1].plan, limits)
    tell("done", 1.0)
    return Autarky(tuple(made), compare(made[0].plan, made[-1].plan), same, (*paces, *surplus), between_places)


def _step(openness: float, economy: Economy, goal: Goal, limits: Limits) -> Step:
    """Return the plan of one step; where guarantees cannot hold, the plan without them, and why."""
    broken: tuple[str, ...] = ()
    try:
        plan = make_plan(economy, goal, limits)
    except Contradiction as error:
        if openness == 1.0 or not goal.guaranteed:
            raise
        broken = tuple(fault.where for fault in error.faults)
        plan = make_plan(economy, replace(goal, guaranteed=frozenset()), limits)
    return Step(openness, plan, _missed(plan, goal), broken)


def _missed(plan: Plan, goal: Goal) -> tuple[MissedMinimum, ...]:
    needs = plan.needs
    short = needs[needs["delivered"] < needs["minimum"] * (1 - SHORT)]
    order = (short["delivered"] / short["minimum"]).sort_values(kind="stable").index
    names = Names(plan.economy)
    columns = ["need", "name", "place", "period", "unit", "delivered", "minimum"]
    return tuple(
        MissedMinimum(
            need, name, names.place(place), int(period), unit, float(got), float(least), need in goal.guaranteed
        )
        for need, name, place, period, unit, got, least in short.loc[order, columns].itertuples(index=False, name=None)
    )


def _same_needs(economy: Economy, shut: Plan, limits: Limits) -> tuple[SameNeeds, ...]:
    with_trade, without = (least_use(e, limits, shut) for e in (economy, shut.economy))
    factors = economy["factors"]
    listed = zip(factors["name"], factors["unit"], with_trade, without, strict=True)
    return tuple(SameNeeds(name, unit, one, other) for name, unit, one, other in listed if max(one, other) > 0)


def _require_trade(economy: Economy, steps: Sequence[float], between_places: bool) -> None:
    faults = []
    if economy["trade"].empty and not (between_places and len(economy["routes"])):
        expected = "trade with the world outside" + (" or routes between places" if between_places else "")
        remedy = "state trade in trade.csv" + ("" if between_places else ", or close the routes between places instead")
        faults.append(Fault("trade-none", f"economy {economy.about.name}", "no trade to close", expected, remedy))
    falling = all(later < earlier for earlier, later in zip((1.0, *steps), steps, strict=False))
    if not steps or not falling or not all(0 <= step < 1 for step in steps):
        found = ", ".join(map(str, steps)) or "none"
        faults.append(
            Fault("steps", "steps of openness", found, "parts that fall from below 1 to at least 0", "correct")
        )
    if faults:
        raise BadInput(faults)
