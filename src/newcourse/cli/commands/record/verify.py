"""``newcourse record verify``: whether any entry was changed, removed or reordered."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say
from newcourse.cli.reading import several
from newcourse.cli.records import is_exported, read_note, record_at, require_there, witness
from newcourse.errors import Tampered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newcourse.errors import Fault
    from newcourse.record.entry import Entry
    from newcourse.record.verify import Head, Verification


@answering
def verify(
    where: Annotated[str, typer.Argument(metavar="RECORD", help="Database of a record, or a file exported from one.")],
    witnesses: Annotated[
        list[str] | None,
        typer.Option(
            "--witness", metavar="NUMBER:HASH", help="End of the record as noted earlier. May be given several times."
        ),
    ] = None,
    notes: Annotated[
        list[Path] | None,
        typer.Option(
            "--note", metavar="FILE", help="Signed note kept elsewhere (record checkpoint). May be given several times."
        ),
    ] = None,
    chain_only: Annotated[
        bool, typer.Option("--chain-only", help="Do not check whether each entry was lawful under the statutes.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check every entry, the chain of hashes, its end and tree, what is kept beside it, and that each entry was lawful.

    Ends with 6 if an entry was changed, removed, reordered or written past the acts. A record whose end was cut off
    and written anew shows only against an end that was noted earlier: note what this command prints.

        newcourse record verify town.sqlite
        newcourse record verify town.jsonl --witness 120:9f86d081……
        newcourse record verify town.sqlite --note town.note
    """
    noted = several(witness, witnesses or (), "witness")
    found = _chain(where, noted, [read_note(path) for path in notes or ()])
    unlawful = () if chain_only or found.faults else _unlawful(where)
    if found.faults or unlawful:
        raise Tampered((*found.faults, *unlawful))
    end = f"{found.count}:{found.head}"
    if as_json:
        give({"ok": True, "entries": found.count, "head": end, "lawful": None if chain_only else True, "faults": []})
        return
    lawful = "" if chain_only else ", each of them lawful when it was written"
    say(f"The record is sound: {found.count} entries, unbroken{lawful}.", f"It ends at {end}")


def _chain(where: str, witnesses: "tuple[Head, ...]", notes: list[str]) -> "Verification":
    from newcourse.record.exchange import verify_file

    require_there(where)
    if is_exported(where):
        return verify_file(Path(where), witnesses, notes)
    with record_at(where) as record:
        return record.verify(witnesses, notes)


def _unlawful(where: str) -> "tuple[Fault, ...]":
    from newcourse.acts.artefacts import Archive
    from newcourse.council.audit import audit

    if is_exported(where):
        return audit(_exported(Path(where)))
    with record_at(where) as record:
        return audit(record.entries(), Archive(record.fetch).data)


def _exported(path: Path) -> "Iterator[Entry]":
    """Yield the entries of a file whose chain has been verified."""
    from newcourse.record.entry import Entry

    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield Entry.from_data(json.loads(line))
