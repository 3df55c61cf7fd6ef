"""Where goods come from and what they are for, in value at base-year prices: the numbers of the flow diagram.

Product by product the balance of the plan holds: made + imported + from stores = used in production + delivered +
exported + put into stores + used for investment + left over.
"""

from typing import Final

import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.investing import investment_goods
from newcourse.plan.names import Names
from newcourse.plan.plan import Plan

USED, EXPORTS, STORED, INVESTED, LEFT = (
    "Used in production", "Exports", "Put into stores", "New capital, taken directly", "Left over",
)  # fmt: skip
IMPORTS, FROM_STORES = "Imports", "From stores"
_SHORT: Final = 1e-5
"""A product may be short by this part of its own size: rounding of the solver, with room."""

_DUST: Final = 1e-9
"""Flows below this part of the whole are rounding."""


def flow_table(plan: Plan, period: int) -> pd.DataFrame:
    """Return the flows of one period, in value at base-year prices.

    Returns
    -------
    DataFrame
        Columns product (code), side (``from`` or ``for``), node (where from or what for, in words), value (currency).
        Per product the two sides are equal, and what goes from place to place inside is not counted.

    Raises
    ------
    BadInput
        If more of a product is used than there is: then the plan's tables contradict each other.
    """
    made, used = _production(plan, period)
    rows = [*_made(plan, made), *_moved(plan, period), *_delivered(plan, period), _rows(used, "for", USED)]
    table = pd.concat([row for row in rows if len(row)], ignore_index=True)
    table = table.groupby(["product", "side", "node"], sort=False)["quantity"].sum().reset_index()
    price = plan.economy.prices
    table["value"] = table.pop("quantity") * table["product"].map(price)
    return _with_rest(table)


def _production(plan: Plan, period: int) -> tuple[pd.Series, pd.Series]:
    """Return goods made and goods used up in a period; a process with a lead uses its inputs before its output."""
    economy = plan.economy
    made = pd.Series(economy.outputs @ plan.activity_in(period), index=economy.goods)
    used = pd.Series(economy.inputs @ plan.activity_begun_in(period), index=economy.goods)
    return made, used


def _made(plan: Plan, made: pd.Series) -> list[pd.DataFrame]:
    names = Names(plan.economy)
    return [
        _rows(part.droplevel("place"), "from", f"Made in {names.place(str(place))}")
        for place, part in made.groupby(level="place", sort=False)
    ]


def _moved(plan: Plan, period: int) -> list[pd.DataFrame]:
    economy = plan.economy
    stock_product = economy["stocks"].set_index("stock")["product"]
    direct = _directly_invested(economy)
    investment = _in_period(plan, "investment", period)
    investment = investment[investment["stock"].isin(direct)].assign(
        product=lambda table: table["stock"].map(stock_product)
    )
    stores = economy["stores"] if period == plan.periods[0] else _in_period(plan, "carried", period - 1)
    tables = [
        (_in_period(plan, "imports", period), "from", IMPORTS),
        (stores, "from", FROM_STORES),
        (_in_period(plan, "exports", period), "for", EXPORTS),
        (_in_period(plan, "carried", period), "for", STORED),
        (investment, "for", INVESTED),
    ]
    return [_rows(table.set_index("product")["quantity"], side, node) for table, side, node in tables if len(table)]


def _directly_invested(economy: Economy) -> set[str]:
    """Return the stocks whose investment is taken from the balance, not from delivered investment goods."""
    stocks = economy["stocks"]
    delivered = pd.MultiIndex.from_frame(stocks[["place", "product"]]).isin(investment_goods(economy))
    return set(stocks["stock"][~delivered])


def _delivered(plan: Plan, period: int) -> list[pd.DataFrame]:
    needs = plan.needs[plan.needs["period"] == period]
    groups = needs.groupby("group", sort=False)
    return [_rows(part.set_index("product")["delivered"], "for", str(group)) for group, part in groups]


def _in_period(plan: Plan, table: str, period: int) -> pd.DataFrame:
    return plan[table][plan[table]["period"] == period]


def _rows(quantities: pd.Series, side: str, node: str) -> pd.DataFrame:
    total = quantities.groupby(level="product", sort=False).sum()
    return pd.DataFrame({"product": total.index, "side": side, "node": node, "quantity": total.to_numpy(dtype=float)})


def _with_rest(table: pd.DataFrame) -> pd.DataFrame:
    """Add what is left over of each product, and leave out dust."""
    sides = table.pivot_table(
        index="product", columns="side", values="value", aggfunc="sum", fill_value=0.0, sort=False
    ).reindex(columns=["from", "for"], fill_value=0.0)
    rest = (sides["from"] - sides["for"]).rename("value")
    _require_supplied(sides, rest)
    added = rest.reset_index().assign(side="for", node=LEFT)
    whole = pd.concat([table, added[table.columns]], ignore_index=True)
    return whole[whole["value"] > _DUST * sides["from"].sum()].reset_index(drop=True)


def _require_supplied(sides: pd.DataFrame, rest: pd.Series) -> None:
    short = rest[rest < -_SHORT * sides.max(axis=1)]
    if len(short):
        raise BadInput(
            Fault(
                "flows-unbalanced",
                f"flows of {product}",
                f"uses of {sides['for'][product]:.6g}",
                f"no more than the supply of {sides['from'][product]:.6g}",
                "make the plan again: its tables contradict each other",
            )
            for product in short.index
        )
