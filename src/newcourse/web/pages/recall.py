"""Recall: petitions, their votes, and seats that wait to be refilled."""

from dataclasses import dataclass

from newcourse.council.recall import Petition
from newcourse.web.body_names import body_name
from newcourse.web.comments import CommentFacts, comments_about
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.text import moment


@dataclass(frozen=True, slots=True)
class PetitionFacts:
    """A petition: against whose mandate, why, how many stand behind it, its vote, its outcome."""

    code: str
    mandate: str
    person: str
    body: str
    body_name: str
    constituency: str
    reasons: str
    by: str
    opened: str
    ends: str
    signers: tuple[str, ...]
    needed: int
    supported: bool
    vote: str
    outcome: str
    comments: tuple[CommentFacts, ...]


@dataclass(frozen=True, slots=True)
class EndedFacts:
    """A mandate that ended before its term: whose, where, how, and who followed (empty while nobody did)."""

    mandate: str
    person: str
    body: str
    body_name: str
    constituency: str
    ended: str
    by: str
    successor: str


@dataclass(frozen=True, slots=True)
class RecallFacts:
    """Facts of the page of recalls."""

    rules: str
    petitions: tuple[PetitionFacts, ...]
    ended: tuple[EndedFacts, ...]


def recalls(site: Site) -> RecallFacts:
    """Return every petition, the latest first, and every mandate that ended before its term."""
    state = site.founded
    rules = next((article.words for article in state.law.articles if article.recall), "")
    petitions = tuple(_facts(site, found) for found in reversed(tuple(state.petitions.values())))
    followed = {mandate.succeeds: mandate.person for mandate in state.mandates.values() if mandate.succeeds}
    ended = [
        EndedFacts(
            one.mandate, one.person, one.body, body_name(state, one.body), state.tree.name(one.constituency),
            moment(one.ended_at), one.ended_by, followed.get(one.mandate, ""),
        )
        for one in state.mandates.values()
        if one.ended_at is not None and one.ended_by != "succeeded"
    ]  # fmt: skip
    return RecallFacts(rules, petitions, tuple(reversed(ended)))


def petition(site: Site, code: str) -> PetitionFacts:
    """Return one petition."""
    return _facts(site, site.federation.petition(code))


def _facts(site: Site, found: Petition) -> PetitionFacts:
    state = site.founded
    mandate = state.mandates[found.mandate]
    return PetitionFacts(
        code=found.petition,
        mandate=found.mandate,
        person=mandate.person,
        body=mandate.body,
        body_name=body_name(state, mandate.body),
        constituency=state.tree.name(mandate.constituency),
        reasons=found.reasons,
        by=found.by,
        opened=moment(found.opened_at),
        ends=moment(found.ends),
        signers=found.signers,
        needed=found.needed,
        supported=found.supported,
        vote=found.vote,
        outcome=found.outcome,
        comments=comments_about(state, found.petition),
    )


LIST = Page("recalls", "/recall", "Petitions for recall, and seats that fell free", recalls, "Recall")
PAGE = Page("petition", "/recall/{code}", "One petition", petition, "Recall")
