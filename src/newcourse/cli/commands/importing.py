"""``newcourse import``: other people's tables as folders in the open format."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import Aggregate, AsJson, Year
from newcourse.cli.output import give, say, table
from newcourse.cli.progress import progress


class Form(StrEnum):
    """Files of a folder."""

    CSV = "csv"
    PARQUET = "parquet"


class Bilateral(StrEnum):
    """How trade between places is kept."""

    ROUTES = "routes"
    ORIGIN = "origin"


@answering
def import_(
    source: Annotated[
        str | None, typer.Argument(metavar="SOURCE", help="What the input is, as --list names it.")
    ] = None,
    given: Annotated[Path | None, typer.Argument(metavar="INPUT", help="File or folder of that source.")] = None,
    out: Annotated[Path | None, typer.Argument(metavar="OUT", help="New folder to write.")] = None,
    year: Year = None,
    aggregate: Aggregate = None,
    bilateral: Annotated[
        Bilateral,
        typer.Option(help="Trade between places: routes a plan may change, or inputs that keep their origin."),
    ] = Bilateral.ROUTES,
    form: Annotated[Form, typer.Option(help="Files of the folder; parquet for large tables.")] = Form.CSV,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an economy that is already at OUT.")] = False,
    show: Annotated[bool, typer.Option("--list", help="List the sources there are, and end.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read a table of a source and write it as a folder in the open format; all of it, or nothing if there is a fault.

    ```
    newcourse import --list
    newcourse import sweden nrio_sut_181108.xlsx sweden-2008 --year 2008
    newcourse import wiod wiot08_row_apr12.xlsx world-2008 --year 2008 --aggregate blocs.csv
    ```
    """
    from newcourse.sources.registry import import_table

    if show:
        _list(as_json)
        return
    if source is None or given is None or out is None:
        raise typer.BadParameter("SOURCE, INPUT and OUT are all needed, or --list")
    with progress("Importing") as tell:
        tell(f"{given.name} as {source}", 0.3)
        economy = import_table(
            source, given, out, year=year, aggregate=aggregate, bilateral=bilateral.value, form=form.value,
            overwrite=overwrite,
        )  # fmt: skip
    tables = {name: len(frame) for name, frame in economy.tables.items() if len(frame)}
    if as_json:
        give({"folder": str(out), "title": economy.about.title, "tables": tables, "fingerprint": economy.fingerprint})
        return
    say(f"{economy.about.title} written to {out}: {sum(tables.values()):,} rows in {len(tables)} tables.")
    say(f"residuals: {economy.about.residuals}" if economy.about.residuals else "Every balance is closed.")


def _list(as_json: bool) -> None:
    from newcourse.sources.registry import SOURCES

    if as_json:
        give({"sources": [{"source": s.name, "title": s.title, "input": s.help} for s in SOURCES.values()]})
        return
    say(table(("source", "what it is", "input"), [(s.name, s.title, s.help) for s in SOURCES.values()]))
