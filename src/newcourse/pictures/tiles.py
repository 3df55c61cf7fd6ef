"""A schematic map: every country a tile of the same size, near where it lies, none hidden by another.

Countries are put on the tiles of a grid so that the sum of squared distances from where they lie is as small as it can
be (the assignment problem, H. W. Kuhn, *Naval Research Logistics Quarterly* 2 (1955) 83). Europe and its surroundings
are stretched, since states are small there. A map of areas would show large countries as more than small ones; here
each counts once, as it does in the models.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from newcourse.pictures.capitals import CAPITALS

COLUMNS, ROWS = 38, 26
"""Size of the grid in tiles."""

_LONGITUDES: Final = (-125, -30, -15, 45, 180)
_ALONG: Final = (0, 9.5, 12, 26, COLUMNS - 1)
_LATITUDES: Final = (66, 36, -46)
_DOWN: Final = (0, 10.5, ROWS - 1)


@lru_cache(maxsize=1)
def tiles() -> Mapping[str, tuple[int, int]]:
    """Return column and row of each country of :data:`~newcourse.pictures.capitals.CAPITALS`, from the upper left."""
    lies = np.array(list(CAPITALS.values()))
    points = np.column_stack([
        np.interp(lies[:, 1], _LONGITUDES, _ALONG),
        np.interp(-lies[:, 0], [-latitude for latitude in _LATITUDES], _DOWN),
    ])  # fmt: skip
    grid = np.array([(column, row) for column in range(COLUMNS) for row in range(ROWS)], dtype=float)
    distances = ((points[:, None, :] - grid[None, :, :]) ** 2).sum(axis=2)
    chosen = linear_sum_assignment(distances)[1]
    places = {number: (int(grid[k][0]), int(grid[k][1])) for number, k in zip(CAPITALS, chosen, strict=True)}
    return MappingProxyType(places)
