r"""The saturated Markov chain: every yearly transition has a probability of its own (design §11.3, first rung).

Where records are right and without gaps, the likelihood is highest at the transitions counted, divided by the sum of
their row (T. W. Anderson and L. A. Goodman, *Annals of Mathematical Statistics* 28 (1957) 89, eq. 2.5).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import permutations

import numpy as np

from newcourse.formations.ladder.hazards import Hazards
from newcourse.formations.ladder.linear import LinearRung
from newcourse.formations.ladder.parameters import FreeParameter
from newcourse.formations.ladder.rung import Array, Mask, counts
from newcourse.formations.panel import Panel

LEAST_ODDS, MOST_ODDS = 1e-8, 1e4
"""Odds of a transition against staying between which they are looked for."""


@dataclass(frozen=True)
class Saturated(LinearRung):
    """Each transition between two formations has odds of its own against staying."""

    hazards: Hazards = field(default=Hazards(()), init=False)

    @property
    def name(self) -> str:
        """Short name."""
        return "saturated Markov"

    @property
    def title(self) -> str:
        """What it says."""
        return "every yearly transition has a probability of its own, whatever came before"

    @property
    def propagates(self) -> bool:
        """The matrices are those of a whole year."""
        return True

    @property
    def further(self) -> tuple[FreeParameter, ...]:
        """The odds of each transition against staying."""
        return tuple(
            FreeParameter(_odds(a, b), "o", "odds", 0.02, LEAST_ODDS, MOST_ODDS, "log", meaning=f"{a} to {b} in a year")
            for a, b in permutations(self.space.formations, 2)
        )

    def matrices(self, values: Mapping[str, float], jumps: Array) -> Array:
        """Return the transition probabilities of a year as the matrix that moves populations."""
        return np.broadcast_to(self.transitions(values).T, (*jumps.shape[:-2], self.space.size, self.space.size))

    def transitions(self, values: Mapping[str, float]) -> Array:
        """Return (d, d) the probabilities of a year, from row to column."""
        odds = np.eye(self.space.size)
        for a, b in permutations(range(self.space.size), 2):
            odds[a, b] = values[_odds(self.space.formations[a], self.space.formations[b])]
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))

    def guess(self, panel: Panel, told: Mask) -> Mapping[str, float]:
        """Return the odds counted."""
        seen, codes = counts(panel, told), self.space.formations
        return {
            _odds(codes[a], codes[b]): float(np.clip(seen[a, b] / max(seen[a, a], 1e-9), LEAST_ODDS, MOST_ODDS))
            if seen[a].sum()
            else 0.02
            for a, b in permutations(range(self.space.size), 2)
        }


def _odds(source: str, target: str) -> str:
    return f"odds.{source}.{target}"
