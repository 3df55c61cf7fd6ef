"""Close a vote and count it, by what was fixed when it was opened; outcome and every step of the count are kept."""

from typing import Any, Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.artefacts import json_artefact
from newcourse.acts.ask import Ask
from newcourse.acts.cast import vote_asked
from newcourse.council.counting import count_vote, profile_of
from newcourse.council.freeze import commitment_to
from newcourse.council.state import State
from newcourse.council.voting import Vote
from newcourse.record.entry import time_text
from newcourse.vote.outcome import Outcome
from newcourse.vote.ties import LOT


def check(state: State, ask: Ask) -> None:
    """Refuse to close a vote twice, before its time while ballots are outstanding, or with another lot's line."""
    vote = vote_asked(state, ask)
    article = state.law.article_on_decision(vote.frozen.decision)
    if not vote.open:
        raise refused(ask, article, "closed-already", f"vote {vote.vote} is closed", "one count", "read its outcome")
    over = ask.at >= vote.closes_at
    if not over and not vote.everybody_voted:
        outstanding = len(vote.frozen.electorate) - len(vote.ballots)
        found = f"the time {time_text(ask.at)}, and {outstanding} ballots outstanding"
        expected = f"a vote open until {time_text(vote.closes_at)} or until everybody has voted"
        raise refused(ask, article, "vote-running", found, expected, "wait until then")
    secret = ask.get("secret", "")
    if vote.frozen.ties == LOT and (secret or not over) and commitment_to(str(secret)) != vote.frozen.commitment:
        expected = f"the line whose SHA-256 {vote.frozen.opener} published when the vote was opened"
        raise refused(ask, article, "secret-wrong", "another line", expected, "give that line")


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write the outcome: its sentence and result in the entry, every step of the count beside it."""
    vote = vote_asked(state, ask)
    secret = str(ask.get("secret", "")) if vote.frozen.ties == LOT else ""
    outcome = count_vote(vote, secret)
    kept = json_artefact("outcome", _published(vote, outcome))
    body = {
        "vote": vote.vote,
        "decided": outcome.decided,
        "result": outcome.result.to_data(),
        "sentence": outcome.sentence,
        "ballots": outcome.ballots,
        "outcome": kept.address,
        "secret": secret,
    }
    return Deed(body, (kept,))


def _published(vote: Vote, outcome: Outcome) -> dict[str, Any]:
    """Return all that anybody needs to count again."""
    return {
        "vote": vote.vote,
        "question": vote.frozen.question,
        "frozen": vote.frozen.to_data(),
        "profile": profile_of(vote).to_data(),
        "outcome": outcome.to_data(),
    }


ACT: Final = Act("close_vote", check, do, needs=("vote",), takes=("secret",))
