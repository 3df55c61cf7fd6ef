"""Decide on a contested result: somebody who is not concerned lets it stand or fall, with reasons.

Each contest is decided by itself. Where one is upheld the result falls, and the others are moot. Where everybody whom
an article lets decide is concerned, jurors drawn by lot decide by majority: each says what they would do.
"""

from typing import Final

from newcourse.acts.act import Act, Deed, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.cast import vote_asked
from newcourse.acts.close_vote import article_on_vote
from newcourse.acts.contest_vote import reasons_asked
from newcourse.council.articles import Article
from newcourse.council.contests import built_on
from newcourse.council.judging import heard, jury, may_judge, partial
from newcourse.council.state import State
from newcourse.council.voting import Contest, Verdict, Vote


def check(state: State, ask: Ask) -> None:
    """Refuse judges in their own matter, contests that there are not, and a fall that would take more with it."""
    vote = vote_asked(state, ask)
    article = article_on_vote(state, vote)
    upheld = ask.get("upheld")
    if not isinstance(upheld, bool):
        raise wrong(
            ask, "upheld-wrong", repr(upheld), "true where the result falls, false where it stands", "say which"
        )
    reasons_asked(ask)
    contest = contest_asked(state, ask)
    _require_judge(state, ask, article, vote)
    if any(verdict.by == ask.actor for verdict in contest.verdicts):
        found = f"{ask.actor}, who has decided on the contest of {contest.by}"
        raise refused(ask, article, "judged-already", found, "one verdict of each juror", "wait for the other jurors")
    if upheld and (built := built_on(state, vote)):
        expected = "a result on which nothing was built"
        remedy = "dismiss the contest with this reason; what was built is changed by acts of its own"
        raise refused(ask, article, "built-upon", built, expected, remedy)


def _require_judge(state: State, ask: Ask, article: Article, vote: Vote) -> None:
    """Refuse who is concerned, and jurors of other votes."""
    if may_judge(state, vote, ask.actor):
        return
    jurors = ", ".join(jury(state, vote))
    remedy = f"have the jury decide: {jurors}" if jurors else "have somebody decide who is not concerned"
    if why := partial(state, vote, ask.actor):
        found, expected = f"{ask.actor}, who {why}", "somebody who neither contests it nor is what it is about"
        raise refused(ask, article, "judge-partial", found, expected, remedy)
    found, expected = f"{ask.actor}, who is no juror of vote {vote.vote}", "somebody who may decide on this vote"
    raise refused(ask, article, "judge-stranger", found, expected, remedy)


def contest_asked(state: State, ask: Ask) -> Contest:
    """Return the contest that is decided on: that of the person named, or the only one that waits for a decision."""
    vote, named = vote_asked(state, ask), ask.get("person")
    article = article_on_vote(state, vote)
    waiting = [one for one in vote.undecided_contests if named in (None, one.by)]
    if not waiting:
        by = f" by {named}" if named else ""
        found = f"no undecided contest of vote {vote.vote}{by}"
        raise refused(ask, article, "not-contested", found, "a contest that waits for a decision", "go on")
    if len(waiting) > 1:
        found = f"{len(waiting)} undecided contests of vote {vote.vote}, by {', '.join(one.by for one in waiting)}"
        raise refused(ask, article, "contest-unnamed", found, "one decided by itself", "name the person whose it is")
    return waiting[0]


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write whose contest is decided, how, the reasons, and what comes of it: nothing while a jury is at it."""
    vote, contest = vote_asked(state, ask), contest_asked(state, ask)
    verdict = Verdict(ask.actor, bool(ask.get("upheld")), reasons_asked(ask))
    outcome = heard(state, vote, contest, verdict).outcome
    said = {"upheld": verdict.upheld, "reasons": verdict.reasons, "outcome": outcome}
    return Deed({"vote": vote.vote, "person": contest.by, **said})


ACT: Final = Act("decide_contest", check, do, needs=("vote", "upheld", "reasons"), takes=("person",))
