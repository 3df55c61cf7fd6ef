"""Cast a ballot: once, by name, while an open vote lasts."""

from typing import Any, Final

from newcourse.acts.act import Act, Deed, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.council.counting import require_fitting
from newcourse.council.rounds import voted_elsewhere
from newcourse.council.state import State
from newcourse.council.voting import Vote
from newcourse.record.entry import time_text

_HOW: Final = {
    "open": "cast it by name",
    "secret": "draw a token and cast it with that",
    "paper": "put it into the box in the room",
}


def vote_asked(state: State, ask: Ask) -> Vote:
    """Return the vote that a request names."""
    vote = state.votes.get(str(ask.get("vote")))
    if vote is None:
        known = ", ".join(state.votes) or "a vote that has been opened"
        raise wrong(ask, "vote-unknown", repr(ask.get("vote")), known, "name a vote")
    return vote


def require_ballot_kind(state: State, ask: Ask, vote: Vote, kind: str) -> None:
    """Refuse what belongs to another way of voting than the one that was fixed at the opening."""
    if vote.frozen.ballot != kind:
        found = f"vote {vote.vote}, in which ballots are {vote.frozen.ballot}"
        article = state.law.article_on_act(ask.act)
        raise refused(ask, article, "ballot-kind", found, f"a vote with {kind} ballots", _HOW[vote.frozen.ballot])


def require_in_time(state: State, ask: Ask, vote: Vote, what: str) -> None:
    """Refuse ballots and tokens once a vote is closed or its time is over."""
    if not vote.open or ask.at > vote.closes_at:
        found = f"{what} at {time_text(ask.at)}" if vote.open else f"{what} after the vote was closed"
        expected = f"ballots until {time_text(vote.closes_at)}"
        article = state.law.article_on_act(ask.act)
        raise refused(ask, article, "ballot-late", found, expected, "vote in time next time")


def require_entitled(state: State, ask: Ask, vote: Vote) -> None:
    """Refuse who does not belong to the frozen electorate."""
    if not vote.frozen.entitles(ask.actor):
        found = f"{ask.actor} does not belong to the electorate that was fixed when vote {vote.vote} was opened"
        expected = f"ballots of the {len(vote.frozen.electorate)} who do"
        article = state.law.article_on_act(ask.act)
        raise refused(ask, article, "not-entitled", found, expected, "vote in votes opened after you joined")


def require_once(state: State, ask: Ask, vote: Vote) -> None:
    """Refuse a second vote for one body in another constituency, in the same round of elections."""
    if other := voted_elsewhere(state, vote, ask.actor):
        found = f"{ask.actor}, who has voted for the same body in vote {other}, before moving"
        article = state.law.article_on_act(ask.act)
        raise refused(ask, article, "voted-elsewhere", found, "one vote in one round of elections", "vote in the next")


def check(state: State, ask: Ask) -> None:
    """Refuse strangers, second ballots, ballots that come too late and ballots that cannot be counted."""
    vote = vote_asked(state, ask)
    require_ballot_kind(state, ask, vote, "open")
    require_in_time(state, ask, vote, "a ballot")
    require_entitled(state, ask, vote)
    require_once(state, ask, vote)
    if ask.actor in vote.ballots:
        found = f"a ballot of {ask.actor} is in vote {vote.vote} already"
        article = state.law.article_on_act("cast")
        raise refused(ask, article, "voted-already", found, "one ballot each", "leave it as it is")
    require_fitting(vote, ballot_data(ask.get("ballot")))


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write the ballot."""
    vote = vote_asked(state, ask)
    return Deed({"vote": vote.vote, "ballot": require_fitting(vote, ballot_data(ask.get("ballot")))})


def ballot_data(ballot: Any) -> Any:
    """Return a ballot as plain data, whether it was given so or as a ballot."""
    return ballot.to_data() if hasattr(ballot, "to_data") else ballot


ACT: Final = Act("cast", check, do, needs=("vote", "ballot"))
