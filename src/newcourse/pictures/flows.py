"""Where goods come from, which they are, and what they are for: a flow diagram in three layers."""

import re
from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.pictures.bands import across, bands, down
from newcourse.pictures.flow_table import flow_table
from newcourse.pictures.look import CATEGORIES, INK, NARROW, PAPER, SMALL, SOFT, WIDE, Picture, dressed, in_lines
from newcourse.pictures.sankey import Link, Node, Ribbon, place
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import number

_SPACE: Final = 0.3
_REST: Final = re.compile(r"[0-9]+ other (?:branches|sources|uses)$")
_BAR, _LINE = 10, SMALL + 2
"""Width of a node and height of a line of letters, in pixels."""


def branch_flows(plan: Plan, period: int | None = None, *, most: int = 12) -> pd.DataFrame:
    """Return the flows by branch, the largest by name and the rest together.

    Parameters
    ----------
    plan
        What to show.
    period
        Year; the first one planned if left out.
    most
        How many places, branches and uses are named at most; what the rest are called says how many they are.

    Returns
    -------
    DataFrame
        Columns source, target, value (currency). Every branch receives as much as it gives.
    """
    table = flow_table(plan, plan.periods[0] if period is None else period)
    table["branch"] = table["product"].map(_branches(plan.economy))
    for column, rows, many in (
        ("branch", table["side"] != "", "branches"),
        ("node", table["side"] == "from", "sources"),
        ("node", table["side"] == "for", "uses"),
    ):
        table.loc[rows, column] = _largest(table[rows], column, most, many)
    entering, leaving = table[table["side"] == "from"], table[table["side"] == "for"]
    parts = [
        entering.rename(columns={"node": "source", "branch": "target"}),
        leaving.rename(columns={"branch": "source", "node": "target"}),
    ]
    flows = pd.concat(parts, ignore_index=True).groupby(["source", "target"], sort=False)["value"].sum()
    return flows.reset_index()


def flows(plan: Plan, *, period: int | None = None, most: int = 12, width: int = WIDE) -> Picture:
    """Return a flow diagram: where from → branch → what for.

    Parameters
    ----------
    plan
        What to show.
    period
        Year; the first one planned if left out.
    most
        How many places, branches and uses are named at most.
    width
        Of the picture, in pixels.
    """
    period = plan.periods[0] if period is None else period
    table = branch_flows(plan, period, most=most)
    layers = _layers(table)
    links = [Link(*row) for row in table.itertuples(index=False, name=None)]
    height = max(420, (44 if width > 2 * NARROW else 56) * max(len(layer) for layer in layers))
    nodes, ribbons = place(layers, links, _SPACE)
    total = sum(node.value for node in nodes if node.layer == 1)
    currency = plan.economy.about.currency
    title = f"From where to what, {period}"
    how = f"All goods at base-year prices: {number(total)} {currency}. The wider a band, the more it carries."
    description = f"{title}. {how} {_told(nodes)}"
    return dressed(_drawn(nodes, ribbons, total, width, height), title, how, description, width)


def _drawn(nodes: list[Node], ribbons: list[Ribbon], total: float, width: int, height: int) -> Picture:
    scales = across(width), down(height)
    columns = [layer * (width - _BAR) / 2 for layer in range(3)]
    drawn = bands(nodes, ribbons, _colours(nodes), {0: "target", 1: "source"}, columns, _BAR, scales)
    return alt.layer(*drawn, *_labels(nodes, total, width, height, *scales)).properties(width=width, height=height)


def _labels(nodes: list[Node], total: float, width: int, height: int, x: alt.Scale, y: alt.Scale) -> list[alt.Chart]:
    """Return the names with their parts, over a halo: in one line where there is room, else in several."""
    room = width / 3 - 10
    sides = {0: ("left", _BAR + 5.0), 1: ("center", width / 2), 2: ("right", width - _BAR - 5.0)}
    charts = []
    for layer, (align, where) in sides.items():
        rows = pd.DataFrame(
            {"x": where, "y": node.middle + (number - (len(lines) - 1) / 2) * _LINE / height, "words": line}
            for node in nodes
            if node.layer == layer
            for lines in [in_lines(f"{node.name} {_part(node.value, total)}", room, SMALL)]
            for number, line in enumerate(lines)
        )
        base = alt.Chart(rows).encode(
            x=alt.X("x:Q", scale=x, axis=None), y=alt.Y("y:Q", scale=y, axis=None), text="words:N"
        )
        letters: dict[str, Any] = {"align": align, "baseline": "middle", "fontSize": SMALL}
        halo: dict[str, Any] = {"color": PAPER, "stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round"}
        charts += [base.mark_text(**letters, **halo, opacity=0.85), base.mark_text(**letters, color=INK)]
    return charts


def _part(value: float, total: float) -> str:
    percent = 100 * value / total
    return f"{percent:.0f}\u00a0%" if percent >= 1 else "<1\u00a0%"


def _colours(nodes: list[Node]) -> dict[str, str]:
    """Return colours that tell the branches apart; what they come from and what they are for stays grey."""
    branches = [node.name for node in nodes if node.layer == 1]
    colours = {name: CATEGORIES[number % len(CATEGORIES)] for number, name in enumerate(branches)}
    return {node.name: colours.get(node.name, SOFT) for node in nodes}


def _branches(economy: Economy) -> Mapping[str, str]:
    products = economy["products"]
    names = products["branch"].where(products["branch"] != "", products["name"])
    return dict(zip(products["product"], names, strict=True))


def _largest(table: pd.DataFrame, column: str, most: int, many: str) -> pd.Series:
    sums = table.groupby(column, sort=False)["value"].sum().sort_values(ascending=False, kind="stable")
    if len(sums) <= most:
        return table[column]
    kept = set(sums.index[: most - 1])
    return table[column].where(table[column].isin(kept), f"{len(sums) - most + 1} other {many}")


def _layers(table: pd.DataFrame) -> list[list[str]]:
    """Return the nodes of each layer, the largest first, the rest last."""
    sources, targets = table["source"].unique(), table["target"].unique()
    middle = set(sources) & set(targets)
    left = table[~table["source"].isin(middle)].groupby("source")["value"].sum()
    right = table[~table["target"].isin(middle)].groupby("target")["value"].sum()
    branches = table[table["target"].isin(middle)].groupby("target")["value"].sum()
    return [
        sorted(map(str, part.sort_values(ascending=False, kind="stable").index), key=_is_rest)
        for part in (left, branches, right)
    ]


def _is_rest(name: str) -> bool:
    return _REST.match(name) is not None


def _told(nodes: list[Node]) -> str:
    total = sum(node.value for node in nodes if node.layer == 1)
    names = {0: "From", 1: "Branches", 2: "For"}
    parts = [
        f"{word}: " + ", ".join(f"{node.name} {_part(node.value, total)}" for node in nodes if node.layer == layer)
        for layer, word in names.items()
    ]
    return ". ".join(parts) + "."
