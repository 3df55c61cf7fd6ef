"""``newcourse what-if``: what would have to be true for an aim to be reached."""

from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, PlanPath
from newcourse.cli.output import bullets, give, say
from newcourse.cli.plan_file import plan_at
from newcourse.cli.progress import progress
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newcourse.plan.whatif_aims import Aim
    from newcourse.plan.whatif_parameters import Parameter

_Several = list[str] | None
_Needs = Annotated[
    _Several, typer.Option(metavar="NEED[=QUANTITY]", help="This need is delivered, in full or so much of it.")
]
_Processes = Annotated[
    _Several, typer.Option(metavar="PROCESS", help="Ask about its productivity; several are asked about together.")
]
_Imports = Annotated[_Several, typer.Option(metavar="PRODUCT", help="Ask about the world price of its imports.")]
_Exports = Annotated[_Several, typer.Option(metavar="PRODUCT", help="Ask about the world price of its exports.")]


@answering
def what_if(
    path: PlanPath,
    deliver: _Needs = None,
    emit: Annotated[
        _Several, typer.Option("--emit-at-most", metavar="EMISSION=QUANTITY", help="No more is given off in a year.")
    ] = None,
    use: Annotated[
        _Several, typer.Option("--use-at-most", metavar="FACTOR=QUANTITY", help="No more is used in a year.")
    ] = None,
    meet: Annotated[
        _Several,
        typer.Option(metavar="[GROUP=]PART", help="Needs, or a group of them, are met to this part of 1."),
    ] = None,
    place: Annotated[str, typer.Option(help="Place for what is given off or used; the whole if left out.")] = "",
    year: Annotated[int | None, typer.Option(help="In this year; in every year if left out.")] = None,
    others: Annotated[
        bool, typer.Option("--at-the-cost-of-others", help="Other needs may be served less than in the plan.")
    ] = False,
    process: _Processes = None,
    import_price: _Imports = None,
    export_price: _Exports = None,
    as_json: AsJson = False,
) -> None:
    """Say what would have to be true for an aim to be reached: the least change of each thing by itself, and of all.

    Several aims have to be reached together. Limits are always asked about, heaviest first; techniques are those that
    make what is to be delivered, unless some are named.

        newcourse what-if sweden --deliver public:Q86
        newcourse what-if sweden --emit-at-most CO2=46000
        newcourse what-if sweden --meet 0.98 --import-price B --process C24
    """
    from newcourse.plan.ranges import valued
    from newcourse.plan.whatif import what_if as asked

    aims = [*_delivered(deliver, year), *_at_most(emit, use, place, year), *_met(meet, year)]
    parameters = _parameters(process, import_price, export_price)
    plan = plan_at(path)
    with progress("Asking") as tell:
        tell("what would have to be true", 0.3)
        found = asked(valued(plan), aims, parameters or None, kept=not others)
    if as_json:
        give(found.to_data())
        return
    verdict, *more = found.sentences()
    say(verdict)
    if more:
        say("", bullets(more))


def _delivered(given: _Several, year: int | None) -> "Iterable[Aim]":
    from newcourse.plan.whatif_aims import Delivered

    for text in given or ():
        need, equals, quantity = text.partition("=")
        yield Delivered(need, _number("--deliver", text, quantity) if equals else None, year)


def _at_most(emit: _Several, use: _Several, place: str, year: int | None) -> "Iterable[Aim]":
    from newcourse.plan.whatif_aims import AtMost

    for option, kind, given in (("--emit-at-most", "emissions", emit), ("--use-at-most", "factors", use)):
        for text in given or ():
            code, _, quantity = text.partition("=")
            yield AtMost(kind, code, _number(option, text, quantity), place, year)


def _met(given: _Several, year: int | None) -> "Iterable[Aim]":
    from newcourse.plan.whatif_aims import NeedsMet

    for text in given or ():
        group, _, part = text.rpartition("=")
        yield NeedsMet(_number("--meet", text, part), group, year)


def _parameters(process: _Several, imports: _Several, exports: _Several) -> "list[Parameter]":
    from newcourse.plan.whatif_parameters import Thrift, WorldPrice

    found: list[Parameter] = [Thrift(tuple(process))] if process else []
    found += [WorldPrice(product, "import") for product in imports or ()]
    return [*found, *(WorldPrice(product, "export") for product in exports or ())]


def _number(option: str, text: str, written: str) -> float:
    try:
        return float(written)
    except ValueError:
        expected = "a name, an equals sign and a number, or for --meet a number"
        raise BadInput(Fault("number-wrong", f"{option} {text}", repr(written), expected, "see --help")) from None
