"""What rungs look at in a panel's years: covariates with their gaps filled, ties, and whole settings."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.panel import Panel
from newcourse.formations.worlds import Setting


def covariate(panel: Panel, name: str) -> NDArray[np.float64]:
    """Return a covariate (n, T): where it is not known the last value known, and 0 before there is one.

    Raises
    ------
    BadInput
        If the panel does not have it at all.
    """
    if name not in panel.covariates:
        raise BadInput(_fault("covariates", panel.covariates, name))
    return carried(np.asarray(panel.covariates[name]))


def ties(panel: Panel, name: str) -> NDArray[np.float32]:
    """Return weights (T, n, n).

    Raises
    ------
    BadInput
        If the panel does not have them: no tie is not the same as none known.
    """
    if name not in panel.weights:
        raise BadInput(_fault("weights", panel.weights, name))
    return np.asarray(panel.weights[name])


@lru_cache(maxsize=2)
def settings(panel: Panel) -> tuple[Setting, ...]:
    """Return the setting of each year; what is not known is the last value known, and 0 before there is one."""
    covariates = {name: covariate(panel, name) for name in panel.covariates}
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


def _fault(where: str, known: Iterable[str], name: str) -> Fault:
    remedy = "give them with the panel, or leave out the rung that needs them"
    return Fault("ladder-panel", f"{where} of the panel", ", ".join(known) or "none", name, remedy)
