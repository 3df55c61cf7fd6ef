"""A federation whose members vote secretly, and what a member's device does: random bytes come from a seed."""

import hashlib
from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from newcourse.acts.federation import Federation
from newcourse.council.secrecy import TOKEN_HOLDER
from newcourse.record.entry import Entry
from newcourse.record.store import Record
from newcourse.tokens.holder import Blinded, blind, finalize, prepare, randomness_size
from newcourse.vote.ballot import AllocationBallot
from tests.acts.commune import CALL, FREE, START, founded, statutes_with

END = START + CALL
BALLOTS = {
    member: AllocationBallot({"food": 61 + number, "travel": 39 - number}).to_data()
    for number, member in enumerate(("ada", "ben", "cyd", "dan", "eva", "fay"))
}
SIX = {"ada": "N", "ben": "N", "cyd": "N", "dan": "S", "eva": "S", "fay": "F"}


def random_bytes(seed: str, size: int) -> bytes:
    """Bytes that are the same in every run; devices draw theirs."""
    return hashlib.shake_256(seed.encode()).digest(size)


@dataclass
class Device:
    """A member's device: makes a token, has it signed blind, casts with it."""

    federation: Federation
    vote: str
    member: str
    seed: str = ""

    def __post_init__(self) -> None:
        self.public = b64decode(self.federation.vote(self.vote).frozen.token_key)
        seed = f"{self.member} {self.vote} {self.seed}"
        self.prepared = prepare(random_bytes(f"message {seed}", 32), random_bytes(f"prefix {seed}", 32))
        drawn = random_bytes(f"blinding {seed}", randomness_size(self.public))
        self.blinded: Blinded = blind(self.public, self.prepared, drawn)
        self.salt = random_bytes(f"salt {seed}", 16).hex()
        self.signature = b""

    def draw(self, at: Any = END, **more: Any) -> Entry:
        entry = self.federation.perform(
            "draw_token", actor=self.member, at=at, vote=self.vote, blinded=self.blinded.message.hex(), **more
        )
        answer = bytes.fromhex(entry.body["blind_signature"])
        self.signature = finalize(self.public, self.prepared, answer, self.blinded)
        return entry

    def cast_data(self, ballot: Any) -> dict[str, Any]:
        return {
            "vote": self.vote,
            "token": self.prepared.hex(),
            "signature": self.signature.hex(),
            "ballot": ballot,
            "salt": self.salt,
        }

    def cast(self, ballot: Any, at: Any = END) -> Entry:
        return self.federation.perform("cast_secret", actor=TOKEN_HOLDER, at=at, **self.cast_data(ballot))


def secret_federation(record: Record, members: dict[str, str] | None = None) -> Federation:
    """A federation with an open cycle whose call is over, and secret votes of its members."""
    federation = founded(record, members=members or SIX, statutes=statutes_with("secret"))
    federation.perform("open_cycle", actor="ada", at=START, limits=FREE)
    return federation


def secret_weights(record: Record, members: dict[str, str] | None = None) -> Federation:
    """The same with an open secret vote on the weights, ``V1``."""
    federation = secret_federation(record, members)
    federation.perform("open_vote", actor="ada", at=END, decision="weights")
    return federation
