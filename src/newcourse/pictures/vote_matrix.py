"""The pairwise matrix of a vote by ranking: how many prefer each candidate to each other one."""

from collections.abc import Mapping
from typing import Any, cast

import altair as alt
import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.pictures.look import (
    BLUE,
    INK,
    MUTED,
    NARROW,
    ON_DARK,
    SMALL,
    SOFT,
    WIDE,
    Picture,
    dressed,
    each,
    in_lines,
)  # fmt: skip
from newcourse.plan.sentences import and_list
from newcourse.vote.outcome import Outcome, Ranking

_ROW, _LINE = 50, 15


def vote_matrix_table(outcome: Outcome) -> pd.DataFrame:
    """Return the numbers of the picture: one row per ordered pair of candidates.

    Returns
    -------
    DataFrame
        Columns candidate, other, votes (prefer the candidate to the other), against (the other way round), wins.

    Raises
    ------
    BadInput
        If the rule of the outcome does not compare candidates pair by pair.
    """
    steps = [step for step in outcome.steps if step.code == "pairwise"]
    if not steps:
        found = f"an outcome by {outcome.rule} without a pairwise comparison"
        raise BadInput(Fault("picture-no-pairs", "vote matrix", found, "an outcome by ranking", "draw its weights"))
    rows = cast("Mapping[str, Mapping[str, int]]", steps[0].facts["preferring"])
    pairs: list[dict[str, Any]] = [
        {"candidate": one, "other": other, "votes": rows[one][other], "against": rows[other][one]}
        for one in rows
        for other in rows
        if one != other
    ]
    table = pd.DataFrame(pairs, columns=["candidate", "other", "votes", "against"])
    return table.assign(wins=table["votes"] > table["against"])


def vote_matrix(outcome: Outcome, *, names: Mapping[str, str] | None = None, width: int = WIDE) -> Picture:
    """Return the matrix as a picture: in each row, how many prefer that candidate to each of the others.

    Parameters
    ----------
    outcome
        Of a vote by ranking.
    names
        What candidates are called, where it differs from how they stand on the ballot.
    width
        Of the picture, in pixels.
    """
    table = vote_matrix_table(outcome)
    called = {name: (names or {}).get(name, name) for name in outcome.candidates}
    order = outcome.result.order if isinstance(outcome.result, Ranking) else outcome.candidates
    title = "Who prefers what to what"
    how = (
        "In each row: how many prefer that candidate to the one named above. Filled, with ▲: more prefer it than not. "
        "The candidates stand in the order of the result."
    )
    won = [
        f"{called[row.candidate]} is preferred to {called[row.other]} by {row.votes} against {row.against}"
        for row in each(table[table["wins"]])
    ]
    return dressed(_cells(table, order, called, width), title, how, f"{title}. {and_list(won)}.", width)


def _cells(table: pd.DataFrame, order: tuple[str, ...], called: Mapping[str, str], width: int) -> Picture:
    left = 240 if width > 2 * NARROW else 104
    column = min(150.0, (width - left) / len(order))
    heads = {name: in_lines(called[name], column - 6, SMALL)[:4] for name in order}
    head = max(map(len, heads.values())) * _LINE + 8
    where = {name: number for number, name in enumerate(order)}
    table = table.assign(
        x=[left + column * where[name] + 1.5 for name in table["other"]],
        y=[head + _ROW * where[name] + 1.5 for name in table["candidate"]],
        words=[f"▲ {votes}" if wins else f"{votes}" for votes, wins in zip(table["votes"], table["wins"], strict=True)],
        ground=[BLUE if wins else MUTED for wins in table["wins"]],
        letters=[ON_DARK if wins else INK for wins in table["wins"]],
    )
    table = table.assign(
        x2=table["x"] + column - 3, y2=table["y"] + _ROW - 3, mx=table["x"] + column / 2, my=table["y"] + _ROW / 2
    )
    height = head + _ROW * len(order)
    across, down = _pixels(width), _pixels(height)

    def at(chart: alt.Chart, x: str, y: str, **more: Any) -> alt.Chart:
        return chart.encode(
            x=alt.X(f"{x}:Q", scale=across, axis=None), y=alt.Y(f"{y}:Q", scale=down, axis=None), **more
        )

    base = alt.Chart(table)
    cells = at(base.mark_rect(cornerRadius=3), "x", "y", x2="x2:Q", y2="y2:Q", color=alt.Color("ground:N", scale=None))
    numbers = at(base.mark_text(fontSize=15), "mx", "my", text="words:N", color=alt.Color("letters:N", scale=None))
    top = [
        {"x": left + column * (where[name] + 0.5), "y": head - 8 - (len(lines) - number - 0.5) * _LINE, "words": line}
        for name, lines in heads.items()
        for number, line in enumerate(lines)
    ]
    side = [
        {"x": 0.0, "y": head + _ROW * (where[name] + 0.5) + (number - (len(lines) - 1) / 2) * _LINE, "words": line}
        for name in order
        for lines in [in_lines(called[name], left - 8, SMALL)[:3]]
        for number, line in enumerate(lines)
    ]
    above = at(alt.Chart(pd.DataFrame(top)).mark_text(color=SOFT, fontSize=SMALL), "x", "y", text="words:N")
    beside = at(
        alt.Chart(pd.DataFrame(side)).mark_text(align="left", color=INK, fontSize=SMALL), "x", "y", text="words:N"
    )
    return alt.layer(cells, numbers, above, beside).properties(width=width, height=height)


def _pixels(length: float) -> alt.Scale:
    return alt.Scale(domain=[0, length], range=[0, length], nice=False, zero=False)
