"""More or fewer hours, land, minerals: another supply of a factor."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from newcourse.economy.economy import Economy
from newcourse.plan.changes.change import cell, require_fields, row_of, with_values
from newcourse.plan.goal import Goal
from newcourse.plan.names import Names
from newcourse.plan.sentences import number


@dataclass(frozen=True, slots=True)
class SupplyChange:
    """Another supply of a factor at a place; shorter hours are a lower supply of hours.

    Parameters
    ----------
    place, factor
        Which supply.
    quantity
        New supply per period, in the factor's unit.
    """

    kind: ClassVar[str] = "supply"
    place: str
    factor: str
    quantity: float

    def __post_init__(self) -> None:
        require_fields(self)

    def apply(self, economy: Economy, goal: Goal) -> tuple[Economy, Goal]:
        """Return the economy with the supply changed."""
        row = row_of(economy["factor_supply"], "factor_supply", place=self.place, factor=self.factor)
        return with_values(economy, "factor_supply", row, {"quantity": self.quantity}), goal

    def words(self, economy: Economy) -> str:
        """Say what the supply is and what it would be."""
        table = economy["factor_supply"]
        old = cell(table, row_of(table, "factor_supply", place=self.place, factor=self.factor), "quantity")
        names = Names(economy)
        unit = names.unit("factor", self.factor)
        return (
            f"{names.factor(self.factor)} in {names.place(self.place)}: "
            f"from {number(old)} to {number(self.quantity)} {unit} a {economy.about.period}"
        )

    def to_data(self) -> dict[str, Any]:
        """Return the change as plain data."""
        return {"kind": self.kind, **asdict(self)}
