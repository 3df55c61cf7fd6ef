"""Small steps from a source's matrices to the tidy tables of an economy."""

import re
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from newcourse.errors import BadInput, Fault

CONSUMPTION = "Consumption"  # the group of needs of products for which a concordance names none


def listed(faults: Iterable[Fault]) -> None:
    """Raise all faults together, if there are any.

    Raises
    ------
    BadInput
        With the faults.
    """
    found = list(faults)
    if found:
        raise BadInput(found)


def long(matrix: pd.DataFrame, names: tuple[str, str]) -> pd.DataFrame:
    """Return a matrix as rows (row label, column label, quantity) without its zeros, column by column."""
    values = matrix.to_numpy(dtype=float)
    columns, rows = np.nonzero(values.T)
    return pd.DataFrame(
        {
            names[1]: matrix.columns.to_numpy()[columns],
            names[0]: matrix.index.to_numpy()[rows],
            "quantity": values[rows, columns],
        }
    )


def factor_tables(
    kind: str, amounts: Mapping[tuple[str, str, str], pd.Series], output: pd.Series, place: str
) -> dict[str, pd.DataFrame]:
    """Return the tables of a kind (``factor`` or ``emission``): list, use per unit of output, and for factors supply.

    Parameters
    ----------
    kind
        ``factor`` or ``emission``.
    amounts
        By (code, name, unit): amounts by process.
    output
        Base activity by process; processes without any take nothing.
    place
        Where the factors are supplied.
    """
    running = output[output > 0]
    listing = pd.DataFrame(list(amounts), columns=[kind, "name", "unit"])
    use = [
        pd.DataFrame(
            {"process": running.index, kind: code, "quantity": (values.reindex(running.index) / running).array}
        )
        for (code, _, _), values in amounts.items()
    ]
    made = {f"{kind}s": listing}
    if use:
        frame = pd.concat(use, ignore_index=True)
        made[f"{kind}_use"] = frame[frame["quantity"] != 0]
    if kind == "factor":
        totals = [float(values.sum()) for values in amounts.values()]
        made["factor_supply"] = pd.DataFrame({"place": place, "factor": listing["factor"], "quantity": totals})
    return made


def _group(category: str) -> str:
    words = category.lower()
    if re.search(r"gfcf|capital formation|investment|^c41$", words):
        return "Investment"
    return "Reserves" if re.search(r"inventor|invnt|valuables|^c42$", words) else ""


def final_use_tables(final: pd.DataFrame, place: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return final uses, stores and needs from products × categories.

    What was taken out of inventories (a negative entry) was there at the start: it becomes a store, so that every
    final use is a use. Needs ask for the base year's final use, without a minimum; fixed capital formation belongs to
    the group Investment, inventories to Reserves, the rest to its product's group.
    """
    rows = long(final, ("product", "category")).assign(place=place)
    positive, negative = rows[rows["quantity"] > 0], rows[rows["quantity"] < 0]
    stores = (-negative.groupby(["place", "product"], sort=False)["quantity"].sum()).reset_index()
    needs = pd.DataFrame(
        {
            "need": positive["category"] + ":" + positive["product"],
            "name": positive["category"] + ": " + positive["product"],
            "place": place,
            "product": positive["product"],
            "group": [_group(category) for category in positive["category"]],
            "minimum": 0.0,
            "target": positive["quantity"],
        }
    )
    return positive, stores, needs
