"""The picture of a count by transferable vote, with its table, as pages of votes and elections show it."""

from typing import Any

from newcourse.pictures.stages import stages_table
from newcourse.vote.outcome import Outcome
from newcourse.web.shown import Shown
from newcourse.web.table import Columns, frame_table


def goes_on(outcome: Outcome) -> bool:
    """Return whether a count has stages between which votes can go from one candidate to another."""
    data: Any = outcome.result.to_data()
    return len(data.get("stages", ())) > 1


def stages_shown(code: str, outcome: Outcome) -> Shown | None:
    """Return the picture of a count by transferable vote with its table; ``None`` where no vote went on to anybody."""
    if not goes_on(outcome):
        return None
    columns: Columns = {
        "candidate": ("candidate", "text"),
        "stage": ("stage", "number"),
        "what": ("what happened", "text"),
        "votes": ("votes", "number"),
        "received": ("received", "change"),
        "status": ("status", "text"),
    }
    table = frame_table("Who held how many votes, stage by stage", stages_table(outcome), columns)
    return Shown(f"/pictures/vote/{code}/stages", "The count, stage by stage", table)
