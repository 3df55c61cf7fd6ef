"""The workbook of Statistics Sweden: every year balances but 2016, which is refused in words (§5.3, §5.4)."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

from newcourse.economy.identities import activity_for, balance_faults
from newcourse.errors import BadInput
from newcourse.sources.concordance import Concordance, Target
from newcourse.sources.sweden import (
    CATEGORIES,
    TITLES,
    Sheet,
    read_sheet,
    read_sweden,
    sheet_faults,
)

WORKBOOK = "tables/sweden_2008_2016/nrio_sut_181108.xlsx"
BALANCED = "largest open balance of a product: 0 MSEK"
NEGATIVE = {2009: 3, 2013: 67, 2014: 11}  # MSEK, in the official tables themselves


@pytest.fixture(scope="module")
def workbook(shared_data: Path) -> Path:
    return shared_data / WORKBOOK


@pytest.mark.slow
@pytest.mark.shared_data
@pytest.mark.parametrize("year", range(2008, 2016))
def test_base_year_is_reproduced(workbook: Path, year: int) -> None:
    economy = read_sweden(workbook, year)
    assert balance_faults(economy, 1e-12) == []
    running = economy.base_activity > 0
    np.testing.assert_allclose(activity_for(economy), economy.base_activity[running], rtol=1e-9)
    negative = f"; negative entries of supply and use, {NEGATIVE.get(year)} MSEK in all, change sides"
    assert economy.about.residuals == BALANCED + (negative if year in NEGATIVE else "")
    assert economy.about.terms == "Statistics Sweden open data: free use with source stated"


@pytest.mark.slow
@pytest.mark.shared_data
def test_2008_is_what_was_published(workbook: Path) -> None:
    economy = read_sweden(workbook, 2008)
    assert economy.base_activity.sum() == 6_299_764
    np.testing.assert_allclose(economy.factor_use @ economy.base_activity, [7381.3], rtol=1e-12)
    np.testing.assert_allclose(economy.emission_use @ economy.base_activity, [49_945.78019764164], rtol=1e-12)
    trade = economy["trade"]
    assert trade["imports"].sum() == 883_802 + 499_201
    assert trade["exports"].sum() == 1_516_173 + 103_661
    assert economy["accounts"]["credit"].sum() == trade["imports"].sum() - trade["exports"].sum()
    uses = economy["final_uses"].groupby("category")["quantity"].sum()
    assert uses["households"] == 1_085_491 + 175_414
    assert uses["public"] == 817_668 + 14_132


@pytest.mark.slow
@pytest.mark.shared_data
def test_2016_is_refused(workbook: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read_sweden(workbook, 2016)
    faults = {fault.where: fault for fault in caught.value.faults}
    fault = faults["sheet 2016, product L68A"]
    assert fault.code == "balance-open"
    assert fault.found == "supply 229551 MSEK, use of the domestic product 0 MSEK: off by 229551"
    assert fault.expected == "both the same (within 0.5 MSEK)"
    assert fault.remedy == "take another year, or a corrected workbook from Statistics Sweden"
    assert faults["sheet 2016, industry L68A"].found == "supply 229551 MSEK, stated output 0 MSEK: off by 229551"
    assert sum(where.startswith("sheet 2016, product") for where in faults) == 21


@pytest.mark.slow
@pytest.mark.shared_data
def test_a_year_that_is_not_there(workbook: Path) -> None:
    with pytest.raises(BadInput, match="no sheet 1999") as caught:
        read_sheet(workbook, 1999)
    assert caught.value.faults[0].expected == "one of 2008, 2009, 2010, 2011, 2012, 2013, 2014, 2015, 2016"


def small_sheet() -> Sheet:
    """Two products and industries of our own making, balanced: not figures of anybody."""
    codes = ["A", "B"]

    def block(values: list[list[float]], columns: list[str]) -> pd.DataFrame:
        return pd.DataFrame(values, index=codes, columns=columns, dtype=float)

    final = list(CATEGORIES)
    return Sheet(
        2000,
        use_domestic=block([[10, 20], [5, 0]], codes),
        rows=pd.DataFrame(
            [[100, 50], [7, 3], [1, 2]],
            index=["Produktionsvärde", "Arbetade timmar (10K)", "Koldioxid (KTon)"],
            columns=codes,
            dtype=float,
        ),
        use_imported=block([[1, 2], [3, 4]], codes),
        make=block([[90, 0], [10, 50]], codes),
        final_domestic=block([[50, 0, 0, 5, 0, -4, 0, 9], [40, 0, 5, 0, 0, 2, 0, 8]], final),
        final_imported=block([[6, 0, 0, 0, 0, 1, 0, 2], [0, 0, 0, 0, 0, 0, 0, 0]], final),
    )


def write_workbook(path: Path, sheet: Sheet, skip: str = "") -> Path:
    """Write a sheet in the layout of the official workbook."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = str(sheet.year)
    page.cell(1, 1, sheet.year)
    places = {"use_domestic": (2, 1), "rows": (30, 1), "use_imported": (50, 1), "make": (70, 1)}
    places |= {"final_domestic": (2, 10), "final_imported": (50, 10)}
    for name, (top, left) in places.items():
        if name == skip:
            continue
        block = getattr(sheet, name)
        page.cell(top, left, TITLES[name] + " - produkt x bransch")
        for c, label in enumerate([*block.columns, "Summa"]):
            page.cell(top + 1, left + 2 + c, label)
        for r, (label, row) in enumerate(block.iterrows()):
            page.cell(top + 2 + r, left + 1, label)
            for c, value in enumerate(row):
                page.cell(top + 2 + r, left + 2 + c, None if np.isnan(value) else value)
    book.save(path)
    return path


def test_joint_products_imports_stores_and_trade(tmp_path: Path) -> None:
    economy = read_sweden(write_workbook(tmp_path / "w.xlsx", small_sheet()), 2000)
    assert balance_faults(economy, 1e-12) == []
    assert economy["outputs"].to_numpy().tolist() == [
        ["A", "SE", "A", 0.9],
        ["A", "SE", "B", 0.1],
        ["B", "SE", "B", 1.0],
    ]
    assert economy["stores"].to_numpy().tolist() == [["SE", "A", 3.0, ""]]
    assert economy["trade"][["product", "imports", "exports"]].to_numpy().tolist() == [["A", 12, 11], ["B", 7, 8]]
    assert economy["factor_supply"]["quantity"].tolist() == [0.1]
    assert economy["needs"].set_index("need")["group"].to_dict() == {
        "households:A": "",
        "households:B": "",
        "public:B": "",
        "business investment:A": "Investment",
        "inventories:B": "Reserves",
    }


def test_negative_entries_change_sides(tmp_path: Path) -> None:
    sheet = small_sheet()
    make, use = sheet.make.copy(), sheet.use_domestic.copy()
    make.loc["A", "B"], make.loc["B", "B"] = -10.0, 60.0
    use.loc["A", "B"], use.loc["B", "B"] = 20.0 - 10.0, 10.0
    economy = read_sweden(write_workbook(tmp_path / "w.xlsx", replace(sheet, make=make, use_domestic=use)), 2000)
    assert balance_faults(economy, 1e-12) == []
    assert (economy["inputs"]["quantity"] > 0).all()
    b = economy["inputs"][economy["inputs"]["process"] == "B"].set_index("product")["quantity"]
    assert b.to_dict() == pytest.approx({"A": (10 + 2 + 10) / 50, "B": (10 + 4) / 50})
    assert economy.about.residuals.endswith("negative entries of supply and use, 10 MSEK in all, change sides")


def test_aggregation_keeps_the_totals(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "w.xlsx", small_sheet())
    all_in_one = Concordance({"A": "X", "B": "X"}, targets={"X": Target("Everything", group="Life", storable=True)})
    economy = read_sweden(path, 2000, all_in_one)
    assert balance_faults(economy, 1e-12) == []
    assert economy.base_activity.tolist() == [150.0]
    assert economy["products"][["name", "group", "storable"]].to_numpy().tolist() == [["Everything", "Life", True]]
    with pytest.raises(BadInput) as caught:
        read_sweden(path, 2000, Concordance({"A": "X", "C": "X"}))
    assert [(f.code, f.where) for f in caught.value.faults] == [
        ("concordance-missing", "product B"),
        ("concordance-unknown", "product C"),
    ]


def changed(block: str, row: str, column: str, value: float) -> Callable[[Sheet], Sheet]:
    def change(sheet: Sheet) -> Sheet:
        frame = getattr(sheet, block).copy()
        frame.loc[row, column] = value
        spoilt: dict[str, Any] = {block: frame}
        return replace(sheet, **spoilt)

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (changed("make", "B", "A", np.nan), ("missing-value", "Tillförselmatris - inhemsk, row B, column A")),
        (changed("final_imported", "B", "Export", np.nan), ("missing-value", "row B, column Export")),
        (changed("rows", "Produktionsvärde", "B", 51.0), ("balance-open", "sheet 2000, industry B")),
        (changed("final_domestic", "B", "Export", 9.0), ("balance-open", "sheet 2000, product B")),
    ],
)
def test_faults_of_a_sheet(change: Callable[[Sheet], Sheet], expected: tuple[str, str]) -> None:
    assert sheet_faults(small_sheet()) == []
    found = [(fault.code, fault.where) for fault in sheet_faults(change(small_sheet()))]
    assert any(code == expected[0] and expected[1] in where for code, where in found)


def test_missing_rows_and_blocks(tmp_path: Path) -> None:
    sheet = small_sheet()
    short = replace(sheet, rows=sheet.rows.drop(index="Koldioxid (KTon)"))
    (fault,) = sheet_faults(short)
    assert (fault.code, fault.found) == ("label-missing", "no row Koldioxid (KTon)")
    with pytest.raises(BadInput, match="block-missing") as caught:
        read_sheet(write_workbook(tmp_path / "w.xlsx", sheet, skip="use_imported"), 2000)
    assert caught.value.faults[0].expected == "Insatsmatris - import"


def test_what_is_no_workbook(tmp_path: Path) -> None:
    for name, content in {"a.xlsx": b"hello", "b.txt": b"hello", "c.xlsx": None}.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(BadInput, match="file-unreadable"):
            read_sheet(tmp_path / name, 2008)
