"""What one more unit of each limit is worth, and from where to where this holds (design §6.5).

A plan's valuations belong to the corner at which its needs are weighed. They hold while every limit may move until
something else begins to bind: so far one more unit is worth what it says. Beyond, it is worth less when the limit is
loosened and more when it is tightened, because the goal is concave in what there is.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from newcourse.errors import NotCertified
from newcourse.plan.choosing import model_of
from newcourse.plan.limits_met import limits_met
from newcourse.plan.model import Model
from newcourse.plan.plan import Plan
from newcourse.plan.planner import solve_stages
from newcourse.plan.sentences import number, quantity
from newcourse.plan.sizes import row_sizes
from newcourse.plan.stage import Stage
from newcourse.solver.corner import Corner
from newcourse.solver.door import solve
from newcourse.solver.problem import LinearProblem
from newcourse.solver.ranging import Range, furthest, row_bound_moved, row_ranges
from newcourse.solver.solution import Solution, Stop

ENDS_AT_ONCE: Final = 1e-9
"""An interval shorter than this part of the limit's own size ends at once."""


@dataclass(frozen=True, eq=False)
class Valued:
    """A plan's problem, solved again for its valuations and the corner they belong to.

    Parameters
    ----------
    model
        The planning problem.
    stages
        Its stages, solved.
    """

    model: Model
    stages: tuple[Stage, ...]

    @cached_property
    def needs(self) -> Solution:
        """The solution of the stage that weighs the needs."""
        return next(stage.solution for stage in self.stages if stage.name == "needs")

    @property
    def chosen(self) -> Solution:
        """The plan: the solution of the last stage."""
        return self.stages[-1].solution

    @cached_property
    def corner(self) -> Corner:
        """The corner of the needs.

        Raises
        ------
        NotCertified
            If the method left none that can be certified.
        """
        return Corner.of(self.needs)

    @cached_property
    def limits_met(self) -> pd.DataFrame:
        """The limits that are reached, dearest first, as a plan keeps them."""
        return limits_met(self.model, self.chosen, self.needs)


def valued(plan: Plan) -> Valued:
    """Solve a plan's problem again: it is the same problem, so it is the same answer."""
    model = model_of(plan)
    return Valued(model, solve_stages(model))


@dataclass(frozen=True)
class LimitRange:
    """How far the valuation of a limit holds.

    Parameters
    ----------
    what, kind, label, unit, period
        Which limit.
    limit
        Where it stands.
    valuation
        What one more unit brings to the goal, in ``currency``.
    less, more
        How far it may be tightened and loosened with the valuation held, in ``unit``; infinite where nothing ends it.
    currency
        Unit of money.
    """

    what: str
    kind: str
    label: str
    unit: str
    period: int
    limit: float
    valuation: float
    less: float
    more: float
    currency: str

    def words(self) -> str:
        """Say what one more unit is worth, and how far this holds."""
        head = self.what[:1].upper() + self.what[1:]
        worth = f"{head}: one more {self.unit} is worth {number(self.valuation)} {self.currency}"
        return f"{worth}; {holds(self.less, self.more, self.unit)}."

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {**asdict(self), "words": self.words()}


def holds(less: float, more: float, unit: str) -> str:
    """Say how far a valuation holds.

    >>> holds(2.0, 6.0, "hour")
    'this holds for up to 6 hour more and up to 2 hour less'
    >>> holds(2.0, float("inf"), "hour")
    'this holds for any amount more and up to 2 hour less'
    """
    amounts = ["any amount" if np.isinf(end) else f"up to {quantity(end, unit)}" for end in (more, less)]
    if more <= 0 and less <= 0:
        return "other limits bind just here, so that more may bring less and less may cost more"
    if more <= 0:
        return f"this holds for {amounts[1]} less; for more, other limits bind at once and it may bring less"
    if less <= 0:
        return f"this holds for {amounts[0]} more; for less, other limits bind at once and it may cost more"
    return f"this holds for {amounts[0]} more and {amounts[1]} less"


def limit_ranges(found: Plan | Valued, *, exact: int = 10) -> tuple[LimitRange, ...]:
    """Return for every limit reached, dearest first, how far its valuation holds.

    Parameters
    ----------
    found
        A plan, or what :func:`valued` made of it.
    exact
        For how many limits the true end is sought by solving again where the corner promises nothing because more
        meets in it than is needed. For the others such an end is told as it is promised.

    Raises
    ------
    NotCertified
        If the valuations have no certified corner.
    """
    known = found if isinstance(found, Valued) else valued(found)
    met, model = known.limits_met, known.model
    rows = limit_rows(model, met)
    sizes = row_sizes(model.problem, known.chosen)
    ranges = []
    for row, interval in zip(rows, row_ranges(known.corner, rows), strict=True):
        ends = _loosening(interval)
        if min(ends) <= ENDS_AT_ONCE * sizes[row] and exact > 0:
            exact -= 1
            ends = _true_ends(known, row, interval, float(sizes[row]))
        ranges.append(ends)
    columns = ["words", "kind", "label", "unit", "period", "limit", "valuation"]
    listed = met[columns].itertuples(index=False, name=None)
    currency = model.economy.about.currency
    return tuple(LimitRange(*each, *ends, currency) for each, ends in zip(listed, ranges, strict=True))  # type: ignore[call-arg]


def ranges_if_certified(found: Valued, *, exact: int = 10) -> tuple[LimitRange | None, ...]:
    """Return the ranges as :func:`limit_ranges`, or as many times nothing where no corner is certified."""
    try:
        return limit_ranges(found, exact=exact)
    except NotCertified:
        return (None,) * len(found.limits_met)


def limit_rows(model: Model, met: pd.DataFrame) -> list[int]:
    """Return the positions of the rows of limits that are reached."""
    places: dict[str, dict[str, int]] = {}
    rows = []
    for kind, label in met[["kind", "label"]].itertuples(index=False, name=None):
        if kind not in places:
            block = model.problem.row_block(str(kind))
            places[kind] = {_joined(each): block.start + i for i, each in enumerate(block.labels)}
        rows.append(places[kind][label])
    return rows


def _joined(label: Any) -> str:
    return "/".join(map(str, label if isinstance(label, tuple) else (label,)))


def _loosening(interval: Range) -> tuple[float, float]:
    """Return how far a limit may be tightened and loosened: a lower bound is loosened downwards."""
    return (interval.less, interval.more) if interval.slope > 0 else (interval.more, interval.less)


def _true_ends(known: Valued, row: int, interval: Range, size: float) -> tuple[float, float]:
    """Return how far a limit may be tightened and loosened, at most by its own size, each end found by solving."""
    sign = 1.0 if interval.slope > 0 else -1.0
    problem, at = known.needs.problem, known.corner.certificate.objective

    def solved(changed: LinearProblem) -> Solution | None:
        found = solve(changed, start=known.needs)
        if found.certified and found.stop is Stop.INFEASIBLE:
            return None
        return found.require_certified()

    def end(way: float, promised: float) -> float:
        if promised > ENDS_AT_ONCE * size:
            return promised
        moved = row_bound_moved(problem, row, way * sign, solved)
        return furthest(moved, way * abs(interval.slope), at, size, start=0.0)

    less, more = _loosening(interval)
    return end(-1.0, less), end(1.0, more)


def by_limit(ranges: Sequence[LimitRange | None]) -> dict[tuple[str, str], LimitRange]:
    """Return ranges by the kind and label of their limits."""
    return {(each.kind, each.label): each for each in ranges if each is not None}
