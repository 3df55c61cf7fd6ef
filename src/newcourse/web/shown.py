"""A picture as a page shows it: where it is, what it is in words, and the same numbers as a table."""

from dataclasses import dataclass

from newcourse.web.table import Table


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with its table.

    Parameters
    ----------
    href
        Its address without ending: ``-wide-day.svg`` and the like are added.
    alt
        What kind of picture it is and of what, in words. The numbers are in the table.
    table
        The numbers.
    """

    href: str
    alt: str
    table: Table


def of_plan(name: str, address: str, alt: str, table: Table, detail: str = "") -> Shown:
    """Return a picture of a plan."""
    return Shown(f"/pictures/plan/{address}/{name}{f'-{detail}' if detail else ''}", alt, table)
