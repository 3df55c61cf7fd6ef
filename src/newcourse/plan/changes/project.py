"""A project proposed: a work of several periods, and the stock that it puts in place (design §6.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Final

import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.goal import Goal
from newcourse.plan.names import Names
from newcourse.plan.sentences import and_list, number

SCHEDULE: Final = ("project_inputs", "project_factors", "project_yields")


@dataclass(frozen=True)
class ProjectChange:
    """One more project for the plan to take up or leave.

    Parameters
    ----------
    project
        Its row of ``projects``: project, name, place, whole.
    schedule
        Rows of ``project_inputs``, ``project_factors`` and ``project_yields`` without their project.
    stocks
        Rows of ``stocks`` that are new with it. A process that uses them is proposed as a technique beside it.
    """

    kind: ClassVar[str] = "project"
    project: Mapping[str, Any]
    schedule: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    stocks: tuple[Mapping[str, Any], ...] = ()

    def __post_init__(self) -> None:
        wrong = sorted(set(self.schedule) - set(SCHEDULE))
        if wrong or "project" not in self.project or not self.schedule.get("project_yields"):
            raise BadInput(
                Fault(
                    "project-form",
                    "change of kind project",
                    f"project {dict(self.project)}, schedule of {list(self.schedule)}",
                    f"a project with its code, yields, and a schedule among {', '.join(SCHEDULE)}",
                    "complete the project",
                )
            )
        object.__setattr__(self, "project", MappingProxyType(dict(self.project)))
        parts = {name: tuple(map(dict, rows)) for name, rows in self.schedule.items()}
        object.__setattr__(self, "schedule", MappingProxyType(parts))
        object.__setattr__(self, "stocks", tuple(map(dict, self.stocks)))

    def apply(self, economy: Economy, goal: Goal) -> tuple[Economy, Goal]:
        """Return the economy with the project added."""
        code = str(self.project["project"])
        added: dict[str, list[dict[str, Any]]] = {"projects": [dict(self.project)]}
        added |= {name: [{**row, "project": code} for row in rows] for name, rows in self.schedule.items()}
        if self.stocks:
            added["stocks"] = [dict(row) for row in self.stocks]
        tables = {
            name: pd.concat([economy[name], pd.DataFrame(rows)], ignore_index=True) for name, rows in added.items()
        }
        return economy.replace(**tables), goal

    def words(self, economy: Economy) -> str:
        """Say what it takes, over how long, and when it yields."""
        names = Names(economy)
        takes = [
            f"{number(float(row['quantity']))} {names.unit(kind, str(row[kind]))} of {look_up(str(row[kind]))}"
            for table, kind, look_up in (
                ("project_inputs", "product", names.product), ("project_factors", "factor", names.factor)
            )
            for row in self.schedule.get(table, ())
        ]  # fmt: skip
        first = min(int(row["year"]) for row in self.schedule["project_yields"])
        told = [*takes[:3], f"{len(takes) - 3} more"] if len(takes) > 3 else takes
        name = self.project.get("name", self.project["project"])
        used = f" takes {and_list(told)} and" if told else ""
        return f"project {name}:{used} yields from the {economy.about.period} {first} after it is begun"

    def to_data(self) -> dict[str, Any]:
        """Return the change as plain data."""
        schedule = {name: [dict(row) for row in rows] for name, rows in self.schedule.items()}
        return {
            "kind": self.kind,
            "project": dict(self.project),
            "schedule": schedule,
            "stocks": [dict(row) for row in self.stocks],
        }
