"""EXIOBASE 3: the monetary tables as distributed, folder or archive, through pymrio's parser (Stadler et al. 2018).

Stadler et al. (2018), EXIOBASE 3: Developing a time series of detailed environmentally extended multi-regional
input-output tables, Journal of Industrial Ecology 22, 502-515. Hours of work by skill and carbon dioxide of industries
(fossil and process emissions) are taken from its satellite accounts where they are there.
"""

import re
from pathlib import Path

from newcourse.economy.economy import About, Economy
from newcourse.errors import BadInput, Fault
from newcourse.sources.concordance import Concordance
from newcourse.sources.interregional import Interregional
from newcourse.sources.mrio import Bilateral, interregional_economy
from newcourse.sources.pymrio_system import Account, interregional, parsed

SOURCE = "EXIOBASE 3: Stadler et al. (2018), Journal of Industrial Ecology 22, 502-515"
TERMS = "CC BY-SA 4.0 (since version 3.8), with citation"
FACTORS = tuple(
    Account(f"hours-{skill.lower()}", f"Hours of work, {skill.lower()} skill", "Mhour", rows, "M.hr")
    for skill in ("Low", "Medium", "High")
    for rows in (f"Employment hours: {skill}-skilled",)
)
EMISSIONS = (Account("CO2", "Carbon dioxide of industries", "kilotonne", r"CO2 - (?!.*biogenic).*air", "kg", 1e-6),)


def read_exiobase3(
    path: str | Path,
    year: int | None = None,
    concordance: Concordance | None = None,
    mode: Bilateral = "routes",
) -> Economy:
    """Return a table of EXIOBASE 3 as an economy.

    Parameters
    ----------
    path
        Folder or ``.zip`` as distributed, such as ``IOT_2011_pxp.zip``.
    year
        Needed where the name of ``path`` does not have it.
    concordance, mode
        As in :func:`newcourse.sources.mrio.interregional_economy`.

    Raises
    ------
    BadInput
        If the files are missing or unreadable, or with everything that is wrong with the table.
    """
    return interregional_economy(exiobase3_table(path, year), concordance, mode)


def exiobase3_table(path: str | Path, year: int | None = None) -> Interregional:
    """Return a table of EXIOBASE 3, unchecked."""
    known = year or year_in(Path(path).name)
    about = About(f"exiobase3-{known}", f"World {known} (EXIOBASE 3)", "MEUR", known, source=SOURCE, terms=TERMS)
    return interregional(parsed("parse_exiobase3", path), about, FACTORS, EMISSIONS)


def year_in(name: str) -> int:
    """Return the year in a file name.

    Raises
    ------
    BadInput
        If it has none.
    """
    found = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", name)
    if not found:
        raise BadInput(Fault("year-missing", name, "no year in the name", "a year", "give the year"))
    return int(found[-1])
