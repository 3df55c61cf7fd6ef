"""Another rule for trade in one product."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from newcourse.economy.economy import Economy
from newcourse.plan.changes.change import cell, require_fields, row_of, with_values
from newcourse.plan.goal import Goal
from newcourse.plan.names import Names
from newcourse.plan.sentences import and_list, number


@dataclass(frozen=True, slots=True)
class TradeChange:
    """Other quotas for imports or exports of a product.

    Parameters
    ----------
    place, product
        Which trade.
    import_quota, export_quota
        New quotas per period, in the product's unit; ``None`` leaves them.
    """

    kind: ClassVar[str] = "trade"
    place: str
    product: str
    import_quota: float | None = None
    export_quota: float | None = None

    def __post_init__(self) -> None:
        require_fields(self)

    def apply(self, economy: Economy, goal: Goal) -> tuple[Economy, Goal]:
        """Return the economy with the quotas changed."""
        row = row_of(economy["trade"], "trade", place=self.place, product=self.product)
        quotas = {"import_quota": self.import_quota, "export_quota": self.export_quota}
        return with_values(economy, "trade", row, quotas), goal

    def words(self, economy: Economy) -> str:
        """Say what the quotas would be, beside the base year's trade."""
        table = economy["trade"]
        row = row_of(table, "trade", place=self.place, product=self.product)
        names = Names(economy)
        unit = names.unit("product", self.product)
        parts = [
            f"at most {number(quota)} {unit} of {way} a {economy.about.period} "
            f"(base year {number(cell(table, row, way))})"
            for way, quota in (("imports", self.import_quota), ("exports", self.export_quota))
            if quota is not None
        ]
        return f"{names.product(self.product)} ({names.place(self.place)}): {and_list(parts)}"

    def to_data(self) -> dict[str, Any]:
        """Return the change as plain data."""
        return {"kind": self.kind, **asdict(self)}
