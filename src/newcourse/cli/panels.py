"""Reads a panel of formations from a folder, with a bar of progress; and the options that say which."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.cli.progress import progress

if TYPE_CHECKING:
    from newcourse.formations.panel import Panel

DataFolder = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER",
        help="Folder of the files on regimes, product, borders, alliances and wars, as scripts/fetch_formations.py "
        "makes it.",
    ),
]
CodingName = Annotated[
    str, typer.Option("--coding", help="Coding of contested states; newcourse lab codings shows them.")
]
FirstYear = Annotated[int, typer.Option("--first", help="First year.")]
LastYear = Annotated[int, typer.Option("--last", help="Last year.")]


def panel_at(folder: Path, coding: str, first: int, last: int) -> "Panel":
    """Return the panel a folder holds.

    Parameters
    ----------
    folder
        Where the files are.
    coding
        Coding of contested states; the usual one where none is named.
    first, last
        Years, both included.
    """
    from newcourse.sources.formations import read_panel
    from newcourse.sources.formations.codings.registry import DEFAULT_CODING

    chosen = coding or DEFAULT_CODING
    with progress(f"Reading {folder}") as tell:

        def step(what: str, done: int, of: int) -> None:
            tell(what, done / of)

        return read_panel(folder, coding=chosen, first=first, last=last, progress=step)
