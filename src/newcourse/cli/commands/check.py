"""``newcourse check``: every fault of an economy at once, or what it is."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say, table
from newcourse.cli.reading import folder_of
from newcourse.errors import BadInput

if TYPE_CHECKING:
    from newcourse.economy.economy import Economy


@answering
def check(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="Folder of an economy, or the name of an example.")],
    as_json: AsJson = False,
) -> None:
    """Name every fault of an economy at once: where, what was found, what was expected, what to do.

    Tables, labels, units, numbers, the balance of every product in the base year, and whether techniques can make
    more than they use up. Ends with 1 if there is any fault, and else says what the economy is.

        newcourse check sweden
        newcourse check my-town --json
    """
    from newcourse.sources.check import check_folder
    from newcourse.sources.folder import read_folder

    folder = folder_of(path)
    faults = check_folder(folder)
    if faults:
        raise BadInput(faults)
    summary = _summary(read_folder(folder))
    if as_json:
        give({"path": str(path), "faults": [], **summary})
        return
    about = summary["economy"]
    say(f"No fault found: {about['title']}, {about['year']}, in {about['currency']}.", "")
    say(table(("table", "rows"), [(name, f"{rows:,}") for name, rows in summary["tables"].items()], right=(1,)), "")
    say(*(f"{name}: {about[name]}" for name in ("source", "terms", "residuals") if about[name]))
    say(f"fingerprint: {summary['fingerprint']}")


def _summary(economy: "Economy") -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "economy": asdict(economy.about),
        "tables": {name: len(frame) for name, frame in economy.tables.items() if len(frame)},
        "goods": len(economy.goods),
        "fingerprint": economy.fingerprint,
    }
