"""Countries × years: where each figure of a source belongs."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from newcourse.errors import BadInput, Fault
from newcourse.sources.formations.identities import MICROSTATES


@dataclass(frozen=True)
class Grid:
    """The countries and years that figures are put into.

    Parameters
    ----------
    countries
        Numbers of the states after Gleditsch and Ward, n of them, ascending.
    years
        Consecutive years, t of them.
    known
        Numbers of all states of the list. A figure of a state that is neither among them nor a microstate is refused;
        one of a known state that is not among ``countries`` is not asked for.
    """

    countries: tuple[int, ...]
    years: tuple[int, ...]
    known: frozenset[int] = field(default=frozenset(), repr=False)

    @cached_property
    def _index(self) -> pd.Index:
        return pd.Index(self.countries)

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of countries and of years."""
        return len(self.countries), len(self.years)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The countries as text, as a panel names them."""
        return tuple(map(str, self.countries))

    def row(self, country: int) -> int:
        """Return the row of a country; −1 where the grid does not have it."""
        return int(self._index.get_indexer(pd.Index([country]))[0])

    def rows(self, countries: ArrayLike) -> NDArray[np.intp]:
        """Return the rows of countries; −1 for those the grid does not have.

        Raises
        ------
        BadInput
            With every number that is of no state at all.
        """
        numbers = np.asarray(countries, dtype=np.int64)
        strange = sorted(set(map(int, np.unique(numbers))) - self.known - set(self.countries) - set(MICROSTATES))
        if strange:
            remedy = "say in FROM_COW or MICROSTATES which state it is"
            raise BadInput(
                Fault("state-unknown", f"state {number}", "in no list of states", "a number of the list", remedy)
                for number in strange
            )
        return self._index.get_indexer(pd.Index(numbers))

    def columns(self, years: ArrayLike) -> NDArray[np.intp]:
        """Return the columns of years; −1 for those the grid does not have."""
        columns = np.asarray(years, dtype=np.intp) - self.years[0]
        return np.where((columns >= 0) & (columns < len(self.years)), columns, -1)

    def filled(self, table: pd.DataFrame, value: str) -> NDArray[np.float64]:
        """Return (n, t) figures of a table with columns ``gw``, ``year`` and this one; NaN where it has none.

        Raises
        ------
        BadInput
            With every number that is of no state at all.
        """
        result = np.full(self.shape, np.nan)
        rows, columns = self.rows(table["gw"]), self.columns(table["year"])
        inside = (rows >= 0) & (columns >= 0)
        result[rows[inside], columns[inside]] = table[value].to_numpy(dtype=np.float64)[inside]
        return result
