r"""Maximum likelihood from many starts, with how many of them agree (design §11.3).

The likelihood of panel data can have several tops, and a search that stops on one says nothing of the others. So a fit
is made from several starts and tells how many reached the best. The search is L-BFGS-B (R. H. Byrd, P. Lu, J. Nocedal
and C. Zhu, *SIAM Journal on Scientific Computing* 16 (1995) 1190), on the scale of estimation and within bounds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from scipy.optimize import minimize

from newcourse.errors import Fault, NotCertified
from newcourse.formations.ladder.parameters import FreeParameter, Vector, inward, outward
from newcourse.formations.ladder.rung import Mask, OnPanel, Rung
from newcourse.formations.mappings import rebuilt, unchangeable
from newcourse.formations.panel import Panel
from newcourse.formations.spreading import Spreading, here

AGREEING = 0.01
"""Starts whose log likelihoods differ by less than this reached the same top."""

NEAR = 1e-4
"""How near a bound, as a share of the range, an estimate counts as lying on it."""

SURE = 1e-9
"""Relative gain of a step below which a search stops."""

WORST = 1e12
"""What a search is told where a likelihood cannot be computed."""


@dataclass(frozen=True)
class LadderFit:
    """Where the likelihood of a rung is highest, and how sure it is that it is there.

    Parameters
    ----------
    rung
        The model.
    values
        Estimates by name.
    log_likelihood
        Natural logarithm, of the records told.
    records
        How many records were predicted.
    starts
        What each start reached, best first.
    on_bounds
        Names of the parameters whose estimate lies on a bound of what was looked for.
    """

    rung: Rung
    values: Mapping[str, float]
    log_likelihood: float
    records: int
    starts: tuple[float, ...]
    on_bounds: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", unchangeable(self.values))

    def __reduce__(self) -> tuple[object, ...]:
        return rebuilt(self)

    @property
    def vector(self) -> Vector:
        """The estimates on the scale of estimation."""
        return inward(self.rung.parameters, self.values)

    @property
    def reached(self) -> int:
        """How many starts reached the best."""
        return sum(self.log_likelihood - each < AGREEING for each in self.starts)

    @property
    def aic(self) -> float:
        """Akaike's criterion, twice the number of parameters less twice the log likelihood: lower is better."""
        return 2 * len(self.rung.parameters) - 2 * self.log_likelihood

    @property
    def told(self) -> str:
        """How the search went, in a sentence."""
        bounds = f"; on a bound: {', '.join(self.on_bounds)}" if self.on_bounds else ""
        return f"{self.reached} of {len(self.starts)} starts reached the best{bounds}"


def fit(
    rung: Rung,
    panel: Panel,
    *,
    told: Mask | None = None,
    starts: int = 6,
    seed: int = 0,
    begin: Mapping[str, float] | None = None,
    spread: Spreading = here,
) -> LadderFit:
    """Return the estimates of highest likelihood.

    Parameters
    ----------
    rung, panel
        The model, and the records.
    told
        (n, T) which records it may be fitted to; all where not given. What else is recorded still counts as known
        when later records are predicted.
    starts
        From how many places to search: the first is counted from the data or given, the others are drawn around it.
    seed
        For the draws.
    begin
        Values for the first start.
    spread
        How the starts are worked out.

    Raises
    ------
    NotCertified
        If no start led anywhere.
    BadInput
        If the panel does not fit the rung.
    """
    return fit_bound(rung.on(panel), told=told, starts=starts, seed=seed, begin=begin, spread=spread)


def fit_bound(
    bound: OnPanel,
    *,
    told: Mask | None = None,
    starts: int = 6,
    seed: int = 0,
    begin: Mapping[str, float] | None = None,
    spread: Spreading = here,
) -> LadderFit:
    """Return what :func:`fit` does, for a rung whose panel has been worked out already."""
    rung, panel = bound.rung, bound.panel
    mask = bound.scored if told is None else bound.scored & told
    first = {**rung.guess(panel, mask), **(begin or {})}
    places = _places(rung.parameters, first, starts, np.random.default_rng(seed))
    if not rung.parameters:
        return LadderFit(rung, {}, log_likelihood(bound, np.zeros(0), mask), int(mask.sum()), (0.0,))
    task = partial(_searched, bound, mask) if spread is here else partial(_sent, rung, panel, mask)
    ends = sorted(spread(task, places), key=lambda end: end[0])
    value, vector = ends[0]
    if value >= WORST:
        remedy = "look whether the model can make the moves recorded, or let readings be wrong"
        fault = Fault("ladder-fit", f"rung {rung.name!r}", "no likelihood at any start", "one at least", remedy)
        raise NotCertified(fault)
    return LadderFit(
        rung,
        outward(rung.parameters, vector),
        -value,
        int(mask.sum()),
        tuple(-each for each, _ in ends),
        _on_bounds(rung.parameters, vector),
    )


def log_likelihood(bound: OnPanel, vector: Vector, mask: Mask) -> float:
    """Return the log likelihood of the records under a mask (n, T)."""
    return float(bound.cells(vector, np.asarray(mask.any(axis=1)))[mask].sum())


def _sent(rung: Rung, panel: Panel, mask: Mask, place: Vector) -> tuple[float, Vector]:
    return _searched(rung.on(panel), mask, place)


def _searched(bound: OnPanel, mask: Mask, place: Vector) -> tuple[float, Vector]:
    def cost(vector: Vector) -> float:
        value = -log_likelihood(bound, vector, mask)
        return value if np.isfinite(value) else WORST

    bounds = [each.bounds for each in bound.parameters]
    found = minimize(
        cost, place, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300, "ftol": SURE, "gtol": 1e-4}
    )
    return float(found.fun), np.asarray(found.x)


def _places(
    parameters: Sequence[FreeParameter], first: Mapping[str, float], number: int, rng: np.random.Generator
) -> list[Vector]:
    """Return where to begin: at the first values, then around them, a root's place being at most a few times off."""
    centre = inward(parameters, first)
    low, high = np.array([each.bounds for each in parameters]).reshape(-1, 2).T
    linear = np.array([each.scale == "linear" for each in parameters])
    root = np.array([each.scale == "root" for each in parameters])
    places = [centre]
    for _ in range(1, max(number, 1)):
        steps = rng.normal(size=centre.size)
        moved = np.where(linear, centre + steps * np.minimum(1, (high - low) / 10), centre + steps)
        moved = np.where(root, np.maximum(centre, 0.1) * np.exp(steps / 2), moved)
        places.append(np.clip(moved, low, high))
    return places


def _on_bounds(parameters: Sequence[FreeParameter], vector: Vector) -> tuple[str, ...]:
    found = []
    for each, x in zip(parameters, vector, strict=True):
        low, high = each.bounds
        if min(x - low, high - x) <= NEAR * (high - low):
            found.append(each.name)
    return tuple(found)
