"""What one worker does for one scenario: module-level and light, so that other processes can take it up."""

from dataclasses import dataclass

from newcourse.errors import NotCertified
from newcourse.solver.door import solve
from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.quadratic import QuadraticProblem, solve_quadratic
from newcourse.solver.solution import Stop


@dataclass(frozen=True, eq=False)
class Job:
    """A problem to be solved.

    Parameters
    ----------
    problem
        Linear, or quadratic.
    time_limit
        Seconds.
    """

    problem: LinearProblem | QuadraticProblem
    time_limit: float | None = None


@dataclass(frozen=True, eq=False)
class Done:
    """What came of it.

    Parameters
    ----------
    primal
        The point; nothing if a linear problem is proved impossible, or the method failed on a quadratic one.
    objective
        Of the point; of a linear problem it is certified.
    bound
        What no point can be better than, from the certificate.
    """

    primal: Vector | None
    objective: float = float("nan")
    bound: float = float("nan")


def work(job: Job) -> Done:
    """Solve a problem.

    Raises
    ------
    NotCertified
        If a linear problem was neither solved nor proved impossible.
    """
    if isinstance(job.problem, QuadraticProblem):
        try:
            near = solve_quadratic(job.problem, time_limit=job.time_limit)
        except NotCertified:
            return Done(None)
        return Done(near.primal, near.objective, near.certificate.bound)
    solution = solve(job.problem, time_limit=job.time_limit)
    if solution.certified and solution.stop is Stop.INFEASIBLE:
        return Done(None)
    certificate = solution.require_certified().certificate
    return Done(solution.primal, certificate.objective, certificate.bound)
