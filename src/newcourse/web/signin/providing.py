"""Signing in, signing up, and adding a way to sign in, through an OpenID provider."""

from typing import Any, Final
from urllib.parse import urlsplit

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from newcourse.errors import BadInput, Fault, NewCourseError, NotAllowed
from newcourse.people.identities import add_identity
from newcourse.people.oidc import Flow, Provider, Subject
from newcourse.web.answers import Answers
from newcourse.web.signin.answering import begun, ended, go, local, refusal, signed_in
from newcourse.web.signin.current import current
from newcourse.web.signin.entrance import Entrance
from newcourse.web.signin.inviting import Inviting, about_in, account_in, plain
from newcourse.web.signin.joining import LOG, join_or_undo, newcomer, try_joining

KIND: Final = "provider"
BACK: Final = "/sign-in/oidc/callback"


class Providing:
    """Routes to a provider and back.

    Parameters
    ----------
    entrance
        Accounts, address, providers.
    answers
        Makes pages.
    inviting
        Knows which codes are good.
    """

    def __init__(self, entrance: Entrance, answers: Answers, inviting: Inviting) -> None:
        self._entrance = entrance
        self._answers = answers
        self._inviting = inviting
        self._federation = answers.site.federation

    def leave(self, request: Request) -> Response:
        """Send somebody to a provider: to sign in, or to add it to the account that is signed in."""
        who = current(request)
        kept: dict[str, Any] = {"back": local(request.query_params.get("back", "/"))}
        try:
            if who is not None:
                _require_own_link(request)
                kept["member"] = who.member
            return self._sent(request, request.query_params.get("provider", ""), kept)
        except NewCourseError as error:
            return refusal(self._answers, request, error)

    async def sign_up(self, request: Request) -> Response:
        """Take what a newcomer says of themselves, and show the way to the provider.

        A form may send nobody to other pages (``form-action``), so what follows is a link.
        """
        async with request.form() as form:
            given = {name: value for name, value in form.items() if isinstance(value, str)}
        return await run_in_threadpool(self._signing_up, request, given)

    def _signing_up(self, request: Request, given: dict[str, Any]) -> Response:
        try:
            good = self._inviting.good(request.path_params["code"])
            account = newcomer(self._entrance, self._federation, good, about_in(given))
            kept = {"key": good.key, "account": plain(account), "back": "/account"}
            sent = self._sent(request, str(given.get("provider", "")), kept)
        except NewCourseError as error:
            return refusal(self._answers, request, error)
        address = sent.headers["location"]
        host = urlsplit(address).netloc
        page = self._answers.shown(request, "invitation_leave", {"address": address, "host": host})
        page.headers["set-cookie"] = sent.headers["set-cookie"]
        return page

    def back(self, request: Request) -> Response:
        """Take up who comes back from a provider."""
        entrance = self._entrance
        try:
            kept = ended(entrance, request, KIND)
            flow = self._flow(request, str(kept["provider"]))
            found = flow.end(kept["flow"], dict(request.query_params), entrance.now())
            member = self._member(request, kept, found)
        except NewCourseError as error:
            LOG.info("a sign-in through a provider was refused: %s", error.faults[0].code)
            return refusal(self._answers, request, error)
        try_joining(entrance, self._federation, member)
        LOG.info("%s has signed in through %s", member, found.issuer)
        return signed_in(entrance, request, go(local(str(kept["back"]))), member)

    def _member(self, request: Request, kept: dict[str, Any], found: Subject) -> str:
        """Return whom a provider's subject signs in, after adding or signing them up where that was begun."""
        entrance, people, at = self._entrance, self._entrance.people, self._entrance.now()
        if "key" in kept:
            account = account_in(kept["account"], entrance)

            def prove(connection: Connection) -> None:
                add_identity(connection, account.member, found.issuer, found.subject, at)

            people.sign_up(self._inviting.known(kept["key"]).key, account, prove, at)
            join_or_undo(entrance, self._federation, account.member)
            return account.member
        known = people.identities.find(found.issuer, found.subject)
        if "member" in kept:
            who = current(request)
            if who is None or who.member != kept["member"]:
                raise _unknown("an answer for somebody who is not signed in any more")
            if known is None:
                people.identities.add(who.member, found.issuer, found.subject, at)
            elif known != who.member:
                raise _unknown("an identity by which somebody else signs in")
            return who.member
        if known is None:
            raise _unknown("an identity that belongs to no account here")
        return known

    def _sent(self, request: Request, provider: str, kept: dict[str, Any]) -> Response:
        address, flow = self._flow(request, provider).begin(self._entrance.chance)
        return begun(self._entrance, request, go(address), KIND, {**kept, "provider": provider, "flow": flow})

    def _flow(self, request: Request, name: str) -> Flow:
        return Flow(self._provider(name), self._entrance.origin_of(request) + BACK)

    def _provider(self, name: str) -> Provider:
        for provider in self._entrance.providers:
            if provider.name == name:
                return provider
        expected = ", ".join(provider.name for provider in self._entrance.providers) or "none: sign in by a passkey"
        raise BadInput(Fault("provider-unknown", "sign-in", ascii(name[:80]), expected, "choose one of these"))


def _require_own_link(request: Request) -> None:
    """Refuse to add a provider to an account because somebody else's page says so (Fetch Metadata).

    Otherwise, who has signed a browser in at the provider as themselves could add that way in to another's account.
    """
    if request.headers.get("sec-fetch-site") not in (None, "same-origin", "none"):
        expected, remedy = "the link on the page of your account", "open your account and follow the link there"
        raise NotAllowed(Fault("request-forged", "sign-in", "a link on somebody else's pages", expected, remedy))


def _unknown(found: str) -> BadInput:
    expected = "an identity that an account of these pages has added"
    remedy = "use your invitation first, or sign in by a passkey and add the provider to your account"
    return BadInput(Fault("identity-unknown", "sign-in", found, expected, remedy))
