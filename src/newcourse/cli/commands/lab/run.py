"""``newcourse lab run``: what comes of a scenario, conditional on its hypotheses, beside its rivals."""

from functools import partial
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from newcourse.cli.files import require_folder, require_picture_files, write_data, write_picture
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import bullets, give, say, table
from newcourse.cli.progress import progress
from newcourse.cli.workers import RayAddress, WorkersNumber, way_of
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from newcourse.formations.scenario import FormationScenario
    from newcourse.formations.scenario_outcome import ScenarioOutcome
    from newcourse.workers.ways import Way

FORMAT: Final = "newcourse-lab-run/1"


@answering
def run(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="Name of a scenario, or its JSON file.")],
    runs: Annotated[int, typer.Option(min=1, help="Draws of the numbers nobody knows, from the ranges stated.")] = 50,
    seed: Annotated[int, typer.Option(help="What all chance follows from.")] = 1917,
    exact: Annotated[
        bool, typer.Option(help="Follow density matrices where they are small enough; else the mean field stands in.")
    ] = False,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also draw the bands, to a file ending in .svg or .png.")
    ] = None,
    waves: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also draw the waves on a schematic map, to such a file.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write everything as JSON, for newcourse serve --lab.")
    ] = None,
    branch: Annotated[str, typer.Option(help="Name of the branch to draw; the first if none is named.")] = "",
    country: Annotated[
        str,
        typer.Option(help="Country to draw the bands of, by its code, such as RUS; the mean of all if none is named."),
    ] = "",
    workers: WorkersNumber = None,
    ray: RayAddress = None,
    as_json: AsJson = False,
) -> None:
    """Run a scenario for many draws of what is not known, with its classical rival and the critics' readings beside.

    Nothing here is a forecast. Everything is conditional on the hypotheses named and on numbers most of which are
    assumed; newcourse lab scenarios SCENARIO shows each of them with its label and source. Fifty draws take a minute or
    two.

    ```
    newcourse lab run russia-1917
    newcourse lab run russia-1917 --runs 100 --workers 2 --picture russia.svg --country RUS
    ```
    """
    from newcourse.sources.formations.scenario_files import read_scenario

    require_picture_files(picture, waves)
    require_folder(out)
    read = read_scenario(scenario)
    _require_drawable(read, waves, branch, country)
    chosen = branch or read.branches[0].name
    outcome = _outcome(read, runs, seed, exact, way_of(workers, ray))
    if out:
        write_data(_whole(outcome), out)
    _draw(outcome, picture, waves, chosen, country)
    if as_json:
        give(_data(outcome))
    else:
        _tell(outcome)
        say(*(f"Written to {file}." for file in (out, picture, waves) if file))


def _outcome(scenario: "FormationScenario", runs: int, seed: int, exact: bool, way: "Way") -> "ScenarioOutcome":
    from newcourse.formations.scenarios import run as run_scenario
    from newcourse.workers.spreading import spread

    with progress(scenario.title) as tell:

        def done(number: int, of: int) -> None:
            tell(f"{number} of {of}", number / of)

        spreading: Callable[..., list[Any]] = partial(spread, how=way)
        return run_scenario(scenario, runs=runs, seed=seed, exact=exact, spread=spreading, progress=done)


def _require_drawable(scenario: "FormationScenario", waves: Path | None, branch: str, country: str) -> None:
    """Refuse what cannot be drawn before the work is done, not after it."""
    given = {
        "branch": (branch, [each.name for each in scenario.branches]),
        "country": (country, list(scenario.countries)),
    }
    faults = [
        Fault(f"scenario-{what}", f"--{what}", name, "one of " + ", ".join(known), "correct the name")
        for what, (name, known) in given.items()
        if name and name not in known
    ]
    if faults:
        raise BadInput(faults)
    if waves:
        from newcourse.pictures.formation_waves import require_tiles

        require_tiles(scenario.codes)


def _draw(outcome: "ScenarioOutcome", picture: Path | None, waves: Path | None, branch: str, country: str) -> None:
    from newcourse.pictures.scenario import scenario_bands, scenario_waves

    if picture:
        write_picture(scenario_bands(outcome, branch=branch, country=country), picture)
    if waves:
        write_picture(scenario_waves(outcome, branch=branch), waves)


def _tell(outcome: "ScenarioOutcome") -> None:
    say(outcome.title, "")
    if outcome.banner:
        say(outcome.banner, "")
    words = {each.role: each.title for each in outcome.ensembles}
    for question, found in outcome.answers().groupby("question", sort=False):
        rows = [
            (outcome.scenario.branch(row["branch"]).title, _whose(row["role"], words), *_band(row))
            for row in found.to_dict("records")
        ]
        columns = ("branch", "by", "5 %", "middle", "95 %")
        say(table(columns, rows, title=str(question), right=(2, 3, 4)), "")
    say("What happened", bullets(f"{fact.year:g}: {fact.text}" for fact in outcome.scenario.facts), "")
    runs = outcome.ensembles[0].populations.shape[0]
    methods = {each.method: each.error for each in reversed(outcome.ensembles) if isfinite(each.error)}
    draws = "1 draw" if runs == 1 else f"{runs} draws"
    say(f"{draws} of what is not known, seed {outcome.seed}. Engines, with the largest error each knows of:")
    say(bullets(f"{method}: {error:.1e}" for method, error in methods.items()))
    unmeasured = {each.method for each in outcome.ensembles} - set(methods)
    if unmeasured:
        say("The error is measured on the first draw of the first branch; for others it is not known.")


def _whose(role: str, words: dict[str, str]) -> str:
    return {"model": "the hypotheses", "rival": f"rival: {words[role]}"}.get(role, f"critics: {words[role]}")


def _band(row: dict[Any, Any]) -> tuple[str, str, str]:
    return f"{row['low']:.1%}", f"{row['median']:.1%}", f"{row['high']:.1%}"


def _data(outcome: "ScenarioOutcome") -> dict[str, Any]:
    return {
        "title": outcome.title, "banner": outcome.banner, "seed": outcome.seed,
        "ensembles": [
            {"branch": e.branch, "by": e.role, "title": e.title, "method": e.method, "error": e.error,
             "quantum_like": e.quantum_like, "draws": len(e.populations)}
            for e in outcome.ensembles
        ],
        "answers": _rows(outcome.answers()), "differences": _rows(outcome.differences()),
    }  # fmt: skip


def _whole(outcome: "ScenarioOutcome") -> dict[str, Any]:
    """Return everything that pages show of a run: the answers, and the bands and waves of every branch."""
    from newcourse.pictures.scenario import bands_table, waves_table

    scenario = outcome.scenario
    branches = [branch.name for branch in scenario.branches]
    bands = [
        {"branch": branch, "country": country, **row}
        for branch in branches
        for country in ("", *scenario.codes)
        for row in _rows(bands_table(outcome, branch, country))
    ]
    waves = [{"branch": branch, **row} for branch in branches for row in _rows(waves_table(outcome, branch))]
    return {"format": FORMAT, "scenario": scenario.name, **_data(outcome), "bands": bands, "waves": waves}


def _rows(frame: "pd.DataFrame") -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
