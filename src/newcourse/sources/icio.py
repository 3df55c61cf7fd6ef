"""OECD Inter-Country Input-Output tables, releases 2016 to 2023, through pymrio's parser.

One ``.csv`` file per year, such as ``ICIO2021_2018.csv``, or a folder of them and a year. Million USD, current prices.
"""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from newcourse.economy.economy import About, Economy
from newcourse.errors import Fault
from newcourse.sources.concordance import Concordance
from newcourse.sources.exiobase3 import year_in
from newcourse.sources.interregional import Interregional
from newcourse.sources.mrio import Bilateral, interregional_economy
from newcourse.sources.pymrio_system import interregional, parsed
from newcourse.sources.tidy import listed

SOURCE = "OECD, Inter-Country Input-Output (ICIO) tables"
TERMS = "OECD terms and conditions: free use with source stated"


def read_icio(
    path: str | Path,
    year: int | None = None,
    concordance: Concordance | None = None,
    mode: Bilateral = "routes",
) -> Economy:
    """Return an inter-country table of the OECD as an economy.

    Parameters
    ----------
    path
        A file, or a folder of files.
    year
        Which year's file of a folder; for a file, where its name does not have it.
    concordance, mode
        As in :func:`newcourse.sources.mrio.interregional_economy`.

    Raises
    ------
    BadInput
        If the files are missing or unreadable, or with everything that is wrong with the table.
    """
    return interregional_economy(icio_table(path, year), concordance, mode)


def icio_table(path: str | Path, year: int | None = None) -> Interregional:
    """Return an inter-country table of the OECD, unchecked."""
    known = year or year_in(Path(path).stem)
    about = About(f"icio-{known}", f"World {known} (OECD ICIO)", "MUSD", known, source=SOURCE, terms=TERMS)
    system = parsed("parse_oecd", path, year=known)
    listed(_gaps(Path(path), known))
    return interregional(system, about)


def _gaps(path: Path, year: int) -> list[Fault]:
    """Return a fault for every flow that is missing in the file: the parser would take it for 0."""
    file = path if path.is_file() else next(path.glob(f"ICIO????_{year}.*"))
    raw = pd.read_csv(file, index_col=0)
    flows = raw.loc[[not _ACCOUNTS.search(str(row)) for row in raw.index]]
    return [
        Fault(
            "missing-value",
            f"{file.name}, row {flows.index[r]}, column {flows.columns[c]}",
            "an empty cell",
            "a number",
            "fetch the file again",
        )
        for r, c in np.argwhere(flows.isna().to_numpy())
    ]


_ACCOUNTS = re.compile(r"^(TLS|VA|OUT|OUTPUT|TOTAL)$|VALU|TAX")
