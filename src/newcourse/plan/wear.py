"""How stocks wear, and what of them is in place after the horizon (design §6.1).

A stock of life L ages *geometrically*, losing one part in L a period, or by *vintage*: what is put in place serves L
periods and is then gone, and what is in place at the start leaves in equal parts over L periods. What was on its way
before the horizon is taken to be just what keeps the stock as it is (1/L of it a period).
"""

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.plan.incidence import incidence
from newcourse.plan.layout import Layout
from newcourse.plan.schedule import timed

VINTAGE = "vintage"


def surviving(stocks: pd.DataFrame, age: int | np.ndarray) -> np.ndarray:
    """Return the part of each stock that is left of what was put in place ``age`` (at least 0) periods ago."""
    life = stocks["life"].to_numpy(dtype=float)
    return np.where(_vintage(stocks), np.where(age < life, 1.0, 0.0), (1.0 - 1.0 / life) ** age)


def arriving(stocks: pd.DataFrame, period: int) -> np.ndarray:
    """Return what comes into place in a period, counted from 0, of what was there or on its way before the horizon."""
    start = stocks["quantity"].to_numpy(dtype=float)
    if period == 0:
        return start
    lag = stocks["gestation"].to_numpy(dtype=int)
    return np.where(period < lag, start / stocks["life"].to_numpy(dtype=float), 0.0)


def given(stocks: pd.DataFrame, period: int) -> np.ndarray:
    """Return what is in place in a period of what was there or on its way before the horizon, by vintage.

    Of what is in place at the start an equal part leaves in each period of its life; what was on its way is new.
    """
    found = arriving(stocks, 0) * np.maximum(0.0, 1.0 - period / stocks["life"].to_numpy(dtype=float))
    for arrival in range(1, period + 1):
        found = found + arriving(stocks, arrival) * surviving(stocks, period - arrival)
    return np.asarray(found)


def replacement(stocks: pd.DataFrame, growth: float) -> np.ndarray:
    """Return the part of each stock that must arrive each period so that it grows steadily by ``growth``."""
    life = stocks["life"].to_numpy(dtype=float)
    by_vintage = np.zeros(len(stocks))
    for position in np.flatnonzero(_vintage(stocks) & np.isfinite(life)):
        by_vintage[position] = 1.0 / ((1.0 + growth) ** -np.arange(life[position])).sum()
    forever = growth / (1.0 + growth)
    by_vintage = np.where(np.isfinite(life), by_vintage, forever)
    return np.where(_vintage(stocks), by_vintage, (growth + 1.0 / life) / (1.0 + growth))


def put_in_place_after(layout: Layout, rows: slice, row_of: np.ndarray, later: int) -> None:
    """Put the stocks in place ``later`` periods after the last one into rows, as far as the plan's columns make them.

    A stock that ages geometrically counts by what is in place in the last period and what arrives after it; one that
    ages by vintage by everything that was ever put in place and still serves.

    Parameters
    ----------
    layout
        The plan.
    rows
        Where the rows stand.
    row_of
        For each stock the row it counts in.
    later
        At least 1.
    """
    stocks, last = layout.economy["stocks"], layout.limits.periods - 1
    height = rows.stop - rows.start
    kept = np.where(_vintage(stocks), 0.0, surviving(stocks, later))
    layout.builder.put_matrix(rows, layout.columns("capital", last), incidence(row_of, height, kept))
    for period in range(last + 1):
        left = _left(stocks, period + stocks["gestation"].to_numpy(dtype=int), last, last + later)
        layout.builder.put_matrix(rows, layout.columns("investment", period), incidence(row_of, height, left))
    yields = timed(layout, "project_yields", stock_rows(layout.economy["project_yields"], stocks), len(stocks))
    for period, matrix in yields.items():
        left = _left(stocks, np.full(len(stocks), period), last, last + later)
        layout.builder.put_matrix(rows, layout.once("projects"), sp.csr_array(incidence(row_of, height, left) @ matrix))


def given_after(stocks: pd.DataFrame, last: int, later: int) -> np.ndarray:
    """Return what :func:`put_in_place_after` does not put: what was in place or on its way before the horizon."""
    new = [
        arriving(stocks, period) * surviving(stocks, last + later - period)
        for period in range(last + 1, last + later + 1)
    ]
    return np.where(_vintage(stocks), given(stocks, last + later), np.sum(new, axis=0))


def _left(stocks: pd.DataFrame, arrival: np.ndarray, last: int, when: int) -> np.ndarray:
    """Return the part left in period ``when`` of what comes into place in ``arrival``, where capital is silent."""
    age = when - arrival
    counted = (age >= 0) & (_vintage(stocks) | (arrival > last))
    return np.where(counted, surviving(stocks, np.maximum(age, 0)), 0.0)


def _vintage(stocks: pd.DataFrame) -> np.ndarray:
    return np.asarray(stocks["ageing"] == VINTAGE)


def stock_rows(table: pd.DataFrame, stocks: pd.DataFrame) -> np.ndarray:
    """Return for each row of a table the position of its stock."""
    return np.asarray(pd.Index(stocks["stock"]).get_indexer(pd.Index(table["stock"])))
