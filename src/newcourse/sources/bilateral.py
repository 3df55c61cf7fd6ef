"""Two ways of keeping trade between places: as shipments to a pool at the destination, or by origin throughout."""

import numpy as np
import pandas as pd

from newcourse.sources.tidy import final_use_tables, long

Tables = dict[str, pd.DataFrame]


def codes(labels: pd.Index) -> list[str]:
    """Return a process code for each (place, product)."""
    pairs = zip(labels.get_level_values(0), labels.get_level_values(1), strict=True)
    return [f"{place}.{product}" for place, product in pairs]


def pooled(coefficients: pd.DataFrame, Z: pd.DataFrame, Y: pd.DataFrame, residual: pd.Series) -> Tables:
    """Return inputs, final uses, stores, needs and routes where a product is the same wherever it came from.

    Parameters
    ----------
    coefficients
        Inputs per unit of output, (place, product) × running (place, product).
    Z, Y
        Flows and final use.
    residual
        What a row leaves over, by (place, product): a use of its own, so that the row balances.
    """
    home = dict(zip(codes(coefficients.columns), coefficients.columns.get_level_values(0), strict=True))
    inputs = _inputs(coefficients.groupby(level=1, sort=False).sum(), list(home))
    final = Y.groupby(level=1, sort=False).sum()
    parts = [
        final_use_tables(final[place].rename_axis(columns=None), place)
        for place in dict.fromkeys(final.columns.get_level_values(0))
    ]
    final_uses, stores, needs = (pd.concat(list(kind), ignore_index=True) for kind in zip(*parts, strict=True))
    return {
        "inputs": inputs.assign(place=inputs["process"].map(home)),
        "final_uses": pd.concat([final_uses, _residual_uses(residual)], ignore_index=True),
        "stores": stores,
        "needs": needs.assign(need=needs["place"] + "." + needs["need"], name=needs["place"] + " " + needs["name"]),
        "routes": _routes(Z, Y),
    }


def by_origin(coefficients: pd.DataFrame, Z: pd.DataFrame, Y: pd.DataFrame, residual: pd.Series) -> Tables:
    """Return inputs, final uses, stores and needs where every good keeps the place it was made at.

    A need stands at the place of origin, which its name tells apart from the place that asks: in a table by origin a
    good of one place is another good than the same product of another place.
    """
    del Z  # the flows are in the coefficients
    origins = dict.fromkeys(coefficients.index.get_level_values(0))
    process = codes(coefficients.columns)
    inputs = pd.concat([_inputs(coefficients.loc[place], process).assign(place=place) for place in origins])
    flat = Y.set_axis(codes(Y.columns), axis=1)
    parts = [final_use_tables(flat.loc[place], place) for place in origins]
    final_uses, stores, needs = (pd.concat(list(kind), ignore_index=True) for kind in zip(*parts, strict=True))
    return {
        "inputs": inputs,
        "final_uses": pd.concat([final_uses, _residual_uses(residual)], ignore_index=True),
        "stores": stores,
        "needs": needs.assign(need=needs["need"] + "@" + needs["place"], name=needs["name"] + " of " + needs["place"]),
    }


def _inputs(frame: pd.DataFrame, process: list[str]) -> pd.DataFrame:
    return long(frame.set_axis(process, axis=1), ("product", "process"))


def _residual_uses(residual: pd.Series) -> pd.DataFrame:
    left = residual[residual > 0]
    return pd.DataFrame(
        {
            "category": "residual",
            "place": left.index.get_level_values(0),
            "product": left.index.get_level_values(1),
            "quantity": left.array,
        }
    )


def _routes(Z: pd.DataFrame, Y: pd.DataFrame) -> pd.DataFrame:
    """Return what every place ships of every product to every other; a negative flow is a shipment back."""
    shipped = Z.T.groupby(level=0, sort=False).sum().T.add(Y.T.groupby(level=0, sort=False).sum().T, fill_value=0.0)
    values = shipped.to_numpy()
    rows, columns = np.nonzero(values)
    flows = pd.DataFrame(
        {
            "product": shipped.index.get_level_values(1).to_numpy()[rows],
            "origin": shipped.index.get_level_values(0).to_numpy()[rows],
            "destination": shipped.columns.to_numpy()[columns],
            "base": values[rows, columns],
        }
    )
    flows = flows[flows["origin"] != flows["destination"]]
    back = flows["base"] < 0
    origin = flows["origin"].where(~back, flows["destination"])
    flows = flows.assign(
        destination=flows["destination"].where(~back, flows["origin"]), origin=origin, base=flows["base"].abs()
    )
    return flows.groupby(["product", "origin", "destination"], sort=False)["base"].sum().reset_index()
