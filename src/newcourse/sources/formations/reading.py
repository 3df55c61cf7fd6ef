"""From a folder of other people's data to a panel: the one door (design §11.2)."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.panel import Panel
from newcourse.formations.spaces import DEFAULT
from newcourse.sources.formations import alliances, contiguity, kailitz, maddison, states, trade, vaporeg, wars
from newcourse.sources.formations.codings.coding import LEFT_OUT, Coding
from newcourse.sources.formations.codings.regime_data import communist_by_kailitz, communist_by_vaporeg, from_communist
from newcourse.sources.formations.codings.registry import CODINGS, DEFAULT_CODING, known_coding
from newcourse.sources.formations.grid import Grid
from newcourse.sources.formations.maddison import Product
from newcourse.sources.formations.stages import PRE_CAPITALIST, STAGES, StageRule, chosen_stage, stages
from newcourse.sources.formations.states import StateList
from newcourse.sources.formations.succession_table import SUCCESSIONS, parents

FIRST_YEAR = 1900
"""The first year for which the rule of stages has data."""
KAILITZ_YEARS = 1946, 2010
DEFAULT_STAGE = next(iter(STAGES))
STEPS = 8
"""How many steps of reading there are, for a bar of progress."""

Progress = Callable[[str, int, int], None]
"""Called with what is read next, how many steps are done, and how many there are."""


def read_panel(
    folder: str | Path,
    *,
    coding: str = DEFAULT_CODING,
    first: int = 1900,
    last: int = 2010,
    stage: str = DEFAULT_STAGE,
    progress: Progress | None = None,
) -> Panel:
    """Return the formations of all states, with what hypotheses may look at.

    Parameters
    ----------
    folder
        Where the files are.
    coding
        Coding of contested states, one of
        :data:`~newcourse.sources.formations.codings.registry.NAMES`.
    first, last
        Years, both included, from 1900 on.
    stage
        Rule for what counts as pre-capitalist, one of :data:`~newcourse.sources.formations.stages.STAGES`.
    progress
        Told before each step.

    Raises
    ------
    BadInput
        When a file is missing or wrong, a coding, rule or year is not known, or states cannot be matched.
    """
    return read_panels(folder, codings=(coding,), first=first, last=last, stage=stage, progress=progress)[coding]


def read_panels(
    folder: str | Path,
    *,
    codings: Sequence[str],
    first: int = 1900,
    last: int = 2010,
    stage: str = DEFAULT_STAGE,
    progress: Progress | None = None,
) -> dict[str, Panel]:
    """Return a panel for each coding, for sensitivity: the files are read once, all else is the same in each.

    Parameters
    ----------
    folder, first, last, stage, progress
        As for :func:`read_panel`.
    codings
        Codings of contested states, each once.

    Raises
    ------
    BadInput
        As :func:`read_panel`.
    """
    rule = chosen_stage(stage)
    for coding in codings:
        known_coding(coding)
    tell = _counting(progress)
    tell("states")
    listed = states.read_states(folder)
    for coding in codings:
        _check_years(coding, first, last, listed)
    long = listed.grid(range(FIRST_YEAR, listed.last_year + 1))
    grid = listed.grid(range(first, last + 1))
    rows, columns = long.rows(grid.countries), slice(first - FIRST_YEAR, last - FIRST_YEAR + 1)
    tell("product")
    product = maddison.read_maddison(folder, long)
    tell("regimes")
    observed = _observed(folder, codings, rule, listed, product)
    exists = listed.exists(grid)
    covariates = _covariates(folder, product, tell)
    ties = _ties(folder, grid, exists, tell)
    return {
        coding: Panel(
            space=DEFAULT,
            countries=grid.codes,
            years=grid.years,
            observed=observed[coding][rows, columns],
            exists=exists,
            covariates={name: values[rows, columns] for name, values in covariates.items()},
            weights=ties,
            coding=coding if stage == DEFAULT_STAGE else f"{coding}/{stage}",
            sources=_sources(coding, rule),
            successions=SUCCESSIONS,
            titles={str(gw): listed.titles[gw] for gw in grid.countries},
        )
        for coding in codings
    }


def _check_years(coding: str, first: int, last: int, listed: StateList) -> None:
    lowest, highest = KAILITZ_YEARS if coding == "kailitz" else (FIRST_YEAR, listed.last_year)
    if not lowest <= first <= last <= highest:
        expected = f"years from {lowest} to {highest}, the first not after the last"
        raise BadInput(
            Fault("years-unknown", f"coding {coding}", f"{first} to {last}", expected, "choose years it has")
        )


def _counting(progress: Progress | None) -> Callable[[str], None]:
    done = 0

    def tell(what: str) -> None:
        nonlocal done
        if progress is not None:
            progress(what, done, STEPS)
        done += 1

    return tell


def _observed(
    folder: str | Path, codings: Sequence[str], rule: StageRule, listed: StateList, product: Product
) -> dict[str, NDArray[np.int8]]:
    grid = product.grid
    exists = listed.exists(grid)
    regimes = vaporeg.read_vaporeg(folder, listed)
    staged = stages(rule, grid, exists, regimes, product)
    codes = DEFAULT.index("pre_capitalist"), DEFAULT.index("capitalist")
    base = np.where(staged < 0, -1, np.where(staged == PRE_CAPITALIST, *codes)).astype(np.int8)
    result = {}
    for coding in codings:
        if coding in CODINGS:
            laid = coded(CODINGS[coding], base, grid)
        elif coding == "kailitz":
            communist = communist_by_kailitz(kailitz.read_kailitz(folder, listed), grid)
            laid = from_communist(communist, base, parents(), grid)
        else:
            laid = from_communist(communist_by_vaporeg(regimes, grid), base, parents(), grid)
        result[coding] = np.where(exists, laid, -1).astype(np.int8)
    return result


def coded(coding: Coding, stages: NDArray[np.int8], grid: Grid) -> NDArray[np.int8]:
    """Return (n, t) numbers of formations: the spells of a coding laid over the stages."""
    result = stages.copy()
    for state, spells in coding.spells.items():
        if (row := grid.row(state)) < 0:
            continue
        for spell in spells:
            years = slice(max(spell.first - grid.years[0], 0), max(spell.last - grid.years[0] + 1, 0))
            result[row, years] = -1 if spell.formation == LEFT_OUT else DEFAULT.index(spell.formation)
    return result


def _covariates(folder: str | Path, product: Product, tell: Callable[[str], None]) -> dict[str, NDArray[np.float64]]:
    grid = product.grid
    tell("trade")
    openness = trade.read_trade(folder, grid).openness(product)
    tell("wars")
    return {
        "gap": product.gap(),
        "openness": openness,
        "war": wars.read_wars(folder, grid),
        "civil_war": wars.read_civil_wars(folder, grid),
        "crisis": product.crisis(),
    }


def _ties(
    folder: str | Path, grid: Grid, exists: NDArray[np.bool_], tell: Callable[[str], None]
) -> dict[str, NDArray[np.float32]]:
    tell("borders")
    borders = contiguity.read_contiguity(folder, grid, exists)
    tell("alliances")
    allies = alliances.read_alliances(folder, grid, exists)
    tell("ties of trade")
    partners = trade.read_trade(folder, grid).weights(exists)
    return {"contiguity": borders, "alliance": allies, "trade": partners}


def _sources(coding: str, rule: StageRule) -> tuple[str, ...]:
    reading = (
        f"Coding: {CODINGS[coding].reading}" if coding in CODINGS else f"Coding: {coding}, regime data as they are"
    )
    return (
        reading,
        f"Stages: {rule.title}",
        states.SOURCE,
        vaporeg.SOURCE,
        *((kailitz.SOURCE,) if coding == "kailitz" else ()),
        maddison.SOURCE,
        contiguity.SOURCE,
        alliances.SOURCE,
        trade.SOURCE,
        wars.SOURCE,
    )
