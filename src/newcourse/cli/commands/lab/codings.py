"""``newcourse lab codings``: how contested states are read, and who reads them otherwise."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say, table

if TYPE_CHECKING:
    from newcourse.sources.formations.codings.coding import Coding


@answering
def codings(
    name: Annotated[str | None, typer.Argument(metavar="[CODING]", help="Only this one, with all its spells.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the codings of contested states: readings of history as tables, each with whoever reads it otherwise.

    ```
    newcourse lab codings
    newcourse lab codings degenerated-1924
    ```
    """
    from newcourse.sources.formations.codings.registry import CODINGS, known_coding

    if name is not None:
        known_coding(name)
    chosen = [each for each in CODINGS.values() if name in (None, each.name)]
    if as_json:
        give([_data(each) for each in chosen])
    elif name is None:
        say(table(("coding", "title", "reading"), [(c.name, c.title, c.reading) for c in chosen], whole=(0,)))
    else:
        _tell(chosen, name)


def _tell(chosen: "list[Coding]", name: str) -> None:
    from newcourse.sources.formations.codings.titles import TITLES

    if not chosen:
        say(f"{name}: made from the source on regimes itself; it has no table of spells.")
    for each in chosen:
        say(each.title, "", f"Reading: {each.reading}", "", f"Read otherwise: {each.critics}", "")
        rows = [
            (TITLES[state], spell.formation or "left open", _years(spell.first, spell.last), spell.why)
            for state, spells in each.spells.items() for spell in spells
        ]  # fmt: skip
        say(table(("state", "formation", "years", "why"), rows, whole=(1, 2)))


def _years(first: int, last: int) -> str:
    from newcourse.sources.formations.codings.coding import NOW

    return f"{first}–" if last == NOW else f"{first}–{last}"


def _data(coding: "Coding") -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "name": coding.name, "title": coding.title, "reading": coding.reading, "critics": coding.critics,
        "spells": {state: [asdict(spell) for spell in spells] for state, spells in coding.spells.items()},
    }  # fmt: skip
