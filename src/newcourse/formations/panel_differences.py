"""Where codings of the same countries and years differ: what sensitivity is computed over (design §11.3)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.panel import Panel


def differences(panels: Sequence[Panel]) -> pd.DataFrame:
    """Return the spells in which the codings differ.

    Parameters
    ----------
    panels
        At least two, each of its own coding, of the same space, countries and years.

    Returns
    -------
    pandas.DataFrame
        Columns ``country``, ``title``, ``first``, ``last`` and one a coding: the code of the formation, empty where
        that coding leaves it open. Rows in the order of countries and years.

    Raises
    ------
    BadInput
        When the panels are not of the same countries and years or two have the same coding.
    """
    observed = _stacked(panels)
    names = [panel.coding for panel in panels]
    codes = (*panels[0].space.formations, "")
    rows = []
    for i, country in enumerate(panels[0].countries):
        course = observed[:, i, :]
        differs = (course != course[0]).any(axis=0)
        begins = np.r_[True, (course[:, 1:] != course[:, :-1]).any(axis=0)]
        starts = np.flatnonzero(begins)
        for start, end in zip(starts, [*starts[1:], course.shape[1]], strict=True):
            if differs[start]:
                years = panels[0].years[start], panels[0].years[end - 1]
                rows.append((country, panels[0].titles[country], *years, *(codes[k] for k in course[:, start])))
    return pd.DataFrame(rows, columns=["country", "title", "first", "last", *names])


def agreement(panels: Sequence[Panel]) -> pd.DataFrame:
    """Return for each pair of codings the share of country-years known to both in which they agree.

    Parameters
    ----------
    panels
        As for :func:`differences`.

    Returns
    -------
    pandas.DataFrame
        Symmetric, 1 on the diagonal, indexed by the names of the codings; NaN where no country-year is known to both.

    Raises
    ------
    BadInput
        As :func:`differences`.
    """
    observed = _stacked(panels)
    names = [panel.coding for panel in panels]
    shares = np.full((len(panels), len(panels)), np.nan)
    for a, mine in enumerate(observed):
        for b, theirs in enumerate(observed):
            known = (mine >= 0) & (theirs >= 0)
            if known.any():
                shares[a, b] = (mine == theirs)[known].mean()
    return pd.DataFrame(shares, index=names, columns=names)


def _stacked(panels: Sequence[Panel]) -> NDArray[np.int8]:
    faults = []
    if len(panels) < 2:
        faults.append(_fault(f"{len(panels)} panels", "at least two", "give one panel a coding"))
    if len({panel.coding for panel in panels}) != len(panels):
        faults.append(_fault("two panels of one coding", "each of its own coding", "give each coding once"))
    if len({(panel.space, panel.countries, panel.years) for panel in panels}) > 1:
        found = "panels of different spaces, countries or years"
        faults.append(_fault(found, "the same ones", "read them for the same years"))
    if faults:
        raise BadInput(faults)
    return np.stack([panel.observed for panel in panels])


def _fault(found: str, expected: str, remedy: str) -> Fault:
    return Fault("panels-differ", "panels to compare", found, expected, remedy)
