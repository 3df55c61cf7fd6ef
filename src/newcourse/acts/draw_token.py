"""Draw a voting token: signed in, once a vote; what is signed is blinded, so that nobody learns which token it is."""

from typing import Final

from newcourse.acts.act import Act, Deed, Tools, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.cast import require_ballot_kind, require_entitled, require_in_time, require_once, vote_asked
from newcourse.acts.hexadecimal import bytes_from_hex
from newcourse.council.state import State
from newcourse.record.entry import Entry
from newcourse.tokens.signer import blind_sign

BLINDED_BYTES: Final = 256
"""Length of a blinded message: that of the modulus of an RSA-2048 key."""


def check(state: State, ask: Ask) -> None:
    """Refuse strangers, second tokens, tokens drawn too late and what cannot be a blinded message."""
    vote = vote_asked(state, ask)
    require_ballot_kind(state, ask, vote, "secret")
    require_entitled(state, ask, vote)
    if ask.actor in vote.drawn:
        found = f"{ask.actor} has drawn a token for another blinded message (entry {vote.drawn[ask.actor]})"
        remedy = "send the blinded message of then again to get the same answer"
        raise refused(ask, state.law.article_on_act("draw_token"), "token-drawn", found, "one token each", remedy)
    require_in_time(state, ask, vote, "a token drawn")
    require_once(state, ask, vote)
    blinded_asked(ask)


def blinded_asked(ask: Ask) -> bytes:
    """Return the blinded message."""
    blinded = bytes_from_hex(ask.get("blinded"))
    if blinded is None or len(blinded) != BLINDED_BYTES:
        expected = f"{2 * BLINDED_BYTES} hexadecimal digits in lower case, made on your own device"
        raise wrong(ask, "blinded-wrong", repr(ask.get("blinded"))[:60], expected, "blind with the key of this vote")
    return blinded


def prepare(state: State, ask: Ask, tools: Tools) -> bytes:
    """Return the blind signature."""
    vote = vote_asked(state, ask)
    return blind_sign(tools.secret(f"vote:{vote.vote}"), blinded_asked(ask))


def do(_state: State, ask: Ask, signature: bytes) -> Deed:
    """Write who drew a token, what was signed unseen and the signature; the token itself nobody knows yet."""
    body = {"vote": str(ask.get("vote")), "blinded": blinded_asked(ask).hex(), "blind_signature": signature.hex()}
    return Deed(body)


def done(state: State, ask: Ask) -> int:
    """Return the entry by which this member drew their token in this vote."""
    vote = state.votes.get(str(ask.get("vote")))
    return vote.drawn.get(ask.actor, 0) if vote else 0


def same(entry: Entry, ask: Ask) -> bool:
    """Return whether it was for the same blinded message."""
    return bool(entry.body["blinded"] == ask.get("blinded"))


ACT: Final = Act("draw_token", check, do, needs=("vote", "blinded"), prepare=prepare, done=done, same=same)
