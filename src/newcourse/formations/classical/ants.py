r"""Kirman's ants: swings from one side to the other without any cause outside.

Each of N ants changes sides by itself at the rate ε, or is won over by one it meets. The number k on one side goes

.. math:: k \to k+1: (N-k)\Big(\varepsilon + h\frac{k}{N-1}\Big),\qquad
          k \to k-1: k\Big(\varepsilon + h\frac{N-k}{N-1}\Big),

and its long-run distribution is exactly beta-binomial with both parameters :math:`\varepsilon(N-1)/h`. Below 1 the ants
are nearly all on one side most of the time and swing together; above 1 they are spread. A lone swing is no evidence of
a cause.

Source: A. Kirman, "Ants, rationality, and recruitment", *Quarterly Journal of Economics* 108 (1993) 137, with his 1 − δ
as h.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray
from scipy.stats import betabinom

from newcourse.formations.classical.crowd import crowd, refuse_unless, sampled
from newcourse.formations.law import Law


@dataclass(frozen=True)
class AntColony:
    """Ants and how they change sides.

    Parameters
    ----------
    ants
        How many, at least two.
    alone
        ε, the rate at which one changes sides by itself, positive.
    won_over
        h, the rate at which one would be won over if all others were on the other side, positive.
    """

    ants: int
    alone: float
    won_over: float

    def __post_init__(self) -> None:
        refuse_unless(self.ants >= 2, "ants", self.ants, "at least two")
        refuse_unless(0 < self.alone < np.inf, "alone", self.alone, "a positive rate")
        refuse_unless(0 < self.won_over < np.inf, "won_over", self.won_over, "a positive rate")

    @property
    def shape(self) -> float:
        """Both parameters of the beta-binomial: below 1 the ants herd."""
        return self.alone * (self.ants - 1) / self.won_over

    def law(self) -> Law:
        """Return the colony as a law of motion, an ant in the place of a country."""
        met = {(0, 1, 1): self.won_over, (1, 0, 0): self.won_over}
        return crowd({"a": "one side", "b": "other side"}, self.ants, {(0, 1): self.alone, (1, 0): self.alone}, met)

    def up(self) -> NDArray[np.float64]:
        """Return the rates (N + 1,) of k → k + 1."""
        k = np.arange(self.ants + 1)
        return np.asarray((self.ants - k) * (self.alone + self.won_over * k / (self.ants - 1)))

    def stationary(self) -> NDArray[np.float64]:
        """Return the long-run distribution (N + 1,) from the chain itself: what goes up from k comes down again."""
        up = self.up()
        balance = np.concatenate([[0.0], np.cumsum(np.log(up[:-1]) - np.log(up[:-1][::-1]))])
        weights = np.exp(balance - balance.max())
        return np.asarray(weights / weights.sum())

    def beta_binomial(self) -> NDArray[np.float64]:
        """Return the long-run distribution (N + 1,) in closed form."""
        return np.asarray(betabinom.pmf(np.arange(self.ants + 1), self.ants, self.shape, self.shape))

    def run(self, begin: int, times: ArrayLike, *, runs: int, chance: Generator) -> NDArray[np.int64]:
        """Return how many ants (runs, t) are on the one side, from ``begin`` of them on, in sampled paths."""
        return sampled(self.law(), (self.ants - begin, begin), times, runs, chance)[:, :, 1]
