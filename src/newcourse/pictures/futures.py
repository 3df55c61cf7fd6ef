"""How far needs are met in each future: lines that part where it becomes known which one comes, in a band."""

from typing import Any

import altair as alt
import pandas as pd

from newcourse.pictures.look import (
    BLUE,
    CATEGORIES,
    GREY,
    INK,
    MUTED,
    NARROW,
    SHAPES,
    SMALL,
    SOFT,
    WIDE,
    Picture,
    dressed,
    each,
    in_lines,
)
from newcourse.plan.futures.open_plan import OpenPlan

_HEIGHT, _SIDE, _ROW = 260, 240, 38
"""Height of the lines, room for the names of futures beside them, and height of a row of the tree, in pixels."""


def futures_table(plan: OpenPlan) -> pd.DataFrame:
    """Return the numbers of the picture.

    Returns
    -------
    DataFrame
        Columns scenario, title, weight, period, fulfilment (part of what is asked for, in value).
    """
    table = plan.fulfilment()
    titles = {name: plan.tree.node(name).title for name in plan.plans}
    return table.assign(title=table["scenario"].map(titles))[["scenario", "title", "weight", "period", "fulfilment"]]


def futures(plan: OpenPlan, *, width: int = WIDE) -> Picture:
    """Return lines of how far needs are met, one per future, within the band from the least to the largest.

    Parameters
    ----------
    plan
        What to show.
    width
        Of the picture, in pixels.
    """
    table = futures_table(plan).assign(part=lambda t: 100 * t["fulfilment"], year=lambda t: t["period"].astype(str))
    bands = plan.bands().assign(year=lambda t: t["period"].astype(str))
    bands[["least", "expected", "largest"]] *= 100
    titles = list(dict.fromkeys(table["title"]))
    narrow = width <= NARROW
    inner = width - 60 - (0 if narrow else _SIDE)
    low, high = float(bands["least"].min()), float(bands["largest"].max())
    room = max(0.15 * (high - low), 0.2)
    domain = [max(0.0, low - room), min(100.0, high + room)]
    x = alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0), scale=alt.Scale(padding=0.25))
    y_axis = alt.Axis(title="needs met, %", tickCount=5)
    y = alt.Y("part:Q", axis=y_axis, scale=alt.Scale(domain=domain, zero=False))
    band = alt.Chart(bands).mark_area(color=MUTED, opacity=0.5).encode(
        x=x, y=alt.Y("least:Q", axis=y_axis, scale=alt.Scale(domain=domain, zero=False)), y2="largest:Q"
    )  # fmt: skip
    expected = alt.Chart(bands).mark_line(color=INK, strokeDash=[5, 4], strokeWidth=1.5).encode(
        x=x, y=alt.Y("expected:Q", axis=y_axis, scale=alt.Scale(domain=domain, zero=False))
    )  # fmt: skip
    lines = alt.Chart(table).mark_line(strokeWidth=2).encode(x=x, y=y, color=_colour(titles, narrow))
    points = alt.Chart(table).mark_point(size=70, filled=True, opacity=1).encode(
        x=x, y=y, color=_colour(titles, narrow), shape=_shape(titles, narrow)
    )  # fmt: skip
    whole = alt.layer(band, lines, expected, points).properties(width=inner, height=_HEIGHT)
    title = f"How far needs are met: {plan.tree.title}"
    how = "One line per future; they part where it becomes known which comes. Dashes: expected. Axis not from zero."
    return dressed(whole, title, how, f"{title}. {_told(table, bands)}", width)


def _colour(titles: list[str], narrow: bool) -> alt.Color:
    colours = [(*CATEGORIES, GREY)[i % 7] for i in range(len(titles))]
    return alt.Color("title:N", legend=_legend(narrow), scale=alt.Scale(domain=titles, range=colours))


def _shape(titles: list[str], narrow: bool) -> alt.Shape:
    shapes = [SHAPES[i % len(SHAPES)] for i in range(len(titles))]
    return alt.Shape("title:N", legend=_legend(narrow), scale=alt.Scale(domain=titles, range=shapes))


def _legend(narrow: bool) -> alt.Legend:
    if narrow:
        return alt.Legend(title=None, orient="bottom", columns=1, labelLimit=280)
    return alt.Legend(title=None, orient="right", columns=1, labelLimit=_SIDE - 20)


def _told(table: pd.DataFrame, bands: pd.DataFrame) -> str:
    parts = [
        f"{title}: {', '.join(f'{row.year} {row.part:.1f} %' for row in each(part))}."
        for title, part in table.groupby("title", sort=False)
    ]
    expected = ", ".join(f"{row.year} {row.expected:.1f} %" for row in each(bands))
    return " ".join([*parts, f"Expected: {expected}."])


def tree_picture(plan: OpenPlan, *, width: int = WIDE) -> Picture:
    """Return the tree of what may come: what becomes known when, and how likely each is.

    Parameters
    ----------
    plan
        Whose tree to show.
    width
        Of the picture, in pixels.
    """
    nodes, edges = _placed(plan)
    first, last = plan.economy.about.year, plan.limits.periods
    indent = min(150.0, 0.3 * width / max(last - 1, 1))
    height = _ROW * len(nodes)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[1, last], range=[14, 14 + indent * (last - 1)]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, len(nodes)], range=[0, height]))
    years = [
        alt.Chart(pd.DataFrame({"x": [p], "year": [str(first + p)]}))
        .mark_text(baseline="bottom", color=SOFT, fontSize=SMALL)
        .encode(x=x, y=alt.value(0), text="year:N")
        for p in range(1, last + 1)
    ]
    lines = alt.Chart(edges).mark_rule(color=GREY, strokeWidth=2).encode(x=x, x2="x2:Q", y=y, y2="y2:Q")
    dots = alt.Chart(nodes).mark_circle(size=150, color=BLUE, opacity=1).encode(x=x, y=y)
    words = [_words(row, x, y, width - 40 - indent * (row.x - 1)) for row in each(nodes)]
    whole = alt.layer(lines, dots, *years, *words).properties(width=width - 10, height=height)
    title = f"What may come: {plan.tree.title}"
    how = f"Weights are the part of 1 that each future counts. Source of the weights: {plan.tree.source}."
    told = " ".join(f"{row.title}: {row.weight:.0%}, known in {first + int(row.x)}." for row in each(nodes))
    return dressed(whole, title, how, f"{title}. {told}", width)


def _words(row: Any, x: alt.X, y: alt.Y, room: float) -> alt.Chart:
    """Return the name of a node, beside it."""
    text = "\n".join(in_lines(f"{row.title} ({row.weight:.0%})", room, SMALL))
    placed = alt.Chart(pd.DataFrame({"x": [row.x], "y": [row.y], "words": [text]}))
    letters = placed.mark_text(align="left", dx=12, baseline="middle", fontSize=SMALL, lineBreak="\n", color=INK)
    chart: alt.Chart = letters.encode(x=x, y=y, text="words:N")
    return chart


def _placed(plan: OpenPlan) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return where each node stands, one beneath the other, and the lines: down from its parent, then across."""
    tree = plan.tree
    order = _beneath(plan, tree.nodes[0].name)
    rows = {name: number + 0.5 for number, name in enumerate(order)}
    reach = {node.name: sum(w for leaf, w in tree.weights.items() if node in tree.way(leaf)) for node in tree.nodes}
    nodes = pd.DataFrame(
        [
            {"x": tree.node(name).period, "y": rows[name], "title": tree.node(name).title, "weight": reach[name]}
            for name in order
        ]
    )
    lines: list[dict[str, float]] = []
    for node in tree.nodes[1:]:
        above, here = tree.node(node.parent).period, rows[node.name]
        lines.append({"x": above, "y": rows[node.parent], "x2": above, "y2": here})
        lines.append({"x": above, "y": here, "x2": node.period, "y2": here})
    return nodes, pd.DataFrame(lines, columns=["x", "y", "x2", "y2"])


def _beneath(plan: OpenPlan, name: str) -> list[str]:
    """Return a node and all beneath it, each followed by its own."""
    children = [node.name for node in plan.tree.nodes if node.parent == name]
    return [name, *(each_ for child in children for each_ in _beneath(plan, child))]
