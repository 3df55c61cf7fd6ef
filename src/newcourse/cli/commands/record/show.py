"""``newcourse record show``: who did what, when."""

from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, plain, say, table
from newcourse.cli.records import Database, record_at
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from newcourse.record.entry import Entry

SHOWN_LETTERS = 90


@answering
def show(
    where: Database,
    last: Annotated[int, typer.Option(min=0, help="How many entries, counted from the end; 0 for all.")] = 20,
    act: Annotated[str | None, typer.Option(help="Only entries of this act, such as adopt.")] = None,
    entry: Annotated[int | None, typer.Option(min=1, help="Show one entry whole.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the entries of a record: number, time, who, what was done, and its facts.

    ```
    newcourse record show town.sqlite
    newcourse record show town.sqlite --act cast --last 0
    newcourse record show town.sqlite --entry 12 --json
    ```
    """
    with record_at(where) as record:
        entries = [found for found in record.entries() if act in (None, found.act)]
    shown = entries[-last:] if last else entries
    if entry is not None:
        shown = [_numbered(entries, entry, where)]
    if as_json:
        give({"entries": [found.to_data() for found in shown]})
    elif entry is not None:
        _whole(shown[0])
    else:
        rows = [(str(e.sequence), f"{e.at:%Y-%m-%d %H:%M}", e.actor, e.act, _shortened(e)) for e in shown]
        say(table(("no.", "time, UTC", "who", "act", "facts"), rows, right=(0,)))
        say("", f"{len(shown)} of {len(entries)} entries." if len(shown) < len(entries) else f"{len(entries)} entries.")


def _numbered(entries: "list[Entry]", number: int, where: str) -> "Entry":
    for found in entries:
        if found.sequence == number:
            return found
    raise BadInput(
        Fault("entry-missing", where, f"no entry {number}", f"a number up to {len(entries)}", "give another number")
    )


def _whole(entry: "Entry") -> None:
    facts = [(name, str(plain(value))) for name, value in entry.body.items()]
    head = [("act", entry.act), ("who", entry.actor), ("time", entry.at.isoformat())]
    say(table((f"entry {entry.sequence}", ""), [*head, *facts, ("previous", entry.previous), ("hash", entry.hash)]))


def _shortened(entry: "Entry") -> str:
    facts = ", ".join(f"{name}: {_short(value)}" for name, value in entry.body.items() if name not in {"key", "asked"})
    return facts if len(facts) <= SHOWN_LETTERS else f"{facts[: SHOWN_LETTERS - 1]}…"


def _short(value: object) -> str:
    text = str(plain(value))
    return f"{text[:14]}…" if text.startswith("sha256:") else text
