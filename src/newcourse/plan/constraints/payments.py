"""What is bought elsewhere is paid for.

Per account and period t: imports − exports at world prices, which grow at their own rates, and arrivals − departures by
routes at base-year prices, − reserves drawn + saved(t) − saved(t−1) + (1 + interest) debt(t−1) − debt(t) ≤ credit. Over
the horizon no more reserves are drawn than there are; debt stays within what may be borrowed, and none is left at the
end where activity is to go on after it. A last period that stands for those after it draws on no reserves and savings.
"""

from typing import Final

import pandas as pd
import scipy.sparse as sp

from newcourse.errors import BadInput, Fault
from newcourse.plan.incidence import incidence
from newcourse.plan.layout import Layout, grown
from newcourse.plan.names import Names

ROWS: Final = "payments"
TITLE: Final = "Balance of payments"


def add(layout: Layout) -> None:
    """Add one row per account and period, and one per account for its reserves.

    Raises
    ------
    BadInput
        If a place trades with the world outside and no account pays for it, or one end of a route has an account and
        the other none.
    """
    economy = layout.economy
    accounts, trade, routes = economy["accounts"], economy["trade"], economy["routes"]
    payer = account_of(layout)
    _require_accounts(trade, routes, payer)
    labels = pd.Index(accounts["place"], name="place")
    layout.add_rows(ROWS, labels, upper=accounts["credit"].to_numpy())
    trader = trade["place"].map(payer)
    for period in range(layout.limits.periods):
        for way, sign in (("import", 1.0), ("export", -1.0)):
            price = pd.Series(sign * grown(trade, f"{way}_price", period, f"{way}_price_growth"))
            rows, columns = layout.rows(ROWS, period), layout.columns(f"{way}s", period)
            layout.builder.put_matrix(rows, columns, _by_account(labels, trader, price))
    price = routes["product"].map(economy.prices)
    buyer, seller = routes["destination"].map(payer), routes["origin"].map(payer)
    between = price.where(buyer != seller, 0.0)
    layout.put(ROWS, "shipments", _by_account(labels, buyer, between) - _by_account(labels, seller, between))
    one = sp.eye_array(len(labels), format="csr")
    layout.put_unrepeated(ROWS, "reserves", -one)
    layout.put(ROWS, "saved", one)
    layout.put_unrepeated(ROWS, "saved", -one, shift=-1)
    layout.put_unrepeated(ROWS, "debt", -one)
    layout.put(ROWS, "debt", sp.csr_array(sp.diags_array(1.0 + accounts["interest"].to_numpy())), shift=-1)
    reserves = layout.builder.add_rows("reserves", labels, upper=accounts["reserves"].to_numpy())
    for period in range(layout.limits.periods):
        layout.builder.put_matrix(reserves, layout.columns("reserves", period), one)


def account_of(layout: Layout) -> dict[str, str]:
    """Return for each place the nearest place at or above it that has an account, or nothing."""
    economy = layout.economy
    holders = set(economy["accounts"]["place"])
    return {
        place: next((above for above in economy.at_and_above(place) if above in holders), "")
        for place in economy["places"]["place"]
    }


def _by_account(labels: pd.Index, account: pd.Series, price: pd.Series) -> sp.csr_array:
    row = labels.get_indexer(pd.Index(account))
    return incidence(row, len(labels), price.to_numpy(dtype=float))


def _require_accounts(trade: pd.DataFrame, routes: pd.DataFrame, payer: dict[str, str]) -> None:
    missing = {place: "trade with the world outside" for place in trade["place"] if not payer[place]}
    for ends in routes[["origin", "destination"]].drop_duplicates().itertuples(index=False, name=None):
        for here, there in (ends, ends[::-1]):
            if payer[there] and not payer[here]:
                missing.setdefault(here, f"a route to or from {there}, which has an account")
    if missing:
        raise BadInput(
            Fault(
                "account-missing",
                f"place {place}",
                f"{what}, but no account that pays for it",
                "a row in accounts.csv for the place or one above it",
                "add the account with reserves and credit",
            )
            for place, what in sorted(missing.items())
        )


def words(names: Names, block: str, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Name the row in words."""
    place, *period = label
    if not period:
        return f"reserves of {names.place(place)}"
    return f"means of payment of {names.place(place)} in {period[0]}"


def unit(names: Names, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Return the unit of the row: money."""
    return names.currency
