"""The ballot box: secret casts, kept unread until their vote is closed and all of them are published (design §8.3).

A cast lies here under the SHA-256 of the token it spent, beside an entry of the record that commits to it. Nothing
says in which order casts came but the entries, and nothing at all who cast them.
"""

import re
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select

from newcourse.errors import BadInput, Fault
from newcourse.record.entry import is_name
from newcourse.record.schema import BOX
from newcourse.record.totals import count_change, row_number

_TOKEN: Final = re.compile(r"[0-9a-f]{64}")

_KEPT: Final = select(BOX.c.vote, BOX.c.content).where(BOX.c.token == bindparam("name"))


Casts = dict[str, tuple[str, bytes]]
"""Casts on their way into the box: vote and content by the SHA-256 of the token."""


def is_new(connection: Connection, waiting: Casts, vote: str, token: str, content: bytes) -> bool:
    """Return whether a cast is not in the box yet; false if the very same cast is in it already.

    Parameters
    ----------
    connection
        Of the transaction that writes the entry.
    waiting
        Casts that this transaction will put into the box.
    vote
        The vote, such as ``V7``.
    token
        SHA-256 of the token spent, 64 hexadecimal digits.
    content
        The cast.

    Raises
    ------
    BadInput
        If the token was spent on anything else, or vote or token cannot be any.
    """
    _require_form(vote, token)
    kept = waiting.get(token)
    if kept is None:
        row = connection.execute(_KEPT, {"name": token}).first()
        if row is None:
            return True
        kept = (row.vote, row.content)
    if kept != (vote, content):
        raise BadInput(
            Fault(
                "token-spent", f"box, token {token}", "another cast", "a token that is unspent", "one token, one cast"
            )
        )
    return False


def deposit(connection: Connection, casts: Casts) -> None:
    """Put new casts into the box, many at once."""
    if not casts:
        return
    rows = [{"token": token, "vote": vote, "content": content} for token, (vote, content) in casts.items()]
    connection.execute(insert(BOX), rows)
    added = sum(row_number((row["token"], row["vote"], row["content"])) for row in rows)
    count_change(connection, BOX.name, added, len(rows))


def deposited(connection: Connection, vote: str) -> dict[str, bytes]:
    """Return the casts of a vote by the hash of their token, sorted by it."""
    rows = connection.execute(select(BOX.c.token, BOX.c.content).where(BOX.c.vote == vote)).all()
    return {row.token: row.content for row in sorted(rows, key=lambda row: str(row.token))}


def _require_form(vote: str, token: str) -> None:
    faults = []
    if not is_name(vote):
        faults.append(Fault("label-malformed", "box, vote", ascii(vote), "1 to 200 printable characters", "name it"))
    if not (isinstance(token, str) and _TOKEN.fullmatch(token)):
        found, expected = ascii(token), "64 hexadecimal digits, the SHA-256 of the token"
        faults.append(Fault("token-malformed", "box, token", found, expected, "give the hash, not the token itself"))
    if faults:
        raise BadInput(faults)
