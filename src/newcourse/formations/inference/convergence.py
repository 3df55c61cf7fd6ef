r"""Whether chains of draws have come to the same place: split R-hat and effective sample size.

Source: A. Gelman and others, *Bayesian Data Analysis*, 3rd ed. (2013), §11.4–11.5, with the rule of C. J. Geyer,
*Statistical Science* 7 (1992) 473, for where to stop adding autocorrelations. (No ranks are taken.)
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def split_rhat(chains: Array) -> float:
    """Return split R-hat of chains (c, s): near 1 when the halves of all chains agree; nan where nothing varies."""
    halves = _halves(chains)
    length = halves.shape[1]
    within = halves.var(axis=1, ddof=1).mean()
    if within == 0:
        return float("nan")
    between = length * halves.mean(axis=1).var(ddof=1)
    return float(np.sqrt(((length - 1) / length * within + between / length) / within))


def effective_size(chains: Array) -> float:
    """Return how many independent draws are worth as much as chains (c, s) for a mean; nan where nothing varies."""
    halves = _halves(chains)
    number, length = halves.shape
    within = halves.var(axis=1, ddof=1).mean()
    if within == 0:
        return float("nan")
    whole = (length - 1) / length * within + halves.mean(axis=1).var(ddof=1)
    centred = halves - halves.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, n=2 * length, axis=1)
    lags = np.fft.irfft(abs(spectrum) ** 2, axis=1)[:, :length].mean(axis=0) / length
    rho = 1 - (within - lags * length / (length - 1)) / whole
    rho[0] = 1.0
    pairs = rho[: length // 2 * 2].reshape(-1, 2).sum(axis=1)
    ends = np.flatnonzero(pairs <= 0)
    kept = np.minimum.accumulate(pairs[: ends[0] if ends.size else pairs.size])
    return float(min(number * length / max(2 * kept.sum() - 1, 1e-12), number * length * np.log10(number * length)))


def _halves(chains: Array) -> Array:
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, -half:]], axis=0)
