"""Synthetic world tables in the layouts of the large databases: figures of our own making, nobody's statistics."""

from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pymrio

from newcourse.economy.economy import About
from newcourse.sources.interregional import Interregional

PLACES = ("AUS", "USA")
PRODUCTS = ("c1", "c35")
ISIC = {"c1": "AtB", "c35": "P"}
CATEGORIES = ("households", "gfcf", "inventories")
LABELS = pd.MultiIndex.from_product([PLACES, PRODUCTS])
Z = np.array([[10, 20, 1, 2], [5, 8, 0, 3], [2, 1, 40, 30], [0, 4, 20, 60]], dtype=float)
Y = np.array([[60, 8, -3, 4, 0, 1], [50, 5, 2, 1, 1, 0], [3, 2, 0, 100, 30, -6], [1, 0, 0, 150, 20, 4]], dtype=float)


def table(Z: np.ndarray = Z, Y: np.ndarray = Y, output: np.ndarray | None = None) -> Interregional:
    """Two places with two products each."""
    return Interregional(
        About("two", "Two places", "MUSD", 2000, source="made up", terms="none"),
        pd.DataFrame(Z, index=LABELS, columns=LABELS),
        pd.DataFrame(Y, index=LABELS, columns=pd.MultiIndex.from_product([PLACES, CATEGORIES])),
        None if output is None else pd.Series(output, index=LABELS),
    )


def write_exiobase3(folder: Path) -> Path:
    """Write the table in EXIOBASE 3's layout, with hours by skill and carbon dioxide."""
    system = pymrio.IOSystem(
        Z=_named(pd.DataFrame(Z, index=LABELS, columns=LABELS), "sector"),
        Y=_named(pd.DataFrame(Y, index=LABELS, columns=_categories()), "category"),
        unit=pd.DataFrame({"unit": "M.EUR"}, index=LABELS.set_names(["region", "sector"])),
    )
    rows = {
        "Employment hours: Low-skilled male": ([1, 2, 3, 4], "M.hr"),
        "Employment hours: Low-skilled female": ([1, 1, 1, 1], "M.hr"),
        "Employment hours: High-skilled male": ([5, 0, 0, 5], "M.hr"),
        "CO2 - combustion - air": ([2e6, 3e6, 4e6, 5e6], "kg"),
        "CO2 - waste - biogenic - air": ([9e9, 9e9, 9e9, 9e9], "kg"),
    }
    names = pd.Index(list(rows), name="stressor")
    flows = pd.DataFrame([values for values, _ in rows.values()], index=names, columns=LABELS, dtype=float)
    system.satellite = pymrio.Extension(
        "satellite",
        F=_named(flows, "sector", rows=False),
        unit=pd.DataFrame({"unit": [unit for _, unit in rows.values()]}, index=names),
    )
    system.save_all(folder)
    return folder


def write_icio(file: Path) -> Path:
    """Write the table in the layout of the OECD's files, with a discrepancy column that belongs to no place."""
    columns = [f"{place}_{product}" for place, product in LABELS]
    final = [f"{place}_{category}" for place in PLACES for category in ("HFCE", "GFCF", "INVNT")]
    frame = pd.DataFrame(np.hstack([Z, Y]), index=columns, columns=columns + final)
    frame["DISC"] = [1.0, -2.0, 0.0, 3.0]
    frame["TOTAL"] = frame.sum(axis=1)
    outputs = frame["TOTAL"].to_numpy()
    frame.loc["VALU"] = [*(outputs - Z.sum(axis=0)), *[0.0] * 8]
    frame.loc["OUTPUT"] = [*outputs, *[0.0] * 8]
    frame.to_csv(file)
    return file


def write_wiod(file: Path) -> Path:
    """Write the table in the layout of the workbooks of WIOD's release of 2013."""
    book = openpyxl.Workbook()
    page = book.active
    for row, text in enumerate(
        ["Intercountry Input-Output Table 2000", "", "(industry-by-industry)", "(millions of US$)"]
    ):
        page.cell(row + 1, 1, text)
    rows = [(ISIC[product], f"Industry {product}", place, product) for place, product in LABELS]
    final = [("", f"Final use {code}", place, code) for place in PLACES for code in ("c37", "c41", "c42")]
    totals = [("", "Total output", "TOT", "c99")]
    for column, header in enumerate([*rows, *final, *totals]):
        for level, text in enumerate(header):
            page.cell(3 + level, 5 + column, text)
    added = np.hstack([Z, Y]).sum(axis=1) - Z.sum(axis=0)
    body = [*np.hstack([Z, Y, (Z.sum(axis=1) + Y.sum(axis=1))[:, None]]), [*added, *[0.0] * 7]]
    for r, (header, values) in enumerate(zip([*rows, ("", "Value added", "TOT", "r64")], body, strict=True)):
        for level, text in enumerate(header):
            page.cell(7 + r, 1 + level, text)
        for c, value in enumerate(values):
            page.cell(7 + r, 5 + c, float(value))
    book.save(file)
    return file


def write_wiod_hours(file: Path) -> Path:
    """Write hours of work in the layout of WIOD's socio-economic accounts, industries in another order."""
    hours = {("USA", "P"): 9.0, ("USA", "AtB"): 2.0, ("AUS", "P"): 3.0, ("AUS", "AtB"): 1.0}
    variables = {"EMP": 5.0, "EMPE": 4.0, "H_EMP": 1.0, "H_EMPE": 0.5}
    rows = [
        (place, variable, f"{variable} of {code}", code, value * scale)
        for variable, scale in variables.items()
        for (place, code), value in {**hours, ("USA", "TOT"): 11.0, ("AUS", "TOT"): 4.0}.items()
    ]
    frame = pd.DataFrame(rows, columns=["Country", "Variable", "Description", "Code", "_2000"])
    frame.to_excel(file, sheet_name="DATA", index=False)
    return file


def write_wiod_parquet(folder: Path, year: int) -> Path:
    """Write the table as two Parquet files with flat labels."""
    codes = [f"{place}.{product}" for place, product in LABELS]
    final = pd.DataFrame(Y, index=codes, columns=[f"{place}.{category}" for place in PLACES for category in CATEGORIES])
    final["output"] = Z.sum(axis=1) + Y.sum(axis=1) + [0, 1, -2, 0]
    pd.DataFrame(Z, index=codes, columns=codes).to_parquet(folder / f"intermediate_{year}.parquet")
    final.to_parquet(folder / f"final_{year}.parquet")
    return folder


def _categories() -> pd.MultiIndex:
    words = ("Final consumption expenditure by households", "Gross fixed capital formation", "Changes in inventories")
    return pd.MultiIndex.from_product([PLACES, words])


def _named(frame: pd.DataFrame, second: str, *, rows: bool = True) -> pd.DataFrame:
    columns = frame.columns.set_names(["region", second])
    index = frame.index.set_names(["region", "sector"]) if rows else frame.index
    return frame.set_axis(columns, axis=1).set_axis(index, axis=0)
