"""Cast a ballot: once, by name, while the vote is open."""

from typing import Any, Final

from newcourse.acts.act import Act, Deed, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.council.counting import require_fitting
from newcourse.council.state import State
from newcourse.council.voting import Vote
from newcourse.record.entry import time_text


def vote_asked(state: State, ask: Ask) -> Vote:
    """Return the vote that a request names."""
    vote = state.votes.get(str(ask.get("vote")))
    if vote is None:
        known = ", ".join(state.votes) or "a vote that has been opened"
        raise wrong(ask, "vote-unknown", repr(ask.get("vote")), known, "name a vote")
    return vote


def check(state: State, ask: Ask) -> None:
    """Refuse strangers, second ballots, ballots that come too late and ballots that cannot be counted."""
    vote = vote_asked(state, ask)
    article = state.law.article_on_act("cast")
    if not vote.open or ask.at > vote.closes_at:
        found = f"a ballot at {time_text(ask.at)}" if vote.open else "a ballot after the vote was closed"
        expected = f"ballots until {time_text(vote.closes_at)}"
        raise refused(ask, article, "ballot-late", found, expected, "vote in time next time")
    if not vote.frozen.entitles(ask.actor):
        found = f"{ask.actor} does not belong to the electorate that was fixed when vote {vote.vote} was opened"
        expected = f"ballots of the {len(vote.frozen.electorate)} who do"
        raise refused(ask, article, "not-entitled", found, expected, "vote in votes opened after you joined")
    if ask.actor in vote.ballots:
        found = f"a ballot of {ask.actor} is in vote {vote.vote} already"
        raise refused(ask, article, "voted-already", found, "one ballot each", "leave it as it is")
    require_fitting(vote, _ballot(ask))


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write the ballot."""
    vote = vote_asked(state, ask)
    return Deed({"vote": vote.vote, "ballot": require_fitting(vote, _ballot(ask))})


def _ballot(ask: Ask) -> Any:
    ballot = ask.get("ballot")
    return ballot.to_data() if hasattr(ballot, "to_data") else ballot


ACT: Final = Act("cast", check, do, needs=("vote", "ballot"))
