"""``newcourse check``: every fault of an economy at once, or what it is."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import Aggregate, AsJson, Year
from newcourse.cli.output import give, say, table
from newcourse.cli.reading import folder_of
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from newcourse.economy.economy import Economy


@answering
def check(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="Folder of an economy, name of an example, or a source's file.")
    ],
    source: Annotated[
        str | None, typer.Option(help="What the file or folder is, if no economy; newcourse import --list lists them.")
    ] = None,
    year: Year = None,
    aggregate: Aggregate = None,
    as_json: AsJson = False,
) -> None:
    """Name every fault of an economy at once: where, what was found, what was expected, what to do.

    Tables, labels, units, numbers, the balance of every product in the base year, and whether techniques can make
    more than they use up. Ends with 1 if there is any fault, and else says what the economy is.

        newcourse check sweden
        newcourse check my-town --json
        newcourse check nrio_sut_181108.xlsx --source sweden --year 2016
    """
    economy = _folder(folder_of(path)) if source is None else _source(source, path, year, aggregate)
    if as_json:
        give({"path": str(path), "faults": [], **_summary(economy)})
        return
    about = economy.about
    say(f"No fault found: {about.title}, base year {about.year}, in {about.currency}.", "")
    rows = [(name, f"{len(frame):,}") for name, frame in economy.tables.items() if len(frame)]
    say(table(("table", "rows"), rows, right=(1,)), "")
    facts = {"source": about.source, "terms": about.terms, "residuals": about.residuals}
    say(*(f"{name}: {text}" for name, text in facts.items() if text), f"fingerprint: {economy.fingerprint}")


def _folder(path: Path) -> "Economy":
    from newcourse.sources.check import check_folder
    from newcourse.sources.folder import read_folder

    if path.is_file():
        expected = "a folder, or --source with the kind of file"
        raise BadInput(Fault("source-missing", str(path), "a file", expected, "see newcourse import --list"))
    faults = check_folder(path)
    if faults:
        raise BadInput(faults)
    return read_folder(path)


def _source(source: str, path: Path, year: int | None, aggregate: Path | None) -> "Economy":
    from newcourse.sources.registry import read_source

    return read_source(source, path, year=year, aggregate=aggregate)


def _summary(economy: "Economy") -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "economy": asdict(economy.about),
        "tables": {name: len(frame) for name, frame in economy.tables.items() if len(frame)},
        "goods": len(economy.goods),
        "fingerprint": economy.fingerprint,
    }
