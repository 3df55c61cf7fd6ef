"""What the schedules of projects take and give in which period (design §6.4)."""

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.plan.layout import Layout
from newcourse.plan.starts import starts


def timed(layout: Layout, name: str, row_of: np.ndarray, height: int) -> dict[int, sp.csr_array]:
    """Return by period, counted from 0, what the columns of projects take or give then: height × columns.

    Parameters
    ----------
    layout
        The plan.
    name
        One of :data:`newcourse.plan.starts.SCHEDULES`.
    row_of
        For each row of that table the row it counts in, −1 for none.
    height
        How many rows there are. Periods after the horizon may occur.
    """
    table = layout.economy[name]
    columns = starts(layout.economy, layout.limits)
    if table.empty or not len(columns):
        return {}
    first = layout.economy.about.year + 1
    begun = pd.DataFrame({"project": columns.get_level_values(0), "start": columns.get_level_values(1) - first})
    lines = table.assign(row=row_of)[["project", "year", "row", "quantity"]]
    joined = begun.assign(column=range(len(begun))).merge(lines[lines["row"] >= 0], on="project")
    when = (joined["start"] + joined["year"]).astype(int)
    found = {}
    for period, part in joined.groupby(when):
        entries = (part["quantity"].to_numpy(dtype=float), (part["row"].to_numpy(), part["column"].to_numpy()))
        found[int(str(period))] = sp.csr_array(entries, shape=(height, len(columns)))
    return found


def put_schedule(layout: Layout, rows: str, name: str, row_of: np.ndarray, sign: float) -> None:
    """Put what projects take or give into a block of rows that there is for every period."""
    for period, matrix in timed(layout, name, row_of, _height(layout, rows)).items():
        if period < layout.limits.periods:
            layout.builder.put_matrix(layout.rows(rows, period), layout.once("projects"), sign * matrix)


def _height(layout: Layout, rows: str) -> int:
    part = layout.rows(rows, 0)
    return int(part.stop - part.start)
