"""Which limits hold the plan back most: bars of what each is worth."""

import pandas as pd

from newcourse.pictures.look import (
    BLUE,
    NORMAL,
    WIDE,
    Picture,
    dressed,
    each,
    in_lines,
    nothing_to_show,
    sentence,
)
from newcourse.pictures.rows import in_rows, labelled_bars
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import and_list, number


def bottleneck_table(plan: Plan) -> pd.DataFrame:
    """Return the numbers of the picture: every limit that is reached, dearest first.

    Returns
    -------
    DataFrame
        Columns kind, label, words, unit, period, limit, used, valuation (currency per unit), worth (valuation × limit
        where it stands, currency).
    """
    table = plan["limits_met"].copy()
    table["worth"] = table["valuation"] * table["used"].abs()
    return table.sort_values("worth", ascending=False, kind="stable", ignore_index=True)


def bottlenecks(plan: Plan, *, most: int = 10, width: int = WIDE) -> Picture:
    """Return the dearest limits as bars of their worth: valuation × where the limit stands.

    Parameters
    ----------
    plan
        What to show.
    most
        How many limits are shown at most; the sentence above says how many there are.
    width
        Of the picture, in pixels.
    """
    whole = bottleneck_table(plan)
    currency = plan.economy.about.currency
    title = "What holds the plan back most"
    if whole.empty:
        return nothing_to_show(title, "No limit is reached.", width)
    table = whole.head(most).copy()
    table["key"] = [str(row) for row in range(len(table))]
    headings = {row.key: in_lines(sentence(row.words), width, NORMAL) for row in each(table)}
    table["value"] = [f"{number(worth)}" for worth in table["worth"]]
    table["colour"] = BLUE
    table["note"] = [f"one more {row.unit} would bring {number(row.valuation)} {currency}" for row in each(table)]
    how = (
        f"The {len(table)} dearest of {len(whole)} limits reached. "
        f"Bar: what one more unit would bring × where the limit stands, in {currency}."
    )
    told = and_list([f"{sentence(row.words)}: {row.value} {currency}" for row in each(table)])
    rows = in_rows(table, "key", headings, bar=14, gap=0, space=26)
    return dressed(labelled_bars(rows, "worth", width), title, how, f"{title}. {told}.", width)
