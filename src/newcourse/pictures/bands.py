"""Draws a flow diagram whose nodes and ribbons are placed: boxes in columns, bands between them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from newcourse.pictures.sankey import Node, Ribbon


def across(width: float) -> alt.Scale:
    """Return the scale of positions from the left, in pixels."""
    return alt.Scale(domain=[0, width], range=[0, width], nice=False, zero=False)


def down(height: float) -> alt.Scale:
    """Return the scale of positions from the top, in parts of the height."""
    return alt.Scale(domain=[1, 0], range=[height, 0], nice=False, zero=False)


_OPACITY: Final = 0.42


def bands(
    nodes: Sequence[Node],
    ribbons: Sequence[Ribbon],
    colours: Mapping[str, str],
    of: Mapping[int, str],
    columns: Sequence[float],
    bar: float,
    scales: tuple[alt.Scale, alt.Scale],
) -> list[alt.Chart]:
    """Return the bands, and over them the boxes.

    Parameters
    ----------
    nodes, ribbons
        As placed.
    colours
        Of each node by its name.
    of
        For each layer whether its ribbons have the colour of their ``source`` or of their ``target``.
    columns
        Where each layer begins, in pixels from the left.
    bar
        Width of a box in pixels.
    scales
        :func:`across` and :func:`down`.
    """
    x, y = scales
    outlines = pd.DataFrame(
        [
            {"band": number, "x": columns[r.layer] + bar + along * (columns[r.layer + 1] - columns[r.layer] - bar),
             "top": top, "bottom": bottom,
             "colour": colours[r.link.source if of[r.layer] == "source" else r.link.target]}
            for number, r in enumerate(ribbons)
            for along, top, bottom in zip(*r.outline(), strict=True)
        ]
    )  # fmt: skip
    boxes = pd.DataFrame(
        [
            {"x": columns[node.layer], "x2": columns[node.layer] + bar, "top": node.top, "bottom": node.bottom,
             "colour": colours[node.name], "name": node.name, "value": node.value}
            for node in nodes
        ]
    )  # fmt: skip

    def at(chart: alt.Chart, **more: Any) -> alt.Chart:
        return chart.encode(
            x=alt.X("x:Q", scale=x, axis=None), y=alt.Y("top:Q", scale=y, axis=None), y2="bottom:Q",
            color=alt.Color("colour:N", scale=None), **more,
        )  # fmt: skip

    areas = at(alt.Chart(outlines).mark_area(opacity=_OPACITY, interpolate="monotone"), detail="band:N")
    return [areas, at(alt.Chart(boxes).mark_rect(), x2="x2:Q")]
