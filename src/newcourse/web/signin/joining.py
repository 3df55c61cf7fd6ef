"""How a newcomer becomes a member: the act ``join``, done by who invited them, under the authority they have now."""

import logging
from datetime import datetime
from typing import Final

from newcourse.acts.federation import Federation
from newcourse.council.authority import Refusal
from newcourse.council.vouched import too_many
from newcourse.errors import BadInput, Fault, NewCourseError, NotAllowed
from newcourse.people.accounts import About, Account
from newcourse.people.codes import Code
from newcourse.web.signin.entrance import Entrance

LOG: Final = logging.getLogger("newcourse.people")


def require_good(federation: Federation, code: Code, at: datetime) -> None:
    """Refuse an invitation by somebody who may not vouch for anybody there any more, or for nobody else now.

    Raises
    ------
    NotAllowed
        With the article that decides.
    """
    if code.kind != "invitation":
        return
    answer = federation.may(code.by, "join", code.place)
    if isinstance(answer, Refusal):
        raise answer.error()
    if many := too_many(federation.state, code.by, "", at):
        article = federation.state.law.article_on_vouching()
        expected = f"{article}: {many.expected}"
        raise NotAllowed(Fault("vouched-many", "invitation", many.found, expected, many.remedy))


def newcomer(entrance: Entrance, federation: Federation, code: Code, about: About) -> Account:
    """Return the account of somebody who signs up by a code; nothing is stored yet.

    Raises
    ------
    BadInput
        If the name is a member's code.
    """
    require_own_name(federation, about.name)
    people = entrance.people
    member = people.accounts.new_code()
    while member in federation.state.members:  # somebody who erased their account had it
        member = people.accounts.new_code()
    joins, inviter = (code.place, code.by) if code.kind == "invitation" else ("", "")
    return Account(member, about, people.accounts.handle(), entrance.now(), joins, inviter)


def require_own_name(federation: Federation, name: str, member: str = "") -> None:
    """Refuse a name that is the code of another member.

    Raises
    ------
    BadInput
        If it is.
    """
    if name and name != member and name in federation.state.members:
        found, expected = "the code of another member", "a name of one's own"
        raise BadInput(Fault("name-taken", "name", found, expected, "add a word that tells you apart"))


def finish_joining(entrance: Entrance, federation: Federation, member: str) -> None:
    """Let somebody join the place they were invited to, if that is still to be done. Done twice, it happens once.

    Raises
    ------
    NewCourseError
        If the place cannot be joined now; the account remains, and signing in tries again.
    """
    people = entrance.people
    account = people.accounts.find(member)
    if account is None or not account.joins:
        return
    if member not in federation.state.members:
        federation.perform(
            "join",
            actor=account.inviter,
            at=entrance.now(),
            key=f"invitation of {member}",
            place=account.joins,
            person=member,
        )
    people.accounts.joined(member)
    LOG.info("%s has joined %s, invited by %s", member, account.joins, account.inviter)


def join_or_undo(entrance: Entrance, federation: Federation, member: str) -> None:
    """Let a newcomer join; where the statutes do not admit it, there is no account either.

    Raises
    ------
    NewCourseError
        If the place cannot be joined.
    """
    try:
        finish_joining(entrance, federation, member)
    except (NotAllowed, BadInput):
        entrance.people.erase(member)
        raise


def try_joining(entrance: Entrance, federation: Federation, member: str) -> None:
    """Try once more at sign-in to finish what was interrupted; the pages say what somebody may not do."""
    try:
        finish_joining(entrance, federation, member)
    except NewCourseError as error:
        LOG.warning("%s could not join: %s", member, error.faults[0].code)
