"""Cast a secret ballot with a token, without signing in: the record sees a commitment, the box keeps the ballot."""

from base64 import b64decode
from typing import Any, Final, NamedTuple

from newcourse.acts.act import Act, Deed, Deposit, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.cast import ballot_data, require_ballot_kind, require_in_time, vote_asked
from newcourse.acts.hexadecimal import bytes_from_hex
from newcourse.council.counting import require_fitting
from newcourse.council.secrecy import TOKEN_HOLDER, commitment_of, token_hash
from newcourse.council.state import State
from newcourse.errors import BadInput
from newcourse.record.canonical import canonical_json
from newcourse.tokens.verifying import verify
from newcourse.vote.forms import ballot_from_data

PREPARED_BYTES: Final = 64
SALT_BYTES: Final = range(16, 33)


class Cast(NamedTuple):
    """A secret cast: the prepared message and its signature, the ballot as plain data, the salt as text."""

    prepared: bytes
    signature: bytes
    ballot: Any
    salt: str


def check(state: State, ask: Ask) -> None:
    """Refuse whoever gives a name, ballots that come too late, tokens that are spent or false, unfit ballots."""
    vote = vote_asked(state, ask)
    article = state.law.article_on_act("cast_secret")
    if ask.actor != TOKEN_HOLDER:
        found, remedy = "somebody who is signed in", "cast it without signing in"
        raise refused(
            ask, article, "actor-named", found, f"a cast by the {TOKEN_HOLDER}, of whom no name is known", remedy
        )
    require_ballot_kind(state, ask, vote, "secret")
    require_in_time(state, ask, vote, "a ballot")
    cast = cast_asked(ask)
    if token_hash(cast.prepared) in vote.spent:
        found = "a token that was spent on another ballot, or with another salt"
        raise refused(ask, article, "token-spent", found, "one ballot for a token", "leave it as it is")
    if not verify(b64decode(vote.frozen.token_key), cast.prepared, cast.signature):
        found, expected = "a token that was not signed for this vote", f"one drawn in vote {vote.vote}"
        raise refused(ask, article, "token-false", found, expected, "draw a token, and cast with that")
    require_fitting(vote, cast.ballot)


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write which token is spent and what its holder is committed to; put the cast into the box."""
    vote, cast = vote_asked(state, ask), cast_asked(ask)
    token, ballot = token_hash(cast.prepared), ballot_from_data(cast.ballot).to_data()
    kept = {"token": cast.prepared.hex(), "signature": cast.signature.hex(), "ballot": ballot, "salt": cast.salt}
    body = {"vote": vote.vote, "token": token, "commitment": commitment_of(ballot, cast.salt)}
    return Deed(body, deposits=(Deposit(vote.vote, token, canonical_json(kept)),))


def done(state: State, ask: Ask) -> int:
    """Return the entry of this very cast, if it was cast before: same token, same ballot, same salt."""
    vote, prepared = state.votes.get(str(ask.get("vote"))), bytes_from_hex(ask.get("token"))
    spent = vote.spent.get(token_hash(prepared)) if vote and prepared else None
    if vote is None or spent is None:
        return 0
    try:
        ballot = require_fitting(vote, ballot_data(ask.get("ballot")))
        return spent.entry if commitment_of(ballot, str(ask.get("salt"))) == spent.commitment else 0
    except BadInput:
        return 0


def cast_asked(ask: Ask) -> Cast:
    """Return the cast that a request holds."""
    prepared, signature, salt = (bytes_from_hex(ask.get(name)) for name in ("token", "signature", "salt"))
    if prepared is None or len(prepared) != PREPARED_BYTES:
        expected = f"{2 * PREPARED_BYTES} hexadecimal digits in lower case"
        raise wrong(ask, "token-wrong", "other text", expected, "give the token as your device made it")
    if signature is None:
        expected = "hexadecimal digits in lower case"
        raise wrong(ask, "signature-wrong", "other text", expected, "give the signature as your device made it")
    if salt is None or len(salt) not in SALT_BYTES:
        expected = f"{2 * SALT_BYTES.start} to {2 * SALT_BYTES.stop - 2} random hexadecimal digits in lower case"
        raise wrong(ask, "salt-wrong", "other text", expected, "have your device draw it")
    return Cast(prepared, signature, ballot_data(ask.get("ballot")), salt.hex())


ACT: Final = Act("cast_secret", check, do, needs=("vote", "token", "signature", "ballot", "salt"), done=done)
