"""A federation of two tiers: members elect the councils of two regions, and these send delegates to the congress.

North has a workplace of five and one of four, who vote secretly; South one of three, too few for that, who vote on
paper. Delegates vote by name. Half of the delegates of each place are workers.
"""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import deepcopy
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from newcourse.acts.federation import Federation
from newcourse.council.default_statutes import default_data
from newcourse.council.freeze import commitment_to
from newcourse.record.store import Record, open_record
from newcourse.vote.ballot import RankedBallot
from tests.acts.commune import START, two_products
from tests.acts.secret_votes import Device

LEVEL = "region"
WORKPLACES = {"W1": "N", "W2": "N", "W3": "S"}
PEOPLE = {
    "fay": "F",
    **{f"a{number}": "W1" for number in range(1, 6)},
    **{f"b{number}": "W2" for number in range(1, 5)},
    **{f"c{number}": "W3" for number in range(1, 4)},
}
BODIES = {"region:N": ("W1", "W2"), "region:S": ("W3",), "congress": ("N", "S")}
LEAST_SECRET = 4
LINE = "a line for the lot that nobody can guess"
NOMINATION, VOTE = timedelta(days=3), timedelta(days=5)
UPWARD = {
    "election": "upward",
    "name": "Election of delegates to the congress",
    "ballot": "open",
    "nomination_days": 3,
    "days": 5,
    "contest_days": 4,
    "ties": "candidate-order",
}
Opened = Callable[[str], AbstractContextManager[Record]]


def law() -> dict[str, Any]:
    """The default statutes with regional councils, quotas, short deadlines, and a congress elected by delegates."""
    data = default_data((LEVEL,))
    for article in data["articles"]:
        for council in article.get("councils", ()):
            council["seats"] = 2
            if council["council"] == "congress":
                council.update(elected_by="delegates", election="upward")
        if "elections" in article:
            (rules,) = article["elections"]
            rules |= {"nomination_days": 3, "days": 5, "contest_days": 4, "quotas": {"worker": {"least": "1/2"}}}
            article["elections"].append({**rules, **UPWARD})
        if "recall" in article:
            article["recall"] |= {"sign_days": 9, "days": 5}
        if "secrecy" in article:
            article["secrecy"]["least_secret"] = LEAST_SECRET
        if "amending" in article:
            article["amending"]["notice_days"] = 2
    return data


DRAFTS: tuple[tuple[str, str, str, Any], ...] = (
    ("15", "recall", "support", "1/3"),
    ("15", "recall", "spared_days", 5),
    ("16", "secrecy", "least_secret", 5),
    ("5", "cycle", "support", 3),
)
"""Changes of the statutes that a sequence may bring about: article, part, field, value; the first two entrenched."""


def change(number: int) -> dict[str, Any]:
    """One of these changes, as a draft takes it."""
    article, part, field, value = DRAFTS[number]
    changed = deepcopy(next(one for one in law()["articles"] if one["number"] == article))
    changed[part][field] = value
    return {"change": "amend", "article": changed}


def founded(record: Record) -> Federation:
    """The federation before any election."""
    federation, do = Federation(record), Federation(record).perform
    do("found", actor="fay", at=START, title="Town", economy=two_products(), members={"fay": "F"}, statutes=law())
    for place, parent in WORKPLACES.items():
        do("found_body", actor="fay", at=START, place=place, name=f"mill {place}", level="workplace", parent=parent)
    for person, place in PEOPLE.items():
        if person != "fay":
            do("join", actor="fay", at=START, person=person, place=place)
    return federation


def elected(federation: Federation, body: str, place: str, at: datetime) -> datetime:
    """Hold one election in whatever way the statutes say; everybody stands, and all take their mandates up."""
    do, state = federation.perform, federation.state
    people = [person for person in state.members if state.tree.contains(place, state.members[person])][:4]
    call = do("open_nominations", actor=people[0], at=at, body=body, place=place)
    election = str(call.body["election"])
    for number, person in enumerate(people):
        groups = ["worker"] if number % 2 == 0 else []
        do("nominate", actor=person, at=at, election=election, person=person)
        do("accept_nomination", actor=person, at=at, election=election, groups=groups)
    at += NOMINATION
    do("close_nominations", actor=people[0], at=at, election=election)
    opening = {"election": election, "commitment": commitment_to(LINE)}
    vote = str(do("open_election", actor=people[0], at=at, **opening).body["frozen"]["vote"])
    at = _voted(federation, vote, people, at)
    do("close_vote", actor=people[0], at=at, vote=vote, secret=LINE)
    do("count_vote", actor=people[0], at=at, vote=vote)
    for mandate in federation.state.mandates.values():
        if mandate.vote == vote:
            do("take_mandate", actor=mandate.person, at=at, mandate=mandate.mandate)
    return at


def _voted(federation: Federation, vote: str, people: list[str], at: datetime) -> datetime:
    frozen = federation.vote(vote).frozen
    ballots = {
        voter: RankedBallot.of(*(people[number % len(people) :] + people[: number % len(people)])).to_data()
        for number, voter in enumerate(frozen.electorate)
    }
    for voter, ballot in ballots.items():
        if frozen.ballot == "open":
            federation.perform("cast", actor=voter, at=at, vote=vote, ballot=ballot)
        elif frozen.ballot == "secret":
            device = Device(federation, vote, voter)
            device.draw(at)
            device.cast(ballot, at)
    if frozen.ballot == "paper":
        at += VOTE
        first, second = frozen.electorate[:2]
        federation.perform("enter_paper_ballots", actor=first, at=at, vote=vote, ballots=list(ballots.values()))
        federation.perform("confirm_paper_ballots", actor=second, at=at, vote=vote)
    return at


STAGES = ("founded", "regions", "congress")
"""Nothing elected yet; the regional councils; these and the congress."""


def reach(record: Record, stage: str) -> Federation:
    """Bring the federation of a record from the stage before to a stage."""
    if stage == "founded":
        return founded(record)
    federation = Federation(record)
    at = federation.state.latest
    seats = WORKPLACES.items() if stage == "regions" else (("N", ""), ("S", ""))
    for place, region in seats:
        at = elected(federation, f"{LEVEL}:{region}" if region else "congress", place, at)
    return federation


def write_stages(folder: Path) -> dict[str, Path]:
    """Files of the federation at each stage."""
    stages = {name: folder / f"{name}.sqlite" for name in STAGES}
    before: Path | None = None
    for stage, path in stages.items():
        if before is not None:
            shutil.copy(before, path)
        with open_record(path) as record:
            reach(record, stage)
        before = path
    return stages
