"""Checks of single tables and of the references between them; every fault at once (design §5.2).

Each check returns the faults it finds and changes nothing. ``checked_tables`` raises them together.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import pandas as pd

from newcourse.economy.consistency import consistency_faults
from newcourse.economy.schema import SCHEMA, TABLES
from newcourse.economy.table_schema import Field, TableSchema
from newcourse.errors import BadInput, Fault


def checked_tables(
    tables: Mapping[str, pd.DataFrame], known: Mapping[str, pd.DataFrame] = MappingProxyType({})
) -> dict[str, pd.DataFrame]:
    """Return the tables in canonical form: all of the schema, columns in order, defaults filled, types right.

    Parameters
    ----------
    tables
        By name.
    known
        Tables in canonical form by name: one that is given again, the very same object, is taken as it is.

    Raises
    ------
    BadInput
        With every fault of every table: unknown tables or columns, missing columns, wrong kinds, NaN, values below
        their minimum, duplicate keys, missing units, references to nothing.
    """
    canonical, faults = canonical_tables(tables, known)
    if faults:
        raise BadInput(faults)
    return canonical


def canonical_tables(
    tables: Mapping[str, pd.DataFrame], known: Mapping[str, pd.DataFrame] = MappingProxyType({})
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Return the tables as far as they can be put in canonical form, and every fault of them; numbers lost are NaN."""
    faults = [_unknown_table(name) for name in tables if name not in TABLES]
    canonical: dict[str, pd.DataFrame] = {}
    for schema in SCHEMA:
        given = tables.get(schema.name)
        if given is not None and given is known.get(schema.name):
            canonical[schema.name] = given
            continue
        canonical[schema.name], found = _canonical(schema, given)
        faults += found
    return canonical, faults + consistency_faults(canonical)


def _unknown_table(name: str) -> Fault:
    return Fault("table-unknown", name, "a table of this name", f"one of {', '.join(TABLES)}", "rename or remove it")


def _canonical(schema: TableSchema, given: pd.DataFrame | None) -> tuple[pd.DataFrame, list[Fault]]:
    if given is None or given.shape == (0, 0):
        return _empty(schema).copy(), _required_faults(schema, empty=True)
    frame = given
    faults = [
        Fault(
            "column-unknown",
            f"{schema.name}.csv, column {column}",
            "a column of this name",
            f"one of {', '.join(schema.columns)}",
            "rename or remove the column",
        )
        for column in frame.columns
        if column not in schema.columns
    ]
    columns: dict[str, pd.Series] = {}
    for spec in schema.fields:
        columns[spec.name], found = _column(schema, spec, frame)
        faults += found
    out = pd.DataFrame(columns).reset_index(drop=True)
    return out, [*faults, *_required_faults(schema, empty=out.empty), *_duplicate_faults(schema, out)]


@lru_cache(maxsize=len(SCHEMA))
def _empty(schema: TableSchema) -> pd.DataFrame:
    """Return the table without rows."""
    return pd.DataFrame({spec.name: _typed(spec, pd.Series([], dtype=object)) for spec in schema.fields})


def _required_faults(schema: TableSchema, *, empty: bool) -> list[Fault]:
    if not (schema.required and empty):
        return []
    return [Fault("table-empty", f"{schema.name}.csv", "no rows", "at least one row", "fill in the table")]


def _column(schema: TableSchema, spec: Field, frame: pd.DataFrame) -> tuple[pd.Series, list[Fault]]:
    if spec.name not in frame.columns:
        if spec.default is None and len(frame):
            return _typed(spec, pd.Series([""] * len(frame), dtype=object)), [
                Fault(
                    "column-missing",
                    f"{schema.name}.csv, column {spec.name}",
                    "no such column",
                    spec.meaning,
                    "add the column",
                )
            ]
        empty = "" if spec.default is None else spec.default
        return _typed(spec, pd.Series([empty] * len(frame), dtype=object)), []
    values = frame[spec.name].reset_index(drop=True)
    return _given(schema, spec, frame, values)


def _given(schema: TableSchema, spec: Field, frame: pd.DataFrame, values: pd.Series) -> tuple[pd.Series, list[Fault]]:
    absent = values.isna() if pd.api.types.is_numeric_dtype(values) else values.isna() | (values == "")
    if spec.default is not None and absent.any():
        values = values.astype(object).where(~absent, spec.default)
        absent = pd.Series(data=False, index=values.index)
    typed = _typed(spec, values)
    bad = absent if spec.kind != "number" else typed.isna()
    if spec.kind == "integer":
        bad = bad | typed.isna() | (typed % 1 != 0)
    if spec.words:
        bad = bad | ~typed.isin(spec.words)
    if spec.kind == "boolean":
        bad = bad | ~values.map(_boolean_word).isin(_TRUE | _FALSE)
    if spec.minimum is not None and spec.kind in {"number", "integer"}:
        low = typed < spec.minimum
    else:
        low = pd.Series(data=False, index=values.index)
    if spec.kind == "number" and spec.default != float("inf"):
        low = low | np.isinf(typed)
    if not (bad.any() or low.any()):
        return typed, []
    where = _labels(frame[[c for c in schema.key if c in frame.columns]].reset_index(drop=True))
    code = "word-unknown" if spec.words else "unit-missing" if spec.name == "unit" else "missing-value"
    return typed, [
        *_value_faults(schema, spec, where, values, bad & ~low, code),
        *_value_faults(schema, spec, where, values, low, "value-out-of-range"),
    ]


def _typed(spec: Field, values: pd.Series) -> pd.Series:
    if spec.kind == "text":
        return values.astype("str").fillna("")
    if spec.kind == "boolean":
        return values.map(lambda value: _boolean_word(value) in _TRUE).astype(bool)
    return pd.to_numeric(values, errors="coerce").astype(float)


_TRUE = frozenset({"true", "1", "yes"})
_FALSE = frozenset({"false", "0", "no"})


def _boolean_word(value: object) -> str:
    return str(value).strip().lower()


_KIND_WORDS = {
    "text": "a text",
    "number": "a finite number",
    "integer": "a whole number",
    "boolean": "true or false",
}


def _expected(spec: Field) -> str:
    if spec.words:
        return f"one of {', '.join(spec.words)}"
    kind = _KIND_WORDS[spec.kind]
    return kind if spec.minimum is None else f"{kind} of at least {spec.minimum:g}"


def _labels(frame: pd.DataFrame) -> pd.Series:
    if frame.empty:
        return pd.Series([], dtype=object)
    return frame.astype(str).agg(", ".join, axis=1)


def _value_faults(
    schema: TableSchema, spec: Field, where: pd.Series, values: pd.Series, bad: pd.Series, code: str
) -> Iterator[Fault]:
    for row in np.flatnonzero(bad.to_numpy(dtype=bool)):
        yield Fault(
            code,
            f"{schema.name}.csv, row {row + 2} ({where.iloc[row]}), column {spec.name}",
            _shown(values.iloc[row]),
            f"{_expected(spec)}: {spec.meaning}",
            "correct the value",
        )


def _shown(value: object) -> str:
    empty = pd.isna(value) or value == ""  # type: ignore[call-overload]
    return "nothing (an empty cell or NaN)" if empty else str(value)


def _duplicate_faults(schema: TableSchema, frame: pd.DataFrame) -> list[Fault]:
    twice = frame.duplicated(list(schema.key))
    if not twice.any():
        return []
    labels = _labels(frame.loc[twice, list(schema.key)])
    return [
        Fault(
            "label-duplicate",
            f"{schema.name}.csv, row {row + 2}",
            f"{label} a second time",
            f"each {' and '.join(schema.key)} once",
            "merge or remove the row",
        )
        for row, label in labels.items()
        if isinstance(row, int)
    ]
