"""The ballot box: secret casts, kept unread until their vote is closed and all of them are published (design §8.3).

A cast lies here under the SHA-256 of the token it spent, beside an entry of the record that commits to it. Nothing
says in which order casts came but the entries, and nothing at all who cast them.
"""

import re
from typing import Final

from sqlalchemy import Connection, insert, select

from newcourse.errors import BadInput, Fault
from newcourse.record.entry import is_name
from newcourse.record.schema import BOX
from newcourse.record.totals import count_change, row_number

_TOKEN: Final = re.compile(r"[0-9a-f]{64}")


def deposit(connection: Connection, vote: str, token: str, content: bytes) -> bool:
    """Put a cast into the box, once however often it is sent.

    Parameters
    ----------
    connection
        Of the transaction that writes the entry.
    vote
        The vote, such as ``V7``.
    token
        SHA-256 of the token spent, 64 hexadecimal digits.
    content
        The cast.

    Returns
    -------
    bool
        Whether it is new; false if the very same cast is in the box already.

    Raises
    ------
    BadInput
        If the token was spent on anything else, or vote or token cannot be any.
    """
    _require_form(vote, token)
    row = connection.execute(select(BOX.c.vote, BOX.c.content).where(BOX.c.token == token)).first()
    if row is None:
        connection.execute(insert(BOX), {"token": token, "vote": vote, "content": content})
        count_change(connection, BOX.name, row_number((token, vote, content)))
        return True
    if (row.vote, row.content) != (vote, content):
        raise BadInput(
            Fault(
                "token-spent", f"box, token {token}", "another cast", "a token that is unspent", "one token, one cast"
            )
        )
    return False


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
