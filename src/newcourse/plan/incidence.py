"""Matrices that say which column stands in which row."""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp


def incidence(rows: npt.ArrayLike, height: int, values: npt.ArrayLike = 1.0) -> sp.csr_array:
    """Return the matrix that has ``values[j]`` in row ``rows[j]`` of column j, and nothing else.

    A row of −1 means nowhere: the column stays empty.

    >>> incidence([1, 0], 2, [5.0, 7.0]).toarray().tolist()
    [[0.0, 7.0], [5.0, 0.0]]
    >>> incidence([-1, 0], 1).toarray().tolist()
    [[0.0, 1.0]]
    """
    positions = np.asarray(rows, dtype=np.int64)
    width = len(positions)
    data = np.broadcast_to(np.asarray(values, dtype=float), width)
    there = positions >= 0
    return sp.csr_array((data[there], (positions[there], np.flatnonzero(there))), shape=(height, width))
