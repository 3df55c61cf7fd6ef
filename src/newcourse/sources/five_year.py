"""Plans in kind of the older programs (flows, capital, depreciation, targets with labour) as an economy and a schedule.

Each column of the flows is an industry that makes one product. What it used per unit of output is its technique; the
stock it holds per unit of output is its capacity; a part of that stock wears out each year, so it serves one over that
part of years. What the years ask for, and the labour they have, is the schedule of
:mod:`newcourse.plan.fulfilment`, which plans it as those programs did.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from newcourse.economy.economy import About, Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.fulfilment import Schedule
from newcourse.sources.concordance import Concordance
from newcourse.sources.five_year_tables import FourTables, read_four_tables
from newcourse.sources.mrio import Bilateral
from newcourse.sources.tidy import CONSUMPTION, long

PLACE: Final = "ALL"
_LABOUR: Final = "labour"


@dataclass(frozen=True, eq=False)
class FiveYear:
    """A plan in kind as read: the economy of its base year, and what its years ask for.

    Parameters
    ----------
    economy
        Techniques, stocks, the first year's targets as needs and its labour as supply.
    schedule
        Targets and labour of every year, exactly as they stand in the file.
    """

    economy: Economy
    schedule: Schedule


def read_five_year(
    path: str | Path, year: int | None = None, concordance: Concordance | None = None, mode: Bilateral = "routes"
) -> Economy:
    """Return the economy of a folder with four tables; between first and last year its needs grow at an even pace.

    Raises
    ------
    BadInput
        With everything that is wrong with the files, or if a concordance is given: the tables are in kind, and unlike
        things cannot be added up.
    """
    del mode  # one place: nothing is bilateral
    if concordance is not None:
        found = "a concordance"
        raise BadInput(
            Fault("option-unknown", f"source five-year, {path}", found, "no concordance: it is in kind", "omit it")
        )
    return read_five_year_plan(path, year).economy


def read_five_year_plan(path: str | Path, year: int | None = None) -> FiveYear:
    """Return the economy and the schedule of a folder with four tables.

    Parameters
    ----------
    path
        Folder with one ``.csv`` file each with ``flow``, ``cap``, ``dep`` and ``targ`` in its name.
    year
        The base year; the first year planned is the one after it. 0 if left out.

    Raises
    ------
    BadInput
        With everything that is wrong with the files at once.
    """
    folder = Path(path)
    tables = read_four_tables(folder)
    economy = _economy(tables, folder.name, year or 0)
    asked = list(economy["needs"]["product"])
    schedule = Schedule(tables.targets[asked].to_numpy(), tables.labour_supply.to_numpy()[:, None])
    return FiveYear(economy, schedule)


def _economy(tables: FourTables, name: str, year: int) -> Economy:
    output = tables.output[tables.output > 0]
    running = list(output.index)
    used = (tables.flows[running] / output).rename_axis(index="product", columns="process")
    final = tables.output - tables.flows.sum(axis=1)
    held = long(tables.capital[running], ("product", "process"))
    held["stock"] = held["process"] + ":" + held["product"]
    return Economy(
        About(
            name=f"five-year-{name.lower()}",
            title=f"Plan in kind, {name}",
            currency="money",
            year=year,
            source="four tables of a plan in kind (flows, capital, depreciation, targets)",
            terms="those of the tables' author",
            description="Quantities are in each product's own unit; the price of a unit is the labour it contains.",
            residuals=_residuals(final),
        ),
        {
            "places": pd.DataFrame({"place": [PLACE], "name": ["the whole economy"], "level": ["federation"]}),
            "products": _products(tables, used, running),
            "processes": pd.DataFrame(
                {"process": running, "name": running, "place": PLACE, "unit": "piece", "base": output.to_numpy()}
            ),
            "outputs": pd.DataFrame({"process": running, "place": PLACE, "product": running, "quantity": 1.0}),
            "inputs": long(used, ("product", "process")).assign(place=PLACE),
            "factors": pd.DataFrame({"factor": [_LABOUR], "name": [_LABOUR], "unit": ["hour"]}),
            "factor_use": pd.DataFrame(
                {"process": running, "factor": _LABOUR, "quantity": (tables.labour[running] / output).to_numpy()}
            ),
            "factor_supply": pd.DataFrame(
                {
                    "place": [PLACE],
                    "factor": [_LABOUR],
                    "quantity": [tables.labour_supply.iloc[0]],
                    "growth": [_pace(tables.labour_supply)[1]],
                }
            ),
            "stocks": _stocks(tables, held),
            "stock_use": held.assign(quantity=held["quantity"] / output.reindex(held["process"]).to_numpy())[
                ["process", "stock", "quantity"]
            ],
            "needs": _needs(tables.targets),
            "final_uses": pd.DataFrame(
                {"category": "final use", "place": PLACE, "product": final.index, "quantity": final.to_numpy()}
            )[(final != 0).to_numpy()],
            "assumptions": _assumptions(tables),
        },
    )


def _products(tables: FourTables, used: pd.DataFrame, running: list[str]) -> pd.DataFrame:
    """Return the products; the price of each is the labour a unit contains: v = l + v A (Leontief)."""
    A = used.loc[running].to_numpy()
    values = None
    if np.abs(np.linalg.eigvals(A)).max(initial=0.0) < 1:
        direct = (tables.labour[running] / tables.output[running]).to_numpy()
        values = np.linalg.solve(np.eye(len(A)) - A.T, direct)
    if values is None:
        raise BadInput(
            Fault(
                "techniques-unproductive",
                "flows",
                "industries that together use up more than they make, directly and indirectly",
                "something left over when each product is made",
                "correct the flows or the row output",
            )
        )
    price = pd.Series(values, index=running).reindex(tables.products).fillna(0.0)
    names = list(tables.products)
    return pd.DataFrame({"product": names, "name": names, "unit": "piece", "group": CONSUMPTION}).assign(
        price=price.to_numpy()
    )


def _stocks(tables: FourTables, held: pd.DataFrame) -> pd.DataFrame:
    rows, columns = (tables.depreciation.index.get_indexer(pd.Index(held[name])) for name in ("product", "process"))
    wear = tables.depreciation.to_numpy(dtype=float)[rows, columns]
    life = np.divide(1.0, wear, out=np.full(len(wear), np.inf), where=wear > 0)
    return pd.DataFrame(
        {
            "stock": held["stock"],
            "name": held["product"] + " held by " + held["process"],
            "place": PLACE,
            "product": held["product"],
            "holder": held["process"],
            "quantity": held["quantity"],
            "life": life,
            "gestation": 1,
        }
    )


def _needs(targets: pd.DataFrame) -> pd.DataFrame:
    asked = [product for product in targets if targets[product].any()]
    paces = [_pace(targets[product]) for product in asked]
    return pd.DataFrame(
        {
            "need": asked,
            "name": asked,
            "place": PLACE,
            "product": asked,
            "minimum": 0.0,
            "target": [start for start, _ in paces],
            "growth": [growth for _, growth in paces],
        }
    )


def _pace(series: pd.Series) -> tuple[float, float]:
    """Return the first value of a series and the even pace that leads to its last; no pace from or to nothing."""
    first, last = float(series.iloc[0]), float(series.iloc[-1])
    if first <= 0 or last <= 0 or len(series) == 1:
        return (first if first > 0 else float(series.max())), 0.0
    return first, float((last / first) ** (1 / (len(series) - 1)) - 1)


def _assumptions(tables: FourTables) -> pd.DataFrame:
    """Return what was taken for granted; among it how far the even paces are from the years' own figures."""
    rows = [
        ("units", "assumed", "The tables name no units: a unit of any product is called a piece, of labour an hour."),
        ("prices", "literature", "Prices are the labour a unit contains, directly and in its inputs, without wear."),
        ("capacity", "assumed", "In the base year every industry used its stock in full."),
    ]
    whole = tables.targets.assign(**{_LABOUR: tables.labour_supply})
    off = 0.0
    for name in whole:
        start, growth = _pace(whole[name])
        even = start * (1 + growth) ** np.arange(len(whole))
        off = max(off, float(np.abs(even - whole[name]).max() / max(whole[name].max(), 1e-300)))
    if off > 1e-12:
        text = f"Needs and labour grow evenly from the first year to the last; a year is off by {off:.2%} at most."
        rows.append(("paces", "assumed", text))
    return pd.DataFrame(rows, columns=["assumption", "kind", "text"])


def _residuals(final: pd.Series) -> str:
    short = final[final < 0]
    listing = ", ".join(f"{name} by {-value:.6g}" for name, value in short.items())
    return f"the base year uses more than it makes of: {listing}" if len(short) else ""
