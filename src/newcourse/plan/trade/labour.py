"""Labour content over the price of importing: a coefficient for an economy without a plan (design §6.3).

The labour content ``h`` of the goods solves ``(V − U)ᵀ h = l + n H`` over the processes of the base year: ``l`` is
labour per unit of activity, ``V − U`` what an activity makes less what it uses of the goods made at home, ``n`` what
it pays for inputs that are not made at home, and ``H`` the labour it takes to earn a unit of means of payment by the
exports of the base year: ``H = h·X / p·X``. The coefficient of a good is its labour content over the labour of the
exports that pay for importing it, ``h / (p H)``: D. Ricardo's comparison (*Principles*, 1817, ch. 7), with the
vertically integrated labour coefficients of L. Pasinetti (*Metroeconomica* 25, 1973, 1-29) for the labour.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.names import Names


@dataclass(frozen=True)
class LabourCoefficient:
    """The labour of one good beside that of the exports that pay for importing it.

    Parameters
    ----------
    place, product, name, unit
        Which good, in codes and words.
    content
        Labour that making one unit takes in the end, in ``factor unit``.
    import_price
        World price per unit, in currency.
    import_content
        Labour of the exports that pay for one unit, in ``factor unit``.
    coefficient
        The first over the last: below 1 making takes less labour than importing.
    """

    place: str
    product: str
    name: str
    unit: str
    content: float
    import_price: float
    import_content: float
    coefficient: float


@dataclass(frozen=True)
class LabourCoefficients:
    """The labour coefficients of all goods that are made at home and can be imported, highest first.

    Parameters
    ----------
    rows
        One per good.
    factor, unit
        Which labour, and its unit.
    exchange_content
        Labour that earning a unit of means of payment takes, in ``unit`` per unit of currency.
    """

    rows: tuple[LabourCoefficient, ...]
    factor: str
    unit: str
    exchange_content: float

    def as_data(self) -> dict[str, Any]:
        """Return them as plain data."""
        return {
            "factor": self.factor,
            "unit": self.unit,
            "exchange_content": self.exchange_content,
            "coefficients": [vars(row) for row in self.rows],
        }


def labour_coefficients(economy: Economy, factor: str | None = None) -> LabourCoefficients:
    """Return the labour content of every tradable good over that of the exports that pay for importing it.

    Parameters
    ----------
    economy
        With as many running processes as goods that they make, and exports in the base year.
    factor
        Code of the labour that is counted; the first factor if left out.

    Raises
    ------
    BadInput
        If there is no such factor, the processes in use do not determine the contents, or nothing was exported.
    """
    code = _factor(economy, factor)
    running = np.flatnonzero(economy.base_activity > 0)
    made = np.flatnonzero(economy.outputs[:, running].sum(axis=1))
    _require_square(economy, len(running), len(made))
    net = sp.csc_array((economy.outputs - economy.inputs)[:, running][made]).T.tocsc()
    row = economy["factors"]["factor"].tolist().index(code)
    labour = economy.factor_use[[row]].toarray().ravel()[running]
    direct, paid = (np.asarray(spla.spsolve(net, right)) for right in (labour, _paid(economy, running, made)))
    content, foreign = np.zeros(len(economy.goods)), np.zeros(len(economy.goods))
    content[made], foreign[made] = direct, paid
    per_exchange = _exchange_content(economy, content, foreign)
    return _coefficients(economy, code, content + per_exchange * foreign, made, per_exchange)


def _factor(economy: Economy, factor: str | None) -> str:
    known = economy["factors"]["factor"].tolist()
    if known and factor in (None, *known):
        return factor or str(known[0])
    listed = ", ".join(known) or "a factor in factors.csv"
    raise BadInput(Fault("label-unknown", "factor", repr(factor), f"one of {listed}", "correct the code"))


def _require_square(economy: Economy, processes: int, goods: int) -> None:
    if processes == goods:
        return
    raise BadInput(
        Fault(
            "not-square",
            f"economy {economy.about.name}",
            f"{processes} processes in use make {goods} goods",
            "as many running processes as goods made",
            "use the comparative coefficients of a plan, which chooses among techniques",
        )
    )


def _paid(economy: Economy, running: np.ndarray, made: np.ndarray) -> np.ndarray:
    """Return what each running process pays abroad per unit of activity for inputs that are not made at home."""
    trade = economy["trade"]
    price = np.zeros(len(economy.goods))
    price[economy.good_rows(trade)] = trade["import_price"].to_numpy(dtype=float)
    price[made] = 0.0
    return np.asarray(economy.inputs[:, running].T @ price)


def _exchange_content(economy: Economy, content: np.ndarray, foreign: np.ndarray) -> float:
    """Return H: labour of the base year's exports over what they earn, less the foreign inputs in them."""
    trade = economy["trade"]
    sold, goods = trade["exports"].to_numpy(dtype=float), economy.good_rows(trade)
    earned = float(trade["export_price"].to_numpy(dtype=float) @ sold) - float(foreign[goods] @ sold)
    if earned > 0:
        return float(content[goods] @ sold) / earned
    raise BadInput(
        Fault(
            "exports-none",
            f"economy {economy.about.name}",
            "exports that earn no more than the foreign inputs in them",
            "exports in the base year that earn means of payment",
            "state exports in trade.csv, or use the comparative coefficients of a plan",
        )
    )


def _coefficients(
    economy: Economy, code: str, content: np.ndarray, made: np.ndarray, per_exchange: float
) -> LabourCoefficients:
    names, trade = Names(economy), economy["trade"]
    at_home = set(made.tolist())
    columns = (trade["place"], trade["product"], trade["import_price"], economy.good_rows(trade).tolist())
    rows = [
        LabourCoefficient(
            place=place,
            product=product,
            name=names.product(product),
            unit=names.unit("product", product),
            content=float(content[good]),
            import_price=float(price),
            import_content=float(price) * per_exchange,
            coefficient=float(content[good]) / (float(price) * per_exchange),
        )
        for place, product, price, good in zip(*columns, strict=True)
        if good in at_home and price * per_exchange > 0
    ]
    ranked = tuple(sorted(rows, key=lambda row: -row.coefficient))
    return LabourCoefficients(ranked, names.factor(code), names.unit("factor", code), per_exchange)
