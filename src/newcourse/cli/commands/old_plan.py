"""``newcourse old-plan``: tables of older planning programs, planned as those programs did, with a certificate."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, TimeLimit, Year
from newcourse.cli.output import give, say, table
from newcourse.cli.progress import progress
from newcourse.errors import BadInput, Fault

_FORMATS = ("five-year", "receding")


class Aim(StrEnum):
    """What a plan by fulfilment is best in."""

    SUM = "sum"
    WORST_YEAR = "worst-year"


@answering
def old_plan(
    form: Annotated[str, typer.Argument(metavar="FORM", help="five-year or receding.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder with the tables.")],
    aim: Annotated[
        Aim, typer.Option(help="five-year: the largest sum over the years, or the best worst year first.")
    ] = Aim.SUM,
    periods: Annotated[int, typer.Option(min=1, help="receding: how many periods are carried out.")] = 1,
    horizon: Annotated[int, typer.Option(min=1, help="receding: how many periods each round looks ahead.")] = 3,
    revise: Annotated[int, typer.Option(min=1, help="receding: after how many it is planned again.")] = 1,
    activity_rate: Annotated[
        float | None, typer.Option(min=0.0, help="receding: part by which an activity may change in one period.")
    ] = None,
    year: Year = None,
    time_limit: TimeLimit = None,
    as_json: AsJson = False,
) -> None:
    """Plan the tables of an older program as it did.

    **five-year**: four tables in kind (flows, capital, depreciation, targets with labour); all targets of a year are
    met in the same proportion, and the sum of these over the years is largest. **receding**: supply and use with
    targets, prices and exports by period; the least hours and imports for a horizon, of which a part is carried out.

    ```
    newcourse old-plan five-year iron-and-bread
    newcourse old-plan receding spain --periods 4 --horizon 6 --revise 2
    ```
    """
    if form not in _FORMATS:
        raise BadInput(Fault("form-unknown", f"old-plan {form}", form, " or ".join(_FORMATS), "choose one"))
    with progress("Planning") as tell:
        if form == "five-year":
            found = _five_year(folder, year, aim, time_limit, tell)
        else:
            from newcourse.plan.receding import Sight, plan_receding
            from newcourse.sources.receding import read_receding_plan

            read = read_receding_plan(folder, year)
            sight = Sight(periods, horizon, revise, activity_rate)
            found = plan_receding(read.economy, read.course, sight, time_limit=time_limit, on_progress=tell)
    if as_json:
        give(found.to_data())
        return
    say(found.words(), "", *_tables(form, found), "", found.proofs[-1].sentence)


def _five_year(folder: Path, year: int | None, aim: Aim, time_limit: float | None, tell: Any) -> Any:
    from newcourse.plan.fulfilment import plan_fulfilment
    from newcourse.sources.five_year import read_five_year_plan

    read = read_five_year_plan(folder, year)
    return plan_fulfilment(
        read.economy,
        read.schedule,
        aim="sum" if aim is Aim.SUM else "worst year",
        time_limit=time_limit,
        on_progress=tell,
    )


def _tables(form: str, found: Any) -> list[Any]:
    made = found["activity"].pivot_table(index="process", columns="period", values="quantity", sort=False)
    columns = ["", *(str(period) for period in made.columns)]
    rows = [
        [str(code), *(f"{value:,.4g}" for value in row)] for code, row in zip(made.index, made.to_numpy(), strict=True)
    ]
    if form == "five-year":
        rows.append(["fulfilment", *(f"{part:.1%}" for part in found.fulfilment)])
        rows.append(["labour used", *(f"{used:,.4g}" for used in found["factors"]["used"])])
    else:
        rows.append(["hours worked", *(f"{hours:,.4g}" for hours in found["work"]["quantity"])])
        rows.append(["trade surplus so far", *(f"{owed:,.4g}" for owed in found["balance"]["quantity"])])
    return [table(columns, rows, title="Activity of each industry by period", right=range(1, len(columns)))]
