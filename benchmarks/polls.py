"""Federations for the benchmarks of voting: made by acts alone, many acts in one transaction."""

import os
import time
from base64 import b64decode
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from newcourse.acts.ask import Ask
from newcourse.acts.batch import perform_many
from newcourse.acts.federation import Federation
from newcourse.council.default_statutes import default_data
from newcourse.errors import NewCourseError
from newcourse.record.entry import Entry
from newcourse.record.store import Record
from newcourse.sources.examples import read_example
from newcourse.tokens.holder import Blinded, blind, finalize, prepare, randomness_size

OPENER = "chair"
ROOT, REGIONS = "WORLD", ("NAM", "LAM", "EUW", "EUE", "RUS", "CHN", "IND", "JKT", "ROW")


def now() -> datetime:
    return datetime.now(UTC)


def done(record: Record, asks: Sequence[Ask]) -> list[Entry]:
    """Do acts that must all be lawful."""
    answers = perform_many(record, asks)
    for answer in answers:
        if isinstance(answer, NewCourseError):
            raise answer
    return [answer for answer in answers if isinstance(answer, Entry)]


def law(levels: Sequence[str] = ()) -> dict[str, Any]:
    """Return the default statutes; motions of the congress are secret polls of all, those of an assembly open ones."""
    data = default_data(levels)
    articles = {article["number"]: article for article in data["articles"]}
    motion, congress = articles["10"]["decisions"][0], articles["3"]["councils"][0]
    articles["3"]["councils"].append({**congress, "council": "assembly", "name": "Assembly"})
    poll = {**motion, "electorate": "members", "quorum": "0"}
    articles["10"]["decisions"][0] = {**poll, "ballot": "secret", "decision": "secret-poll"}
    articles["10"]["decisions"].append({**poll, "decision": "open-poll", "council": "assembly"})
    return data


def found(record: Record, voters: int, districts: int = 0) -> list[str]:
    """Found a federation of so many members, with a provisional congress; the codes of its members.

    With districts there are such beneath the regions, each region and each district with a council of its own.
    """
    members = [f"m{number:06}" for number in range(voters)]
    places = {OPENER: ROOT, **{m: REGIONS[number % len(REGIONS)] for number, m in enumerate(members)}}
    do, at = Federation(record).perform, now()
    economy = read_example("world")
    rows = [{"place": f"D{n}", "name": f"District {n}", "level": "district", "parent": REGIONS[n % len(REGIONS)]}
            for n in range(districts)]  # fmt: skip
    if districts:
        economy = economy.replace(places=pd.concat([economy["places"], pd.DataFrame(rows)], ignore_index=True))
    levels = ("region", "district") if districts else ()
    do("found", actor=OPENER, at=at, title="Polls", economy=economy, members=places, statutes=law(levels))
    seats = {region: [members[number]] for number, region in enumerate(REGIONS)}
    do("seat_delegates", actor=OPENER, at=at, council="congress", seats=seats)
    return [OPENER, *members]


def opened(record: Record, ballot: str) -> str:
    """Open a poll of all members; its code."""
    asked = {"decision": f"{ballot}-poll", "question": "Build the bridge"}
    entry = Federation(record).perform("open_vote", actor="m000000", at=now(), **asked)
    return str(entry.body["frozen"]["vote"])


def choice(number: int) -> dict[str, str]:
    return {"form": "choice", "choice": ("yes", "no", "yes", "abstain")[number % 4]}


def portions(things: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """Yield things so many at a time."""
    for begin in range(0, len(things), size):
        yield things[begin : begin + size]


class Devices:
    """What the devices of members do, not measured: blind, and take the blinding off."""

    def __init__(self, key: str, members: list[str]) -> None:
        self.public = b64decode(key)
        self.made: list[tuple[str, bytes, Blinded]] = []
        for member in members:
            prepared = prepare(os.urandom(32), os.urandom(32))
            blinded = blind(self.public, prepared, os.urandom(randomness_size(self.public)))
            self.made.append((member, prepared, blinded))

    def draws(self, vote: str) -> list[Ask]:
        """Return the requests for tokens."""
        return [
            Ask("draw_token", member, now(), {"vote": vote, "blinded": blinded.message.hex()})
            for member, _, blinded in self.made
        ]

    def casts(self, vote: str, signed: list[str]) -> list[dict[str, Any]]:
        """Return the secret casts that follow from the answers."""
        return [
            {
                "vote": vote,
                "token": prepared.hex(),
                "signature": finalize(self.public, prepared, bytes.fromhex(answer), blinded).hex(),
                "ballot": choice(number),
                "salt": os.urandom(16).hex(),
            }
            for number, ((_, prepared, blinded), answer) in enumerate(zip(self.made, signed, strict=True))
        ]


def tokens_drawn(record: Record, members: list[str]) -> tuple[float, list[dict[str, Any]]]:
    """Open a secret poll and have tokens drawn; seconds, and the casts that follow."""
    vote = opened(record, "secret")
    devices = Devices(Federation(record).vote(vote).frozen.token_key, members)
    asks, signed = devices.draws(vote), []
    began = time.perf_counter()
    for portion in portions(asks, 256):
        signed += [entry.body["blind_signature"] for entry in done(record, portion)]
    return time.perf_counter() - began, devices.casts(vote, signed)
