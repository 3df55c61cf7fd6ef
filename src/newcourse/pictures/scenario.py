"""A scenario's outcome as pictures: bands of the model beside its rival and the critics', and waves on the map."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from newcourse.formations.scenario_outcome import Ensemble, ScenarioOutcome
from newcourse.pictures.formation_bands import formation_bands
from newcourse.pictures.formation_waves import formation_waves
from newcourse.pictures.look import WIDE, Picture

EDGES = (0.05, 0.5, 0.95)
"""Parts of the draws below the band, its middle and its upper edge."""

SEEN = 0.005
"""A formation whose probability never reaches this is not drawn."""


def how_of_bands(branch: str, whose: str) -> str:
    """Return how bands are read, for a branch and a country or the mean of some."""
    return (
        f"Probability of each formation. {branch}: {whose}. Nine draws in ten of what is not known lie within the "
        "band; line: the middle."
    )


def how_of_waves(branch: str) -> str:
    """Return how the maps of a branch are read."""
    return (
        f"Likeliest formation of each country, by the hypotheses. {branch}. Every country one mark, whatever its size; "
        "the paler, the less likely."
    )


def bands_table(outcome: ScenarioOutcome, branch: str = "", country: str = "") -> pd.DataFrame:
    """Return the numbers of :func:`scenario_bands`.

    Parameters
    ----------
    outcome
        What came of a scenario.
    branch
        Name of a branch; the first where none is given.
    country
        Code of a country; the mean of all where none is given.

    Returns
    -------
    DataFrame
        Columns model, formation, year, low, middle, high, for the model, its rival and the readings of the critics.
    """
    chosen = outcome.scenario.branch(branch or outcome.scenario.branches[0].name).name
    parts = [_bands(outcome, outcome.ensemble(chosen, role), country) for role in outcome.roles]
    table = pd.concat(parts, ignore_index=True)
    reached = table.groupby("formation")["high"].max()
    return table[table["formation"].isin(reached.index[reached >= SEEN])].reset_index(drop=True)


def scenario_bands(outcome: ScenarioOutcome, *, branch: str = "", country: str = "", width: int = WIDE) -> Picture:
    """Return the probability of each formation as bands: the model first, its best classical rival beside it.

    Parameters
    ----------
    outcome, branch, country
        As for :func:`bands_table`.
    width
        Of the picture, in pixels.
    """
    scenario = outcome.scenario
    chosen = scenario.branch(branch or scenario.branches[0].name)
    whose = scenario.countries[country] if country else "mean of " + ", ".join(scenario.countries.values())
    how = how_of_bands(chosen.title, whose)
    return formation_bands(
        bands_table(outcome, chosen.name, country), title=outcome.title, how=how,
        quantum_like=bool(outcome.banner), width=width,
    )  # fmt: skip


def waves_table(outcome: ScenarioOutcome, branch: str = "", years: Sequence[float] = ()) -> pd.DataFrame:
    """Return the numbers of :func:`scenario_waves`: mean probability over the draws of the model.

    Returns
    -------
    DataFrame
        Columns year, country, title, formation, share.
    """
    scenario = outcome.scenario
    ensemble = outcome.ensemble(branch or scenario.branches[0].name)
    shares = ensemble.populations.mean(axis=0)
    wanted = years or np.linspace(outcome.years[0], outcome.years[-1], 4).round().tolist()
    rows = [
        (year, code, name, formation, float(shares[int(np.argmin(abs(outcome.years - year))), i, a]))
        for year in wanted
        for i, (code, name) in enumerate(scenario.countries.items())
        for a, formation in enumerate(ensemble.space.titles.values())
    ]
    return pd.DataFrame(rows, columns=["year", "country", "title", "formation", "share"])


def scenario_waves(
    outcome: ScenarioOutcome, *, branch: str = "", years: Sequence[float] = (), width: int = WIDE
) -> Picture:
    """Return maps of the likeliest formation of each country at some years; by the model alone.

    Parameters
    ----------
    outcome, branch
        As for :func:`bands_table`.
    years
        Which; four from the first to the last where none are given.
    width
        Of the picture, in pixels.
    """
    chosen = outcome.scenario.branch(branch or outcome.scenario.branches[0].name)
    how = how_of_waves(chosen.title)
    table = waves_table(outcome, chosen.name, years)
    return formation_waves(table, title=outcome.title, how=how, quantum_like=bool(outcome.banner), width=width)


def _bands(outcome: ScenarioOutcome, ensemble: Ensemble, country: str) -> pd.DataFrame:
    codes = outcome.scenario.codes
    shares = ensemble.populations[:, :, codes.index(country)] if country else ensemble.populations.mean(axis=2)
    low, middle, high = np.quantile(shares, EDGES, axis=0)
    words = {"model": "The hypotheses", "rival": "Best classical rival"}.get(ensemble.role, "Reading of critics")
    titles = list(ensemble.space.titles.values())
    size = len(titles)
    return pd.DataFrame({
        "model": f"{words}: {ensemble.title}", "formation": titles * len(outcome.years),
        "year": np.repeat(outcome.years, size), "low": low.ravel(), "middle": middle.ravel(), "high": high.ravel(),
    })  # fmt: skip
