"""How a vote divides a whole, such as the weights of the groups of needs: bars, with what each had before."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from newcourse.pictures.look import BLUE, INK, MUTED, NORMAL, PAPER, WIDE, Picture, dressed, each, in_lines
from newcourse.pictures.rows import Rows, in_rows
from newcourse.plan.sentences import and_list
from newcourse.vote.outcome import Allocation, Outcome
from newcourse.vote.plain import percent

_VALUES = 62


def weights_table(outcome: Outcome, before: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Return the numbers of the picture: one row per part, the largest share first.

    Parameters
    ----------
    outcome
        Of a vote that divides a whole.
    before
        Shares to compare with, such as those with which each unit of money counts alike.

    Returns
    -------
    DataFrame
        Columns part, share (part of 1), exact (the share as a fraction in words), before (part of 1; not a number where
        there is none).

    Raises
    ------
    BadInput
        If the outcome is no division.
    """
    shares = outcome.expect(Allocation).shares
    old = before or {}
    rows = [
        {"part": part, "share": float(share), "exact": str(share), "words": percent(share), "before": old.get(part)}
        for part, share in sorted(shares, key=lambda pair: -pair[1])
    ]
    return pd.DataFrame(rows).astype({"before": float})


def weights(outcome: Outcome, *, before: Mapping[str, float] | None = None, width: int = WIDE) -> Picture:
    """Return bars of the shares that the vote gave, with an upright mark at what each had before.

    Parameters
    ----------
    outcome
        Of a vote that divides a whole.
    before
        Shares to compare with; no marks if left out.
    width
        Of the picture, in pixels.
    """
    table = weights_table(outcome, before)
    rows = in_rows(table, "part", {part: in_lines(part, width, NORMAL) for part in table["part"]}, bar=14)
    title = f"How {outcome.ballots} ballots divide the weights"
    how = "Share of each group of needs."
    how += " Upright mark: its share in the value of all that is asked for." if before else ""
    told = and_list([f"{row.part} {row.words}" for row in each(table)])
    return dressed(_bars(rows, width), title, how, f"{title}: {told}.", width)


def _bars(rows: Rows, width: int) -> Picture:
    most = float(max(rows.bars["share"].max(), rows.bars["before"].fillna(0).max()))
    base = alt.Chart(rows.bars.assign(start=0.0, most=most))
    scale = alt.Scale(domain=[0, most], range=[0, width - _VALUES], nice=False)
    x, top = alt.X("start:Q", scale=scale, axis=None), rows.y("top")
    ground = base.mark_rect(color=MUTED, opacity=0.35).encode(x=x, x2="most:Q", y=top, y2="bottom:Q")
    bar = base.mark_rect(color=BLUE).encode(x=x, x2="share:Q", y=top, y2="bottom:Q")
    marked = base.transform_filter("isValid(datum.before)")
    at = alt.X("before:Q", scale=scale, axis=None)
    halo = marked.mark_rule(color=PAPER, strokeWidth=5).encode(x=at, y=top, y2="bottom:Q")
    mark = marked.mark_rule(color=INK, strokeWidth=2.5).encode(x=at, y=top, y2="bottom:Q")
    words = base.mark_text(align="right", fontSize=NORMAL, color=INK).encode(
        x=alt.value(width), y=rows.y("middle"), text="words:N"
    )
    return alt.layer(ground, bar, halo, mark, words, rows.heading_layer()).properties(width=width, height=rows.height)
