"""Economies, plans and outcomes as bytes and back: the same thing, the same bytes, the same address (design §3, §8.3).

Bytes are canonical JSON (RFC 8785), so that anyone can read and hash them. A number that is infinite (a quota that is
none) is written ``null``; finite numbers keep all their digits.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import asdict
from threading import Lock
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd

from newcourse.economy.economy import About, Economy
from newcourse.economy.schema import SCHEMA
from newcourse.economy.table_schema import TableSchema
from newcourse.errors import Fault, Tampered
from newcourse.plan.plan import Plan
from newcourse.record.artefact import Artefact
from newcourse.record.canonical import canonical_json, read_json
from newcourse.record.store import Record

JSON: Final = "application/json"
KEPT_IN_MEMORY: Final = 24

T = TypeVar("T")


def json_artefact(kind: str, data: object) -> Artefact:
    """Return plain data as an artefact."""
    return Artefact(kind, JSON, canonical_json(data))


def economy_artefact(economy: Economy) -> Artefact:
    """Return an economy as an artefact: every table by columns, empty ones left out."""
    tables = {schema.name: _columns(schema, economy[schema.name]) for schema in SCHEMA if len(economy[schema.name])}
    return json_artefact("economy", {"about": asdict(economy.about), "tables": tables})


def economy_from(artefact: Artefact) -> Economy:
    """Return the economy that :func:`economy_artefact` wrote, checked anew."""
    data = _read(artefact, "economy")
    tables = {
        schema.name: _frame(schema, data["tables"][schema.name]) for schema in SCHEMA if schema.name in data["tables"]
    }
    return Economy(About(**data["about"]), tables)


def plan_artefact(plan: Plan, economy: Artefact) -> Artefact:
    """Return a plan as an artefact that names its economy by address."""
    return json_artefact("plan", {"economy": economy.address, "plan": plan.to_data()})


class Archive:
    """Reads artefacts; what was read lately is kept in memory, under its address, which never changes its meaning.

    Parameters
    ----------
    fetch
        Reads an artefact by address: of a record or of a draft.
    """

    def __init__(self, fetch: Callable[[str], Artefact]) -> None:
        self._fetch = fetch

    def data(self, address: str) -> Any:
        """Return an artefact that is plain data."""
        return read_json(self._fetch(address).content.decode())

    def economy(self, address: str) -> Economy:
        """Return an economy."""
        return _remembered(address, lambda: economy_from(self._fetch(address)))

    def plan(self, address: str) -> Plan:
        """Return a plan, together with its economy."""
        return _remembered(address, lambda: self._plan(address))

    def _plan(self, address: str) -> Plan:
        data = _read(self._fetch(address), "plan")
        economy = self.economy(data["economy"])
        # The address of the economy has tied the two together, more strictly than the fingerprint does.
        return Plan.from_data({**data["plan"], "economy": economy.fingerprint}, economy)


def load_economy(record: Record, address: str) -> Economy:
    """Return an economy that a record keeps."""
    return Archive(record.fetch).economy(address)


_MEMORY: OrderedDict[str, Any] = OrderedDict()
_LOCK = Lock()


def _remembered(address: str, make: Callable[[], T]) -> T:
    with _LOCK:
        if address in _MEMORY:
            _MEMORY.move_to_end(address)
            known: T = _MEMORY[address]
            return known
    made = make()
    with _LOCK:
        _MEMORY[address] = made
        while len(_MEMORY) > KEPT_IN_MEMORY:
            _MEMORY.popitem(last=False)
    return made


def _read(artefact: Artefact, kind: str) -> dict[str, Any]:
    if artefact.kind != kind:
        where, remedy = f"artefact {artefact.address}", "verify the record"
        raise Tampered(Fault("artefact-kind", where, f"a thing of kind {artefact.kind}", f"a {kind}", remedy))
    data: dict[str, Any] = read_json(artefact.content.decode())
    return data


def _columns(schema: TableSchema, frame: pd.DataFrame) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    for spec in schema.fields:
        values = frame[spec.name]
        if spec.kind == "number":
            values = values.astype(object).where(np.isfinite(values.to_numpy(dtype=float)), None)
        columns[spec.name] = values.tolist()
    return columns


def _frame(schema: TableSchema, columns: Mapping[str, list[Any]]) -> pd.DataFrame:
    """Return a table; ``null`` stands for an infinite number, the only kind that JSON does not have."""
    numbers = {spec.name for spec in schema.fields if spec.kind == "number"}
    return pd.DataFrame(
        {
            name: [np.inf if value is None else float(value) for value in values] if name in numbers else values
            for name, values in columns.items()
        }
    )
