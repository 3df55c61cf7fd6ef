"""Statistics Sweden: the national supply-use workbook with environmental rows (``nrio_sut_*.xlsx``).

One sheet per year; five blocks on each, found by their Swedish titles: use of domestic products, industry rows, use of
imported products, supply, and final use beside the two use blocks. Million SEK, hours in ten thousands, CO₂ in
kilotonnes. Balances are those of the European System of Accounts 2010, at basic prices, 59 products × 59 industries.
"""

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import openpyxl
import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.sources.concordance import Concordance
from newcourse.sources.supply_use import Meta, SupplyUse, economy_of

TITLES = {
    "use_domestic": "Insatsmatris - inhemsk",
    "rows": "Övriga variabler bransch",
    "use_imported": "Insatsmatris - import",
    "make": "Tillförselmatris - inhemsk",
    "final_domestic": "Slutlig användning - inhemsk",
    "final_imported": "Slutlig användning - import",
}
OUTPUT, HOURS, CARBON = "Produktionsvärde", "Arbetade timmar (10K)", "Koldioxid (KTon)"
CAPITAL_CONSUMPTION = "Kapitalförslitning"
CATEGORIES = {
    "Hushållens konsumtionsutgifter": "households",
    "HIO:s konsumtionsutgifter": "associations",
    "Offentliga konsumtionsutgifter": "public",
    "Näringslivets fasta bruttoinvesteringar": "business investment",
    "Offentliga fasta bruttoinvesteringar": "public investment",
    "Lagerinvestering": "inventories",
    "Investering i värdeföremål": "valuables",
    "Export": "exports",
}
SOURCE = "Statistics Sweden (SCB), national supply and use tables with environmental accounts, nrio_sut workbook"
TERMS = "Statistics Sweden open data: free use with source stated"


@dataclass(frozen=True, eq=False)
class Sheet:
    """One year of the workbook, block by block, in the workbook's own units."""

    year: int
    use_domestic: pd.DataFrame
    rows: pd.DataFrame
    use_imported: pd.DataFrame
    make: pd.DataFrame
    final_domestic: pd.DataFrame
    final_imported: pd.DataFrame


def read_sweden(path: str | Path, year: int = 2008, concordance: Concordance | None = None) -> Economy:
    """Return Sweden in one year of the workbook as an economy.

    Raises
    ------
    BadInput
        With every block that is missing and every product and industry that does not balance.
    """
    sheet = read_sheet(path, year)
    faults = sheet_faults(sheet)
    if faults:
        raise BadInput(faults)
    return economy_of(supply_use(sheet), concordance or Concordance())


def read_sheet(path: str | Path, year: int) -> Sheet:
    """Return the blocks of one year's sheet, unchecked but complete.

    Raises
    ------
    BadInput
        If the file is no workbook, has no such year, or a block is missing.
    """
    file = Path(path)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except (OSError, BadZipFile, KeyError, ValueError, openpyxl.utils.exceptions.InvalidFileException) as error:
        raise BadInput(Fault("file-unreadable", str(path), str(error), "an .xlsx workbook", "give its path")) from None
    with_year = [name for name in book.sheetnames if name.strip() == str(year)]
    if not with_year:
        known = ", ".join(book.sheetnames)
        raise BadInput(Fault("year-missing", file.name, f"no sheet {year}", f"one of {known}", "give such a year"))
    cells = [list(row) for row in book[with_year[0]].iter_rows(values_only=True)]
    book.close()
    blocks = {name: _block(cells, title) for name, title in TITLES.items()}
    lost = [name for name, block in blocks.items() if block is None or block.empty]
    if lost:
        raise BadInput(
            Fault("block-missing", f"{file.name}, sheet {year}", "no such block", TITLES[name], "restore the sheet")
            for name in lost
        )
    return Sheet(year, **{name: block for name, block in blocks.items() if block is not None})


def sheet_faults(sheet: Sheet) -> list[Fault]:
    """Return a fault for every number that is missing, label that differs and balance that is open."""
    products, industries = sheet.make.index, sheet.make.columns
    where = f"sheet {sheet.year}"
    faults = []
    for name in ("use_domestic", "use_imported", "make"):
        block = getattr(sheet, name)
        faults += _label_faults(f"{where}, {TITLES[name]}", block, products, industries)
        faults += _cell_faults(f"{where}, {TITLES[name]}", block)
    for name in ("final_domestic", "final_imported"):
        block = getattr(sheet, name)
        faults += _label_faults(f"{where}, {TITLES[name]}", block, products, pd.Index(CATEGORIES))
        faults += _cell_faults(f"{where}, {TITLES[name]}", block)
    faults += _label_faults(f"{where}, {TITLES['rows']}", sheet.rows, pd.Index([OUTPUT, HOURS, CARBON]), industries)
    if any(fault.code in {"label-missing", "missing-value"} for fault in faults):
        return faults
    return faults + _product_faults(where, sheet) + _industry_faults(where, sheet)


def supply_use(sheet: Sheet) -> SupplyUse:
    """Return a sheet as supply-use tables in the project's units: MSEK, million hours, kilotonnes."""
    final = (sheet.final_domestic + sheet.final_imported)[list(CATEGORIES)].rename(columns=CATEGORIES)
    imports = sheet.use_imported.sum(axis=1) + sheet.final_imported[list(CATEGORIES)].sum(axis=1)
    return SupplyUse(
        meta=Meta(
            name=f"sweden-{sheet.year}",
            title=f"Sweden {sheet.year}",
            currency="MSEK",
            year=sheet.year,
            place="SE",
            place_name="Sweden",
            source=SOURCE,
            terms=TERMS,
        ),
        make=sheet.make,
        use=sheet.use_domestic + sheet.use_imported,
        final=final.drop(columns="exports"),
        imports=imports,
        exports=final["exports"],
        factors={("hours", "Hours of work", "Mhour"): _row(sheet, HOURS) / 100.0},
        emissions={("CO2", "Carbon dioxide of industries", "kilotonne"): _row(sheet, CARBON)},
        rows=sheet.rows,
    )


def _row(sheet: Sheet, label: str) -> pd.Series:
    return sheet.rows.T[label]


def _block(cells: list[list[object]], title: str) -> pd.DataFrame | None:
    found = [(r, c) for r, row in enumerate(cells) for c, value in enumerate(row) if str(value).startswith(title)]
    if not found:
        return None
    top, left = found[0]
    header: list[object] = cells[top + 1] if top + 1 < len(cells) else []
    labels: list[str] = []
    start = next((c for c in range(left, len(header)) if header[c] not in {None, ""}), len(header))
    stop = next((c for c in range(start, len(header)) if header[c] in {None, "", "Summa"}), len(header))
    body = []
    for row in cells[top + 2 :]:
        label = row[start - 1]
        if label in {None, "", "Summa"}:
            break
        labels.append(str(label))
        body.append(row[start:stop])
    columns = [pd.to_numeric(pd.Series(column, dtype=object), errors="coerce") for column in zip(*body, strict=True)]
    names = [str(name) for name in header[start:stop]]
    return pd.DataFrame(np.array(columns, dtype=float).T, index=labels, columns=names)


def _label_faults(where: str, block: pd.DataFrame, rows: pd.Index, columns: pd.Index) -> list[Fault]:
    lost = [f"row {label}" for label in rows if label not in block.index]
    lost += [f"column {label}" for label in columns if label not in block.columns]
    return [
        Fault("label-missing", where, f"no {label}", f"a {label}", "restore it from the publisher") for label in lost
    ]


def _cell_faults(where: str, block: pd.DataFrame) -> list[Fault]:
    return [
        Fault(
            "missing-value",
            f"{where}, row {block.index[r]}, column {block.columns[c]}",
            "no number",
            "a number",
            "correct the cell",
        )
        for r, c in np.argwhere(np.isnan(block.to_numpy()))
    ]


def _product_faults(where: str, sheet: Sheet) -> list[Fault]:
    use = sheet.use_domestic.sum(axis=1) + sheet.final_domestic[list(CATEGORIES)].sum(axis=1)
    return _balances(f"{where}, product", "use of the domestic product", sheet.make.sum(axis=1), use)


def _industry_faults(where: str, sheet: Sheet) -> list[Fault]:
    return _balances(f"{where}, industry", "stated output", sheet.make.sum(axis=0), _row(sheet, OUTPUT))


def _balances(where: str, other: str, supply: pd.Series, use: pd.Series) -> list[Fault]:
    gap = supply - use.reindex(supply.index)
    return [
        Fault(
            "balance-open",
            f"{where} {label}",
            f"supply {supply[label]:.10g} MSEK, {other} {use[label]:.10g} MSEK: off by {gap[label]:.10g}",
            "both the same (within 0.5 MSEK)",
            "take another year, or a corrected workbook from Statistics Sweden",
        )
        for label in gap.index[(gap.abs() > 0.5).to_numpy()]
    ]
