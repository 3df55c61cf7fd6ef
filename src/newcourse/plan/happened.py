"""What happened since a plan was adopted: how far it has been carried out, what came out otherwise, what changed.

Facts are of the past and correct the plan's own numbers; structured changes (another supply, cap, need, quota,
technique, weight) hold for what is still to come.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.plan.changes.change import Change
from newcourse.plan.changes.registry import change_from_data
from newcourse.plan.plan import QUANTITIES, Plan

FACTUAL: Final = (*QUANTITIES, "deliveries")
"""Tables of a plan that facts can correct."""

T = TypeVar("T")

_NO_LABEL: Final = ("period", "quantity", "minimum", "target")


@dataclass(frozen=True)
class Fact:
    """One quantity as it really was.

    Parameters
    ----------
    table
        Table of the plan: ``activity``, ``deliveries``, ``carried`` (what was left in store), ``capital`` (what stood
        in place at the end of the period), ``imports`` and so on.
    label
        Codes by column of the table, such as ``{"process": "Q86"}`` or ``{"place": "SE", "product": "C10"}``.
    period
        The year.
    quantity
        What it was, in the unit of the plan's table.
    """

    table: str
    label: Mapping[str, str]
    period: int
    quantity: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", MappingProxyType(dict(self.label)))
        faults = []
        if self.table not in FACTUAL:
            faults.append(Fault("fact-table", self._where, self.table, f"one of {', '.join(FACTUAL)}", "correct it"))
        number = isinstance(self.quantity, int | float) and not isinstance(self.quantity, bool)
        if not number or not 0 <= self.quantity < math.inf:
            found = repr(self.quantity)
            faults.append(Fault("fact-quantity", self._where, found, "a number of at least 0", "correct it"))
        if faults:
            raise BadInput(faults)

    @property
    def _where(self) -> str:
        return f"fact: {self.table} {', '.join(map(str, self.label.values()))}, {self.period}"

    def row_in(self, plan: Plan) -> int:
        """Return the position of the row it corrects.

        Raises
        ------
        BadInput
            If the plan has none, or the label names other columns than the table has.
        """
        table = plan[self.table]
        columns = [column for column in table.columns if column not in _NO_LABEL]
        if set(columns) != set(self.label):
            found, expected = ", ".join(self.label) or "no label", ", ".join(columns)
            raise BadInput(Fault("fact-label", self._where, found, f"codes by {expected}", "correct the label"))
        same = np.logical_and.reduce([table[column].astype(str) == str(self.label[column]) for column in columns])
        rows = np.flatnonzero(same & (table["period"] == self.period))
        if len(rows) == 0:
            raise BadInput(Fault("fact-unknown", self._where, "no such row", "a row of the plan", "correct the label"))
        return int(rows[0])

    def to_data(self) -> dict[str, Any]:
        """Return the fact as plain data."""
        return {"table": self.table, "label": dict(self.label), "period": self.period, "quantity": self.quantity}


@dataclass(frozen=True)
class Happened:
    """What is known when a plan is made again for the rest of its horizon.

    Parameters
    ----------
    through
        Last year that is over; the year of the base economy if nothing has been carried out yet.
    facts
        What came out otherwise than planned. All else is taken to have come out as planned.
    changes
        What has changed for the years to come.
    """

    through: int
    facts: tuple[Fact, ...] = ()
    changes: tuple[Change, ...] = ()

    def actual(self, plan: Plan) -> Plan:
        """Return the plan with the facts put in place of what was planned.

        Raises
        ------
        BadInput
            If the year is not one after which something is left to plan, or facts do not fit the plan: all at once.
        """
        faults = self._year_faults(plan)
        rows: list[tuple[Fact, int]] = []
        for fact in self.facts:
            try:
                rows.append((fact, fact.row_in(plan)))
            except BadInput as error:
                faults += error.faults
            if fact.period > self.through:
                expected = f"a year up to {self.through}"
                faults.append(Fault("fact-future", f"fact: {fact.table}", str(fact.period), expected, "correct it"))
        if faults:
            raise BadInput(faults)
        tables = {name: plan[name].copy() for name in {fact.table for fact in self.facts}}
        for fact, row in rows:
            tables[fact.table]["quantity"] = _with(tables[fact.table]["quantity"], row, fact.quantity)
        return Plan(plan.economy, plan.goal, plan.limits, {**plan.tables, **tables}, plan.proofs)

    def _year_faults(self, plan: Plan) -> list[Fault]:
        first, last = plan.economy.about.year, plan.periods[-1] - 1
        if first <= self.through <= last:
            return []
        expected = f"a year from {first} (nothing carried out yet) to {last}"
        return [Fault("through", "what happened", str(self.through), expected, "correct the year")]

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "through": self.through,
            "facts": [fact.to_data() for fact in self.facts],
            "changes": [change.to_data() for change in self.changes],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Happened":
        """Make it of what :meth:`to_data` gave.

        Raises
        ------
        BadInput
            If fields are missing or not as they should be: all faults at once.
        """
        faults: list[Fault] = []
        if not isinstance(data.get("through"), int):
            faults.append(Fault("through", "what happened", repr(data.get("through")), "a year", "add the field"))
        facts = _all_made(_fact, data.get("facts", ()), "fact", faults)
        changes = _all_made(change_from_data, data.get("changes", ()), "change", faults)
        if faults:
            raise BadInput(faults)
        return cls(data["through"], tuple(facts), tuple(changes))


def _fact(row: Mapping[str, Any]) -> Fact:
    return Fact(**row)


def _all_made(make: Callable[[Any], T], rows: Iterable[Any], what: str, faults: list[Fault]) -> list[T]:
    made = []
    for number, row in enumerate(rows, start=1):
        try:
            made.append(make(row))
        except BadInput as error:
            faults += error.faults
        except (TypeError, AttributeError) as error:
            expected = "table, label, period and quantity" if what == "fact" else "a structured change"
            faults.append(
                Fault(f"{what}-fields", f"what happened, {what} {number}", str(error), expected, "correct it")
            )
    return made


def _with(column: pd.Series, row: int, value: float) -> pd.Series:
    values = column.to_numpy(dtype=float).copy()
    values[row] = value
    return pd.Series(values, index=column.index)
