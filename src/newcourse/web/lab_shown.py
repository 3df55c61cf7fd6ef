"""What pages show of a run of the laboratory: answers, and pictures of one branch and country with their tables."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

import numpy as np
import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.formations.scenario import FormationScenario
from newcourse.pictures.formation_bands import formation_bands
from newcourse.pictures.formation_waves import formation_waves, require_tiles
from newcourse.pictures.look import Picture
from newcourse.pictures.scenario import how_of_bands, how_of_waves
from newcourse.sources.formations.scenario_files import read_scenario
from newcourse.web.lab_results import LabRun
from newcourse.web.shown import Shown
from newcourse.web.site import Site
from newcourse.web.table import Columns, Headings, Link, Table, frame_table, table

BETWEEN = "~"
"""Stands between the scenario, the number of the branch and the country in the key of a picture."""

YEARS = 5
"""Years that the table beside a picture of bands has, first and last among them; the file of results has all."""

ROLES = {"model": "the hypotheses", "rival": "best classical rival"}
"""What the models of a run are called; any other is a reading of critics."""


@dataclass(frozen=True, slots=True)
class LabReplyFacts:
    """What one model replies to a question: lower edge, middle and upper edge for each branch, none where not known."""

    by: str
    shares: tuple[tuple[float, float, float] | None, ...]


@dataclass(frozen=True, slots=True)
class LabAskedFacts:
    """A question, the branches it is asked of, and the reply of each model."""

    question: str
    branches: tuple[str, ...]
    replies: tuple[LabReplyFacts, ...]


@dataclass(frozen=True, slots=True)
class LabRunFacts:
    """What came of a scenario: always conditional, never one line."""

    title: str
    banner: str
    seed: int
    draws: int
    branch: str
    branch_title: str
    country: str
    shown: int
    branches: tuple[Link, ...]
    countries: tuple[Link, ...]
    bands: Shown
    waves: Shown | None
    asked: tuple[LabAskedFacts, ...]
    answers: Table
    differences: Table
    engines: Table


def run_facts(run: LabRun, one: FormationScenario, branch: str, country: str) -> LabRunFacts:
    """Return what a page shows of a run.

    Parameters
    ----------
    run, one
        The run and its scenario.
    branch, country
        What is drawn: the first branch and the mean of all countries where empty.

    Raises
    ------
    BadInput
        If the run has no such branch or country.
    """
    chosen = one.branch(branch or one.branches[0].name).name
    number = [each.name for each in one.branches].index(chosen)
    bands, waves = _bands(run, chosen, country), _waves(run, one, chosen)
    at = f"/pictures/lab/{quote(BETWEEN.join((run.scenario, str(number), country)), safe=BETWEEN)}"
    drawn = run.tables["ensembles"]["draws"]
    return LabRunFacts(
        title=run.title,
        banner=run.banner,
        seed=run.seed,
        draws=int(drawn.max()),
        branch=chosen,
        branch_title=one.branch(chosen).title,
        country=country,
        shown=["", *one.codes].index(country),
        branches=tuple(Link(each.title, _href(run, each.name, country)) for each in one.branches),
        countries=tuple(Link(name, _href(run, chosen, code)) for code, name in {"": "", **one.countries}.items()),
        bands=Shown(f"{at}/bands", "Bands of the probability of each formation over the years", _bands_table(bands)),
        waves=None if waves is None else Shown(f"{at}/waves", "Schematic maps of the likeliest formation",
                                               _waves_table(waves)),
        asked=tuple(_asked(one, run)),
        answers=_answers("Answers", one, run, "answers"),
        differences=_answers("Differences from the first branch, draw by draw", one, run, "differences"),
        engines=_engines(one, run),
    )  # fmt: skip


def lab_drawing(site: Site, key: str, what: str, width: int) -> tuple[str, Callable[[], Picture]]:
    """Return what names a picture of a run, and what draws it.

    Parameters
    ----------
    site
        Holds the results.
    key
        Scenario, number of the branch and code of the country, with ``~`` between them.
    what
        ``bands`` or ``waves``.
    width
        In pixels.

    Raises
    ------
    BadInput
        If there is no such picture.
    """
    name, number, country = (*key.split(BETWEEN), "", "", "")[:3]
    run = site.lab.runs.get(name)
    one = read_scenario(name) if run else None
    if run is None or one is None or not (number.isdecimal() and int(number) < len(one.branches)):
        raise _unknown(key)
    branch = one.branches[int(number)]
    if what == "bands":
        bands = _bands(run, branch.name, country)
        whose = one.countries[country] if country else "mean of " + ", ".join(one.countries.values())
        how = how_of_bands(branch.title, whose)
        return key, lambda: formation_bands(
            bands, title=run.title, how=how, quantum_like=bool(run.banner), width=width
        )  # fmt: skip
    waves = _waves(run, one, branch.name)
    if what != "waves" or waves is None:
        raise _unknown(key)
    how = how_of_waves(branch.title)
    return key, lambda: formation_waves(waves, title=run.title, how=how, quantum_like=bool(run.banner), width=width)


def _bands(run: LabRun, branch: str, country: str) -> pd.DataFrame:
    bands = run.tables["bands"]
    found = bands[(bands["branch"] == branch) & (bands["country"] == country)]
    if found.empty:
        raise _unknown(f"{run.scenario}, {branch}, {country or 'all countries'}")
    return found.reset_index(drop=True)


def _waves(run: LabRun, one: FormationScenario, branch: str) -> pd.DataFrame | None:
    """Return the waves of a branch; none where a country has no place on the map."""
    try:
        require_tiles(one.codes)
    except BadInput:
        return None
    waves = run.tables["waves"]
    found = waves[waves["branch"] == branch]
    return None if found.empty else found.reset_index(drop=True)


def _bands_table(bands: pd.DataFrame) -> Table:
    columns: Columns = {
        "model": ("model", "text"),
        "formation": ("formation", "words"),
        "year": ("year", "code"),
        "low": ("low (5\N{NO-BREAK SPACE}%)", "percent"),
        "middle": ("middle", "percent"),
        "high": ("high (95\N{NO-BREAK SPACE}%)", "percent"),
    }
    years = np.unique(bands["year"])
    told = years[np.linspace(0, len(years) - 1, min(YEARS, len(years))).round().astype(int)]
    some = bands[bands["year"].isin(told)]
    shown = some.assign(year=[f"{year:g}" for year in some["year"]])
    return frame_table("Probability of each formation in some years", shown, columns)


def _waves_table(waves: pd.DataFrame) -> Table:
    columns: Columns = {
        "title": ("country", "text"),
        "year": ("year", "code"),
        "formation": ("formation", "words"),
        "share": ("probability", "percent"),
    }
    shown = waves.assign(year=[f"{year:g}" for year in waves["year"]])
    return frame_table("Mean probability over the draws", shown, columns)


def _answers(caption: str, one: FormationScenario, run: LabRun, name: str) -> Table:
    titles = {each["by"]: each["title"] for each in run.tables["ensembles"].to_dict("records")}
    rows = [
        (row["question"], one.branch(row["branch"]).title, _by(row["role"], titles), row["low"], row["median"],
         row["high"])
        for row in run.tables[name].to_dict("records")
    ]  # fmt: skip
    columns: Headings = [
        ("question", "text"),
        ("branch", "text"),
        ("by", "text"),
        ("low (5\N{NO-BREAK SPACE}%)", "percent"),
    ]
    return table(caption, [*columns, ("middle", "percent"), ("high (95\N{NO-BREAK SPACE}%)", "percent")], rows)


def _asked(one: FormationScenario, run: LabRun) -> Iterator[LabAskedFacts]:
    titles = {each["by"]: each["title"] for each in run.tables["ensembles"].to_dict("records")}
    for question, found in run.tables["answers"].groupby("question", sort=False):
        rows = found.to_dict("records")
        shares = {(row["role"], row["branch"]): (row["low"], row["median"], row["high"]) for row in rows}
        branches = [branch for branch in one.branches if branch.name in set(found["branch"])]
        replies = [
            LabReplyFacts(_by(role, titles), tuple(shares.get((role, branch.name)) for branch in branches))
            for role in dict.fromkeys(found["role"])
        ]
        yield LabAskedFacts(str(question), tuple(branch.title for branch in branches), tuple(replies))


def _by(role: str, titles: dict[str, str]) -> str:
    return f"{ROLES.get(role, 'critics')}: {titles.get(role, role)}"


def _engines(one: FormationScenario, run: LabRun) -> Table:
    rows = [
        (_by(each["by"], {each["by"]: each["title"]}), one.branch(each["branch"]).title, each["method"])
        for each in run.tables["ensembles"].to_dict("records")
    ]
    return table("How it was computed", [("by", "text"), ("branch", "text"), ("engine", "text")], rows)


def _href(run: LabRun, branch: str, country: str) -> str:
    asked = f"?branch={quote(branch, safe='')}" + (f"&country={quote(country, safe='')}" if country else "")
    return f"/lab/scenarios/{run.scenario}{asked}"


def _unknown(found: str) -> BadInput:
    return BadInput(Fault("lab-run-part", "run", found, "a branch and a country of the run", "follow a link"))
