"""How fast an economy can move, and how far a plan looks: stated once, shown with every plan (design §6.1)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from newcourse.errors import BadInput, Fault

Terminal = Literal["free", "kept", "steady"]

TERMINALS: Final = ("free", "kept", "steady")
"""What the end of the horizon asks for."""

_RATES: Final = (
    "activity_rate", "uptake", "import_share_rate", "route_share_rate", "export_rate", "growth", "beyond",
)  # fmt: skip


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
    terminal
        What the end of the horizon asks for, so that it does not eat the capital. ``kept``: each place ends with as
        much capital of each product as it began with. ``steady``: the last period could be repeated for ever, growing
        by ``growth`` (the turnpike, or primal equilibrium condition), and counts for the periods after it too: the
        choice for plans of several periods, whose beginning it makes hold for longer ones. Both leave as much work in
        progress as lets activity go on so. ``free``: nothing.
    growth
        Part by which activity is to be able to grow each period after the horizon where it ends ``steady``.
    beyond
        How many periods after the horizon its last one stands for where it ends ``steady``: needs met then are met in
        all of them, so they weigh one more than that many times as much, and capital keeps its worth to the end.
    """

    periods: int = 1
    activity_rate: float | None = 0.10
    uptake: float = 0.02
    import_share_rate: float | None = 0.02
    route_share_rate: float | None = 0.002
    export_rate: float | None = 0.05
    terminal: Terminal = "kept"
    growth: float = 0.0
    beyond: float = 10.0

    def __post_init__(self) -> None:
        faults = []
        if self.periods < 1 or int(self.periods) != self.periods:
            faults.append(Fault("periods", "limits", f"{self.periods}", "a whole number, at least 1", "correct it"))
        if self.terminal not in TERMINALS:
            expected = f"one of {', '.join(TERMINALS)}"
            faults.append(Fault("terminal", "limits, terminal", f"{self.terminal}", expected, "correct the word"))
        for name in _RATES:
            value = getattr(self, name)
            if value is not None and not 0 <= value < float("inf"):
                faults.append(Fault("rate", f"limits, {name}", f"{value}", "a part of at least 0", "correct the rate"))
        if faults:
            raise BadInput(faults)

    @property
    def goes_on(self) -> bool:
        """Whether activity goes on after the horizon."""
        return self.terminal != "free"

    def after(self, periods: int) -> float:
        """Return what activity is, as a multiple of the last period's, so many periods after the horizon."""
        return (1.0 + self.growth) ** periods if self.terminal == "steady" else float(self.goes_on)

    def repeated(self, period: int) -> bool:
        """Return whether a period, counted from 0, stands for those after it: nothing is used up in it for good."""
        return self.terminal == "steady" and period == self.periods - 1

    def weight(self, period: int) -> float:
        """Return how many periods one of the plan, counted from 0, stands for."""
        return 1.0 + self.beyond if self.repeated(period) else 1.0

    def to_data(self) -> dict[str, Any]:
        """Return the limits as plain data."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Limits":
        """Make limits of what :meth:`to_data` gave."""
        return cls(**data)
