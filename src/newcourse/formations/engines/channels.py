"""Exact channels of pairs: what a generator does in a given time, as a sparse real matrix.

The exponential of a generator of Gorini, Kossakowski, Sudarshan and Lindblad is completely positive and trace
preserving. It is taken block by block: numbers that the generator does not tie together stay apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from newcourse.formations.engines.generators import Real

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class SparseChannel:
    """A channel of a pair that touches few of the d⁴ numbers and leaves the others as they are.

    Parameters
    ----------
    touched
        (t,) which numbers it reads and writes.
    rows, columns, values
        The (t, t) real matrix in compressed rows; columns count within ``touched``.
    """

    touched: Whole
    rows: Whole
    columns: Whole
    values: Real


def exponentials(generators: Sequence[csr_array], years: float) -> list[csr_array]:
    """Return exp(years · G) of sparse generators of one shape, less the identity where G is empty."""
    blocks = [(k, block) for k, g in enumerate(generators) for block in _blocks(g)]
    entries: list[list[tuple[Whole, Whole, Real]]] = [[] for _ in generators]
    whole = [g.toarray() for g in generators]  # cutting blocks out of sparse matrices one by one takes far longer
    for size in {len(block) for _, block in blocks}:
        alike = [(k, block) for k, block in blocks if len(block) == size]
        dense = np.array([whole[k][np.ix_(block, block)] for k, block in alike])
        for (k, block), value in zip(alike, expm(years * dense), strict=True):
            r, c = np.nonzero(value)
            entries[k].append((block[r], block[c], value[r, c]))
    return [_gathered(found, g.shape[0]) for found, g in zip(entries, generators, strict=True)]


def sparse_channel(exponential: csr_array) -> SparseChannel:
    """Return the exponential of a pair's generator in the form the loops take."""
    touched = np.flatnonzero(np.diff(exponential.indptr))
    inner = exponential[touched][:, touched].tocsr()
    return SparseChannel(
        touched.astype(np.int64), inner.indptr.astype(np.int64), inner.indices.astype(np.int64), inner.data.copy()
    )


def completed(exponential: csr_array) -> csr_array:
    """Return an exponential with ones on the diagonal where its generator was empty."""
    empty = (np.diff(exponential.indptr) == 0).astype(float)
    return csr_array(exponential + coo_array((empty, (np.arange(empty.size),) * 2), shape=exponential.shape))


def _blocks(matrix: csr_array) -> list[Whole]:
    """Return the sets of numbers that a matrix ties together, without those it has nothing for."""
    count, labels = connected_components(matrix, directed=False)
    order = np.argsort(labels, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(labels, minlength=count))[:-1])
    filled = np.diff(matrix.indptr) + np.bincount(matrix.indices, minlength=matrix.shape[0]) > 0
    return [part for part in parts if filled[part].any()]


def _gathered(found: list[tuple[Whole, Whole, Real]], size: int) -> csr_array:
    if not found:
        return csr_array((size, size))
    rows, columns, values = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return csr_array(coo_array((values, (rows, columns)), shape=(size, size)))
