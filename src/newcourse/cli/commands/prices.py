"""``newcourse prices``: what households would pay for what a plan delivers, and what that says for the next one."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newcourse.cli.files import write_data
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, PlanPath
from newcourse.cli.output import give, say, table
from newcourse.cli.plan_file import plan_at
from newcourse.cli.progress import progress
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 12


@answering
def prices(
    path: PlanPath,
    rounds: Annotated[int, typer.Option(min=1, help="Most rounds of planning, selling and correcting.")] = 40,
    gain: Annotated[float, typer.Option(help="Power of price over cost by which what is wanted is corrected.")] = 0.3,
    frisch: Annotated[
        float, typer.Option(help="Frisch's parameter of the buyers: -2 for a middle income, -10 for the poorest.")
    ] = -2.0,
    tolerance: Annotated[float, typer.Option(min=0.0, help="Part at which it ends: what could be got more.")] = 1e-3,
    taste: Annotated[
        list[str] | None,
        typer.Option(metavar="NEED=TIMES", help="A need wanted so many times as much as now. May be given again."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the next plan's targets as structured changes.")
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help="Show every need that is sold.")] = False,
    as_json: AsJson = False,
) -> None:
    """Sell at clearing prices what a plan delivers to households, and let price over cost steer what is wanted next.

    Each round plans one period with all other needs kept, sells what it delivers at prices without queues and without
    leftovers, and asks for more of what buyers value above its cost. How buyers answer prices is assumed: see --frisch.

    ```
    newcourse prices sweden
    newcourse prices plan.json --taste households:C10=1.2 --rounds 20
    newcourse prices plan.json --out next.json   # then: newcourse cost plan.json next.json
    ```
    """
    from newcourse.pictures.prices import prices_table, rounds_table
    from newcourse.plan.market.shops import CAREFUL, check_by_demand, next_targets

    if out is not None and out.exists():
        raise BadInput(Fault("path-taken", str(out), "something is already there", "a new file", "give another path"))
    tastes = _tastes(taste or [])
    manner = replace(CAREFUL, rounds=rounds, gain=gain, tolerance=tolerance)
    plan = plan_at(path)
    with progress("Check by demand") as tell:
        found = check_by_demand(plan, manner, frisch=frisch, tastes=tastes, on_progress=tell)
    changes = [change.to_data() for change in next_targets(plan.economy, found)]
    if out is not None:
        write_data(changes, out)
    if as_json:
        give({**found.to_data(), "next": changes})
        return
    whole = prices_table(plan, found)
    shown = whole if show_all else whole.head(SHOWN)
    say(found.words(), "", _needs(shown, len(whole) - len(shown)), "", _rounds(rounds_table(found)))
    if out is not None:
        say("", f"The next plan's targets are written to {out}.")


def _needs(shown: "pd.DataFrame", left: int) -> Any:
    rows = [
        [
            row["name"],
            _ratio(row["first ratio"]),
            _ratio(row["last ratio"]),
            f"{row['price']:.2f}",
            f"{row['change']:+.1%}",
        ]
        for row in shown.to_dict("records")
    ]
    columns = ("need", "first", "last", "price", "delivered")
    title = "Price over cost in the first and last round; last price beside the base year's; change of deliveries"
    title += f" ({left} more with --all)" if left else ""
    return table(columns, rows, title=title, right=range(1, 5))


def _rounds(made: "pd.DataFrame") -> Any:
    rows = [
        [f"{row['round']:.0f}", f"{row['gap']:.2%}", _ratio(row["smallest"]), _ratio(row["largest"])]
        for row in made.to_dict("records")
    ]
    columns = ("round", "could have got more", "least price over cost", "largest")
    return table(columns, rows, title="Round by round", right=range(4))


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value < float("inf") else "∞"


def _tastes(given: list[str]) -> dict[str, float]:
    tastes, faults = {}, []
    for text in given:
        code, _, times = text.rpartition("=")
        try:
            tastes[code] = float(times)
        except ValueError:
            faults.append(Fault("taste", f"--taste {text}", repr(times), "NEED=TIMES, such as bread=1.2", "correct it"))
    if faults:
        raise BadInput(faults)
    return tastes
