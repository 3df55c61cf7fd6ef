"""``newcourse market scissors``: a worked case, its levers side by side."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newcourse.cli.files import require_picture_files, write_picture
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import bullets, give, say, table
from newcourse.cli.progress import progress
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from newcourse.plan.market.case import Case
    from newcourse.plan.market.outcomes import Checked, Compared

CasePath = Annotated[
    str, typer.Argument(metavar="CASE", help="A worked case: a case.json, its folder, or the name of an example.")
]


@answering
def scissors(
    case: CasePath = "scissors-1923",
    reading: Annotated[str, typer.Option(help="Show one reading only, by its code.")] = "",
    numbers: Annotated[bool, typer.Option("--numbers", help="List every number with its label and source.")] = False,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the levers side by side to this file, .svg or .png.")
    ] = None,
    series: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the scissors year by year to this file, .svg or .png.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a worked case: what each lever brings, under each reading of what happened.

    ```
    newcourse market scissors
    newcourse market scissors --reading short --picture levers.png
    newcourse market scissors --numbers
    ```
    """
    from newcourse.plan.market.outcomes import beside_published, compare_options
    from newcourse.sources.market_case import read_case

    require_picture_files(picture, series)
    found = read_case(case)
    chosen = [one for one in found.readings if reading in {"", one.name}]
    if not chosen:
        known = ", ".join(one.name for one in found.readings)
        raise BadInput(Fault("reading-unknown", "--reading", repr(reading), f"one of {known}", "correct the code"))
    with progress("Levers") as tell:
        compared = [compare_options(found, one, tell) for one in chosen]
    checked = [beside_published(found, one) for one in compared]
    for kind, out in (("levers", picture), ("scissors", series)):
        if out:
            _draw(kind, compared[0], out)
    if as_json:
        give(_data(found, compared, checked))
        return
    say(found.title, "", found.summary)
    if numbers:
        listed = [(n.name, f"{n.stated.value:g}", n.stated.label, n.meaning, n.stated.source) for n in found.numbers]
        say("", table(("number", "value", "label", "meaning", "source"), listed))
    for one, beside in zip(compared, checked, strict=True):
        _tell(found, one, beside)
    say("", "Views, and what is contested about each", "")
    say(bullets([f"{v['who']}: {v['holds']} Contested: {v['contested']}." for v in found.views]))


def _tell(case: "Case", compared: "Compared", checked: "tuple[Checked, ...]") -> None:
    say("", f"{compared.reading.title}. {compared.reading.words}", "")
    rows = [
        (
            result.title,
            f"{result.first.scissors:.2f}",
            f"{result.periods[-1].scissors:.2f}",
            f"{result.first.marketed:.1%}",
            f"{result.first.village:.0%}",
            f"{result.first.unsold:.0%}",
            f"{result.first.prices:.2f}",
        )
        for result in compared.results
    ]
    first, last = compared.results[0].periods[0].period, compared.results[0].periods[-1].period
    head = ("option", f"scissors {first}", f"scissors {last}", "farm output sold", "goods to the village", "unsold")
    say(table((*head, "prices"), rows))
    say("", "Part of income paid as tax, and what each group can buy beside the base year", "")
    groups = list(compared.results[0].first.real)
    by_group = [
        (r.title, *(f"{r.first.taxes[g]:.0%} / {r.first.real[g]:.0%}" for g in groups)) for r in compared.results
    ]
    say(table(("option", *(case.names[group] for group in groups)), by_group))
    say("", "Beside published figures", "")
    say(table(("figure", "published", "here"), [(c.what, f"{c.published:.2f}", f"{c.model:.2f}") for c in checked]))
    say("", compared.results[0].first.certified)


def _draw(kind: str, compared: "Compared", out: Path) -> None:
    from newcourse.pictures import market

    write_picture(market.levers(compared) if kind == "levers" else market.scissors(compared), out)


def _data(case: "Case", compared: "list[Compared]", checked: "list[tuple[Checked, ...]]") -> dict[str, Any]:
    return {
        "case": case.name,
        "title": case.title,
        "numbers": [{"number": n.name, "meaning": n.meaning, **asdict(n.stated)} for n in case.numbers],
        "readings": [
            {
                "reading": one.reading.name,
                "title": one.reading.title,
                "words": one.reading.words,
                "options": [asdict(result) for result in one.results],
                "sentences": list(one.words()),
                "published": [asdict(row) for row in beside],
            }
            for one, beside in zip(compared, checked, strict=True)
        ],
        "views": [dict(view) for view in case.views],
    }
