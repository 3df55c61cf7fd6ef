"""What pictures of formations have in common: colours of the formations, and the banner (design §11)."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.pictures.look import BLUE, GREEN, GREY, ORANGE, PINK, RED, SKY, YELLOW

_COLOURS: Final = {
    "pre-capitalist": GREY,
    "capitalist": BLUE,
    "workers' state": RED,
    "degenerated workers' state": ORANGE,
    "restored capitalism": SKY,
}
_OTHERS: Final = (GREY, PINK, BLUE, SKY, RED, ORANGE, GREEN, YELLOW)


def formation_colours(formations: Sequence[str]) -> dict[str, str]:
    """Return a colour for each formation, by its title; the usual five always have the same, in their order.

    >>> formation_colours(["capitalist", "workers' state"])
    {'capitalist': '#0072b2', "workers' state": '#d55e00'}
    """
    if set(formations) <= set(_COLOURS):
        return {formation: colour for formation, colour in _COLOURS.items() if formation in formations}
    if len(formations) > len(_OTHERS):
        found, expected = f"{len(formations)} formations", f"at most {len(_OTHERS)}"
        raise BadInput(Fault("picture-formations", "formations", found, expected, "draw groups of formations"))
    return dict(zip(formations, _OTHERS, strict=False))


def needed(table: pd.DataFrame, columns: Sequence[str], what: str) -> None:
    """Refuse a table that lacks columns, or has no rows, saying which."""
    missing = [column for column in columns if column not in table]
    if missing or table.empty:
        found = "no rows" if not missing else "without " + ", ".join(missing)
        expected = "rows with the columns " + ", ".join(columns)
        raise BadInput(Fault("picture-table", what, found, expected, "give the table the run or the verdict makes"))
