"""What a method hands to the door before anything is checked, and what it is asked with (design §6.7)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.solution import Basis, Stop


class Halt(Exception):
    """Raised by a progress callback to stop the method; the solution then says ``INTERRUPTED``."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a method has come.

    Attributes
    ----------
    method
        The method at work, in words.
    seconds
        Since the door was entered.
    iterations
        Done so far by this method.
    objective
        Objective of where it stands; it need not be feasible.
    """

    method: str
    seconds: float
    iterations: int
    objective: float


@dataclass(frozen=True, slots=True)
class Answer:
    """A method's unchecked answer; fields as in :class:`newcourse.solver.solution.Solution`."""

    method: str
    stop: Stop
    primal: Vector | None = None
    dual: Vector | None = None
    ray: Vector | None = None
    direction: Vector | None = None
    basis: Basis | None = None
    iterations: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """How a problem is to be answered.

    Attributes
    ----------
    began, deadline
        Readings of ``clock`` when the door was entered and when to stop; the latter may be infinite.
    tolerance
        Of the certificate.
    basis
        Basis to start from, if any.
    on_progress
        Told now and then how far the method has come.
    clock
        Seconds, monotonic.
    dual
        Row duals to start from, if any, in the problem's own sign.
    primal
        Point to start from, if any.
    """

    began: float
    deadline: float
    tolerance: float
    basis: Basis | None
    on_progress: Callable[[Progress], None] | None
    clock: Callable[[], float]
    dual: Vector | None = None
    primal: Vector | None = None

    @property
    def seconds_left(self) -> float:
        """Time until the deadline, never negative."""
        return max(self.deadline - self.clock(), 0.0)


def tidy_primal(problem: LinearProblem, primal: Vector) -> Vector:
    """Return the point moved onto the bounds it is beyond: what is left wrong then shows in the rows."""
    return np.clip(primal, problem.column_lower, problem.column_upper)


def tidy_dual(problem: LinearProblem, dual: Vector) -> Vector:
    """Return the row duals without those that point to an infinite side: what is left then shows in the columns."""
    return problem.sign * tidy_ray(problem, problem.sign * dual)


def tidy_ray(problem: LinearProblem, ray: Vector) -> Vector:
    """Return a Farkas ray without the weights that point to an infinite side of their row."""
    wrong = ((ray > 0) & np.isinf(problem.row_lower)) | ((ray < 0) & np.isinf(problem.row_upper))
    return np.where(wrong, 0.0, ray)
