"""What plans or changes bring and take, as tables for people."""

from typing import TYPE_CHECKING

from rich.table import Table

from newcourse.cli.output import table
from newcourse.cli.parts import signed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newcourse.plan.cost import Difference


def costing_table(differences: "Iterable[Difference]", what: str, *, title: str = "") -> Table:
    """Return quantities without and with a change; what does not change noticeably is left out."""
    from newcourse.plan.sentences import number

    rows = []
    for found in differences:
        if found.noticed:
            change = signed(found.difference / found.before) if found.before else "new"
            rows.append([found.what, number(found.before), number(found.after), change, found.unit])
    rows = rows or [["no noticeable change", "", "", "", ""]]
    return table([what, "without", "with", "change", "unit"], rows, title=title, right=(1, 2, 3), whole=(4,))
