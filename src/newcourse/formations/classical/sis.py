r"""An epidemic that can reach the same ones again (SIS): it stays at a level, or goes out.

.. math:: \dot i = R_0 i (1-i) - i,\qquad i(\infty) = 1 - 1/R_0 \text{ where } R_0 > 1,

with time in mean durations of the infection. It is the logistic curve, and the mean field of the contact process.

Sources: W. O. Kermack and A. G. McKendrick, *Proceedings of the Royal Society A* 138 (1932) 55; T. E. Harris, "Contact
interactions on a lattice", *Annals of Probability* 2 (1974) 969.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from newcourse.formations.classical.crowd import crowd, refuse_unless, sampled
from newcourse.formations.law import Law


@dataclass(frozen=True)
class SisEpidemic:
    """What spreads and comes back.

    Parameters
    ----------
    reproduction
        R₀: how many one reaches among people none of whom has it; not negative.
    infected
        Share infected at the beginning, above 0 and at most 1.
    """

    reproduction: float
    infected: float = 0.01

    def __post_init__(self) -> None:
        refuse_unless(0 <= self.reproduction < np.inf, "reproduction", self.reproduction, "not negative")
        refuse_unless(0 < self.infected <= 1, "infected", self.infected, "a share above 0")

    def level(self) -> float:
        """Return the share infected in the long run in a very large crowd."""
        return max(0.0, 1 - 1 / self.reproduction) if self.reproduction else 0.0

    def course(self, times: ArrayLike) -> NDArray[np.float64]:
        """Return the share infected (t,) in a very large crowd, in closed form; times in durations of the infection."""
        t, growth = np.asarray(times, dtype=float), self.reproduction - 1
        met = self.reproduction * self.infected * (np.expm1(growth * t) / growth if growth else t)
        return np.asarray(self.infected * np.exp(growth * t) / (1 + met))

    def law(self, size: int) -> Law:
        """Return the law of a crowd of so many."""
        titles = {"susceptible": "not reached", "infected": "reached and reaching"}
        return crowd(titles, size, {(1, 0): 1.0}, {(0, 1, 1): self.reproduction})

    def run(self, size: int, times: ArrayLike, *, runs: int, chance: Generator) -> NDArray[np.int64]:
        """Return how many (runs, t) are infected in sampled paths; at least one is at first."""
        first = max(1, round(self.infected * size))
        return sampled(self.law(size), (size - first, first), times, runs, chance)[:, :, 1]
