"""The centre's own problem: a linear programme of as many rows as there are limits, over the open offers (design §10).

With the needs q of products held where they are, each product chooses how to share q among its open sources, and the
limits couple the choices:

    min sum G0 x  subject to  least <= sum G x <= most,  sum over the sources of i of supply x = q_i,  0 <= x <= upper,

where (G0, G) are reduced costs by the contents, as functions of the limit prices. The box within which limit prices
may move is in the problem as its dual: more of a limit can be had at the box's upper price, and be left at its lower.
The basis that the simplex method starts from is dual feasible at the prices held: merit order at those prices.

Multiple-choice programmes of this kind: E. Zemel, "The linear multiple choice knapsack problem", *Operations Research*
28 (1980) 1412–1423.
"""

from dataclasses import dataclass
from typing import Any, Final

import highspy
import numpy as np
import numpy.typing as npt

from newcourse.solver.problem import Vector

Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_CODES: Final = [
    highspy.HighsBasisStatus.kLower,
    highspy.HighsBasisStatus.kBasic,
    highspy.HighsBasisStatus.kUpper,
]
_AT_LOWER, _BASIC, _AT_UPPER = 0, 1, 2

_OPTIONS: Final[dict[str, bool | int | float | str]] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "solver": "simplex",
    "simplex_strategy": 1,
    "presolve": "off",
    "small_matrix_value": 1e-12,
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
    "simplex_scale_strategy": 0,
}

_ITERATIONS: Final = 20
"""Most simplex iterations per row before the centre gives up."""

_TIE: Final = 1e-9
"""What another source than the present one costs more than it does, of a thousandth of the objective: where two cost
the same, what rounding finds cheaper would change from round to round, and outputs would never settle."""


@dataclass(frozen=True, eq=False)
class Centre:
    """What the centre decides on.

    Attributes
    ----------
    slopes
        Reduced costs of the open columns: constant and slopes in the limit prices, shape (c, 1 + limits).
    supply, upper
        Of the open columns, shape (c,).
    product
        Which of ``rest`` a column shares, or −1 if it stands alone, shape (c,).
    rest
        What is left to share of each product, positive, shape (p,).
    unit, ceiling
        A usual amount of the columns that stand alone, and the most they may be in this round, shape (c,): infinite
        where neither is known. Prices in the box may be such that a listed product would be made without end.
    least, most
        What the limits leave for these columns, shape (limits,).
    held, lowest, highest
        Limit prices held, and the box they may move in, shape (limits,).
    value, size
        Usual size of the objective, and of each limit.
    present
        Which columns are marginal sources now: they stay where others are no cheaper, shape (c,).
    """

    slopes: Vector
    supply: Vector
    upper: Vector
    product: Places
    rest: Vector
    unit: Vector
    ceiling: Vector
    least: Vector
    most: Vector
    held: Vector
    lowest: Vector
    highest: Vector
    value: float
    size: Vector
    present: Mask


@dataclass(frozen=True, eq=False)
class Decision:
    """What the centre decided: limit prices, amounts and parts of the rest, and the basis.

    ``basic`` and ``full`` are of the columns; ``active`` limits bind, ``edge`` limit prices are at the box.
    """

    limit_price: Vector
    amount: Vector
    share: Vector
    basic: Mask
    full: Mask
    active: Places
    edge: Mask
    iterations: int


def decide(centre: Centre, seconds: float) -> Decision | None:
    """Solve the centre's problem by the simplex method; ``None`` if that found no optimum."""
    unit = np.where(centre.product >= 0, _rest(centre) / centre.supply, centre.unit)
    other = (centre.product >= 0) & ~centre.present
    cost = centre.slopes[:, 0] * unit / centre.value + np.where(other, _TIE, 0.0)
    rows = centre.slopes[:, 1:] * (unit[:, None] / centre.size)
    price = centre.size / centre.value
    cap = centre.upper / unit
    cap = np.where((centre.product >= 0) & (cap >= 1.0), np.inf, np.minimum(cap, centre.ceiling / unit))
    over = np.flatnonzero(np.isfinite(centre.highest))
    under = np.flatnonzero(np.isfinite(centre.lowest))
    model = highspy._core._Highs()
    for key, option in _OPTIONS.items():
        model.setOptionValue(key, option)
    model.setOptionValue("simplex_iteration_limit", _ITERATIONS * (centre.size.size + centre.rest.size) + 1000)
    model.setOptionValue("time_limit", seconds)
    _pass(model, centre, cost, rows, cap, over, under, price)
    _begin(model, centre, cost + rows @ (centre.held * price), cap, over.size + under.size)
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return _read(model, centre, unit, cap, over, under, price)


def _rest(centre: Centre) -> Vector:
    return centre.rest[np.maximum(centre.product, 0)] if centre.rest.size else np.ones(centre.product.size)


def _pass(
    model: Any, centre: Centre, cost: Vector, rows: Vector, cap: Vector, over: Places, under: Places, price: Vector
) -> None:
    """Hand the problem over: open columns, elastic ones for the box, one fixed one per limit to begin with."""
    limits = centre.size.size
    there = rows != 0
    owned = centre.product >= 0
    pointers = np.concatenate([[0], np.cumsum(there.sum(1) + owned)])
    indices, data = np.empty(pointers[-1], np.int32), np.empty(pointers[-1])
    column, limit = np.nonzero(there)
    before = np.concatenate([[0], np.cumsum(there.sum(1))])[column]
    place = pointers[column] + np.arange(column.size) - before
    indices[place], data[place] = limit, rows[column, limit]
    last = pointers[np.flatnonzero(owned) + 1] - 1
    indices[last], data[last] = limits + centre.product[owned], 1.0
    extra = over.size + under.size + limits
    count = cost.size + extra
    ones = np.ones(centre.rest.size)
    model.passModel(
        count, limits + centre.rest.size, data.size + extra, int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize), 0.0,
        np.concatenate([cost, (centre.highest * price)[over], -(centre.lowest * price)[under], centre.held * price]),
        np.zeros(count), np.concatenate([cap, np.full(over.size + under.size, np.inf), np.zeros(limits)]),
        np.concatenate([centre.least / centre.size, ones]), np.concatenate([centre.most / centre.size, ones]),
        np.concatenate([pointers, pointers[-1] + np.arange(1, extra + 1)]).astype(np.int32),
        np.concatenate([indices, over, under, np.arange(limits)]).astype(np.int32),
        np.concatenate([data, -np.ones(over.size), np.ones(under.size), -np.ones(limits)]),
        np.zeros(count, np.int32),
    )  # fmt: skip


def _begin(model: Any, centre: Centre, merit: Vector, cap: Vector, elastic: int) -> None:
    """Set the basis of the merit order at the prices held: in each product the marginal source, in each limit those."""
    limits, products = centre.size.size, centre.rest.size
    status = np.zeros(merit.size + elastic + limits, np.int8)
    order = np.lexsort((merit, centre.product))
    order = order[centre.product[order] >= 0]
    owner = centre.product[order]
    first = np.searchsorted(owner, np.arange(products))
    filled = np.cumsum(np.where(np.isinf(cap[order]), 2.0, cap[order]))
    start = np.concatenate([[0.0], filled])
    after, before = filled - start[first][owner], start[:-1] - start[first][owner]
    status[order[after < 1 - 1e-13]] = _AT_UPPER
    marginal = (after >= 1 - 1e-13) & (before < 1 - 1e-13)
    status[order[marginal]] = _BASIC
    lacking = np.setdiff1d(np.arange(products), owner[marginal])
    status[order[np.searchsorted(owner, lacking, side="right") - 1]] = _BASIC
    alone = np.flatnonzero(centre.product < 0)
    status[alone] = np.where((merit[alone] < 0) & np.isfinite(cap[alone]), _AT_UPPER, _AT_LOWER)
    status[merit.size + elastic :] = _BASIC
    upper = ((centre.held >= 0) & np.isfinite(centre.most)) | np.isinf(centre.least)
    basis = highspy.HighsBasis()
    basis.col_status = [_CODES[k] for k in status.tolist()]
    basis.row_status = [_CODES[_AT_UPPER if k else _AT_LOWER] for k in upper.tolist()] + [_CODES[0]] * products
    basis.valid = True
    model.setBasis(basis)


def _read(
    model: Any, centre: Centre, unit: Vector, cap: Vector, over: Places, under: Places, price: Vector
) -> Decision:
    solution, basis = model.getSolution(), model.getBasis()
    count, limits = unit.size, centre.size.size
    value = np.array(solution.col_value)
    code = np.array([int(k) for k in basis.col_status])
    share = np.maximum(value[:count], 0.0)
    edge = np.zeros(limits, bool)
    for first, which in ((0, over), (over.size, under), (over.size + under.size, np.arange(limits))):
        edge[which[code[count + first : count + first + which.size] == _BASIC]] = True
    slack = np.array([int(k) == _BASIC for k in list(basis.row_status)[:limits]], bool)
    basic = code[:count] == _BASIC
    full = ~basic & (share > 0) & (share >= cap * (1 - 1e-12)) & np.isfinite(centre.upper)
    return Decision(
        -np.array(solution.row_dual)[:limits] / price, share * unit, share, basic, full,
        np.flatnonzero(~slack & ~edge), edge, int(model.getInfo().simplex_iteration_count),
    )  # fmt: skip
