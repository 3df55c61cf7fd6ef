"""What the routes of sign-in answer with: pages, data, and refusals, none of which anybody keeps."""

from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from newcourse.errors import NewCourseError, NotAllowed
from newcourse.web.acting.problems import problem_response
from newcourse.web.answers import Answers
from newcourse.web.signin.cookies import CEREMONY, SESSION, cookie, drop_cookie, set_ceremony, set_cookie
from newcourse.web.signin.entrance import Entrance
from newcourse.web.signin.quiet import hidden


def wants_data(request: Request) -> bool:
    """Return whether a program or a script asks."""
    if request.url.path.startswith("/api") or "json" in request.headers.get("content-type", ""):
        return True
    return "html" not in request.headers.get("accept", "")  # which browsers say of every page they go to


def data(content: Any, status: int = 200) -> JSONResponse:
    """Answer a script."""
    return JSONResponse(content, status, headers={"Cache-Control": "no-store"})


def go(address: str) -> RedirectResponse:
    """Send somebody on after a form (RFC 9110, section 15.4.4)."""
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})


def local(address: str) -> str:
    """Return an address of these pages, the start page for any other.

    >>> local("/votes/V1?x=1"), local("//elsewhere.example/"), local("https://elsewhere.example"), local("")
    ('/votes/V1?x=1', '/', '/', '/')
    """
    parts = urlsplit(address)
    own = address.startswith("/") and not address.startswith("//") and not parts.scheme and not parts.netloc
    return address if own and "\\" not in address and address.isprintable() else "/"


def refusal(answers: Answers, request: Request, error: NewCourseError, status: int = 0) -> Response:
    """Answer with what is wrong: a script or program as data, a person as a page."""
    known = status or (403 if isinstance(error, NotAllowed) else 400 if error.exit_code == 1 else 503)
    if wants_data(request):
        return problem_response(error, hidden(request.url.path), known)
    return answers.refused(request, error, known)


def signed_in(entrance: Entrance, request: Request, response: Response, member: str) -> Response:
    """Begin a session under a new number and let the browser have it; what it had before is over."""
    secure, at = entrance.secure(request), entrance.now()
    before = cookie(request, SESSION, secure=secure)
    agent = request.headers.get("user-agent", "")
    number = entrance.people.sessions.begin(member, at, agent, instead=before)
    age = int(entrance.people.sessions.times.absolute.total_seconds())
    set_cookie(response, SESSION, number, age, secure=secure)
    drop_cookie(response, CEREMONY, secure=secure)
    return response


def begun(entrance: Entrance, request: Request, response: Response, kind: str, kept: dict[str, Any]) -> Response:
    """Begin a ceremony and bind it to the browser."""
    secret = entrance.people.challenges.begin(kind, kept, entrance.now())
    set_ceremony(response, secret, secure=entrance.secure(request))
    return response


def ended(entrance: Entrance, request: Request, kind: str) -> dict[str, Any]:
    """Return what was kept for the ceremony of this browser; it is over with that.

    Raises
    ------
    BadInput
        If none is under way.
    """
    secret = cookie(request, CEREMONY, secure=entrance.secure(request))
    return entrance.people.challenges.end(kind, secret, entrance.now())
