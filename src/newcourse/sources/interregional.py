"""Interregional input-output tables: what they hold, what is wrong with them, and how they are added up.

Notation as in Miller & Blair (2009), ch. 3: ``Z`` flows between (place, product) and (place, industry), ``Y`` final use
by (place, category).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.economy.economy import About
from newcourse.errors import Fault
from newcourse.sources.concordance import Concordance
from newcourse.sources.tidy import listed

Amounts = Mapping[tuple[str, str, str], pd.Series]


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


def inputs_without_output(Z: pd.DataFrame, made: pd.Series) -> list[Fault]:
    """Return a fault for every industry that takes inputs and makes nothing."""
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


def residuals(data: Interregional, output: pd.Series, added: pd.Series, stored: float) -> str:
    """Return in words what a table leaves open: outputs that differ, negative entries, accounts that are not stated."""
    money, parts = data.about.currency, []
    if data.output is not None:
        gap = (data.output - output).abs()
        most = f"{gap.max():.10g} {money} ({_word(gap.idxmax())})"
        parts.append(f"published output differs from the row sum by at most {most}")
    else:
        parts.append("no published output to compare the row sums with")
    if (output < 0).any():
        parts.append(f"negative row sums kept as residual uses: {', '.join(map(_word, output.index[output < 0]))}")
    count = int((added < 0).sum())
    if count:
        industries = f"{count} industries" if count > 1 else "1 industry"
        parts.append(f"negative value added set to 0 in {industries} (least {added.min():.10g})")
    if stored > 0:
        parts.append(f"negative final use, {stored:.10g} {money} in all, taken as stores")
    for (_, name, _), values in (*data.factors.items(), *data.emissions.items()):
        total = values.groupby(level=0, sort=False).sum()
        if (total == 0).any():
            parts.append(f"{name} not stated for {', '.join(map(str, total.index[total == 0]))}")
    return "; ".join(parts)


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
    values = frame.to_numpy(dtype=float)
    return [
        Fault(
            "value-out-of-range",
            f"{what} from {', '.join(map(str, frame.index[r]))} to {', '.join(map(str, frame.columns[c]))}",
            f"{values[r, c]:.10g}",
            expected,
            "correct the table or fetch it again",
        )
        for r, c in np.argwhere(wrong)
    ]


def _word(label: object) -> str:
    return " ".join([str(part) for part in label]) if isinstance(label, tuple) else repr(label)
