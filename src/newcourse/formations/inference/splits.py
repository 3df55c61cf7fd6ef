"""Which records a model may learn from and which it is asked for: countries held out, and years to come (§11.3).

Records of one country are alike, so countries are held out whole, together with the states that succeeded them.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.ladder.rung import Mask
from newcourse.formations.panel import Panel

COUNTRIES: Literal["held-out countries"] = "held-out countries"
FORWARD: Literal["forward in time"] = "forward in time"
Way = Literal["held-out countries", "forward in time"]


@dataclass(frozen=True)
class Split:
    """Records to learn from and records to predict.

    Parameters
    ----------
    way
        Whether countries or years are held out.
    told, asked
        (n, T) each; no record is in both.
    """

    way: Way
    told: Mask = field(repr=False)
    asked: Mask = field(repr=False)


def blocks(panel: Panel) -> NDArray[np.int64]:
    """Return (n,) numbers of blocks: a country and all states that succeeded it, directly or not, are one."""
    place = {code: k for k, code in enumerate(panel.countries)}
    block = np.arange(len(panel.countries))
    for each in panel.successions:
        if each.predecessor in place and each.successor in place:
            one, other = block[place[each.predecessor]], block[place[each.successor]]
            block[block == max(one, other)] = min(one, other)
    return np.unique(block, return_inverse=True)[1].astype(np.int64)


def moves(panel: Panel) -> NDArray[np.bool_]:
    """Return (n, T) where a record differs from that of the year before."""
    observed = np.asarray(panel.observed)
    found = np.zeros(observed.shape, dtype=bool)
    found[:, 1:] = (observed[:, 1:] != observed[:, :-1]) & (observed[:, 1:] >= 0) & (observed[:, :-1] >= 0)
    return found


def by_countries(panel: Panel, folds: int = 5, seed: int = 0) -> tuple[Split, ...]:
    """Return splits that hold out one fold of blocks each, dealt out so that moves are spread evenly over the folds.

    Raises
    ------
    BadInput
        If there are fewer than two folds, or fewer blocks than folds.
    """
    block = blocks(panel)
    number = int(block.max()) + 1
    if not 2 <= folds <= number:
        fault = Fault("ladder-folds", "splits", f"{folds} folds of {number} blocks", "2 up to the blocks", "change it")
        raise BadInput(fault)
    events = np.bincount(block, weights=moves(panel).sum(axis=1), minlength=number)
    order = np.lexsort((np.random.default_rng(seed).random(number), -events))
    dealt = np.arange(number)
    turn, place = dealt // folds, dealt % folds
    fold = np.empty(number, dtype=int)
    fold[order] = np.where(turn % 2 == 0, place, folds - 1 - place)
    shape = np.asarray(panel.observed).shape
    held = [np.broadcast_to((fold[block] == k)[:, None], shape).copy() for k in range(folds)]
    return tuple(Split(COUNTRIES, ~each, each) for each in held)


def forward(panel: Panel, year: int) -> Split:
    """Return the split that learns from records up to a year, that year included, and predicts those after it.

    Raises
    ------
    BadInput
        If nothing lies on one of the two sides.
    """
    if not panel.years[0] < year < panel.years[-1]:
        expected = f"a year after {panel.years[0]} and before {panel.years[-1]}"
        raise BadInput(Fault("ladder-year", "splits", str(year), expected, "choose another year"))
    told = np.broadcast_to(np.array(panel.years) <= year, np.asarray(panel.observed).shape).copy()
    return Split(FORWARD, told, ~told)


def turning_year(panel: Panel, share: float = 0.6) -> int:
    """Return the first year by which a share of all moves has been recorded, within what :func:`forward` allows."""
    seen = moves(panel).sum(axis=0).cumsum()
    place = int(np.searchsorted(seen, share * seen[-1])) if seen[-1] else len(panel.years) // 2
    return panel.years[min(max(place, 1), len(panel.years) - 2)]
