"""``newcourse market mix``: a plan that agrees with how households and producers answer it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, EconomyPath
from newcourse.cli.output import give, say, table
from newcourse.cli.progress import progress
from newcourse.cli.reading import economy_at, json_at
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from newcourse.economy.economy import Economy
    from newcourse.plan.market.levers import Levers
    from newcourse.plan.market.mixing import MixedPlan


@answering
def mix(
    path: EconomyPath,
    buy: Annotated[list[str], typer.Option(help="Group of needs that households meet by buying. Several times.")],
    private: Annotated[list[str] | None, typer.Option(help="Code of a process to take as private.")] = None,
    cooperative: Annotated[
        list[str] | None, typer.Option("--co-operative", help="Code of a process to take as co-operative.")
    ] = None,
    levers: Annotated[
        Path | None, typer.Option(help="JSON file with levers: prices, credit, reserves, capacity, costs, …")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a plan of one period that agrees with how households and private and co-operative producers answer it.

    ```
    newcourse market mix sweden --buy Food --private A --co-operative C10
    newcourse market mix sweden --buy Food --private A --levers levers.json
    ```
    """
    from newcourse.plan.market.beside import Served
    from newcourse.plan.market.mixing import mix_plan
    from newcourse.plan.names import Names

    economy = _with_sectors(economy_at(path), {"private": private or [], "co-operative": cooperative or []})
    set_to = _levers(levers)
    with progress("Plan and market") as tell:
        found = mix_plan(economy, served=Served(tuple(buy)), levers=set_to, on_progress=tell)
    if as_json:
        give(_data(found))
        return
    say(found.words(), "")
    names = Names(found.plan.economy)
    keys = ("product", "place", "base price", "price", "bought", "sold by the plan, net", "made privately, net")
    rows = [
        (names.product(good["product"]), names.place(good["place"]), *(_cell(good[key]) for key in keys[2:]))
        for good in found.goods()
    ]
    say(table(keys, rows))


def _cell(value: str | float) -> str:
    from newcourse.plan.sentences import number

    return value if isinstance(value, str) else number(value)


def _with_sectors(economy: "Economy", sectors: dict[str, list[str]]) -> "Economy":
    processes = economy["processes"].copy()
    known = set(processes["process"])
    faults = [
        Fault("process-unknown", f"--{sector} {code}", repr(code), "the code of a process", "see the table processes")
        for sector, codes in sectors.items()
        for code in codes
        if code not in known
    ]
    if faults:
        raise BadInput(faults)
    for sector, codes in sectors.items():
        processes.loc[processes["process"].isin(codes), "sector"] = sector
    return economy.replace(processes=processes)


def _levers(path: Path | None) -> "Levers | None":
    from newcourse.plan.market.levers import Levers

    if path is None:
        return None
    data = json_at(path)
    if not isinstance(data, dict):
        raise BadInput(Fault("levers-unreadable", str(path), "no mapping", "a mapping of levers", "correct the file"))
    try:
        return Levers.from_data(data)
    except (TypeError, ValueError, AttributeError) as error:
        raise BadInput(
            Fault("levers-unreadable", str(path), str(error), "numbers by product, group or producer", "correct it")
        ) from None


def _data(found: "MixedPlan") -> dict[str, Any]:
    return {
        "certified": found.certified,
        "rounds": found.rounds,
        "words": found.words(),
        "levers": found.state.levers.to_data(),
        "goods": list(found.goods()),
        "budget": dict(found.state.flows.budget),
        "certificate": found.state.certificate.as_data(),
        "differences": dict(found.differences),
    }
