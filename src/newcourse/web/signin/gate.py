"""Who may come through the door: credentials, forged requests, limits. Refuses by default.

A request that could change something must carry a session with its form token, or a program's token; without either
it reaches only the few addresses that are open on purpose.
"""

import re
import secrets
from typing import Final
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

from newcourse.errors import BadInput, Fault, NotAllowed
from newcourse.web.signin.cookies import SESSION, cookie
from newcourse.web.signin.current import SIGNED_IN, SignedIn
from newcourse.web.signin.entrance import Entrance
from newcourse.web.signin.rates import address_of

SAFE: Final = ("GET", "HEAD", "OPTIONS")
LARGEST: Final = 16 * 2**20
LARGEST_UNKNOWN: Final = 64 * 2**10
CASTS: Final = "/api/acts/cast_secret"
_CODES: Final = re.compile(r"/(invitation|sign-in/link)/.*")
_CEREMONIES: Final = re.compile(r"/sign-in/(passkey|passkey/options|oidc(/.*)?)")
_OPEN: Final = re.compile(
    r"/api/acts/cast_secret|/sign-in/passkey(/options)?|/sign-in/link/[^/]+|/invitation/[^/]+(/options|/oidc)?"
)
"""Addresses that may be posted to by somebody who is not signed in."""


class SignInNeeded(NotAllowed):
    """Only somebody who is signed in may ask this."""


class Gate:
    """Looks at each request before anything else does.

    Parameters
    ----------
    entrance
        Accounts, address, limits.
    """

    def __init__(self, entrance: Entrance) -> None:
        self._entrance = entrance

    async def admit(self, request: Request, receive: Receive) -> tuple[Receive, str | None]:
        """Let a request through, with who asks in its scope.

        Returns
        -------
        Receive
            From which the application reads the body.
        str or None
            The new number of the session, where it was replaced.

        Raises
        ------
        NotAllowed
            If the request was forged, or comes from nobody who may send it.
        TooOften
            If too many came before it.
        """
        if request.url.path.startswith("/static/") and request.method in SAFE:
            return receive, None
        secure = self._entrance.secure(request)
        number = cookie(request, SESSION, secure=secure)
        named = bool(number) or "authorization" in request.headers
        who, renewed = await run_in_threadpool(self._known, request, number) if named else (None, None)
        request.scope[SIGNED_IN] = who
        self._limit(request, who)
        if request.method in SAFE:
            return receive, renewed
        if who is None or who.way == "session":
            self._require_own_pages(request)
        if who is None and not _OPEN.fullmatch(request.url.path):
            raise _sign_in_needed(request)
        body = await _whole(request, LARGEST if who else LARGEST_UNKNOWN)
        if who is not None and who.way == "session":
            await _require_form_token(request, body, who)
        return _again(body, receive), renewed

    def _known(self, request: Request, number: str) -> tuple[SignedIn | None, str | None]:
        """Return who asks: a program's token goes before a browser's session, and a wrong one is nobody's."""
        at, people = self._entrance.now(), self._entrance.people
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            account = people.tokens.find(token.strip(), at)
            if account is None:
                raise _sign_in_needed(request, "a token that is unknown, was revoked, or whose time is over")
            member, about = account.member, account.about
            return SignedIn(member, about.name or member, about.language, way="token"), None
        found = people.sessions.find(number, at) if number else None
        if found is None:
            return None, None
        about, session = found.account.about, found.session
        name = about.name or session.member
        return SignedIn(session.member, name, about.language, session.csrf, "session", session.session), found.renewed

    def _limit(self, request: Request, who: SignedIn | None) -> None:
        path, limiter = request.url.path, self._entrance.limiter
        address = address_of(request.scope.get("client"))
        if _CODES.fullmatch(path):
            limiter.require("codes", address)
        elif _CEREMONIES.fullmatch(path):
            limiter.require("sign_in", address)
        elif request.method not in SAFE and who is not None:
            limiter.require("acts", who.member)
        elif request.method not in SAFE:
            limiter.require("casts" if path == CASTS else "sign_in", address)

    def _require_own_pages(self, request: Request) -> None:
        """Refuse what a browser sends from somebody else's pages (Fetch Metadata; RFC 6454, section 7).

        Programs send neither header, and hold no cookie that could be misused.
        """
        origin = request.headers.get("origin")
        fetched = request.headers.get("sec-fetch-site")
        if fetched not in (None, "same-origin", "none"):
            raise _forged(f"a request from pages that are {fetched}")
        if origin is not None and origin != self._entrance.origin_of(request):
            raise _forged("a request from pages at another address")


async def _require_form_token(request: Request, body: bytes, who: SignedIn) -> None:
    """Refuse what was not sent by a form or a script of these pages in this session."""
    given = request.headers.get("x-csrf-token")
    if given is None:
        given = await _form_token(request, body)
    if not secrets.compare_digest(given.encode(errors="replace"), who.csrf.encode()):
        raise _forged("a request without the token of this session, or with that of another", "csrf-wrong")


async def _form_token(request: Request, body: bytes) -> str:
    """Return the field ``csrf`` of a form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return parse_qs(body.decode(errors="replace")).get("csrf", [""])[0]
    if kind != "multipart/form-data":
        return ""
    try:
        async with Request(request.scope, _again(body, request.receive)).form() as form:
            found = form.get("csrf")
    except HTTPException:  # no form after all
        return ""
    return found if isinstance(found, str) else ""


async def _whole(request: Request, largest: int) -> bytes:
    """Read the body, as long as it is not too large."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > largest:
            expected, remedy = f"at most {largest} bytes", "send less at once"
            raise BadInput(Fault("request-too-large", "this request", "more than may be sent", expected, remedy))
        parts.append(part)
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Return a body as a server gives it, and then whatever the server says next."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


def _forged(found: str, code: str = "request-forged") -> NotAllowed:
    expected = "a form or a script of these pages, in the session that is signed in"
    remedy = "open the page again and send the form once more"
    return NotAllowed(Fault(code, "this request", found, expected, remedy))


def _sign_in_needed(request: Request, found: str = "nobody is signed in") -> SignInNeeded:
    where = f"{request.method} request"
    expected, remedy = "somebody who is signed in", "sign in at /sign-in, then try again"
    return SignInNeeded(Fault("sign-in-needed", where, found, expected, remedy))
