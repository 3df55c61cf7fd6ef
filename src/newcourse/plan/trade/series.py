"""The terms of trade and the means of payment of a plan, period by period (design §6.3).

Price indices of what is exported and imported, with base-year quantities (Laspeyres), each period's own (Paasche), or
the geometric mean of both (Fisher): International Monetary Fund, *Export and Import Price Index Manual* (2009),
ch. 1. The terms of trade are the export price index over the import price index: below 1, more has to be exported
for the same imports than in the base year.
"""

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.plan.constraints.payments import account_of
from newcourse.plan.layout import Layout
from newcourse.plan.plan import Plan

IndexKind = Literal["laspeyres", "paasche", "fisher"]

KINDS: Final[tuple[IndexKind, ...]] = ("laspeyres", "paasche", "fisher")
"""Kinds of price indices."""

WAYS: Final = ("imports", "exports")
"""Ways of trade, as the tables call them."""


def price_index(
    kind: IndexKind, prices0: np.ndarray, prices1: np.ndarray, quantities0: np.ndarray, quantities1: np.ndarray
) -> float:
    """Return a price index of period 1 against period 0; NaN where nothing was traded to weigh it with.

    Laspeyres ``p₁·q₀ / p₀·q₀``, Paasche ``p₁·q₁ / p₀·q₁``, Fisher the root of their product. All arrays have the same
    shape: prices in currency per unit, quantities in units.

    >>> old, new = np.array([1.0, 2.0]), np.array([1.1, 3.0])
    >>> round(price_index("laspeyres", old, new, np.array([10.0, 5.0]), np.array([12.0, 3.0])), 6)
    1.3
    >>> round(price_index("paasche", old, new, np.array([10.0, 5.0]), np.array([12.0, 3.0])), 6)
    1.233333
    """
    if kind == "fisher":
        both = [price_index(k, prices0, prices1, quantities0, quantities1) for k in ("laspeyres", "paasche")]
        return float(np.sqrt(both[0] * both[1]))
    weights = quantities0 if kind == "laspeyres" else quantities1
    below = float(prices0 @ weights)
    return float(prices1 @ weights) / below if below > 0 else float("nan")


@dataclass(frozen=True, eq=False)
class TradeSeries:
    """Trade of a plan, period by period.

    Parameters
    ----------
    terms
        One row per period, the base year first: period, and for each kind of index ``imports KIND``, ``exports KIND``
        and ``terms KIND`` (base year: 1; NaN where nothing was traded).
    payments
        One row per account and period, in currency: place, period, imports, exports, received, sent (by routes from
        and to places with other accounts, at base-year prices), balance (exports + sent − imports − received), credit,
        drawn (from reserves), reserves (left), debt, interest (paid on last period's debt), saved.
    currency
        Unit of money.
    """

    terms: pd.DataFrame
    payments: pd.DataFrame
    currency: str

    def as_data(self) -> dict[str, Any]:
        """Return both tables as plain data."""
        return {
            "currency": self.currency,
            "terms": self.terms.to_dict("records"),
            "payments": self.payments.to_dict("records"),
        }


def trade_series(plan: Plan) -> TradeSeries:
    """Return the terms of trade, balances, reserves and debt of a plan, period by period."""
    return TradeSeries(_terms(plan), _payments(plan), plan.economy.about.currency)


def world_prices(economy: Economy, way: str, period: int) -> np.ndarray:
    """Return the prices of imports or exports in a period (the first planned is 0), one per row of ``trade``."""
    trade = economy["trade"]
    price = trade[f"{way.removesuffix('s')}_price"].to_numpy(dtype=float)
    growth = trade[f"{way.removesuffix('s')}_price_growth"].to_numpy(dtype=float)
    return np.asarray(price * (1.0 + growth) ** period)


def _quantities(plan: Plan, way: str, period: int) -> np.ndarray:
    table = plan[way]
    found = table[table["period"] == period].set_index(["place", "product"])["quantity"]
    rows = pd.MultiIndex.from_frame(plan.economy["trade"][["place", "product"]])
    return found.reindex(rows, fill_value=0.0).to_numpy(dtype=float)


def _terms(plan: Plan) -> pd.DataFrame:
    trade = plan.economy["trade"]
    base = {way: trade[way].to_numpy(dtype=float) for way in WAYS}
    rows = [_terms_row(plan.economy, plan.economy.about.year, base, base, 0)]
    for number, period in enumerate(plan.periods):
        now = {way: _quantities(plan, way, period) for way in WAYS}
        rows.append(_terms_row(plan.economy, period, base, now, number))
    return pd.DataFrame(rows)


def _terms_row(
    economy: Economy, period: int, base: dict[str, np.ndarray], now: dict[str, np.ndarray], number: int
) -> dict[str, float]:
    row: dict[str, float] = {"period": period}
    for kind in KINDS:
        for way in WAYS:
            prices = world_prices(economy, way, 0), world_prices(economy, way, number)
            row[f"{way} {kind}"] = price_index(kind, *prices, base[way], now[way])
        row[f"terms {kind}"] = row[f"exports {kind}"] / row[f"imports {kind}"]
    return row


def _payments(plan: Plan) -> pd.DataFrame:
    accounts = plan.economy["accounts"]
    payer = account_of(Layout(plan.economy, plan.goal, plan.limits))
    rows = []
    for place, reserves, credit, interest in accounts[["place", "reserves", "credit", "interest"]].itertuples(
        index=False, name=None
    ):
        left, owed = float(reserves), 0.0
        for number, period in enumerate(plan.periods):
            row = {"place": place, "period": period} | _traded(plan, payer, place, number)
            drawn, debt, saved = (_held(plan, table, place, period) for table in ("reserves", "debt", "saved"))
            left -= drawn
            row |= {"credit": float(credit), "drawn": drawn, "reserves": left, "debt": debt}
            rows.append(row | {"interest": float(interest) * owed, "saved": saved})
            owed = debt
    return pd.DataFrame(rows, columns=list(_COLUMNS))


_COLUMNS: Final = (
    "place", "period", "imports", "exports", "received", "sent", "balance",
    "credit", "drawn", "reserves", "debt", "interest", "saved",
)  # fmt: skip


def _held(plan: Plan, table: str, place: str, period: int) -> float:
    frame = plan[table]
    return float(frame.loc[(frame["place"] == place) & (frame["period"] == period), "quantity"].sum())


def _traded(plan: Plan, payer: dict[str, str], place: str, number: int) -> dict[str, float]:
    """Return the values of trade of one account in a period, and their balance, in currency."""
    economy, period = plan.economy, plan.periods[number]
    own = (economy["trade"]["place"].map(payer) == place).to_numpy()
    value = {
        way: float((_quantities(plan, way, period) * world_prices(economy, way, number))[own].sum()) for way in WAYS
    }
    shipped = plan["shipments"][plan["shipments"]["period"] == period]
    price = shipped["product"].map(economy.prices)
    worth = shipped["quantity"].to_numpy(dtype=float) * price.to_numpy(dtype=float)
    buys, sells = ((shipped[end].map(payer) == place).to_numpy() for end in ("destination", "origin"))
    value["received"] = float(worth[buys & ~sells].sum())
    value["sent"] = float(worth[sells & ~buys].sum())
    return value | {"balance": value["exports"] + value["sent"] - value["imports"] - value["received"]}
