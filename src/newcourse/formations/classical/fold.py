r"""Smooth drift and the fold catastrophe: a leap without anything that leaps.

.. math:: \dot x = \lambda + a x - x^3.

Where a ≤ 0 there is one state for every lever λ, and it drifts smoothly: that is the null of change by leaps. Where
a > 0 there are two between the folds :math:`\lambda = \pm 2(a/3)^{3/2}`, ±.3849 for a = 1; past a fold the state leaps
to the other, and it comes back only past the other fold: hysteresis. A lever that moves slowly, at a rate r, is past
the fold by :math:`2.33811\,r^{2/3}/(3a)^{1/6}` before the leap, to leading order.

Sources: R. Thom, *Stabilité structurelle et morphogenèse* (1972), the fold and the cusp; P. Jung, G. Gray, R. Roy and
P. Mandel, "Scaling law for dynamical hysteresis", *Physical Review Letters* 65 (1990) 1873, the power ⅔.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import solve_ivp

from newcourse.formations.classical.crowd import refuse_unless, rising

AIRY = 2.338107410459767
"""The first zero of the Airy function Ai, with the sign changed."""


@dataclass(frozen=True)
class FoldCatastrophe:
    """The cubic law.

    Parameters
    ----------
    splitting
        a: above 0 there are leaps, otherwise drift.
    """

    splitting: float = 1.0

    def __post_init__(self) -> None:
        refuse_unless(bool(np.isfinite(self.splitting)), "splitting", self.splitting, "a finite number")

    @property
    def folds(self) -> tuple[float, ...]:
        """Levers at which a state ceases to be, rising; none where all is drift."""
        if self.splitting <= 0:
            return ()
        there = 2 * (self.splitting / 3) ** 1.5
        return (-there, there)

    def states(self, lever: float) -> tuple[tuple[float, bool], ...]:
        """Return the states at rest, rising, and whether each comes back when it is disturbed."""
        roots = np.roots([-1, 0, self.splitting, lever])
        real = np.sort(roots.real[abs(roots.imag) < 1e-7])
        return tuple((float(x), bool(self.splitting - 3 * x * x < 0)) for x in real)

    def course(self, begin: float, times: ArrayLike, *, lever: float = 0.0, rate: float = 0.0) -> NDArray[np.float64]:
        """Return the state (t,) over time while the lever moves from ``lever`` on at a constant rate.

        Parameters
        ----------
        begin
            State at time 0.
        times
            Rising, from 0 on.
        lever, rate
            λ at time 0, and its change in a unit of time.
        """
        wanted = rising(times)
        found = solve_ivp(
            lambda t, x: lever + rate * t + self.splitting * x - x**3, (0, max(wanted[-1], 1e-9)), [begin],
            t_eval=wanted, method="LSODA", rtol=1e-9, atol=1e-11,
        )  # fmt: skip
        return np.asarray(found.y[0])

    def leap(self, rate: float) -> float:
        """Return the lever at which the state changes sign while the lever rises slowly from below all folds.

        By symmetry it leaps back at minus this when the lever falls as slowly: between the two lies the hysteresis.

        Parameters
        ----------
        rate
            Change of the lever in a unit of time, positive.
        """
        refuse_unless(0 < rate < np.inf, "rate", rate, "a positive number")
        lowest = -1.0 - (self.folds[1] if self.folds else 0.0)

        def sign(_: float, x: NDArray[np.float64]) -> float:
            return float(x[0])

        sign.terminal = True  # type: ignore[attr-defined]
        begin, longest = self.states(lowest)[0][0], 20 * (1 + abs(lowest)) / rate
        found = solve_ivp(
            lambda t, x: lowest + rate * t + self.splitting * x - x**3, (0, longest), [begin],
            events=sign, method="LSODA", rtol=1e-9, atol=1e-11,
        )  # fmt: skip
        return float(lowest + rate * found.t[-1])

    def late(self, rate: float) -> float:
        """Return how far past the fold the leap comes to leading order, where there is a fold."""
        refuse_unless(self.splitting > 0, "splitting", self.splitting, "above 0: without a fold nothing leaps")
        return float(AIRY * rate ** (2 / 3) / (3 * self.splitting) ** (1 / 6))
