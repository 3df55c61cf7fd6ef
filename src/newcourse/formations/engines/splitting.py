r"""A law cut into channels that are each exact: the symmetric splitting of Strang.

One step of h years is

.. math:: A_{h/2}\,P^{1}_{h/2}\cdots P^{m-1}_{h/2}\,P^{m}_{h}\,P^{m-1}_{h/2}\cdots P^{1}_{h/2}\,A_{h/2},

A all countries by themselves, :math:`P^k` the pairs: coupling and called-forth jumps of two countries at once. Every
factor is completely positive and trace preserving, so every step is, whatever its length (G. Strang, *SIAM Journal on
Numerical Analysis* 5 (1968) 506). It errs by a power series in h² that begins with h². Neighbouring halves of A are
one channel. The density engine and the trajectories go through the very same channels.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import expm
from scipy.sparse import csr_array

from newcourse.formations.engines.channels import exponentials
from newcourse.formations.engines.generators import Real, local_generators, pair_generators, tied_pairs
from newcourse.formations.engines.timeline import Leg, legs
from newcourse.formations.law import Law
from newcourse.formations.runs import Start, Stretch

ROUNDING = 1e-9
"""A number of steps this little above a whole one is that whole one."""


@dataclass(frozen=True)
class SplitLaw:
    """A law as generators of countries and of pairs.

    Parameters
    ----------
    law
        The law.
    """

    law: Law

    @cached_property
    def local(self) -> Real:
        """Generators (n, d², d²) of the countries by themselves."""
        return local_generators(self.law)

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Which countries are tied, i < j."""
        return tuple(tied_pairs(self.law))

    @cached_property
    def tied(self) -> tuple[csr_array, ...]:
        """Generators (d⁴, d⁴) of these pairs."""
        return tuple(pair_generators(self.law).values())

    @cached_property
    def speed(self) -> float:
        """How fast, per year, the fastest country moves by itself and with all others: a norm of the generators."""
        own = np.array([np.linalg.norm(g, 2) for g in self.local])
        for (i, j), generator in zip(self.pairs, self.tied, strict=True):
            size = np.sqrt(abs(generator).sum(axis=0).max() * abs(generator).sum(axis=1).max())
            own[[i, j]] += size / 2
        return float(own.max())

    def locals(self, years: float) -> Real:
        """Return the channels (n, d², d²) of the countries by themselves."""
        return np.asarray(expm(years * self.local))

    def observed(self, channels: Real) -> Real:
        """Return local channels with a yearly look after them: the law's share of all coherence is gone."""
        d = self.law.space.size
        kept = np.where(np.arange(d * d) < d, 1.0, 1.0 - self.law.observed)
        return kept[:, None] * channels

    def pair_exponentials(self, years: float) -> list[csr_array]:
        """Return the channels of the pairs, without ones where nothing happens."""
        return exponentials(self.tied, years)

    def last_exponential(self, years: float) -> list[csr_array]:
        """Return the channel of the last pair alone, the only one that a step takes whole; none without pairs."""
        return exponentials(self.tied[-1:], years)


def steps_of(years: float, per_year: float, pairs: int) -> int:
    """Return how many steps a leg takes: one where nothing has to be split, else so many a year, rounded up."""
    if not years:
        return 0
    return max(1, int(np.ceil(years * per_year - ROUNDING))) if pairs else 1


def palindrome(pairs: int) -> list[tuple[int, bool]]:
    """Return the order of the pairs in a step, each with whether it acts for the whole step or for half of it."""
    half = [(k, False) for k in range(pairs - 1)]
    return [*half, (pairs - 1, True), *half[::-1]] if pairs else []


def joined_legs(stretches: Sequence[Stretch], start: Start, times: ArrayLike) -> Iterator[Leg]:
    """Yield the legs of a timeline with those joined between which nobody looks or asks."""
    waiting: Leg | None = None
    for leg in legs(stretches, start, times):
        if waiting and waiting.law is leg.law and not waiting.marks and not (waiting.year_ends and leg.law.observed):
            waiting = replace(leg, years=waiting.years + leg.years)
        else:
            if waiting:
                yield waiting
            waiting = leg
    if waiting:
        yield waiting
