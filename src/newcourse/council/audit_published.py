"""Whether the ballots published at the close of a vote are those that were cast (design §8.3)."""

from base64 import b64decode
from collections.abc import Iterator, Sequence
from typing import Any

from newcourse.council.counting import open_rows, require_fitting
from newcourse.council.secrecy import commitment_of, token_hash
from newcourse.council.seen import Seen
from newcourse.council.voting import Vote
from newcourse.errors import BadInput, Fault
from newcourse.record.canonical import canonical_json
from newcourse.tokens.verifying import verify


def unlawful_ballots(seen: Seen) -> Iterator[Fault]:
    """Yield what is wrong with the ballots that an entry publishes."""
    published, vote = seen.data(seen.body["ballots"]), seen.vote
    if published is None:
        return
    rows = published.get("ballots", [])
    if published.get("vote") != vote.vote:
        yield seen.fault("ballots-other", f"ballots of vote {published.get('vote')}", f"those of vote {vote.vote}")
    if vote.frozen.ballot == "secret":
        yield from _secret(seen, vote, rows)
    elif canonical_json(rows) != canonical_json(cast_rows(vote)):
        yield seen.fault("ballots-other", f"{len(rows)} published ballots", f"the {vote.cast} that are on record")


def cast_rows(vote: Vote) -> list[dict[str, Any]]:
    """Return the ballots of an open vote, or those on paper, as they must be published."""
    if vote.frozen.ballot == "open":
        return open_rows(vote)
    papers = vote.paper.ballots if vote.paper else ()
    return sorted(({"ballot": dict(ballot)} for ballot in papers), key=canonical_json)


def _secret(seen: Seen, vote: Vote, rows: Sequence[dict[str, Any]]) -> Iterator[Fault]:
    key = b64decode(vote.frozen.token_key)
    tokens = [token_hash(bytes.fromhex(row["token"])) for row in rows]
    if tokens != sorted(set(tokens)) or set(tokens) != set(vote.spent):
        found = f"ballots under {len(set(tokens))} tokens"
        yield seen.fault("ballots-other", found, f"one ballot for each of the {len(vote.spent)} tokens spent, in order")
    if len(vote.spent) > len(vote.drawn):
        found = f"{len(vote.spent)} tokens spent"
        yield seen.fault("tokens-many", found, f"at most the {len(vote.drawn)} that were drawn by name")
    for token, row in zip(tokens, rows, strict=True):
        spent = vote.spent.get(token)
        if spent is not None and commitment_of(row["ballot"], row["salt"]) != spent.commitment:
            found = f"another ballot under token {token}"
            yield seen.fault("commitment-broken", found, "the ballot its voter is committed to")
        if not verify(key, bytes.fromhex(row["token"]), bytes.fromhex(row["signature"])):
            yield seen.fault("token-false", f"token {token}, which was not signed", "tokens signed for this vote")
        yield from _unfit(seen, vote, row["ballot"])


def _unfit(seen: Seen, vote: Vote, ballot: object) -> Iterator[Fault]:
    try:
        require_fitting(vote, ballot)
    except BadInput as error:
        yield seen.fault("ballot-unfit", error.faults[0].found, error.faults[0].expected)
