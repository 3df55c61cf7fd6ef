"""The stages of a count by transferable vote: whose votes went where, from first preferences to the last seat."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import altair as alt
import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.pictures.bands import across, bands, down
from newcourse.pictures.look import (
    CATEGORIES,
    GREY,
    INK,
    MUTED,
    NARROW,
    SMALL,
    SOFT,
    WIDE,
    Picture,
    dressed,
    each,
    in_pixels,
    shortened,
)  # fmt: skip
from newcourse.pictures.sankey import Link, Node, place
from newcourse.plan.sentences import and_list
from newcourse.vote.outcome import Outcome

NOBODY: Final = "non-transferable"
_SPACE: Final = 0.35
_BAR, _ROW = 6, 46


def stages_table(outcome: Outcome) -> pd.DataFrame:
    """Return the numbers of the picture: one row per stage and candidate, and one for what nobody holds.

    Returns
    -------
    DataFrame
        Columns stage (from 1), what, candidate, votes, received (in this stage; less than nothing for who gave), status
        (``continuing``, ``elected`` or ``excluded``). Those elected come first, in order, then those excluded, the last
        one first.

    Raises
    ------
    BadInput
        If the rule of the outcome has no stages.
    """
    data = outcome.result.to_data()
    if "stages" not in data:
        found = f"an outcome by {outcome.rule} without stages"
        raise BadInput(Fault("picture-no-stages", "stages", found, "a count by transferable vote", "draw its tallies"))
    counted: Any = data["stages"]
    order = _in_order(data, counted, outcome.candidates)
    rows = []
    before, status = dict.fromkeys([*order, NOBODY], 0.0), dict.fromkeys(order, "continuing")
    for number, stage in enumerate(counted, start=1):
        held = {
            **{name: float(votes) for name, votes in stage["votes"].items()},
            NOBODY: float(stage["non_transferable"]),
        }
        status |= dict.fromkeys(stage["elected"], "elected") | dict.fromkeys(stage["excluded"], "excluded")
        for name in [*order, NOBODY]:
            received = held[name] - before[name] if number > 1 else 0.0
            rows.append((number, stage["what"], name, held[name], received, status.get(name, "")))
        before = held
    return pd.DataFrame(rows, columns=["stage", "what", "candidate", "votes", "received", "status"])


def _in_order(data: Mapping[str, Any], counted: Sequence[Mapping[str, Any]], candidates: Sequence[str]) -> list[str]:
    excluded = [name for stage in counted for name in stage["excluded"]]
    rest = [name for name in candidates if name not in data["elected"] and name not in excluded]
    return [*data["elected"], *rest, *reversed(excluded)]


def stages(outcome: Outcome, *, names: Mapping[str, str] | None = None, width: int = WIDE) -> Picture:
    """Return the flow of votes from stage to stage.

    Parameters
    ----------
    outcome
        Of a count by transferable vote.
    names
        What candidates are called, where that is not how they stand on the ballot.
    width
        Of the picture, in pixels.
    """
    table = stages_table(outcome)
    table["candidate"] = [(names or {}).get(one, one) for one in table["candidate"]]
    last = int(table["stage"].max())
    called = list(table.loc[table["stage"] == 1, "candidate"])
    roomy = width > 2 * NARROW
    bar = _BAR if roomy else _BAR / 3
    left, right = (0.18 * width, 0.18 * width) if roomy else (0.36 * width, 0.16 * width)
    columns = [left + layer * (width - left - right - bar) / max(1, last - 1) for layer in range(last)]
    height = max(220, _ROW * len(called))
    layers = [[_key(name, stage) for name in called if _votes(table, name, stage) > 0] for stage in range(1, last + 1)]
    nodes, ribbons = place(layers, _links(table, called, last), _SPACE)
    colours = _colours(table, called)
    scales = across(width), down(height)
    by_key = {_key(name, stage): colours[name] for name in called for stage in range(1, last + 1)}
    drawn = bands(nodes, ribbons, by_key, dict.fromkeys(range(last), "source"), columns, bar, scales)
    labels = _labels(table, nodes, columns, (left, right), bar, scales)
    quota: Any = outcome.result.to_data().get("quota")
    title = f"From {int(table.loc[table['stage'] == 1, 'votes'].sum())} first preferences to the last seat"
    how = f"Each column is a stage, each band votes that stay or go on. Quota: {quota}. Coloured: elected."
    chart = alt.layer(*drawn, *labels).properties(width=width, height=height)
    return dressed(chart, title, how, f"{title}. {how} {_told(table)}", width)


def _key(name: str, stage: int) -> str:
    return f"{stage}|{name}"


def _votes(table: pd.DataFrame, name: str, stage: int) -> float:
    return float(table.loc[(table["stage"] == stage) & (table["candidate"] == name), "votes"].iloc[0])


def _links(table: pd.DataFrame, names: Sequence[str], last: int) -> list[Link]:
    """Return what stays with whom, and what goes from those who give to those who receive, in proportion."""
    links = []
    for stage in range(1, last):
        now = {name: _votes(table, name, stage) for name in names}
        then = {name: _votes(table, name, stage + 1) for name in names}
        gains = {name: then[name] - now[name] for name in names if then[name] > now[name]}
        for name in names:
            stays = min(now[name], then[name])
            if stays > 0:
                links.append(Link(_key(name, stage), _key(name, stage + 1), stays))
            given = now[name] - stays
            links += [
                Link(_key(name, stage), _key(other, stage + 1), given * gain / sum(gains.values()))
                for other, gain in gains.items()
                if given > 0
            ]
    return links


def _colours(table: pd.DataFrame, names: Sequence[str]) -> dict[str, str]:
    elected = list(table.loc[(table["status"] == "elected"), "candidate"].unique())
    colours = {name: CATEGORIES[number % len(CATEGORIES)] for number, name in enumerate(elected)}
    return {name: colours.get(name, MUTED if name == NOBODY else GREY) for name in names}


def _labels(
    table: pd.DataFrame, nodes: Sequence[Node], columns: Sequence[float], rooms: tuple[float, float], bar: float,
    scales: tuple[alt.Scale, alt.Scale],
) -> list[alt.Chart]:  # fmt: skip
    """Return who begins with how many votes on the left, and who ends with how many on the right.

    Where the right has no room for names, the numbers alone stand there.
    """
    x, y = scales
    last = len(columns) - 1
    sides: list[tuple[int, Literal["left", "right"], float, float]] = [
        (0, "right", columns[0] - 5, rooms[0]),
        (last, "left", columns[-1] + bar + 5, rooms[1]),
    ]
    charts = []
    for layer, align, where, room in sides:
        rows = []
        for node in nodes:
            if node.layer == layer:
                name = node.name.partition("|")[2]
                votes = f"{_votes(table, name, layer + 1):,.0f}"
                words = shortened(name, room - in_pixels(votes, SMALL) - 12, SMALL)
                named = room > 2 * in_pixels(votes, SMALL)
                rows.append({"x": where, "y": node.middle, "words": f"{words} {votes}" if named else votes})
        base = alt.Chart(pd.DataFrame(rows)).mark_text(align=align, baseline="middle", fontSize=SMALL, color=INK)
        charts.append(
            base.encode(x=alt.X("x:Q", scale=x, axis=None), y=alt.Y("y:Q", scale=y, axis=None), text="words:N")
        )
    heads = pd.DataFrame({"x": [c + bar / 2 for c in columns], "words": [str(i + 1) for i in range(len(columns))]})
    numbers = alt.Chart(heads).mark_text(baseline="bottom", fontSize=SMALL, color=SOFT)
    charts.append(numbers.encode(x=alt.X("x:Q", scale=x, axis=None), y=alt.value(-4), text="words:N"))
    return charts


def _told(table: pd.DataFrame) -> str:
    parts = []
    for stage, part in table.groupby("stage"):
        changed = part[part["status"].isin(["elected", "excluded"])]
        held = and_list([f"{row.candidate} {row.votes:,.0f} ({row.status})" for row in each(changed)])
        parts.append(f"Stage {stage}, {part['what'].iloc[0]}: {held or 'nobody elected yet'}.")
    return " ".join(parts)
