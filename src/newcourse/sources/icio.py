"""OECD Inter-Country Input-Output tables, releases 2016 to 2023, through pymrio's parser.

One ``.csv`` file per year, such as ``ICIO2021_2018.csv``, or a folder of them and a year. Million USD, current prices.
"""

from pathlib import Path

from newcourse.economy.economy import About, Economy
from newcourse.sources.concordance import Concordance
from newcourse.sources.exiobase3 import year_in
from newcourse.sources.interregional import Interregional
from newcourse.sources.mrio import Bilateral, interregional_economy
from newcourse.sources.pymrio_system import interregional, parsed

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
    return interregional(parsed("parse_oecd", path, year=known), about)
