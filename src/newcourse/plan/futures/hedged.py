"""What progressive hedging found: every round, the best plan, and the gap that is proved."""

from dataclasses import dataclass
from math import isnan
from typing import Any, Final

import numpy as np
import numpy.typing as npt

SMALLEST: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Round:
    """One round.

    Parameters
    ----------
    number
        Counted from 1.
    value
        Expected objective of the best plan so far that can be carried out, NaN if there is none yet.
    bound
        What no plan can be better than, so far.
    apart
        How far scenarios still are from each other in what is common, relative to its size.
    """

    number: int
    value: float
    bound: float
    apart: float

    @property
    def gap(self) -> float:
        """Distance of the two, relative to the larger; NaN without a value."""
        return abs(self.value - self.bound) / max(abs(self.value), abs(self.bound), SMALLEST)


@dataclass(frozen=True, eq=False)
class Hedged:
    """What progressive hedging found.

    Parameters
    ----------
    rounds
        Every round.
    points
        Columns of each scenario in the best plan that can be carried out, shape (S, n).
    asked
        The gap that was asked for.
    """

    rounds: tuple[Round, ...]
    points: npt.NDArray[np.float64]
    asked: float

    @property
    def value(self) -> float:
        """Expected objective of the plan."""
        return self.rounds[-1].value

    @property
    def bound(self) -> float:
        """What no plan can be better than."""
        return self.rounds[-1].bound

    @property
    def gap(self) -> float:
        """Proved relative distance of the two."""
        return self.rounds[-1].gap

    @property
    def reached(self) -> bool:
        """Whether the gap asked for was proved."""
        return self.gap <= self.asked

    def sentence(self) -> str:
        """Say what is proved."""
        reached = "as asked" if self.reached else f"where {self.asked:.1e} was asked"
        return (
            f"After {len(self.rounds)} rounds: a plan with {self.value:.8g} expected; none can be better than "
            f"{self.bound:.8g} (relative gap {self.gap:.1e}, {reached})."
        )

    def to_data(self) -> dict[str, Any]:
        """Return the main figures as plain data."""
        trace = [
            {"round": r.number, "value": None if isnan(r.value) else r.value, "bound": r.bound, "apart": r.apart}
            for r in self.rounds
        ]
        return {
            "value": self.value, "bound": self.bound, "gap": self.gap, "reached": self.reached,
            "sentence": self.sentence(), "rounds": trace,
        }  # fmt: skip
