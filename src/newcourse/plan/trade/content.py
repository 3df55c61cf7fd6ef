"""What one more unit takes in the end: labour, emissions, capital, means of payment (design §6.3).

The inputs of a way are traced through the goods they are made of until nothing is left but limits set from outside.
Each good is traced along the sources that the plan gets it from at the margin, mixed as the plan mixes them: processes
that make it in the main, imports, routes; a good without any is taken from what was carried over, from exports or from
needs, in this order. With ``S`` what one unit of each good so got takes of the others, and ``b`` a bundle,
``z = (I − S)⁻¹ b`` is what has to be got of each: Leontief's solution with the plan's own mix of techniques.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from newcourse.plan.embodied import MARGINAL
from newcourse.plan.trade.ways import Column, Valued

NOTHING: Final = 1e-9
"""What is worth less than this part of a bundle is not told as left."""

LAST: Final = ("carried", "exports", "delivery")
"""Blocks of columns from which a good is taken that has no other source, in this order."""


@dataclass(frozen=True, eq=False)
class Traced:
    """What a bundle of inputs takes.

    Parameters
    ----------
    rows
        Amount taken of every limit set from outside, shape (m,); 0 elsewhere.
    columns
        By how much each column changes for it, shape (n,).
    left
        What could not be traced, in currency: 0 where all of it was.
    """

    rows: np.ndarray
    columns: np.ndarray
    left: float


def traced(valued: Valued, bundles: Sequence[np.ndarray]) -> list[Traced]:
    """Trace bundles: what each takes of every row (shape (m,), as :meth:`Valued.taken`), by its inner rows only.

    What has no source at the margin is told as left, never spread by guess.
    """
    sources = Sources(valued)
    return [sources.traced(bundle) for bundle in bundles]


@dataclass(frozen=True, eq=False)
class Sources:
    """The sources of each good at the margin, mixed as the plan mixes them.

    Parameters
    ----------
    valued
        The planning problem and its valuations.
    """

    valued: Valued

    @cached_property
    def mix(self) -> sp.csc_array:
        """Units of each column that supply one unit of each good, columns × balance rows; empty without a source."""
        block, n = self.valued.balance, self.valued.model.problem.shape[1]
        found = [
            (position, good, units) for good in range(len(block)) for position, units in self._parts(block.start + good)
        ]
        columns, goods, units = zip(*found, strict=True) if found else ((), (), ())
        return sp.csc_array((np.array(units, dtype=float), (columns, goods)), shape=(n, len(block)))

    def _parts(self, row: int) -> list[tuple[int, float]]:
        """Return the sources of a good at the margin, each with its units for one unit of the good."""
        ways = [way for way in self.valued.sources(row) if self._marginal(way)]
        amounts = np.array([max(0.0, self.valued.primal[way.position]) * way.yields for way in ways])
        if amounts.sum() > 0:
            parts = amounts / amounts.sum()
            return [(way.position, part / way.yields) for way, part in zip(ways, parts, strict=True) if part > 0]
        return [(way.position, 1.0 / way.yields) for way in ways[:1]] or self._last(row)

    def _last(self, row: int) -> list[tuple[int, float]]:
        """Return from where a good is taken that nothing supplies."""
        matrix = self.valued.model.problem.matrix
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        entries = list(zip(matrix.indices[part].tolist(), matrix.data[part].tolist(), strict=True))
        for name in LAST:
            block = self.valued.model.problem.column_block(name)
            for position, value in entries:
                inside = block.start <= position < block.stop and (name != "carried" or value > 0)
                if inside and self._marginal(Column("make", "", position, row, value)):
                    return [(position, 1.0 / value)]
        return []

    def _marginal(self, way: Column) -> bool:
        size = abs(self.valued.scale[way.position] / way.yields)
        return bool(abs(self.valued.reduced(way)) <= MARGINAL * max(1e-12, size))

    @cached_property
    def taken(self) -> sp.csc_array:
        """What one unit of each good takes of every row, rows × goods, its own unit included."""
        return sp.csc_array(self.valued.by_column @ self.mix)

    @cached_property
    def sourced(self) -> np.ndarray:
        """Which goods have a source."""
        return np.flatnonzero(np.diff(self.mix.indptr))

    def traced(self, bundle: np.ndarray) -> Traced:
        """Return what a bundle takes in the end."""
        limits = self.valued.limits
        whole = bundle + self.taken @ self._got(bundle)
        worth = np.where(limits, 0.0, whole * self.valued.dual)
        left = float(worth.sum())
        small = abs(left) <= NOTHING * np.abs(bundle * self.valued.dual).sum()
        columns = np.asarray(self.mix @ self._got(bundle))
        return Traced(np.where(limits, whole, 0.0), columns, 0.0 if small else left)

    def _got(self, bundle: np.ndarray) -> np.ndarray:
        """Return how much of each good has to be got, so that nothing is taken of any good that has a source."""
        z = np.zeros(self.mix.shape[1])
        if self._factors is not None:
            z[self.sourced] = self._factors.solve(-bundle[self.valued.balance.start + self.sourced])
        return z

    @cached_property
    def _factors(self) -> "spla.SuperLU | None":
        """The factors of I − S; none where goods are but passed round in a circle, so that nothing can be traced."""
        if not len(self.sourced):
            return None
        at = self.valued.balance.start + self.sourced
        try:
            return spla.splu(sp.csc_array(self.taken[:, self.sourced][at]))
        except RuntimeError:
            return None
