"""What can be had together: efficient plans for voted aims, and a few really different ones to choose from (§4.4).

The minima of the worst-off come first, as in every plan. Then efficient points for the aims are sought by the augmented
ε-constraint method (:mod:`newcourse.solver.augmecon`): of none of them can one aim be served better without serving
another worse. From these a few are chosen that are far from each other in the aims and in who gets what: the best in
the first aim, then always the one farthest from those chosen (T. F. Gonzalez, *Theoretical Computer Science* 38 (1985)
293-306: no choice of as many is more than twice as far apart). Each is made an ordinary plan, with all its stages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.choosing import choose
from newcourse.plan.cost import compare
from newcourse.plan.goal import TIERS, Goal, need_groups, need_prices
from newcourse.plan.limits import Limits
from newcourse.plan.model import Model, build_model
from newcourse.plan.plan import Plan, plan_of
from newcourse.plan.planner import OnProgress, goal_stages, silent, solve_stages
from newcourse.plan.sentences import and_list, change_in_percent, quantity
from newcourse.plan.variants import who_gains
from newcourse.plan.voted_aims import VotedAim, aims_named, default_aims
from newcourse.solver.augmecon import Frontier, efficient_points
from newcourse.solver.problem import Block, Vector

ROOM: Final = 3e-6
"""Part of an aim's range that its plan may miss of the point it is made for: rounding."""

BEST: Final = 1e-3
"""Within this part of an aim's range of its best value a plan is called the best."""


@dataclass(frozen=True, eq=False)
class EfficientPlan:
    """One of the plans to choose from.

    Parameters
    ----------
    title
        What it has the best of, or that it is between.
    description
        Two sentences made from the numbers.
    values
        What the plan has of each aim, by code.
    point
        Which row of the frontier it was made for.
    plan
        The plan.
    """

    title: str
    description: str
    values: Mapping[str, float]
    point: int
    plan: Plan


@dataclass(frozen=True, eq=False)
class Choices:
    """What can be had together, and a few plans to choose from.

    Parameters
    ----------
    aims
        The aims, the first one first.
    units
        Unit of each aim.
    payoff
        Exact best values by rank: one row per aim that comes first, one column per aim.
    frontier
        Efficient points: one column per aim, best in the first aim first.
    chosen
        The plans.
    solved, passed
        Problems solved for the grid, and grid points passed over.
    """

    aims: tuple[VotedAim, ...]
    units: tuple[str, ...]
    payoff: pd.DataFrame
    frontier: pd.DataFrame
    chosen: tuple[EfficientPlan, ...]
    solved: int
    passed: int

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data, without the plans' own tables."""
        return {
            "aims": [
                {"name": a.name, "title": a.title, "better": "more" if a.sense == "max" else "less", "unit": unit}
                for a, unit in zip(self.aims, self.units, strict=True)
            ],
            "payoff": self.payoff.to_dict("index"),
            "frontier": self.frontier.to_dict("records"),
            "chosen": [
                {
                    "title": p.title,
                    "description": p.description,
                    "values": dict(p.values),
                    "certified": p.plan.certified,
                }
                for p in self.chosen
            ],
            "solved": self.solved,
            "passed": self.passed,
        }


def efficient_plans(
    economy: Economy,
    goal: Goal | None = None,
    limits: Limits | None = None,
    *,
    aims: Sequence[str] | None = None,
    count: int = 3,
    steps: int = 5,
    on_progress: OnProgress | None = None,
) -> Choices:
    """Return what can be had together, and a small set of really different efficient plans.

    Parameters
    ----------
    economy, goal, limits
        As for :func:`newcourse.plan.planner.make_plan`.
    aims
        Codes of voted aims (:data:`newcourse.plan.voted_aims.VOTED_AIMS`), the first one first; those the economy has
        figures for if left out.
    count
        How many plans to choose from at most; at least 1.
    steps
        Into how many steps the range of each aim but the first is divided.
    on_progress
        Told what is done, and which part of the way it stands at.

    Raises
    ------
    BadInput
        If an aim is unknown, or the economy has nothing of its kind.
    Contradiction, NotCertified
        As :func:`newcourse.plan.planner.make_plan`.
    """
    tell = on_progress or silent
    voted = aims_named(aims if aims is not None else default_aims(economy))
    if count < 1:
        raise BadInput(Fault("count", "efficient plans", f"{count}", "at least 1", "correct the number"))
    tell("the best plan", 0.0)
    model = build_model(economy, goal or Goal(), limits or Limits())
    choice = choose(model, goal_stages)
    counted = [aim.counted(model) for aim in voted]
    _require_counted(voted, [cost for cost, _ in counted])
    solved = replace(model, problem=choice.stages[-1].solution.problem)
    return _choices(solved, model, voted, tuple(unit for _, unit in counted), count, steps, tell)


def _choices(
    solved: Model, model: Model, voted: tuple[VotedAim, ...], units: tuple[str, ...], count: int, steps: int,
    tell: OnProgress,
) -> Choices:  # fmt: skip
    """Return the frontier of a model whose minima are secured, and the plans to choose from on it."""
    objectives = [aim.objective(model) for aim in voted]
    found = efficient_points(
        solved.problem, objectives, steps, on_progress=lambda part: tell("frontier", 0.1 + 0.6 * part)
    )
    picked = farthest(_places(found, model), count)
    plans = []
    for number, point in enumerate(picked):
        tell("plans to choose from", 0.7 + 0.3 * number / len(picked))
        plans.append(_plan_at(solved, found, point))
    names = [aim.name for aim in voted]
    return Choices(
        aims=voted,
        units=units,
        payoff=pd.DataFrame(found.payoff, index=names, columns=names),
        frontier=pd.DataFrame(found.values, columns=names),
        chosen=_described(plans, picked, found, voted, units),
        solved=found.solved,
        passed=found.passed,
    )


def farthest(places: np.ndarray, count: int) -> list[int]:
    """Return the first row and then, as often as asked, the row farthest from all rows returned so far.

    Rows that are where another one is are never returned.

    Examples
    --------
    >>> farthest(np.array([[0.0], [0.1], [1.0], [0.6]]), 3)
    [0, 2, 3]
    """
    picked = [0]
    while len(picked) < min(count, len(places)):
        apart = np.abs(places[:, None, :] - places[picked][None, :, :]).max(axis=2).min(axis=1)
        if float(apart.max()) <= ROOM:
            break
        picked.append(int(apart.argmax()))
    return picked


def _places(found: Frontier, model: Model) -> np.ndarray:
    """Return where each point is: each aim as a part of its range, and how far each group's needs are met."""
    ranges = np.ptp(found.payoff, axis=0)
    aims = (found.values - found.payoff.min(axis=0)) / np.where(ranges > 0, ranges, 1.0)
    return np.hstack([aims, _who_gets(found.points, model)])


def _who_gets(points: np.ndarray, model: Model) -> np.ndarray:
    """Return the part of its targets that each group of needs of each place gets, over the horizon, by value."""
    needs, horizon = model.economy["needs"], model.limits.periods
    keys = pd.MultiIndex.from_arrays([needs["place"], need_groups(model.economy)])
    of_group = keys.factorize()[0]
    worth = np.tile(np.repeat(need_prices(model.economy), len(TIERS)), horizon)
    group = np.tile(np.repeat(of_group, len(TIERS)), horizon)
    block = model.columns("delivery")
    asked = np.bincount(group, worth * model.problem.column_upper[block])
    got = np.array([np.bincount(group, worth * point[block]) for point in points])
    return np.asarray(got / np.where(asked > 0, asked, 1.0))


def _plan_at(model: Model, found: Frontier, point: int) -> Plan:
    """Return the plan that has of every aim what a point has, and is otherwise made as any plan."""
    problem = model.problem
    m = problem.shape[0]
    costs = np.array([objective.cost for objective in found.objectives[1:]])
    room = ROOM * np.maximum(np.ptp(found.payoff, axis=0), 1e-9 * np.abs(found.payoff).max(axis=0))[1:]
    more = np.array([objective.sense == "max" for objective in found.objectives[1:]])
    values = found.values[point, 1:]
    block = Block("aims", m, m + len(values), pd.Index([objective.name for objective in found.objectives[1:]]))
    within = problem.with_rows(
        block, sp.csr_array(costs), np.where(more, values - room, -np.inf), np.where(more, np.inf, values + room)
    )
    held = replace(model, problem=within)
    return plan_of(held, solve_stages(held))


def _described(
    plans: Sequence[Plan], picked: Sequence[int], found: Frontier, aims: Sequence[VotedAim], units: Sequence[str]
) -> tuple[EfficientPlan, ...]:
    values = found.values[list(picked)]
    titles = _titles(values, found.payoff, aims)
    return tuple(
        EfficientPlan(
            title,
            _sentences(plans, number, values, aims, units),
            dict(zip([aim.name for aim in aims], map(float, values[number]), strict=True)),
            picked[number],
            plan,
        )
        for number, (plan, title) in enumerate(zip(plans, titles, strict=True))
    )


def _titles(values: np.ndarray, payoff: np.ndarray, aims: Sequence[VotedAim]) -> list[str]:
    """Return what each plan is called: what it has the best of, or that it is between."""
    signs = np.array([1.0 if aim.sense == "max" else -1.0 for aim in aims])
    scores, table = values * signs, payoff * signs
    ranges = np.maximum(np.ptp(table, axis=0), 1e-12)
    best = (table.max(axis=0) - scores) / ranges <= BEST
    titles: list[str] = []
    for row in best:
        title = and_list([aim.best if i == 0 else aim.best.lower() for i, aim in enumerate(
            aim for aim, first in zip(aims, row, strict=True) if first)]) or "In between"  # fmt: skip
        number = sum(other == title or other.startswith(f"{title} (") for other in titles)
        titles.append(f"{title} ({number + 1})" if number else title)
    return titles


def _sentences(
    plans: Sequence[Plan], number: int, values: np.ndarray, aims: Sequence[VotedAim], units: Sequence[str]
) -> str:
    """Say what a plan has of each aim beside the first plan, and who gains and gives by that."""
    parts = []
    for k, (aim, unit) in enumerate(zip(aims, units, strict=True)):
        change = change_in_percent(float(values[0, k]), float(values[number, k])) if number else ""
        parts.append(f"{aim.title}: {quantity(float(values[number, k]), unit)}" + (f" ({change})" if change else ""))
    if not number:
        return f"This plan has the most of the first aim; {'; '.join(parts)}. The others are told beside it."
    return f"Beside the first plan, {'; '.join(parts)}. {who_gains(compare(plans[0], plans[number]))}"


def aim_places(choices: Choices) -> Vector:
    """Return how good each point of the frontier is in each aim: 0 the worst of the table, 1 the best, shape (k, p)."""
    signs = np.array([1.0 if aim.sense == "max" else -1.0 for aim in choices.aims])
    table, values = choices.payoff.to_numpy() * signs, choices.frontier.to_numpy() * signs
    ranges = np.maximum(np.ptp(table, axis=0), 1e-12)
    return np.asarray(np.clip((values - table.min(axis=0)) / ranges, 0.0, 1.0))


def _require_counted(aims: Sequence[VotedAim], costs: Sequence[Vector]) -> None:
    empty = [aim for aim, cost in zip(aims, costs, strict=True) if not np.any(cost)]
    if empty:
        what = ("an economy with no figures for it", "figures", "give them, or leave the aim out")
        raise BadInput(Fault("aim-empty", f"aim {aim.name}", *what) for aim in empty)
