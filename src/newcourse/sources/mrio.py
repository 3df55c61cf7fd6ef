"""Interregional input-output tables as an economy; what all multi-country sources have in common.

Notation as in Miller & Blair (2009), ch. 3: ``Z`` flows between (place, product) and (place, industry), ``Y`` final use
by (place, category). Output is recomputed as the row sum ``Z i + Y i``, so that every row balances exactly; by how much
the published output differs is stated as a residual.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.economy.economy import About, Economy
from newcourse.errors import Fault
from newcourse.sources import bilateral
from newcourse.sources.concordance import Concordance
from newcourse.sources.tidy import listed

Bilateral = Literal["routes", "origin"]
Amounts = Mapping[tuple[str, str, str], pd.Series]
ROOT = "WORLD"


@dataclass(frozen=True, eq=False)
class Interregional:
    """An interregional table in money.

    Parameters
    ----------
    about
        Name, title, currency, year, source and terms.
    Z
        Flows; rows and columns (place, product).
    Y
        Final use; rows (place, product), columns (place, category).
    output
        Output as published, by (place, product), if it is.
    factors, emissions
        By (code, name, unit): amounts by (place, product).
    place_names, product_names
        Names in words by code.
    """

    about: About
    Z: pd.DataFrame
    Y: pd.DataFrame
    output: pd.Series | None = None
    factors: Amounts = field(default_factory=dict)
    emissions: Amounts = field(default_factory=dict)
    place_names: Mapping[str, str] = field(default_factory=dict)
    product_names: Mapping[str, str] = field(default_factory=dict)


def interregional_faults(table: Interregional) -> list[Fault]:
    """Return a fault for every missing number and negative flow, and for labels that do not agree."""
    rows = table.Z.index
    if not (rows.equals(table.Z.columns) and rows.equals(table.Y.index)) or rows.has_duplicates:
        return [
            Fault(
                "labels-disagree",
                f"table {table.about.name}",
                f"{len(rows)} rows, {len(table.Z.columns)} columns, {len(table.Y.index)} rows of final use",
                "the same (place, product) labels, each once, on all three",
                "fetch the table again from its publisher",
            )
        ]
    faults = _cells(table.Z, "flow", ~np.isfinite(table.Z.to_numpy()), "a finite number")
    faults += _cells(table.Z, "flow", table.Z.to_numpy() < 0, "a flow of at least 0")
    return faults + _cells(table.Y, "final use", ~np.isfinite(table.Y.to_numpy()), "a finite number")


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
    listed(_inputs_without_output(data.Z, made))
    coefficients = data.Z[running].div(made[running], axis="columns")
    flows = bilateral.pooled if mode == "routes" else bilateral.by_origin
    tables = flows(coefficients, data.Z, data.Y, made - output)
    added = made[running] - data.Z[running].sum(axis=0)
    factors = {("value added", "Value added", data.about.currency): added.clip(lower=0.0), **data.factors}
    about = replace(data.about, residuals=_residuals(data, output, added))
    return Economy(
        about,
        {
            "places": _places(data, chosen),
            "products": _products(data, chosen),
            "processes": _processes(data, running, made),
            "outputs": _outputs(running),
            **tables,
            **_amounts("factor", factors, made[running]),
            **_amounts("emission", data.emissions, made[running]),
        },
    )


def aggregated(table: Interregional, concordance: Concordance) -> Interregional:
    """Return the table with products and places added up.

    Raises
    ------
    BadInput
        With every code that the concordance lacks or that the table lacks.
    """
    rows = table.Z.index
    products, places = rows.get_level_values(1), rows.get_level_values(0)
    listed(concordance.faults(dict.fromkeys(products), dict.fromkeys(places)))
    onto, target = _summing(rows, concordance)
    wide, categories = _summing(table.Y.columns, replace(concordance, products={}))
    Z = pd.DataFrame(onto @ table.Z.to_numpy(dtype=float) @ onto.T, index=target, columns=target)
    Y = pd.DataFrame(onto @ table.Y.to_numpy(dtype=float) @ wide.T, index=target, columns=categories)

    def summed(values: pd.Series) -> pd.Series:
        return pd.Series(onto @ values.reindex(rows).to_numpy(dtype=float), index=target)

    return replace(
        table,
        Z=Z,
        Y=Y,
        output=None if table.output is None else summed(table.output),
        factors={key: summed(values) for key, values in table.factors.items()},
        emissions={key: summed(values) for key, values in table.emissions.items()},
    )


def _summing(labels: pd.Index, concordance: Concordance) -> tuple[sp.csr_array, pd.MultiIndex]:
    """Return the matrix that adds labels up, and the labels it adds them up to, in the concordance's order."""
    places = concordance.place(labels.get_level_values(0))
    seconds = concordance.product(labels.get_level_values(1))
    target = pd.MultiIndex.from_product([concordance.ordered(places), concordance.ordered(seconds)])
    rows = target.get_indexer(pd.MultiIndex.from_arrays([places, seconds]))
    kept = np.unique(rows)
    position = np.searchsorted(kept, rows)
    ones = np.ones(len(labels))
    matrix = sp.csr_array((ones, (position, np.arange(len(labels)))), shape=(len(kept), len(labels)))
    return matrix, target.take(kept)


def _cells(frame: pd.DataFrame, what: str, wrong: np.ndarray, expected: str) -> list[Fault]:
    return [
        Fault(
            "value-out-of-range",
            f"{what} from {', '.join(map(str, frame.index[r]))} to {', '.join(map(str, frame.columns[c]))}",
            f"{frame.iat[r, c]}",
            expected,
            "correct the table or fetch it again",
        )
        for r, c in np.argwhere(wrong)
    ]


def _inputs_without_output(Z: pd.DataFrame, made: pd.Series) -> list[Fault]:
    taken = Z.sum(axis=0)
    return [
        Fault(
            "inputs-without-output",
            f"industry {_word(label)}",
            f"inputs of {taken[label]:.10g} and no output",
            "no inputs, or an output",
            "add the industry up with another by a concordance",
        )
        for label in taken.index[((made <= 0) & (taken > 0)).to_numpy()]
    ]


def _residuals(data: Interregional, output: pd.Series, added: pd.Series) -> str:
    money, parts = data.about.currency, []
    if data.output is not None:
        gap = (data.output - output).abs()
        most = f"{gap.max():.10g} {money} ({_word(gap.idxmax())})"
        parts.append(f"published output differs from the row sum by at most {most}")
    else:
        parts.append("no published output to compare the row sums with")
    if (output < 0).any():
        parts.append(f"negative row sums kept as residual uses: {', '.join(map(_word, output.index[output < 0]))}")
    if (added < 0).any():
        parts.append(
            f"{int((added < 0).sum())} industries with negative value added (least {added.min():.10g}) set to 0"
        )
    return "; ".join(parts)


def _labels(index: pd.Index) -> pd.MultiIndex:
    return pd.MultiIndex.from_tuples(list(index), names=["place", "product"])


def _word(label: object) -> str:
    return " ".join(str(part) for part in label) if isinstance(label, tuple) else repr(label)


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
            "group": [target.group for target in targets],
            "storable": [target.storable for target in targets],
        }
    )


def _processes(data: Interregional, running: pd.MultiIndex, made: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "process": bilateral.codes(running),
            "name": [f"{place}: {product}" for place, product in running],
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
