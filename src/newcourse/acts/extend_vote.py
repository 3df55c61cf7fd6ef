"""Leave a vote open for longer after an incident: for all, with the reason, on the record; nothing else changes."""

from datetime import datetime, timedelta
from typing import Final

from newcourse.acts.act import Act, Deed, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.cast import vote_asked
from newcourse.acts.close_vote import article_on_vote
from newcourse.council.articles import Article
from newcourse.council.judging import at_stake
from newcourse.council.state import State
from newcourse.council.voting import Vote
from newcourse.record.entry import time_text

LONGEST: Final = 60
"""Most days by which all incidents together can extend a vote: nobody stays in office by extending."""


def check(state: State, ask: Ask) -> None:
    """Refuse to extend a closed vote, without a reason, by too little or too much, or in one's own matter."""
    vote = vote_asked(state, ask)
    article = article_on_vote(state, vote)
    days, reason = ask.get("days"), ask.get("reason")
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= LONGEST:
        raise wrong(ask, "days-wrong", repr(days), f"a whole number of days from 1 to {LONGEST}", "correct the number")
    if not isinstance(reason, str) or not reason.strip():
        raise wrong(ask, "reason-missing", "no reason", "what happened, in words", "write it")
    if not vote.open:
        raise refused(
            ask, article, "closed-already", f"vote {vote.vote} is closed", "an open vote", "contest its result"
        )
    if vote.paper is not None:
        expected = "a vote whose ballots nobody has seen yet"
        raise refused(ask, article, "paper-entered", "paper ballots that are entered", expected, "close the vote")
    if why := at_stake(state, vote, ask.actor):
        found = f"{ask.actor}, who {why}"
        raise refused(ask, article, "extender-partial", found, "somebody whom the vote is not about", "ask another")
    _require_end(ask, article, vote, days)


def _require_end(ask: Ask, article: Article, vote: Vote, days: int) -> None:
    """Refuse an end that is past, or further from the first one than incidents can take it."""
    closes = vote.closes_at + timedelta(days=days)
    if closes <= ask.at:
        found = f"an extension until {time_text(closes)}, which is past"
        raise refused(ask, article, "days-past", found, f"one beyond {time_text(ask.at)}", "extend it by more days")
    last = datetime.fromisoformat(vote.frozen.closes) + timedelta(days=LONGEST)
    if closes > last:
        found = f"an extension until {time_text(closes)}"
        expected = f"{time_text(last)} at the latest: {LONGEST} days beyond the end that was fixed at the opening"
        raise refused(ask, article, "days-many", found, expected, "extend it by fewer days, or have it closed")


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write by how much, why, and until when it is open now."""
    vote, days = vote_asked(state, ask), int(ask.get("days"))
    closes = time_text(vote.closes_at + timedelta(days=days))
    return Deed({"vote": vote.vote, "days": days, "reason": str(ask.get("reason")).strip(), "closes": closes})


ACT: Final = Act("extend_vote", check, do, needs=("vote", "days", "reason"))
