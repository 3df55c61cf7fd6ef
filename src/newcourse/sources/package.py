"""The descriptor of a folder: ``datapackage.json``, made from the one schema of the tables (design §5.2).

Follows Frictionless Data Package and Table Schema, version 1: any program that knows them can read and check a folder.
What New Course alone needs (currency, base year, residuals) stands under the property ``newcourse``.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Final

from newcourse.economy.economy import About
from newcourse.economy.schema import SCHEMA
from newcourse.economy.table_schema import Field, TableSchema
from newcourse.errors import Fault

DESCRIPTOR: Final = "datapackage.json"
FORMAT: Final = 1
_MEDIA: Final = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def descriptor(about: About, files: Mapping[str, str]) -> dict[str, Any]:
    """Return the content of ``datapackage.json``.

    Parameters
    ----------
    about
        What the economy is.
    files
        File name of every table that is written, by name of the table.
    """
    own = {key: value for key, value in asdict(about).items() if key not in {"title", "description"}}
    return {
        "profile": "data-package",
        "name": re.sub(r"[^a-z0-9._-]+", "-", about.name.lower()).strip("-") or "economy",
        "title": about.title,
        "description": about.description,
        "licenses": [{"name": "see-terms", "title": about.terms or "not stated"}],
        "sources": [{"title": about.source or "not stated"}],
        "newcourse": {"format": FORMAT, **own},
        "resources": [_resource(schema, files[schema.name], files) for schema in SCHEMA if schema.name in files],
    }


def as_json(content: dict[str, Any]) -> str:
    """Return a descriptor as text, the same bytes for the same content."""
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def about_of(content: Mapping[str, Any], where: str) -> tuple[About | None, list[Fault]]:
    """Return what a descriptor says of the economy, or everything that is wrong with it."""
    own = content.get("newcourse")
    if not isinstance(own, dict):
        return None, [_fault(where, "newcourse", "no such property", "name, currency, year and format of the economy")]
    given = {**own, "title": content.get("title", ""), "description": content.get("description", "")}
    faults = []
    if given.pop("format", None) != FORMAT:
        faults.append(_fault(where, "newcourse.format", repr(own.get("format")), f"format {FORMAT}"))
    known = {field.name: int if field.type is int else str for field in fields(About)}
    for name, kind in known.items():
        value = given.get(name, "" if name not in _NEEDED else None)
        if not isinstance(value, kind) or isinstance(value, bool) or (name in _NEEDED and value == ""):
            wanted = "a whole number" if kind is int else "a text"
            faults.append(_fault(where, f"newcourse.{name}", "nothing" if value is None else repr(value), wanted))
    faults += [_fault(where, f"newcourse.{n}", "an unknown property", "none") for n in given if n not in known]
    return (None, faults) if faults else (About(**given), [])


_NEEDED: Final = ("name", "title", "currency", "year")


def _fault(where: str, what: str, found: str, expected: str) -> Fault:
    return Fault("descriptor-wrong", f"{where}, {what}", found, expected, "correct the file")


def _resource(schema: TableSchema, file: str, files: Mapping[str, str]) -> dict[str, Any]:
    form = file.rpartition(".")[2]
    return {
        "profile": "tabular-data-resource",
        "name": schema.name,
        "path": file,
        "description": schema.meaning,
        "format": form,
        "mediatype": _MEDIA[form],
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(spec, spec.name in schema.key) for spec in schema.fields],
            "missingValues": [""],
            "primaryKey": list(schema.key),
            "foreignKeys": [
                {
                    "fields": [spec.name],
                    "reference": {"resource": "" if target == schema.name else target, "fields": [_KEY[target]]},
                }
                for spec in schema.fields
                if (target := spec.refers_to) is not None and target in files
            ],
        },
    }


_KEY: Final = {schema.name: schema.key[0] for schema in SCHEMA}


def _field(spec: Field, is_key: bool) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if spec.default is None or is_key:
        constraints["required"] = True
    if spec.minimum is not None:
        constraints["minimum"] = int(spec.minimum) if spec.kind == "integer" else spec.minimum
    made: dict[str, Any] = {
        "name": spec.name,
        "type": "string" if spec.kind == "text" else spec.kind,
        "description": spec.meaning,
    }
    if constraints:
        made["constraints"] = constraints
    if spec.default is not None:
        made["default"] = "INF" if spec.default == float("inf") else spec.default
    return made
