"""Open a vote: what is voted on, by whom, by which rule and how ties are settled is fixed and hashed."""

from collections.abc import Iterator
from typing import Final

from newcourse.acts.act import Act, Deed, Tools, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.drafting import draft_faults, question_on
from newcourse.acts.opening import Question, open_question, prepare_question, question_faults
from newcourse.council.articles import Decision
from newcourse.council.counting import deciding_place, electors_of, entitled
from newcourse.council.needs import groups_asked, with_needs
from newcourse.council.state import State
from newcourse.errors import Fault, NotAllowed
from newcourse.record.entry import time_text

SUBJECTS: Final = ("weights", "variant", "motion", "statutes")
"""What this act opens votes on; instructions, elections and recalls have acts of their own."""

ONE_QUESTION: Final = ("motion", "statutes")

Prepared = tuple[tuple[str, ...], bytes]


def check(state: State, ask: Ask) -> None:
    """Refuse a vote whose time has not come, that nobody could vote in, or whose lot has no seed."""
    decision = decision_asked(state, ask)
    _require_place(state, ask, decision)
    if decision.subject == "motion" and not str(ask.get("question", "")).strip():
        raise wrong(ask, "question-missing", "no question", "the motion in words, on one line", "write it")
    article = state.law.article_on_decision(decision.decision)
    faults = [*_time_faults(state, ask, decision), *_draft_faults(state, ask, decision)]
    faults += question_faults(state, ask, _question(state, ask, ("any", "other")))
    if faults:
        raise NotAllowed(Fault(f.code, f.where, f.found, f"{article}: {f.expected}", f.remedy) for f in faults)


def prepare(state: State, ask: Ask, tools: Tools) -> Prepared:
    """Return what is voted on, in the order that is fixed now, and the key of a secret vote."""
    candidates = _candidates(state, ask, tools)
    return candidates, prepare_question(_question(state, ask, candidates), tools)


def basis(state: State, ask: Ask) -> object:
    """Return what the candidates and the kind of ballot follow from."""
    decision = decision_asked(state, ask)
    cycle = state.cycle
    return decision, (cycle.economy, dict(cycle.needs), cycle.variants) if cycle else None


def do(state: State, ask: Ask, prepared: Prepared) -> Deed:
    """Write what is fixed, and seal it with its hash."""
    candidates, key = prepared
    return open_question(state, ask, _question(state, ask, candidates), key)


def decision_asked(state: State, ask: Ask) -> Decision:
    """Return the kind of decision that a request names."""
    known = {code: kind for code, kind in state.law.decisions.items() if kind.subject in SUBJECTS}
    decision = known.get(str(ask.get("decision")))
    if decision is None:
        expected = f"one of {', '.join(known)}"
        raise wrong(ask, "decision-unknown", repr(ask.get("decision")), expected, "name a kind of decision")
    return decision


def _question(state: State, ask: Ask, candidates: tuple[str, ...]) -> Question:
    decision, place = decision_asked(state, ask), str(ask.get("place", ""))
    return Question(
        decision=decision.decision,
        subject=decision.subject,
        question=_asked(state, ask, decision),
        candidates=(_asked(state, ask, decision),) if decision.subject in ONE_QUESTION else candidates,
        rule=decision.rule,
        options=decision.options,
        electorate=entitled(state, decision, place),
        quorum=decision.quorum,
        ties=decision.ties,
        ballot="open" if decision.electorate == "delegates" else decision.ballot,
        days=decision.days,
        place=_place(state, decision, place),
        about=str(ask.get("about", "")),
        electors=electors_of(state, decision, place),
    )


def _asked(state: State, ask: Ask, decision: Decision) -> str:
    draft = state.drafts.get(str(ask.get("about"))) if decision.subject == "statutes" else None
    return question_on(draft) if draft else str(ask.get("question", decision.name))


def _place(state: State, decision: Decision, place: str) -> str:
    where = deciding_place(state, state.law.councils[decision.council], place)
    return "" if where == state.tree.root else where


def _candidates(state: State, ask: Ask, tools: Tools) -> tuple[str, ...]:
    subject = decision_asked(state, ask).subject
    if subject in ONE_QUESTION or state.cycle is None:
        return ()
    if subject == "variant":
        return tuple(variant.variant for variant in state.cycle.variants)
    economy = with_needs(tools.archive.economy(state.cycle.economy), state.cycle.needs.values())
    return groups_asked(economy)


def _require_place(state: State, ask: Ask, decision: Decision) -> None:
    council, place = state.law.councils[decision.council], str(ask.get("place", ""))
    if council.level:
        known = state.tree.at_level(council.level)
        if place not in known:
            expected = f"a place with such a body: {', '.join(known) or 'none is founded yet'}"
            raise wrong(ask, "place-unknown", repr(place), expected, "name the place whose body decides")
    elif place and place != state.council_place(council):
        expected = f"{state.council_place(council)}, for which the {council.name} decides, or no place"
        raise wrong(ask, "place-other", repr(place), expected, "leave the place out")


def _time_faults(state: State, ask: Ask, decision: Decision) -> Iterator[Fault]:
    if decision.subject in ONE_QUESTION:
        return
    cycle = state.cycle
    if cycle is None:
        yield Fault("no-cycle", ask.where, "no open cycle", "a vote within a cycle", "open a cycle first")
        return
    running = [v.vote for v in state.votes.values() if v.result is None and v.frozen.decision == decision.decision]
    if running:
        found, expected = f"vote {running[0]} is not counted yet", "one vote on it at a time"
        yield Fault("vote-running", ask.where, found, expected, "have it closed and counted first")
    if decision.subject == "weights":
        if ask.at < cycle.call_ends:
            expected = f"a vote on weights after the call, which ends {time_text(cycle.call_ends)}"
            yield Fault("call-running", ask.where, f"the time {time_text(ask.at)}", expected, "wait until then")
        if cycle.weights:
            yield Fault("decided-already", ask.where, "weights that are voted", "one decision on weights", "go on")
    elif not cycle.variants:
        yield Fault("no-variants", ask.where, "no variants", "variants to choose from", "have them calculated first")
    elif cycle.winner:
        yield Fault("decided-already", ask.where, f"the winner {cycle.winner}", "one choice in a cycle", "adopt it")


def _draft_faults(state: State, ask: Ask, decision: Decision) -> list[Fault]:
    if decision.subject != "statutes":
        return []
    return draft_faults(state, str(ask.get("about", "")), ask.at, decision.decision)


ACT: Final = Act(
    "open_vote",
    check,
    do,
    needs=("decision",),
    takes=("place", "question", "commitment", "about"),
    prepare=prepare,
    basis=basis,
)
