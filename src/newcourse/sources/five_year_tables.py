"""The four tables of a plan in kind as they stand in their files: flows, capital, depreciation, targets.

The format is that of P. Cockshott's planning programs (2018, repository wc22m/5yearplan, class ``nyearplan``) and of
programs made after them (rakvat/planning): comma-separated files with a heading line of product names.

* *flows*: a column per industry; what it used of each product, and the rows ``labour`` and ``output``.
* *capital*: the stock of each product (row) that each industry (column) holds.
* *depreciation*: which part of that stock wears out in a year.
* *targets*: a row per year, with a column per product and the labour there is.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.sources.cells import unreadable
from newcourse.sources.tidy import listed

MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {"flows": "flow", "capital": "cap", "depreciation": "dep", "targets": "targ"}
)
"""What each table's file has in its name."""

LABOUR: Final = ("labour", "labor")
OUTPUT: Final = "output"


@dataclass(frozen=True, eq=False)
class FourTables:
    """Checked tables of a plan in kind; n products, T years.

    Parameters
    ----------
    flows
        Use of products (rows) by industries (columns) in the base year, n × n, each in the product's own unit.
    labour, output
        Of each industry in the base year, n numbers.
    capital
        Stock of products (rows) held by industries (columns), n × n.
    depreciation
        Part of each stock that wears out in a year, n × n, between 0 and 1.
    targets
        Final use aimed at, years × n.
    labour_supply
        Labour there is in each year, T numbers.
    """

    flows: pd.DataFrame
    labour: pd.Series
    output: pd.Series
    capital: pd.DataFrame
    depreciation: pd.DataFrame
    targets: pd.DataFrame
    labour_supply: pd.Series

    @property
    def products(self) -> tuple[str, ...]:
        """Names of the products, each made by one industry."""
        return tuple(self.flows.columns)


def read_four_tables(folder: Path) -> FourTables:
    """Return the four tables of a folder.

    Raises
    ------
    BadInput
        With everything that is wrong with the four files at once.
    """
    files = _files(folder)
    tables, faults = {}, []
    for name, file in files.items():
        tables[name], found = labelled_numbers(file)
        faults += found
    listed(faults)
    listed(_label_faults(tables, files))
    products = list(tables["flows"].columns)
    labour = _labour(tables["flows"].index)
    across = tables["flows"].T
    made = FourTables(
        tables["flows"].loc[products, products],
        across[labour],
        across[OUTPUT],
        tables["capital"].loc[products, products],
        tables["depreciation"].loc[products, products],
        tables["targets"][products],
        tables["targets"][_labour(tables["targets"].columns)],
    )
    listed(_figure_faults(made, files))
    return made


def _files(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        raise BadInput(Fault("folder-missing", str(folder), "no folder", "a folder with four tables", "give its path"))
    found = {name: [f for f in sorted(folder.glob("*.csv")) if mark in f.stem] for name, mark in MARKS.items()}
    listed(
        Fault(
            "file-missing" if not files else "file-twice",
            str(folder),
            ", ".join(f.name for f in files) or f"no file for the {name}",
            f"one .csv file with {MARKS[name]!r} in its name",
            "add it" if not files else "leave only one of them in the folder",
        )
        for name, files in found.items()
        if len(files) != 1
    )
    return {name: files[0] for name, files in found.items()}


def labelled_numbers(file: Path) -> tuple[pd.DataFrame, list[Fault]]:
    """Return a table with its labels, and a fault for every line or cell that cannot be read."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = [[cell.strip() for cell in row] for row in csv.reader(lines, strict=True)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return pd.DataFrame(), [unreadable(file.name, error)]
    rows = [row for row in rows if any(row)]
    if len(rows) < 2:
        return pd.DataFrame(), [unreadable(file.name, "no heading line with rows beneath it")]
    header = rows[0][1:]
    faults = list(_twice(file.name, header, [row[0] for row in rows[1:]]))
    values = np.full((len(rows) - 1, len(header)), np.nan)
    for number, row in enumerate(rows[1:]):
        where = f"{file.name}, row {row[0]!r}"
        if len(row) != len(header) + 1:
            found = f"{len(row) - 1} numbers"
            faults.append(Fault("row-length", where, found, f"{len(header)}, one a column", "add or remove cells"))
            continue
        for column, text in enumerate(row[1:]):
            values[number, column] = _number(text)
            if not 0 <= values[number, column] < np.inf:
                at = f"{where}, column {header[column]!r}"
                faults.append(Fault("number", at, repr(text), "a number of at least 0", "correct it"))
    return pd.DataFrame(values, index=[row[0] for row in rows[1:]], columns=header), faults


def _number(text: str) -> float:
    try:
        return float("nan") if "_" in text else float(text)
    except ValueError:
        return float("nan")


def _twice(name: str, *labels: list[str]) -> Iterator[Fault]:
    for texts in labels:
        for text in dict.fromkeys(texts):
            if texts.count(text) > 1 or not text:
                found = f"{text!r} {texts.count(text)} times"
                yield Fault("label-twice", name, found, "a name for each row and column, each once", "rename one")


def _labour(labels: pd.Index) -> str:
    return next((label for label in LABOUR if label in labels), LABOUR[0])


def _label_faults(tables: Mapping[str, pd.DataFrame], files: Mapping[str, Path]) -> Iterator[Fault]:
    """Yield a fault for every label that a table lacks or has beyond what it may."""
    products = set(tables["flows"].columns)
    flows, targets = tables["flows"], tables["targets"]
    wanted = {
        ("flows", "rows"): (set(flows.index), products | {_labour(flows.index), OUTPUT}),
        ("targets", "columns"): (set(targets.columns), products | {_labour(targets.columns)}),
    }
    for name in ("capital", "depreciation"):
        wanted[name, "rows"] = (set(tables[name].index), products)
        wanted[name, "columns"] = (set(tables[name].columns), products)
    for (name, axis), (there, expected) in wanted.items():
        where = f"{files[name].name}, {axis}"
        for label in sorted(expected - there):
            yield Fault("label-missing", where, f"no {label!r}", "the products of the flows", "add it")
        for label in sorted(there - expected):
            yield Fault("label-unknown", where, repr(label), "the products of the flows", "rename or remove it")


def _figure_faults(tables: FourTables, files: Mapping[str, Path]) -> Iterator[Fault]:
    wear = tables.depreciation
    for row, column in zip(*np.nonzero(wear.to_numpy() > 1), strict=True):
        where = f"{files['depreciation'].name}, row {wear.index[row]!r}, column {wear.columns[column]!r}"
        yield Fault("depreciation", where, f"{wear.iloc[row, column]:g}", "a part of at most 1", "correct it")
    for product in tables.products:
        used = tables.labour[product] + tables.flows[product].sum() + tables.capital[product].sum()
        if tables.output[product] == 0 and used > 0:
            where = f"{files['flows'].name}, column {product!r}"
            yield Fault("output-nil", where, "inputs, but an output of 0", "an output above 0", "state the output")
    if not tables.targets.to_numpy().any():
        yield Fault("targets-none", files["targets"].name, "nothing but noughts", "a target", "state what is wanted")
    years = tables.targets.index[(tables.targets == 0).all(axis=1)]
    for year in years if tables.targets.to_numpy().any() else ():
        yield Fault("targets-none", f"{files['targets'].name}, row {year!r}", "no target", "at least one", "state one")
