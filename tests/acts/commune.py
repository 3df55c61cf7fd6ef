"""A federation small enough to follow by hand: two places, two products, two regions' delegates, six members."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from newcourse.acts.federation import Federation
from newcourse.council.default_statutes import default_data
from newcourse.council.freeze import commitment_to
from newcourse.economy.economy import Economy
from newcourse.plan.changes.supply import SupplyChange
from newcourse.plan.limits import Limits
from newcourse.record.entry import Entry
from newcourse.record.store import Record
from newcourse.vote.ballot import AllocationBallot, RankedBallot
from tests.economy.small import economy

START = datetime(2030, 1, 1, 9, tzinfo=UTC)
CALL = timedelta(days=30)
VOTE = timedelta(days=14)
MEMBERS = {"ada": "N", "ben": "N", "cyd": "N", "dan": "S", "eva": "S", "fay": "F"}
DELEGATES = {"N": ["ada"], "S": ["dan"]}
SECRET = "a line that nobody can guess 4711"
FREE = Limits(activity_rate=None, import_share_rate=None, export_rate=None, route_share_rate=None, uptake=1.0)


def two_products() -> Economy:
    """Bread at N and buses at S; bread takes one hour, a bus two; emissions only from buses."""
    return economy(
        {
            "bake": {"makes": {("N", "bread"): 1.0}, "factors": {"hours": 1.0}, "place": "N", "base": 50.0},
            "build": {
                "makes": {("S", "bus"): 1.0},
                "factors": {"hours": 2.0},
                "emits": {"smoke": 1.0},
                "place": "S",
                "base": 20.0,
            },
        },
        {
            "bread-n": {"place": "N", "product": "bread", "minimum": 20.0, "target": 80.0, "group": "food"},
            "bus-s": {"place": "S", "product": "bus", "minimum": 5.0, "target": 40.0, "group": "travel"},
        },
        places={"F": "", "N": "F", "S": "F"},
        supply={("F", "hours"): 100.0},
        caps={("F", "smoke"): 30.0},
    )


def statutes_with(ballot: str, **secrecy: Any) -> dict[str, Any]:
    """The default statutes as data, with one kind of ballot in all votes of members."""
    data = default_data()
    for article in data["articles"]:
        for rules in (*article.get("decisions", ()), *article.get("elections", ())):
            if rules.get("electorate") != "delegates":
                rules["ballot"] = ballot
        if "recall" in article:
            article["recall"]["ballot"] = ballot
        if "secrecy" in article:
            article["secrecy"] |= secrecy
    return data


OPEN_STATUTES = statutes_with("open")
"""The default statutes, but everybody votes by name: short to follow by hand."""


def founded(record: Record, **changed: Any) -> Federation:
    """A federation whose delegates are seated."""
    federation, seats = Federation(record), changed.pop("seats", DELEGATES)
    what: dict[str, Any] = {
        "title": "Commune",
        "economy": two_products(),
        "members": MEMBERS,
        "statutes": OPEN_STATUTES,
        **changed,
    }
    federation.perform("found", actor="ada", at=START, **what)
    federation.perform("seat_delegates", actor="ada", at=START, council="congress", seats=seats)
    return federation


def called(record: Record) -> Federation:
    """A federation with an open cycle, a filed need and two proposals that enough members stand behind."""
    federation = founded(record)
    do = federation.perform
    do("open_cycle", actor="ada", at=START, limits=FREE)
    do("file_need", actor="eva", at=START, place="S", need="bus-s", minimum=5.0, target=45.0)
    file = {"title": "Longer days", "reasons": "There is more to do.", "changes": [SupplyChange("F", "hours", 110.0)]}
    do("file_proposal", actor="ben", at=START, **file)
    shorter = [{"kind": "supply", "place": "F", "factor": "hours", "quantity": 90.0}]
    do("file_proposal", actor="eva", at=START, title="Shorter days", reasons="We are tired.", changes=shorter)
    do("support_proposal", actor="cyd", at=START, proposal="P1")
    do("support_proposal", actor="fay", at=START, proposal="P2")
    return federation


def weighed(record: Record) -> Federation:
    """A federation whose weights are voted."""
    federation = called(record)
    at = START + CALL
    federation.perform("open_vote", actor="ada", at=at, decision="weights")
    for number, member in enumerate(MEMBERS):
        ballot = AllocationBallot({"food": 60 + number, "travel": 40 - number})
        federation.perform("cast", actor=member, at=at, vote="V1", ballot=ballot)
    decided(federation, "V1", at)
    return federation


def choose(federation: Federation, ballots: Mapping[str, tuple[int, ...]]) -> None:
    """Vote on the variants that were made; ballots rank them by their numbers, 0 the first."""
    at = START + CALL
    federation.perform("open_vote", actor="ada", at=at, decision="variant", commitment=commitment_to(SECRET))
    order = tuple(variant.variant for variant in federation.cycle().variants)
    for member in MEMBERS:
        ranks = ballots.get(member, (1, 2, 0))
        ballot = RankedBallot.of(*(order[rank] for rank in ranks))
        federation.perform("cast", actor=member, at=at, vote="V2", ballot=ballot)
    decided(federation, "V2", at, secret=SECRET)


def decided(federation: Federation, vote: str, at: datetime, secret: str = "") -> Entry:
    """Close a vote and count it; the entry with its result. Without the line for the lot its opener closes it."""
    actor = "dan" if secret else federation.vote(vote).frozen.opener
    federation.perform("close_vote", actor=actor, at=at, vote=vote, secret=secret)
    return federation.perform("count_vote", actor="dan", at=at, vote=vote)


def whole_turn(record: Record) -> tuple[Federation, Entry]:
    """A federation that has gone round the cycle once, and the entry with its orders."""
    federation, at = weighed(record), START + CALL
    federation.perform("make_variants", actor="ada", at=at)
    choose(federation, {})
    federation.perform("adopt", actor="ada", at=at, variant=federation.cycle().winner)
    return federation, federation.perform("hand_down_orders", actor="dan", at=at)


def copied(federation: Federation, record: Record, act: str = "", nth: int = 1) -> Federation:
    """Copy the entries before the nth entry of an act, with all artefacts, to an empty record."""
    with record.transaction() as draft:
        for address in federation.record.addresses():
            artefact = federation.record.fetch(address)
            draft.keep(artefact.kind, artefact.media_type, artefact.content)
        for entry in federation.entries():
            nth -= entry.act == act
            if nth == 0:
                break
            draft.add(entry)
    return Federation(record)
