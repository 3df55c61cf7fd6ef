"""What stands before every page: nothing but reading is answered, and browsers are told to load nothing from outside.

Acts through the web need to know who acts. Sign-in by passkey is not there yet, so no request can change anything:
every method but GET and HEAD is refused (default deny).
"""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from newcourse.errors import Fault, NotAllowed

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Sent with every answer."""

READING: Final = ("GET", "HEAD")


class Guard:
    """Lets only reading through, and adds the security headers to every answer.

    Parameters
    ----------
    app
        The application behind it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # no web sockets
            await send({"type": "websocket.close", "code": 1008})
            return
        head = scope["method"] == "HEAD"

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        if scope["method"] not in READING:
            await refused(scope)(scope, receive, guarded)
            return
        await self._app({**scope, "method": "GET"} if head else scope, receive, guarded)


def refused(scope: Scope) -> JSONResponse:
    """Return the answer to a request that would change something."""
    error = NotAllowed(
        Fault(
            "web-reads-only",
            f"{scope['method']} {scope['path']}",
            "a request that could change something",
            "GET or HEAD: these pages only read, until members can sign in",
            "act through the command line or the Python interface",
        )
    )
    return JSONResponse(error.as_dict(), status_code=405, headers={"Allow": ", ".join(READING)})
