"""A federation with two polls of all members that are open now, one by name and one secret, and its accounts."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newcourse.acts.federation import Federation
from newcourse.council.default_statutes import default_data
from newcourse.people.database import beside
from newcourse.people.people import open_people
from newcourse.record.store import open_record
from tests.acts.commune import two_products

OPENER = "v000"
POLLS = {"V1": "open", "V2": "secret"}


def law() -> dict[str, Any]:
    """The default statutes, but the motions of the congress are secret polls of all, and those of another open ones."""
    data = default_data()
    articles = {article["number"]: article for article in data["articles"]}
    (motion,), (congress,) = articles["10"]["decisions"], articles["3"]["councils"]
    articles["3"]["councils"].append({**congress, "council": "assembly", "name": "Assembly"})
    poll = {**motion, "electorate": "members", "quorum": "0"}
    articles["10"]["decisions"] = [
        {**poll, "ballot": "secret", "decision": "secret-poll"},
        {**poll, "ballot": "open", "decision": "open-poll", "council": "assembly"},
    ]
    return data


def open_polls(where: str, voters: int) -> list[str]:
    """Found the federation in an empty database and open both polls; the codes of its members."""
    now = datetime.now(UTC)
    members = [f"v{number:03}" for number in range(voters)]
    places = {member: "NS"[number % 2] for number, member in enumerate(members)}
    with open_record(where) as record:
        do = Federation(record).perform
        do("found", actor=OPENER, at=now, title="Polls", economy=two_products(), members=places, statutes=law())
        do("seat_delegates", actor=OPENER, at=now, council="congress", seats={"N": [OPENER], "S": [members[1]]})
        for ballot in POLLS.values():
            do("open_vote", actor=OPENER, at=now, decision=f"{ballot}-poll", question=f"The bridge, {ballot}")
    return members


def write_tokens(where: str, members: list[str], folder: Path, files: int) -> list[Path]:
    """Make an account and a token for each member; write them to files, each for one process of voters."""
    now = datetime.now(UTC)
    with open_people(beside(where)) as people:
        tokens = {}
        for member in members:
            people.account(member, now)
            tokens[member] = people.tokens.make(member, "crash test", now)
    paths = [folder / f"voters-{number}.json" for number in range(files)]
    for number, path in enumerate(paths):
        path.write_text(json.dumps({member: tokens[member] for member in members[number::files]}))
    return paths
