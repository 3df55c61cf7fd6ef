"""The ballots of a vote, a page at a time: those of open votes by name at once, all others once they are published."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from newcourse.council.voting import Vote
from newcourse.errors import BadInput, Fault
from newcourse.web.site import Site
from newcourse.web.table import Headings, Table, table

A_PAGE: Final = 100
"""How many ballots a page shows; all of them are in the file beside it."""


@dataclass(frozen=True, slots=True)
class BallotsShown:
    """One page of the ballots of a vote.

    Parameters
    ----------
    table
        The ballots of this page.
    page, pages
        Number of this page, from 1, and how many there are.
    number
        How many ballots there are on all pages.
    """

    table: Table
    page: int
    pages: int
    number: int


def ballots_shown(site: Site, vote: Vote, page: int) -> BallotsShown:
    """Return a page of the ballots of a vote.

    Raises
    ------
    BadInput
        If there is no such page.
    """
    if vote.frozen.ballot == "open":
        caption, headings = "Every ballot by name", _NAMED
        rows: list[Any] = sorted(vote.ballots.items())
    else:
        caption, headings = "Every ballot, without names", _NAMELESS
        cast = site.federation.archive.data(vote.published)["ballots"] if vote.published else []
        rows = [(number, row["ballot"]) for number, row in enumerate(cast, start=1)]
    pages = max(1, -(-len(rows) // A_PAGE))
    if not 1 <= page <= pages:
        expected = f"a number from 1 to {pages}"
        raise BadInput(Fault("page-unknown", f"ballots of vote {vote.vote}", str(page), expected, "follow a link"))
    first = (page - 1) * A_PAGE
    shown = [(name, ballot_words(ballot)) for name, ballot in rows[first : first + A_PAGE]]
    return BallotsShown(table(caption, headings, shown), page, pages, len(rows))


def ballot_words(ballot: Mapping[str, Any]) -> str:
    """Return a ballot in words, whatever its form.

    >>> ballot_words({"form": "ranking", "ranks": [["A"], ["B", "C"]]})
    'A > B = C'
    """
    if "ranks" in ballot:
        return " > ".join(" = ".join(rank) for rank in ballot["ranks"]) or "no preference"
    if "points" in ballot:
        return ", ".join(f"{part} {points}" for part, points in ballot["points"].items())
    return str(ballot.get("choice", dict(ballot)))


_NAMED: Final[Headings] = [("who", "text"), ("ballot", "text")]
_NAMELESS: Final[Headings] = [("ballot", "number"), ("says", "text")]
