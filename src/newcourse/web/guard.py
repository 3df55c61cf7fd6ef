"""What stands before every page: who may ask what, and that browsers load nothing from outside.

Without accounts these pages only read: every method but GET and HEAD is refused. With them, the gate says who asks;
whoever is not signed in reaches only the few addresses that are open on purpose (default deny).
"""

from collections.abc import Callable
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from newcourse.errors import Fault, NewCourseError, NotAllowed
from newcourse.web.acting.problems import problem_response
from newcourse.web.signin.answering import wants_data
from newcourse.web.signin.cookies import SESSION, set_cookie
from newcourse.web.signin.current import current
from newcourse.web.signin.entrance import Entrance
from newcourse.web.signin.gate import Gate, SignInNeeded
from newcourse.web.signin.quiet import hidden
from newcourse.web.signin.rates import TooOften

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), geolocation=(), microphone=(), "
        "publickey-credentials-create=(self), publickey-credentials-get=(self)"
    ),
}
"""Sent with every answer."""

SECURE_ONLY: Final = "max-age=31536000"
READING: Final = ("GET", "HEAD")
Refuse = Callable[[Request, NewCourseError, int], Response]


def as_data(request: Request, error: NewCourseError, status: int) -> Response:
    """Answer a refusal as data."""
    return problem_response(error, hidden(request.url.path), status)


class Guard:
    """Lets through what may be asked, and adds the security headers to every answer.

    Parameters
    ----------
    app
        The application behind it.
    entrance
        By which people sign in; without it these pages only read.
    refuse
        Makes the page that says to people why a request is refused; programs and scripts get data.
    """

    def __init__(self, app: ASGIApp, entrance: Entrance | None = None, refuse: Refuse = as_data) -> None:
        self._app = app
        self._entrance = entrance
        self._gate = Gate(entrance) if entrance else None
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # no web sockets
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope, receive)
        head = scope["method"] == "HEAD"
        cookies: list[str] = []

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(request, MutableHeaders(scope=message), cookies)
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        if self._gate is None:
            if scope["method"] not in READING:
                await refused(scope)(scope, receive, guarded)
                return
        else:
            try:
                receive, renewed = await self._gate.admit(request, receive)
            except NewCourseError as error:
                await self._refusal(request, error)(scope, receive, guarded)
                return
            if renewed is not None:
                cookies.append(self._session_cookie(request, renewed))
        await self._app({**scope, "method": "GET"} if head else scope, receive, guarded)

    def _add_headers(self, request: Request, headers: MutableHeaders, cookies: list[str]) -> None:
        for name, value in HEADERS.items():
            headers[name] = value
        if self._entrance is None:
            return
        if self._entrance.secure(request):
            headers["Strict-Transport-Security"] = SECURE_ONLY
        signs_in = any(SESSION in cookie for cookie in headers.getlist("set-cookie"))
        if cookies and not signs_in:  # an answer that begins or ends a session has the last word
            headers.append("set-cookie", cookies[0])
        if current(request) is not None and not request.url.path.startswith("/static/"):
            headers.add_vary_header("Cookie")
            if "no-store" not in headers.get("cache-control", ""):
                headers["Cache-Control"] = "private, no-cache"

    def _refusal(self, request: Request, error: NewCourseError) -> Response:
        answer = as_data(request, error, _status(error))
        if not wants_data(request):
            answer = self._refuse(request, error, _status(error))
        if isinstance(error, TooOften):
            answer.headers["Retry-After"] = str(error.seconds)
        if isinstance(error, SignInNeeded):
            answer.headers["WWW-Authenticate"] = "Bearer"
        return answer

    def _session_cookie(self, request: Request, number: str) -> str:
        entrance = self._entrance
        assert entrance is not None  # noqa: S101 (there is a gate, so there is an entrance; for the types)
        answer = Response()
        age = int(entrance.people.sessions.times.absolute.total_seconds())
        set_cookie(answer, SESSION, number, age, secure=entrance.secure(request))
        return answer.headers["set-cookie"]


def _status(error: NewCourseError) -> int:
    """Return the status of a refusal at the door."""
    if isinstance(error, TooOften):
        return 429
    if isinstance(error, SignInNeeded):
        return 401
    if isinstance(error, NotAllowed):
        return 403
    if error.faults[0].code == "request-too-large":
        return 413
    return 400 if error.exit_code == 1 else 503


def refused(scope: Scope) -> JSONResponse:
    """Return the answer to a request that would change something, where nobody can sign in."""
    error = NotAllowed(
        Fault(
            "web-reads-only",
            f"{scope['method']} {scope['path']}",
            "a request that could change something",
            "GET or HEAD: these pages only read, because they are served without accounts",
            "serve them with accounts, or act through the command line or the Python interface",
        )
    )
    return JSONResponse(error.as_dict(), status_code=405, headers={"Allow": ", ".join(READING)})
