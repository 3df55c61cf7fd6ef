"""What every structured change can do."""

import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, ClassVar, Protocol

import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.goal import Goal


class Change(Protocol):
    """A change of an economy or a goal that can be filed, costed, voted on and carried out."""

    kind: ClassVar[str]

    def apply(self, economy: Economy, goal: Goal) -> tuple[Economy, Goal]:
        """Return economy and goal after the change.

        Raises
        ------
        BadInput
            If the change does not fit the economy.
        """

    def words(self, economy: Economy) -> str:
        """Say in one sentence what is changed, from what to what."""

    def to_data(self) -> dict[str, Any]:
        """Return the change as plain data, ``kind`` included."""


def require_fields(change: Change) -> None:
    """Check the fields of a change: texts are texts, quantities are numbers of at least 0, given unless optional.

    Raises
    ------
    BadInput
        With every field that is not as it should be.
    """
    faults = [
        Fault(
            "change-field",
            f"change of kind {change.kind}, {name}",
            repr(value),
            "a text" if "str" in wanted else "a number of at least 0" + (", or nothing" if "None" in wanted else ""),
            "correct the field",
        )
        for name, wanted, value in ((f.name, str(f.type), getattr(change, f.name)) for f in fields(change))  # type: ignore[arg-type]
        if not _fits(wanted, value)
    ]
    if faults:
        raise BadInput(faults)


def _fits(wanted: str, value: object) -> bool:
    if "str" in wanted:
        return isinstance(value, str) and value != ""
    if value is None:
        return "None" in wanted
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < math.inf


def row_of(table: pd.DataFrame, what: str, **key: str) -> int:
    """Return the position of the one row with these keys.

    Raises
    ------
    BadInput
        If there is none.
    """
    found = table.index[(table[list(key)] == pd.Series(key)).all(axis=1)]
    if len(found) == 0:
        label = ", ".join(f"{name} {value}" for name, value in key.items())
        raise BadInput(
            Fault("change-unknown", f"change of {what}", label, f"a row of {what} with this label", "correct the label")
        )
    return int(found[0])


def with_values(economy: Economy, table: str, row: int, values: Mapping[str, float | str | None]) -> Economy:
    """Return the economy in which the given columns of one row have new values; ``None`` leaves a column as it is."""
    frame = economy[table].copy()
    for column, value in values.items():
        if value is not None:
            frame.loc[row, column] = value
    return economy.replace(**{table: frame})


def cell(table: pd.DataFrame, row: int, column: str) -> float:
    """Return one number of a table."""
    return float(table[column].to_numpy(dtype=float)[row])
