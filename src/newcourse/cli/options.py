"""Options that several commands share, each said once."""

from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print data for programs instead of text for people.")]

EconomyPath = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="Folder of an economy, or the name of an example: sweden, world, dam.")
]

PlanPath = Annotated[
    Path,
    typer.Argument(
        metavar="PLAN", help="Plan saved with newcourse plan --out; or a folder or example, for which a plan is made."
    ),
]

Periods = Annotated[int, typer.Option(min=1, help="How many periods the plan covers.")]

Weights = Annotated[
    list[str] | None,
    typer.Option(
        metavar="GROUP=SHARE|FILE",
        help="Weight of a group of needs, such as Health=0.2; groups left out divide the rest as their targets do. "
        "Or a JSON file of groups and shares. May be given several times.",
    ),
]

Guarantees = Annotated[
    list[str] | None,
    typer.Option(
        "--guarantee",
        metavar="NEED",
        help="Code of a need whose minimum is a hard commitment. May be given several times.",
    ),
]

LimitSettings = Annotated[
    list[str] | None,
    typer.Option(
        "--limits",
        metavar="NAME=VALUE",
        help="Rate of change, such as activity_rate=0.2 or import_share_rate=none. May be given several times.",
    ),
]

TimeLimit = Annotated[
    float | None, typer.Option(min=0.0, help="Seconds for each solve; when they are over, no plan is claimed.")
]

Year = Annotated[int | None, typer.Option(help="Which year, where a source has several.")]

Aggregate = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Concordance: a CSV file that says which products and places are added up to which."
    ),
]
