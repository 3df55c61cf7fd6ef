"""``newcourse trade``: make, buy or catch up, the terms of trade, and what the end of trade would cost."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, PlanPath
from newcourse.cli.output import bullets, give, say, table
from newcourse.cli.plan_file import plan_at, read_plan
from newcourse.cli.progress import progress
from newcourse.cli.reading import economy_at
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from newcourse.plan.comparative import ComparativeCoefficients
    from newcourse.plan.plan import Plan
    from newcourse.plan.trade.apart import Autarky
    from newcourse.plan.trade.series import TradeSeries


@answering
def trade(
    path: PlanPath,
    autarky: Annotated[
        bool, typer.Option("--autarky", help="Plan the same economy without trade, and say what is lost.")
    ] = False,
    steps: Annotated[
        list[float] | None,
        typer.Option(
            "--open",
            metavar="PART",
            help="Close trade step by step: a part that stays open. May be given several times.",
        ),
    ] = None,
    between_places: Annotated[
        bool, typer.Option(help="For --autarky: close the routes between places as well.")
    ] = False,
    labour: Annotated[
        bool, typer.Option("--labour", help="Compare labour alone, by the techniques of the base year, without a plan.")
    ] = False,
    quality: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PRODUCT=WEIGHT",
            help="For how many units bought one unit made at home serves, such as C29=0.8. May be given several times.",
        ),
    ] = None,
    interest: Annotated[float, typer.Option(help="Interest a period on capital that has yet to be built.")] = 0.0,
    period: Annotated[int | None, typer.Option(help="Which year; the first one planned if left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what to make, what to buy and where catching up would pay; or what the end of trade would cost.

    For each product: the cost of one more unit at home (labour, emissions, capital, imported inputs, at the plan's
    valuations) over the cost of getting it elsewhere.

        newcourse trade sweden
        newcourse trade plan.json --quality C29=0.8 --interest 0.04
        newcourse trade sweden --autarky --open 0.5 --open 0
        newcourse trade sweden --labour
    """
    weights = _weights(quality or ())
    if labour:
        _labour(path, as_json)
        return
    plan = plan_at(path)
    if autarky or steps or between_places:
        _autarky(plan, tuple(steps or (0.0,)), between_places, as_json)
    else:
        _compare(plan, path, (weights, interest, _year(plan, period)), as_json)


def _compare(plan: "Plan", path: Path, asked: tuple[dict[str, float], float, int], as_json: bool) -> None:
    from newcourse.plan.comparative import comparative_coefficients
    from newcourse.plan.trade.series import trade_series

    weights, interest, year = asked
    with progress("Comparing") as tell:
        found = comparative_coefficients(plan, quality=weights, interest=interest, on_progress=tell)
    series = trade_series(plan)
    if as_json:
        give({**found.as_data(), "series": series.as_data()})
        return
    if not found.rows:
        say("Nothing can be bought elsewhere: this economy imports nothing and has no routes between places.")
        return
    say(_coefficients(found, year), "")
    catching = found.verdicts(year)["catch up"]
    if catching:
        say("Where catching up would pay", "", bullets(row.words() for row in catching), "")
    say(_payments(series, found), "", _terms(series), "", f"Without trade? newcourse trade {path} --autarky")


def _labour(path: Path, as_json: bool) -> None:
    from newcourse.plan.sentences import number
    from newcourse.plan.trade.labour import labour_coefficients

    found = labour_coefficients(read_plan(path).economy if path.is_file() else economy_at(path))
    if as_json:
        give(found.as_data())
        return
    rows = [[r.name, number(r.coefficient), number(r.content), number(r.import_content), r.unit] for r in found.rows]
    title = f"{found.factor} ({found.unit}) in one more unit, and in the exports that pay for importing it"
    say(table(["product", "making/buying", "at home", "in exports", "unit"], rows, title=title, right=(1, 2, 3)))


def _autarky(plan: "Plan", steps: tuple[float, ...], between_places: bool, as_json: bool) -> None:
    from newcourse.cli.costing_tables import costing_table
    from newcourse.plan.autarky import autarky

    with progress("Closing trade") as tell:
        found = autarky(plan, steps=steps, between_places=between_places, on_progress=tell)
    if as_json:
        give(found.as_data())
        return
    say(found.words(), "", _path(found), "", costing_table(found.costing.groups, "group"))
    if len(found.costing.places) > 1:
        say("", costing_table(found.costing.places, "place"))
    missed = found.steps[-1].missed
    if missed:
        say("", "Minima that cannot be met", "", bullets(m.words() for m in missed[:10]))
        if len(missed) > 10:
            say(f"… and {len(missed) - 10} more (--json)")


def _weights(settings: tuple[str, ...] | list[str]) -> dict[str, float]:
    weights, faults = {}, []
    for setting in settings:
        product, _, text = setting.rpartition("=")
        try:
            weights[product] = float(text)
        except ValueError:
            product = ""
        if not product:
            expected = "PRODUCT=WEIGHT, such as C29=0.8"
            faults.append(Fault("setting-unreadable", "--quality", setting, expected, "correct it"))
    if faults:
        raise BadInput(faults)
    return weights


def _year(plan: "Plan", period: int | None) -> int:
    if period is None or period in plan.periods:
        return plan.periods[0] if period is None else period
    years = ", ".join(map(str, plan.periods))
    raise BadInput(Fault("period-unknown", "--period", str(period), f"one of {years}", "correct the year"))


def _coefficients(found: "ComparativeCoefficients", year: int) -> Table:
    from newcourse.plan.sentences import number

    many = len({row.place for row in found.rows}) > 1
    rows = [
        [
            f"{row.name} ({row.place_name})" if many else row.name,
            "–" if row.coefficient is None else number(row.coefficient),
            row.verdict,
            "–" if row.made is None else number(row.made.cost),
            number(row.bought.cost),
            *("–" if row.made is None else _part(row.made.of(kind), row.made.cost) for kind in _KINDS),
        ]
        for row in found.rows
        if row.period == year
    ]
    columns = ["product", "making/buying", "so", "at home", "elsewhere", *_KINDS.values()]
    title = f"Making over buying in {year}: costs of one more unit in {found.currency}, and of what the first consists"
    return table(columns, rows, title=title, right=(1, 3, 4, 5, 6, 7, 8), whole=(2,))


_KINDS = {"factor": "labour", "emission": "emissions", "capital": "capital", "exchange": "imports"}


def _part(worth: float, whole: float) -> str:
    return f"{worth / whole:.0%}".replace("-", "−") if whole > 0 else "–"


def _payments(series: "TradeSeries", found: "ComparativeCoefficients") -> Table:
    from newcourse.plan.sentences import number

    shown = ["imports", "exports", "balance", "reserves", "debt"]
    rows = [
        [str(row["place"]), str(row["period"]), *(number(row[name]) for name in shown),
         number(found.exchange[row["period"]])]
        for row in series.payments.to_dict("records")
    ]  # fmt: skip
    columns = ["account", "year", *shown, "one more is worth"]
    title = f"Means of payment, {series.currency}"
    return table(columns, rows, title=title, right=range(2, len(columns)))


def _terms(series: "TradeSeries") -> Table:
    names = ["exports fisher", "imports fisher", "terms laspeyres", "terms paasche", "terms fisher"]
    rows = [
        [str(int(row["period"])), *("–" if row[name] != row[name] else f"{row[name]:.3f}" for name in names)]
        for row in series.terms.to_dict("records")
    ]
    columns = ["year", "export prices", "import prices", "terms (Laspeyres)", "terms (Paasche)", "terms (Fisher)"]
    return table(columns, rows, title="Terms of trade, base year 1", right=range(1, 6))


def _path(found: "Autarky") -> Table:
    from newcourse.plan.sentences import number

    rows = [
        [f"{row['openness']:.0%}", number(row["met"]), f"{row['lost']:.1%}", f"{row['worst minimum']:.0%}",
         str(row["minima missed"])]
        for row in found.path().to_dict("records")
    ]  # fmt: skip
    columns = ["trade open", f"needs met, {found.costing.currency}", "lost", "worst minimum met to", "minima missed"]
    return table(columns, rows, right=range(1, 5))
