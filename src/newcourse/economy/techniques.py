"""New techniques from known ones: changed by stated amounts, or taken over from another place (design §5.1).

Borrowing technique is what "combined development" means here: a place need not repeat the steps by which another
place arrived at its way of making something; it takes the result over, at a cost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from newcourse.economy.borrowing import PARTS, Rows, borrowed_rows, summed_goods
from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault


@dataclass(frozen=True, slots=True)
class Change:
    """By what a technique differs from a known one; 1 leaves a coefficient as it is.

    Parameters
    ----------
    inputs, factors, emissions, stocks
        Multipliers by product, factor, emission and product of the stock; ``every`` applies to all not named.
    added
        Further units of product per unit of activity, after multiplication.
    every
        Multiplier of everything taken that is not named.
    """

    inputs: Mapping[str, float] = field(default_factory=dict)
    factors: Mapping[str, float] = field(default_factory=dict)
    emissions: Mapping[str, float] = field(default_factory=dict)
    stocks: Mapping[str, float] = field(default_factory=dict)
    added: Mapping[str, float] = field(default_factory=dict)
    every: float = 1.0


def vary(economy: Economy, process: str, code: str, name: str, change: Change) -> Economy:
    """Return the economy with one more technique: ``process`` with stated changes, not run in the base year.

    Raises
    ------
    BadInput
        If the process is unknown, or a change names something that the process does not take.
    """
    old = _process(economy, process)
    parts = {part: economy[part][economy[part]["process"] == process] for part in PARTS}
    products = economy["stocks"].set_index("stock")["product"]
    stocks = parts["stock_use"].assign(product=parts["stock_use"]["stock"].map(products))
    _require_known(process, change, parts, stocks)
    inputs = _added(_times(parts["inputs"], "product", change.inputs, change.every), old, code, change.added)
    made = {
        "outputs": parts["outputs"],
        "inputs": inputs,
        "factor_use": _times(parts["factor_use"], "factor", change.factors, change.every),
        "emission_use": _times(parts["emission_use"], "emission", change.emissions, change.every),
        "stock_use": _times(stocks, "product", change.stocks, change.every).drop(columns="product"),
    }
    rows = {part: frame.assign(process=code) for part, frame in made.items()}
    rows["processes"] = pd.DataFrame([{**old.to_dict(), "process": code, "name": name, "base": 0.0}])
    return _with_rows(economy, [rows])


def borrow(economy: Economy, process: str, place: str, cost: float) -> Rows:
    """Return the table rows of a process as another place would run it, or no rows if the place cannot run it.

    The place takes the technique's proportions over and pays for it: every input, factor and emission is
    ``1 + cost`` times what it is at home. Inputs and outputs are those of the borrowing place. Capital must be of the
    borrowing place too: each stock is replaced by the place's own of the same product and holder; where it holds none
    the technique cannot be taken over.

    Parameters
    ----------
    economy
        That has the process.
    process
        Whose technique is taken over.
    place
        That takes it over.
    cost
        Part by which everything taken is more than at home, at least 0.

    Raises
    ------
    BadInput
        If the process or the place is unknown, or the cost is negative or not finite.
    """
    _process(economy, process)
    if place not in set(economy["places"]["place"]):
        raise BadInput(Fault("label-unknown", f"place {place!r}", "no such place", "a place of the economy", "correct"))
    if not 0 <= cost < float("inf"):
        raise BadInput(Fault("cost-wrong", f"borrowing {process}", f"{cost!r}", "a cost of at least 0", "correct it"))
    loan = pd.DataFrame({"lender": [process], "place": [place]})
    rows = borrowed_rows(economy, loan, cost)
    return rows if len(rows["processes"]) else {}


def with_borrowed_techniques(economy: Economy, cost: float, per_product: int) -> Economy:
    """Return the economy in which every place may run, for each product it makes, techniques of other places.

    The rule: for every product that a place makes, of the processes of other places that make mainly this product,
    the ``per_product`` that take the least of factors per unit of activity are offered (factors of several kinds
    are added up after dividing each by its average over all processes; ties go to the first in the table). Techniques
    that are themselves borrowed are not lent again; one that a place has already is not offered to it twice.
    """
    main = _main_products(economy)
    burden = _factor_burden(economy)
    table = economy["processes"]
    own = (table["borrowed_from"] == "").to_numpy()
    columns = {"process": table["process"], "place": table["place"], "product": main, "burden": burden}
    frame = pd.DataFrame(columns).loc[own]
    held = set(zip(table["place"], table["borrowed_from"], strict=True))
    loans: list[tuple[str, str]] = []
    for _, makers in frame.groupby("product", sort=False):
        ranked = makers.sort_values("burden", kind="stable")
        for place in dict.fromkeys(makers["place"]):
            lenders = ranked.loc[(ranked["place"] != place).to_numpy(), "process"].head(per_product)
            loans += [(str(lender), str(place)) for lender in lenders if (place, lender) not in held]
    if not loans:
        return economy
    return _with_rows(economy, [borrowed_rows(economy, pd.DataFrame(loans, columns=["lender", "place"]), cost)])


def _process(economy: Economy, process: str) -> pd.Series:
    table = economy["processes"]
    found = table[table["process"] == process]
    if found.empty:
        raise BadInput(
            Fault("label-unknown", f"process {process!r}", "no such process", "a process of the economy", "correct it")
        )
    return found.iloc[0]


def _require_known(process: str, change: Change, parts: Mapping[str, pd.DataFrame], stocks: pd.DataFrame) -> None:
    taken = {
        "inputs": parts["inputs"]["product"],
        "factors": parts["factor_use"]["factor"],
        "emissions": parts["emission_use"]["emission"],
        "stocks": stocks["product"],
    }
    faults = [
        Fault("change-of-nothing", f"process {process}, {kind} {label}", "not taken", "something it takes", "remove it")
        for kind, labels in taken.items()
        for label in getattr(change, kind)
        if label not in set(labels)
    ]
    if faults:
        raise BadInput(faults)


def _times(frame: pd.DataFrame, key: str, multipliers: Mapping[str, float], every: float) -> pd.DataFrame:
    scale = np.array([multipliers.get(label, every) for label in frame[key]], dtype=float)
    scaled = frame.assign(quantity=frame["quantity"].to_numpy(dtype=float) * scale)
    return scaled[scaled["quantity"] != 0]


def _added(inputs: pd.DataFrame, old: pd.Series, code: str, added: Mapping[str, float]) -> pd.DataFrame:
    if not added:
        return inputs
    extra = pd.DataFrame(
        {"process": code, "place": old["place"], "product": list(added), "quantity": list(added.values())}
    )
    both = pd.concat([inputs, extra], ignore_index=True).assign(process=code)
    return summed_goods(both)


def _main_products(economy: Economy) -> list[str]:
    """Return for each process the product that makes up most of the value of its outputs; empty if it makes none."""
    prices = economy.prices
    outputs = economy["outputs"]
    valued = outputs.assign(value=outputs["quantity"].to_numpy() * prices.loc[outputs["product"]].to_numpy())
    best = valued.sort_values("value", ascending=False, kind="stable").drop_duplicates("process")
    main = best.set_index("process")["product"]
    return [str(main.get(process, "")) for process in economy["processes"]["process"]]


def _factor_burden(economy: Economy) -> np.ndarray:
    use = economy.factor_use
    average = use.mean(axis=1)
    weights = np.divide(1.0, average, out=np.zeros_like(average), where=average > 0)
    return np.asarray(use.T @ weights)


def _with_rows(economy: Economy, added: list[Rows]) -> Economy:
    tables = {
        name: pd.concat([economy[name], *(rows[name] for rows in added if len(rows[name]))], ignore_index=True)
        for name in ("processes", *PARTS)
    }
    return economy.replace(**tables)
