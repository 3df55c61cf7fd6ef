"""Ask for more or less."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from newcourse.economy.economy import Economy
from newcourse.plan.changes.change import cell, require_fields, row_of, with_values
from newcourse.plan.goal import Goal
from newcourse.plan.names import Names
from newcourse.plan.sentences import and_list, number


@dataclass(frozen=True, slots=True)
class NeedChange:
    """Another minimum or target for one need.

    Parameters
    ----------
    need
        Code of the need.
    minimum, target
        New quantities in the product's unit; ``None`` leaves them.
    """

    kind: ClassVar[str] = "need"
    need: str
    minimum: float | None = None
    target: float | None = None

    def __post_init__(self) -> None:
        require_fields(self)

    def apply(self, economy: Economy, goal: Goal) -> tuple[Economy, Goal]:
        """Return the economy with the need changed."""
        row = row_of(economy["needs"], "needs", need=self.need)
        return with_values(economy, "needs", row, {"minimum": self.minimum, "target": self.target}), goal

    def words(self, economy: Economy) -> str:
        """Say what is asked for now, and what would be."""
        needs = economy["needs"]
        row = row_of(needs, "needs", need=self.need)
        names = Names(economy)
        unit = names.unit("need", self.need)
        parts = [
            f"{tier} from {number(cell(needs, row, tier))} to {number(new)} {unit}"
            for tier, new in (("minimum", self.minimum), ("target", self.target))
            if new is not None
        ]
        return f"{names.need(self.need)} ({names.place(str(needs['place'].iloc[row]))}): {and_list(parts)}"

    def to_data(self) -> dict[str, Any]:
        """Return the change as plain data."""
        return {"kind": self.kind, **asdict(self)}
