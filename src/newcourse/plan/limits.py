"""How fast an economy can move, and how far a plan looks: stated once, shown with every plan (design §6.1)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from newcourse.errors import BadInput, Fault


@dataclass(frozen=True, slots=True)
class Limits:
    """Horizon and rates of change. A rate of ``None`` is no limit.

    Parameters
    ----------
    periods
        How many periods the plan covers.
    activity_rate
        Part by which an activity may grow or shrink in one period.
    uptake
        Part of a product's base-year output that a technique not yet in use may reach in its first period.
    import_share_rate
        Change, per period, of imports' share in a product's supply (0.02: from 30 % to 28–32 %).
    route_share_rate
        The same for each origin's share in what a destination is supplied with.
    export_rate
        Part by which exports of a product may differ from the base year, growing by itself each period.
    keep_capital
        Whether each place must end with as much capital of each product as it began with, and with as much work in
        progress as lets the last period's activity go on.
    """

    periods: int = 1
    activity_rate: float | None = 0.10
    uptake: float = 0.02
    import_share_rate: float | None = 0.02
    route_share_rate: float | None = 0.002
    export_rate: float | None = 0.05
    keep_capital: bool = True

    def __post_init__(self) -> None:
        faults = []
        if self.periods < 1 or int(self.periods) != self.periods:
            faults.append(Fault("periods", "limits", f"{self.periods}", "a whole number, at least 1", "correct it"))
        for name in ("activity_rate", "uptake", "import_share_rate", "route_share_rate", "export_rate"):
            value = getattr(self, name)
            if value is not None and not 0 <= value < float("inf"):
                faults.append(Fault("rate", f"limits, {name}", f"{value}", "a part of at least 0", "correct the rate"))
        if faults:
            raise BadInput(faults)

    def to_data(self) -> dict[str, Any]:
        """Return the limits as plain data."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Limits":
        """Make limits of what :meth:`to_data` gave."""
        return cls(**data)
