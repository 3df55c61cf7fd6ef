"""What a method answers: why it stopped, a primal, a dual, and what a certificate makes of them (design §6.7).

Signs. The row duals ``y`` are *valuations*: the increase of the objective per unit of increase of the row's bound, in
a minimum and in a maximum alike. The reduced costs are ``z = c - A'y``: the increase of the objective per unit of
increase of the column's bound.

>>> import pandas as pd
>>> from newcourse.solver.builder import ProblemBuilder
>>> from newcourse.solver.door import solve
>>> builder = ProblemBuilder()
>>> make = builder.add_columns("make", pd.Index(["bread", "steel"]), upper=[4.0, 5.0], cost=[2.0, 3.0])
>>> hours = builder.add_rows("hours", pd.Index(["all"]), upper=7.0)
>>> builder.put(hours.start, [0, 1], 1.0)
>>> most = solve(builder.build("most", "max")).require_certified()
>>> most.certificate.objective, float(most.valuations("hours")["all"]), float(most.reduced_costs("make")["steel"])
(19.0, 2.0, 1.0)

One hour more brings 2; room for one more steel brings 1. The same as a minimum of the negative has all signs turned:

>>> problem = most.problem.with_cost([-2.0, -3.0], "min")
>>> least = solve(problem).require_certified()
>>> least.certificate.objective, float(least.valuations("hours")["all"]), float(least.reduced_costs("make")["steel"])
(-19.0, -2.0, -1.0)
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from newcourse.errors import Contradiction, Fault, NotCertified
from newcourse.solver.certificate import Certificate
from newcourse.solver.problem import Block, LinearProblem, Vector


class Stop(StrEnum):
    """Why the method says it stopped; what that is worth is the certificate's to say."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    TIME_LIMIT = "time limit"
    ITERATION_LIMIT = "iteration limit"
    INTERRUPTED = "interrupted"
    NUMERICAL = "numerical trouble"


@dataclass(frozen=True, eq=False)
class Basis:
    """Which columns and rows are basic or at which bound, in the method's own codes, for a warm start."""

    columns: npt.NDArray[np.int8]
    rows: npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Solution:
    """An answer to a problem.

    Attributes
    ----------
    problem
        The problem that was put.
    method
        The method that answered, in words.
    stop
        Why it says it stopped.
    primal
        Values of the columns, shape (n,), if there are any.
    dual
        Row duals (valuations), shape (m,), if there are any.
    ray
        Farkas weights of the rows that prove infeasibility, shape (m,), if there are any.
    direction
        Direction in which the objective improves for ever, shape (n,), if there is one.
    seconds, iterations
        What it took.
    certificate
        What is proved, checked apart from the method.
    basis
        For a warm start, where the method has one.
    """

    problem: LinearProblem
    method: str
    stop: Stop
    primal: Vector | None
    dual: Vector | None
    ray: Vector | None
    direction: Vector | None
    seconds: float
    iterations: int
    certificate: Certificate
    basis: Basis | None = None

    @property
    def certified(self) -> bool:
        """Whether the certificate proves what the method says; never so after a time limit or numerical trouble."""
        return self.stop.value in ("optimal", "infeasible", "unbounded") and self.stop.value == self.certificate.kind

    @property
    def verdict(self) -> str:
        """Say in words why the method stopped and what is proved."""
        if self.certified:
            return self.certificate.sentence()
        return f"The method stopped ({self.stop.value}). {self.certificate.sentence()}"

    def values(self, block_name: str) -> pd.Series:
        """Return the values of a block of columns, by label."""
        return self._series(self._known(self.primal, "point"), self.problem.column_block(block_name))

    def row_values(self, block_name: str) -> pd.Series:
        """Return A x for a block of rows, by label."""
        block = self.problem.row_block(block_name)
        rows = self.problem.matrix[block.slice] @ self._known(self.primal, "point")
        return pd.Series(rows, index=block.labels, name=block.name)

    def valuations(self, block_name: str) -> pd.Series:
        """Return the row duals of a block: increase of the objective per unit of the row's bound, by label."""
        return self._series(self._known(self.dual, "dual"), self.problem.row_block(block_name))

    def reduced_costs(self, block_name: str) -> pd.Series:
        """Return c - A'y of a block of columns: increase of the objective per unit of the column's bound, by label."""
        reduced = self.problem.cost - self.problem.matrix.T @ self._known(self.dual, "dual")
        return self._series(reduced, self.problem.column_block(block_name))

    def require_certified(self) -> Self:
        """Return the solution if it is proved optimal.

        Raises
        ------
        Contradiction
            If it is proved that no point exists; the faults name the rows that contradict each other.
        NotCertified
            If nothing or less is proved: a time limit, numerical trouble, no limit to the objective.
        """
        if self.certified and self.stop is Stop.OPTIMAL:
            return self
        if self.certified and self.stop is Stop.INFEASIBLE:
            raise Contradiction(self._contradiction())
        remedy = {
            Stop.UNBOUNDED: "give what is sought a bound: something in the problem has no limit",
            Stop.TIME_LIMIT: "allow more time, or take the bounds in the verdict for what they are",
            Stop.ITERATION_LIMIT: "allow more iterations",
            Stop.INTERRUPTED: "let it run to its end",
        }.get(self.stop, "try another method, or state the problem in units nearer to each other")
        raise NotCertified(
            Fault(
                f"not-certified-{self.stop.name.lower().replace('_', '-')}",
                self.problem.name,
                self.verdict,
                "a certified optimum",
                remedy,
            )
        )

    def _contradiction(self) -> Fault:
        weights = np.abs(self._known(self.ray, "ray"))
        order = np.argsort(-weights)[: int((weights > 0).sum())]
        names = [self.problem.row_name(int(i)) for i in order[:12]]
        more = f" and {order.size - 12} more" if order.size > 12 else ""
        return Fault(
            "infeasible",
            self.problem.name,
            f"{self.certificate.sentence()} Rows taking part: {', '.join(names) or 'none'}{more}",
            "rows and bounds that can hold together",
            "relax one of these rows or a bound of their columns",
        )

    def _series(self, values: Vector, block: Block) -> pd.Series:
        return pd.Series(values[block.slice], index=block.labels, name=block.name)

    def _known(self, values: Vector | None, what: str) -> Vector:
        if values is None:
            fault = Fault(f"no-{what}", self.problem.name, self.verdict, f"a {what}", "look at the verdict first")
            raise NotCertified(fault)
        return values
