"""``newcourse record witness``: somebody else signs what the record says of itself."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, verbatim
from newcourse.cli.records import file_of, is_exported, read_note, record_at, require_there
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from newcourse.record.checkpoint import Signature
    from newcourse.record.keys import WitnessKey


@answering
def witness(
    where: Annotated[
        str, typer.Argument(metavar="RECORD", help="Database of a record, or a file with a signed note to sign apart.")
    ],
    key: Annotated[Path | None, typer.Option(metavar="FILE", help="Private key of the witness.")] = None,
    new_key: Annotated[
        str | None, typer.Option(metavar="NAME", help="Make that key first, for a witness of this name.")
    ] = None,
    note: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Take in this note, which a witness has signed apart.")
    ] = None,
    public_key: Annotated[
        str | None, typer.Option(metavar="KEY", help="Public key of the witness who signed that note.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Countersign the newest checkpoint of a record, as a tendency or anybody else who watches over it.

    Who keeps the record cannot undo it: what a witness has signed can no longer be changed unseen. A witness should
    first check the record, and may sign a note apart, on a machine of its own; the record then takes the note in.

    ```
    newcourse record witness town.sqlite --key red.key --new-key red-list
    newcourse record witness town.note --key red.key > signed.note
    newcourse record witness town.sqlite --note signed.note --public-key red-list+1a2b3c4d+AV…
    ```
    """
    require_there(where)
    if (key is None) == (note is None) or (note is None) != (public_key is None):
        raise BadInput(
            Fault(
                "witness-unclear", "record witness", "neither or both", "--key, or --note with --public-key", "give one"
            )
        )
    if note is not None and public_key is not None:
        signed, by = _taken_in(where, note, public_key), public_key
    else:
        signed, by = _signed(where, _key(key or Path(), new_key))
    if as_json:
        give({"note": signed, "public_key": by})
        return
    verbatim(signed)


def _key(path: Path, new: str | None) -> "WitnessKey":
    from newcourse.record.checkpoint import new_secret
    from newcourse.record.keys import WitnessKey

    if new is not None:
        made = WitnessKey(new, new_secret())
        made.to_file(path)
    return WitnessKey.from_file(path)


def _signed(where: str, key: "WitnessKey") -> tuple[str, str]:
    from newcourse.record.checkpoint import Checkpoint, Note

    path = file_of(where)
    if path is not None and is_exported(where):
        given = Note.from_text(read_note(path))
        Checkpoint.from_text(given.text)
        others = tuple(line for line in given.signatures if line.name != key.name)
        return str(Note(given.text, (*others, key.sign(given.text)))), key.public
    with record_at(where) as record:
        kept = record.checkpoints()
        if not kept:
            raise BadInput(
                Fault(
                    "checkpoint-missing",
                    where,
                    "no checkpoint",
                    "a signed record",
                    "newcourse record checkpoint signs it",
                )
            )
        text = Note.from_text(kept[-1].note).text
        line = key.sign(text)
        return record.countersign(kept[-1].note, key.name, key.public_key, line.signature).note, key.public


def _taken_in(where: str, path: Path, public_key: str) -> str:
    from newcourse.record.checkpoint import Note
    from newcourse.record.keys import public_key_from

    name, key = public_key_from(public_key)
    note = read_note(path)
    lines: list[Signature] = [line for line in Note.from_text(note).signatures if line.name == name]
    if not lines:
        raise BadInput(
            Fault("witness-refused", path.name, f"no line of {name}", "the line of that witness", "sign the note first")
        )
    with record_at(where) as record:
        return record.countersign(note, name, key, lines[0].signature).note
