"""What differs from one future to another: harvests, world prices, deliveries, openness; or any structured change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Final

import numpy as np
import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.changes.change import Change
from newcourse.plan.changes.registry import CHANGES, change_from_data
from newcourse.plan.goal import Goal
from newcourse.plan.sentences import and_list

SCALED: Final[Mapping[tuple[str, str], str]] = {
    ("outputs", "quantity"): "what comes out of the same work",
    ("inputs", "quantity"): "what is used up for the same work",
    ("trade", "import_price"): "world prices of imports",
    ("trade", "export_price"): "world prices of exports",
    ("factor_supply", "quantity"): "what there is of labour, land and minerals",
    ("emission_caps", "quantity"): "caps on emissions",
    ("needs", "minimum"): "minima of needs",
    ("needs", "target"): "targets of needs",
    ("accounts", "credit"): "credit",
}
"""Columns that can be scaled, and what they are in words."""

QUOTAS: Final = (
    ("trade", "imports", "import_quota"),
    ("trade", "exports", "export_quota"),
    ("routes", "base", "limit"),
)
"""What openness limits: table, the base year's quantity, and the most there may be."""


@dataclass(frozen=True)
class Scaling:
    """Some numbers of a table are other ones: a bad harvest is outputs times 0.8.

    Parameters
    ----------
    table, column
        Which numbers; one of :data:`SCALED`.
    factor
        What they are multiplied by, at least 0.
    where
        Labels of the rows meant, by column: one label or several; all rows if empty.
    """

    kind: ClassVar[str] = "scale"
    table: str
    column: str
    factor: float
    where: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", MappingProxyType(dict(self.where)))
        faults = _factor_faults("scale", self.factor)
        if (self.table, self.column) not in SCALED:
            known = ", ".join(f"{table}.{column}" for table, column in SCALED)
            faults.append(
                Fault("scale-column", "change of kind scale", f"{self.table}.{self.column}", known, "correct it")
            )
        if faults:
            raise BadInput(faults)

    def apply(self, economy: Economy, goal: Goal) -> tuple[Economy, Goal]:
        """Return the economy with the numbers scaled."""
        frame = economy[self.table].copy()
        chosen = _rows(frame, self.table, self.where)
        values = frame[self.column].to_numpy(dtype=float)
        frame[self.column] = np.where(chosen, self.factor * values, values)
        return economy.replace(**{self.table: frame}), goal

    def words(self, economy: Economy) -> str:  # noqa: ARG002 (all changes answer alike)
        """Say what is scaled."""
        return f"{SCALED[self.table, self.column]}{_of(self.where)}: {self.factor:.0%} of what it was"

    def to_data(self) -> dict[str, Any]:
        """Return the change as plain data."""
        return {
            "kind": self.kind, "table": self.table, "column": self.column, "factor": self.factor,
            "where": _plain(self.where),
        }  # fmt: skip


@dataclass(frozen=True)
class Openness:
    """Trade is possible only up to a part of the base year's: with the world outside, or between places.

    The pace of change of trade is measured from that part then, and no longer from the base year's.

    Parameters
    ----------
    factor
        The part, at least 0; more than 1 leaves room to grow.
    where
        Labels of the trade meant (place, product; origin, destination for shipments); all trade if empty.
    """

    kind: ClassVar[str] = "openness"
    factor: float
    where: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", MappingProxyType(dict(self.where)))
        faults = _factor_faults("openness", self.factor)
        if faults:
            raise BadInput(faults)

    def apply(self, economy: Economy, goal: Goal) -> tuple[Economy, Goal]:
        """Return the economy with its trade limited; a stricter limit that there is already is kept."""
        tables: dict[str, pd.DataFrame] = {}
        for table, base, limit in QUOTAS:
            frame = tables.get(table, economy[table]).copy()
            if set(self.where) - set(frame.columns):
                continue
            chosen = _rows(frame, table, self.where) if len(frame) else np.zeros(0, dtype=bool)
            left = self.factor * frame[base].to_numpy(dtype=float)
            frame[limit] = np.where(chosen, np.minimum(frame[limit].to_numpy(dtype=float), left), frame[limit])
            frame[base] = np.where(chosen, left, frame[base])
            tables[table] = frame
        return economy.replace(**tables), goal

    def words(self, economy: Economy) -> str:  # noqa: ARG002 (all changes answer alike)
        """Say how open trade is."""
        return f"trade{_of(self.where)} up to {self.factor:.0%} of the base year's at most"

    def to_data(self) -> dict[str, Any]:
        """Return the change as plain data."""
        return {"kind": self.kind, "factor": self.factor, "where": _plain(self.where)}


def difference_from_data(data: Mapping[str, Any]) -> Change:
    """Make what differs of plain data: ``scale``, ``openness``, or any kind of structured change.

    Raises
    ------
    BadInput
        If the kind is unknown or its fields are not as they should be.
    """
    kind = str(data.get("kind"))
    if kind not in (Scaling.kind, Openness.kind):
        if kind not in CHANGES:
            expected = ", ".join((Scaling.kind, Openness.kind, *CHANGES))
            raise BadInput(
                Fault("change-kind", "what differs in a future", repr(data.get("kind")), expected, "correct it")
            )
        return change_from_data(data)
    fields = {name: value for name, value in data.items() if name != "kind"}
    try:
        return Scaling(**fields) if kind == Scaling.kind else Openness(**fields)
    except TypeError as error:
        raise BadInput(
            Fault(
                "change-fields", f"change of kind {kind}", f"fields {', '.join(fields)} ({error})",
                "table, column, factor, where" if kind == Scaling.kind else "factor, where", "correct the fields",
            )
        ) from None  # fmt: skip


def _factor_faults(kind: str, factor: object) -> list[Fault]:
    if isinstance(factor, int | float) and not isinstance(factor, bool) and 0 <= factor < float("inf"):
        return []
    return [
        Fault("scale-factor", f"change of kind {kind}", repr(factor), "a number of at least 0", "correct the factor")
    ]


def _rows(frame: pd.DataFrame, table: str, where: Mapping[str, Any]) -> np.ndarray:
    """Return which rows are meant.

    Raises
    ------
    BadInput
        If a label is of no column, or there is no such row.
    """
    chosen = np.ones(len(frame), dtype=bool)
    for column, labels in where.items():
        if column not in frame:
            expected = f"one of {', '.join(map(str, frame.columns))}"
            raise BadInput(Fault("change-unknown", f"change of {table}", column, expected, "correct the label"))
        chosen &= frame[column].isin([labels] if isinstance(labels, str) else list(labels)).to_numpy()
    if not chosen.any():
        found = ", ".join(f"{column} {labels}" for column, labels in where.items()) or "an empty table"
        raise BadInput(
            Fault("change-unknown", f"change of {table}", found, f"rows of {table} with such labels", "correct them")
        )
    return chosen


def _of(where: Mapping[str, Any]) -> str:
    told = [value if isinstance(value, str) else and_list(list(map(str, value))) for value in where.values()]
    return f" ({', '.join(told)})" if told else ""


def _plain(where: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, str) else list(value) for name, value in where.items()}
