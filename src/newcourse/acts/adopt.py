"""Adopt the variant that won the vote, and no other."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.calling import cycle_asked
from newcourse.acts.contested import require_uncontested
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse to adopt before the vote is decided, while it is contested, another plan than the winner, and twice."""
    cycle = cycle_asked(state, ask)
    article = state.law.article_on_act("adopt")
    if cycle.adopted:
        raise refused(ask, article, "adopted-already", "an adopted plan", "one plan in a cycle", "hand down its orders")
    if not cycle.winner:
        expected = "a plan chosen by a closed and decided vote"
        raise refused(ask, article, "not-voted", "no variant has won a vote", expected, "hold the vote first")
    if ask.get("variant") != cycle.winner:
        found, expected = f"the variant {ask.get('variant')!r}", f"{cycle.winner!r}, which won the vote"
        raise refused(ask, article, "not-the-winner", found, expected, "adopt the winner")
    require_uncontested(state, ask, article, lambda v: v.cycle == cycle.number and v.frozen.subject == "variant")


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write which plan is adopted."""
    cycle = cycle_asked(state, ask)
    winner = next(variant for variant in cycle.variants if variant.variant == cycle.winner)
    return Deed({"cycle": cycle.number, "variant": winner.variant, "plan": winner.plan})


ACT: Final = Act("adopt", check, do, needs=("variant",))
