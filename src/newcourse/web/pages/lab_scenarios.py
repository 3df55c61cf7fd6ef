"""A scenario of the laboratory: what it is conditional on, every number with its label, and a run if there is one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newcourse.formations.banner import BANNER
from newcourse.formations.interventions import Intervention
from newcourse.formations.labelled import Labelled
from newcourse.formations.quantum_like import quantum_like_scenario
from newcourse.formations.readings import READINGS
from newcourse.formations.scenario import FormationScenario
from newcourse.formations.scenario_parts import Beginning, Branch, Circumstance, Recipe
from newcourse.sources.formations.scenario_files import read_scenario, scenario_names
from newcourse.web.lab_shown import LabRunFacts, run_facts
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.table import Headings, Link, Table, table


@dataclass(frozen=True, slots=True)
class LabBranchFacts:
    """One way things may go, with what is done."""

    name: str
    title: str
    interventions: Table | None
    beginnings: Table | None


@dataclass(frozen=True, slots=True)
class LabModelFacts:
    """A model of a scenario: the hypotheses, or their best classical rival."""

    role: str
    name: str
    reason: str
    hypotheses: tuple[Link, ...]
    values: Table
    interventions: Table | None


@dataclass(frozen=True, slots=True)
class CriticFacts:
    """How critics read the same events."""

    name: str
    title: str
    claim: str
    sources: tuple[str, ...]
    counter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabScenarioFacts:
    """Facts of the page of a scenario."""

    name: str
    title: str
    conditions: str
    summary: str
    banner: str
    years: str
    branches: tuple[LabBranchFacts, ...]
    models: tuple[LabModelFacts, ...]
    beginnings: Table
    circumstances: Table
    letters: str
    questions: tuple[str, ...]
    facts: Table
    critics: tuple[CriticFacts, ...]
    run: LabRunFacts | None


def lab_scenario(site: Site, name: str, branch: str = "", country: str = "") -> LabScenarioFacts:
    """Return all a scenario rests on, and what came of it where the server was given a run.

    Parameters
    ----------
    site
        Holds the results.
    name
        Of a scenario that comes with New Course.
    branch
        Branch whose bands and map are shown; the first if left out.
    country
        Code of the country whose bands are shown; the mean of all if left out.
    """
    one = read_scenario(name if name in scenario_names() else f"no scenario {name}")
    found = site.lab.runs.get(name)
    return LabScenarioFacts(
        name=name,
        title=one.title,
        conditions=one.conditions,
        summary=one.summary,
        banner=BANNER if quantum_like_scenario(one) else "",
        years=f"{one.first:g}–{one.until:g}",
        branches=tuple(_branch(one, each) for each in one.branches),
        models=(_model("model", one.model), _model("rival", one.rival)),
        beginnings=_beginnings(one, "Where the countries begin", one.beginnings),
        circumstances=_circumstances(one),
        letters=", ".join(f"{code} {title}" for code, title in one.countries.items()),
        questions=tuple(asked.title for asked in one.asked),
        facts=_happened(one),
        critics=tuple(_critic(each) for each in one.readings),
        run=run_facts(found, one, branch, country) if found else None,
    )


def _branch(one: FormationScenario, branch: Branch) -> LabBranchFacts:
    begun = _beginnings(one, "Begins otherwise", branch.beginnings) if branch.beginnings else None
    return LabBranchFacts(branch.name, branch.title, _interventions(branch.interventions), begun)


def _model(role: str, recipe: Recipe) -> LabModelFacts:
    meanings = {p.name: p for each in recipe.hypotheses for p in each.parameters}
    rows = [
        (f"{meanings[name].meaning} ({meanings[name].symbol})", *_stated(number), meanings[name].unit, number.label,
         number.source or "–")
        for name, number in recipe.values.items()
    ]  # fmt: skip
    columns: Headings = [("number", "text"), ("value", "number"), ("at least", "number"), ("at most", "number")]
    columns += [("unit", "text"), ("label", "words"), ("source", "text")]
    return LabModelFacts(
        role=role,
        name=recipe.name,
        reason=recipe.reason,
        hypotheses=tuple(Link(f"{h.code}: {h.title}", f"/lab/hypotheses/{h.code}") for h in recipe.hypotheses),
        values=table("Every number, with its label", columns, rows),
        interventions=_interventions(recipe.interventions),
    )


def _stated(number: Labelled) -> tuple[float, float, float]:
    return number.value, number.at(0), number.at(1)


def _interventions(given: tuple[Intervention, ...]) -> Table | None:
    if not given:
        return None
    rows = [
        (each.title, f"{each.first:g}–{each.until:g}", ", ".join(each.countries) or "all", "; ".join(_changes(each)),
         each.label, each.source or "–")
        for each in given
    ]  # fmt: skip
    columns: Headings = [("intervention", "text"), ("years", "text"), ("countries", "text"), ("changes", "text")]
    return table("Interventions", [*columns, ("label", "words"), ("source", "text")], rows)


def _changes(each: Intervention) -> Iterator[str]:
    for name, factor in {**each.moves, **each.weights}.items():
        yield f"{name} × {factor:g}"
    for name, shift in each.covariates.items():
        yield f"{name} {shift:+g}"


def _beginnings(one: FormationScenario, caption: str, given: Mapping[str, Beginning]) -> Table:
    rows = [
        (one.countries[code], _formations(one, each), "yes" if each.superposed else "no", each.label,
         each.source or "–")
        for code, each in given.items()
    ]  # fmt: skip
    columns: Headings = [("country", "text"), ("formation", "text"), ("superposed", "words")]
    return table(caption, [*columns, ("label", "words"), ("source", "text")], rows)


def _formations(one: FormationScenario, each: Beginning) -> str:
    parts = [(one.space.titles[code], chance) for code, chance in each.formations.items()]
    return "; ".join(title if chance == 1 else f"{title} {chance:g}" for title, chance in parts)


def _circumstances(one: FormationScenario) -> Table:
    rows = [
        (each.name, f"{each.first:g}–{each.until:g}", "; ".join(_values(each)), each.label, each.source or "–")
        for each in one.circumstances
    ]
    columns: Headings = [("circumstance", "text"), ("years", "text"), ("values", "text")]
    return table("What the countries are like", [*columns, ("label", "words"), ("source", "text")], rows)


def _values(each: Circumstance) -> Iterator[str]:
    for key, value in each.values.items():
        yield f"{key if isinstance(key, str) else ' → '.join(key)} {value:g}"


def _happened(one: FormationScenario) -> Table:
    columns: Headings = [("year", "text"), ("what happened", "text"), ("source", "text")]
    return table("What happened", columns, [(f"{fact.year:g}", fact.text, fact.source) for fact in one.facts])


def _critic(name: str) -> CriticFacts:
    one = READINGS[name]
    return CriticFacts(one.name, one.title, one.claim, one.sources, one.counter)


PAGE = Page(
    "lab_scenario",
    "/lab/scenarios/{name}",
    "A scenario: conditions, numbers with labels, critics, and a run where there is one",
    lab_scenario,
    "Laboratory",
)
