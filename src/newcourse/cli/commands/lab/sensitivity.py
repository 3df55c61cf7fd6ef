"""``newcourse lab sensitivity``: whether a verdict hangs on how contested states are coded."""

from pathlib import Path
from typing import Annotated, Any

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say, table
from newcourse.cli.reading import json_at
from newcourse.errors import BadInput, Fault


@answering
def sensitivity(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Verdicts that lab compare --out wrote, one a coding."),
    ],
    as_json: AsJson = False,
) -> None:
    """Put verdicts under several codings of contested states side by side, and say whether the answer is the same.

    At least three, which ask of the same models. Make each by newcourse lab compare, the rest of the command alike.

    ```
    newcourse lab compare formations-data --coding degenerated-1924 --out d.json
    newcourse lab compare formations-data --coding late-turn-1928 --out l.json
    newcourse lab compare formations-data --coding state-capitalism --out s.json
    newcourse lab sensitivity d.json l.json s.json
    ```
    """
    from newcourse.formations.inference.sensitivity import sensitivity_of

    found = sensitivity_of(_by_coding(files))
    if as_json:
        give(found.to_data())
        return
    rows = [
        (row["coding"], row["model"], row["rival"], row["state"], _gap(row, "countries"), _gap(row, "forward"),
         f"{row['power']:.2f}", f"{row['false_positives']:.2f}")
        for row in found.table.to_dict("records")
    ]  # fmt: skip
    heads = ("coding", "model", "rival", "answer", "countries held out", "forward in time", "power", "false positives")
    title = "Mean difference of log score from the rival, ± its paired standard error"
    say(table(heads, rows, right=(4, 5, 6, 7), title=title), "")
    say(*found.sentences)


def _by_coding(files: list[Path]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    faults = []
    for file in files:
        data = json_at(file)
        coding = data.get("coding") if isinstance(data, dict) else None
        if not isinstance(coding, str):
            faults.append(_fault(file, "no coding", "a verdict that lab compare --out wrote", "give another file"))
        elif coding in found:
            faults.append(_fault(file, f"the coding {coding} once more", "each coding once", "leave the file out"))
        else:
            found[coding] = data
    if faults:
        raise BadInput(faults)
    return found


def _fault(file: Path, found: str, expected: str, remedy: str) -> Fault:
    return Fault("lab-verdict-file", str(file), found, expected, remedy)


def _gap(row: dict[Any, Any], way: str) -> str:
    return f"{row[way]:+.4f} ± {row[f'{way}_error']:.4f}"
