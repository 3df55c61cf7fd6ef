"""Everything that is wrong with a folder, at once (design §5.2)."""

from pathlib import Path

import numpy as np
import pandas as pd

from newcourse.economy.economy import About, Economy
from newcourse.economy.identities import balance_faults
from newcourse.economy.productivity import self_consuming_faults, unproductive_faults
from newcourse.economy.units import parse_unit
from newcourse.economy.validation import canonical_tables
from newcourse.errors import BadInput, Fault
from newcourse.sources.folder import load_folder
from newcourse.sources.package import DESCRIPTOR

TOLERANCE = 1e-6


def check_folder(path: str | Path) -> list[Fault]:
    """Return every fault of a folder: unreadable files, faulty tables, open balances, unproductive techniques.

    Balances are checked even where tables are faulty, for the goods whose figures are all there.
    """
    loaded = load_folder(path)
    if not loaded.tables:
        return list(loaded.faults)
    canonical, wrong = canonical_tables(loaded.tables)
    wrong = [fault for fault in wrong if not _follows(fault, loaded.lost)]
    faults = [*loaded.faults, *_currency_faults(loaded.about), *wrong]
    if loaded.about is None or wrong or loaded.faults:
        return faults + _open_balances(canonical, loaded.lost)
    economy = Economy(loaded.about, loaded.tables)
    unproductive = self_consuming_faults(economy) + unproductive_faults(economy)
    return faults + balance_faults(economy, TOLERANCE) + unproductive


def _follows(fault: Fault, lost: frozenset[str]) -> bool:
    """Return whether a fault only says again that another table could not be read."""
    if fault.code == "label-unknown":
        return any(fault.expected.endswith(f"{table}.csv") for table in lost)
    return fault.code == "table-empty" and fault.where.partition(".")[0] in lost


def _currency_faults(about: About | None) -> list[Fault]:
    if about is None:
        return []
    try:
        parse_unit(about.currency)
    except BadInput as error:
        fault = error.faults[0]
        return [Fault(fault.code, f"{DESCRIPTOR}, newcourse.currency", fault.found, fault.expected, fault.remedy)]
    return []


def _open_balances(tables: dict[str, pd.DataFrame], lost: frozenset[str]) -> list[Fault]:
    """Return the goods whose base-year balance is open, from tables that may be faulty elsewhere.

    The same sum as :func:`newcourse.economy.identities.net_supply`; a good with a missing figure is passed over.
    """
    if lost & {"processes", "outputs", "inputs", "final_uses", "stores", "trade", "routes"}:
        return []
    base = tables["processes"].drop_duplicates("process").set_index("process")["base"]
    parts = [
        _flow(tables[name], sign, tables[name]["quantity"] * tables[name]["process"].map(base).astype(float))
        for name, sign in (("outputs", 1.0), ("inputs", -1.0))
    ]
    parts += [_flow(tables[name], sign, tables[name]["quantity"]) for name, sign in (("final_uses", -1), ("stores", 1))]
    trade, routes = tables["trade"], tables["routes"]
    parts += [_flow(trade, sign, trade[column]) for column, sign in (("imports", 1), ("exports", -1))]
    ends = (("destination", 1), ("origin", -1))
    parts += [_flow(routes.assign(place=routes[end]), sign, routes["base"]) for end, sign in ends]
    flows = pd.concat(parts, ignore_index=True)
    flows["supply"] = flows["net"].clip(lower=0.0)
    flows["lost"] = flows["net"].isna()
    sums = flows.groupby(["place", "product"], sort=False).agg({"net": "sum", "supply": "sum", "lost": "any"})
    is_open = ~sums["lost"] & (sums["net"].abs() > TOLERANCE * sums["supply"].clip(lower=1.0))
    return [
        Fault(
            "balance-open",
            f"place {place}, product {product}",
            f"supply minus use is {sums.loc[(place, product), 'net']:.10g}",
            f"supply equal to use (within {TOLERANCE:g} of the supply)",
            "correct outputs, inputs, trade or final uses of this product",
        )
        for place, product in sums.index[is_open.to_numpy()]
    ]


def _flow(frame: pd.DataFrame, sign: float, amounts: pd.Series) -> pd.DataFrame:
    signed = np.asarray(amounts, dtype=float) * sign
    return pd.DataFrame({"place": frame["place"], "product": frame["product"], "net": signed})
