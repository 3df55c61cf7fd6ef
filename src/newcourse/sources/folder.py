"""An economy as a folder that a person can open: one descriptor, one file per table (design §5.2)."""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from newcourse.economy.economy import About, Economy
from newcourse.economy.schema import SCHEMA, TABLES
from newcourse.economy.table_schema import TableSchema
from newcourse.errors import BadInput, Fault
from newcourse.sources.cells import csv_text, read_csv, unreadable
from newcourse.sources.package import DESCRIPTOR, about_of, as_json, descriptor

Form = Literal["csv", "parquet"]


def read_folder(path: str | Path) -> Economy:
    """Return the economy that a folder holds.

    Raises
    ------
    BadInput
        With every fault of every file at once.
    """
    loaded = load_folder(path)
    if loaded.faults or loaded.about is None:
        raise BadInput(loaded.faults)
    return Economy(loaded.about, loaded.tables)


@dataclass(frozen=True, eq=False)
class Loaded:
    """What could be read of a folder, unchecked.

    Parameters
    ----------
    about
        What the economy is, if the descriptor says it.
    tables
        Tables by name, rows that could not be read left out.
    faults
        Everything that could not be read.
    lost
        Names of the tables that could not be read whole.
    """

    about: About | None
    tables: dict[str, pd.DataFrame]
    faults: tuple[Fault, ...]
    lost: frozenset[str] = frozenset()


def load_folder(path: str | Path) -> Loaded:
    """Return what can be read of a folder, and what makes the rest unreadable."""
    folder = Path(path)
    content, faults = _descriptor(folder)
    if content is None:
        return Loaded(None, {}, tuple(faults))
    about, found = about_of(content, DESCRIPTOR)
    files, missing = _files(content, folder)
    faults = [*faults, *found, *missing]
    tables, lost = {}, {name for name, file in files.items() if not (folder / file).is_file()}
    for name in files.keys() - lost:
        tables[name], found = _table(folder / files[name], TABLES[name])
        faults += found
        lost |= {name} if found else set()
    return Loaded(about, tables, tuple(faults), frozenset(lost))


def write_folder(
    economy: Economy,
    path: str | Path,
    *,
    form: Form = "csv",
    overwrite: bool = False,
    extra: Mapping[str, str] | None = None,
) -> Path:
    """Write an economy as a folder and return its path; either the whole folder is there afterwards, or nothing of it.

    Parameters
    ----------
    economy
        What to write. Tables without rows get no file.
    path
        The folder to make.
    form
        ``csv``, or ``parquet`` for large tables.
    overwrite
        Whether a folder of an economy that is already there may be replaced.
    extra
        Further text files to put in, such as ``README.md``, by name.

    Raises
    ------
    BadInput
        If something is at ``path`` that may not be replaced, or a name cannot be written as UTF-8.
    """
    folder = Path(path).absolute()
    _require_free(folder, overwrite)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        _fill(economy, fresh, form, extra or {})
        fresh.chmod(0o755)
        _put_in_place(fresh, folder)
    except UnicodeEncodeError as error:
        text = ascii(error.object[error.start : error.end])
        raise BadInput(
            Fault("text-unwritable", str(path), f"the characters {text}", "text that UTF-8 can hold", "rename it")
        ) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return folder


def _descriptor(folder: Path) -> tuple[dict[str, Any] | None, list[Fault]]:
    if not folder.is_dir():
        found = "a file" if folder.exists() else "nothing"
        return None, [Fault("folder-missing", str(folder), found, f"a folder with {DESCRIPTOR}", "give its path")]
    file = folder / DESCRIPTOR
    if not file.is_file():
        return None, [
            Fault(
                "descriptor-missing",
                str(file),
                "no such file",
                "a Frictionless data package",
                "write the folder with newcourse import, or copy the descriptor of an example",
            )
        ]
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        return None, [unreadable(DESCRIPTOR, error)]
    if not isinstance(content, dict) or not isinstance(content.get("resources"), list):
        return None, [unreadable(DESCRIPTOR, "no list of resources")]
    return content, []


def _files(content: Mapping[str, Any], folder: Path) -> tuple[dict[str, str], list[Fault]]:
    files: dict[str, str] = {}
    faults = []
    for number, resource in enumerate(content["resources"], start=1):
        name, file = (resource.get("name"), resource.get("path")) if isinstance(resource, dict) else (None, None)
        fault = _resource_fault(f"{DESCRIPTOR}, resource {number}", name, file, files)
        if fault:
            faults.append(fault)
            continue
        files[str(name)] = str(file)
        if not (folder / str(file)).is_file():
            faults.append(Fault("file-missing", str(file), "no such file", f"the table {name}", "add it or unlist it"))
    listed = set(files.values())
    faults += [
        Fault(
            "file-unlisted",
            file.name,
            f"a table that {DESCRIPTOR} does not list",
            "every table listed",
            f"list it under resources in {DESCRIPTOR}, or take it out of the folder",
        )
        for file in sorted(folder.iterdir())
        if file.suffix in {".csv", ".parquet"} and file.stem in TABLES and file.name not in listed
    ]
    return files, faults


def _resource_fault(where: str, name: object, file: object, files: Mapping[str, str]) -> Fault | None:
    if not isinstance(name, str) or name not in TABLES:
        return Fault("table-unknown", where, repr(name), f"one of {', '.join(TABLES)}", "rename or remove it")
    if name in files:
        return Fault("table-duplicate", where, f"{name} a second time", "each table once", "remove one of them")
    if not isinstance(file, str) or Path(file).name != file or not file.endswith((".csv", ".parquet")):
        return Fault("path-wrong", where, repr(file), "a .csv or .parquet file in the folder", "correct the path")
    return None


def _table(file: Path, schema: TableSchema) -> tuple[pd.DataFrame, list[Fault]]:
    if file.suffix == ".csv":
        return read_csv(file, schema)
    try:
        table = pq.read_table(file)
    except (OSError, pa.ArrowException) as error:
        return pd.DataFrame(columns=list(schema.columns)), [unreadable(file.name, error)]
    faults = [
        Fault(
            "column-kind",
            f"{file.name}, column {column.name}",
            str(column.type),
            "texts, numbers or booleans",
            "convert the column",
        )
        for column in table.schema
        if not any(kind(column.type) for kind in _PLAIN)
    ]
    return pd.DataFrame(columns=list(schema.columns)) if faults else table.to_pandas(), faults


_PLAIN = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_boolean,
    pa.types.is_null,
)


def _require_free(folder: Path, overwrite: bool) -> None:
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if overwrite and (folder / DESCRIPTOR).is_file():
        return
    raise BadInput(
        Fault(
            "path-taken",
            str(folder),
            "something is already there",
            "a new path" + (" or the folder of an economy" if overwrite else ""),
            "give another path" + ("" if overwrite else ", or allow overwriting"),
        )
    )


def _fill(economy: Economy, folder: Path, form: Form, extra: Mapping[str, str]) -> None:
    files = {schema.name: f"{schema.name}.{form}" for schema in SCHEMA if len(economy[schema.name])}
    for name, file in files.items():
        if form == "csv":
            _write(folder / file, csv_text(TABLES[name], economy[name]).encode())
        else:
            table = pa.Table.from_pandas(economy[name], preserve_index=False).replace_schema_metadata(None)
            pq.write_table(table, folder / file)
    for file, text in extra.items():
        _write(folder / file, text.encode())
    _write(folder / DESCRIPTOR, as_json(descriptor(economy.about, files)).encode())


def _write(file: Path, content: bytes) -> None:
    with file.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _put_in_place(fresh: Path, folder: Path) -> None:
    """Move the finished folder to its place; an older one stays whole until the new one is complete."""
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent))
    folder.rename(old / folder.name)
    try:
        fresh.rename(folder)
    except OSError:
        (old / folder.name).rename(folder)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
