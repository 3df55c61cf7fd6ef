"""An economy: checked tables, and the matrices with labelled axes that they add up to (design §5.1)."""

from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.economy.schema import SCHEMA
from newcourse.economy.validation import checked_tables

GOOD_TABLES = ("outputs", "inputs", "final_uses", "stores", "trade", "project_inputs")


@dataclass(frozen=True, slots=True)
class About:
    """What an economy is, where it comes from, and on what terms.

    Parameters
    ----------
    name
        Short code, such as ``sweden-2008``.
    title
        Name in words.
    currency
        Unit of money all values are in, such as ``MSEK``.
    year
        Base year.
    period
        Length of one period in words.
    source, terms
        Who published the figures, and what may be done with them.
    description
        What a reader must know before using it.
    residuals
        What the source's own balances leave open, in words with figures.
    """

    name: str
    title: str
    currency: str
    year: int
    period: str = "year"
    source: str = ""
    terms: str = ""
    description: str = ""
    residuals: str = ""


@dataclass(frozen=True, eq=False)
class Economy:
    """Everything known of an economy; cannot be made from faulty tables.

    Parameters
    ----------
    about
        Name, currency, source, terms.
    tables
        Tidy tables by name as in :mod:`newcourse.economy.schema`; absent ones are empty.
    known
        Tables of another economy: where one of ``tables`` is the very same object, it need not be checked again.

    Raises
    ------
    BadInput
        With every fault of every table at once.

    Notes
    -----
    A *good* is a product at a place: balances hold per good. Matrices have one row per good (or factor, emission,
    stock) and one column per process, and hold quantities per unit of activity.
    """

    about: About
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    known: InitVar[Mapping[str, pd.DataFrame] | None] = None

    def __post_init__(self, known: Mapping[str, pd.DataFrame] | None) -> None:
        object.__setattr__(self, "tables", MappingProxyType(checked_tables(self.tables, known or {})))

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table].copy(deep=False)

    def replace(self, **tables: pd.DataFrame) -> "Economy":
        """Return the economy with the named tables put in place of the present ones; only they are checked anew."""
        return Economy(self.about, {**self.tables, **tables}, self.tables)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over all tables in canonical form: the same figures, the same fingerprint."""
        total = sha256(repr(self.about).encode())
        for schema in SCHEMA:
            total.update(schema.name.encode())
            total.update(self.tables[schema.name].to_csv(index=False, lineterminator="\n").encode())
        return total.hexdigest()

    @cached_property
    def goods(self) -> pd.MultiIndex:
        """Every (place, product) that is made, used, needed, stored, traded or shipped, in order of the tables."""
        pairs = [self[name][["place", "product"]] for name in (*GOOD_TABLES, "needs", "stocks")]
        routes = self["routes"]
        pairs += [routes[[end, "product"]].rename(columns={end: "place"}) for end in ("origin", "destination")]
        found = pd.MultiIndex.from_frame(pd.concat(pairs, ignore_index=True).drop_duplicates())
        place_order = pd.Index(self["places"]["place"]).get_indexer(found.get_level_values(0))
        product_order = pd.Index(self["products"]["product"]).get_indexer(found.get_level_values(1))
        order = np.lexsort((product_order, place_order))
        return pd.MultiIndex.from_tuples(found.take(order), names=["place", "product"])

    @cached_property
    def prices(self) -> pd.Series:
        """Price of the base year by product, in currency."""
        return self["products"].set_index("product")["price"]

    @cached_property
    def _ways_up(self) -> dict[str, tuple[str, ...]]:
        parent = dict(self["places"][["place", "parent"]].itertuples(index=False, name=None))
        ways = {}
        for place in parent:
            way = [place]
            while above := parent[way[-1]]:
                way.append(above)
            ways[place] = tuple(way)
        return ways

    def at_and_above(self, place: str) -> tuple[str, ...]:
        """Return a place, then every place it belongs to, the nearest first."""
        return self._ways_up[place]

    @cached_property
    def process_index(self) -> pd.Index:
        """Codes of the processes, in the order of their table."""
        index: pd.Index = pd.Index(self["processes"]["process"], name="process")
        return index

    @cached_property
    def outputs(self) -> sp.csr_array:
        """Goods made per unit of activity, goods × processes."""
        return self._by_good("outputs")

    @cached_property
    def inputs(self) -> sp.csr_array:
        """Goods used up per unit of activity, goods × processes."""
        return self._by_good("inputs")

    @cached_property
    def factor_use(self) -> sp.csr_array:
        """Factors taken per unit of activity, factors × processes."""
        return self._by_label("factor_use", "factor", pd.Index(self["factors"]["factor"]))

    @cached_property
    def emission_use(self) -> sp.csr_array:
        """Emissions given off per unit of activity, emissions × processes."""
        return self._by_label("emission_use", "emission", pd.Index(self["emissions"]["emission"]))

    @cached_property
    def stock_use(self) -> sp.csr_array:
        """Stocks that must be in place per unit of activity, stocks × processes."""
        return self._by_label("stock_use", "stock", pd.Index(self["stocks"]["stock"]))

    @cached_property
    def base_activity(self) -> np.ndarray:
        """Activity of every process in the base year, in its own unit."""
        return self["processes"]["base"].to_numpy(dtype=float)

    @cached_property
    def final_use(self) -> pd.Series:
        """Final use of the base year by good, all categories together."""
        return self._sum_by_good("final_uses", "quantity")

    def good_rows(self, table: pd.DataFrame, place: str = "place") -> np.ndarray:
        """Return for each row of ``table`` the row of its good in :attr:`goods`."""
        if table.empty:
            return np.empty(0, dtype=np.intp)
        return self.goods.get_indexer(pd.MultiIndex.from_frame(table[[place, "product"]]))

    def _by_good(self, name: str) -> sp.csr_array:
        table = self[name]
        return self._matrix(self.good_rows(table), table, len(self.goods))

    def _by_label(self, name: str, key: str, labels: pd.Index) -> sp.csr_array:
        table = self[name]
        return self._matrix(labels.get_indexer(pd.Index(table[key])), table, len(labels))

    def _matrix(self, rows: np.ndarray, table: pd.DataFrame, height: int) -> sp.csr_array:
        columns = self.process_index.get_indexer(pd.Index(table["process"]))
        values = table["quantity"].to_numpy(dtype=float)
        return sp.csr_array((values, (rows, columns)), shape=(height, len(self.process_index)))

    def _sum_by_good(self, name: str, column: str) -> pd.Series:
        table = self[name]
        total = np.zeros(len(self.goods))
        np.add.at(total, self.good_rows(table), table[column].to_numpy(dtype=float))
        return pd.Series(total, index=self.goods, name=name)
