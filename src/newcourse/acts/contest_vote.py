"""Contest the result of a vote: somebody of the roll, in time, with reasons; somebody else decides."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.cast import require_entitled, vote_asked
from newcourse.acts.close_vote import article_on_vote
from newcourse.council.contests import contest_ends
from newcourse.council.state import State
from newcourse.record.entry import time_text


def check(state: State, ask: Ask) -> None:
    """Refuse to contest what is not counted, too late, without reasons, by strangers, or twice."""
    vote = vote_asked(state, ask)
    article = article_on_vote(state, vote)
    if vote.result is None:
        found = f"vote {vote.vote} is not counted"
        raise refused(ask, article, "not-counted", found, "a counted vote", "wait for its result")
    require_entitled(state, ask, vote)
    ends = contest_ends(state, vote, vote.result)
    if ask.at > ends:
        found, expected = f"the time {time_text(ask.at)}", f"this until {time_text(ends)}"
        raise refused(ask, article, "contest-late", found, expected, "contest in time next time")
    if vote.void:
        raise refused(ask, article, "void-already", "a result that has fallen", "a result that stands", "go on")
    if (own := vote.contest_of(ask.actor)) is not None:
        found = f"a contest of {ask.actor} that {'was ' + own.outcome if own.outcome else 'waits for a decision'}"
        raise refused(ask, article, "contested-twice", found, "one contest each", "leave it at that")
    reasons_asked(ask)


def reasons_asked(ask: Ask) -> str:
    """Return the reasons that a request gives."""
    reasons = ask.get("reasons")
    if not isinstance(reasons, str) or not reasons.strip():
        raise wrong(ask, "reasons-missing", "no reasons", "reasons in words", "write them")
    return reasons.strip()


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who contests and why."""
    return Deed({"vote": str(ask.get("vote")), "reasons": reasons_asked(ask)})


ACT: Final = Act("contest_vote", check, do, needs=("vote", "reasons"))
