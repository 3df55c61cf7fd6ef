"""``newcourse record export``: the record as files that anyone can verify."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say
from newcourse.cli.records import Database, record_at
from newcourse.errors import BadInput, Fault


@answering
def export(
    where: Database,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="New file for the entries, one line of JSON each.")
    ] = None,
    artefacts: Annotated[
        Path | None, typer.Option(help="New folder for what entries cite: economies, plans, outcomes, orders.")
    ] = None,
    bundle: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="New zip that newcourse verify recounts: entries, ballots, checkpoints. Instead of FILE.",
        ),
    ] = None,
    receipts: Annotated[
        list[int] | None,
        typer.Option("--receipt", metavar="N", min=1, help="Entry whose receipt to add to the bundle. Several times."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a record to files that anyone can verify without a database.

    ```
    newcourse record export town.sqlite town.jsonl --artefacts town-artefacts
    newcourse record export town.sqlite --bundle town.zip
    ```
    """
    if bundle is not None and file is None and artefacts is None:
        _bundle(where, bundle, receipts or [], as_json)
    elif file is not None and bundle is None and not receipts:
        _files(where, file, artefacts, as_json)
    else:
        found, expected = "neither, or parts of both", "a FILE with or without --artefacts, or --bundle with --receipt"
        raise BadInput(Fault("export-unclear", "record export", found, expected, "give one of the two"))


def _files(where: str, file: Path, artefacts: Path | None, as_json: bool) -> None:
    from newcourse.record.exchange import export_record

    with record_at(where) as record:
        end = export_record(record, file, artefacts)
    if as_json:
        give({"file": str(file), "artefacts": str(artefacts) if artefacts else None, "head": str(end)})
        return
    say(f"{end.count} entries written to {file}. The record ends at {end}")
    say("Note that end elsewhere: the file alone cannot show that its end was cut off.")


def _bundle(where: str, bundle: Path, receipts: list[int], as_json: bool) -> None:
    from newcourse.record.bundle import export_bundle

    with record_at(where) as record:
        end = export_bundle(record, bundle, datetime.now(UTC), receipts=receipts)
    if as_json:
        give({"bundle": str(bundle), "entries": end.size, "origin": end.checkpoint.origin, "note": end.note})
        return
    say(f"{end.size} entries and {len(receipts)} receipts written to {bundle}, signed by {end.checkpoint.origin}.")
    say(f"Anyone can recount it: newcourse verify {bundle}")
