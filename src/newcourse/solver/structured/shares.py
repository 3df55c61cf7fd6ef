"""Rows that ask for shares in the supply of one product (imports at least a tenth of it), told from products."""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from newcourse.solver.structured.bounds import Places


def shares_of_one(
    rows: int, columns: int, made: tuple[Places, Places], used: tuple[Places, Places]
) -> npt.NDArray[np.bool_]:
    """Return the rows all of whose users, and some of whose makers, supply one and the same other row.

    Of the makers not all need to: who makes less of the product than it uses itself has part in its supply too.

    Parameters
    ----------
    rows, columns
        How many there are.
    made, used
        Rows and columns of the positive and of the negative entries.

    Notes
    -----
    Complexity: that of the positive entries, and of the other entries of rows made together with others.
    """
    makes, uses = _pattern(made, (rows, columns)), _pattern(used, (rows, columns))
    users = np.diff(uses.indptr)
    together = sp.coo_array(makes @ makes.T)
    row, other = together.row, together.col
    pairs = (row != other) & (users[row] > 0)
    row, other = row[pairs], other[pairs]
    listed = np.unique(row)
    shared = sp.csr_array(uses[listed] @ makes.T)
    both = np.asarray(shared[np.searchsorted(listed, row), other]).ravel() == users[row]
    found = np.zeros(rows, bool)
    found[row[both]] = True
    return found


def _pattern(entries: tuple[Places, Places], shape: tuple[int, int]) -> sp.csr_array:
    """Return ones at the given places."""
    row, column = entries
    return sp.csr_array((np.ones(row.size, np.int32), (row, column)), shape=shape)
