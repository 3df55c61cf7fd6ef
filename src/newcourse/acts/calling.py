"""What the acts within the call of a cycle have in common: they need an open cycle whose call has not ended."""

from newcourse.acts.act import refused
from newcourse.acts.ask import Ask
from newcourse.council.cycle import Cycle
from newcourse.council.state import State
from newcourse.record.entry import time_text


def cycle_asked(state: State, ask: Ask) -> Cycle:
    """Return the open cycle, or refuse because none is open."""
    if state.cycle is None:
        article = state.law.article_on_cycle()
        raise refused(ask, article, "no-cycle", "no open cycle", "this within an open cycle", "open a cycle first")
    return state.cycle


def require_call(state: State, ask: Ask) -> Cycle:
    """Return the open cycle while its call lasts, or refuse."""
    cycle = cycle_asked(state, ask)
    if ask.at > cycle.call_ends:
        found = f"the time {time_text(ask.at)}"
        expected = f"this within the call, which ended {time_text(cycle.call_ends)}"
        raise refused(ask, state.law.article_on_cycle(), "call-ended", found, expected, "file it in the next cycle")
    return cycle
