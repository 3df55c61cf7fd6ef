"""What a proposal can bring, at once, from the valuations of the plan as it is (design §6.5).

The plan's valuations prove a bound on the plan with the change: no plan can be worth more than what they say of its
limits (weak duality). So what is told is the most that the proposal can bring, or the least it must take, and it is
exact for as much of the change as may be made before the valuations change. New techniques are priced by what they
take and make at the valuations.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from newcourse.errors import NotCertified
from newcourse.plan.changes.change import Change
from newcourse.plan.changes.registry import apply_changes
from newcourse.plan.goal import Goal
from newcourse.plan.model import Model, build_model
from newcourse.plan.plan import Plan
from newcourse.plan.ranges import Valued, valued
from newcourse.plan.sentences import number
from newcourse.solver.arithmetic import dual_bound
from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.ranging import direction_range

ASKING: Final = ("need", "floor", "weight")
"""Kinds of changes that only ask for something else: by the goal without them they cannot bring anything."""

PROVED: Final = 1e-7
"""A valuation may point to an infinite side by this part of its own scale: rounding."""

NOTHING: Final = 1e-7
"""A bound below this part of the whole goal is nothing."""


@dataclass(frozen=True)
class Estimate:
    """What changes can bring at most, from valuations.

    Parameters
    ----------
    changes
        The changes in words.
    gain
        The most they can bring to the goal without them, in ``currency`` over the horizon; negative: the least they
        take. ``None`` where the valuations prove nothing.
    holds
        The part of the change up to which this is exact, at most 1; ``None`` where it is not known.
    only_asks
        Whether nothing but what is asked for is changed.
    currency
        Unit of money.
    """

    changes: tuple[str, ...]
    gain: float | None
    holds: float | None
    only_asks: bool
    currency: str

    def words(self) -> str:
        """Say in one or two sentences what the changes can bring, and how exact this is."""
        head = f"{'; '.join(self.changes)}."
        if self.only_asks:
            return f"{head} At once: by the weights and targets as they are, asking for something else brings nothing."
        if self.gain is None:
            return f"{head} At once: the valuations say nothing of it; make the plan again."
        if self.gain == 0:
            return f"{head} At once: at the valuations of the plan it brings nothing."
        way = "takes at least" if self.gain < 0 else "brings at most"
        return f"{head} At once: it {way} needs worth {number(abs(self.gain))} {self.currency}{self._exact()}."

    def _exact(self) -> str:
        if self.holds is None:
            return ""
        if self.holds >= 1:
            return "; this is exact, because the valuations hold for all of it"
        worse = "takes more" if (self.gain or 0) < 0 else "brings less"
        return f"; exact up to {self.holds:.1%} of the change, beyond which other limits bind and it {worse}"

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {**asdict(self), "words": self.words()}


def estimate(found: Plan | Valued, changes: Sequence[Change]) -> Estimate:
    """Return at once what changes can bring to the goal at most, and how far that is exact.

    The minima of the worst-off places are held where they are. A change of what is asked for brings nothing by the
    goal as it is; changes of limits, trade and techniques are bounded from the plan's valuations.

    Parameters
    ----------
    found
        A plan, or what :func:`newcourse.plan.ranges.valued` made of it: then nothing is solved.
    changes
        As in a proposal.

    Raises
    ------
    BadInput
        If a change does not fit the economy.
    """
    known = found if isinstance(found, Valued) else valued(found)
    model = known.model
    words = tuple(change.words(model.economy) for change in changes)
    currency = model.economy.about.currency
    others = [change for change in changes if change.kind not in ASKING]
    apply_changes(changes, model.economy, model.goal)
    if not others:
        return Estimate(words, 0.0, None, True, currency)
    economy, goal = apply_changes(others, model.economy, model.goal)
    changed = build_model(economy, Goal(model.goal.weights, model.goal.guaranteed, goal.pace), model.limits)
    problem = _settled(changed, known.needs.problem)
    dual = _priced(known, changed, problem)
    bound, _, violation, _ = dual_bound(problem, dual)
    if violation > PROVED:
        return Estimate(words, None, None, False, currency)
    now = known.needs.certificate.objective
    gain = bound - now
    gain = 0.0 if abs(gain) <= NOTHING * abs(now) else gain
    return Estimate(words, gain, _holds(known, problem), False, currency)


def _settled(model: Model, now: LinearProblem) -> LinearProblem:
    """Return the changed problem with the minima of the worst-off places held where they are."""
    problem = model.problem
    lower, rows = np.array(problem.column_lower), np.array(problem.row_lower)
    for new, old, name in (
        (lower, now.column_lower[now.column_block("secured").slice], "secured"),
        (lower, now.column_lower[now.column_block("worst off").slice], "worst off"),
    ):
        new[problem.column_block(name).slice] = old
    rows[problem.row_block("worst off").slice] = now.row_lower[now.row_block("worst off").slice]
    return problem.with_column_bounds(lower=lower).with_row_bounds(lower=rows)


def _priced(known: Valued, changed: Model, problem: LinearProblem) -> Vector:
    """Return valuations for the changed problem: those of the plan, and for new activities what their room is worth.

    A new activity that would bring something at the plan's valuations is worth as much as it can grow: the row that
    says how far it may is given what is left over, last period first.
    """
    dual = np.zeros(problem.shape[0])
    old = known.needs.problem
    source = _dual(known)
    for block in problem.rows:
        if any(other.name == block.name for other in old.rows):
            before = old.row_block(block.name)
            at = before.labels.get_indexer(block.labels)
            dual[block.slice] = np.where(at >= 0, source[before.start + at], 0.0)
    new = ~problem.column_block("activity").labels.isin(old.column_block("activity").labels)
    if not new.any() or not any(block.name == "growth" for block in problem.rows):
        return dual
    columns = problem.column_block("activity").start + np.flatnonzero(new)
    rows = problem.row_block("growth").start + np.flatnonzero(new)
    per_period = len(columns) // changed.limits.periods
    for t in reversed(range(changed.limits.periods)):
        part = slice(t * per_period, (t + 1) * per_period)
        left = problem.cost[columns[part]] - problem.matrix.T[columns[part]] @ dual
        dual[rows[part]] = np.maximum(left, 0.0)
    return dual


def _dual(known: Valued) -> Vector:
    try:
        return known.corner.dual
    except NotCertified:
        return known.needs.dual if known.needs.dual is not None else np.zeros(known.needs.problem.shape[0])


def _holds(known: Valued, problem: LinearProblem) -> float | None:
    """Return the part of a change of bounds over which the corner holds; nothing where more than bounds change."""
    old = known.needs.problem
    same = problem.shape == old.shape and (abs(problem.matrix - old.matrix)).nnz == 0
    if not same or not np.array_equal(problem.cost, old.cost):
        return None
    lower = np.concatenate([problem.column_lower, problem.row_lower])
    upper = np.concatenate([problem.column_upper, problem.row_upper])
    try:
        now = known.corner.bounds
    except NotCertified:
        return None
    with np.errstate(invalid="ignore"):
        down, up = (np.where(new == was, 0.0, new - was) for new, was in ((lower, now[0]), (upper, now[1])))
    if not (np.isfinite(down).all() and np.isfinite(up).all()):
        return None
    return min(1.0, max(0.0, direction_range(known.corner, down, up)[1]))
