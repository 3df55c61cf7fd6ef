"""``newcourse lab hypotheses``: every hypothesis with its null, its sources and its critics."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import bullets, give, say, table

if TYPE_CHECKING:
    from newcourse.formations.hypotheses.hypothesis import Hypothesis


@answering
def hypotheses(
    code: Annotated[str | None, typer.Argument(metavar="[CODE]", help="Only this one, in full, such as H5.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the hypotheses on how formations move, each with what holds when it does not.

    They are claims to be tested, and contested; none is switched on unless a model or scenario says so.

    ```
    newcourse lab hypotheses
    newcourse lab hypotheses H5
    ```
    """
    from newcourse.formations.hypotheses.registry import HYPOTHESES, hypothesis

    chosen = [hypothesis(code)] if code else [make() for make in HYPOTHESES.values()]
    if as_json:
        give([_data(each) for each in chosen])
        return
    from newcourse.formations.banner import BANNER
    from newcourse.formations.quantum_like import quantum_like

    held = [each.code for each in chosen if quantum_like(each)]
    if held:
        say(f"{', '.join(held)}: {BANNER}.", "")
    if code:
        _tell(chosen[0])
    else:
        say(table(("code", "hypothesis", "when it does not hold"), [(h.code, h.title, h.null) for h in chosen]))


def _tell(one: "Hypothesis") -> None:
    say(f"{one.code}: {one.title}", "", one.claim, "", f"When it does not hold: {one.null}")
    for heading, sentences in (("Says so", one.sources), ("Against it", one.counter)):
        say("", heading, bullets(sentences))
    rows = [
        (p.name, p.symbol, f"{p.default:g}", f"{p.null:g}", f"{p.low:g} to {p.high:g}", p.unit, p.meaning)
        for p in one.parameters
    ]
    columns = ("parameter", "symbol", "usual (assumed)", "null", "bounds", "unit", "meaning")
    say("", table(columns, rows, right=(2, 3)))
    if one.indistinct:
        say("", "What data cannot tell", bullets(f"{each.what} ({each.where}): {each.why}" for each in one.indistinct))


def _data(one: "Hypothesis") -> dict[str, Any]:
    from dataclasses import asdict

    from newcourse.formations.banner import BANNER
    from newcourse.formations.quantum_like import quantum_like

    return {
        "banner": BANNER if quantum_like(one) else "",
        "code": one.code, "title": one.title, "claim": one.claim, "null": one.null, "sources": one.sources,
        "counter": one.counter, "parameters": [asdict(each) for each in one.parameters],
        "indistinct": [asdict(each) for each in one.indistinct],
    }  # fmt: skip
