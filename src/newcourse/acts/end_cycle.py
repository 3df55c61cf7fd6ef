"""End a cycle that cannot come to a plan, once a motion has decided so."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.calling import cycle_asked
from newcourse.acts.cast import vote_asked
from newcourse.council.state import State


def motion_to_end(number: int) -> str:
    """Return the question of the motion by which a cycle is ended."""
    return f"End cycle {number} without a plan"


def check(state: State, ask: Ask) -> None:
    """Refuse to end a cycle unless a motion of this cycle that says just that has been adopted."""
    cycle = cycle_asked(state, ask)
    vote = vote_asked(state, ask)
    question = motion_to_end(cycle.number)
    adopted = vote.result is not None and vote.result.data.get("adopted") is True
    if vote.cycle != cycle.number or vote.frozen.question != question or not adopted:
        outcome = vote.result.sentence if vote.result else "it is open"
        found = f"vote {vote.vote}, {vote.frozen.question!r}: {outcome}"
        expected = f"an adopted motion {question!r}"
        raise refused(ask, state.law.article_on_act("end_cycle"), "not-moved", found, expected, "put it to the vote")


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write that the cycle is ended, and by which motion."""
    return Deed({"cycle": cycle_asked(state, ask).number, "motion": vote_asked(state, ask).vote})


ACT: Final = Act("end_cycle", check, do, needs=("vote",))
