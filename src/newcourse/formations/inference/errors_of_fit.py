"""How far an estimate may be off: from the curvature at the top, and from the profile of the likelihood.

Sources: Y. Pawitan, *In All Likelihood* (2001), ch. 2 (curvature), 3.4 (profile); the profile holds where the top is
lopsided or lies on a bound, curvature does not.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from newcourse.formations.inference.fitting import LadderFit, log_likelihood
from newcourse.formations.ladder.parameters import Vector
from newcourse.formations.ladder.rung import Mask, OnPanel
from newcourse.formations.panel import Panel

STEP = 1e-3
"""Step of the differences that curvature is computed from, on the scale of estimation."""

DROP = 1.92
"""By how much the log likelihood falls at the ends of a 95 % interval: half of 3.84, from χ² with one degree."""


def information(fit: LadderFit, panel: Panel, told: Mask | None = None) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Return the names of the estimates inside their bounds, and their observed information (k, k).

    That is minus the second derivative of the log likelihood on the scale of estimation, by central differences.
    """
    bound = fit.rung.on(panel)
    mask = bound.scored if told is None else bound.scored & told
    names = [each.name for each in fit.rung.parameters]
    inside = [k for k, name in enumerate(names) if name not in fit.on_bounds]
    centre, size = fit.vector, len(inside)
    found = np.zeros((size, size))
    middle = log_likelihood(bound, centre, mask)
    for a in range(size):
        up, down = (log_likelihood(bound, _moved(centre, {inside[a]: sign * STEP}), mask) for sign in (1, -1))
        found[a, a] = -(up - 2 * middle + down) / STEP**2
        for b in range(a):
            corners = [
                sa * sb * log_likelihood(bound, _moved(centre, {inside[a]: sa * STEP, inside[b]: sb * STEP}), mask)
                for sa in (1, -1)
                for sb in (1, -1)
            ]
            found[a, b] = found[b, a] = -sum(corners) / (4 * STEP**2)
    return tuple(names[k] for k in inside), found


def standard_errors(fit: LadderFit, panel: Panel, told: Mask | None = None) -> dict[str, float]:
    """Return standard errors of the values; nan on a bound and where the data do not settle a parameter."""
    names, found = information(fit, panel, told)
    errors = {each.name: float("nan") for each in fit.rung.parameters}
    if not names or np.linalg.eigvalsh(found).min() <= 0:
        return errors
    variances = np.diag(np.linalg.inv(found))
    for each, x in zip(fit.rung.parameters, fit.vector, strict=True):
        if each.name in names:
            errors[each.name] = abs(each.slope(float(x))) * float(np.sqrt(variances[names.index(each.name)]))
    return errors


@dataclass(frozen=True)
class LikelihoodProfile:
    """The highest log likelihood at each value of one parameter, the others free.

    Parameters
    ----------
    name
        The parameter.
    values, log_likelihoods
        (k,) each.
    """

    name: str
    values: NDArray[np.float64]
    log_likelihoods: NDArray[np.float64]

    @property
    def flat(self) -> bool:
        """Whether no value looked at can be ruled out at 95 %."""
        return bool(np.ptp(self.log_likelihoods) < DROP)

    @property
    def interval(self) -> tuple[float, float]:
        """The values looked at that cannot be ruled out at 95 %: from, to."""
        kept = self.values[self.log_likelihoods >= self.log_likelihoods.max() - DROP]
        return float(kept.min()), float(kept.max())


def profile(fit: LadderFit, panel: Panel, name: str, *, points: int = 9, told: Mask | None = None) -> LikelihoodProfile:
    """Return the profile of a parameter, over the whole range looked for and around the estimate."""
    bound = fit.rung.on(panel)
    mask = bound.scored if told is None else bound.scored & told
    names = [each.name for each in fit.rung.parameters]
    k = names.index(name)
    parameter, centre = fit.rung.parameters[k], fit.vector
    low, high = parameter.bounds
    near = np.clip(centre[k] + np.array([-1.0, -0.5, -0.25, -0.1, 0.0, 0.1, 0.25, 0.5, 1.0]), low, high)
    grid = np.unique(np.concatenate([np.linspace(low, high, points), near]))
    heights = np.array([_height(bound, mask, centre, k, x) for x in grid])
    return LikelihoodProfile(name, np.array([parameter.outward(x) for x in grid]), heights)


def _height(bound: OnPanel, mask: Mask, centre: Vector, k: int, x: float) -> float:
    others = [j for j in range(centre.size) if j != k]

    def cost(part: Vector) -> float:
        whole = centre.copy()
        whole[others], whole[k] = part, x
        return -log_likelihood(bound, whole, mask)

    if not others:
        return -cost(np.zeros(0))
    bounds = [bound.rung.parameters[j].bounds for j in others]
    return -float(minimize(cost, centre[others], method="L-BFGS-B", bounds=bounds).fun)


def _moved(vector: Vector, steps: dict[int, float]) -> Vector:
    moved = vector.copy()
    for k, step in steps.items():
        moved[k] += step
    return moved
