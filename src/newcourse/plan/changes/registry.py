"""All kinds of structured changes, read from data and applied together."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.changes.cap import CapChange
from newcourse.plan.changes.change import Change
from newcourse.plan.changes.floor import FloorChange
from newcourse.plan.changes.free_time import FreeTimeChange
from newcourse.plan.changes.need import NeedChange
from newcourse.plan.changes.pace import PaceChange
from newcourse.plan.changes.project import ProjectChange
from newcourse.plan.changes.supply import SupplyChange
from newcourse.plan.changes.technique import TechniqueChange
from newcourse.plan.changes.trade import TradeChange
from newcourse.plan.changes.weight import WeightChange
from newcourse.plan.goal import Goal

KINDS: Final[tuple[type[Change], ...]] = (
    NeedChange,
    FloorChange,
    SupplyChange,
    CapChange,
    TradeChange,
    TechniqueChange,
    WeightChange,
    PaceChange,
    FreeTimeChange,
    ProjectChange,
)

CHANGES: Final[dict[str, type[Change]]] = {kind.kind: kind for kind in KINDS}


def change_from_data(data: Mapping[str, Any]) -> Change:
    """Make a change of plain data.

    Raises
    ------
    BadInput
        If the kind is unknown or its fields are not as they should be.
    """
    fields = {name: value for name, value in data.items() if name != "kind"}
    maker = CHANGES.get(str(data.get("kind")))
    if maker is None:
        raise BadInput(
            Fault(
                "change-kind", "structured change", repr(data.get("kind")), f"one of {', '.join(CHANGES)}", "correct it"
            )
        )
    try:
        made: Change = maker(**fields)
    except TypeError as error:
        raise BadInput(
            Fault(
                "change-fields",
                f"change of kind {data['kind']}",
                f"fields {', '.join(fields)} ({error})",
                "the fields of this kind",
                "see the reference of structured changes",
            )
        ) from None
    return made


def apply_changes(changes: Iterable[Change], economy: Economy, goal: Goal) -> tuple[Economy, Goal]:
    """Return economy and goal after all changes, in their order.

    Raises
    ------
    BadInput
        With the faults of every change that does not fit.
    """
    faults: list[Fault] = []
    for change in changes:
        try:
            economy, goal = change.apply(economy, goal)
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(faults)
    return economy, goal
