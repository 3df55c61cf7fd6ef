"""A federation that elects its congress: North and South with enough members for contested seats, votes by name."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest

from newcourse.acts.artefacts import json_artefact
from newcourse.acts.federation import Federation
from newcourse.council.freeze import commitment_to
from newcourse.council.statutes import Statutes
from newcourse.errors import Fault, NewCourseError
from newcourse.record.artefact import Artefact
from newcourse.record.entry import Entry
from newcourse.record.store import Record, open_record
from newcourse.vote.ballot import ChoiceBallot, RankedBallot
from tests.acts.commune import OPEN_STATUTES, START, two_products

NORTH = tuple(f"n{number}" for number in range(1, 10))
SOUTH = tuple(f"s{number}" for number in range(1, 6))
PEOPLE = {"fay": "F", **dict.fromkeys(NORTH, "N"), **dict.fromkeys(SOUTH, "S")}
LINE = "a line for the lot of an election"
NOMINATE = timedelta(days=14)
VOTE = timedelta(days=14)
YEAR = timedelta(days=365)

Ballots = Mapping[str, Sequence[str]]

THREE_SEATS: Ballots = {
    "n1": ("n1", "n2", "n3"),
    "n2": ("n1", "n2", "n3"),
    "n3": ("n1", "n2", "n3"),
    "n4": ("n1", "n2", "n3"),
    "n5": ("n5", "n6"),
    "n6": ("n5", "n6"),
    "n7": ("n7",),
    "n8": ("n8", "n7"),
    "n9": ("n1", "n2", "n3"),
}
"""A coalition of n1, n2 and n3 with five votes of nine, one of n5 and n6 with two: elected are n1, n2 and n5."""

CANDIDATES = ("n1", "n2", "n3", "n5", "n6", "n7", "n8")


def law(**changed: Any) -> dict[str, Any]:
    """Statutes with open votes; ``election``, ``recall``, ``vouching`` and ``council`` change these parts."""
    data = deepcopy(OPEN_STATUTES)
    for article in data["articles"]:
        for rules in article.get("elections", ()):
            rules.update(changed.get("election", {}))
        if "recall" in article:
            article["recall"] |= changed.get("recall", {})
        if "vouching" in article:
            article["vouching"] |= changed.get("vouching", {})
        if article["number"] == "3":
            article["councils"] += changed.get("councils", [])
        for council in article.get("councils", ())[:1]:
            council.update(changed.get("council", {}))
        article.setdefault("grants", []).extend(g for g in changed.get("grants", ()) if article["number"] == "2")
    return data


@cache
def _founding() -> tuple[Artefact, dict[str, Any]]:
    """A founding done once: the economy that is kept, and what its entry says."""
    with open_record("sqlite://") as record:
        what: dict[str, Any] = {"title": "Assembly", "economy": two_products(), "members": dict(PEOPLE)}
        entry = Federation(record).perform("found", actor="fay", at=START, **what)
        return record.fetch(entry.body["economy"]), dict(entry.body)


def assembly(
    record: Record, members: Mapping[str, str] = PEOPLE, places: Sequence[Mapping[str, str]] = (), **changed: Any
) -> Federation:
    """A federation that has been founded and has no delegates yet; fay founded it. More places may be given."""
    kept, body = _founding()
    statutes = Statutes.from_data(law(**changed)).to_data()
    text = json_artefact("statutes", statutes)
    whole = {**body, "members": dict(members), "statutes": statutes, "places": [*body["places"], *places]}
    whole["law"] = text.address
    with record.transaction() as draft:
        for artefact in (kept, text):
            draft.keep(artefact.kind, artefact.media_type, artefact.content)
        draft.append("found", "fay", whole, START)
    return Federation(record)


def nominated(
    federation: Federation,
    place: str,
    candidates: Mapping[str, Sequence[str]] | Sequence[str],
    at: datetime = START,
    body: str = "congress",
) -> str:
    """Call an election with these candidates, by groups where a mapping is given; its code."""
    caller = next(person for person, own in federation.state.members.items() if own == place)
    entry = federation.perform("open_nominations", actor=caller, at=at, body=body, place=place)
    election = str(entry.body["election"])
    groups = candidates if isinstance(candidates, Mapping) else dict.fromkeys(candidates, ())
    for person, own in groups.items():
        federation.perform("nominate", actor=person, at=at, election=election, person=person)
        federation.perform("accept_nomination", actor=person, at=at, election=election, groups=list(own))
    return election


def opened(federation: Federation, election: str, at: datetime) -> str:
    """Close nominations and open the vote; its code."""
    actor = next(iter(federation.state.elections[election].candidates))
    federation.perform("close_nominations", actor=actor, at=at, election=election)
    commitment = commitment_to(LINE)
    entry = federation.perform("open_election", actor=actor, at=at, election=election, commitment=commitment)
    return str(entry.body["frozen"]["vote"])


def voted(federation: Federation, vote: str, ballots: Ballots, at: datetime) -> Entry:
    """Cast these ballots, close the vote when its time is over, and count it."""
    for person, order in ballots.items():
        federation.perform("cast", actor=person, at=at, vote=vote, ballot=RankedBallot.of(*order))
    return counted(federation, vote, at + VOTE, LINE)


def counted(federation: Federation, vote: str, at: datetime, secret: str = "") -> Entry:
    """Close a vote and count it."""
    actor = federation.vote(vote).frozen.opener
    federation.perform("close_vote", actor=actor, at=at, vote=vote, secret=secret)
    return federation.perform("count_vote", actor=actor, at=at, vote=vote)


def elected(
    federation: Federation,
    ballots: Ballots,
    candidates: Mapping[str, Sequence[str]] | Sequence[str],
    place: str = "N",
    at: datetime = START,
    body: str = "congress",
) -> datetime:
    """Hold a whole election and have everybody elected take their mandate up; when it is over."""
    election = nominated(federation, place, candidates, at, body)
    vote = opened(federation, election, at + NOMINATE)
    voted(federation, vote, ballots, at + NOMINATE)
    over = at + NOMINATE + VOTE
    taken(federation, over)
    return over


def taken(federation: Federation, at: datetime) -> None:
    """Have every mandate that is held taken up by who holds it."""
    for mandate in list(federation.state.mandates.values()):
        if mandate.held and mandate.taken_at is None:
            federation.perform("take_mandate", actor=mandate.person, at=at, mandate=mandate.mandate)


def recalled(federation: Federation, mandate: str, voters: Sequence[str], at: datetime) -> datetime:
    """Recall a delegate by a petition and the votes of these members; when it is over."""
    first, *others = voters
    petition = federation.perform("petition_recall", actor=first, at=at, mandate=mandate, reasons="Broken promises.")
    code = petition.body["petition"]
    for person in others:
        federation.perform("sign_petition", actor=person, at=at, petition=code)
    entry = federation.perform("open_recall_vote", actor=first, at=at, petition=code)
    vote = str(entry.body["frozen"]["vote"])
    for person in voters:
        federation.perform("cast", actor=person, at=at, vote=vote, ballot=ChoiceBallot("yes"))
    counted(federation, vote, at + VOTE)
    return at + VOTE


def sitting(federation: Federation, body: str = "congress", place: str = "N") -> set[str]:
    """Return who sits in a body for a place."""
    return {seat.person for seat in federation.state.seats.get(body, ()) if seat.place == place}


def refusal(federation: Federation, act: str, actor: str, at: datetime, **what: Any) -> Fault:
    """Return why an act is refused, the only reason; nothing is written."""
    faults = refusals(federation, act, actor, at, **what)
    assert len(faults) == 1, faults
    return faults[0]


def refusals(federation: Federation, act: str, actor: str, at: datetime, **what: Any) -> tuple[Fault, ...]:
    """Return all reasons why an act is refused; nothing is written."""
    before = federation.head
    with pytest.raises(NewCourseError) as caught:
        federation.perform(act, actor=actor, at=at, **what)
    assert federation.head == before
    return caught.value.faults
