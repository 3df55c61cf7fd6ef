"""Whether each entry of a vote was lawful when it was written: opening, drawing, casting, paper, closing, counting."""

from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

from newcourse.council.audit_opening import unlawful_opening
from newcourse.council.audit_published import cast_rows, unlawful_ballots
from newcourse.council.contests import built_on, contest_ends
from newcourse.council.counting import count_vote, require_fitting
from newcourse.council.freeze import commitment_to
from newcourse.council.judging import at_stake, may_judge, partial
from newcourse.council.rounds import voted_elsewhere
from newcourse.council.secrecy import TOKEN_HOLDER
from newcourse.council.seen import Seen
from newcourse.council.tellers import may_tell
from newcourse.errors import BadInput, Fault
from newcourse.record.entry import time_text
from newcourse.tokens.keys import read_public

Check = Callable[[Seen], Iterator[Fault]]


def _unlawful_token(seen: Seen) -> Iterator[Fault]:
    yield from _in_ballot(seen, "secret")
    blinded, signature = (bytes.fromhex(seen.body[name]) for name in ("blinded", "blind_signature"))
    key = read_public(b64decode(seen.vote.frozen.token_key)).public_numbers()
    if pow(int.from_bytes(signature, "big"), key.e, key.n) != int.from_bytes(blinded, "big"):
        yield seen.fault("blind-signature-wrong", "a signature that is none", "one under the key of this vote")


def _unlawful_ballot(seen: Seen) -> Iterator[Fault]:
    yield from _in_ballot(seen, "open")
    yield from _fits(seen, [seen.body["ballot"]])


def _unlawful_secret_cast(seen: Seen) -> Iterator[Fault]:
    yield from _in_ballot(seen, "secret", named=False)
    if seen.entry.actor != TOKEN_HOLDER:
        yield seen.fault("actor-named", f"a secret ballot of {seen.entry.actor}", f"one of a {TOKEN_HOLDER}")
    if "ballot" in seen.body:
        yield seen.fault("ballot-shown", "a secret ballot on the record", "a commitment to it")


def _unlawful_paper(seen: Seen) -> Iterator[Fault]:
    vote, ballots = seen.vote, seen.body["ballots"]
    yield from _told(seen)
    if seen.now < vote.closes_at:
        yield seen.fault("paper-early", f"ballots entered at {seen.now}", f"not before {vote.closes_at}")
    if len(ballots) > len(vote.frozen.electorate):
        found, expected = f"{len(ballots)} ballots", f"at most {len(vote.frozen.electorate)}"
        yield seen.fault("ballots-many", found, expected)
    yield from _fits(seen, ballots)


def _unlawful_confirmation(seen: Seen) -> Iterator[Fault]:
    yield from _told(seen)
    if seen.vote.paper is not None and seen.vote.paper.entered_by == seen.entry.actor:
        yield seen.fault("teller-same", f"{seen.entry.actor}, who entered the ballots", "a second teller")


def _unlawful_extension(seen: Seen) -> Iterator[Fault]:
    vote, days = seen.vote, seen.body["days"]
    if not vote.open or vote.paper is not None:
        yield seen.fault("extended-late", "a vote that is closed, or whose papers are read", "an open vote")
    if why := at_stake(seen.state, vote, seen.entry.actor):
        yield seen.fault("extender-partial", f"{seen.entry.actor}, who {why}", "somebody who is not concerned")
    if seen.body["closes"] != time_text(vote.closes_at + timedelta(days=days)):
        expected = time_text(vote.closes_at + timedelta(days=days))
        yield seen.fault("extension-wrong", f"open until {seen.body['closes']}", f"{expected}, {days} days more")


def _unlawful_close(seen: Seen) -> Iterator[Fault]:
    vote, secret = seen.vote, seen.body["secret"]
    if seen.now < vote.closes_at and not vote.everybody_voted:
        yield seen.fault("closed-early", f"vote {vote.vote} closed at {seen.now}", f"not before {vote.closes_at}")
    if secret and commitment_to(secret) != vote.frozen.commitment:
        yield seen.fault("secret-wrong", "a line for the lot", "the line that was committed to")
    if vote.frozen.ballot == "paper" and not (vote.paper and vote.paper.confirmed_by):
        yield seen.fault("paper-unconfirmed", "ballots that one teller read, or none", "ballots that two tellers read")
    if seen.body["number"] != vote.cast:
        yield seen.fault("ballots-other", f"{seen.body['number']} ballots", f"the {vote.cast} that were cast")
    yield from unlawful_ballots(seen)


def _unlawful_count(seen: Seen) -> Iterator[Fault]:
    vote, body = seen.vote, seen.body
    if vote.open:
        yield seen.fault("counted-early", f"a count of vote {vote.vote}, which is open", "a closed vote")
        return
    published = seen.data(vote.published)
    if published is None and vote.frozen.ballot == "secret":
        return  # ballots are not among the entries; with the artefacts this is checked
    outcome = count_vote(vote, cast_rows(vote) if published is None else published["ballots"])
    counted = (outcome.decided, outcome.result.to_data(), outcome.sentence, outcome.ballots)
    if counted != (body["decided"], body["result"], body["sentence"], body["ballots"]):
        yield seen.fault("count-differs", body["sentence"], f"{outcome.sentence} (counted again)")
    kept = seen.data(body["outcome"])
    if kept is not None and kept.get("outcome") != outcome.to_data():
        yield seen.fault("outcome-differs", "other steps of the count", "those that counting again gives")


def _unlawful_contest(seen: Seen) -> Iterator[Fault]:
    vote = seen.vote
    if not vote.frozen.entitles(seen.entry.actor):
        yield seen.fault("not-entitled", f"a contest of {seen.entry.actor}", "somebody of the frozen electorate")
    if vote.result is None or vote.void:
        yield seen.fault("not-contestable", "a result that is none, or has fallen", "a result that stands")
    elif seen.now > contest_ends(seen.state, vote, vote.result):
        expected = f"until {contest_ends(seen.state, vote, vote.result)}"
        yield seen.fault("contest-late", f"a contest at {seen.now}", expected)


def _unlawful_decision(seen: Seen) -> Iterator[Fault]:
    vote = seen.vote
    if why := partial(seen.state, vote, seen.entry.actor):
        yield seen.fault("judge-partial", f"{seen.entry.actor}, who {why}", "somebody who is not concerned")
    elif not may_judge(seen.state, vote, seen.entry.actor):
        expected = "somebody whom an article lets decide, or a juror of this vote"
        yield seen.fault("judge-stranger", f"a decision of {seen.entry.actor}", expected)
    if seen.body["upheld"] and (built := built_on(seen.state, vote)):
        yield seen.fault("built-upon", built, "a result on which nothing was built")


def _in_ballot(seen: Seen, kind: str, *, named: bool = True) -> Iterator[Fault]:
    vote = seen.vote
    if vote.frozen.ballot != kind:
        yield seen.fault("ballot-kind", f"a {kind} ballot", f"{vote.frozen.ballot} ballots in vote {vote.vote}")
    if named and not vote.frozen.entitles(seen.entry.actor):
        yield seen.fault("ballot-stranger", f"a ballot of {seen.entry.actor}", "ballots of the frozen electorate")
    if named and (other := voted_elsewhere(seen.state, vote, seen.entry.actor)):
        found = f"a ballot of {seen.entry.actor}, who voted in vote {other}"
        yield seen.fault("voted-elsewhere", found, "one vote in one round of elections to a body")
    if not vote.open or seen.now > vote.closes_at:
        expected = f"ballots until {vote.closes_at} while vote {vote.vote} is open"
        yield seen.fault("ballot-late", f"a ballot at {seen.now}", expected)


def _fits(seen: Seen, ballots: list[Any]) -> Iterator[Fault]:
    for ballot in ballots:
        try:
            require_fitting(seen.vote, ballot)
        except BadInput as error:
            yield seen.fault("ballot-unfit", error.faults[0].found, error.faults[0].expected)


def _told(seen: Seen) -> Iterator[Fault]:
    if seen.vote.frozen.ballot != "paper":
        expected = f"{seen.vote.frozen.ballot} ballots in vote {seen.vote.vote}"
        yield seen.fault("ballot-kind", "paper ballots", expected)
    if not may_tell(seen.state, seen.vote, seen.entry.actor):
        expected = "a teller of the electorate or of the body"
        yield seen.fault("teller-stranger", f"a teller {seen.entry.actor}", expected)


VOTE_CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "open_vote": unlawful_opening,
        "draw_token": _unlawful_token,
        "cast": _unlawful_ballot,
        "cast_secret": _unlawful_secret_cast,
        "enter_paper_ballots": _unlawful_paper,
        "confirm_paper_ballots": _unlawful_confirmation,
        "extend_vote": _unlawful_extension,
        "close_vote": _unlawful_close,
        "count_vote": _unlawful_count,
        "contest_vote": _unlawful_contest,
        "decide_contest": _unlawful_decision,
    }
)
"""What is wrong with an entry of a vote, by act; ``open_vote`` stands for every act that opens votes."""
