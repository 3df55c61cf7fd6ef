"""The page of one's own account: ways to sign in, sessions, tokens, invitations, what one says of oneself, erasure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from newcourse.council.authority import Refusal
from newcourse.errors import BadInput, Fault, NewCourseError
from newcourse.people.accounts import Account
from newcourse.people.codes import Code
from newcourse.people.identities import Identity
from newcourse.people.passkeys import Passkey
from newcourse.people.sessions import Session
from newcourse.people.tokens import Token
from newcourse.web.answers import Answers
from newcourse.web.signin.answering import begun, data, ended, go, refusal
from newcourse.web.signin.cookies import SESSION, drop_cookie
from newcourse.web.signin.current import SignedIn, current, require_signed_in
from newcourse.web.signin.entering import body_of
from newcourse.web.signin.entrance import Entrance
from newcourse.web.signin.inviting import about_in
from newcourse.web.signin.joining import LOG, require_own_name

KIND: Final = "passkey"


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What the page of an account shows; ``shown`` is a secret that is shown this once."""

    account: Account
    place: str
    member: bool
    founded: bool
    session: str
    passkeys: tuple[Passkey, ...]
    sessions: tuple[Session, ...]
    tokens: tuple[Token, ...]
    identities: tuple[Identity, ...]
    providers: tuple[str, ...]
    invitations: tuple[Code, ...]
    places: tuple[tuple[str, str], ...]
    shown: str = ""
    shown_kind: str = ""
    faults: tuple[Fault, ...] = ()


class AccountPages:
    """Routes of the account of who is signed in at a browser; programs do not come here.

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
        """Show the account."""
        who = current(request)
        return go("/sign-in?back=/account") if who is None or who.way != "session" else self._shown(request, who)

    def export(self, request: Request) -> Response:
        """Hand out everything personal."""
        who = current(request)
        if who is None or who.way != "session":
            return go("/sign-in?back=/account")
        answer = data(self._entrance.people.export(who.member))
        answer.headers["Content-Disposition"] = 'attachment; filename="newcourse-account.json"'
        return answer

    def posting(self, act: Callable[["AccountPages", Request, SignedIn, FormData], Response]) -> Any:
        """Return the endpoint of a form; what is wrong with it is said on the page of the account."""

        def done(request: Request, form: FormData) -> Response:
            try:
                who = _at_browser(request)
                return act(self, request, who, form)
            except BadInput as error:
                return self._shown(request, require_signed_in(request), status=400, faults=error.faults)
            except NewCourseError as error:
                return refusal(self._answers, request, error)

        async def endpoint(request: Request) -> Response:
            async with request.form() as form:
                return await run_in_threadpool(done, request, form)

        return endpoint

    def about(self, _request: Request, who: SignedIn, form: FormData) -> Response:
        """Change what somebody says of themselves."""
        about = about_in(dict(form))
        require_own_name(self._federation, about.name, who.member)
        self._entrance.people.accounts.change(who.member, about)
        return go("/account#about")

    def remove_passkey(self, _request: Request, who: SignedIn, form: FormData) -> Response:
        """Take a passkey away, but not the last way to sign in."""
        people = self._entrance.people
        ways = len(people.passkeys.all(who.member)) + len(people.identities.all(who.member))
        if ways <= 1:
            raise _last_way()
        people.passkeys.remove(who.member, _text(form, "credential"))
        LOG.info("%s has removed a passkey", who.member)
        return go("/account#passkeys")

    def remove_identity(self, _request: Request, who: SignedIn, form: FormData) -> Response:
        """Sign in by a provider no more."""
        people = self._entrance.people
        if len(people.passkeys.all(who.member)) + len(people.identities.all(who.member)) <= 1:
            raise _last_way()
        people.identities.remove(who.member, _text(form, "issuer"))
        return go("/account#passkeys")

    def end_session(self, request: Request, who: SignedIn, form: FormData) -> Response:
        """End one session, or all of them with this one."""
        session = _text(form, "session")
        self._entrance.people.sessions.end(who.member, session)
        if session and session != who.session:
            return go("/account#sessions")
        answer = go("/sign-in")
        drop_cookie(answer, SESSION, secure=self._entrance.secure(request))
        return answer

    def make_token(self, request: Request, who: SignedIn, form: FormData) -> Response:
        """Make a token for a program and show it this once."""
        secret = self._entrance.people.tokens.make(who.member, _text(form, "label").strip(), self._entrance.now())
        LOG.info("%s has made a token for a program", who.member)
        return self._shown(request, who, shown=secret, shown_kind="token")

    def revoke_token(self, _request: Request, who: SignedIn, form: FormData) -> Response:
        """Revoke a token."""
        self._entrance.people.tokens.revoke(who.member, _text(form, "token"))
        return go("/account#tokens")

    def invite(self, request: Request, who: SignedIn, form: FormData) -> Response:
        """Make an invitation and show its address this once."""
        place = _text(form, "place")
        answer = self._federation.may(who.member, "join", place)
        if place not in self._federation.state.tree:
            expected = "a place of the federation"
            raise BadInput(Fault("place-unknown", "invitation", ascii(place[:80]), expected, "choose one"))
        if isinstance(answer, Refusal):
            raise answer.error()
        code = self._entrance.people.codes.invite(who.member, place, self._entrance.now())
        LOG.info("%s has made an invitation to %s", who.member, place)
        address = f"{self._entrance.origin_of(request)}/invitation/{code}"
        return self._shown(request, who, shown=address, shown_kind="invitation")

    def erase(self, request: Request, who: SignedIn, form: FormData) -> Response:
        """Erase everything personal, after the code was typed."""
        if _text(form, "code").strip() != who.member:
            expected, remedy = f"the code {who.member}", "type it, so that nothing is erased by mistake"
            raise BadInput(Fault("erasure-unsure", "erasure", "another code", expected, remedy))
        self._entrance.people.erase(who.member)
        LOG.info("%s has erased everything personal", who.member)
        answer = go("/")
        drop_cookie(answer, SESSION, secure=self._entrance.secure(request))
        return answer

    def ask_passkey(self, request: Request) -> Response:
        """Ask for one more passkey."""
        entrance = self._entrance
        try:
            who = _at_browser(request)
            account = entrance.people.account(who.member, entrance.now())
            challenge = entrance.people.passkeys.challenge()
            site = entrance.site(request, self._answers.frame(request, "").federation)
            asked = data(entrance.people.passkeys.making(site, account, challenge))
        except NewCourseError as error:
            return refusal(self._answers, request, error)
        return begun(entrance, request, asked, KIND, {"challenge": challenge, "member": who.member})

    async def add_passkey(self, request: Request) -> Response:
        """Add one more passkey."""
        given = await body_of(request)
        return await run_in_threadpool(self._added, request, given)

    def _added(self, request: Request, given: dict[str, Any]) -> Response:
        entrance = self._entrance
        try:
            who = _at_browser(request)
            kept = ended(entrance, request, KIND)
            if kept["member"] != who.member:
                found, expected = "a passkey asked for by somebody else", "one for who is signed in"
                raise BadInput(Fault("passkey-refused", "passkey", found, expected, "begin again"))
            site, at = entrance.site(request, self._answers.frame(request, "").federation), entrance.now()
            label = str(given.get("label", ""))
            made = entrance.people.passkeys.made(site, who.member, kept["challenge"], given.get("answer"), at, label)
            entrance.people.passkeys.keep(made)
        except NewCourseError as error:
            return refusal(self._answers, request, error)
        LOG.info("%s has added a passkey", who.member)
        return data({"next": "/account#passkeys", "member": who.member})

    def _shown(
        self,
        request: Request,
        who: SignedIn,
        *,
        shown: str = "",
        shown_kind: str = "",
        status: int = 200,
        faults: tuple[Fault, ...] = (),
    ) -> Response:
        people, at, state = self._entrance.people, self._entrance.now(), self._federation.state
        place = state.members.get(who.member, "")
        facts = AccountFacts(
            account=people.account(who.member, at),
            place=state.tree.name(place) if place else "",
            member=who.member in state.members,
            founded=state.statutes is not None,
            session=who.session,
            passkeys=people.passkeys.all(who.member),
            sessions=people.sessions.all(who.member, at),
            tokens=people.tokens.all(who.member),
            identities=people.identities.all(who.member),
            providers=tuple(provider.name for provider in self._entrance.providers),
            invitations=people.codes.open(who.member, at),
            places=self._places(who.member),
            shown=shown,
            shown_kind=shown_kind,
            faults=faults,
        )
        return self._answers.shown(request, "account", facts, status=status)

    def _places(self, member: str) -> tuple[tuple[str, str], ...]:
        """Return the places for which somebody may vouch, with their names."""
        places = (place.place for place in self._federation.state.tree.places)
        found = [place for place in places if self._federation.may(member, "join", place).allowed]
        return tuple((place, self._federation.state.tree.name(place)) for place in found)


def _at_browser(request: Request) -> SignedIn:
    """Return who is signed in at a browser: a program's token reaches no account.

    Raises
    ------
    NotAllowed
        If nobody is.
    """
    who = require_signed_in(request)
    if who.way != "session":
        found, expected = "a program's token", "somebody signed in at a browser"
        raise BadInput(Fault("session-needed", "account", found, expected, "sign in at /sign-in"))
    return who


def _text(form: FormData, name: str) -> str:
    found = form.get(name)
    return found if isinstance(found, str) else ""


def _last_way() -> BadInput:
    found, expected = "the last way to sign in to this account", "another way that remains"
    return BadInput(Fault("last-way", "account", found, expected, "add a passkey first"))
