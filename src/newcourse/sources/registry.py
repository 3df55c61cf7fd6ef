"""The sources New Course can read, by name, and the one door through which a table comes in whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from newcourse.economy.economy import Economy
from newcourse.economy.identities import require_balanced
from newcourse.errors import BadInput, Fault
from newcourse.sources.concordance import Concordance, read_concordance
from newcourse.sources.exiobase3 import read_exiobase3
from newcourse.sources.five_year import read_five_year
from newcourse.sources.folder import Form, read_folder, write_folder
from newcourse.sources.icio import read_icio
from newcourse.sources.mrio import Bilateral
from newcourse.sources.readme import readme
from newcourse.sources.receding import read_receding
from newcourse.sources.sweden import read_sweden
from newcourse.sources.wiod import read_wiod


class Reader(Protocol):
    """Reads a source's files into an economy, or raises BadInput with every fault."""

    def __call__(
        self, path: Path, year: int | None, concordance: Concordance | None, mode: Bilateral
    ) -> Economy:  # pragma: no cover
        """Return the economy."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of table.

    Parameters
    ----------
    name
        What it is called on the command line.
    title
        What it is, in words.
    help
        Which file or folder it wants.
    read
        Its reader.
    """

    name: str
    title: str
    help: str
    read: Reader


def _folder(path: Path, year: int | None, concordance: Concordance | None, mode: Bilateral) -> Economy:
    del mode  # a folder keeps its trade as it is
    economy = read_folder(path)
    if concordance is not None or year not in {None, economy.about.year}:
        found = "a concordance" if concordance is not None else f"year {year}"
        raise BadInput(
            Fault("option-unknown", f"source folder, {path}", found, "no option: a folder is read as it is", "omit it")
        )
    return economy


def _sweden(path: Path, year: int | None, concordance: Concordance | None, mode: Bilateral) -> Economy:
    del mode  # one place: nothing is bilateral
    return read_sweden(path, _needed(year, path), concordance)


def _wiod(path: Path, year: int | None, concordance: Concordance | None, mode: Bilateral) -> Economy:
    return read_wiod(path, _needed(year, path), concordance, mode)


def _needed(year: int | None, path: Path) -> int:
    if year is None:
        raise BadInput(Fault("year-missing", str(path), "no year given", "a year", "say which year to read"))
    return year


SOURCES: Final[Mapping[str, Source]] = MappingProxyType(
    {
        source.name: source
        for source in (
            Source("folder", "own folder in the open format", "a folder with datapackage.json", _folder),
            Source("sweden", "Statistics Sweden, supply and use", "the workbook nrio_sut_*.xlsx; year needed", _sweden),
            Source("wiod", "World Input-Output Database 2013", "wiotYY*.xlsx or a folder; year needed", _wiod),
            Source("exiobase3", "EXIOBASE 3, monetary", "IOT_YEAR_pxp or _ixi, folder or .zip", read_exiobase3),
            Source("five-year", "plan in kind, four tables", "a folder with four .csv files", read_five_year),
            Source("receding", "supply and use, targets by period", "a folder of .csv files", read_receding),
            Source(
                "icio", "OECD Inter-Country Input-Output", "ICIOrelease_YEAR.csv, or a folder and a year", read_icio
            ),
        )
    }
)


def read_source(
    source: str,
    path: str | Path,
    *,
    year: int | None = None,
    aggregate: str | Path | None = None,
    bilateral: Bilateral = "routes",
) -> Economy:
    """Return a source's table as an economy whose base year balances.

    Parameters
    ----------
    source
        A name in :data:`SOURCES`.
    path
        File or folder.
    year
        Which year, where there are several.
    aggregate
        A concordance file, see :mod:`newcourse.sources.concordance`.
    bilateral
        How trade between places is kept: ``routes`` or ``origin``.

    Raises
    ------
    BadInput
        With everything that is wrong; nothing is taken in by halves.
    """
    known = SOURCES.get(source)
    if known is None:
        raise BadInput(
            Fault("source-unknown", f"source {source!r}", "no such source", ", ".join(SOURCES), "choose one")
        )
    concordance = None if aggregate is None else read_concordance(aggregate)
    return require_balanced(known.read(Path(path), year, concordance, bilateral))


def check_source(
    source: str,
    path: str | Path,
    *,
    year: int | None = None,
    aggregate: str | Path | None = None,
) -> list[Fault]:
    """Return everything that is wrong with a source's table; nothing is written."""
    try:
        read_source(source, path, year=year, aggregate=aggregate)
    except BadInput as error:
        return list(error.faults)
    return []


def import_table(
    source: str,
    path: str | Path,
    out: str | Path,
    *,
    year: int | None = None,
    aggregate: str | Path | None = None,
    bilateral: Bilateral = "routes",
    form: Form = "csv",
    overwrite: bool = False,
) -> Economy:
    """Read a source's table, write it as a folder in the open format, and return it.

    Parameters
    ----------
    source, path, year, aggregate, bilateral
        As in :func:`read_source`.
    out, form, overwrite
        As in :func:`newcourse.sources.folder.write_folder`.

    Raises
    ------
    BadInput
        With everything that is wrong; then nothing is written.
    """
    economy = read_source(source, path, year=year, aggregate=aggregate, bilateral=bilateral)
    write_folder(economy, out, form=form, overwrite=overwrite, extra={"README.md": readme(economy)})
    return economy
