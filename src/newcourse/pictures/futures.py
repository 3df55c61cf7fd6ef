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
    PAPER,
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

_HEIGHT, _SIDE = 260, 240
"""Height of the lines, and room for the names of futures beside them, in pixels."""


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
    first = plan.economy.about.year
    last = max(plan.limits.periods, 1)
    step = 62
    height = step * max(len(plan.tree.leaves), 1)
    side = min(280.0, 0.42 * width)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[1, last], range=[14, width - side - 10]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, len(plan.tree.leaves)], range=[0, height]))
    years = [
        alt.Chart(pd.DataFrame({"x": [p], "year": [str(first + p)]}))
        .mark_text(baseline="bottom", color=SOFT, fontSize=SMALL)
        .encode(x=x, y=alt.value(-6), text="year:N")
        for p in range(1, last + 1)
    ]
    lines = alt.Chart(edges).mark_rule(color=GREY, strokeWidth=2).encode(x=x, x2="x2:Q", y=y, y2="y2:Q")
    dots = alt.Chart(nodes).mark_circle(size=150, color=BLUE, opacity=1).encode(x=x, y=y)
    words = [_words(row, x, y, side if row.leaf else (width - side) / 2) for row in each(nodes)]
    whole = alt.layer(lines, dots, *years, *words).properties(width=width - 10, height=height)
    title = f"What may come: {plan.tree.title}"
    how = f"Weights are the part of 1 that each future counts. Source of the weights: {plan.tree.source}."
    told = " ".join(f"{row.title}: {row.weight:.0%}, known in {first + int(row.x)}." for row in each(nodes))
    return dressed(whole, title, how, f"{title}. {told}", width)


def _words(row: Any, x: alt.X, y: alt.Y, room: float) -> Any:
    """Return the name of a node, on a ground of its own so that no line runs through it."""
    lines = in_lines(f"{row.title} ({row.weight:.0%})", room, SMALL)
    up = 0 if row.leaf else -12 - 15 * (len(lines) - 1)
    placed = alt.Chart(pd.DataFrame({"x": [row.x], "y": [row.y], "words": ["\n".join(lines)]})).encode(
        x=x, y=y, text="words:N"
    )
    look: dict[str, Any] = {"align": "left", "dx": 12, "dy": up, "baseline": "middle", "fontSize": SMALL}
    look["lineBreak"] = "\n"
    ground = placed.mark_text(**look, color=PAPER, stroke=PAPER, strokeWidth=5)
    return alt.layer(ground, placed.mark_text(**look, color=INK))


def _placed(plan: OpenPlan) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return where each node stands, and the lines between them: leaves on rows of their own, parents in between."""
    tree, rows = plan.tree, {leaf: i + 0.5 for i, leaf in enumerate(plan.tree.leaves)}
    for node in reversed(tree.nodes):
        children = [rows[child.name] for child in tree.nodes if child.parent == node.name]
        if children:
            rows[node.name] = sum(children) / len(children)
    reach = {node.name: sum(w for leaf, w in tree.weights.items() if node in tree.way(leaf)) for node in tree.nodes}
    nodes = pd.DataFrame(
        [
            {"x": n.period, "y": rows[n.name], "title": n.title, "weight": reach[n.name], "leaf": n.name in tree.leaves}
            for n in tree.nodes
        ]
    )
    edges = pd.DataFrame(
        [
            {"x": tree.node(n.parent).period, "y": rows[n.parent], "x2": n.period, "y2": rows[n.name]}
            for n in tree.nodes
            if n.parent
        ],
        columns=["x", "y", "x2", "y2"],
    )
    return nodes, edges
