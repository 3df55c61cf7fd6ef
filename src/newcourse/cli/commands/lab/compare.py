"""``newcourse lab compare``: which model predicts best what it was not told, or that these data cannot tell."""

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newcourse.cli.files import require_picture_files, write_picture, writing
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import bullets, give, plain, say, table
from newcourse.cli.panels import CodingName, DataFolder, FirstYear, LastYear, panel_at
from newcourse.cli.progress import progress
from newcourse.cli.workers import RayAddress, WorkersNumber, way_of
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newcourse.formations.inference.power import Rules
    from newcourse.formations.inference.verdict import LadderVerdict
    from newcourse.formations.ladder.rung import Rung
    from newcourse.formations.panel import Panel


@answering
def compare(
    folder: DataFolder,
    coding: CodingName = "",
    first: FirstYear = 1946,
    last: LastYear = 2010,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="MODEL", help="Only this rung of the ladder. May be given several times."),
    ] = None,
    folds: Annotated[int, typer.Option(min=2, help="Into how many parts countries are dealt.")] = 5,
    simulations: Annotated[
        int, typer.Option(min=1, help="Panels simulated for power, and again for false positives.")
    ] = 20,
    starts: Annotated[int, typer.Option(min=1, help="From how many places each fit begins.")] = 4,
    seed: Annotated[int, typer.Option(help="What all chance follows from.")] = 0,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also draw the ladder, to a file ending in .svg or .png.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write the verdict as JSON.")] = None,
    workers: WorkersNumber = None,
    ray: RayAddress = None,
    as_json: AsJson = False,
) -> None:
    """Fit a ladder of models to the same data and say which predicts best, with power and false positives.

    Each rung is scored by countries it was not told of and forward in time. Where a comparison would mostly miss a
    difference that is there, the verdict says that this data set cannot answer. Minutes for two plain rungs, hours for
    the whole ladder on all states.

    ```
    newcourse lab compare formations-data --only "saturated Markov" --only duration --simulations 5
    newcourse lab compare formations-data --workers 8 --out verdict.json --picture ladder.svg
    ```
    """
    from newcourse.formations.inference.power import Rules

    require_picture_files(picture)
    way = way_of(workers, ray)
    rules = Rules(folds=folds, simulations=simulations, starts=starts, seed=seed)
    panel = panel_at(folder, coding, first, last)
    found = _verdict(panel, _rungs(panel, only), rules, way)
    if out:
        with writing(out):
            out.write_text(json.dumps(plain(found.to_data()), ensure_ascii=False, indent=2), encoding="utf-8")
    if picture:
        write_picture(_drawn(found), picture)
    if as_json:
        give(found.to_data())
    else:
        _tell(found)
        say(*(f"Written to {file}." for file in (out, picture) if file))


def _rungs(panel: "Panel", only: list[str] | None) -> "Sequence[Rung]":
    from newcourse.formations.ladder.usual import usual_ladder

    ladder = usual_ladder(panel)
    names = [rung.name for rung in ladder]
    unknown = sorted(set(only or ()) - set(names))
    if unknown:
        expected = "one of " + ", ".join(names)
        raise BadInput(Fault("ladder-names", "--only", ", ".join(unknown), expected, "correct the name"))
    return [rung for rung in ladder if not only or rung.name in only]


def _verdict(panel: "Panel", rungs: "Sequence[Rung]", rules: "Rules", way: Any) -> "LadderVerdict":
    from newcourse.formations.inference.verdict import verdict
    from newcourse.workers.spreading import spread

    with progress("Comparing") as tell:

        def step(words: str, done: int, of: int) -> None:
            tell(words, done / of)

        return verdict(panel, rungs, rules=rules, spread=partial(spread, how=way), progress=step)


def _drawn(found: "LadderVerdict") -> Any:
    from newcourse.pictures.formation_ladder import formation_ladder

    how = (
        "Point: mean difference of log score from the first model, country by country; line: two paired standard "
        f"errors. {found.banner}"
    )
    return formation_ladder(found.table, title=" ".join(answer.sentence for answer in found.answers), how=how)


def _tell(found: "LadderVerdict") -> None:
    if found.banner:
        say(found.banner, "")
    rows = [
        (row["model"], row["kind"], row["split"], f"{row['score']:.4f}", f"{row['difference']:+.4f}",
         f"{row['error']:.4f}", str(row["parameters"]), f"{row['log_likelihood']:.1f}")
        for row in found.table.to_dict("records")
    ]  # fmt: skip
    columns = ("model", "kind", "held out", "log score", "from the first", "error", "parameters", "log-likelihood")
    say(table(columns, rows, right=(3, 4, 5, 6, 7)), "")
    say(*found.sentences, "")
    say(bullets(f"{each.rung.name}: {each.told}" for each in found.fits))
