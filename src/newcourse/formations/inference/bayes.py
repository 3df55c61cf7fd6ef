"""What is believed of a rung's parameters after the records: draws by emcee, refused where they have not converged.

Before the records every value within the bounds is equally likely *on the scale of estimation*: a rate is as likely
between 0.001 and 0.01 as between 0.01 and 0.1. These are assumptions; the bounds matter where the data say little. The
sampler is that of D. Foreman-Mackey and others (*Publications of the Astronomical Society of the Pacific* 125 (2013)
306), with steps along differences of walkers (C. J. F. ter Braak, *Statistics and Computing* 16 (2006) 239; the snooker
step: with J. A. Vrugt, *ibid.* 18 (2008) 435), which on a normal law are worth six times as many draws as its usual
ones. Several ensembles begin apart; every walker counts as a chain.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import emcee
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newcourse.errors import Fault, NotCertified
from newcourse.formations.inference.convergence import effective_size, split_rhat
from newcourse.formations.inference.fitting import LadderFit, log_likelihood
from newcourse.formations.ladder.parameters import Vector
from newcourse.formations.ladder.rung import Mask, OnPanel
from newcourse.formations.panel import Panel

Array = NDArray[np.float64]

MOVES = ((emcee.moves.DEMove(), 0.8), (emcee.moves.DESnookerMove(), 0.2))
"""Steps of walkers, and how often each is taken."""


@dataclass(frozen=True, eq=False)
class LadderPosterior:
    """Draws of a rung's parameters, given the records.

    Parameters
    ----------
    fit
        Where the likelihood is highest.
    draws
        (chains, steps, parameters) values, in the parameters' order.
    rhat, size
        Split R-hat and effective number of draws of each parameter.
    """

    fit: LadderFit
    draws: Array = field(repr=False)
    rhat: Array
    size: Array

    @property
    def table(self) -> pd.DataFrame:
        """One row a parameter: median, 5 % and 95 % of the draws, R-hat, effective number of draws."""
        flat = self.draws.reshape(-1, self.draws.shape[-1])
        low, middle, high = np.quantile(flat, [0.05, 0.5, 0.95], axis=0)
        names = [each.name for each in self.fit.rung.parameters]
        columns = {"median": middle, "low": low, "high": high, "rhat": self.rhat, "size": self.size}
        return pd.DataFrame(columns, index=pd.Index(names, name="parameter"))


def posterior(
    fit: LadderFit,
    panel: Panel,
    *,
    told: Mask | None = None,
    steps: int = 1000,
    warm_up: int = 500,
    ensembles: int = 2,
    walkers: int = 0,
    seed: int = 0,
    most_rhat: float = 1.05,
    least_size: float = 400.0,
    progress: Callable[[int, int], None] | None = None,
) -> LadderPosterior:
    """Return draws from the posterior, starting around a fit.

    Parameters
    ----------
    fit, panel, told
        The fit, the panel, and which records it may look at.
    steps, warm_up
        Steps of each walker that are kept, and before that left out.
    ensembles, walkers
        How many ensembles, and of how many walkers each; of 0, the least that is sensible.
    seed
        For all chance in it.
    most_rhat, least_size
        Beyond these it is refused.
    progress
        Told how many ensembles are done, and of how many.

    Raises
    ------
    NotCertified
        If the chains have not come to the same place, or say too little.
    """
    bound = fit.rung.on(panel)
    mask = bound.scored if told is None else bound.scored & told
    number = walkers or max(2 * len(fit.rung.parameters) + 2, 12)
    seeds = np.random.SeedSequence(seed).spawn(ensembles)
    chains = []
    for k, each in enumerate(seeds):
        chains.append(_ensemble(bound, mask, fit.vector, number, warm_up, steps, each))
        if progress is not None:
            progress(k + 1, ensembles)
    drawn = np.concatenate(chains, axis=0)
    rhat, size = (np.array([of(drawn[..., k]) for k in range(drawn.shape[-1])]) for of in (split_rhat, effective_size))
    _refuse(fit, rhat, size, most_rhat, least_size)
    values = np.empty_like(drawn)
    for k, parameter in enumerate(fit.rung.parameters):
        values[..., k] = np.vectorize(parameter.outward)(drawn[..., k])
    return LadderPosterior(fit, values, rhat, size)


def _ensemble(
    bound: OnPanel, mask: Mask, centre: Vector, walkers: int, warm_up: int, steps: int, seed: np.random.SeedSequence
) -> Array:
    """Return the walks (walkers, steps, parameters) of one ensemble, on the scale of estimation."""
    low, high = np.array([each.bounds for each in bound.rung.parameters]).T

    def belief(vector: Vector) -> float:
        if (vector < low).any() or (vector > high).any():
            return -np.inf
        return log_likelihood(bound, vector, mask)

    rng = np.random.default_rng(seed)
    apart = centre + rng.normal(size=(walkers, centre.size)) * np.minimum(0.3, (high - low) / 20)
    inside = np.clip(apart, low + 1e-3 * (high - low), high - 1e-3 * (high - low))
    inside += rng.uniform(-1e-4, 1e-4, size=inside.shape) * (high - low)
    sampler = emcee.EnsembleSampler(walkers, centre.size, belief, moves=MOVES)
    sampler.random_state = np.random.RandomState(int(seed.generate_state(1)[0])).get_state()
    sampler.run_mcmc(inside, warm_up + steps)
    return np.asarray(sampler.get_chain(discard=warm_up)).swapaxes(0, 1)


def _refuse(fit: LadderFit, rhat: Sequence[float] | Array, size: Array, most: float, least: float) -> None:
    names = [each.name for each in fit.rung.parameters]
    faults = [
        Fault(
            "ladder-chains",
            f"rung {fit.rung.name!r}, {name}",
            f"split R-hat {r:.3f}, {s:.0f} effective draws",
            f"at most {most:.2f} and at least {least:.0f}",
            "take more steps or a longer warm-up; a parameter that data do not settle may never converge",
        )
        for name, r, s in zip(names, rhat, size, strict=True)
        if not (r <= most and s >= least)
    ]
    if faults:
        raise NotCertified(faults)
