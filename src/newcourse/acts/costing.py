"""What filing and amending a proposal have in common: its changes are read, tried and costed against the base plan."""

from collections.abc import Mapping
from typing import Any

from newcourse.acts.act import Tools, wrong
from newcourse.acts.ask import Ask
from newcourse.council.cycle import Cycle
from newcourse.plan.changes.change import Change
from newcourse.plan.changes.registry import change_from_data
from newcourse.plan.cost import Costing, cost_changes
from newcourse.plan.plan import Plan

Costed = tuple[tuple[Change, ...], Costing]


def require_changes(ask: Ask) -> None:
    """Refuse a proposal that changes nothing."""
    if not isinstance(ask.get("changes"), list | tuple) or not ask.get("changes"):
        raise wrong(ask, "changes-missing", repr(ask.get("changes"))[:60], "at least one change", "say what changes")


def costed(cycle: Cycle, ask: Ask, tools: Tools) -> Costed:
    """Return the changes and what they bring and take, by planning again with them."""
    changes = tuple(as_change(ask, change) for change in ask.get("changes"))
    base = tools.archive.plan(cycle.plan)
    _require_readable(ask, changes, base)
    tools.tell("costing the proposal", 0.0)
    return changes, cost_changes(base, changes)


def as_change(ask: Ask, change: Any) -> Change:
    """Return a change from itself or from its plain data."""
    if isinstance(change, Mapping):
        return change_from_data(change)
    if hasattr(change, "apply") and hasattr(change, "to_data"):
        known: Change = change
        return known
    raise wrong(ask, "change-wrong", repr(change)[:60], "a structured change, or its plain data", "give it so")


def _require_readable(ask: Ask, changes: tuple[Change, ...], base: Plan) -> None:
    """Refuse changes whose fields are of another kind than they should be, such as a word for a quantity."""
    for change in changes:
        try:
            change.words(base.economy)
            change.apply(base.economy, base.goal)
        except (TypeError, ValueError, AttributeError) as error:
            expected = "numbers where there are quantities, and texts where there are codes"
            raise wrong(ask, "change-wrong", f"{change.to_data()} ({error})", expected, "correct the change") from error
