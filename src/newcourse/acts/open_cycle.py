"""Open a planning cycle: horizon, base economy, calendar; and make the base plan that proposals are costed against."""

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Final

from newcourse.acts.act import Act, Deed, Tools, refused, wrong
from newcourse.acts.artefacts import economy_artefact, economy_from, plan_artefact
from newcourse.acts.ask import Ask
from newcourse.council.state import State
from newcourse.economy.economy import Economy
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.planner import make_plan
from newcourse.record.artefact import Artefact
from newcourse.record.entry import time_text


@dataclass(frozen=True, slots=True)
class Base:
    """What a cycle begins with."""

    economy: Artefact
    fingerprint: str
    plan: Artefact


def check(state: State, ask: Ask) -> None:
    """Refuse a second cycle beside an open one, and limits or an economy that are none."""
    if state.cycle is not None:
        article = state.law.article_on_cycle()
        found = f"cycle {state.cycle.number} is open and waits for {state.cycle.stage}"
        raise refused(ask, article, "cycle-open", found, "one cycle at a time", "bring that cycle to its orders first")
    limits_of(ask)
    given = ask.get("economy")
    if given is not None and not isinstance(given, Economy):
        raise wrong(ask, "economy-wrong", repr(given)[:60], "an economy, or nothing", "read it first")


def prepare(state: State, ask: Ask, tools: Tools) -> Base:
    """Return the base economy and its plan: what would be done without any proposal."""
    given = ask.get("economy")
    economy = given if isinstance(given, Economy) else tools.archive.economy(state.economy)
    if economy is given:
        _require_places(ask, economy, tools.archive.economy(state.economy))
    kept = economy_artefact(economy)
    again = economy_from(kept)
    plan = make_plan(again, Goal(guaranteed=_guaranteed(ask)), limits_of(ask), on_progress=tools.tell)
    return Base(kept, again.fingerprint, plan_artefact(plan, kept))


def basis(state: State, _ask: Ask) -> object:
    """Return what the base plan follows from."""
    return state.economy


def do(state: State, ask: Ask, base: Base) -> Deed:
    """Write the call."""
    body = {
        "cycle": len(state.past) + 1,
        "call_ends": time_text(ask.at + timedelta(days=state.law.cycle.call_days)),
        "limits": limits_of(ask).to_data(),
        "guaranteed": sorted(_guaranteed(ask)),
        "economy": base.economy.address,
        "fingerprint": base.fingerprint,
        "plan": base.plan.address,
    }
    return Deed(body, (base.economy, base.plan))


def limits_of(ask: Ask) -> Limits:
    """Return the limits asked for; the usual ones where none are named."""
    given = ask.get("limits", {})
    if isinstance(given, Limits):
        return given
    try:
        return Limits.from_data(given)
    except TypeError as error:
        expected = f"an object with some of {', '.join(spec.name for spec in fields(Limits))}"
        raise wrong(ask, "limits-wrong", f"{given!r:.60} ({error})", expected, "correct the limits") from error


def _guaranteed(ask: Ask) -> frozenset[str]:
    return frozenset(ask.get("guaranteed", ()))


def _require_places(ask: Ask, economy: Economy, first: Economy) -> None:
    """Refuse an economy that lacks places; those that were founded later it may have and need not have."""
    known = set(economy["places"]["place"])
    missing = [str(place) for place in first["places"]["place"] if place not in known]
    if missing:
        expected = "an economy with every place of the economy that the federation was founded with"
        raise wrong(ask, "places-missing", f"no {', '.join(missing)}", expected, "add the places to the economy")


ACT: Final = Act("open_cycle", check, do, takes=("limits", "economy", "guaranteed"), prepare=prepare, basis=basis)
