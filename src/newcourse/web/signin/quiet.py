"""Keeps codes out of the server's own log of what was asked, if somebody turns that on."""

import logging
import re
from typing import Final

_CODE: Final = re.compile(
    r"((?:/|%2F)(?:invitation|sign-in(?:/|%2F)link)(?:/|%2F))[^/\s?&\"%]+|(/sign-in/oidc/callback\?)\S+"
)


class Quiet(logging.Filter):
    """Takes codes out of the addresses in log lines.

    Examples
    --------
    >>> hidden('"GET /invitation/abc234 HTTP/1.1"')
    '"GET /invitation/… HTTP/1.1"'
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, without codes."""
        if isinstance(record.args, tuple):
            record.args = tuple(hidden(part) if isinstance(part, str) else part for part in record.args)
        record.msg = hidden(record.msg) if isinstance(record.msg, str) else record.msg
        return True


def hidden(text: str) -> str:
    """Return a text without the codes in its addresses."""
    return _CODE.sub(lambda found: f"{found[1] or found[2]}…", text)


def keep_quiet() -> None:
    """Have the server's log of requests keep codes to itself."""
    log = logging.getLogger("uvicorn.access")
    if not any(isinstance(one, Quiet) for one in log.filters):
        log.addFilter(Quiet())
