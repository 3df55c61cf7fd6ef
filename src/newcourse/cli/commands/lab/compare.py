"""``newcourse lab compare``: which model predicts best what it was not told, or that these data cannot tell."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newcourse.cli.files import require_folder, require_picture_files, write_data, write_picture
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import advise, bullets, give, say, table
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
    from newcourse.workers.ways import Way


@answering
def compare(
    folder: DataFolder,
    coding: CodingName = "",
    first: FirstYear = 1946,
    last: LastYear = 2010,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="MODEL",
            help="Only this rung of the ladder; a name that is none is answered with all. May be given several times.",
        ),
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
    keep: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keep every finished piece there; the same command takes them up again."),
    ] = None,
    workers: WorkersNumber = None,
    ray: RayAddress = None,
    as_json: AsJson = False,
) -> None:
    """Fit a ladder of models to the same data and say which predicts best, with power and false positives.

    Each rung is scored by countries it was not told of and forward in time. Where a comparison would mostly miss a
    difference that is there, the verdict says that this data set cannot answer. Minutes for two plain rungs, hours for
    the whole ladder on all states: one likelihood of each is timed first, and about how long it will take is told on
    standard error. Ctrl-C stops; with --keep nothing finished is lost.

    ```
    newcourse lab compare formations-data --only "saturated Markov" --only "hypothesised Markov"
    newcourse lab compare formations-data --keep kept.jsonl --out verdict.json
    ```
    """
    from newcourse.formations.inference.power import Rules

    require_picture_files(picture)
    require_folder(out)
    require_folder(keep)
    way = way_of(workers, ray)
    rules = Rules(folds=folds, simulations=simulations, starts=starts, seed=seed)
    panel = panel_at(folder, coding, first, last)
    found = _verdict(panel, _rungs(panel, only), rules, way, keep)
    if out:
        write_data(found.to_data(), out)
    if picture:
        _draw(found, picture)
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


def _verdict(panel: "Panel", rungs: "Sequence[Rung]", rules: "Rules", way: "Way", keep: Path | None) -> "LadderVerdict":
    from newcourse.cli.foretelling import compare_work
    from newcourse.cli.kept import KeptPieces, read_kept
    from newcourse.formations.inference.verdict import verdict
    from newcourse.workers.spreading import spread

    by_name = {rung.name: rung for rung in rungs}
    known = read_kept(keep, panel, by_name, rules) if keep else {}
    with progress("Timing one likelihood of each model"):
        work = compare_work(panel, rungs, rules)
    _foretell(work.seconds, work.pieces, len(known), way)
    with progress("Comparing") as tell:
        told = ["fitting"]
        behind = 0

        def done() -> None:
            nonlocal behind
            behind += 1
            tell(f"{told[-1]}, piece {behind} of {work.pieces}", min(behind / work.pieces, 1.0))

        pieces = KeptPieces(partial(spread, how=way), by_name, done, keep, known)
        try:
            return verdict(
                panel, rungs, rules=rules, spread=pieces, progress=lambda words, _at, _of: told.append(words)
            )
        except KeyboardInterrupt:
            stopped = pieces
    _stopped(stopped.worked, keep)
    raise typer.Exit(130)


def _foretell(seconds: float, pieces: int, known: int, way: "Way") -> None:
    """Say about how long it will take; on standard error, so that results can be piped on."""
    from newcourse.cli.foretelling import SOON, in_words

    number = getattr(way, "number", 1) or 1
    left = seconds * max(pieces - known, 0) / pieces / number
    where = "" if number == 1 else f" with {number} processes"
    taken_up = f" {known} of {pieces} pieces are finished already." if known else ""
    about = "" if left < SOON else "about "
    advise(f"It will take {about}{in_words(left)}{where}, give or take a factor of three.{taken_up}")


def _stopped(worked: int, keep: Path | None) -> None:
    if keep:
        advise(f"Stopped. {worked} pieces were finished and are kept in {keep}: the same command goes on from there.")
    else:
        advise(f"Stopped. {worked} finished pieces are lost; --keep FILE would keep them for the same command again.")


def _draw(found: "LadderVerdict", picture: Path) -> None:
    from newcourse.pictures.formation_ladder import verdict_picture

    write_picture(verdict_picture(found), picture)


def _tell(found: "LadderVerdict") -> None:
    if found.banner:
        say(found.banner, "")
    rows: list[tuple[str, ...]] = [
        (str(model), str(part["kind"].iat[0]), *map(_gap, part.to_dict("records")))
        for model, part in found.table.groupby("model", sort=False)
    ]
    ways = list(dict.fromkeys(found.table["split"]))
    title = "Mean difference of log score from the first model, ± its paired standard error"
    say(table(("model", "kind", *ways), rows, right=(2, 3), title=title), "")
    say(*found.sentences, "")
    say(bullets(f"{each.rung.name}: {each.told}" for each in found.fits))


def _gap(row: dict[Any, Any]) -> str:
    return f"{row['difference']:+.4f} ± {row['error']:.4f}"
