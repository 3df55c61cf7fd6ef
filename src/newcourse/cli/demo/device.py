"""What a synthetic member's device does in a secret vote: draw a token blindly, send the ballot without a name."""

from base64 import b64decode
from datetime import datetime
from typing import Any, Final

import numpy as np

from newcourse.acts.federation import Federation
from newcourse.council.secrecy import TOKEN_HOLDER
from newcourse.tokens.holder import blind, finalize, prepare, randomness_size

_RANDOM: Final = 32


def draw(federation: Federation, at: datetime, person: str, vote: str, chance: np.random.Generator) -> dict[str, str]:
    """Let a member draw a token; return it with its signature, as hexadecimal digits."""
    public = b64decode(federation.vote(vote).frozen.token_key)
    prepared = prepare(chance.bytes(_RANDOM), chance.bytes(_RANDOM))
    blinded = blind(public, prepared, chance.bytes(randomness_size(public)))
    drawn = federation.perform("draw_token", actor=person, at=at, vote=vote, blinded=blinded.message.hex())
    signature = finalize(public, prepared, bytes.fromhex(drawn.body["blind_signature"]), blinded)
    return {"token": prepared.hex(), "signature": signature.hex()}


def send(
    federation: Federation,
    at: datetime,
    vote: str,
    token: dict[str, str],
    ballot: Any,
    chance: np.random.Generator,
) -> None:
    """Cast a ballot with a token, without a name."""
    what = {**token, "vote": vote, "ballot": ballot.to_data(), "salt": chance.bytes(_RANDOM).hex()}
    federation.perform("cast_secret", actor=TOKEN_HOLDER, at=at, **what)
