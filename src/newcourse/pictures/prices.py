"""The check by demand: price over cost of what households buy, and how rounds come nearer to what they want most."""

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from newcourse.pictures.look import (
    BLUE,
    GRID,
    INK,
    NORMAL,
    ORANGE,
    RED,
    SMALL,
    SOFT,
    WIDE,
    Picture,
    dressed,
    each,
    in_lines,
    sentence,
)
from newcourse.pictures.rows import Rows, in_rows
from newcourse.plan.market.rounds import Path
from newcourse.plan.market.shops import check_by_demand, next_targets
from newcourse.plan.names import Names
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import and_list

_VALUES: Final = 60
_PATH: Final = 110
_FAR: Final = 8.0


def prices_table(plan: Plan, path: Path) -> pd.DataFrame:
    """Return what happens to each need that is sold, those first whose first ratio is furthest from the middle one.

    Returns
    -------
    DataFrame
        Columns need, name, unit, target (as now), first ratio, last ratio (price over cost; infinite where nothing is
        given up), price (last round's over the base year's), change (of deliveries from the first round to the last,
        part of one), next target.
    """
    names = Names(plan.economy)
    needs = plan.economy["needs"].set_index("need").loc[list(path.products)]
    base = plan.economy.prices.reindex(needs["product"]).to_numpy(dtype=float)
    first, last = path.rounds[0], path.rounds[-1]
    table = pd.DataFrame(
        {
            "need": list(path.products),
            "name": [names.need(code) for code in path.products],
            "unit": [names.unit("need", code) for code in path.products],
            "target": needs["target"].to_numpy(dtype=float),
            "first ratio": first.ratios,
            "last ratio": last.ratios,
            "price": last.clearing.prices / base,
            "change": last.delivery.quantities / first.delivery.quantities - 1,
            "next target": [change.target for change in next_targets(plan.economy, path)],
        }
    )
    logs = np.log(np.clip(table["first ratio"], 1e-6, 1e6))
    far = np.abs(logs - np.median(logs))
    return table.iloc[np.argsort(-far, kind="stable")].reset_index(drop=True)


def rounds_table(path: Path) -> pd.DataFrame:
    """Return how far each round is from what buyers want most: columns round, gap (part of one), widest ratio."""
    return pd.DataFrame(
        {
            "round": [one.number for one in path.rounds],
            "gap": [one.gap for one in path.rounds],
            "largest": [float(one.ratios.max()) for one in path.rounds],
            "smallest": [float(one.ratios.min()) for one in path.rounds],
        }
    )


def prices(plan: Plan, *, most: int = 12, width: int = WIDE, found: Path | None = None) -> Picture:
    """Return bars of price over cost in the first round, a mark for the last, and the way of the rounds beneath.

    Parameters
    ----------
    plan
        What is sold.
    most
        How many needs are shown, those that differ most from the middle one.
    width
        Of the picture, in pixels.
    found
        The rounds, if they are there already.
    """
    path = found or check_by_demand(plan)
    whole = prices_table(plan, path)
    table = whole.head(most)
    table = table.assign(
        key=[str(row) for row in range(len(table))],
        value=[_times(ratio) for ratio in table["first ratio"]],
        then=[_times(ratio) for ratio in table["last ratio"]],
    )
    title = "Price over cost of what households buy"
    how = (
        f"Bars: in the first round, from 1; blue is wanted more than its cost, orange less. Diamonds: round "
        f"{path.rounds[-1].number}. Beneath: how much more buyers could have got for their money, by round."
    )
    if len(table) < len(whole):
        how += f" {most} of {len(whole)}: those that differ most from the middle one."
    told = and_list([f"{sentence(row.name)} {row.value}, then {row.then}" for row in each(table)])
    headings = {row.key: in_lines(sentence(row.name), width, NORMAL) for row in each(table)}
    rows = in_rows(table, "key", headings, bar=12, gap=0, space=7)
    chart = alt.vconcat(_bars(rows, width), _way(path, width), spacing=22)
    return dressed(chart, title, how, f"{title}. {how} {told}. {path.words()}", width)


def _times(ratio: float) -> str:
    return "free" if not np.isfinite(ratio) else f"{ratio:.2f}"


def _bars(rows: Rows, width: int) -> Picture:
    bars = rows.bars.assign(
        first=np.clip(rows.bars["first ratio"], 1 / _FAR, _FAR),
        last=np.clip(rows.bars["last ratio"], 1 / _FAR, _FAR),
        start=1.0,
        dear=rows.bars["first ratio"] >= 1,
    )
    ends = [0.9, 1.1, *bars["first"], *bars["last"]]
    scale = alt.Scale(type="log", domain=[min(ends), max(ends)], range=[6, width - _VALUES], nice=False)
    base = alt.Chart(bars)
    colour = alt.Color("dear:N", legend=None, scale=alt.Scale(domain=[True, False], range=[BLUE, ORANGE]))
    bar = base.mark_rect().encode(
        x=alt.X("start:Q", scale=scale, axis=None), x2="first:Q", y=rows.y("top"), y2="bottom:Q", color=colour
    )
    mark = base.mark_point(shape="diamond", filled=True, size=70, color=RED, opacity=1).encode(
        x=alt.X("last:Q", scale=scale, axis=None), y=rows.y("middle")
    )
    value = base.mark_text(align="right", fontSize=NORMAL, color=INK).encode(
        x=alt.value(width), y=rows.y("middle"), text="value:N"
    )
    one = base.mark_rule(color=SOFT, strokeWidth=1.5).encode(
        x=alt.X("start:Q", scale=scale, axis=None), y=rows.y("top"), y2="bottom:Q"
    )
    return alt.layer(bar, value, rows.heading_layer(), one, mark).properties(width=width, height=rows.height + SMALL)


def _way(path: Path, width: int) -> Picture:
    table = rounds_table(path)
    x = alt.X("round:Q", title="round", scale=alt.Scale(nice=False), axis=alt.Axis(tickMinStep=1, format="d"))
    y = alt.Y("gap:Q", title=None, axis=alt.Axis(format=".1%", tickCount=4, gridColor=GRID, orient="right"))
    chart = alt.Chart(table).encode(x=x, y=y)
    line, dots = chart.mark_line(color=BLUE), chart.mark_point(color=BLUE, filled=True, size=45, opacity=1)
    return alt.layer(line, dots).properties(width=width - _VALUES, height=_PATH)
