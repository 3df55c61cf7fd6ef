"""Finds the least change of one thing that makes an aim possible: exactly for limits, enclosed for coefficients (§6.5).

Source of the pruning: a Farkas ray proves that there is no plan from some rows only; loosening other rows leaves the
proof as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.errors import NotCertified
from newcourse.plan.limits_met import EXPLAINED
from newcourse.plan.model import Model, build_model
from newcourse.plan.names import Names
from newcourse.plan.ranges import Valued
from newcourse.plan.relief import Loosening
from newcourse.plan.whatif_parameters import Parameter
from newcourse.plan.wording import row_words
from newcourse.solver.conflict import cheapest_relief
from newcourse.solver.door import solve
from newcourse.solver.problem import Block, LinearProblem, Vector
from newcourse.solver.solution import Solution, Stop

NOISE: Final = 1e-9
"""Weights of a proof below this part of its largest are rounding."""

CLOSE: Final = 1e-3
"""Coefficients are enclosed within this part of what is found, or as far as what is possible can be certified."""

TRIES: Final = 40
"""Most solves to enclose one coefficient."""


@dataclass(frozen=True)
class LimitAnswer:
    """How much more of one limit would be enough.

    Parameters
    ----------
    kind, label
        Its block of rows, and its label without the year.
    rows
        Its rows, one for each year.
    part
        By which part of its own size it would have to be loosened, in every year.
    amount, unit
        The same on average, in its unit.
    """

    kind: str
    label: tuple[str, ...]
    rows: tuple[int, ...]
    part: float
    amount: float
    unit: str


def proof_of_impossibility(problem: LinearProblem, start: Solution | None = None) -> Vector | None:
    """Return the weights of the rows that prove that a problem has no point, or nothing if it has one.

    Raises
    ------
    NotCertified
        If neither is certified.
    """
    found = solve(problem.with_cost(np.zeros(problem.shape[1]), "min"), start=start)
    if found.certified and found.stop is Stop.INFEASIBLE:
        return found.ray
    found.require_certified()
    return None


@dataclass(frozen=True, slots=True)
class Cost:
    """What reaching the aims takes from others.

    Parameters
    ----------
    loss
        What the goal loses in the best plan that reaches the aims, in currency.
    minima_kept
        Whether the places keep what is secured of their minima; otherwise no plan that reaches the aims does so, and
        what other needs give up may be nothing.
    """

    loss: float
    minima_kept: bool


def reached_at_the_cost_of_others(known: Valued, problem: LinearProblem) -> Cost | None:
    """Return what the best plan that reaches the aims takes from others, or nothing if none does.

    Parameters
    ----------
    known
        The plan.
    problem
        In which the aims are asked for, and other needs may give.
    """
    now = known.needs.problem
    secured = problem.column_block("secured").slice
    least = np.array(problem.column_lower)
    least[secured] = np.maximum(least[secured], now.column_lower[secured])
    for minima_kept in (True, False):
        asked = problem.with_column_bounds(lower=least) if minima_kept else problem
        found = solve(asked.with_cost(now.cost, "max"))
        if found.certified and found.stop is Stop.INFEASIBLE:
            continue
        primal = np.asarray(found.require_certified().primal)
        counted = np.minimum(primal, np.where(now.cost != 0, known.model.problem.column_upper, np.inf))
        return Cost(max(0.0, known.needs.certificate.objective - float(now.cost @ counted)), minima_kept)
    return None


def least_loosenings(
    model: Model, problem: LinearProblem, ray: Vector, sizes: Vector, stated: set[int], most: int
) -> list[LimitAnswer]:
    """Return for each limit that would be enough by itself the least part by which it would have to be loosened.

    Parameters
    ----------
    model
        The planning problem.
    problem
        The same with the aims asked for: impossible.
    ray
        Weights of the rows that prove it.
    sizes
        Own size of each of the model's rows.
    stated
        Rows that state the aims: they may not be loosened.
    most
        How many limits are tried, heaviest in the proof first.
    """
    limits = _limits(model, stated)
    weight = {label: float((np.abs(ray[rows]) * sizes[rows]).sum()) for label, rows in limits.items()}
    heaviest = max(weight.values(), default=0.0)
    left = {label: w for label, w in weight.items() if w > NOISE * heaviest}
    found = []
    for _ in range(most):
        if not left:
            break
        label = max(left, key=lambda each: left[each])
        del left[label]
        part, proof = _least_part(problem, limits[label], sizes)
        if part is not None:
            found.append(_limit_answer(model, label, limits[label], part, sizes))
        elif proof is not None:
            left = {each: w for each, w in left.items() if np.abs(proof[limits[each]]).max() > 0}
    return found


def coefficient_answers(
    model: Model, problem: LinearProblem, parameters: Sequence[Parameter]
) -> tuple[list[tuple[Parameter, float, float]], list[Parameter]]:
    """Return the parameters that would be enough, and those that would not be.

    Each that would comes with the largest part that is proved to be too little, and the least that is proved enough.
    """
    enough: list[tuple[Parameter, float, float]] = []
    futile: list[Parameter] = []
    for parameter in parameters:
        far = build_model(parameter.utmost(model.economy), model.goal, model.limits).problem
        rows = sp.csr_array(far.matrix - model.problem.matrix)
        rows.eliminate_zeros()
        more = problem.shape[0] - rows.shape[0]
        change = sp.csr_array(sp.vstack([rows, sp.csr_array((more, rows.shape[1]))])) if more else rows
        found = _enclosed(problem, change)
        if found is None:
            futile.append(parameter)
        else:
            enough.append((parameter, *found))
    return enough, futile


def joint_relief(model: Model, problem: LinearProblem, sizes: Vector, stated: set[int]) -> tuple[Loosening, ...]:
    """Return the least loosening of limits, as a sum of parts, that makes the aims possible; largest part first.

    Raises
    ------
    Contradiction
        If no loosening does.
    """
    blocks = {b.name: np.arange(b.start, b.stop) for b in model.problem.rows if b.name in EXPLAINED and len(b)}
    groups = {name: np.array([row for row in rows if row not in stated], dtype=int) for name, rows in blocks.items()}
    scale = np.concatenate([sizes, np.ones(problem.shape[0] - len(sizes))])
    relief = cheapest_relief(problem, groups, scale)
    names = Names(model.economy)
    moved = np.flatnonzero(np.abs(relief.amounts) > 1e-7 * scale)
    steps = []
    for row in moved.tolist():
        called, amount = row_words(model.problem, names, row), float(relief.amounts[row])
        steps.append(Loosening(called.words, called.kind, amount, called.unit, abs(amount) / float(scale[row])))
    return tuple(sorted(steps, key=lambda step: -step.part))


def _limits(model: Model, stated: set[int]) -> dict[tuple[str, ...], np.ndarray]:
    """Return the rows of each limit by its block and label without the year."""
    rows: dict[tuple[str, ...], list[int]] = {}
    for block in model.problem.rows:
        if block.name in EXPLAINED:
            dated = block.labels.names[-1] == "period"
            for i, label in enumerate(block.labels):
                whole = label if isinstance(label, tuple) else (label,)
                if block.start + i not in stated:
                    key = (block.name, *map(str, whole[:-1] if dated else whole))
                    rows.setdefault(key, []).append(block.start + i)
    return {label: np.array(positions) for label, positions in rows.items()}


def _least_part(problem: LinearProblem, rows: np.ndarray, sizes: Vector) -> tuple[float | None, Vector | None]:
    """Return the least part by which these rows together must be loosened, or the proof that none is enough."""
    m, n = problem.shape
    looser = np.where(np.isfinite(problem.row_upper[rows]), -sizes[rows], 0.0)
    looser = np.where(np.isfinite(problem.row_lower[rows]), sizes[rows], looser)
    column = sp.csr_array((looser, (rows, np.zeros(len(rows), int))), shape=(m, 1))
    cost = np.zeros(n + 1)
    cost[n] = 1.0
    stretched = LinearProblem(
        f"least part of {problem.name}",
        "min",
        cost,
        sp.csr_array(sp.hstack([problem.matrix, column])),
        problem.row_lower,
        problem.row_upper,
        np.append(problem.column_lower, 0.0),
        np.append(problem.column_upper, np.inf),
        problem.rows,
        (*problem.columns, Block("(part)", n, n + 1, pd.Index(["part"]))),
    )
    found = solve(stretched)
    if found.certified and found.stop is Stop.INFEASIBLE:
        return None, _clean(found.ray)
    found.require_certified()
    return found.certificate.objective, None


def _clean(ray: Vector | None) -> Vector | None:
    return None if ray is None else np.where(np.abs(ray) > NOISE * np.abs(ray).max(initial=0.0), ray, 0.0)


def _limit_answer(model: Model, label: tuple[str, ...], rows: np.ndarray, part: float, sizes: Vector) -> LimitAnswer:
    called = row_words(model.problem, Names(model.economy), int(rows[0]))
    amount = part * float(sizes[rows].mean())
    return LimitAnswer(label[0], label[1:], tuple(rows.tolist()), part, amount, called.unit)


def _enclosed(problem: LinearProblem, change: sp.csr_array) -> tuple[float, float] | None:
    """Return which part of a change of coefficients is too little and which is enough, or nothing if all is too little.

    On the edge of what is possible neither may be certified: there the enclosure ends.
    """
    if not change.nnz or proof_of_impossibility(_changed(problem, change, 1.0)) is not None:
        return None
    little, enough = 0.0, 1.0
    for _ in range(TRIES):
        if enough - little <= CLOSE * enough:
            break
        middle = 0.5 * (little + enough)
        try:
            impossible = proof_of_impossibility(_changed(problem, change, middle)) is not None
        except NotCertified:
            break
        little, enough = (middle, enough) if impossible else (little, middle)
    return little, enough


def _changed(problem: LinearProblem, change: sp.csr_array, part: float) -> LinearProblem:
    return LinearProblem(
        problem.name, problem.sense, problem.cost, sp.csr_array(problem.matrix + part * change),
        problem.row_lower, problem.row_upper, problem.column_lower, problem.column_upper, problem.rows, problem.columns,
    )  # fmt: skip


def limit_words(model: Model, limit: LimitAnswer) -> str:
    """Return the limit in words, without the year where it is about every year."""
    called = row_words(model.problem, Names(model.economy), limit.rows[0]).words
    if len(limit.rows) == 1:
        return called
    return called.removesuffix(f" in {model.economy.about.year + 1}") + ", in every year"
