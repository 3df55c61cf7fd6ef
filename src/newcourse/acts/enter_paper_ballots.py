"""Enter paper ballots: a first teller types what is in the box, once the time of the vote is over."""

from collections.abc import Mapping
from typing import Any, Final

from newcourse.acts.act import Act, Deed, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.cast import ballot_data, require_ballot_kind, vote_asked
from newcourse.council.counting import require_fitting
from newcourse.council.state import State
from newcourse.council.tellers import may_tell
from newcourse.council.voting import Vote
from newcourse.errors import BadInput, Fault
from newcourse.record.canonical import canonical_json
from newcourse.record.entry import time_text


def check(state: State, ask: Ask) -> None:
    """Refuse strangers, boxes opened too early, more ballots than voters, and ballots that cannot be counted."""
    vote = vote_asked(state, ask)
    require_ballot_kind(state, ask, vote, "paper")
    require_teller(state, ask, vote)
    article = state.law.article_on_act(ask.act)
    if not vote.open or (vote.paper is not None and vote.paper.confirmed_by):
        raise refused(ask, article, "paper-confirmed", "ballots that two tellers have read", "one reading", "go on")
    if ask.at < vote.closes_at:
        expected = f"the box opened once the vote is over, {time_text(vote.closes_at)}"
        raise refused(ask, article, "vote-running", f"the time {time_text(ask.at)}", expected, "wait until then")
    ballots = _read(vote, ask)
    if len(ballots) > len(vote.frozen.electorate):
        found = f"{len(ballots)} ballots"
        expected = f"at most the {len(vote.frozen.electorate)} of the electorate"
        raise refused(ask, article, "ballots-many", found, expected, "count the papers again")


def require_teller(state: State, ask: Ask, vote: Vote) -> None:
    """Refuse who is neither of the electorate nor a delegate of the body that votes."""
    if not may_tell(state, vote, ask.actor):
        found = f"{ask.actor}, who neither votes in vote {vote.vote} nor sits in its body"
        expected = "tellers who belong to the electorate or sit in the body"
        remedy = "have one of them do it"
        raise refused(ask, state.law.article_on_act(ask.act), "teller-stranger", found, expected, remedy)


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write the ballots, in an order that tells nothing of the order of the papers."""
    vote = vote_asked(state, ask)
    return Deed({"vote": vote.vote, "ballots": sorted(_read(vote, ask), key=canonical_json)})


def _read(vote: Vote, ask: Ask) -> list[dict[str, Any]]:
    given = ask.get("ballots")
    if isinstance(given, str | Mapping) or not isinstance(given, list | tuple):
        raise wrong(ask, "ballots-wrong", repr(given)[:60], "a list of ballots", "give one ballot for each paper")
    read, faults = [], []
    for number, ballot in enumerate(given, start=1):
        try:
            read.append(require_fitting(vote, ballot_data(ballot)))
        except BadInput as error:
            faults += [Fault(f.code, f"paper {number}: {f.where}", f.found, f.expected, f.remedy) for f in error.faults]
    if faults:
        raise BadInput(faults)
    return read


ACT: Final = Act("enter_paper_ballots", check, do, needs=("vote", "ballots"))
