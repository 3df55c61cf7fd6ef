"""The curve by which something new is taken up, as a logistic (design §6.2).

Z. Griliches, "Hybrid corn: an exploration in the economics of technological change", Econometrica 25 (1957): the part
of acres sown with hybrids in a state follows ``P = K / (1 + exp(−(a + b t)))``.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newcourse.errors import BadInput, Fault


@dataclass(frozen=True)
class Logistic:
    """A logistic curve.

    Parameters
    ----------
    ceiling
        K: part that takes it up in the end, above 0 and at most 1.
    constant
        a: sets when it begins.
    slope
        b: how fast it goes on, per period.

    >>> curve = Logistic(1.0, 0.0, 1.0)
    >>> curve.at(0.0).item(), round(curve.when(0.9), 3)
    (0.5, 2.197)
    """

    ceiling: float
    constant: float
    slope: float

    def __post_init__(self) -> None:
        if not (0 < self.ceiling <= 1 and self.slope > 0):
            found = f"ceiling {self.ceiling:g}, slope {self.slope:g}"
            raise BadInput(Fault("logistic", "adoption curve", found, "ceiling to 1, slope above 0", "correct it"))

    def at(self, times: npt.ArrayLike) -> np.ndarray:
        """Return the part that has taken it up at each time."""
        return np.asarray(self.ceiling / (1 + np.exp(-(self.constant + self.slope * np.asarray(times, dtype=float)))))

    def when(self, part: float) -> float:
        """Return the time at which a part of the ceiling, between 0 and 1, is reached; Griliches' origin is 0.1."""
        return float((np.log(part / (1 - part)) - self.constant) / self.slope)


def fitted_logistic(times: npt.ArrayLike, parts: npt.ArrayLike, ceiling: float = 1.0) -> Logistic:
    """Return the logistic nearest to the figures, as Griliches fits it: least squares of ``ln(P/(K−P))`` on time.

    Parameters
    ----------
    times, parts
        When, and which part had taken it up then; only figures between 0 and the ceiling are used, two at least.
    ceiling
        K, stated beforehand as in the paper.

    Raises
    ------
    BadInput
        If fewer than two figures lie between 0 and the ceiling, or they do not rise.
    """
    t, p = np.asarray(times, dtype=float), np.asarray(parts, dtype=float)
    used = (p > 0) & (p < ceiling)
    if t.shape != p.shape or used.sum() < 2 or np.ptp(t[used]) == 0:
        found = f"{int(used.sum())} figures between 0 and {ceiling:g}"
        raise BadInput(Fault("logistic", "adoption curve", found, "at least two, of different times", "give more"))
    slope, constant = np.polyfit(t[used], np.log(p[used] / (ceiling - p[used])), 1)
    return Logistic(ceiling, float(constant), float(slope))
