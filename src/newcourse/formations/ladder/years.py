"""Settings of a panel's years, as rungs look at them."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from newcourse.formations.panel import Panel
from newcourse.formations.worlds import Setting


@lru_cache(maxsize=4)
def settings(panel: Panel) -> tuple[Setting, ...]:
    """Return the setting of each year; what is not known is the last value known, and 0 before there is one."""
    covariates = {name: carried(np.asarray(values)) for name, values in panel.covariates.items()}
    return tuple(
        Setting(
            panel.countries,
            {name: values[:, t] for name, values in covariates.items()},
            {name: np.asarray(values[t], dtype=float) for name, values in panel.weights.items()},
            start=float(year),
        )
        for t, year in enumerate(panel.years)
    )


def carried(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n, T) with each gap filled by the last value before it, 0 where there is none."""
    known = np.isfinite(values)
    at = np.maximum.accumulate(np.where(known, np.arange(values.shape[1]), -1), axis=1)
    filled = np.take_along_axis(np.where(known, values, 0.0), np.maximum(at, 0), axis=1)
    return np.where(at >= 0, filled, 0.0)
