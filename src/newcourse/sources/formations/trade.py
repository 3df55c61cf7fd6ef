"""How much states trade: Correlates of War, trade 4.0, as in peacesciencer: totals of states, not of pairs.

Barbieri, Keshk & Pollins, Trading data: evaluating our assumptions and coding rules, *Conflict Management and Peace
Science* 26 (2009) 471-491. Imports and exports in millions of current US dollars, 1870 to 2014.

The file has no trade between two states, so who trades with whom is **assumed**: each state's partners have the share
that they have in the trade of all states but itself. That is gravity without distance; nothing that depends on who the
particular partner is (an embargo, a bloc) can be seen in it.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault
from newcourse.sources.formations.files import read_file, whole_numbers
from newcourse.sources.formations.grid import Grid
from newcourse.sources.formations.identities import cow_to_gw
from newcourse.sources.formations.maddison import Product

SOURCE = (
    "Trade: Correlates of War, trade 4.0, Barbieri et al. (2009), as in peacesciencer; totals of states, "
    "so shares of partners are assumed (their share in all trade)"
)
LAST_YEAR = 2014


@dataclass(frozen=True)
class Trade:
    """Imports and exports together, (n, t) in millions of current US dollars; NaN where one of them is not known."""

    grid: Grid
    total: NDArray[np.float64]

    def openness(self, product: Product) -> NDArray[np.float64]:
        """Return how open states are: the logarithm of share in trade over share in product.

        Trade is in current dollars and product in dollars of 2011, so a ratio of the two would rise with prices.
        Shares among all states of which both are known in that year do not: 0 is the average of the world in that
        year, 0.7 twice the average.
        """
        output = product.per_head * product.people
        both = np.isfinite(self.total) & np.isfinite(output) & (self.total > 0)
        traded, made = np.where(both, self.total, np.nan), np.where(both, output, np.nan)
        result = np.full(self.grid.shape, np.nan)
        some = both.any(axis=0)
        result[:, some] = np.log(traded[:, some] / np.nansum(traded[:, some], axis=0))
        result[:, some] -= np.log(made[:, some] / np.nansum(made[:, some], axis=0))
        return result

    def weights(self, exists: NDArray[np.bool_]) -> NDArray[np.float32]:
        """Return (t, n, n) assumed shares of partners: their part of the trade of all states but one's own.

        A state whose trade is not known is tied to the others like any other; nobody is tied to it. That is so mostly
        in wars. Years after 2014 have the trade of 2014 (assumed).

        Raises
        ------
        BadInput
            When all years are after 2014, so that there is none to take the trade of.
        """
        years = self.grid.years
        if years[0] > LAST_YEAR:
            found = f"{years[0]} to {years[-1]}"
            raise BadInput(Fault("years-unknown", "cow_trade_sy", found, f"{LAST_YEAR} among them", "begin earlier"))
        latest = np.minimum(np.arange(len(years)), LAST_YEAR - years[0])
        total = self.total[:, latest]
        mass = np.where(exists & np.isfinite(total), total, 0.0).T
        others = mass.sum(axis=1, keepdims=True) - mass
        shares = np.repeat(mass[:, None, :], mass.shape[1], axis=1)
        np.divide(shares, others[:, :, None], out=shares, where=others[:, :, None] > 0)
        shares *= exists.T[:, :, None]
        diagonal = np.arange(mass.shape[1])
        shares[:, diagonal, diagonal] = 0.0
        return shares.astype(np.float32)


def read_trade(folder: str | Path, grid: Grid) -> Trade:
    """Return the trade of the states of a grid.

    Raises
    ------
    BadInput
        When the file is missing or unreadable or a figure is negative.
    """
    names = ["ccode", "year", "imports", "exports"]
    table = read_file(folder, "peacesciencer__cow_trade_sy", names, dict.fromkeys(names, "float64"))
    table = whole_numbers(table, ["ccode", "year"], "cow_trade_sy")
    given = table[["imports", "exports"]]
    wrong = table[((given < 0) | np.isinf(given)).any(axis=1)]
    if len(wrong):
        raise BadInput(
            Fault(
                "number-wrong",
                f"cow_trade_sy: {row.ccode} {row.year}",
                "negative or infinite trade",
                "0 or more",
                "mend it",
            )
            for row in wrong.itertuples()
        )
    table = table.assign(gw=cow_to_gw(table, "ccode"), total=table["imports"] + table["exports"])
    return Trade(grid, grid.filled(table, "total"))
