"""Files that commands write: asked for before the work is done, and refused before it where they cannot be."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from newcourse.errors import BadInput, Fault

FORMS: Final = (".svg", ".png")

PictureFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Draw the picture to this file, ending in .svg or .png.")
]


def require_picture_files(*files: Path | None) -> None:
    """Refuse names that no picture can be written to; commands ask before they begin, not after minutes of work.

    Raises
    ------
    BadInput
        If a name ends otherwise than a picture's, or its folder is not there; every fault at once.
    """
    faults = []
    for file in files:
        if file is None:
            continue
        if file.suffix.lower() not in FORMS:
            found = f"the ending {file.suffix!r}"
            faults.append(Fault("form-unknown", str(file), found, " or ".join(FORMS), "rename it"))
        faults += _folder_faults(file)
    if faults:
        raise BadInput(faults)


def require_folder(file: Path | None) -> None:
    """Refuse a file whose folder is not there; commands ask before they begin.

    Raises
    ------
    BadInput
        If there is no such folder.
    """
    if file and (faults := _folder_faults(file)):
        raise BadInput(faults)


def _folder_faults(file: Path) -> list[Fault]:
    there = file.absolute().parent.is_dir()
    return [] if there else [_unwritable(file, f"there is no folder {file.parent}")]


def write_picture(drawn: Any, file: Path) -> None:
    """Write a picture as its name's ending says.

    Raises
    ------
    BadInput
        If the file cannot be written.
    """
    from newcourse.pictures.render import png, svg

    with writing(file):
        if file.suffix.lower() == ".png":
            png(drawn, file)
        else:
            file.write_text(svg(drawn), encoding="utf-8")


def write_data(data: object, file: Path) -> None:
    """Write data for programs as JSON.

    Raises
    ------
    BadInput
        If the file cannot be written.
    """
    from newcourse.cli.output import plain

    with writing(file):
        text = json.dumps(plain(data), ensure_ascii=False, indent=2, allow_nan=False)
        file.write_text(text + "\n", encoding="utf-8")


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Say clearly why a file could not be written.

    Raises
    ------
    BadInput
        If what is done within fails to write it.
    """
    try:
        yield
    except OSError as error:
        raise BadInput(_unwritable(file, str(error))) from None


def _unwritable(file: Path, found: str) -> Fault:
    return Fault("file-unwritable", str(file), found, "a path that can be written", "give another path")
