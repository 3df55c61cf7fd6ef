r"""A hidden Markov chain: each formation is calm or ripe, which no record shows (design §11.3; the null of H1).

A country ripens at one rate and calms down at another. Ripe, it moves at the rates of the hazards; calm, at those rates
times a contrast between 0 and 1. Whoever arrives is calm. With a contrast of 1 nothing is hidden, and it is the Markov
rung. This is the mixture of old and new that needs no interference, and so the rival of superposition.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from newcourse.formations.inference.coordinates import Coordinates
from newcourse.formations.ladder.linear import LinearRung
from newcourse.formations.ladder.parameters import FreeParameter
from newcourse.formations.ladder.rung import Array

CONTRAST, RIPENING, CALMING = "hidden.contrast", "hidden.ripening", "hidden.calming"


@dataclass(frozen=True)
class HiddenMarkov(LinearRung):
    """Each formation has a calm and a ripe sub-state."""

    @property
    def name(self) -> str:
        """Short name."""
        return "hidden Markov"

    @property
    def title(self) -> str:
        """What it says."""
        return "each formation is calm or ripe, unseen, and moves when ripe"

    @property
    def copies(self) -> int:
        """Calm and ripe."""
        return 2

    @property
    def coordinates(self) -> Coordinates:
        """Populations of calm formations, then of ripe ones."""
        return Coordinates(2 * self.space.size)

    @property
    def further(self) -> tuple[FreeParameter, ...]:
        """Contrast, ripening and calming."""
        contrast = "rate of moves when calm, as a share of that when ripe"
        return (
            FreeParameter(CONTRAST, "c", "share", 0.3, 0.0, 1.0, "root", null=1.0, meaning=contrast),
            FreeParameter(RIPENING, "u", "1/year", 0.05, 1e-4, 3.0, "log", meaning="rate of ripening"),
            FreeParameter(CALMING, "d", "1/year", 0.05, 1e-4, 3.0, "log", meaning="rate of calming down"),
        )

    def shares(self, values: Mapping[str, float]) -> Array:
        """Return how likely calm and ripe are at a first record: as after a long time without a move."""
        ripe = values[RIPENING] / (values[RIPENING] + values[CALMING])
        return np.array([1 - ripe, ripe])

    def matrices(self, values: Mapping[str, float], jumps: Array) -> Array:
        """Return the generators of all sub-states."""
        d = self.space.size
        rates = np.zeros((*jumps.shape[:-2], 2 * d, 2 * d))
        rates[..., :d, :d] = values[CONTRAST] * jumps
        rates[..., d:, :d] = jumps
        rates[..., range(d), range(d, 2 * d)] = values[RIPENING]
        rates[..., range(d, 2 * d), range(d)] += values[CALMING]
        return self.coordinates.generators(self.coordinates.pack(rates))
