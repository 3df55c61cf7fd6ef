"""``newcourse lab scenarios``: the scenarios that come with the program, and what each rests on."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import bullets, give, say, table

if TYPE_CHECKING:
    from newcourse.formations.scenario import FormationScenario


@answering
def scenarios(
    scenario: Annotated[
        str | None, typer.Argument(metavar="[SCENARIO]", help="Only this one, with everything it rests on.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the scenarios there are, or what one of them holds to be so and where each number is from.

    ```
    newcourse lab scenarios
    newcourse lab scenarios russia-1917
    ```
    """
    from newcourse.sources.formations.scenario_files import read_scenario, scenario_names

    chosen = [read_scenario(name) for name in ([scenario] if scenario else scenario_names())]
    if as_json:
        give([_data(each) for each in chosen])
    elif scenario:
        _tell(chosen[0])
    else:
        rows = [(s.name, f"{s.first:g}–{s.until:g}", s.title, ", ".join(s.model.model(s.space).codes)) for s in chosen]
        say(table(("scenario", "years", "title", "hypotheses"), rows, whole=(0, 1)))


def _tell(one: "FormationScenario") -> None:
    say(one.conditions, "", one.summary, "")
    if banner := _banner(one):
        say(f"{banner[0].upper()}{banner[1:]}.", "")
    branches = [
        (branch.name, branch.title, "; ".join(i.title for i in branch.interventions)) for branch in one.branches
    ]
    say(table(("branch", "what happens", "interventions"), branches, whole=(0,)), "")
    for recipe in (one.model, one.rival):
        rows = [(name, *_stated(number)) for name, number in recipe.values.items()]
        title = f"{recipe.name}: {recipe.reason}"
        say(table(("parameter", "value", "range", "label", "source"), rows, title=title, right=(1,)), "")
    say("What happened", bullets(f"{fact.year:g}: {fact.text} ({fact.source})" for fact in one.facts))


def _banner(one: "FormationScenario") -> str:
    from newcourse.formations.banner import BANNER
    from newcourse.formations.quantum_like import quantum_like_scenario

    return BANNER if quantum_like_scenario(one) else ""


def _stated(number: Any) -> tuple[str, str, str, str]:
    return f"{number.value:g}", f"{number.low:g} to {number.high:g}", number.label, number.source


def _data(one: "FormationScenario") -> dict[str, Any]:
    return {
        "name": one.name, "title": one.title, "conditions": one.conditions, "summary": one.summary,
        "banner": _banner(one),
        "years": [one.first, one.until], "countries": one.countries,
        "branches": [{"name": each.name, "title": each.title} for each in one.branches],
        "models": {
            role: {name: dict(zip(("value", "range", "label", "source"), _stated(number), strict=True))
                   for name, number in recipe.values.items()}
            for role, recipe in (("model", one.model), ("rival", one.rival))
        },
        "readings": one.readings, "questions": [asked.title for asked in one.asked],
    }  # fmt: skip
