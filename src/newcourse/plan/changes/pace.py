"""Another pace of accumulation: how much is invested of all that is consumed and invested."""

from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.changes.change import require_fields
from newcourse.plan.goal import Goal


@dataclass(frozen=True, slots=True)
class PaceChange:
    """A pace of accumulation to be kept in every period.

    Parameters
    ----------
    pace
        Least part of what is consumed and invested that is invested, from 0 up to but not including 1.
    """

    kind: ClassVar[str] = "pace"
    pace: float

    def __post_init__(self) -> None:
        require_fields(self)
        if not 0 <= self.pace < 1:
            raise BadInput(
                Fault("pace-value", "change of pace", f"{self.pace}", "a part from 0 to below 1", "correct the pace")
            )

    def apply(self, economy: Economy, goal: Goal) -> tuple[Economy, Goal]:
        """Return the goal with the pace changed.

        Raises
        ------
        BadInput
            If the economy counts no stocks, so that nothing can be invested.
        """
        if economy["stocks"].empty:
            raise BadInput(
                Fault(
                    "pace-no-stocks", "change of pace", "an economy without stocks", "stocks to invest in", "add them"
                )
            )
        return economy, replace(goal, pace=self.pace)

    def words(self, economy: Economy) -> str:
        """Say what the pace would be."""
        return f"at least {self.pace:.1%} of what is consumed and invested each {economy.about.period} is invested"

    def to_data(self) -> dict[str, Any]:
        """Return the change as plain data."""
        return {"kind": self.kind, **asdict(self)}
