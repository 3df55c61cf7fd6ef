"""The picture of a count by transferable vote, with its table, as pages of votes and elections show it."""

from newcourse.pictures.stages import stages_table
from newcourse.vote.outcome import Outcome
from newcourse.web.shown import Shown
from newcourse.web.table import Columns, frame_table


def stages_shown(code: str, outcome: Outcome) -> Shown | None:
    """Return the picture of a count by transferable vote with its table; ``None`` for other counts."""
    if "stages" not in outcome.result.to_data():
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
