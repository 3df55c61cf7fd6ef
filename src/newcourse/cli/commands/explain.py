"""``newcourse explain``: why a plan misses what it misses, in words."""

from typing import Annotated, Any

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, PlanPath
from newcourse.cli.output import bullets, give, say
from newcourse.cli.plan_file import plan_at
from newcourse.cli.progress import progress
from newcourse.errors import BadInput, Fault

SHOWN = 5


@answering
def explain(
    path: PlanPath,
    need: Annotated[
        list[str] | None, typer.Option(help="Code of a need to explain. May be given several times.")
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help="Explain every shortfall and every limit reached.")] = False,
    reliefs: Annotated[
        int, typer.Option(min=0, help="For how many shortfalls, largest first, the cheapest relief is calculated.")
    ] = 3,
    as_json: AsJson = False,
) -> None:
    """Say why each need is not met in full, what holds the plan back, and what the cheapest relief would be.

    ```
    newcourse explain sweden
    newcourse explain plan.json --all --reliefs 10
    newcourse explain sweden --need public:Q86
    ```
    """
    from newcourse.plan import explain as explaining

    plan = plan_at(path)
    wanted = tuple(need or ())
    _require_needs(plan.economy["needs"]["need"].tolist(), wanted)
    with progress("Explaining") as tell:
        tell("shortfalls and reliefs", 0.2)
        found = explaining.explain(plan, reliefs=len(plan.needs) if wanted else reliefs)
    shortfalls = [s for s in found.shortfalls if not wanted or s.need in wanted]
    if as_json:
        give({"shortfalls": [s.as_data() for s in shortfalls], "bottlenecks": [b.as_data() for b in found.bottlenecks]})
        return
    _tell(
        shortfalls,
        "Every need asked about is met in full." if wanted else "Every need is met in full.",
        show_all or bool(wanted),
    )
    if not wanted:
        say("", "What holds the plan back, dearest first", "")
        _listed([b.words() for b in found.bottlenecks], show_all)


def _require_needs(known: list[str], wanted: tuple[str, ...]) -> None:
    unknown = [code for code in wanted if code not in known]
    if unknown:
        raise BadInput(
            Fault("need-unknown", f"--need {code}", repr(code), f"one of {', '.join(known[:6])}, …", "correct the code")
            for code in unknown
        )


def _tell(shortfalls: list[Any], none: str, show_all: bool) -> None:
    if not shortfalls:
        say(none)
        return
    say("What is not met in full, largest value first", "")
    _listed([shortfall.words() for shortfall in shortfalls], show_all)


def _listed(sentences: list[str], show_all: bool) -> None:
    shown = sentences if show_all else sentences[:SHOWN]
    say(bullets(shown))
    if len(shown) < len(sentences):
        say(f"… and {len(sentences) - len(shown)} more (--all)")
