"""A new way of making something, or a better one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Final

import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.goal import Goal
from newcourse.plan.names import Names
from newcourse.plan.sentences import and_list, number

USES: Final = ("outputs", "inputs", "factor_use", "emission_use", "stock_use")

TOLD: Final = 3
"""Products that are named of each table of uses."""


@dataclass(frozen=True)
class TechniqueChange:
    """One more process.

    Parameters
    ----------
    process
        Its row of ``processes``: process, name, place, unit, and what else is known of it.
    uses
        Rows of ``outputs``, ``inputs``, ``factor_use``, ``emission_use``, ``stock_use`` without their process.
    """

    kind: ClassVar[str] = "technique"
    process: Mapping[str, Any]
    uses: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wrong = sorted(set(self.uses) - set(USES))
        if wrong or "process" not in self.process or not self.uses.get("outputs"):
            raise BadInput(
                Fault(
                    "technique-form",
                    "change of kind technique",
                    f"process {dict(self.process)}, uses of {list(self.uses)}",
                    f"a process with its code, outputs, and uses among {', '.join(USES)}",
                    "complete the technique",
                )
            )
        if self.process.get("base", 0) not in (0, None, ""):
            raise BadInput(
                Fault(
                    "technique-base",
                    f"change of kind technique, {self.process['process']}",
                    f"activity of {self.process['base']} in the base year",
                    "none: a proposed technique is not yet in use",
                    "leave base out",
                )
            )
        object.__setattr__(self, "process", MappingProxyType(dict(self.process)))
        object.__setattr__(self, "uses", MappingProxyType({k: tuple(map(dict, v)) for k, v in self.uses.items()}))

    def apply(self, economy: Economy, goal: Goal) -> tuple[Economy, Goal]:
        """Return the economy with the process added."""
        code = str(self.process["process"])
        tables = {"processes": pd.concat([economy["processes"], pd.DataFrame([dict(self.process)])], ignore_index=True)}
        for name, rows in self.uses.items():
            added = pd.DataFrame([{**row, "process": code} for row in rows])
            tables[name] = pd.concat([economy[name], added], ignore_index=True)
        return economy.replace(**tables), goal

    def words(self, economy: Economy) -> str:
        """Say what it makes, of what: the largest of each, and how many more there are."""
        names = Names(economy)
        made, used = (_largest(self.uses.get(table, ()), names) for table in ("outputs", "inputs"))
        text = f"new technique {self.process.get('name', self.process['process'])}: makes {made}"
        return f"{text} from {used}" if used else text

    def to_data(self) -> dict[str, Any]:
        """Return the change as plain data."""
        uses = {name: [dict(row) for row in rows] for name, rows in self.uses.items()}
        return {"kind": self.kind, "process": dict(self.process), "uses": uses}


def _largest(rows: Sequence[Mapping[str, Any]], names: Names) -> str:
    ordered = sorted(rows, key=lambda row: -float(row["quantity"]))
    told = [f"{number(float(row['quantity']))} {names.product(str(row['product']))}" for row in ordered[:TOLD]]
    return and_list([*told, f"{len(rows) - TOLD} more"] if len(rows) > TOLD else told)
