"""Scenarios solved together, alone, or with some decisions fixed; every answer certified."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newcourse.plan.futures.extensive import Extensive, extensive
from newcourse.plan.futures.problem import ScenarioProblem
from newcourse.solver.door import solve
from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.solution import Solution, Stop

OnProgress = Callable[[str, float], None]


@dataclass(frozen=True, eq=False)
class Together:
    """Scenarios solved together.

    Parameters
    ----------
    extensive
        The problem written out.
    solution
        Its certified solution.
    """

    extensive: Extensive
    solution: Solution

    @property
    def value(self) -> float:
        """The expected objective."""
        return self.solution.certificate.objective

    def primal(self, scenario: int) -> Vector:
        """Return the columns of one scenario, shape (n,)."""
        return self.extensive.primal(self.solution, scenario)

    @property
    def primals(self) -> npt.NDArray[np.float64]:
        """The columns of all scenarios, shape (S, n)."""
        return np.array([self.primal(s) for s in range(len(self.extensive.scenarios.scenarios))])

    def here_and_now(self) -> Vector:
        """Return the columns of the first scenario: those of stage 0 are common to all. Shape (n,)."""
        return self.primal(0)


def solve_together(scenarios: ScenarioProblem, *, time_limit: float | None = None) -> Together:
    """Solve scenarios together: what is common is decided once, for the best weighted mean of the objectives.

    Raises
    ------
    Contradiction, NotCertified
        As :meth:`newcourse.solver.solution.Solution.require_certified`.
    """
    written = extensive(scenarios)
    return Together(written, solve(written.problem, time_limit=time_limit).require_certified())


def optimum(problem: LinearProblem, *, time_limit: float | None = None) -> Solution | None:
    """Return the certified optimum of a problem, or ``None`` if it is certified that nothing is possible.

    Raises
    ------
    NotCertified
        If neither is proved.
    """
    solution = solve(problem, time_limit=time_limit)
    if solution.certified and solution.stop is Stop.INFEASIBLE:
        return None
    return solution.require_certified()


def silent(stage: str, part: float) -> None:
    """Tell nobody."""
