"""Everything that can be wrong with a panel of observed formations."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from newcourse.errors import Fault
from newcourse.formations.worlds import COVARIATES, WEIGHTS

if TYPE_CHECKING:
    from newcourse.formations.panel import Panel

ROUNDING = 1e-5
"""How far the ties of a country may add up to more than 1, for rounding in single precision."""


def panel_faults(observed: NDArray[Any], panel: "Panel") -> list[Fault]:
    """Return everything that is wrong with what a panel is to be made of."""
    faults = [*_label_faults(panel), *_observed_faults(observed, panel)]
    shape = len(panel.countries), len(panel.years)
    for name, values in panel.covariates.items():
        faults += _named(f"covariate {name!r}", name, COVARIATES)
        faults += _shaped(f"covariate {name!r}", np.asarray(values), shape)
        if np.isinf(np.asarray(values, dtype=np.float64)).any():
            faults.append(_fault(f"covariate {name!r}", "an infinite number", "numbers, or NaN", "correct it"))
    for name, ties in panel.weights.items():
        faults += _named(f"weights {name!r}", name, WEIGHTS)
        faults += _weight_faults(f"weights {name!r}", np.asarray(ties), shape)
    return faults


def _label_faults(panel: "Panel") -> Iterable[Fault]:
    if not panel.countries or len(set(panel.countries)) != len(panel.countries):
        yield _fault("countries", f"{len(panel.countries)} codes", "at least one, each once", "name each once")
    years = panel.years
    if not years or years != tuple(range(years[0], years[0] + len(years))):
        yield _fault("years", ", ".join(map(str, years[:9])) or "none", "consecutive years", "leave no gap")
    if not panel.coding:
        yield _fault("coding", "no name", "the name of the coding of contested states", "name the coding")
    strange = sorted(set(panel.titles) - set(panel.countries))
    if strange and len(strange) == len(panel.titles):
        yield _fault("titles", ", ".join(strange[:5]), "titles of the panel's countries", "use the same codes")


def _observed_faults(observed: NDArray[Any], panel: "Panel") -> Iterable[Fault]:
    shape = len(panel.countries), len(panel.years)
    exists = np.asarray(panel.exists)
    shapes = [*_shaped("observed", observed, shape), *_shaped("exists", exists, shape)]
    yield from shapes
    if observed.dtype.kind not in "iu":
        yield _fault("observed", f"numbers of kind {observed.dtype}", "whole numbers", "give numbers of formations")
    if shapes:
        return
    wrong = (observed < -1) | (observed >= panel.space.size)
    for i, t in np.argwhere(wrong)[:10]:
        found = str(observed[i, t])
        yield _fault(_place(panel, i, t), found, f"−1 to {panel.space.size - 1}", "use numbers of formations")
    for i, t in np.argwhere((observed >= 0) & ~exists.astype(bool))[:10]:
        yield _fault(_place(panel, i, t), "a formation", "none: the state did not exist", "correct one of the two")


def _weight_faults(where: str, values: NDArray[Any], shape: tuple[int, int]) -> Iterable[Fault]:
    n, t = shape
    wrong = list(_shaped(where, values, (t, n, n)))
    yield from wrong
    if wrong:
        return
    if not np.isfinite(values).all() or (values < 0).any():
        yield _fault(where, "a number that is negative or not finite", "0 or more", "correct it")
    elif np.einsum("tii->ti", values).any():
        yield _fault(where, "a country tied to itself", "0 on the diagonal", "leave it out")
    elif (largest := values.sum(axis=2).max(initial=0.0)) > 1 + ROUNDING:
        yield _fault(where, f"ties that add up to {largest:g}", "at most 1", "divide each row by its sum")


def _named(where: str, name: str, known: Mapping[str, str]) -> Iterable[Fault]:
    if name not in known:
        yield _fault(where, "unknown", "one of " + ", ".join(known), "rename it")


def _shaped(where: str, values: NDArray[Any], shape: tuple[int, ...]) -> Iterable[Fault]:
    if values.shape != shape:
        yield _fault(where, f"shape {values.shape}", f"shape {shape}", "one row a country, one column a year")


def _place(panel: "Panel", i: int, t: int) -> str:
    return f"country {panel.countries[i]}, year {panel.years[t]}"


def _fault(where: str, found: str, expected: str, remedy: str) -> Fault:
    return Fault("panel", where, found, expected, remedy)
