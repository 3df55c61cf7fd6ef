"""Interregional input-output tables as an economy; what all multi-country sources have in common.

Notation as in Miller & Blair (2009), ch. 3: ``Z`` flows between (place, product) and (place, industry), ``Y`` final use
by (place, category). Output is recomputed as the row sum ``Z i + Y i``, so that every row balances exactly; by how much
the published output differs is stated as a residual.
"""

from dataclasses import replace
from typing import Literal

import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.sources import bilateral
from newcourse.sources.concordance import Concordance
from newcourse.sources.interregional import (
    Amounts,
    Interregional,
    aggregated,
    inputs_without_output,
    interregional_faults,
    residuals,
)
from newcourse.sources.tidy import CONSUMPTION, listed

Bilateral = Literal["routes", "origin"]
ROOT = "WORLD"


def interregional_economy(
    table: Interregional, concordance: Concordance | None = None, mode: Bilateral = "routes"
) -> Economy:
    """Return an interregional table as an economy whose base year is exactly the table's.

    Parameters
    ----------
    table
        In money.
    concordance
        Products and places are added up by it, if given.
    mode
        ``routes``: a product is one and the same at its destination wherever it is from, and trade between places are
        shipments that a plan may redirect. ``origin``: every input keeps its origin, as in the table.

    Raises
    ------
    BadInput
        With everything that is wrong with the table or the concordance.
    """
    listed(interregional_faults(table))
    chosen = concordance or Concordance()
    data = aggregated(table, chosen)
    output = data.Z.sum(axis=1) + data.Y.sum(axis=1)
    made = output.clip(lower=0.0)
    running = _labels(made[made > 0].index)
    listed(inputs_without_output(data.Z, made))
    coefficients = data.Z[running].div(made[running], axis="columns")
    flows = bilateral.pooled if mode == "routes" else bilateral.by_origin
    tables = flows(coefficients, data.Z, data.Y, made - output)
    added = made[running] - data.Z[running].sum(axis=0)
    factors = {("value added", "Value added", data.about.currency): added.clip(lower=0.0), **data.factors}
    about = replace(data.about, residuals=residuals(data, output, added, float(tables["stores"]["quantity"].sum())))
    return Economy(
        about,
        {
            "places": _places(data, chosen),
            "products": _products(data, chosen),
            "processes": _processes(data, chosen, running, made),
            "outputs": _outputs(running),
            **tables,
            **_amounts("factor", factors, made[running]),
            **_amounts("emission", data.emissions, made[running]),
        },
    )


def _labels(index: pd.Index) -> pd.MultiIndex:
    return pd.MultiIndex.from_tuples(list(index), names=["place", "product"])


def _places(data: Interregional, concordance: Concordance) -> pd.DataFrame:
    codes = list(dict.fromkeys(data.Z.index.get_level_values(0)))
    names = [concordance.target(code, data.place_names.get(code, "")).name for code in codes]
    world = pd.DataFrame({"place": [ROOT], "name": ["World"], "level": ["federation"], "parent": [""]})
    below = pd.DataFrame({"place": codes, "name": names, "level": "region", "parent": ROOT})
    return pd.concat([world, below], ignore_index=True)


def _products(data: Interregional, concordance: Concordance) -> pd.DataFrame:
    codes = concordance.ordered(data.Z.index.get_level_values(1))
    targets = [concordance.target(code, data.product_names.get(code, "")) for code in codes]
    return pd.DataFrame(
        {
            "product": codes,
            "name": [target.name for target in targets],
            "unit": data.about.currency,
            "branch": [target.branch for target in targets],
            "group": [target.group or CONSUMPTION for target in targets],
            "storable": [target.storable for target in targets],
        }
    )


def _processes(data: Interregional, concordance: Concordance, running: pd.MultiIndex, made: pd.Series) -> pd.DataFrame:
    names = [concordance.target(code, data.product_names.get(code, "")).name for _, code in running]
    return pd.DataFrame(
        {
            "process": bilateral.codes(running),
            "name": [f"{name}, {place}" for name, place in zip(names, running.get_level_values(0), strict=True)],
            "place": running.get_level_values(0),
            "unit": data.about.currency,
            "base": made[running].to_numpy(),
        }
    )


def _outputs(running: pd.MultiIndex) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "process": bilateral.codes(running),
            "place": running.get_level_values(0),
            "product": running.get_level_values(1),
            "quantity": 1.0,
        }
    )


def _amounts(kind: str, amounts: Amounts, base: pd.Series) -> dict[str, pd.DataFrame]:
    listing = pd.DataFrame(list(amounts), columns=[kind, "name", "unit"])
    made = {f"{kind}s": listing}
    use, supply = [], []
    for (code, _, _), values in amounts.items():
        taken = values.reindex(base.index).fillna(0.0)
        use.append(
            pd.DataFrame(
                {"process": bilateral.codes(_labels(base.index)), kind: code, "quantity": (taken / base).array}
            )
        )
        total = taken.groupby(level=0, sort=False).sum()
        supply.append(pd.DataFrame({"place": total.index, kind: code, "quantity": total.array}))
    if use:
        frame = pd.concat(use, ignore_index=True)
        made[f"{kind}_use"] = frame[frame["quantity"] != 0]
    if supply and kind == "factor":
        made["factor_supply"] = pd.concat(supply, ignore_index=True)
    return made
