"""An even share: nobody's need falls below one part of its target."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import numpy as np

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.changes.change import require_fields
from newcourse.plan.goal import Goal


@dataclass(frozen=True, slots=True)
class FloorChange:
    """Every minimum is raised to the same part of its target, where it is not higher already.

    Parameters
    ----------
    part
        The part, from 0 to 1.
    """

    kind: ClassVar[str] = "floor"
    part: float

    def __post_init__(self) -> None:
        require_fields(self)
        if not 0 <= self.part <= 1:
            raise BadInput(
                Fault("floor-value", "floor under all needs", f"{self.part}", "a part from 0 to 1", "correct the part")
            )

    def apply(self, economy: Economy, goal: Goal) -> tuple[Economy, Goal]:
        """Return the economy with its minima raised."""
        needs = economy["needs"]
        return economy.replace(
            needs=needs.assign(minimum=np.maximum(needs["minimum"], self.part * needs["target"]))
        ), goal

    def words(self, economy: Economy) -> str:  # noqa: ARG002 (all changes answer alike)
        """Say where the floor lies."""
        return f"no need of any place below {self.part:.1%} of its target"

    def to_data(self) -> dict[str, Any]:
        """Return the change as plain data."""
        return {"kind": self.kind, **asdict(self)}
