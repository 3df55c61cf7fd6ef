"""World Input-Output Database, release 2013: its own workbooks, or tables in Parquet (Timmer et al. 2015).

Timmer, Dietzenbacher, Los, Stehrer & de Vries (2015), An illustrated user guide to the World Input-Output Database,
Review of International Economics 23, 575-605. Free of charge with citation.

A workbook ``wiot*.xlsx`` goes through pymrio's parser. A folder with ``intermediate_YEAR.parquet`` and
``final_YEAR.parquet`` (rows and columns ``PLACE.PRODUCT`` and ``PLACE.CATEGORY``, column ``output``) is read as it is.
"""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa

from newcourse.economy.economy import About, Economy
from newcourse.errors import BadInput, Fault
from newcourse.sources.concordance import Concordance
from newcourse.sources.interregional import Interregional
from newcourse.sources.mrio import Bilateral, interregional_economy
from newcourse.sources.pymrio_system import Account, interregional, parsed
from newcourse.sources.wiod_codes import CATEGORIES, INDUSTRIES

SOURCE = (
    "World Input-Output Database, 2013 release: Timmer et al. (2015), Review of International Economics 23, 575-605"
)
TERMS = "free of charge with citation"
FACTORS = (Account("hours", "Hours of work", "Mhour", "H_EMP$", "mill hours"),)
EMISSIONS = (Account("CO2", "Carbon dioxide of industries", "kilotonne", "CO2$", "Gg"),)


def read_wiod(
    path: str | Path, year: int = 2008, concordance: Concordance | None = None, mode: Bilateral = "routes"
) -> Economy:
    """Return a world table of the database as an economy.

    Raises
    ------
    BadInput
        If the files are missing or unreadable, or with everything that is wrong with the table.
    """
    return interregional_economy(wiod_table(path, year), concordance, mode)


def wiod_table(path: str | Path, year: int) -> Interregional:
    """Return a world table of the database, unchecked.

    Raises
    ------
    BadInput
        If the files are missing or unreadable, or of the release of 2016, which pymrio's parser does not know.
    """
    place = Path(path)
    if place.suffix.lower() == ".xlsb" or re.match(r"WIOT\d{4}_", place.name):
        raise BadInput(
            Fault("release-unknown", place.name, "a file of the release of 2016", "release 2013", "use release 2013")
        )
    if (place / f"intermediate_{year}.parquet").is_file():
        return _from_parquet(place, year)
    if place.is_dir() and not any(place.glob(f"wiot{year % 100:02d}*.xlsx")):
        wanted = f"wiot{year % 100:02d}*.xlsx, or intermediate_{year}.parquet and final_{year}.parquet"
        raise BadInput(Fault("year-missing", str(place), f"no table of {year}", wanted, "give the folder that has it"))
    system = parsed("parse_wiod", place, year=year, names="c_codes")
    table = interregional(system, about(year), FACTORS, EMISSIONS)
    final = table.Y.rename(columns=CATEGORIES, level=1)
    return replace(table, Y=final, product_names=INDUSTRIES)


def _from_parquet(folder: Path, year: int) -> Interregional:
    flows, final = (_parquet(folder / f"{kind}_{year}.parquet") for kind in ("intermediate", "final"))
    output = final.pop("output") if "output" in final else None
    return Interregional(
        about=about(year),
        Z=flows.set_axis(_labels(flows.index), axis=0).set_axis(_labels(flows.columns), axis=1),
        Y=final.set_axis(_labels(final.index), axis=0).set_axis(_labels(final.columns), axis=1),
        output=None if output is None else output.set_axis(_labels(output.index)),
        product_names=INDUSTRIES,
    )


def about(year: int) -> About:
    """Return name, title, source and terms of one year's table."""
    return About(f"wiod-{year}", f"World {year} (WIOD 2013)", "MUSD", year, source=SOURCE, terms=TERMS)


def _parquet(file: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(file)
    except (OSError, pa.ArrowException) as error:
        raise BadInput(
            Fault("file-unreadable", str(file), str(error), "a table in Parquet", "give the folder that has it")
        ) from None


def _labels(index: pd.Index) -> pd.MultiIndex:
    return pd.MultiIndex.from_tuples([tuple(str(label).split(".", 1)) for label in index])
