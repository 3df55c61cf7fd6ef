"""Another weight for a group of needs."""

from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.changes.change import require_fields
from newcourse.plan.goal import Goal, neutral_weights


@dataclass(frozen=True, slots=True)
class WeightChange:
    """Another share for one group; the others keep their proportions to each other.

    Parameters
    ----------
    group
        Group of needs.
    weight
        Its new share, from 0 up to but not including 1.
    """

    kind: ClassVar[str] = "weight"
    group: str
    weight: float

    def __post_init__(self) -> None:
        require_fields(self)
        if not 0 <= self.weight < 1:
            raise BadInput(
                Fault(
                    "weight-value",
                    f"weight of {self.group}",
                    f"{self.weight}",
                    "a share from 0 to below 1",
                    "correct it",
                )
            )

    def apply(self, economy: Economy, goal: Goal) -> tuple[Economy, Goal]:
        """Return the goal with the weight changed."""
        weights = dict(goal.weights) or neutral_weights(economy)
        if self.group not in weights:
            raise BadInput(
                Fault(
                    "group-unknown", "change of weight", self.group, f"one of {', '.join(weights)}", "correct the group"
                )
            )
        others = sum(share for group, share in weights.items() if group != self.group)
        if others <= 0:
            raise BadInput(
                Fault(
                    "weight-alone",
                    f"weight of {self.group}",
                    "no other group with a weight that could keep its proportion",
                    "another group with a weight",
                    "vote on all weights together",
                )
            )
        scale = (1 - self.weight) / others
        changed = {g: self.weight if g == self.group else share * scale for g, share in weights.items()}
        return economy, replace(goal, weights=changed)

    def words(self, economy: Economy) -> str:
        """Say what the weight would be."""
        neutral = neutral_weights(economy).get(self.group)
        beside = "" if neutral is None else f" (its part of the value of all targets is {neutral:.1%})"
        return f"weight of {self.group}: {self.weight:.1%}{beside}"

    def to_data(self) -> dict[str, Any]:
        """Return the change as plain data."""
        return {"kind": self.kind, **asdict(self)}
