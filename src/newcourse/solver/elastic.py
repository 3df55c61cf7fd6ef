"""The elastic problem: rows may be violated, at a price (design §6.5).

It always has an optimum where its other rows and the bounds can be met. At an optimum of nil the rows can be met;
otherwise its row duals are the Farkas ray that proves they cannot.

Source: J. W. Chinneck, *Feasibility and Infeasibility in Optimization* (2008), ch. 6.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from newcourse.solver.problem import Block, LinearProblem, Vector

Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Elastic:
    """A problem whose objective is the price of violating some of the rows of another.

    Attributes
    ----------
    problem
        Its columns are the original ones, then one per row in ``below``, then one per row in ``above``.
    below, above
        Rows whose lower bound, and whose upper bound, may be violated.
    """

    problem: LinearProblem
    below: Positions
    above: Positions

    def violations(self, primal: Vector) -> Vector:
        """Return how far each row's bound must move, shape (m,): upper bounds up (+), lower bounds down (−)."""
        m, n = self.problem.shape
        helpers = primal[n - self.below.size - self.above.size :]
        moved = np.zeros(m)
        moved[self.below] -= helpers[: self.below.size]
        moved[self.above] += helpers[self.below.size :]
        return moved


def elastic(problem: LinearProblem, rows: Positions, price: Vector) -> Elastic:
    """Return the problem of violating ``rows`` as cheaply as possible.

    Parameters
    ----------
    problem
        The problem; its objective plays no part.
    rows
        Rows that may be violated.
    price
        Price per unit of violation of each row, shape (m,), positive.
    """
    m, n = problem.shape
    below = rows[np.isfinite(problem.row_lower[rows])]
    above = rows[np.isfinite(problem.row_upper[rows])]
    k = below.size + above.size
    both = np.concatenate([below, above])
    signs = np.repeat([1.0, -1.0], [below.size, above.size])
    helpers = sp.csr_array((signs, (both, np.arange(k))), shape=(m, k))
    stretched = LinearProblem(
        f"least violation of {problem.name}",
        "min",
        np.concatenate([np.zeros(n), price[both]]),
        sp.csr_array(sp.hstack([problem.matrix, helpers])),
        problem.row_lower,
        problem.row_upper,
        np.concatenate([problem.column_lower, np.zeros(k)]),
        np.concatenate([problem.column_upper, np.full(k, np.inf)]),
        problem.rows,
        (
            *problem.columns,
            Block(f"(below, {problem.name})", n, n + below.size, pd.Index(below)),
            Block(f"(above, {problem.name})", n + below.size, n + k, pd.Index(above)),
        ),
    )
    return Elastic(stretched, below, above)
