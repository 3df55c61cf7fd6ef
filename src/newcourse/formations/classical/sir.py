r"""An epidemic that leaves who had it immune (SIR): it ends by itself, and not everybody is reached.

With time counted in mean durations of the infection,

.. math:: \dot s = -R_0 s i,\qquad \dot i = R_0 s i - i,\qquad s(\infty) = s(0)\,e^{-R_0(1 - s(\infty))}.

Source: W. O. Kermack and A. G. McKendrick, "A contribution to the mathematical theory of epidemics", *Proceedings of
the Royal Society A* 115 (1927) 700. At R₀ = 2, from next to nobody, .796812 of all have had it in the end. In a finite
crowd it may die out at once: from one infected with probability 1/R₀ (P. Whittle, *Biometrika* 42 (1955) 116).
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import solve_ivp
from scipy.special import lambertw

from newcourse.formations.classical.crowd import crowd, refuse_unless, rising, sampled
from newcourse.formations.law import Law

TITLES = {"susceptible": "not yet reached", "infected": "reached and reaching", "recovered": "no longer either"}

NOTHING = 1e-12
"""An R₀ below this infects nobody that could be told from rounding."""


@dataclass(frozen=True)
class SirEpidemic:
    """What spreads and stops.

    Parameters
    ----------
    reproduction
        R₀: how many one infects among people none of whom had it; not negative.
    infected
        Share infected at the beginning, from 0 to 1; the others are susceptible.
    """

    reproduction: float
    infected: float = 0.0

    def __post_init__(self) -> None:
        refuse_unless(0 <= self.reproduction < np.inf, "reproduction", self.reproduction, "not negative")
        refuse_unless(0 <= self.infected <= 1, "infected", self.infected, "a share from 0 to 1")

    def final_size(self) -> float:
        """Return the share that has had it in the end, the first infected with them.

        From next to nobody (``infected`` 0) it is the share of the large epidemic, 0 where R₀ is at most 1.
        """
        if self.reproduction < NOTHING:
            return self.infected
        spared = -lambertw(-self.reproduction * (1 - self.infected) * np.exp(-self.reproduction)).real
        return float(max(0.0, 1 - spared / self.reproduction))

    def course(self, times: ArrayLike) -> NDArray[np.float64]:
        """Return susceptible, infected, recovered (t, 3) in a very large crowd, times in durations of the infection."""

        def change(_: float, y: NDArray[np.float64]) -> list[float]:
            new = self.reproduction * y[0] * y[1]
            return [-new, new - y[1]]

        wanted = rising(times)
        begin = [1 - self.infected, self.infected]
        found = solve_ivp(
            change, (0, max(wanted[-1], 1e-9)), begin, t_eval=wanted, method="DOP853", rtol=1e-10, atol=1e-13
        )
        return np.column_stack([*found.y, 1 - found.y.sum(axis=0)])

    def law(self, size: int) -> Law:
        """Return the law of a crowd of so many."""
        return crowd(TITLES, size, {(1, 2): 1.0}, {(0, 1, 1): self.reproduction})

    def run(self, size: int, times: ArrayLike, *, runs: int, chance: Generator) -> NDArray[np.int64]:
        """Return how many (runs, t, 3) are susceptible, infected, recovered; at least one is infected at first."""
        first = max(1, round(self.infected * size))
        return sampled(self.law(size), (size - first, first, 0), times, runs, chance)
