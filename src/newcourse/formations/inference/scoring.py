r"""How well records that were held out are predicted: the log score, and paired differences between models (§11.3).

The log score of a record is the logarithm of the probability given to what happened (I. J. Good, *Journal of the Royal
Statistical Society* B 14 (1952) 107): nobody can raise it by saying anything but what they believe. Differences between
two models are added up country by country; their standard error is that of a mean over countries, each with the states
that succeeded it, since records of one country are not independent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from newcourse.formations.inference.fitting import fit_bound
from newcourse.formations.inference.splits import Split
from newcourse.formations.ladder.parameters import Vector
from newcourse.formations.ladder.rung import OnPanel, Rung
from newcourse.formations.panel import Panel
from newcourse.formations.spreading import Spreading, here

Array = NDArray[np.float64]

FLOOR = 1e-3
"""Weight of "each formation is equally likely" in every prediction that is scored, the same for all models.

Without it one event that a model holds impossible would decide the whole comparison.
"""


@dataclass(frozen=True)
class ScoreDifference:
    """How much better one model predicts than another, for each country.

    Parameters
    ----------
    mean
        Mean over countries of the difference in log score; above 0 the first is better.
    error
        Its standard error, from the spread between countries; nan for fewer than two.
    countries
        How many there are, each with its successors.
    """

    mean: float
    error: float
    countries: int

    @property
    def ratio(self) -> float:
        """The mean in standard errors; 0 where nothing differs."""
        if self.mean == 0:
            return 0.0
        return self.mean / self.error if self.error > 0 else float("nan")


@dataclass(frozen=True)
class HeldOut:
    """What one model made of records it had not been told.

    Parameters
    ----------
    rung
        The model.
    way
        How records were held out.
    cells
        (n, T) log scores; nan where nothing was asked.
    """

    rung: Rung
    way: str
    cells: Array = field(repr=False)

    @property
    def records(self) -> int:
        """How many records were asked for."""
        return int(np.isfinite(self.cells).sum())

    @property
    def mean(self) -> float:
        """Mean log score of a record."""
        return float(np.nanmean(self.cells)) if self.records else float("nan")


def held_out(
    rung: Rung,
    panel: Panel,
    splits: Sequence[Split],
    *,
    starts: int = 3,
    seed: int = 0,
    begin: Mapping[str, float] | None = None,
    floor: float = FLOOR,
    spread: Spreading = here,
) -> HeldOut:
    """Return the log scores of what splits ask for, the model being fitted anew to what each tells.

    Each record is predicted from all records before it, those of the country itself included, with parameters that
    were estimated without it.
    """
    bound = rung.on(panel)
    cells = np.full(np.asarray(panel.observed).shape, np.nan)
    for split in splits:
        fitted = fit_bound(bound, told=split.told, starts=starts, seed=seed, begin=begin, spread=spread)
        cells = np.where(split.asked, asked_cells(bound, fitted.vector, split, floor), cells)
    return HeldOut(rung, splits[0].way, cells)


def asked_cells(bound: OnPanel, vector: Vector, split: Split, floor: float) -> Array:
    """Return (n, T) log scores of the records that a split asks for, nan elsewhere."""
    mask = split.asked & bound.scored
    cells = bound.cells(vector, np.asarray(mask.any(axis=1)))
    return np.where(mask, floored(cells, bound.panel.space.size, floor), np.nan)


def floored(cells: Array, size: int, floor: float = FLOOR) -> Array:
    """Return log scores with every prediction mixed with equal chances of all formations."""
    return np.asarray(np.log((1 - floor) * np.exp(cells) + floor / size))


def difference(one: HeldOut, other: HeldOut, blocks: NDArray[np.int64]) -> ScoreDifference:
    """Return the paired difference of two models on the same records, countries grouped in blocks (n,)."""
    gap = one.cells - other.cells
    asked = np.isfinite(gap)
    number = int(blocks.max()) + 1
    sums = np.bincount(blocks, weights=np.where(asked, gap, 0.0).sum(axis=1), minlength=number)
    present = np.bincount(blocks, weights=asked.any(axis=1), minlength=number) > 0
    sums = sums[present]
    error = float(sums.std(ddof=1) / np.sqrt(sums.size)) if sums.size > 1 else float("nan")
    return ScoreDifference(float(sums.mean()) if sums.size else float("nan"), error, int(sums.size))
