"""What was just done, said once on the page that a form leads to.

The address carries the number of the entry (``?done=17``); the words are made from the record, so that nobody can have
this site say what was not done.
"""

from typing import Final

from starlette.requests import Request

from newcourse.errors import NewCourseError
from newcourse.record.entry import Entry
from newcourse.record.store import Record
from newcourse.web.signin.current import current
from newcourse.web.words import DONE

ASKED: Final = "done"


def with_done(address: str, entry: Entry) -> str:
    """Return an address of this site that says what was done.

    >>> from types import SimpleNamespace
    >>> with_done("/votes/V1?x=2#act-cast", SimpleNamespace(sequence=17))
    '/votes/V1?x=2&done=17#act-cast'
    """
    path, hash_, fragment = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{ASKED}={entry.sequence}{hash_}{fragment}"


def just_done(request: Request) -> tuple[str, int] | None:
    """Return what the one who asks has just done, as words and number of the entry; nothing where it was not theirs."""
    number, who = request.query_params.get(ASKED, ""), current(request)
    record = getattr(request.app.state, "record", None)
    if (
        who is None
        or not isinstance(record, Record)
        or not (number.isascii() and number.isdigit() and 0 < len(number) < 10)
    ):
        return None
    try:
        entry = next(record.entries(int(number) - 1), None)
    except NewCourseError:
        return None
    if entry is None or entry.actor != who.member:
        return None
    return DONE.get(entry.act, entry.act), entry.sequence
