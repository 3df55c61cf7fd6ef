"""What a plan is for: voted weights of need groups, and the minima that are promised (design §6.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault

TIERS: Final = ("minimum", "first", "second", "third")
"""A need is delivered in four tiers: up to its minimum, then three equal steps up to its target."""

SATISFACTION: Final = (2.0, 1.5, 1.0, 0.5)
"""What a unit in each tier is worth beside the others: satisfaction is concave, so plans are not bang-bang."""


@dataclass(frozen=True)
class Goal:
    """The goal of a plan, as voted.

    Goals are lexicographic: first the minima of the worst-off place are raised (max-min, repeated), then the weighted
    satisfaction of all needs, then the same satisfaction is reached with the least use of factors.

    Parameters
    ----------
    weights
        Share of each need group, as voted; positive, together 1. Empty: each unit of money counts alike. A group's
        share weighs its *fulfilment*: a small group with a large share is served first.
    guaranteed
        Codes of needs whose minimum is a hard commitment: the plan keeps it or says which commitments cannot hold
        together.
    pace
        Pace of accumulation: the least part of what is delivered for use and invested together, at base-year prices,
        that is invested in each period, as voted; nothing: as much as the goal and the terminal condition bring about.

    Raises
    ------
    BadInput
        If a share or the pace is negative or no number, or the shares do not add up to one.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    guaranteed: frozenset[str] = frozenset()
    pace: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", MappingProxyType({k: float(v) for k, v in self.weights.items()}))
        object.__setattr__(self, "guaranteed", frozenset(self.guaranteed))
        faults = [
            Fault("weight-value", f"weight of {group}", repr(share), "a share between 0 and 1", "correct the share")
            for group, share in self.weights.items()
            if not 0 <= share <= 1
        ]
        total = sum(self.weights.values())
        if self.weights and not faults and abs(total - 1) > 1e-9:
            faults = [
                Fault("weights-sum", "weights", f"a sum of {total:.10g}", "a sum of 1", "divide them by their sum")
            ]
        if self.pace is not None and not 0 <= self.pace < 1:
            expected = "a part from 0 to below 1"
            faults.append(Fault("pace-value", "goal, pace", repr(self.pace), expected, "correct the pace"))
        if faults:
            raise BadInput(faults)

    def to_data(self) -> dict[str, Any]:
        """Return the goal as plain data."""
        return {"weights": dict(self.weights), "guaranteed": sorted(self.guaranteed), "pace": self.pace}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Goal":
        """Make a goal of what :meth:`to_data` gave."""
        return cls(data["weights"], frozenset(data["guaranteed"]), data["pace"])


def need_groups(economy: Economy) -> np.ndarray:
    """Return the group of each need: its own, or its product's where it has none."""
    needs = economy["needs"]
    of_product = dict(zip(economy["products"]["product"], economy["products"]["group"], strict=True))
    pairs = zip(needs["group"], needs["product"], strict=True)
    return np.array([own or of_product[product] for own, product in pairs], dtype=object)


def need_prices(economy: Economy) -> np.ndarray:
    """Return the base-year price of the product of each need, currency per unit."""
    price = economy.prices
    return price.reindex(economy["needs"]["product"]).to_numpy(dtype=float)


def group_values(economy: Economy) -> dict[str, float]:
    """Return the value at base-year prices of all targets of each group, in the order of first appearance."""
    values: dict[str, float] = {}
    worth = economy["needs"]["target"].to_numpy() * need_prices(economy)
    for group, value in zip(need_groups(economy), worth, strict=True):
        values[str(group)] = values.get(str(group), 0.0) + float(value)
    return values


def neutral_weights(economy: Economy) -> dict[str, float]:
    """Return the shares with which each unit of money counts alike: each group's part of the value of all targets."""
    values = group_values(economy)
    total = sum(values.values())
    return {group: value / total for group, value in values.items()} if total > 0 else {}


def unit_worth(economy: Economy, goal: Goal) -> np.ndarray:
    """Return what a full unit of each need is worth to the goal, in currency: price × voted share ÷ neutral share.

    Raises
    ------
    BadInput
        If the goal weighs groups that nobody needs, or leaves out groups that somebody does, or guarantees needs
        that are not filed.
    """
    neutral = neutral_weights(economy)
    weights = dict(goal.weights) or neutral
    _require_known(economy, goal, neutral)
    scale = {group: weights[group] / share if share > 0 else 0.0 for group, share in neutral.items()}
    return np.asarray(np.array([scale[str(g)] for g in need_groups(economy)]) * need_prices(economy))


def _require_known(economy: Economy, goal: Goal, neutral: Mapping[str, float]) -> None:
    known = set(economy["needs"]["need"])
    faults = [
        Fault("need-unknown", "goal, guaranteed", need, "the code of a filed need", "file the need or correct the code")
        for need in sorted(goal.guaranteed - known)
    ]
    if goal.weights:
        faults += [
            Fault("group-unknown", "goal, weights", group, f"one of {', '.join(neutral)}", "correct the group")
            for group in goal.weights
            if group not in neutral
        ]
        faults += [
            Fault("group-unweighted", "goal, weights", f"no share for {group}", "a share for each group", "add it")
            for group in neutral
            if group not in goal.weights
        ]
    if faults:
        raise BadInput(faults)
