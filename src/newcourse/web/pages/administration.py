"""Administration: what those who run the server can do, what they cannot, and what they did; nothing here is secret."""

from dataclasses import dataclass
from typing import Final

from newcourse.council.words import ACTS
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.table import Table, table
from newcourse.web.text import moment

CAN: Final = (
    "start and stop the server, and keep copies of the record",
    "let people in to the sign-in pages, and erase what is personal when somebody asks",
    "keep the key that signs checkpoints of the record",
    "see when a request comes and from which address",
)
CANNOT: Final = (
    "hold any right in the federation: roles follow from the record alone",
    "change, remove or reorder an entry without the next check naming it",
    "change the rule, the roll or the candidates of a vote that is open",
    "tell from the record who cast which secret ballot",
    "act without an entry that names who acted",
)


@dataclass(frozen=True, slots=True)
class AdministrationFacts:
    """Facts of the page of the administration."""

    can: tuple[str, ...]
    cannot: tuple[str, ...]
    permissions: Table
    incidents: Table
    entries: int
    members: int
    bodies: int


def administration(site: Site) -> AdministrationFacts:
    """Return who may do what by which article, and every incident."""
    state = site.founded
    permissions = [
        (ACTS[grant.act], ", ".join(grant.roles), grant.where, grant.when, str(article))
        for article in state.law.articles
        for grant in article.grants
    ]
    incidents = [
        (vote.vote, vote.frozen.question, reason, moment(vote.closes_at))
        for vote in state.votes.values()
        for reason in vote.incidents
    ]
    return AdministrationFacts(
        can=CAN,
        cannot=CANNOT,
        permissions=table(
            "Who may do what",
            [("may", "words"), ("roles", "words"), ("where", "words"), ("when", "words"), ("article", "text")],
            permissions,
        ),
        incidents=table(
            "Incidents",
            [("vote", "text"), ("question", "text"), ("reason", "text"), ("open until", "text")],
            incidents,
        ),
        entries=site.federation.head.count,
        members=len(state.members),
        bodies=len(state.seats),
    )


PAGE = Page(
    "administration", "/administration", "What administrators can and cannot do", administration, "Administration"
)
