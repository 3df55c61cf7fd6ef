"""The plan's columns: what is chosen, for every period (design §6.1).

All blocks are period-major: position = period × length + place in the block.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from newcourse.economy.economy import Economy
from newcourse.plan.goal import TIERS, Goal
from newcourse.plan.limits import Limits
from newcourse.plan.starts import starts
from newcourse.solver.builder import ProblemBuilder


def over_periods(labels: pd.Index, periods: pd.Index) -> pd.MultiIndex:
    """Return the labels repeated for each period, the period as last level."""
    whole = labels if isinstance(labels, pd.MultiIndex) else pd.MultiIndex.from_arrays([labels])
    codes: list[Any] = [np.tile(level, len(periods)) for level in whole.codes]
    codes.append(np.repeat(np.arange(len(periods)), len(labels)))
    levels: list[Any] = [*whole.levels, periods]
    return pd.MultiIndex(
        levels=levels,
        codes=codes,
        names=[*whole.names, "period"],
        verify_integrity=False,
    )


@dataclass(frozen=True, eq=False)
class Layout:
    """An economy, a goal and limits on their way to becoming a linear problem.

    Parameters
    ----------
    economy, goal, limits
        What the plan is made from.
    builder
        Collects columns, rows and coefficients.
    """

    economy: Economy
    goal: Goal
    limits: Limits
    builder: ProblemBuilder = field(default_factory=ProblemBuilder)
    _columns: dict[str, slice] = field(default_factory=dict)
    _rows: dict[str, slice] = field(default_factory=dict)

    @property
    def periods(self) -> pd.Index:
        """The years planned: those after the base year."""
        first = self.economy.about.year + 1
        return pd.Index(range(first, first + self.limits.periods), name="period")

    def columns(self, name: str, period: int) -> slice:
        """Return where the columns of one block stand in one period, counted from 0."""
        return self._part(self._columns[name], period)

    def rows(self, name: str, period: int) -> slice:
        """Return where the rows of one block stand in one period, counted from 0."""
        return self._part(self._rows[name], period)

    def _part(self, whole: slice, period: int) -> slice:
        length = (whole.stop - whole.start) // self.limits.periods
        return slice(whole.start + period * length, whole.start + (period + 1) * length)

    def add_columns(self, name: str, labels: pd.Index, upper: npt.ArrayLike = np.inf) -> None:
        """Add a block of columns, from 0 up to ``upper``, for every period: bounds as in :meth:`add_rows`."""
        self._columns[name] = self.builder.add_columns(
            name, over_periods(labels, self.periods), 0.0, self._each_period(upper, len(labels))
        )

    def add_columns_once(self, name: str, labels: pd.Index, upper: npt.ArrayLike) -> None:
        """Add a block of columns, from 0 up to ``upper``, for the whole horizon together."""
        self._columns[name] = self.builder.add_columns(name, labels, 0.0, upper)

    def once(self, name: str) -> slice:
        """Return where a block of columns for the whole horizon stands."""
        return self._columns[name]

    def add_rows(
        self, name: str, labels: pd.Index, lower: npt.ArrayLike = -np.inf, upper: npt.ArrayLike = np.inf
    ) -> None:
        """Add a block of rows for every period; bounds are scalars, one per label, or one per period and label."""
        n = len(labels)
        self._rows[name] = self.builder.add_rows(
            name, over_periods(labels, self.periods), self._each_period(lower, n), self._each_period(upper, n)
        )

    def _each_period(self, values: npt.ArrayLike, length: int) -> np.ndarray:
        return np.broadcast_to(np.asarray(values, dtype=float), (self.limits.periods, length)).ravel()

    def put(self, rows: str, columns: str, matrix: sp.csr_array, shift: int = 0) -> None:
        """Put the same matrix into every period; ``shift`` is how many periods later the columns stand."""
        for period in range(self.limits.periods):
            if 0 <= period + shift < self.limits.periods:
                self.builder.put_matrix(self.rows(rows, period), self.columns(columns, period + shift), matrix)

    def put_unrepeated(self, rows: str, columns: str, matrix: sp.csr_array, shift: int = 0) -> None:
        """Put a matrix as :meth:`put` does, but not into a period that stands for those after it."""
        for period in range(self.limits.periods):
            if period + shift >= 0 and not self.limits.repeated(period):
                self.builder.put_matrix(self.rows(rows, period), self.columns(columns, period + shift), matrix)

    def put_by_lead(self, rows: str, matrix: sp.csr_array) -> None:
        """Put what activities use: that of a process with a lead is used that many periods before its output.

        If activity is to go on after the horizon, the last periods also use what is needed for that: work in progress
        is capital too.
        """
        leads = self.economy["processes"]["lead"].to_numpy(dtype=int)
        last = self.limits.periods - 1
        for lead in np.unique(leads):
            part = sp.csr_array(matrix @ sp.diags_array((leads == lead).astype(float)))
            self.put(rows, "activity", part, int(lead))
            for period in range(max(0, last - int(lead) + 1), last + 1 if self.limits.goes_on else 0):
                begun = sp.csr_array(self.limits.after(period + int(lead) - last) * part)
                self.builder.put_matrix(self.rows(rows, period), self.columns("activity", last), begun)

    def beneath(self, place: str) -> np.ndarray:
        """Return which processes are run at a place or anywhere beneath it."""
        economy = self.economy
        inside = [other for other in economy["places"]["place"] if place in economy.at_and_above(other)]
        return economy["processes"]["place"].isin(inside).to_numpy()


def add_columns(layout: Layout) -> None:
    """Add every block of columns: activity, delivery by tier, trade, shipments, stores, investment, capital."""
    economy = layout.economy
    trade, routes = economy["trade"], economy["routes"]
    traded = pd.MultiIndex.from_frame(trade[["place", "product"]])
    stocks = pd.Index(economy["stocks"]["stock"], name="stock")
    layout.add_columns("activity", economy.process_index)
    horizon = range(layout.limits.periods)
    layout.add_columns("delivery", delivery_labels(economy), [tier_sizes(economy, t).ravel() for t in horizon])
    layout.add_columns("imports", traded, trade["import_quota"].to_numpy())
    layout.add_columns("exports", traded, trade["export_quota"].to_numpy())
    layout.add_columns(
        "shipments", pd.MultiIndex.from_frame(routes[["product", "origin", "destination"]]), routes["limit"].to_numpy()
    )
    layout.add_columns("carried", storable_goods(economy))
    layout.add_columns("investment", stocks)
    layout.add_columns("capital", stocks)
    accounts = pd.Index(economy["accounts"]["place"], name="place")
    layout.add_columns("reserves", accounts)
    layout.add_columns("debt", accounts, _most_debt(layout))
    layout.add_columns("saved", accounts)
    layout.add_columns_once("projects", starts(economy, layout.limits), 1.0)
    needy = pd.Index(economy["needs"]["place"].drop_duplicates(), name="place")
    layout.add_columns_once("secured", needy, 1.0)
    layout.add_columns_once("worst off", pd.Index(["all places"], name="of"), 1.0)


def delivery_labels(economy: Economy) -> pd.MultiIndex:
    """Return the labels (need, tier), all tiers of a need together."""
    return pd.MultiIndex.from_product([economy["needs"]["need"], TIERS], names=["need", "tier"])


def _most_debt(layout: Layout) -> np.ndarray:
    """Return the most debt of each account in each period, periods × accounts: none is left if activity goes on."""
    most = np.array([layout.economy["accounts"]["borrowing"].to_numpy()] * layout.limits.periods)
    if layout.limits.goes_on:
        most[-1] = 0.0
    return most


def grown(table: pd.DataFrame, column: str, period: int, growth: str = "growth") -> np.ndarray:
    """Return the values of a column in a period, counted from 0: each grows by its own rate after the first."""
    return np.asarray(table[column].to_numpy(dtype=float) * (1.0 + table[growth].to_numpy(dtype=float)) ** period)


def tier_sizes(economy: Economy, period: int = 0) -> np.ndarray:
    """Return how much each tier of each need holds in a period, counted from 0: needs × tiers, in its unit."""
    needs = economy["needs"]
    minimum = grown(needs, "minimum", period)
    step = (grown(needs, "target", period) - minimum) / (len(TIERS) - 1)
    return np.column_stack([minimum] + [step] * (len(TIERS) - 1))


def storable_goods(economy: Economy) -> pd.MultiIndex:
    """Return the goods that can be carried from one period into the next."""
    storable = set(economy["products"].loc[economy["products"]["storable"], "product"])
    return economy.goods[economy.goods.get_level_values("product").isin(storable)]
