"""Rows that count a means of exchange, such as foreign currency, told from rows that count a product (design §10)."""

from typing import Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from newcourse.solver.structured.bounds import Places

_BACK: Final = 0.5
"""Least part of what is sold that is also bought."""

_DIRECT: Final = 0.25
"""Most part of all pairs of what is sold that are exchanged without the means."""


def media_of_exchange(
    rows: int, owner: Places, uses: npt.NDArray[np.int64], used: tuple[Places, Places]
) -> npt.NDArray[np.bool_]:
    """Return which rows count a means of exchange.

    Whatever supplies one (exports) turns a single product into it, or comes from outside; at least two products are
    sold so, half of these and more can be bought by it again (imports), and few of them be had for one another
    directly: those would be the same good at several places, and the routes between them.

    Parameters
    ----------
    rows
        How many rows there are.
    owner
        For each column the row it supplies first of all, or −1.
    uses
        For each column how many rows of any kind it uses.
    used
        Products and columns of the uses of products.
    """
    row, column = used
    single = (np.bincount(column, minlength=owner.size)[column] == 1) & (owner[column] >= 0)
    row, column = row[single], column[single]
    only = uses[column] == 1
    turned = sp.csr_array(_exchanged(row, owner[column], rows))
    into = sp.csc_array(_exchanged(row[only], owner[column[only]], rows))
    makers = np.flatnonzero(owner >= 0)
    composed = np.bincount(owner[makers[uses[makers] > 1]], minlength=rows) > 0
    media = np.zeros(rows, bool)
    for r in np.flatnonzero((np.diff(into.indptr) >= 2) & (np.diff(turned.indptr) >= 1) & ~composed).tolist():
        sold = into.indices[into.indptr[r] : into.indptr[r + 1]]
        bought = turned.indices[turned.indptr[r] : turned.indptr[r + 1]]
        if np.isin(sold, bought).sum() >= _BACK * sold.size:
            media[r] = turned[sold][:, sold].nnz <= _DIRECT * sold.size * (sold.size - 1)
    return media


def _exchanged(origin: Places, result: Places, rows: int) -> sp.coo_array:
    """Return which rows are turned into which, each pair once."""
    pairs = np.unique(origin * np.int64(rows) + result)
    return sp.coo_array((np.ones(pairs.size, np.int8), (pairs // rows, pairs % rows)), shape=(rows, rows))
