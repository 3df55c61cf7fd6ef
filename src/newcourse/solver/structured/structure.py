"""What makes a linear problem a plan: products that have sources, and few other rows (design §6.7, §10).

Rows that ask for no less than something, with the sign turned where they ask for no more, read

    what sources supply − what is used  >=  demand                                        (products, P rows)

and few other rows couple them (labour, emissions, foreign exchange: K rows). A column that supplies a product and uses
others is one of its *sources*. Where every column has one positive entry at most, the product rows are a *Leontief
substitution system* and the following holds; with by-products it holds as far as they are small.

- For each choice of one source a product the square matrix of those columns, scaled to supply one each, is I − U with
  U >= 0. If some activity covers a positive demand by these sources, it is an M-matrix: (I − U)⁻¹ exists and is
  non-negative, so sweeps by products converge, and one choice that is optimal for one positive demand is optimal for
  all of them (Dantzig 1955; Veinott 1969). That is the non-substitution theorem (Samuelson 1951, Arrow and others in
  the same volume): with one primary factor relative prices depend on techniques alone.
- With prices q of the K rows held, a column costs its own cost less q times its coefficients there, and product prices
  p solve p_i = min over its sources of (cost − q'coupling + p'uses) / supply: policy iteration. p is linear in q while
  the choice stays: its slopes are the *contents* of a product in the K rows.

Sources: G. B. Dantzig, "Optimal solution of a dynamic Leontief model with substitution", *Econometrica* 23 (1955);
A. F. Veinott, "Minimum concave-cost solution of Leontief substitution models of multi-facility inventory systems",
*Operations Research* 17 (1969); P. A. Samuelson, "Abstract of a theorem concerning substitutability in open Leontief
models", in T. C. Koopmans (ed.), *Activity Analysis of Production and Allocation* (1951); A. Berman and
R. J. Plemmons, *Nonnegative Matrices in the Mathematical Sciences* (1979), ch. 6 on M-matrices.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from newcourse.errors import BadInput, Fault
from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.structured import faults
from newcourse.solver.structured.bounds import Bounds, bounds_with_single_rows

Positions = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False, repr=False)
class Structure:
    """A view of a problem as products with sources and a few coupling rows; always a minimum.

    Every row is a product, couples, has one column left to choose (and is a bound then) or asks nothing. All arrays
    are read-only, contiguous, and of types numba takes as they are.

    Parameters
    ----------
    problem
        The problem seen.
    products
        Its rows that are products, ascending, shape (P,): one-sided, and with a lower side after ``row_sign``.
    coupling
        Its rows that couple, ascending, shape (K,); of any kind, equations too.
    owner
        For each column the place in ``products`` of what it supplies first of all, or −1, shape (n,).

    Attributes
    ----------
    row_sign
        +1 for a product row with a lower side, −1 for one with an upper side, which is turned, shape (P,).
    demand
        What each product row asks for after turning, shape (P,); negative where something is at hand.
    balance
        Coefficients of the product rows after turning, by columns (CSC), shape (P, n): supply > 0, use < 0.
    limits
        Coefficients of the coupling rows as they stand in the problem, by columns (CSC), shape (K, n).
    limit_lower, limit_upper
        Their bounds as they stand in the problem, shape (K,).
    bounds
        Bounds of the columns with the rows that leave one column to choose, and which row a bound came from.
    cost
        What is to be least: the problem's cost, turned if it is a maximum, shape (n,).
    supply
        Coefficient of each column in its owner's row, nil without one, shape (n,).
    source_start, sources
        Columns owned by product i are ``sources[source_start[i]:source_start[i + 1]]``, ascending.

    Raises
    ------
    BadInput
        If a row is in no class or in two, a product row has two sides, an owner is not supplied, or rows that are
        bounds contradict each other; every fault at once.
    """

    problem: LinearProblem
    products: Positions
    coupling: Positions
    owner: Positions
    row_sign: Vector = field(init=False)
    demand: Vector = field(init=False)
    balance: sp.csc_array = field(init=False)
    limits: sp.csc_array = field(init=False)
    limit_lower: Vector = field(init=False)
    limit_upper: Vector = field(init=False)
    bounds: Bounds = field(init=False)
    cost: Vector = field(init=False)
    supply: Vector = field(init=False)
    source_start: Positions = field(init=False)
    sources: Positions = field(init=False)

    def __post_init__(self) -> None:
        problem = self.problem
        self._refuse(faults.of_shape(problem, self.products, self.coupling, self.owner))
        for name in ("products", "coupling", "owner"):
            self._set(name, np.array(getattr(self, name), np.int32))
        bounds = bounds_with_single_rows(problem, np.concatenate([self.products, self.coupling]))
        self._refuse(faults.of_rows(problem, self.products, self.coupling, bounds))
        self._set("bounds", bounds)
        upper_only = np.isneginf(problem.row_lower[self.products])
        self._set("row_sign", np.where(upper_only, -1.0, 1.0))
        self._set("demand", np.where(upper_only, -problem.row_upper[self.products], problem.row_lower[self.products]))
        self._set("balance", _columns_of(problem, self.products, self.row_sign))
        self._set("limits", _columns_of(problem, self.coupling, np.ones(self.coupling.size)))
        self._set("limit_lower", problem.row_lower[self.coupling])
        self._set("limit_upper", problem.row_upper[self.coupling])
        self._set("cost", problem.sign * problem.cost)
        self._set_sources()
        self._refuse(faults.of_owners(problem, self.owner, self.supply))

    def _set_sources(self) -> None:
        """Find each column's supply of its owner, and list the columns of each product."""
        supply = np.zeros(self.owner.size)
        owned = np.flatnonzero(self.owner >= 0)
        supply[owned] = self.balance[self.owner[owned], owned]
        self._set("supply", supply)
        order = np.argsort(self.owner[owned], kind="stable")
        self._set("sources", owned[order].astype(np.int32))
        counts = np.bincount(self.owner[owned], minlength=self.products.size)
        self._set("source_start", np.concatenate([[0], np.cumsum(counts)]).astype(np.int32))

    def _set(self, name: str, value: object) -> None:
        if isinstance(value, np.ndarray):
            value = np.ascontiguousarray(value)
            value.flags.writeable = False
        object.__setattr__(self, name, value)

    def _refuse(self, found: list[Fault]) -> None:
        if found:
            raise BadInput(found)

    def __repr__(self) -> str:
        p, k, n = self.shape
        return f"Structure({self.problem.name}: {p} products, {k} coupling rows, {n} columns)"

    @property
    def shape(self) -> tuple[int, int, int]:
        """Products P, coupling rows K and columns n."""
        return self.products.size, self.coupling.size, self.owner.size

    def product_name(self, i: int) -> str:
        """Name product ``i`` in words."""
        return self.problem.row_name(int(self.products[i]))

    def row_duals(self, price: Vector, limit_price: Vector) -> Vector:
        """Return the duals of the problem's own rows for prices of this view.

        Where a column's bound came from a row, that row carries its reduced cost.

        Parameters
        ----------
        price
            Of the products, shape (P,): increase of the least cost per unit of demand, not negative.
        limit_price
            Of the coupling rows as they stand, shape (K,): increase of the least cost per unit of the bound.

        Returns
        -------
        Vector
            Shape (m,), with the signs of :mod:`newcourse.solver.solution`.
        """
        dual = np.zeros(self.problem.shape[0])
        dual[self.products] = self.row_sign * price
        dual[self.coupling] = limit_price
        self.bounds.charge(self.problem, dual)
        return self.problem.sign * dual


def _columns_of(problem: LinearProblem, rows: Positions, signs: Vector) -> sp.csc_array:
    """Return some rows of the problem's matrix by columns, each row times its sign, on read-only arrays."""
    matrix = problem.matrix
    run = rows.size > 0 and int(rows[-1]) - int(rows[0]) + 1 == rows.size
    if run:  # no copy of what lies together
        pointers = matrix.indptr[rows[0] : rows[-1] + 2]
        inside = slice(int(pointers[0]), int(pointers[-1]))
        parts = (matrix.data[inside], matrix.indices[inside], pointers - pointers[0])
        part = sp.csr_array(parts, shape=(rows.size, matrix.shape[1]), copy=False)
    else:
        part = sp.csr_array(matrix[rows])
    columns = sp.csc_array(part.tocsc())
    if (signs < 0).any():
        columns.data *= signs[columns.indices]
    if not columns.data.all():
        columns.eliminate_zeros()
    indices, pointers = columns.indices.astype(np.int32, copy=False), columns.indptr.astype(np.int32, copy=False)
    for array in (columns.data, indices, pointers):
        array.flags.writeable = False
    return sp.csc_array((columns.data, indices, pointers), shape=columns.shape, copy=False)
