"""``newcourse verify``: a bundle of the record checked, and its votes counted again, by the stand-alone verifier."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say


@answering
def verify(
    bundle: Annotated[
        Path | None, typer.Argument(metavar="BUNDLE", help="Bundle of a record: a zip, or a folder with its files.")
    ] = None,
    receipts: Annotated[
        list[Path] | None,
        typer.Option("--receipt", metavar="FILE", help="Receipt to check with it. May be given several times."),
    ] = None,
    public_key: Annotated[
        str, typer.Option(metavar="KEY", help="The log's key in base64, as you know it from elsewhere.")
    ] = "",
    write_program: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the verifier as one file for people without New Course, and end."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a bundle of the public record and count every vote in it again, with a second program that shares no code.

    Ends with 0 if nothing wrong was found, 6 if something was, 2 if it is no bundle. The program that is written needs
    Python 3.11 and the package cryptography, and nothing else.

        newcourse verify town.zip
        newcourse verify town.zip --receipt mine.json
        newcourse verify --write-program verify.pyz
    """
    if write_program is not None:
        _write(write_program, as_json=as_json)
        return
    if bundle is None:
        raise typer.BadParameter("name the bundle to verify, or a file to write the program to", param_hint="BUNDLE")
    from newcourse.verifier.program import run

    text, code = run(bundle, receipts or (), public_key, as_json=as_json)
    sys.stdout.write(text)
    if code:
        raise typer.Exit(code)


def _write(path: Path, *, as_json: bool) -> None:
    from newcourse.errors import BadInput, Fault
    from newcourse.verifier.packing import write_program

    try:
        write_program(path)
    except OSError as error:
        expected = "a new file in a folder that can be written to"
        raise BadInput(Fault("file-unwritable", str(path), str(error), expected, "give another name")) from error
    if as_json:
        give({"program": str(path)})
    else:
        say(f"The program is in {path}: python {path.name} BUNDLE")
