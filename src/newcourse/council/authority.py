"""Whether somebody may do an act: always with the article and the reason (design §3).

Nothing is allowed by default, and a prohibition goes before every permission. Roles follow from the record alone.
"""

from dataclasses import dataclass

from newcourse.council.articles import Article, Permission
from newcourse.council.judging import JUROR, jury_of
from newcourse.council.roles import delegacies, fits
from newcourse.council.state import State
from newcourse.council.words import ACTS, ROLES, SCOPES, TIMES
from newcourse.errors import Fault, NotAllowed

FOUNDING = "the founding"
"""What stands for the article where there are no statutes yet."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Yes, and why.

    Parameters
    ----------
    act, actor
        Who may do what.
    article
        Number and title of the article.
    reason
        The reason in words.
    """

    act: str
    actor: str
    article: str
    reason: str

    @property
    def allowed(self) -> bool:
        """True."""
        return True


@dataclass(frozen=True, slots=True)
class Refusal:
    """No, and why.

    Parameters
    ----------
    act, actor
        Who may not do what.
    article
        Number and title of the article.
    reason
        The reason in words.
    expected
        What the article says instead.
    remedy
        What to do now.
    """

    act: str
    actor: str
    article: str
    reason: str
    expected: str
    remedy: str

    @property
    def allowed(self) -> bool:
        """False."""
        return False

    def error(self) -> NotAllowed:
        """Return the refusal as an error to raise."""
        where = f"act {self.act} by {self.actor}"
        expected = f"{self.article}: {self.expected}"
        return NotAllowed(Fault("no-authority", where, self.reason, expected, self.remedy))


def authority(state: State, actor: str, act: str, place: str = "") -> Grant | Refusal:
    """Return whether somebody may do an act now.

    Parameters
    ----------
    state
        The federation.
    actor
        Who wants to act.
    act
        One of :data:`newcourse.council.words.ACTS`.
    place
        Place the act concerns; empty means the federation as a whole.
    """
    if state.statutes is None:
        return _before_founding(actor, act)
    concerned = place or state.tree.root
    for article, deny in state.statutes.denies(act):
        if fits(state, actor, deny, concerned) or _as_juror(state, actor, deny, concerned):
            reason = f"{described(state, actor)} may not {_does(act)} {TIMES[deny.when]}"
            return Refusal(
                act, actor, str(article), reason, article.words, "wait until the article no longer forbids it"
            )
    for article, grant in state.statutes.grants(act):
        if fits(state, actor, grant, concerned):
            return Grant(act, actor, str(article), f"{described(state, actor)}; {_in_words(article, grant)}")
        if drawn := _as_juror(state, actor, grant, concerned):
            return Grant(act, actor, str(article), f"{described(state, actor)}, {drawn}; {_in_words(article, grant)}")
    return _by_default(state, actor, act, concerned)


def described(state: State, actor: str) -> str:
    """Return somebody with their roles and places in words."""
    parts = ["a founder"] if actor in state.founders and actor in state.members else []
    if actor in state.members:
        kind = "a verified member" if actor in state.verified else "a member"
        parts.append(f"{kind} at {state.tree.name(state.members[actor])}")
    for body, place in delegacies(state, actor):
        parts.append(f"a delegate from {state.tree.name(place)} in {body.name(state)}")
    return f"{actor} ({', '.join(parts) or 'not a member'})"


def _as_juror(state: State, actor: str, grant: Permission, place: str) -> str:
    """Return in words of which vote somebody is a juror to whom a permission is given; empty text where of none."""
    vote = jury_of(state, actor, grant.where, grant.when, place) if JUROR in grant.roles else ""
    why = "because everybody else who may decide is concerned, or there is nobody"
    return f"drawn by lot for the jury on the contested vote {vote} {why}" if vote else ""


def _before_founding(actor: str, act: str) -> Grant | Refusal:
    if act == "found":
        return Grant(act, actor, FOUNDING, "there is no federation yet, and anyone may found one")
    reason = f"there is no federation yet in which {actor} could {_does(act)}"
    return Refusal(act, actor, FOUNDING, reason, "a federation is founded before anything else", "found the federation")


def _by_default(state: State, actor: str, act: str, place: str) -> Refusal:
    granting = [*state.law.grants(act)]
    if not granting:  # an act that statutes cannot know: theirs are all granted to somebody
        article = str(state.law.articles[0])
        reason = f"no article knows the act {act!r}"
        return Refusal(act, actor, article, reason, "nothing is allowed that no article allows", "name a known act")
    where = "" if place == state.tree.root else f" at {state.tree.name(place)}"
    reason = f"{described(state, actor)} has no right to {_does(act)}{where} now"
    articles = ", ".join(dict.fromkeys(str(article) for article, _ in granting))
    expected = "; ".join(_permission_words(grant) for _, grant in granting)
    return Refusal(act, actor, articles, reason, f"{expected}", "ask somebody who has the right, or wait for the time")


def _does(act: str) -> str:
    return ACTS.get(act, act)


def _permission_words(permission: Permission) -> str:
    roles = " or ".join(ROLES[role] for role in permission.roles)
    return f"{roles} may {_does(permission.act)} {SCOPES[permission.where]}, {TIMES[permission.when]}"


def _in_words(article: Article, permission: Permission) -> str:
    return f"{article}: {_permission_words(permission)}"
