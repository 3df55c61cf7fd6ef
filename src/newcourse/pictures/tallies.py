"""What each candidate got in a vote, and who was chosen: bars of first preferences, approvals, points or votes."""

from collections.abc import Mapping
from typing import Any, Final, cast

import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.pictures.look import BLUE, GREY, NORMAL, WIDE, Picture, dressed, each, in_lines
from newcourse.pictures.rows import in_rows, labelled_bars
from newcourse.plan.sentences import and_list
from newcourse.vote.outcome import Outcome

_KINDS: Final = {"approvals": "approvals", "votes": "votes", "count": "votes"}
"""Facts that hold what each candidate got, by the code of their step; and what it is called."""


def tallies_table(outcome: Outcome) -> pd.DataFrame:
    """Return the numbers of the picture: one row per candidate, most first.

    Returns
    -------
    DataFrame
        Columns candidate, votes, chosen (whether elected or with a seat), note (``elected 2nd``, ``3 seats`` or
        nothing).

    Raises
    ------
    BadInput
        If the rule of the outcome does not count what each candidate got.
    """
    got, _ = _got(outcome)
    notes = _notes(outcome.result.to_data())
    rows = [(name, float(votes), name in notes, notes.get(name, "")) for name, votes in got.items()]
    table = pd.DataFrame(rows, columns=["candidate", "votes", "chosen", "note"])
    return table.sort_values("votes", ascending=False, kind="stable", ignore_index=True)


def tallies(outcome: Outcome, *, most: int = 20, width: int = WIDE) -> Picture:
    """Return what each candidate got as bars; those chosen are blue.

    Parameters
    ----------
    outcome
        Of a count of first preferences, approvals or votes for lists.
    most
        How many candidates are shown at most, those with most first.
    width
        Of the picture, in pixels.
    """
    table = tallies_table(outcome)
    _, what = _got(outcome)
    shown = table.head(most)
    title = f"{what.capitalize()} for each, {outcome.ballots:,} ballots"
    how = "Blue: chosen." + (f" The first {most} of {len(table)}." if len(table) > most else "")
    drawn = shown.assign(
        key=[str(row) for row in range(len(shown))],
        value=[f"{row.votes:,.0f}" for row in each(shown)],
        colour=[BLUE if row.chosen else GREY for row in each(shown)],
    )
    headings = {row.key: in_lines(row.candidate, width, NORMAL) for row in each(drawn)}
    rows = in_rows(drawn, "key", headings, bar=12, gap=0, space=24)
    told = and_list([f"{row.candidate} {row.value}{f' ({row.note})' if row.note else ''}" for row in each(drawn)])
    return dressed(labelled_bars(rows, "votes", width), title, how, f"{title}. {told}.", width)


def _got(outcome: Outcome) -> tuple[Mapping[str, Any], str]:
    data = outcome.result.to_data()
    if "stages" in data:
        return cast("Any", data["stages"])[0]["votes"], "first preferences"
    for step in outcome.steps:
        facts = step.facts.get(_KINDS.get(step.code, ""))
        if isinstance(facts, Mapping):
            return facts, _KINDS[step.code]
    found = f"an outcome by {outcome.rule} without votes by candidate"
    raise BadInput(
        Fault("picture-no-tallies", "tallies", found, "a count of what each got", "draw its matrix or weights")
    )


def _notes(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what became of those chosen."""
    if "seats" in data:
        return {name: f"{n} seat{'s' if n > 1 else ''}" for name, n in data["seats"].items() if n}
    order = data.get("elected") or data.get("selected") or ()
    return {name: f"chosen, number {place}" for place, name in enumerate(order, start=1)}
