"""A linear problem with named rows and columns, which checks itself when made (design §6.7).

The problem is

    min or max  c'x   subject to   row_lower <= A x <= row_upper,   column_lower <= x <= column_upper.

Any bound may be infinite; a row with equal bounds is an equation; a row with two infinite bounds asks nothing.
Rows and columns come in *blocks* with labels, so that every number in a solution and every fault can be named.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from newcourse.errors import BadInput, Fault
from newcourse.solver import checks

Sense = Literal["min", "max"]
Vector = npt.NDArray[np.float64]
Matrix = sp.csr_array | sp.csc_array | sp.coo_array


@dataclass(frozen=True, eq=False)
class Block:
    """A named run of rows or columns that belong together.

    Parameters
    ----------
    name
        Name, unique among the problem's rows or among its columns.
    start, stop
        First position and the position after the last.
    labels
        One label per position, ``len(labels) == stop - start``.
    """

    name: str
    start: int
    stop: int
    labels: pd.Index

    def __post_init__(self) -> None:
        if len(self.labels) != self.stop - self.start or self.start < 0:
            raise BadInput(
                Fault(
                    "block-length",
                    f"block {self.name}",
                    f"{len(self.labels)} labels for positions {self.start} to {self.stop}",
                    "one label per position",
                    "give as many labels as the block has rows or columns",
                )
            )

    def __len__(self) -> int:
        return self.stop - self.start

    @property
    def slice(self) -> slice:
        """The block's positions, for indexing arrays."""
        return slice(self.start, self.stop)

    def label(self, position: int) -> str:
        """Name one position of the whole problem in words: ``block[first, second]``."""
        return self._named(self.labels[position - self.start])

    def names(self) -> list[str]:
        """Name all positions in words, as :meth:`label` names one."""
        return [self._named(value) for value in self.labels]

    def _named(self, value: object) -> str:
        text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        return f"{self.name}[{text}]"


@dataclass(frozen=True, eq=False)
class LinearProblem:
    """A linear problem; immutable, and impossible to make with wrong shapes, NaN or crossed bounds.

    Parameters
    ----------
    name
        What the problem is called in messages.
    sense
        ``"min"`` or ``"max"``.
    cost
        Objective coefficients c, shape (n,).
    matrix
        Coefficients A, shape (m, n). Its arrays are taken over without a copy and must not be changed afterwards.
    row_lower, row_upper
        Bounds of A x, shape (m,).
    column_lower, column_upper
        Bounds of x, shape (n,).
    rows, columns
        Blocks that cover 0..m and 0..n in order.

    Raises
    ------
    BadInput
        With every fault that was found, each with its block and label.
    """

    name: str
    sense: Sense
    cost: Vector
    matrix: sp.csr_array
    row_lower: Vector
    row_upper: Vector
    column_lower: Vector
    column_upper: Vector
    rows: tuple[Block, ...]
    columns: tuple[Block, ...]

    def __post_init__(self) -> None:
        for field in ("cost", "row_lower", "row_upper", "column_lower", "column_upper"):
            object.__setattr__(self, field, _frozen(getattr(self, field)))
        object.__setattr__(self, "matrix", _canonical(self.matrix))
        faults = checks.problem_faults(self)
        if faults:
            raise BadInput(faults)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows m and columns n."""
        m, n = self.matrix.shape
        return int(m), int(n)

    @property
    def sign(self) -> float:
        """``+1`` for a minimum, ``-1`` for a maximum: ``sign * cost`` is always to be minimised."""
        return 1.0 if self.sense == "min" else -1.0

    def row_name(self, i: int) -> str:
        """Name row ``i`` in words."""
        return _at(self.rows, i).label(i)

    def column_name(self, j: int) -> str:
        """Name column ``j`` in words."""
        return _at(self.columns, j).label(j)

    def row_block(self, name: str) -> Block:
        """Return the block of rows called ``name``."""
        return _named(self.rows, name, f"rows of {self.name}")

    def column_block(self, name: str) -> Block:
        """Return the block of columns called ``name``."""
        return _named(self.columns, name, f"columns of {self.name}")

    def with_cost(self, cost: npt.ArrayLike, sense: Sense | None = None) -> Self:
        """Return the same problem with another objective; rows, columns and matrix are shared."""
        return replace(self, cost=np.asarray(cost, float), sense=self.sense if sense is None else sense)

    def with_row_bounds(self, lower: npt.ArrayLike | None = None, upper: npt.ArrayLike | None = None) -> Self:
        """Return the same problem with other row bounds, each of shape (m,); the matrix is shared."""
        return replace(
            self,
            row_lower=self.row_lower if lower is None else np.asarray(lower, float),
            row_upper=self.row_upper if upper is None else np.asarray(upper, float),
        )

    def with_column_bounds(self, lower: npt.ArrayLike | None = None, upper: npt.ArrayLike | None = None) -> Self:
        """Return the same problem with other column bounds, each of shape (n,); the matrix is shared."""
        return replace(
            self,
            column_lower=self.column_lower if lower is None else np.asarray(lower, float),
            column_upper=self.column_upper if upper is None else np.asarray(upper, float),
        )

    def with_rows(self, block: Block, matrix: Matrix, lower: npt.ArrayLike, upper: npt.ArrayLike) -> Self:
        """Return the problem with one more block of rows below the others.

        Parameters
        ----------
        block
            The new rows; its ``start`` is the number of rows there are now.
        matrix
            Their coefficients, shape ``(len(block), n)``.
        lower, upper
            Their bounds, scalars or of shape ``(len(block),)``.
        """
        k = len(block)
        return replace(
            self,
            matrix=sp.csr_array(sp.vstack([self.matrix, sp.csr_array(matrix)])),
            row_lower=np.concatenate([self.row_lower, np.broadcast_to(np.asarray(lower, float), k)]),
            row_upper=np.concatenate([self.row_upper, np.broadcast_to(np.asarray(upper, float), k)]),
            rows=(*self.rows, block),
        )


def _frozen(values: npt.ArrayLike) -> Vector:
    """Return a float vector that nobody can change: the same one if it is frozen already, else a copy."""
    array = np.asarray(values)
    if array.dtype == np.float64 and not array.flags.writeable:
        return array
    array = np.array(array, dtype=np.float64)
    array.flags.writeable = False
    return array


def _canonical(matrix: Matrix) -> sp.csr_array:
    """Return the matrix by rows with 32-bit indices, sorted, without duplicates, on read-only arrays."""
    csr: sp.csr_array = matrix.tocsr().astype(np.float64, copy=False)
    if not csr.has_canonical_format:
        csr = csr.copy()
        csr.sum_duplicates()
    parts = [
        csr.data.view(),
        csr.indices.astype(np.int32, copy=False).view(),
        csr.indptr.astype(np.int32, copy=False).view(),
    ]
    for part in parts:
        part.flags.writeable = False
    frozen = sp.csr_array(tuple(parts), shape=csr.shape, copy=False)
    frozen.has_canonical_format = True
    return frozen


def _at(blocks: Sequence[Block], position: int) -> Block:
    for block in blocks:
        if block.start <= position < block.stop:
            return block
    raise IndexError(f"no block holds position {position}")


def _named(blocks: Sequence[Block], name: str, where: str) -> Block:
    for block in blocks:
        if block.name == name:
            return block
    raise BadInput(
        Fault("no-such-block", where, name, "one of " + ", ".join(b.name for b in blocks), "use a block's own name")
    )
