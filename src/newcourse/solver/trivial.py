"""Problems without coefficients: every column goes to its better bound, every row is nil (design §6.7)."""

import numpy as np

from newcourse.solver.answer import Answer
from newcourse.solver.problem import LinearProblem
from newcourse.solver.solution import Stop


def answer(problem: LinearProblem) -> Answer:
    """Return the exact answer to a problem whose matrix has no coefficient (or no row, or no column)."""
    m, _ = problem.shape
    words = "closed form"
    ray = (problem.row_lower > 0).astype(float) - (problem.row_upper < 0)
    if ray.any():
        return Answer(words, Stop.INFEASIBLE, ray=ray)
    down = problem.sign * problem.cost
    best = np.where(down > 0, problem.column_lower, np.where(down < 0, problem.column_upper, 0.0))
    inside = np.clip(0.0, problem.column_lower, problem.column_upper)
    endless = np.isinf(best)
    if endless.any():
        return Answer(words, Stop.UNBOUNDED, primal=inside, direction=np.where(endless, np.sign(best), 0.0))
    return Answer(words, Stop.OPTIMAL, np.where(down != 0, best, inside), np.zeros(m))
