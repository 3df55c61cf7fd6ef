"""Decide on a contested result: somebody who is not concerned lets it stand or fall, with reasons.

Each contest is decided by itself. Where one is upheld the result falls, and the others are moot.
"""

from typing import Final

from newcourse.acts.act import Act, Deed, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.cast import vote_asked
from newcourse.acts.close_vote import article_on_vote
from newcourse.acts.contest_vote import reasons_asked
from newcourse.council.contests import built_on, partial
from newcourse.council.state import State
from newcourse.council.voting import Contest


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
    contest_asked(state, ask)
    if why := partial(state, vote, ask.actor):
        found, expected = f"{ask.actor}, who {why}", "somebody who neither contests it nor is what it is about"
        raise refused(ask, article, "judge-partial", found, expected, "have another delegate decide")
    if upheld and (built := built_on(state, vote)):
        expected = "a result on which nothing was built"
        remedy = "dismiss the contest with this reason; what was built is changed by acts of its own"
        raise refused(ask, article, "built-upon", built, expected, remedy)


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
    """Write whose contest is decided, how, and the reasons."""
    by, upheld = contest_asked(state, ask).by, bool(ask.get("upheld"))
    return Deed({"vote": str(ask.get("vote")), "person": by, "upheld": upheld, "reasons": reasons_asked(ask)})


ACT: Final = Act("decide_contest", check, do, needs=("vote", "upheld", "reasons"), takes=("person",))
