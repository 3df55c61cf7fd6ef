"""``newcourse lab data``: what a folder of other people's data says, under a coding of contested states."""

from typing import TYPE_CHECKING, Any

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import bullets, give, say, table
from newcourse.cli.panels import CodingName, DataFolder, FirstYear, LastYear, panel_at

if TYPE_CHECKING:
    import pandas as pd

    from newcourse.formations.panel import Panel


@answering
def data(
    folder: DataFolder,
    coding: CodingName = "",
    first: FirstYear = 1900,
    last: LastYear = 2010,
    as_json: AsJson = False,
) -> None:
    """Show what the data say: how many states were observed, and how often each formation followed which.

    ```
    newcourse lab data formations-data
    newcourse lab data formations-data --coding state-capitalism --first 1946
    ```
    """
    from newcourse.sources.formations import left_out

    panel = panel_at(folder, coding, first, last)
    lost = left_out(folder)
    if as_json:
        give(_data(panel, lost))
        return
    titles = list(panel.space.titles.values())
    moves = panel.transitions()
    say(
        f"{len(panel.countries)} states, {panel.years[0]} to {panel.years[-1]}, coding {panel.coding}: "
        f"{panel.observations:,} years of states observed.", "",
    )  # fmt: skip
    followed = [
        (titles[a], "the same" if a == b else titles[b], f"{moves[a, b]:,}")
        for a, b in zip(*moves.nonzero(), strict=True)
    ]
    say(table(("in one year", "in the next", "times"), followed, right=(2,)), "")
    words = panel.space.titles
    events = [
        (str(e["year"]), e["title"], words[e["from"]], words[e["to"]], e["move"] or "no hypothesis has it")
        for e in sorted(_events(panel), key=lambda e: e["year"])
    ]
    columns = ("year", "state", "from", "to", "move")
    say(table(columns, events, title=f"{len(events)} changes of formation", whole=(0,)), "")
    say("Sources", bullets(panel.sources))
    rows_lost = int(lost["rows"].sum())
    say("", f"{rows_lost:,} rows of the sources have no place in this panel; --json lists them with the reason.")


def _events(panel: "Panel") -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in panel.events().to_dict("records")]


def _data(panel: "Panel", lost: "pd.DataFrame") -> dict[str, Any]:
    return {
        "coding": panel.coding, "years": [panel.years[0], panel.years[-1]], "states": dict(panel.titles),
        "observations": panel.observations, "formations": list(panel.space.formations),
        "transitions": panel.transitions().tolist(), "events": _events(panel), "sources": panel.sources,
        "left_out": lost.to_dict("records"),
    }  # fmt: skip
