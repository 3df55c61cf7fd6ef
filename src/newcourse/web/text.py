"""Numbers, shares and times as people read them on a page."""

from datetime import UTC, datetime
from typing import Final

from markupsafe import Markup, escape

from newcourse.plan.sentences import number
from newcourse.web.languages.speaking import gettext
from newcourse.web.names import people
from newcourse.web.table import Cell, Column, Link

_SHORT_HASH: Final = 12


def share(part: float) -> str:
    r"""Return a part of one in percent.

    >>> share(0.94567), share(1.0)
    ('94.6\xa0%', '100.0\xa0%')
    """
    return f"{100 * part:.1f}\N{NO-BREAK SPACE}%"


def share_change(part: float) -> str:
    r"""Return a change, as a part of one, in percent with its sign.

    >>> share_change(0.0341), share_change(-0.0319)
    ('+3.4\xa0%', '−3.2\xa0%')
    """
    return f"{100 * part:+.1f}\N{NO-BREAK SPACE}%".replace("-", "−")


def change(value: float) -> str:
    """Return a number with its sign.

    >>> change(1234.5), change(-0.25), change(0)
    ('+1,234', '−0.25', '0')
    """
    return f"+{number(value)}" if value > 0 else number(value)


def moment(at: datetime) -> str:
    """Return a time in words.

    >>> moment(datetime(2026, 5, 1, 9, 30, tzinfo=UTC))
    '1 May 2026, 09:30 UTC'
    """
    return f"{at.astimezone(UTC):%-d %B %Y, %H:%M} UTC"


def day(at: datetime) -> str:
    """Return a day in words.

    >>> day(datetime(2026, 5, 1, 9, 30, tzinfo=UTC))
    '1 May 2026'
    """
    return f"{at.astimezone(UTC):%-d %B %Y}"


def short(address: str) -> str:
    """Return the beginning of a hash, enough to tell it from others by eye.

    >>> short("sha256:79c67ab90357e70909b4"), short("79c67ab90357e70909b4")
    ('79c67ab90357…', '79c67ab90357…')
    """
    return address.removeprefix("sha256:")[:_SHORT_HASH] + "…"


def sentence(words: str) -> str:
    """Return the words with a capital first letter."""
    return words[:1].upper() + words[1:]


def cell(value: Cell, column: Column) -> Markup:
    """Return the content of a cell of a table."""
    if value is None:
        return Markup('<span class="none">–</span>')
    if isinstance(value, Link):
        return Markup('<a href="{}">{}</a>').format(value.href, value.text)
    if isinstance(value, str) and column.kind == "words":
        return escape(gettext(value) if gettext(value) != value else ", ".join(map(gettext, value.split(", "))))
    if isinstance(value, str):
        return Markup("<code>{}</code>").format(value) if column.kind == "code" else escape(people(value))
    if column.kind == "percent":
        return escape(share(value))
    return escape(change(value) if column.kind == "change" else number(value) if column.kind == "number" else value)
