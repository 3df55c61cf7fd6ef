"""Tables as CSV text and back, to the last digit (design §5.2).

Numbers are written as the shortest text that reads back as the same 64-bit float, infinity as ``INF`` (Table Schema).
"""

import csv
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from newcourse.economy.table_schema import Field, TableSchema
from newcourse.errors import Fault

csv.field_size_limit(2**24)
_SPECIAL = frozenset(',"\n\r')


def csv_text(schema: TableSchema, frame: pd.DataFrame) -> str:
    """Return a checked table as CSV text with a header."""
    columns = [_texts(spec, frame[spec.name]) for spec in schema.fields]
    lines = [",".join(schema.columns)]
    lines += [",".join(cells) for cells in zip(*columns, strict=True)]
    return "\n".join(lines) + "\n"


def read_csv(path: Path, schema: TableSchema) -> tuple[pd.DataFrame, list[Fault]]:
    """Return the rows of a CSV file with numbers as floats, and everything that makes the file malformed.

    A cell that should be a number and is not stays text, for the table's own check to name. Rows of the wrong length
    are faults and are left out.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(_rows(csv.reader(file, strict=True)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return _empty(schema), [unreadable(path.name, error)]
    if not rows:
        return _empty(schema), [unreadable(path.name, "an empty file")]
    header = rows[0][1]
    faults = [
        Fault("column-duplicate", f"{path.name}, line 1", f"column {name!r} twice", "each column once", "rename one")
        for name in dict.fromkeys(header)
        if header.count(name) > 1
    ]
    faults += [_wrong_length(path.name, line, cells, header) for line, cells in rows[1:] if len(cells) != len(header)]
    if header.count("") or len(set(header)) < len(header):
        return _empty(schema), faults or [unreadable(path.name, "a column without a name")]
    good = [cells for _, cells in rows[1:] if len(cells) == len(header)]
    frame = pd.DataFrame(good, columns=header, dtype="str")
    for spec in schema.fields:
        if spec.name in header and spec.kind in {"number", "integer"}:
            frame[spec.name] = _numbers(frame[spec.name])
    return frame, faults


def unreadable(where: str, why: object) -> Fault:
    """Return the fault of a file that cannot be read at all."""
    return Fault("file-unreadable", where, str(why), "a readable table with a header line", "restore or save it again")


def _rows(reader: Iterable[list[str]]) -> Iterable[tuple[int, list[str]]]:
    for cells in reader:
        if cells:
            yield reader.line_num, cells  # type: ignore[attr-defined]


def _empty(schema: TableSchema) -> pd.DataFrame:
    return pd.DataFrame(columns=list(schema.columns))


def _wrong_length(name: str, line: int, cells: list[str], header: list[str]) -> Fault:
    return Fault(
        "row-length",
        f"{name}, line {line} ({', '.join(cells[:3])})",
        f"{len(cells)} cells",
        f"{len(header)} cells, one for each of {', '.join(header)}",
        "add or remove cells, or quote a text that contains a comma",
    )


def _numbers(column: pd.Series) -> pd.Series:
    return pd.Series([_number(text) for text in column], dtype=object).infer_objects()


def _number(text: str) -> float | str:
    try:
        return text if "_" in text else float(text)
    except ValueError:
        return text


def _texts(spec: Field, column: pd.Series) -> list[str]:
    if spec.kind == "text":
        return [_quoted(value) for value in column]
    if spec.kind == "boolean":
        return ["true" if value else "false" for value in column]
    if spec.kind == "integer":
        return [str(int(value)) for value in column]
    return [_shortest(value) for value in column.tolist()]


def _shortest(value: float) -> str:
    text = repr(value)
    return "INF" if text == "inf" else text.removesuffix(".0")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.intersection(text) else text
