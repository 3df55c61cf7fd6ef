"""``newcourse robust``: a plan that holds where harvests and supplies fall short, and what that costs."""

from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, EconomyPath, Guarantees, LimitSettings, Periods, Weights
from newcourse.cli.output import give, say, table
from newcourse.cli.progress import progress
from newcourse.cli.reading import economy_at, goal_from, limits_from, several
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from newcourse.plan.robust import Interval


@answering
def robust(
    folder: EconomyPath,
    less: Annotated[
        list[str],
        typer.Option(
            metavar="WHAT:CODE:CODE=PART",
            help="What may be less, by which part: output:PROCESS:PRODUCT=0.2 or supply:PLACE:FACTOR=0.05; an empty "
            "code stands for all. May be given several times.",
        ),
    ],
    budget: Annotated[
        list[float] | None,
        typer.Option(help="How many numbers of a balance may be at their worst at once. May be given several times."),
    ] = None,
    periods: Periods = 1,
    weights: Weights = None,
    guarantee: Guarantees = None,
    limits: LimitSettings = None,
    as_json: AsJson = False,
) -> None:
    """Say what it costs to plan so that the plan holds even where harvests or supplies fall short.

    For each budget the plan is made that holds in every case in which no more numbers of a balance, or of a limit, are
    at their worst at the same time; its price is the part of the goal that this caution takes.

        newcourse robust sweden --less output::A01=0.2 --less supply:SE:hours=0.02 --budget 1 --budget 2
    """
    from newcourse.plan.robust import BUDGETS, price_of_robustness

    economy = economy_at(folder)
    intervals = several(_interval, less, "--less")
    goal, within = goal_from(economy, weights, guarantee), limits_from(periods, limits)
    with progress("Planning with caution") as tell:
        found = price_of_robustness(economy, intervals, budget or BUDGETS, goal, within, on_progress=tell)
    if as_json:
        give({"currency": economy.about.currency, "prices": found.to_dict("records")})
        return
    rows = [
        [f"{row.budget:g}", f"{row.worth:,.0f}", f"{row.price:.3%}", f"{row.chance:.2%}"]
        for row in found.itertuples(index=False)
    ]
    columns = ["budget", f"needs met\n{economy.about.currency}", "price", "chance that the\nfullest row fails, at most"]
    say(table(columns, rows, title="The price of robustness", right=range(4)))


def _interval(text: str) -> "Interval":
    from newcourse.plan.robust import Interval

    tables = {"output": "outputs", "supply": "factor_supply"}
    what, _, part = text.partition("=")
    codes = what.split(":")
    try:
        return Interval(tables[codes[0]], (codes[1], codes[2]), float(part))
    except (KeyError, IndexError, ValueError):
        expected = "output:PROCESS:PRODUCT=PART or supply:PLACE:FACTOR=PART"
        raise BadInput(Fault("interval-malformed", "--less", text, expected, "correct it")) from None
