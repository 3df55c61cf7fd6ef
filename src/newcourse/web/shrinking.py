"""Compresses pages and data; a stream of events is sent on as it comes."""

from typing import Final

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

STREAMS: Final = "/live/"
LEAST_BYTES: Final = 1000


class Shrinking:
    """Compresses every answer but streams.

    Parameters
    ----------
    app
        The application behind it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._shrunk = GZipMiddleware(app, minimum_size=LEAST_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        stream = scope["type"] == "http" and scope["path"].startswith(STREAMS)
        await (self._plain if stream else self._shrunk)(scope, receive, send)
