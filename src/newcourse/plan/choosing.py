"""Which projects a plan takes up, and when: whole ones by branch and bound over certified plans (design §6.4).

A project that is done as a whole or not at all cannot be a share. The plan is first made with shares: no choice of
projects serves the goal better (the minima of the worst-off places first, then the needs). Where a share is neither
nothing nor the whole, the question is split in two, the project being begun then or not, until the best plan left has
no shares. What is proved is that no other choice is better by more than rounding: every part that was not looked into
further has a certified plan with shares that is no better (A. H. Land and A. G. Doig, *Econometrica* 28 (1960)
497-520).
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from newcourse.errors import Fault, NotCertified
from newcourse.plan.model import Model, build_model
from newcourse.plan.plan import Plan
from newcourse.plan.stage import Proof, Stage
from newcourse.solver.door import solve
from newcourse.solver.problem import LinearProblem
from newcourse.solver.solution import Solution, Stop

WHOLE: Final = 1e-6
"""A share this near to nothing or to the whole counts as that."""

BETTER: Final = 1e-6
"""A choice is better only if it is so by more than this part: the accuracy of the certificates."""

MOST: Final = 2000
"""Parts of the question looked into before giving up."""

Stages = tuple[Stage, ...]
Key = tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Choice:
    """The choice of projects that serves the goal best.

    Parameters
    ----------
    model
        The planning problem with the choice made: every start is nothing or the whole.
    stages
        The stages of the goal; in the problem of the last, which later stages go on from, the choice is made too.
    looked_into
        How many plans with some starts settled were made for it.
    proof
        That no other choice is better; nothing where there was no choice to make.
    """

    model: Model
    stages: Stages
    looked_into: int
    proof: Proof | None


@dataclass(frozen=True, eq=False)
class _Part:
    """A part of the question: some starts settled, and the best plan with shares for the rest."""

    model: Model
    stages: Stages
    key: Key


def choose(model: Model, goal_stages: Callable[[Model], Stages], *, time_limit: float | None = None) -> Choice:
    """Return the best choice of whole projects.

    Parameters
    ----------
    model
        The planning problem, in which every start is a share from 0 to 1.
    goal_stages
        Solves the stages of the goal of a model, the last of them the needs.
    time_limit
        Seconds for each solve.

    Raises
    ------
    NotCertified
        If more than :data:`MOST` parts would have to be looked into.
    """
    whole = _whole(model)
    first = _part(model, goal_stages)
    if not whole.any():
        return Choice(first.model, first.stages, 1, None)
    left: list[tuple[Key, int, _Part]] = [(_worst_first(first.key), 0, first)]
    made = 1
    while True:
        part = heapq.heappop(left)[2]
        shares = _needs(part).values("projects").to_numpy()
        column = _most_shared(shares, whole)
        if column is None:
            settled = _settled_stages(part, whole, shares)
            bound = max([part.key[-1], *(other.key[-1] for *_, other in left if other.key[:-1] == part.key[:-1])])
            return Choice(_settled(part.model, whole, shares), settled, made, _proof(part, bound, made))
        for begun in (True, False):
            child = _with_start(part.model, column, begun=begun)
            if _possible(child, time_limit):
                found = _part(child, goal_stages)
                made += 1
                heapq.heappush(left, (_worst_first(found.key), made, found))
        if made > MOST:
            raise NotCertified(
                Fault(
                    "projects-open",
                    "choice of projects",
                    f"{made} plans made and no proof which choice is best",
                    "a choice proved to be best",
                    "plan with fewer projects at once, or let some be done in part",
                )
            )


def _whole(model: Model) -> np.ndarray:
    """Return which starts are of projects that are done as a whole."""
    projects = model.economy["projects"]
    whole = projects.loc[projects["whole"], "project"]
    return model.problem.column_block("projects").labels.get_level_values(0).isin(whole)


def _part(model: Model, goal_stages: Callable[[Model], Stages]) -> _Part:
    stages = goal_stages(model)
    needs = stages[-1].solution
    secured = np.sort(needs.problem.column_lower[needs.problem.column_block("secured").slice])
    levels = [round(float(level) / BETTER) * BETTER for level in secured]
    return _Part(model, stages, (*levels, needs.certificate.objective))


def _worst_first(key: Key) -> Key:
    """Return a key that sorts the best plan first."""
    return tuple(-value for value in key)


def _needs(part: _Part) -> Solution:
    return part.stages[-1].solution


def _most_shared(shares: np.ndarray, whole: np.ndarray) -> int | None:
    """Return the start that is furthest from nothing and from the whole, or none if none is a share."""
    apart = np.where(whole, np.minimum(shares, 1.0 - shares), 0.0)
    return int(apart.argmax()) if apart.size and apart.max() > WHOLE else None


def _with_start(model: Model, column: int, *, begun: bool) -> Model:
    """Return the model in which one start is settled; a project begun then is begun in no other period."""
    problem = model.problem
    block = problem.column_block("projects")
    lower, upper = np.array(problem.column_lower), np.array(problem.column_upper)
    if begun:
        same = block.labels.get_level_values(0) == block.labels.get_level_values(0)[column]
        upper[block.slice] = np.where(same, 0.0, upper[block.slice])
        lower[block.start + column] = upper[block.start + column] = 1.0
    else:
        upper[block.start + column] = 0.0
    return replace(model, problem=problem.with_column_bounds(lower, upper))


def _settled(model: Model, whole: np.ndarray, shares: np.ndarray) -> Model:
    """Return the model in which every start of a whole project is settled as it was found."""
    return replace(model, problem=_settled_problem(model.problem, whole, shares))


def _settled_stages(part: _Part, whole: np.ndarray, shares: np.ndarray) -> Stages:
    """Return the stages with every start of a whole project settled in the last one's problem."""
    *earlier, needs = part.stages
    problem = _settled_problem(needs.solution.problem, whole, shares)
    return (*earlier, replace(needs, solution=replace(needs.solution, problem=problem)))


def _settled_problem(problem: LinearProblem, whole: np.ndarray, shares: np.ndarray) -> LinearProblem:
    part = problem.column_block("projects").slice
    lower, upper = np.array(problem.column_lower), np.array(problem.column_upper)
    lower[part] = np.where(whole, np.round(shares), lower[part])
    upper[part] = np.where(whole, np.round(shares), upper[part])
    return problem.with_column_bounds(lower, upper)


def _possible(model: Model, time_limit: float | None) -> bool:
    """Return whether any plan at all keeps the commitments with these starts settled."""
    lower, upper = model.problem.column_lower, model.problem.column_upper
    if (lower > upper).any():
        return False
    found = solve(model.problem.with_cost(np.zeros(model.problem.shape[1])), time_limit=time_limit)
    return not (found.certified and found.stop is Stop.INFEASIBLE)


def _proof(part: _Part, bound: float, made: int) -> Proof:
    certificate = _needs(part).certificate.as_dict()
    reached = part.key[-1]
    gap = abs(bound - reached) / max(1.0, abs(reached))
    sentence = (
        f"Best choice of projects: {made} plans were made with some of them settled, each certified; "
        f"no other choice serves the goal better than {bound:.8g} (reached: {reached:.8g})."
    )
    return Proof("projects", "branch and bound", {**certificate, "bound": bound, "gap": gap}, sentence)


def model_of(plan: Plan) -> Model:
    """Return the planning problem that a plan solves, projects done as a whole begun as they are in the plan.

    What is done in part stays open, so that the same stages solve the same problem again.
    """
    model = build_model(plan.economy, plan.goal, plan.limits)
    begun = plan["projects"].set_index(["project", "period"])["quantity"]
    labels = model.problem.column_block("projects").labels
    return _settled(model, _whole(model), begun.reindex(labels).to_numpy(dtype=float))
