"""``newcourse act``: do an act on a record's database, for administrators and scripts."""

from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say, table
from newcourse.cli.progress import progress
from newcourse.cli.records import Database, record_at
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from newcourse.economy.economy import Economy
    from newcourse.record.entry import Entry
    from newcourse.record.store import Record

FROM_FILE = "@"


@answering
def act(
    where: Database,
    name: Annotated[str, typer.Argument(metavar="ACT", help="Name of the act, such as join or open_vote.")],
    actor: Annotated[str, typer.Option(help="Who acts: the code by which the record knows them.")],
    parameters: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PARAMETER=VALUE]...",
            help="Parameters of the act; @FILE reads a value from a file. Lists and objects are JSON.",
        ),
    ] = None,
    key: Annotated[str, typer.Option(help="Text by which you know this request: sent again, it is done once.")] = "",
    as_json: AsJson = False,
) -> None:
    """Do an act in somebody's name, by the same rules as on the pages: the statutes decide, the record tells.

    Whoever can write the database can act for anybody: the record names the actor given here. Give a key, so that
    a script that is started again does nothing twice.

    ```
    newcourse act town.sqlite file_need --actor ada place=N need=bread minimum=20 target=80
    newcourse act town.sqlite join --actor ada place=N person=gus --key join-gus
    newcourse act town.sqlite file_proposal --actor ben title="Longer days" reasons=@reasons.txt changes=@changes.json
    ```
    """
    from newcourse.acts.registry import ACTS

    if name not in ACTS:
        raise BadInput(Fault("act-unknown", "ACT", name, ", ".join(ACTS), "name one of these"))
    typed = _typed(parameters or [])
    with record_at(where) as record:
        entry = _done(record, name, actor, key, typed)
        receipt = _receipt(record, entry)
    if as_json:
        give({"entry": entry.to_data(), "receipt": receipt})
    else:
        rows = [("act", entry.act), ("who", entry.actor), ("time", entry.at.isoformat()), ("hash", entry.hash)]
        say(table((f"entry {entry.sequence}", ""), rows))


def _done(record: "Record", name: str, actor: str, key: str, typed: dict[str, str]) -> "Entry":
    from datetime import UTC, datetime

    from newcourse.acts.door import perform
    from newcourse.acts.reading import read_typed
    from newcourse.acts.registry import ACTS

    what = read_typed(ACTS[name], typed, lambda named: _economy(record, named))
    with progress(name) as tell:
        return perform(record, name, actor=actor, at=datetime.now(UTC), key=key, on_progress=tell, **what)


def _economy(record: "Record", named: str) -> "Economy":
    """Return an economy by its address in the record, by its folder, or by the name of an example."""
    from pathlib import Path

    from newcourse.acts.artefacts import load_economy
    from newcourse.sources.examples import read_example
    from newcourse.sources.folder import read_folder

    if named.startswith("sha256:"):
        return load_economy(record, named)
    return read_folder(Path(named)) if Path(named).is_dir() else read_example(named)


def _receipt(record: "Record", entry: "Entry") -> object:
    from datetime import UTC, datetime

    return record.receipt(entry.sequence, at=datetime.now(UTC))


def _typed(parameters: list[str]) -> dict[str, str]:
    """Return texts by name.

    >>> _typed(["place=N", "question=Is 1 = 1?"])
    {'place': 'N', 'question': 'Is 1 = 1?'}
    """
    wrong = [text for text in parameters if "=" not in text]
    if wrong:
        raise BadInput(
            Fault("parameter-unreadable", "PARAMETER=VALUE", text, "a name, an equals sign and a value", "correct it")
            for text in wrong
        )
    pairs = [text.partition("=") for text in parameters]
    return {name: _value(name, value) for name, _, value in pairs}


def _value(name: str, value: str) -> str:
    """Return what was typed, or what the file says that was named."""
    from pathlib import Path

    if not value.startswith(FROM_FILE):
        return value
    try:
        return Path(value.removeprefix(FROM_FILE)).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        expected = "a file of text in UTF-8"
        raise BadInput(Fault("file-unreadable", name, f"{value} ({error})", expected, "correct the path")) from error
