"""Who asks: the one place from which pages and interface take who is signed in.

What somebody may do is not known here: ask :func:`newcourse.council.authority.authority` with the member's code.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from starlette.requests import HTTPConnection

from newcourse.errors import Fault, NotAllowed

SIGNED_IN: Final = "newcourse.signed_in"
"""Name under which the guard leaves who asks in the scope of a request."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who has proved who they are.

    Parameters
    ----------
    member
        Code of the member, as the record knows them; pass it as ``actor`` of acts.
    name
        Name to show; the code where the person gave none.
    language
        Language they read, such as ``en``.
    csrf
        What every form they send must hold as its field ``csrf``, or every request by a script in its header
        ``X-CSRF-Token``. Empty for programs with a bearer token, which need none.
    way
        Whether a browser's session or a program's token says so.
    session
        Name of the session among those of the account; no secret. Empty for programs.
    """

    member: str
    name: str
    language: str = "en"
    csrf: str = field(default="", repr=False)
    way: Literal["session", "token"] = "session"
    session: str = ""


def current(request: HTTPConnection) -> SignedIn | None:
    """Return who asks, ``None`` for somebody who is not signed in."""
    found = request.scope.get(SIGNED_IN)
    return found if isinstance(found, SignedIn) else None


def require_signed_in(request: HTTPConnection) -> SignedIn:
    """Return who asks.

    Raises
    ------
    NotAllowed
        If nobody is signed in.
    """
    found = current(request)
    if found is None:
        where = f"{request.scope.get('method', 'GET')} request"
        expected = "somebody who is signed in"
        raise NotAllowed(
            Fault("sign-in-needed", where, "nobody is signed in", expected, "sign in at /sign-in, then try again")
        )
    return found


def can_sign_in(request: HTTPConnection) -> bool:
    """Return whether these pages have accounts; otherwise they only read."""
    return getattr(request.app.state, "people", None) is not None


def names_of(request: HTTPConnection, members: Iterable[str]) -> dict[str, str]:
    """Return the name to show of each member: the one they gave, or else their code."""
    codes = tuple(dict.fromkeys(members))
    people = getattr(request.app.state, "people", None)
    known: dict[str, str] = people.accounts.names(codes) if people is not None else {}
    return {code: known.get(code) or code for code in codes}
