"""What acts that build on the result of a vote have in common: they wait while it is contested."""

from collections.abc import Callable

from newcourse.acts.act import refused
from newcourse.acts.ask import Ask
from newcourse.council.articles import Article
from newcourse.council.contests import holds_up
from newcourse.council.state import State
from newcourse.council.voting import Vote


def require_uncontested(state: State, ask: Ask, article: Article, on: Callable[[Vote], bool]) -> None:
    """Refuse to build on a result, of the votes meant, whose contest can still be decided in time.

    Otherwise who won could end every contest by being quick: what was built upon can no longer fall.
    """
    for vote in state.votes.values():
        contest = holds_up(vote, ask.at) if on(vote) else None
        if contest is None:
            continue
        found = f"the result of vote {vote.vote}, which {contest.by} contests"
        expected = "a result whose contest is decided, or was left undecided for seven days"
        raise refused(ask, article, "contested", found, expected, "have the contest decided first")
