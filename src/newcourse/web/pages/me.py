"""My councils: where I belong, whom I sent, the mandates I hold, and what waits for me."""

from dataclasses import dataclass
from typing import Final

from newcourse.council.mandates import Mandate
from newcourse.council.state import State
from newcourse.council.waiting import Waiting, waiting_for
from newcourse.web import clock
from newcourse.web.body_names import body_name
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.text import day, moment

PLACES: Final = {
    "vote": "/votes/{}",
    "token": "/votes/{}",
    "count": "/votes/{}",
    "nomination": "/elections/{}",
    "nominate": "/elections/{}",
    "mandate": "/me#{}",
    "petition": "/recall/{}",
    "vacancy": "/recall#{}",
    "contest": "/votes/{}#contest-head",
    "answer": "/proposals/{}",
    "appeal": "/acts/decide_appeal?comment={}",
}
"""Where each kind of what waits is done."""


@dataclass(frozen=True, slots=True)
class WaitingFacts:
    """One thing that waits: its kind, what it is, where it is done, until when (empty where there is no end)."""

    kind: str
    about: str
    words: str
    href: str
    until: str


@dataclass(frozen=True, slots=True)
class MandateFacts:
    """A mandate: whose, from whom, to which body, its term, whether it is taken up, what it was told."""

    code: str
    person: str
    body: str
    body_name: str
    constituency: str
    begins: str
    ends: str
    taken: bool
    instructions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeFacts:
    """Facts of the page of a member; everything is empty where nobody is signed in or they are no member."""

    member: str
    place: str
    place_name: str
    upward: tuple[tuple[str, str], ...]
    waiting: tuple[WaitingFacts, ...]
    own: tuple[MandateFacts, ...]
    sent: tuple[MandateFacts, ...]
    tendencies: tuple[tuple[str, str], ...]


def me(site: Site, member: str = "") -> MeFacts:
    """Return what concerns the member who is signed in.

    Parameters
    ----------
    site
        The federation.
    member
        Code of who is signed in; empty for nobody.
    """
    state = site.federation.state
    place = state.members.get(member, "")
    above = tuple(state.tree.upward(place))
    held = [mandate for mandate in state.mandates.values() if mandate.held]
    return MeFacts(
        member=member,
        place=place,
        place_name=state.tree.name(place),
        upward=tuple((code, state.tree.name(code)) for code in above),
        waiting=tuple(map(_waiting, waiting_for(state, member, clock.now()))),
        own=tuple(_mandate(state, one) for one in held if one.person == member),
        sent=tuple(_mandate(state, one) for one in held if one.constituency in above and one.person != member),
        tendencies=tuple((one.tendency, one.name) for one in state.tendencies.values() if member in one.people),
    )


def _waiting(one: Waiting) -> WaitingFacts:
    until = moment(one.until) if one.until else ""
    return WaitingFacts(one.kind, one.about, one.words, PLACES[one.kind].format(one.about), until)


def _mandate(state: State, one: Mandate) -> MandateFacts:
    return MandateFacts(
        one.mandate,
        one.person,
        one.body,
        body_name(state, one.body),
        state.tree.name(one.constituency),
        day(one.begins),
        day(one.ends),
        one.taken_at is not None,
        tuple(f"{told.about}: {told.choice}" for told in one.instructions),
    )


PAGE = Page("me", "/me", "What concerns who is signed in", me, "My councils", kept=False, personal=True)
