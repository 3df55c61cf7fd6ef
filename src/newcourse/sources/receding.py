"""Supply and use with targets, prices and trade by period, as programs with a receding horizon have them.

A folder of ``.csv`` files with a heading line and labels in the first column, named as the fields of the older
programs (``Economy`` and ``TargetEconomy`` of pablovegan/Economic-Planning; lokehagberg/rhp has the same):

* ``supply``, ``use_domestic`` and, where imports are apart, ``use_import``: products × sectors, of the base year;
* ``worked_hours``: sectors × one column;
* ``depreciation``: products × one column, the part of a surplus that is still there in the next period;
* ``prices_import`` and ``prices_export``: products × periods, even in their growth;
* ``domestic``, ``exports`` and, where there are any, ``imports``: what is aimed at, products × periods.

Those programs keep such tables as Python pickles, which can run whatever they like when they are read; they are not
read here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from newcourse.economy.economy import About, Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.course import Course
from newcourse.sources.concordance import Concordance
from newcourse.sources.five_year_tables import labelled_numbers
from newcourse.sources.mrio import Bilateral
from newcourse.sources.tidy import CONSUMPTION, listed, long

PLACE: Final = "ALL"
_NEEDED: Final = ("supply", "use_domestic", "worked_hours", "depreciation", "prices_import", "prices_export")
_AIMS: Final = ("domestic", "exports")
_OPTIONAL: Final = ("use_import", "imports")
_BY_SECTOR: Final = ("supply", "use_domestic", "use_import")
_HOURS: Final = "work"
_AXES: Final = ("product", "process")


@dataclass(frozen=True, eq=False)
class Receding:
    """What a folder holds: the economy of its base year and the course of its periods."""

    economy: Economy
    course: Course


def read_receding(
    path: str | Path, year: int | None = None, concordance: Concordance | None = None, mode: Bilateral = "routes"
) -> Economy:
    """Return the economy of a folder; its needs are the first period's targets.

    Raises
    ------
    BadInput
        With everything that is wrong with the files, or if a concordance is given.
    """
    del mode  # one place: nothing is bilateral
    if concordance is not None:
        found = "a concordance"
        raise BadInput(Fault("option-unknown", f"source receding, {path}", found, "no concordance", "omit it"))
    return read_receding_plan(path, year).economy


def read_receding_plan(path: str | Path, year: int | None = None) -> Receding:
    """Return the economy and the course of a folder.

    Parameters
    ----------
    path
        Folder with the files named above.
    year
        The base year; the first period is the one after it. 0 if left out.

    Raises
    ------
    BadInput
        With everything that is wrong with the files at once.
    """
    folder = Path(path)
    tables = _tables(folder)
    targets = tables["domestic"] + tables["imports"]
    economy = _economy(tables, targets, folder.name, year or 0)
    asked, traded = economy["needs"]["product"], economy["trade"]["product"]
    kept = tables["depreciation"].iloc[:, 0].reindex(economy.goods.get_level_values("product")).to_numpy(dtype=float)
    return Receding(
        economy, Course(targets.loc[list(asked)].T.to_numpy(), tables["exports"].loc[list(traded)].T.to_numpy(), kept)
    )


def _tables(folder: Path) -> dict[str, pd.DataFrame]:
    if not folder.is_dir():
        raise BadInput(Fault("folder-missing", str(folder), "no folder", "a folder of tables", "give its path"))
    names = [*_NEEDED, *_AIMS, *_OPTIONAL]
    there = [name for name in names if (folder / f"{name}.csv").is_file()]
    listed(
        Fault("file-missing", str(folder / f"{name}.csv"), _instead(folder), "the table", "write it as a .csv file")
        for name in names
        if name not in there and name not in _OPTIONAL
    )
    tables, faults = {}, []
    for name in there:
        tables[name], found = labelled_numbers(folder / f"{name}.csv")
        faults += found
    listed(faults)
    for name, like in (("use_import", "use_domestic"), ("imports", "domestic")):
        tables.setdefault(name, tables[like] * 0.0)
    listed(_label_faults(tables))
    products, sectors = tables["supply"].index, tables["supply"].columns
    made = {name: table.loc[products] for name, table in tables.items() if name != "worked_hours"}
    made = {name: table[sectors] if name in _BY_SECTOR else table for name, table in made.items()}
    made["worked_hours"] = tables["worked_hours"].loc[sectors]
    listed(_figure_faults(made))
    return made


def _instead(folder: Path) -> str:
    return "a pickle, which is not read" if list(folder.glob("*.pkl")) else "no such file"


def _label_faults(tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    products, sectors = set(tables["supply"].index), set(tables["supply"].columns)
    periods = len(tables["domestic"].columns)
    for name, table in tables.items():
        rows = sectors if name == "worked_hours" else products
        pairs = [("rows", set(table.index), rows)]
        pairs += [("columns", set(table.columns), sectors)] if name in _BY_SECTOR else []
        for axis, there, expected in pairs:
            for label in sorted(there ^ expected):
                code = "label-missing" if label in expected else "label-unknown"
                yield Fault(code, f"{name}.csv, {axis}", repr(label), "the labels of supply.csv", "correct them")
        if name in {"exports", "imports"} and len(table.columns) != periods:
            found = f"{len(table.columns)} periods"
            yield Fault("periods", f"{name}.csv", found, f"{periods}, as in domestic.csv", "give as many")
        if name in {"worked_hours", "depreciation"} and len(table.columns) != 1:
            found = f"{len(table.columns)} columns"
            yield Fault("periods", f"{name}.csv", found, "one column: the same in all periods", "leave one")


def _figure_faults(tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    kept = tables["depreciation"].iloc[:, 0]
    for product in kept.index[kept > 1]:
        yield Fault("kept", f"depreciation.csv, {product}", f"{kept[product]:g}", "a part of at most 1", "correct it")
    idle = tables["supply"].columns[tables["supply"].sum(axis=0) == 0]
    for sector in idle:
        yield Fault("output-nil", f"supply.csv, column {sector!r}", "no output", "something made", "leave it out")
    for name in ("prices_import", "prices_export"):
        for product, series in tables[name].iterrows():
            first, growth = _even(series.to_numpy(dtype=float))
            if not np.allclose(first * (1 + growth) ** np.arange(len(series)), series, rtol=1e-9):
                found = ", ".join(f"{price:g}" for price in series.iloc[:6])
                yield Fault("price-uneven", f"{name}.csv, {product}", found, "an even growth", "smooth the prices")


def _even(series: np.ndarray) -> tuple[float, float]:
    if len(series) < 2 or series[0] <= 0:
        return float(series[0]), 0.0
    return float(series[0]), float(series[1] / series[0] - 1)


def _economy(tables: Mapping[str, pd.DataFrame], targets: pd.DataFrame, name: str, year: int) -> Economy:
    return Economy(
        About(
            name=f"receding-{name.lower()}",
            title=f"Supply and use, {name}",
            currency="money",
            year=year,
            source="supply-use tables with targets and prices by period",
            terms="those of the tables' author",
            description="One unit of a sector's activity is its base year.",
        ),
        {
            "places": pd.DataFrame({"place": [PLACE], "name": ["the whole economy"], "level": ["federation"]}),
            **_making(tables),
            **_wanting(tables, targets),
            "assumptions": pd.DataFrame(
                {
                    "assumption": ["imports", "means"],
                    "kind": "assumed",
                    "text": [
                        "In the base year what the first period asks for beyond what was made was imported.",
                        "There are as many hours and as much credit as in the base year.",
                    ],
                }
            ),
        },
    )


def _making(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return products, sectors as processes with what they make, use and work, and ways of keeping goods."""
    supply, use = tables["supply"], tables["use_domestic"] + tables["use_import"]
    products, sectors = list(supply.index), list(supply.columns)
    made, used = (long(table.rename_axis(index="product", columns="process"), _AXES) for table in (supply, use))
    kept = tables["depreciation"].iloc[:, 0]
    lossy, keepers = _keepers(kept)
    hours = tables["worked_hours"].iloc[:, 0].to_numpy(dtype=float)
    processes = pd.DataFrame(
        {"process": sectors, "name": sectors, "place": PLACE, "unit": "index", "base": 1.0, "lead": 0}
    )
    return {
        "products": pd.DataFrame(
            {
                "product": products,
                "name": products,
                "unit": "money",
                "group": CONSUMPTION,
                "storable": (kept == 1).to_numpy(),
            }
        ),
        "processes": pd.concat([processes, keepers], ignore_index=True),
        "outputs": pd.concat([made, lossy]).assign(place=PLACE),
        "inputs": pd.concat([used, lossy.assign(quantity=1.0)]).assign(place=PLACE),
        "factors": pd.DataFrame({"factor": [_HOURS], "name": ["hours worked"], "unit": ["hour"]}),
        "factor_use": pd.DataFrame({"process": sectors, "factor": _HOURS, "quantity": hours}),
        "factor_supply": pd.DataFrame({"place": [PLACE], "factor": [_HOURS], "quantity": [hours.sum()]}),
    }


def _wanting(tables: Mapping[str, pd.DataFrame], targets: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return needs, final uses, trade and the account that pays for it."""
    products = targets.index
    net = (tables["supply"] - tables["use_domestic"] - tables["use_import"]).sum(axis=1)
    exports = tables["exports"].iloc[:, 0]
    imports = (targets.iloc[:, 0] + exports - net).clip(lower=0.0)
    final = net + imports - exports
    asked = products[(targets > 0).any(axis=1)]
    prices = {
        f"{way}_{part}": [_even(row)[number] for row in tables[f"prices_{way}"].to_numpy(dtype=float)]
        for way in ("import", "export")
        for number, part in enumerate(("price", "price_growth"))
    }
    return {
        "needs": pd.DataFrame(
            {
                "need": asked,
                "name": asked,
                "place": PLACE,
                "product": asked,
                "minimum": 0.0,
                "target": targets.loc[asked].iloc[:, 0].to_numpy(),
            }
        ),
        "final_uses": pd.DataFrame(
            {"category": "final use", "place": PLACE, "product": products, "quantity": final.to_numpy()}
        )[(final != 0).to_numpy()],
        "trade": pd.DataFrame(
            {"place": PLACE, "product": products, "imports": imports.array, "exports": exports.array, **prices}
        ),
        "accounts": pd.DataFrame({"place": [PLACE], "credit": [_deficit(imports, exports, prices)]}),
    }


def _deficit(imports: pd.Series, exports: pd.Series, prices: Mapping[str, list[float]]) -> float:
    """Return what imports cost more than exports earned in the base year."""
    return float(imports.to_numpy() @ prices["import_price"] - exports.to_numpy() @ prices["export_price"])


def _keepers(kept: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what keeping a good over a period leaves, and the processes that keep goods of which a part is lost."""
    lossy = kept[(kept > 0) & (kept < 1)]
    codes = [f"keep:{product}" for product in lossy.index]
    outputs = pd.DataFrame({"process": codes, "product": lossy.index, "quantity": lossy.to_numpy()})
    names = [f"keeping {product} for a period" for product in lossy.index]
    processes = pd.DataFrame({"process": codes, "name": names, "place": PLACE, "unit": "money", "base": 0.0, "lead": 1})
    return outputs, processes
