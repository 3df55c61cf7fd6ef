"""``newcourse record export``: the record as files that anyone can verify."""

from pathlib import Path
from typing import Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say
from newcourse.cli.records import Database, record_at


@answering
def export(
    where: Database,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="New file for the entries, one line of JSON each.")],
    artefacts: Annotated[
        Path | None, typer.Option(help="New folder for what entries cite: economies, plans, outcomes, orders.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a record to files that anyone can verify without a database.

    ```
    newcourse record export town.sqlite town.jsonl --artefacts town-artefacts
    ```
    """
    from newcourse.record.exchange import export_record

    with record_at(where) as record:
        end = export_record(record, file, artefacts)
    if as_json:
        give({"file": str(file), "artefacts": str(artefacts) if artefacts else None, "head": str(end)})
        return
    say(f"{end.count} entries written to {file}. The record ends at {end}")
    say("Note that end elsewhere: the file alone cannot show that its end was cut off.")
