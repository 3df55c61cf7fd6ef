"""Open a vote: what is voted on, by whom, by which rule and how ties are settled is fixed and hashed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from newcourse.acts.act import Act, Deed, Tools, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.council.articles import Decision
from newcourse.council.counting import entitled
from newcourse.council.freeze import Frozen, is_commitment
from newcourse.council.needs import groups_asked, with_needs
from newcourse.council.state import State
from newcourse.errors import Fault, NotAllowed
from newcourse.record.entry import time_text
from newcourse.vote.profile import Profile
from newcourse.vote.rule import frozen_rule, rule_named
from newcourse.vote.ties import LOT


def check(state: State, ask: Ask) -> None:
    """Refuse a vote whose time has not come, that nobody could vote in, or whose lot has no seed."""
    decision = state.law.decisions.get(str(ask.get("decision")))
    if decision is None:
        known = ", ".join(state.law.decisions)
        raise wrong(ask, "decision-unknown", repr(ask.get("decision")), f"one of {known}", "name a kind of decision")
    article = state.law.article_on_decision(decision.decision)
    faults = [*_time_faults(state, ask, decision)]
    if not entitled(state, decision):
        faults.append(
            Fault("electorate-empty", ask.where, "nobody who may vote", "an electorate", "seat or admit them")
        )
    if faults:
        raise NotAllowed(Fault(f.code, f.where, f.found, f"{article}: {f.expected}", f.remedy) for f in faults)
    if decision.ties == LOT and not is_commitment(ask.get("commitment")):
        expected = "the SHA-256 of a secret line, 64 hexadecimal digits, to which the opener is committed"
        raise refused(ask, article, "commitment-missing", repr(ask.get("commitment")), expected, "choose a line")
    if decision.subject == "motion" and not str(ask.get("question", "")).strip():
        raise wrong(ask, "question-missing", "no question", "the motion in words, on one line", "write it")


def prepare(state: State, ask: Ask, tools: Tools) -> tuple[str, ...]:
    """Return what is voted on, in the order that is fixed now."""
    subject = state.law.decisions[ask.get("decision")].subject
    if subject == "motion":
        return (str(ask.get("question")),)
    if state.cycle is None:
        return ()  # check has refused this
    if subject == "variant":
        return tuple(variant.variant for variant in state.cycle.variants)
    economy = with_needs(tools.archive.economy(state.cycle.economy), state.cycle.needs.values())
    return groups_asked(economy)


def basis(state: State, _ask: Ask) -> object:
    """Return what the candidates follow from."""
    return (state.cycle.economy, dict(state.cycle.needs), state.cycle.variants) if state.cycle else None


def do(state: State, ask: Ask, candidates: tuple[str, ...]) -> Deed:
    """Write what is fixed, and seal it with its hash."""
    decision = state.law.decisions[ask.get("decision")]
    rule = frozen_rule(decision.rule, decision.options)
    Profile.of(rule_named(decision.rule).form, candidates, [])
    frozen = Frozen(
        vote=f"V{len(state.votes) + 1}",
        decision=decision.decision,
        subject=decision.subject,
        question=str(ask.get("question", decision.name)),
        candidates=candidates,
        rule=decision.rule,
        options=_options(rule["options"]),
        electorate=entitled(state, decision),
        quorum=decision.quorum,
        ties=decision.ties,
        commitment=str(ask.get("commitment")) if decision.ties == LOT else "",
        opener=ask.actor,
        closes=time_text(ask.at + timedelta(days=decision.days)),
    )
    body = {"frozen": frozen.to_data(), "sealed": frozen.hash, "cycle": state.cycle.number if state.cycle else 0}
    return Deed(body)


def _options(options: Any) -> dict[str, Any]:
    """Return the rule's options without the tie rule, which the vote itself says."""
    return {name: value for name, value in options.items() if name != "ties"}


def _time_faults(state: State, ask: Ask, decision: Decision) -> Iterator[Fault]:
    if decision.subject == "motion":
        return
    cycle = state.cycle
    if cycle is None:
        yield Fault("no-cycle", ask.where, "no open cycle", "a vote within a cycle", "open a cycle first")
        return
    running = [v.vote for v in state.votes.values() if v.open and v.frozen.decision == decision.decision]
    if running:
        expected = "one vote on it at a time"
        yield Fault("vote-running", ask.where, f"vote {running[0]} is open", expected, "close it first")
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


ACT: Final = Act(
    "open_vote", check, do, needs=("decision",), takes=("question", "commitment"), prepare=prepare, basis=basis
)
