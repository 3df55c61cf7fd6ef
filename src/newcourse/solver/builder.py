"""Makes a linear problem piece by piece, in whole arrays (design §6.7)."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from newcourse.errors import BadInput, Fault
from newcourse.solver.problem import Block, LinearProblem, Matrix, Sense, Vector


class ProblemBuilder:
    """Collects columns, rows and coefficients; the only thing in this room that changes.

    Coefficients put twice in the same place are added up.

    Examples
    --------
    >>> builder = ProblemBuilder()
    >>> made = builder.add_columns("make", pd.Index(["bread", "steel"]), upper=[4.0, 5.0], cost=[2.0, 3.0])
    >>> hours = builder.add_rows("hours", pd.Index(["all"]), upper=7.0)
    >>> builder.put(hours.start, np.arange(made.start, made.stop), [1.0, 1.0])
    >>> problem = builder.build("bread and steel", "max")
    >>> problem.shape, problem.column_name(1)
    ((1, 2), 'make[steel]')
    """

    def __init__(self) -> None:
        self._columns: list[Block] = []
        self._rows: list[Block] = []
        self._cost: list[Vector] = []
        self._column_bounds: list[tuple[Vector, Vector]] = []
        self._row_bounds: list[tuple[Vector, Vector]] = []
        self._entries: list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Vector]] = []

    def add_columns(
        self,
        name: str,
        labels: pd.Index,
        lower: npt.ArrayLike = 0.0,
        upper: npt.ArrayLike = np.inf,
        cost: npt.ArrayLike = 0.0,
    ) -> slice:
        """Add a block of columns and return its positions; bounds and cost are scalars or one per label."""
        k = len(labels)
        where = f"columns {name}"
        self._column_bounds.append((_long(lower, k, where, "lower"), _long(upper, k, where, "upper")))
        self._cost.append(_long(cost, k, where, "cost"))
        return _append(self._columns, name, labels)

    def add_rows(
        self, name: str, labels: pd.Index, lower: npt.ArrayLike = -np.inf, upper: npt.ArrayLike = np.inf
    ) -> slice:
        """Add a block of rows and return its positions; bounds are scalars or one per label."""
        k = len(labels)
        where = f"rows {name}"
        self._row_bounds.append((_long(lower, k, where, "lower"), _long(upper, k, where, "upper")))
        return _append(self._rows, name, labels)

    def put(self, rows: npt.ArrayLike, columns: npt.ArrayLike, values: npt.ArrayLike) -> None:
        """Add coefficients at positions of the whole problem; the three arguments are broadcast to one shape.

        Raises
        ------
        BadInput
            If the shapes do not fit, or a position is not one of a row and a column added before.
        """
        try:
            r, c, v = np.broadcast_arrays(np.asarray(rows), np.asarray(columns), np.asarray(values, np.float64))
        except ValueError as error:
            shapes = ", ".join(str(np.shape(part)) for part in (rows, columns, values))
            fault = Fault("shape", "put", f"shapes {shapes}", "shapes that fit", "give as many of each")
            raise BadInput(fault) from error
        faults = [
            *_range_faults("row", r, _stop(self._rows)),
            *_range_faults("column", c, _stop(self._columns)),
        ]
        if faults:
            raise BadInput(faults)
        self._entries.append((r.astype(np.int32).ravel(), c.astype(np.int32).ravel(), v.ravel()))

    def put_matrix(self, rows: slice, columns: slice, matrix: Matrix) -> None:
        """Add a whole sparse matrix whose first row and column go to the start of the two slices."""
        expected = (rows.stop - rows.start, columns.stop - columns.start)
        if matrix.shape != expected:
            fault = Fault("shape", "put_matrix", f"{matrix.shape}", f"{expected}", "give a matrix of the blocks' shape")
            raise BadInput(fault)
        coo = sp.coo_array(matrix)
        self.put(coo.row + np.int32(rows.start), coo.col + np.int32(columns.start), coo.data)

    def build(self, name: str, sense: Sense) -> LinearProblem:
        """Make the problem of everything added so far."""
        shape = (_stop(self._rows), _stop(self._columns))
        if self._entries:
            r, c, v = (np.concatenate(parts) for parts in zip(*self._entries, strict=True))
            matrix = sp.coo_array((v, (r, c)), shape=shape).tocsr()
            matrix.eliminate_zeros()
        else:
            matrix = sp.csr_array(shape, dtype=np.float64)
        row_lower, row_upper = _joined(self._row_bounds)
        column_lower, column_upper = _joined(self._column_bounds)
        return LinearProblem(
            name,
            sense,
            np.concatenate([*self._cost, np.empty(0)]),
            matrix,
            row_lower,
            row_upper,
            column_lower,
            column_upper,
            tuple(self._rows),
            tuple(self._columns),
        )


def _stop(blocks: list[Block]) -> int:
    return blocks[-1].stop if blocks else 0


def _append(blocks: list[Block], name: str, labels: pd.Index) -> slice:
    start = _stop(blocks)
    block = Block(name, start, start + len(labels), labels)
    blocks.append(block)
    return block.slice


def _long(values: npt.ArrayLike, length: int, where: str, what: str) -> Vector:
    array = np.asarray(values, np.float64)
    if array.shape not in ((), (length,)):
        raise BadInput(
            Fault(
                "shape",
                f"{where}, {what}",
                f"shape {array.shape}",
                f"a number or {length} of them",
                "give one per label",
            )
        )
    return np.broadcast_to(array, (length,))


def _joined(bounds: list[tuple[Vector, Vector]]) -> tuple[Vector, Vector]:
    return (
        np.concatenate([*(lower for lower, _ in bounds), np.empty(0)]),
        np.concatenate([*(upper for _, upper in bounds), np.empty(0)]),
    )


def _range_faults(kind: str, positions: npt.NDArray[np.integer], stop: int) -> list[Fault]:
    if positions.size and (positions.min() < 0 or positions.max() >= stop):
        found = f"{kind} positions {positions.min()} to {positions.max()}"
        return [Fault("position", "put", found, f"positions 0 to {stop - 1}", f"add the {kind}s first")]
    return []
