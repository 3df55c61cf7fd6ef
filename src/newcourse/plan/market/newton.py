"""Newton's method with damping for a few equations that may be undefined in places.

J. Dennis and R. Schnabel, *Numerical Methods for Unconstrained Optimization and Nonlinear Equations* (1983), algorithm
6.1.3: the step is halved until the sum of squares falls enough. Where the equations have no value, as when an income
does not pay for what must be bought, the step is too long.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from newcourse.errors import BadInput

STEP: Final = 1e-7
"""Width of differences that stand for slopes."""

KEPT: Final = 0.1
"""Slopes are kept for the next step while what is missing falls at least to this part of what it was."""

LONGEST: Final = 1.0
"""Largest change of one unknown in one step; unknowns are logarithms or parts of one."""


@dataclass(frozen=True, eq=False)
class Root:
    """Where a search ended.

    Parameters
    ----------
    unknowns
        The point.
    missing
        What the equations miss there.
    steps
        How many steps were made.
    reached
        Whether nothing is missing beyond the tolerance.
    why
        Why the search ended, in words.
    """

    unknowns: np.ndarray
    missing: np.ndarray
    steps: int
    reached: bool
    why: str


def newton(
    equations: Callable[[np.ndarray], np.ndarray], start: np.ndarray, *, tolerance: float = 1e-11, most: int = 100
) -> Root:
    """Return a root of the equations, or where the search for one stopped.

    Parameters
    ----------
    equations
        From n unknowns to n numbers that should be 0; may raise BadInput where undefined.
    start
        First point; the equations must be defined there.
    tolerance
        Largest number that counts as 0.
    most
        Most steps.
    """
    point, missing = np.array(start, dtype=float), equations(start)
    slopes: np.ndarray | None = None
    for step in range(most):
        if abs(missing).max() <= tolerance:
            return Root(point, missing, step, True, "every equation holds")
        fresh = slopes is None
        slopes = _slopes(equations, point, missing) if slopes is None else slopes
        found = _shorter(equations, point, missing, _direction(slopes, missing), tries=50 if fresh else 1)
        if found is None and fresh:
            near = abs(missing).max() <= 1e3 * tolerance
            return Root(point, missing, step, bool(near), "no step in Newton's direction comes nearer")
        if found is None:
            slopes = None
            continue
        if abs(found[1]).max() > KEPT * abs(missing).max():
            slopes = None
        point, missing = found
    return Root(point, missing, most, bool(abs(missing).max() <= tolerance), f"{most} steps were not enough")


def _direction(slopes: np.ndarray, missing: np.ndarray) -> np.ndarray:
    """Return Newton's step, not longer than allowed."""
    try:
        direction = np.linalg.solve(slopes, -missing)
        solved = bool(abs(slopes @ direction + missing).max() <= 1e-8 * abs(missing).max())
    except np.linalg.LinAlgError:
        solved = False
    if not solved:  # slopes without an inverse: the shortest step that comes nearest
        direction = np.linalg.lstsq(slopes, -missing, rcond=1e-13)[0]
    return np.asarray(direction * min(1.0, LONGEST / max(abs(direction).max(), 1e-300)))


def _slopes(equations: Callable[[np.ndarray], np.ndarray], point: np.ndarray, missing: np.ndarray) -> np.ndarray:
    columns = []
    for number in range(len(point)):
        moved = point.copy()
        width = STEP * max(1.0, abs(point[number]))
        moved[number] += width
        value = _defined(equations, moved)
        if value is None:
            moved[number] -= 2 * width
            width, value = -width, _defined(equations, moved)
        columns.append(np.zeros_like(missing) if value is None else (value - missing) / width)
    return np.column_stack(columns)


def _shorter(
    equations: Callable[[np.ndarray], np.ndarray],
    point: np.ndarray,
    missing: np.ndarray,
    direction: np.ndarray,
    tries: int,
) -> tuple[np.ndarray, np.ndarray] | None:
    squares, part = float(missing @ missing), 1.0
    for _ in range(tries):
        there = point + part * direction
        value = _defined(equations, there)
        if value is not None and float(value @ value) <= (1 - 1e-4 * part) * squares:
            return there, value
        part /= 2
    return None


def _defined(equations: Callable[[np.ndarray], np.ndarray], point: np.ndarray) -> np.ndarray | None:
    try:
        value = equations(point)
    except BadInput:
        return None
    return value if np.isfinite(value).all() else None
