"""Within which limits valuations hold, and costs may move without moving the solution (design §6.5).

At a certified corner a bound may move until something in the basis meets one of its own bounds: so far the basis, and
with it every valuation, holds. What is reported is *guaranteed*. Where the corner is degenerate (more meets there than
is needed) an interval may end at once although the valuation holds on; :func:`furthest` then finds its true end by
solving again, because the best value is concave and made of straight pieces.

Sources: V. Chvátal, *Linear Programming* (1983), ch. 10; tangents: M. J. Eisner and D. G. Severance, "Mathematical
techniques for efficient record segmentation in large shared databases", *Journal of the ACM* 23 (1976) 619–635.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from newcourse.solver.corner import Corner
from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.solution import Solution

NOISE: Final = 1e-9
"""Movements below this part of the largest, each in its own unit, are taken for rounding."""

CHUNK: Final = 256
"""How many bounds are moved at once."""

STRAIGHT: Final = 1e-6
"""A best value on a straight line within this part of what the line brings is on it."""

TANGENTS: Final = 40
"""Most solves for the end of one straight piece."""


@dataclass(frozen=True, slots=True)
class Range:
    """An interval in which something holds.

    Attributes
    ----------
    value
        Where the bound or the cost stands.
    lower, upper
        Ends of the interval, perhaps infinite; ``lower <= value <= upper``.
    slope
        What one more unit brings within it: the row's valuation, the column's reduced cost, or for a cost the
        column's value.
    """

    value: float
    lower: float
    upper: float
    slope: float

    @property
    def less(self) -> float:
        """How far it may fall."""
        return self.value - self.lower

    @property
    def more(self) -> float:
        """How far it may rise."""
        return self.upper - self.value


def row_ranges(corner: Corner, rows: Iterable[int]) -> list[Range]:
    """Return for each row the interval of its bound in which the basis, and so every valuation, holds.

    The bound is the one the row stands at (of an equation both move); of a row that stands at none it is the nearest,
    which may move until the row meets it, and for ever the other way.
    """
    n = corner.problem.shape[1]
    return _bound_ranges(corner, [n + row for row in rows])


def column_ranges(corner: Corner, columns: Iterable[int]) -> list[Range]:
    """Return for each column the interval of its bound in which the basis holds, as :func:`row_ranges`."""
    return _bound_ranges(corner, list(columns))


def direction_range(corner: Corner, lower: Vector, upper: Vector) -> tuple[float, float]:
    """Return how many times a change of bounds may be made, backward (≤ 0) and forward (≥ 0), with the basis held.

    Parameters
    ----------
    corner
        A corner.
    lower, upper
        Change of the lower and the upper bounds of columns and rows, each of shape (n + m,), finite.
    """
    at_upper = np.abs(corner.bounds[1] - corner.values) <= np.abs(corner.values - corner.bounds[0])
    fixed = np.where(corner.at < 0, np.where(at_upper, upper, lower), 0.0)[:, None]
    moved = (lower[corner.basic, None], upper[corner.basic, None])
    down, up = _ends(corner, corner.moved(fixed), moved, _sizes(corner, fixed))
    return float(down[0]), float(up[0])


def cost_range(corner: Corner, column: int) -> Range:
    """Return the interval of a column's cost in which the corner stays best.

    Within it the solution stays as it is; the best value moves by the column's value for each unit.
    """
    problem, sign = corner.problem, corner.problem.sign
    cost, reduced = float(problem.cost[column]), sign * corner.reduced
    if corner.at[column] < 0:
        room = abs(float(reduced[column]))
        at_upper = _at_upper(corner, column)
        free = not np.isfinite(corner.bounds[0][column]) and not np.isfinite(corner.bounds[1][column])
        fixed = corner.bounds[0][column] == corner.bounds[1][column]
        down, up = (np.inf, room) if at_upper else (room, np.inf)
        down, up = (0.0, 0.0) if free else (np.inf, np.inf) if fixed else (down, up)
    else:
        down, up = _basic_cost_room(corner, column, reduced)
    less, more = (down, up) if sign > 0 else (up, down)
    return Range(cost, cost - less, cost + more, float(corner.primal[column]))


def furthest(
    value: Callable[[float], tuple[float, float] | None], slope: float, at: float, end: float, *, start: float = 0.0
) -> float:
    """Return how far from ``at`` towards ``end`` a concave best value goes on along a straight line.

    Parameters
    ----------
    value
        Returns the best value and its slope for a distance moved, or ``None`` where nothing is possible any more.
    slope
        Of the line, per unit of distance.
    at
        The best value where nothing is moved.
    end
        The largest distance asked about; positive.
    start
        A distance up to which the line is known to hold.

    Returns
    -------
    float
        The distance, at least ``start``. It is exact to the solves' tolerance: the line through the point found holds,
        and the tangents beyond it fall below the line.
    """
    far = _possible(value, end, start)
    if far is None:
        return start
    distance, (best, tangent) = far
    for _ in range(TANGENTS):
        below = at + slope * distance - best
        size = max(abs(slope) * distance, abs(best - at))
        if below <= STRAIGHT * size:
            return distance
        gap = slope - tangent
        nearer = (best - at - tangent * distance) / gap if gap > 0 else start
        nearer = max(start, min(nearer, distance))
        if nearer <= start * (1 + STRAIGHT) or nearer >= distance * (1 - STRAIGHT):
            return start if nearer <= start * (1 + STRAIGHT) else nearer
        found = value(nearer)
        if found is None:
            return start
        distance, (best, tangent) = nearer, found
    return start


def row_bound_moved(
    problem: LinearProblem, row: int, sign: float, solved: Callable[[LinearProblem], Solution | None]
) -> Callable[[float], tuple[float, float] | None]:
    """Return the function of distance that :func:`furthest` asks, for the bounds of one row moved up or down.

    Parameters
    ----------
    problem
        The problem, as solved.
    row
        Which row; both of its finite bounds move.
    sign
        +1 for up, −1 for down.
    solved
        Solves a problem to a certified optimum, or returns ``None`` where it is certified that there is none.
    """

    def value(distance: float) -> tuple[float, float] | None:
        lower, upper = np.array(problem.row_lower), np.array(problem.row_upper)
        lower[row] += sign * distance
        upper[row] += sign * distance
        found = solved(problem.with_row_bounds(lower, upper))
        if found is None or found.dual is None:
            return None
        return found.certificate.objective, sign * float(found.dual[row])

    return value


def _possible(
    value: Callable[[float], tuple[float, float] | None], end: float, start: float
) -> tuple[float, tuple[float, float]] | None:
    """Return the largest of some distances at which anything is possible at all, and the value there."""
    distance = end
    for _ in range(TANGENTS // 2):
        if distance <= start:
            return None
        found = value(distance)
        if found is not None:
            return distance, found
        distance = start + (distance - start) / 2
    return None


def _bound_ranges(corner: Corner, positions: list[int]) -> list[Range]:
    found: list[Range] = []
    for first in range(0, len(positions), CHUNK):
        part = positions[first : first + CHUNK]
        change = np.zeros((sum(corner.problem.shape), len(part)))
        change[part, np.arange(len(part))] = np.where(corner.at[part] < 0, 1.0, 0.0)
        still = np.zeros((len(corner.basic), len(part)))
        lower, upper = _ends(corner, corner.moved(change), (still, still), _sizes(corner, change))
        found += [_range(corner, p, float(lower[k]), float(upper[k])) for k, p in enumerate(part)]
    return found


def _range(corner: Corner, position: int, down: float, up: float) -> Range:
    """Return the interval of one bound, from how far it may move with the basis held."""
    lower, upper = float(corner.bounds[0][position]), float(corner.bounds[1][position])
    here = float(corner.values[position])
    if corner.at[position] < 0:
        bound = upper if _at_upper(corner, position) else lower if np.isfinite(lower) else here
        if lower < upper:  # the bound it stands at cannot pass the other
            down, up = (down, min(up, upper - bound)) if bound == lower else (max(down, lower - bound), up)
        return Range(bound, bound + min(down, 0.0), bound + max(up, 0.0), float(corner.reduced[position]))
    if lower == upper:  # an equation that happens to be in the basis
        return Range(lower, lower, lower, 0.0)
    if upper - here <= here - lower:
        return Range(upper, min(here, upper), np.inf, 0.0)
    return Range(lower, -np.inf, max(here, lower), 0.0)


def _at_upper(corner: Corner, position: int) -> bool:
    """Return whether what stands at a bound stands at its upper one; of two equal bounds the one with the valuation."""
    lower, upper = corner.bounds[0][position], corner.bounds[1][position]
    if lower == upper:
        return bool(corner.problem.sign * corner.reduced[position] < 0)
    return bool(abs(upper - corner.values[position]) < abs(corner.values[position] - lower))


def _sizes(corner: Corner, change: Vector) -> Vector:
    """Return the largest part of each of k changes, each in its own unit."""
    return np.asarray((np.abs(change) / corner.units(np.arange(len(change)))[:, None]).max(axis=0, initial=0.0))


def _ends(corner: Corner, moves: Vector, bounds: tuple[Vector, Vector], sizes: Vector) -> tuple[Vector, Vector]:
    """Return how far k movements go backward (≤ 0) and forward (≥ 0) before something basic meets a bound.

    What is basic moves by ``moves``, its lower and upper bounds by ``bounds``, all of shape (m, k).
    """
    here = corner.values[corner.basic][:, None]
    below = np.maximum(here - corner.bounds[0][corner.basic][:, None], 0.0)
    above = np.maximum(corner.bounds[1][corner.basic][:, None] - here, 0.0)
    ends = []
    for room, rate in ((below, bounds[0] - moves), (above, moves - bounds[1])):
        size = np.abs(rate / corner.units(corner.basic)[:, None])
        closing = np.where(size > NOISE * np.maximum(size.max(axis=0, initial=0.0), sizes), rate, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            steps = room / closing
        ends.append((np.where(closing < 0, steps, -np.inf), np.where(closing > 0, steps, np.inf)))
    down = np.maximum(ends[0][0], ends[1][0]).max(axis=0, initial=-np.inf)
    up = np.minimum(ends[0][1], ends[1][1]).min(axis=0, initial=np.inf)
    return down, up


def _basic_cost_room(corner: Corner, column: int, reduced: Vector) -> tuple[float, float]:
    """Return by how much the cost (of a minimum) of a basic column may fall and rise."""
    falls = corner.row_of(column)
    lower, upper = corner.bounds
    movable = (corner.at < 0) & (lower < upper)
    own = np.abs(falls) * corner.units(np.arange(len(falls)))
    movable &= own > NOISE * max(own.max(initial=0.0), float(corner.units(np.array([column]))[0]))
    at_lower = np.array([not _at_upper(corner, int(p)) for p in np.flatnonzero(movable)], dtype=bool)
    free = ~np.isfinite(lower[movable]) & ~np.isfinite(upper[movable])
    part, d = falls[movable], np.abs(reduced[movable])
    direction = np.where(at_lower, part, -part)
    up = np.where(free | (direction > 0), d / np.abs(part), np.inf)
    down = np.where(free | (direction < 0), d / np.abs(part), np.inf)
    return float(down.min(initial=np.inf)), float(up.min(initial=np.inf))
