r"""Adoption of something new, by oneself and from others: an S-curve in closed form.

.. math:: \dot F = (p + qF)(1 - F),\qquad F(t) = \frac{1-e^{-(p+q)t}}{1+(q/p)e^{-(p+q)t}},

fastest at :math:`\ln(q/p)/(p+q)` with :math:`(p+q)^2/4q`. Whether it spreads (q) or each comes to it alone (p) shows in
the curve; that is the smallest test of spread.

Source: F. M. Bass, "A new product growth for model consumer durables", *Management Science* 15 (1969) 215.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from newcourse.formations.classical.crowd import crowd, refuse_unless, sampled
from newcourse.formations.law import Law


@dataclass(frozen=True)
class BassAdoption:
    """What is adopted.

    Parameters
    ----------
    alone
        p, the rate at which one adopts by oneself, positive.
    imitated
        q, the rate at which one would adopt from others if all of them had; not negative.
    """

    alone: float
    imitated: float

    def __post_init__(self) -> None:
        refuse_unless(0 < self.alone < np.inf, "alone", self.alone, "a positive rate")
        refuse_unless(0 <= self.imitated < np.inf, "imitated", self.imitated, "not negative")

    def course(self, times: ArrayLike) -> NDArray[np.float64]:
        """Return the share (t,) that has adopted, in a very large crowd, from nobody at time 0."""
        left = np.exp(-(self.alone + self.imitated) * np.asarray(times, dtype=float))
        return np.asarray((1 - left) / (1 + self.imitated / self.alone * left))

    def peak(self) -> tuple[float, float]:
        """Return when most adopt, and which share in a unit of time then; at once where few imitate."""
        p, q = self.alone, self.imitated
        return (float(np.log(q / p) / (p + q)), (p + q) ** 2 / (4 * q)) if q > p else (0.0, p)

    def law(self, size: int) -> Law:
        """Return the law of a crowd of so many."""
        titles = {"not": "has not adopted", "adopted": "has adopted"}
        return crowd(titles, size, {(0, 1): self.alone}, {(0, 1, 1): self.imitated})

    def run(self, size: int, times: ArrayLike, *, runs: int, chance: Generator) -> NDArray[np.int64]:
        """Return how many (runs, t) have adopted in sampled paths, from nobody on."""
        return sampled(self.law(size), (size, 0), times, runs, chance)[:, :, 1]
