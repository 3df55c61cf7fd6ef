"""The page of an invitation, and how somebody signs up by it."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from newcourse.errors import NewCourseError
from newcourse.people.accounts import About, Account
from newcourse.people.codes import Code
from newcourse.people.passkeys import add_passkey
from newcourse.people.secret import hashed
from newcourse.web.answers import Answers
from newcourse.web.signin.answering import begun, data, ended, refusal, signed_in
from newcourse.web.signin.current import names_of
from newcourse.web.signin.entering import body_of
from newcourse.web.signin.entrance import Entrance
from newcourse.web.signin.joining import LOG, join_or_undo, newcomer, require_good

KIND: Final = "sign-up"


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """What the page of an invitation shows: the code it was opened by, whence, whereto, until when."""

    code: str
    setup: bool
    place: str
    inviter: str
    expires: str
    providers: tuple[str, ...]


class Inviting:
    """Routes by which a newcomer signs up.

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
        """Show where an invitation leads to and who vouches."""
        code = request.path_params["code"]
        try:
            found = self.good(code)
        except NewCourseError as error:
            return refusal(self._answers, request, error, 404 if error.exit_code == 1 else 0)
        tree = self._federation.state.tree
        facts = InvitationFacts(
            code=code,
            setup=found.kind == "setup",
            place=tree.name(found.place) if found.place in tree else found.place,
            inviter=names_of(request, [found.by])[found.by] if found.by else "",
            expires=f"{found.expires:%Y-%m-%d %H:%M} UTC",
            providers=tuple(provider.name for provider in self._entrance.providers),
        )
        return self._answers.shown(request, "invitation", facts)

    async def ask(self, request: Request) -> Response:
        """Ask for a passkey of somebody who signs up."""
        given = await body_of(request)
        return await run_in_threadpool(self._asked, request, given)

    def _asked(self, request: Request, given: dict[str, Any]) -> Response:
        entrance, code = self._entrance, request.path_params["code"]
        try:
            account = newcomer(entrance, self._federation, self.good(code), about_in(given))
            challenge = entrance.people.passkeys.challenge()
            site = entrance.site(request, self._answers.frame(request, "").federation)
            asked = data(entrance.people.passkeys.making(site, account, challenge))
        except NewCourseError as error:
            return refusal(self._answers, request, error)
        kept = {"challenge": challenge, "account": plain(account)}
        return begun(entrance, request, asked, KIND, kept)

    async def prove(self, request: Request) -> Response:
        """Sign up who has made a passkey, and let them join."""
        given = await body_of(request)
        return await run_in_threadpool(self._proved, request, given)

    def _proved(self, request: Request, given: dict[str, Any]) -> Response:
        entrance, people, at = self._entrance, self._entrance.people, self._entrance.now()
        try:
            kept = ended(entrance, request, KIND)
            account = account_in(kept["account"], entrance)
            site = entrance.site(request, self._answers.frame(request, "").federation)
            label = str(given.get("label", ""))
            passkey = people.passkeys.made(site, account.member, kept["challenge"], given.get("answer"), at, label)

            def prove(connection: Connection) -> None:
                add_passkey(connection, passkey)

            people.sign_up(self.good(request.path_params["code"]).key, account, prove, at)
            join_or_undo(entrance, self._federation, account.member)
        except NewCourseError as error:
            LOG.info("a sign-up was refused: %s", error.faults[0].code)
            return refusal(self._answers, request, error)
        LOG.info("%s has signed up", account.member)
        return signed_in(entrance, request, data({"next": "/account", "member": account.member}), account.member)

    def good(self, code: str) -> Code:
        """Return what a code is for, if whoever invited may still do so.

        Raises
        ------
        BadInput
            If the code is not good.
        NotAllowed
            If who invited may not vouch for anybody there.
        """
        return self.known(hashed(code))

    def known(self, key: str) -> Code:
        """Return the same for a code that was named before, by its hash."""
        now = self._entrance.now()
        found = self._entrance.people.codes.known(key, now, "invitation", "setup")
        require_good(self._federation, found, now)
        return found


def about_in(given: dict[str, Any]) -> About:
    """Return what somebody says of themselves in a form.

    Raises
    ------
    BadInput
        If it cannot be so.
    """
    texts = {name: str(given.get(name) or "").strip() for name in ("name", "email", "language")}
    return About(texts["name"], texts["email"], texts["language"] or "en")


def plain(account: Account) -> dict[str, Any]:
    """Return an account that is not stored yet, to be kept while a ceremony is under way."""
    about = account.about
    return {
        "member": account.member,
        "name": about.name,
        "email": about.email,
        "language": about.language,
        "handle": account.handle.hex(),
        "joins": account.joins,
        "inviter": account.inviter,
    }


def account_in(kept: dict[str, Any], entrance: Entrance) -> Account:
    """Return the account that was kept."""
    about = About(kept["name"], kept["email"], kept["language"])
    handle = bytes.fromhex(kept["handle"])
    return Account(kept["member"], about, handle, entrance.now(), kept["joins"], kept["inviter"])
