"""What one more unit takes in the end: labour, emissions, capital, means of payment (design §6.3).

The inputs of a way are traced through the goods they are made of until nothing is left but limits set from outside.
Each good is traced along the sources that the plan gets it from at the margin, mixed as the plan mixes them: processes
that make it in the main, imports, routes, what was carried over. With ``S`` what one unit of each good
so got takes of the others, and ``b`` a bundle, ``z = (I − S)⁻¹ b`` is what has to be got of each: Leontief's solution
with the plan's own mix of techniques. What has no such source (by-products, stores, goods taken from
needs) is traced by :mod:`newcourse.plan.trade.margin`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from newcourse.plan.embodied import MARGINAL
from newcourse.plan.trade.margin import Margin, Traced
from newcourse.plan.trade.ways import Column, Valued

NOTHING: Final = 1e-9
"""A bundle worth less than this part of the whole is not traced further."""


def traced(valued: Valued, bundles: Sequence[np.ndarray]) -> list[Traced]:
    """Trace bundles: what each takes of every row (shape (m,), as :meth:`Valued.taken`), by its inner rows only.

    What cannot be traced along the sources of goods is traced along all columns at the margin; where they cannot supply
    it without serving needs less, needs are sources as well. What cannot be traced so either is told as left, never
    spread by guess.
    """
    sources = Sources(valued)
    first = [sources.traced(bundle) for bundle in bundles]
    rests = {i: rest for i, (_, rest) in enumerate(first) if rest.any()}
    made: dict[int, Traced] = {}
    for from_needs in (False, True):
        still = {i: rest for i, rest in rests.items() if i not in made}
        if still:
            made |= Margin(valued, from_needs=from_needs).traced(still)
    return [_together(valued, done, rest, made.get(i)) for i, (done, rest) in enumerate(first)]


def _together(valued: Valued, done: Traced, rest: np.ndarray, more: Traced | None) -> Traced:
    if more is None:
        return Traced(done.rows, done.columns, float(rest @ valued.dual))
    return Traced(done.rows + more.rows, done.columns + more.columns, 0.0)


@dataclass(frozen=True, eq=False)
class Sources:
    """The sources of each good at the margin, mixed as the plan mixes them."""

    valued: Valued

    @cached_property
    def mix(self) -> sp.csc_array:
        """Units of each column that supply one unit of each good, columns × balance rows; empty without a source."""
        block, n = self.valued.balance, self.valued.model.problem.shape[1]
        rows, columns, values = [], [], []
        for good in range(len(block)):
            for column, part in self._parts(block.start + good):
                rows.append(column.position)
                columns.append(good)
                values.append(part / column.yields)
        return sp.csc_array((values, (rows, columns)), shape=(n, len(block)))

    def _parts(self, row: int) -> list[tuple[Column, float]]:
        """Return the sources of a good at the margin, each with its part."""
        ways = [way for way in self.valued.sources(row) if self._marginal(way)]
        amounts = np.array([max(0.0, self.valued.primal[way.position]) * way.yields for way in ways])
        if amounts.sum() > 0:
            return [(way, float(a)) for way, a in zip(ways, amounts / amounts.sum(), strict=True) if a > 0]
        return [(way, 1.0) for way in ways[:1]]

    def _marginal(self, way: Column) -> bool:
        return bool(
            abs(self.valued.reduced(way)) <= MARGINAL * max(1e-12, self.valued.scale[way.position] / way.yields)
        )

    @cached_property
    def taken(self) -> sp.csc_array:
        """What one unit of each good takes of every row, rows × goods, its own unit included."""
        return sp.csc_array(self.valued.by_column @ self.mix)

    @cached_property
    def sourced(self) -> np.ndarray:
        """Which goods have a source."""
        return np.flatnonzero(np.diff(self.mix.indptr))

    def traced(self, bundle: np.ndarray) -> tuple[Traced, np.ndarray]:
        """Return what a bundle takes in the end, and the rest of it that has no source; shape (m,) both."""
        limits = self.valued.limits
        rows = np.where(limits, bundle, 0.0)
        inner = np.where(limits, 0.0, bundle)
        z = self._got(inner)
        whole = inner + self.taken @ z
        rows += np.where(limits, whole, 0.0)
        rest = np.where(limits, 0.0, whole)
        worth = np.abs(rest * self.valued.dual)
        rest[worth <= NOTHING * np.abs(bundle * self.valued.dual).sum()] = 0.0
        return Traced(rows, np.asarray(self.mix @ z), 0.0), rest

    def _got(self, inner: np.ndarray) -> np.ndarray:
        """Return how much of each good has to be got, so that nothing is taken of any good that has a source."""
        goods = self.sourced
        z = np.zeros(self.mix.shape[1])
        if len(goods):
            at = self.valued.balance.start + goods
            z[goods] = self._factors.solve(-inner[at])
        return z

    @cached_property
    def _factors(self) -> "spla.SuperLU":
        at = self.valued.balance.start + self.sourced
        return spla.splu(sp.csc_array(self.taken[:, self.sourced][at]))
