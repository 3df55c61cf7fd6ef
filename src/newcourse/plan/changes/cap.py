"""A tighter or looser cap on an emission."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from newcourse.economy.economy import Economy
from newcourse.plan.changes.change import cell, require_fields, row_of, with_values
from newcourse.plan.goal import Goal
from newcourse.plan.names import Names
from newcourse.plan.sentences import number


@dataclass(frozen=True, slots=True)
class CapChange:
    """Another cap on an emission at a place.

    Parameters
    ----------
    place, emission
        Which cap.
    quantity
        New cap per period, in the emission's unit.
    """

    kind: ClassVar[str] = "cap"
    place: str
    emission: str
    quantity: float

    def __post_init__(self) -> None:
        require_fields(self)

    def apply(self, economy: Economy, goal: Goal) -> tuple[Economy, Goal]:
        """Return the economy with the cap changed."""
        row = row_of(economy["emission_caps"], "emission_caps", place=self.place, emission=self.emission)
        return with_values(economy, "emission_caps", row, {"quantity": self.quantity}), goal

    def words(self, economy: Economy) -> str:
        """Say what the cap is and what it would be."""
        table = economy["emission_caps"]
        old = cell(table, row_of(table, "emission_caps", place=self.place, emission=self.emission), "quantity")
        names = Names(economy)
        unit = names.unit("emission", self.emission)
        return (
            f"{names.emission(self.emission)} in {names.place(self.place)}: "
            f"from {number(old)} to {number(self.quantity)} {unit} a {economy.about.period}"
        )

    def to_data(self) -> dict[str, Any]:
        """Return the change as plain data."""
        return {"kind": self.kind, **asdict(self)}
