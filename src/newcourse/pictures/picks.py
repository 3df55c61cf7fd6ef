"""Which projects a budget goes to: bars of what each costs, those chosen first."""

from fractions import Fraction
from typing import Any, cast

import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.pictures.look import BLUE, GREY, NORMAL, WIDE, Picture, dressed, each, in_lines
from newcourse.pictures.rows import in_rows, labelled_bars
from newcourse.pictures.tallies import tallies_table
from newcourse.plan.sentences import and_list
from newcourse.vote.outcome import Outcome, Selection


def picks_table(outcome: Outcome) -> pd.DataFrame:
    """Return the numbers of the picture: one row per project, those chosen first in order, then the most voted.

    Returns
    -------
    DataFrame
        Columns project, cost, votes, chosen, spent (by all chosen up to this one; nothing for those not chosen).

    Raises
    ------
    BadInput
        If the outcome is no choice of projects.
    """
    result = outcome.result
    if not isinstance(result, Selection):
        found = f"an outcome by {outcome.rule}"
        raise BadInput(Fault("picture-no-picks", "picks", found, "a choice of projects", "draw its tallies"))
    costs = {name: Fraction(str(cost)) for name, cost in cast("Any", outcome.options["costs"]).items()}
    votes = tallies_table(outcome).set_index("candidate")["votes"]
    rest = [name for name in votes.index if name not in result.selected]
    rows, spent = [], Fraction(0)
    for name in [*result.selected, *rest]:
        chosen = name in result.selected
        spent += costs[name] if chosen else 0
        rows.append((name, float(costs[name]), votes[name], chosen, float(spent) if chosen else None))
    return pd.DataFrame(rows, columns=["project", "cost", "votes", "chosen", "spent"])


def picks(outcome: Outcome, *, most: int = 30, width: int = WIDE) -> Picture:
    """Return the projects as bars of their cost, those chosen blue, with their votes.

    Parameters
    ----------
    outcome
        Of a budget.
    most
        How many projects are shown at most.
    width
        Of the picture, in pixels.
    """
    table = picks_table(outcome)
    result = outcome.expect(Selection)
    shown = table.head(most)
    title = f"{len(result.selected)} of {len(table)} projects"
    how = f"{float(result.cost):,.0f} of {float(result.budget):,.0f} spent. Bar: cost. Blue: chosen, in order."
    how += f" The first {most} are shown." if len(table) > most else ""
    drawn = shown.assign(
        key=[str(row) for row in range(len(shown))],
        value=[f"{row.cost:,.0f}" for row in each(shown)],
        note=[f"{row.votes:,.0f} votes" for row in each(shown)],
        colour=[BLUE if row.chosen else GREY for row in each(shown)],
    )
    headings = {row.key: in_lines(row.project, width, NORMAL) for row in each(drawn)}
    rows = in_rows(drawn, "key", headings, bar=12, gap=0, space=24)
    told = and_list([f"{row.project} {row.value}" for row in each(drawn[drawn["chosen"]])])
    return dressed(labelled_bars(rows, "cost", width), title, how, f"{title}. {how} Chosen: {told}.", width)
