"""Codings without a reading of ours: what sources call communist counts as degenerated, what follows as restored.

They are there to be compared with: equating a communist ideocracy with a degenerated workers' state is the claim under
test. The sources do not tell rule from below apart, so no state is ever a workers' state under these codings.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from newcourse.formations.spaces import DEFAULT
from newcourse.sources.formations.grid import Grid
from newcourse.sources.formations.regimes import Regimes
from newcourse.sources.formations.vaporeg import COMMUNIST

MEASURED = {
    "va-poreg": "communist ideocracy after va-PoReg counts as degenerated, what follows it as restored",
    "kailitz": "communist ideocracy after Kailitz counts as degenerated, what follows it as restored; 1946 to 2010",
}
"""Names and titles of the codings."""


INTERRUPTION = 5
"""Years between two communist spells that are not known rather than something else (assumed)."""


def communist_by_vaporeg(regimes: Regimes, grid: Grid) -> NDArray[np.float64]:
    """Return (n, t) whether va-PoReg calls a state a communist ideocracy; NaN where it has no row."""
    return grid.filled(regimes.table.assign(communist=regimes.table["regime"] == COMMUNIST), "communist")


def communist_by_kailitz(regimes: Regimes, grid: Grid) -> NDArray[np.float64]:
    """Return (n, t) whether Kailitz calls a state a communist ideocracy, alone or with another; NaN without a row."""
    return grid.filled(regimes.table, "communist")


def from_communist(
    communist: NDArray[np.float64], stages: NDArray[np.int8], parents: dict[int, tuple[int, int]], grid: Grid
) -> NDArray[np.int8]:
    """Return (n, t) numbers of formations; −1 where not known.

    Restored is what follows the last communist year. Between two communist spells a gap of at most
    :data:`INTERRUPTION` years is not known (Czechoslovakia 1968 after Kailitz); a longer one is as it was before
    (Hungary 1920 to 1946).

    Parameters
    ----------
    communist
        (n, t) 1, 0 or NaN.
    stages
        (n, t) number of the formation where a state is not and was not communist; −1 for unknown.
    parents
        By state: the state it left and in which year, where formations carry over.
    grid
        Which states and years.
    """
    degenerated, restored = DEFAULT.index("degenerated"), DEFAULT.index("restored")
    now = communist == 1
    ahead = np.maximum.accumulate(now[:, ::-1], axis=1)[:, ::-1]
    been = np.maximum.accumulate(now, axis=1)
    result = np.where(been & ~ahead, restored, stages)
    for row, course in enumerate(now):
        for before, after in pairwise(np.flatnonzero(course)):
            if after - before <= INTERRUPTION + 1:
                result[row, before + 1 : after] = -1
    result[now] = degenerated
    for state, (parent, year) in parents.items():
        row, from_row, column = grid.row(state), grid.row(parent), year - grid.years[0]
        inside = row >= 0 and from_row >= 0 and 0 <= column < len(grid.years)
        if inside and result[from_row, column] in (degenerated, restored) and not now[row, column:].any():
            result[row, column:] = restored
    return result.astype(np.int8)
