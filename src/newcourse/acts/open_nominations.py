"""Call an election in one constituency and open nominations, when a term ends or a seat is vacant."""

from datetime import timedelta
from typing import Final

from newcourse.acts.act import Act, Deed, Tools, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.electing import body_asked, refused_all, rules_of
from newcourse.council.articles import ElectionRules
from newcourse.council.bodies import Body, article_on_election, constituencies
from newcourse.council.counting_back import refill, refill_basis
from newcourse.council.standing import is_over
from newcourse.council.state import State
from newcourse.council.vacancies import elections_at, occasion, vacated
from newcourse.errors import Fault
from newcourse.record.entry import time_text


def check(state: State, ask: Ask) -> None:
    """Refuse elections without rules, without an occasion, or beside one that runs."""
    body, place, rules = _asked(state, ask)
    article = article_on_election(state.law, rules.election)
    running = [e.election for e in elections_at(state, body.body, place) if not is_over(state, e, ask.at)]
    if running:
        found = f"election {running[0]} of {state.tree.name(place)} to {body.name(state)} is not over"
        remedy = "close its nominations, have its vote opened, closed and counted"
        raise refused(ask, article, "election-running", found, "one election at a time", remedy)
    why = occasion(state, body, place, rules, ask.at)
    if not why.reason:
        after = time_text(why.not_before) if why.not_before else "the term is over"
        found = f"all {body.council.seats} seats of {state.tree.name(place)} in {body.name(state)} are held"
        expected = f"an election when a seat is vacant, or from {after} on for the next term"
        raise refused(ask, article, "term-running", found, expected, "wait, or petition for a recall")


def prepare(state: State, ask: Ask, tools: Tools) -> None:
    """Refuse a by-election where the ballots of the last one can fill the seat."""
    body, place, rules = _asked(state, ask)
    why = occasion(state, body, place, rules, ask.at)
    if not why.reason.startswith("vacancy") or state.law.recall.refill != "countback":
        return
    for mandate in vacated(state, body.body, place, ask.at):
        tally = refill(state, tools.archive.data, mandate, ask.at, ask.where)
        if not isinstance(tally, list):
            found = f"the seat of mandate {mandate.mandate}, which the ballots of vote {mandate.vote} can fill"
            fault = Fault("countback-first", ask.where, found, "countback before a by-election", "fill the vacancy")
            raise refused_all([fault], article_on_election(state.law, rules.election))


def basis(state: State, ask: Ask) -> object:
    """Return what the countback relied on."""
    body, place, _rules = _asked(state, ask)
    return tuple(refill_basis(state, mandate) for mandate in vacated(state, body.body, place, ask.at))


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write the call: seats, reason, and how long nominations are open."""
    body, place, rules = _asked(state, ask)
    why = occasion(state, body, place, rules, ask.at)
    return Deed(
        {
            "election": f"E{len(state.elections) + 1}",
            "body": body.body,
            "place": place,
            "seats": why.seats,
            "reason": why.reason,
            "rules": rules.election,
            "term_days": rules.term_days,
            "ends": time_text(why.ends) if why.ends else "",
            "nominations_end": time_text(ask.at + timedelta(days=rules.nomination_days)),
        }
    )


def _asked(state: State, ask: Ask) -> tuple[Body, str, ElectionRules]:
    """Return body, constituency and rules that a request names."""
    body = body_asked(state, ask)
    places = constituencies(state, body)
    place = ask.get("place", places[0] if len(places) == 1 else None)
    if place not in places:
        expected = f"one of {', '.join(places)}"
        raise wrong(ask, "constituency-unknown", repr(place), expected, "name the place that elects")
    article = state.law.article_on_council(body.council.council)
    return body, str(place), rules_of(state, ask, body.body, article)[1]


ACT: Final = Act("open_nominations", check, do, needs=("body",), takes=("place",), prepare=prepare, basis=basis)
