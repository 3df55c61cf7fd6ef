"""Confirm paper ballots: a second teller has read the same papers and found the same."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.cast import require_ballot_kind, vote_asked
from newcourse.acts.enter_paper_ballots import require_teller
from newcourse.council.state import State
from newcourse.council.voting import Paper


def check(state: State, ask: Ask) -> None:
    """Refuse strangers, the first teller, and ballots that nobody entered or somebody confirmed."""
    vote = vote_asked(state, ask)
    require_ballot_kind(state, ask, vote, "paper")
    require_teller(state, ask, vote)
    article = state.law.article_on_act(ask.act)
    if vote.paper is None:
        raise refused(ask, article, "paper-missing", "no ballots", "ballots that a teller entered", "enter them first")
    if vote.paper.confirmed_by or not vote.open:
        found = f"ballots that {vote.paper.confirmed_by} has confirmed"
        raise refused(ask, article, "paper-confirmed", found, "one confirmation", "close the vote")
    if vote.paper.entered_by == ask.actor:
        found = f"{ask.actor}, who entered them"
        raise refused(ask, article, "teller-same", found, "another teller than the first", "have another confirm them")


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write which entry is confirmed."""
    vote = vote_asked(state, ask)
    return Deed({"vote": vote.vote, "entered": _paper(vote.paper).entry})


def _paper(paper: Paper | None) -> Paper:
    if paper is None:
        raise LookupError("no paper ballots: check refuses this")
    return paper


ACT: Final = Act("confirm_paper_ballots", check, do, needs=("vote",))
