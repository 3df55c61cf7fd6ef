"""People at work by country and industry, from countries' totals and shares of three sectors."""

from pathlib import Path

import numpy as np
import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.sources.interregional import Interregional

_SECTORS = {"c1": "agriculture", **{f"c{number}": "industry" for number in range(2, 19)}}
_PERCENT = {"agriculture": "agriculture_percent", "industry": "industry_percent", "services": "services_percent"}


def people_at_work(file: Path, table: Interregional) -> pd.Series:
    """Return million people at work by (place, product) of a world table of 35 industries.

    Agriculture is industry 1; industry is mining, manufacturing, energy and construction (2 to 18); services are the
    rest. Within a country and sector people are split as value added is; negative value added counts as none.

    Raises
    ------
    BadInput
        If a place of the table has no row in the file or several, shares that do not add up to 100 %, or people in a
        sector without value added.
    """
    given = pd.read_csv(file)
    added = (table.Z.sum(axis=1) + table.Y.sum(axis=1) - table.Z.sum(axis=0)).clip(lower=0.0)
    places = added.index.get_level_values(0)
    faults = _row_faults(file.name, given, list(dict.fromkeys(places)))
    if faults:
        raise BadInput(faults)
    known = given.set_index("region")
    sectors = np.array([_SECTORS.get(product, "services") for product in added.index.get_level_values(1)])
    people = pd.DataFrame({sector: known["employed_thousand"] * known[column] for sector, column in _PERCENT.items()})
    whole = added.groupby([places, sectors]).transform("sum").to_numpy()
    in_sector = np.array([people.loc[place, sector] for place, sector in zip(places, sectors, strict=True)]) / 1e5
    if ((whole <= 0) & (in_sector > 0)).any():
        label = added.index[int(((whole <= 0) & (in_sector > 0)).argmax())]
        raise BadInput(
            Fault("people-without-work", f"{file.name}, {label[0]}", "people in a sector without value added",
                  "shares that fit the table", "correct the shares")
        )  # fmt: skip
    shares = np.divide(added.to_numpy(), whole, out=np.zeros(len(added)), where=whole > 0)
    return pd.Series(in_sector * shares, index=added.index)


def _row_faults(name: str, given: pd.DataFrame, places: list[str]) -> list[Fault]:
    rows = given["region"].value_counts()
    faults = [
        Fault("region-rows", f"{name}, region {place}", f"{rows.get(place, 0)} rows", "one row", "correct the file")
        for place in places
        if rows.get(place, 0) != 1
    ]
    total = given[list(_PERCENT.values())].sum(axis=1)
    return faults + [
        Fault("shares-wrong", f"{name}, region {region}", f"{share:.10g} %", "100 %", "correct the shares")
        for region, share in zip(given["region"], total, strict=True)
        if abs(share - 100.0) > 1e-6
    ]
