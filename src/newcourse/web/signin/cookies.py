"""The two cookies: the session, and the ceremony under way. Scripts cannot read them, other sites cannot send them."""

from typing import Final

from starlette.requests import HTTPConnection
from starlette.responses import Response

from newcourse.people.challenges import LIFE

SESSION: Final = "newcourse-session"
CEREMONY: Final = "newcourse-ceremony"
_HOST: Final = "__Host-"


def cookie(request: HTTPConnection, name: str, *, secure: bool) -> str:
    """Return the value of one of our cookies; over https only the one that no other host can set (RFC 6265bis)."""
    return request.cookies.get(_named(name, secure=secure), "")


def set_cookie(response: Response, name: str, value: str, age: int, *, secure: bool) -> None:
    """Have a browser keep a value for some seconds."""
    response.set_cookie(
        _named(name, secure=secure), value, max_age=age, path="/", secure=secure, httponly=True, samesite="lax"
    )


def set_ceremony(response: Response, value: str, *, secure: bool) -> None:
    """Bind a ceremony to the browser that began it."""
    set_cookie(response, CEREMONY, value, int(LIFE.total_seconds()), secure=secure)


def drop_cookie(response: Response, name: str, *, secure: bool) -> None:
    """Have a browser forget a value."""
    response.delete_cookie(_named(name, secure=secure), path="/", secure=secure, httponly=True, samesite="lax")


def _named(name: str, *, secure: bool) -> str:
    return _HOST + name if secure else name
