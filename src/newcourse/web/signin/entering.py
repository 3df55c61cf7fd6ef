"""The page of signing in, the ceremony of a passkey, sign-in links, and signing out."""

import logging
from dataclasses import dataclass
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from newcourse.errors import NewCourseError
from newcourse.web.answers import Answers
from newcourse.web.signin.answering import begun, data, ended, go, local, refusal, signed_in
from newcourse.web.signin.cookies import SESSION, drop_cookie
from newcourse.web.signin.current import current
from newcourse.web.signin.entrance import Entrance
from newcourse.web.signin.joining import try_joining

LOG: Final = logging.getLogger("newcourse.people")
KIND: Final = "sign-in"


@dataclass(frozen=True, slots=True)
class SignInFacts:
    """What the page of signing in shows: by what one can, where one goes then, whom a link signs in."""

    providers: tuple[str, ...]
    back: str
    link: str = ""
    member: str = ""


class Entering:
    """Routes by which somebody signs in and out.

    Parameters
    ----------
    entrance
        Accounts, address, limits.
    answers
        Makes pages.
    """

    def __init__(self, entrance: Entrance, answers: Answers) -> None:
        self._entrance = entrance
        self._answers = answers
        self._federation = answers.site.federation

    def page(self, request: Request) -> Response:
        """Show by what one can sign in."""
        back = local(request.query_params.get("back", "/"))
        if current(request) is not None:
            return go("/account" if back == "/" else back)
        names = tuple(provider.name for provider in self._entrance.providers)
        return self._answers.shown(request, "sign_in", SignInFacts(names, back))

    def ask(self, request: Request) -> Response:
        """Ask for the proof of a passkey; names nobody, so that nobody learns who has an account."""
        entrance = self._entrance
        try:
            challenge = entrance.people.passkeys.challenge()
            site = entrance.site(request, self._answers.frame(request, "").federation)
            asked = data(entrance.people.passkeys.asking(site, challenge))
        except NewCourseError as error:
            return refusal(self._answers, request, error)
        return begun(entrance, request, asked, KIND, {"challenge": challenge})

    async def prove(self, request: Request) -> Response:
        """Sign in whoever has proved who they are."""
        given = await body_of(request)
        return await run_in_threadpool(self._proved, request, given)

    def _proved(self, request: Request, given: dict[str, Any]) -> Response:
        entrance = self._entrance
        try:
            kept = ended(entrance, request, KIND)
            site = entrance.site(request, self._answers.frame(request, "").federation)
            member = entrance.people.passkeys.proved(site, kept["challenge"], given.get("answer"), entrance.now())
        except NewCourseError as error:
            LOG.info("a sign-in was refused: %s", error.faults[0].code)
            return refusal(self._answers, request, error)
        try_joining(entrance, self._federation, member)
        LOG.info("%s has signed in by a passkey", member)
        back = local(str(given.get("back", "/")))
        return signed_in(entrance, request, data({"next": back, "member": member}), member)

    def link(self, request: Request) -> Response:
        """Show whom a sign-in link would sign in; a program that only looks at addresses does not use it up."""
        code = request.path_params["code"]
        try:
            found = self._entrance.people.codes.find(code, self._entrance.now(), "link")
        except NewCourseError as error:
            return refusal(self._answers, request, error, 404)
        return self._answers.shown(request, "sign_in", SignInFacts((), "/", link=code, member=found.member))

    def follow(self, request: Request) -> Response:
        """Sign in by a link, once."""
        entrance = self._entrance
        try:
            member = entrance.people.codes.use_link(request.path_params["code"], entrance.now())
        except NewCourseError as error:
            return refusal(self._answers, request, error, 404)
        entrance.people.account(member, entrance.now())
        try_joining(entrance, self._federation, member)
        LOG.info("%s has signed in by a link", member)
        return signed_in(entrance, request, go("/"), member)

    def leave(self, request: Request) -> Response:
        """Sign out at this browser."""
        who = current(request)
        if who is not None:
            self._entrance.people.sessions.end(who.member, who.session)
        answer = go("/")
        drop_cookie(answer, SESSION, secure=self._entrance.secure(request))
        return answer


async def body_of(request: Request) -> dict[str, Any]:
    """Return the JSON object that a script sent; nothing where it sent none."""
    try:
        given = await request.json()
    except (ValueError, RecursionError):  # no JSON, or nested without end
        return {}
    return given if isinstance(given, dict) else {}
