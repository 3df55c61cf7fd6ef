"""Find products, their sources and the coupling rows in a problem's matrix alone (design §6.7, §10).

Rows that are bounds or ask nothing are put aside, and columns with one value only are no choice. Of the rest, one-sided
rows with a positive entry after turning are thought of as products, and every column supplies first of all the one
product of which it makes most, measured by what any column makes of it. Then those are taken out again that

- ask for shares in the supply of one product: whatever they hold supplies it, and they ask for nothing on the whole;
- nobody makes first of all: by-products;
- are endowments that are only added to from outside (labour and overtime, reserves): something is at hand, and
  whatever adds to it uses nothing else;
- are means of exchange (foreign currency): only exchanged for single products, one way and back.

Taking out one may leave another column with another product, so this is repeated until nothing changes.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from newcourse.errors import BadInput
from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.structured.bounds import Bounds, Places, bounds_with_single_rows
from newcourse.solver.structured.exchange import media_of_exchange
from newcourse.solver.structured.shares import shares_of_one
from newcourse.solver.structured.structure import Structure

MOST_COUPLING: Final = 400
"""Coupling rows from which on a problem is no plan of this kind: contents are kept for every product and such row."""

_ROUNDS: Final = 10
"""Most times that rows are taken out; what is found by then stands."""

_ALIKE: Final = 1e-6
"""Parts of what any column makes that count as equal."""

Flags = npt.NDArray[np.bool_]


def recognised(problem: LinearProblem, most_coupling: int = MOST_COUPLING) -> Structure | str:
    """Return the problem seen as products with sources and few coupling rows, or why it is not of this kind.

    Parameters
    ----------
    problem
        Any problem.
    most_coupling
        Most rows that may couple.

    Returns
    -------
    Structure or str
        The view, or the reason in words.

    Notes
    -----
    Complexity: a few passes over the coefficients, and a sort of the positive ones.
    """
    bounds = bounds_with_single_rows(problem, np.empty(0, np.int32))
    reason = _impossible(problem, bounds)
    if reason:
        return reason
    kept = np.flatnonzero(~bounds.asks_nothing & (bounds.found == 0))
    sides = _Sides.of(problem, kept.astype(np.int32), bounds)
    candidate = _settled(sides)
    owner = _owners(sides, candidate)
    reason = _unsuitable(problem, sides, candidate, owner, bounds, most_coupling)
    if reason:
        return reason
    place = np.cumsum(candidate) - 1
    owned = np.where(owner >= 0, place[owner], -1).astype(np.int32)
    try:
        return Structure(problem, sides.rows[candidate], sides.rows[~candidate], owned)
    except BadInput as error:
        return f"its parts do not fit together: {error.faults[0].where}: {error.faults[0].found}"


@dataclass(frozen=True, eq=False)
class _Sides:
    """Positive and negative entries of the rows that are worth a method, after turning; fixed columns are left out."""

    rows: Places
    demand: Vector
    one_sided: Flags
    columns: int
    made: tuple[Places, Places, Vector]
    used: tuple[Places, Places]

    @classmethod
    def of(cls, problem: LinearProblem, rows: Places, bounds: Bounds) -> "_Sides":
        """Read them from the problem's matrix."""
        lower, upper = problem.row_lower[rows], problem.row_upper[rows]
        one_sided = np.isneginf(lower) != np.isposinf(upper)
        turned = np.isneginf(lower)
        part = problem.matrix if rows.size == problem.shape[0] else problem.matrix[rows]
        row = np.repeat(np.arange(rows.size, dtype=np.int32), np.diff(part.indptr))
        fixed = bounds.fixed
        free = one_sided[row] & ~fixed[part.indices]
        makes = free & np.where(turned[row], part.data < 0, part.data > 0)
        uses = free & np.where(turned[row], part.data > 0, part.data < 0)
        value = np.where(fixed, bounds.lower, 0.0)
        demand = np.where(turned, -1.0, 1.0) * (np.where(turned, upper, lower) - part @ value)
        return cls(
            rows, demand, one_sided, problem.shape[1],
            (row[makes], part.indices[makes], np.abs(part.data[makes])),
            (row[uses], part.indices[uses]),
        )  # fmt: skip


def _settled(sides: _Sides) -> Flags:
    """Return which rows are products, of those in ``sides``."""
    row, _, _ = sides.made
    candidate = sides.one_sided & (np.bincount(row, minlength=sides.rows.size) > 0)
    candidate &= ~(shares_of_one(sides.rows.size, sides.columns, sides.made[:2], sides.used) & (sides.demand == 0))
    for _ in range(_ROUNDS):
        owner = _owners(sides, candidate)
        out = candidate & _from_elsewhere(sides, candidate, owner)
        if not out.any():
            out = candidate & (np.bincount(owner[owner >= 0], minlength=candidate.size) == 0)
        if not out.any():
            break
        candidate &= ~out
    return candidate


def _owners(sides: _Sides, candidate: Flags) -> Places:
    """Return for each column the row of which it makes most, or −1; of equals the one that most columns make."""
    inside = candidate[sides.made[0]]
    row, column, value = sides.made[0][inside], sides.made[1][inside], sides.made[2][inside]
    most = np.zeros(candidate.size)
    np.maximum.at(most, row, value)
    part = np.round(value / most[row] / _ALIKE)
    makers = np.bincount(row, minlength=candidate.size)
    order = np.lexsort((row, -makers[row], -part, column))
    owner = np.full(sides.columns, -1, np.int32)
    found, first = np.unique(column[order], return_index=True)
    owner[found] = row[order[first]]
    return owner


def _from_elsewhere(sides: _Sides, candidate: Flags, owner: Places) -> Flags:
    """Return the rows that are endowments or means of exchange."""
    uses = np.bincount(sides.used[1], minlength=sides.columns)
    makers = np.flatnonzero(owner >= 0)
    made = np.bincount(owner[makers], minlength=candidate.size) > 0
    worked_for = np.bincount(owner[makers[uses[makers] > 0]], minlength=candidate.size) > 0
    endowment = made & ~worked_for & (sides.demand < 0)
    inside = candidate[sides.used[0]]
    used = sides.used[0][inside], sides.used[1][inside]
    return np.asarray(endowment | media_of_exchange(candidate.size, owner, uses, used))


def _impossible(problem: LinearProblem, bounds: Bounds) -> str:
    """Say what leaves no point at all, if there is such a thing."""
    crossed = np.flatnonzero(bounds.lower > bounds.upper)
    if crossed.size:
        return f"{problem.column_name(int(crossed[0]))} has no value that its bounds and rows allow"
    missed = np.flatnonzero(bounds.cannot_hold)
    if missed.size:
        return f"{problem.row_name(int(missed[0]))} cannot be met: nothing in it is left to choose"
    return ""


def _unsuitable(
    problem: LinearProblem, sides: _Sides, candidate: Flags, owner: Places, bounds: Bounds, most: int
) -> str:
    """Say why the problem is no plan of this kind, if it is not."""
    coupling = sides.rows[~candidate]
    if not candidate.any():
        return "no row counts a product that some column makes"
    if coupling.size > most:
        names = np.array([block.name for block in problem.rows])
        starts = np.array([block.start for block in problem.rows])
        block, times = np.unique(np.searchsorted(starts, coupling, side="right") - 1, return_counts=True)
        listed = ", ".join(f"{names[b]} {k}" for b, k in zip(block, times, strict=True))
        return f"{coupling.size} rows couple, more than {most}: {listed}"
    touched = np.zeros(owner.size, bool)
    for rows, columns in (sides.made[:2], sides.used):
        touched[columns[candidate[rows]]] = True
    endless = np.flatnonzero(touched & np.isneginf(bounds.lower))
    if endless.size:
        return f"{problem.column_name(int(endless[0]))} takes part in products and may be negative without limit"
    return ""
