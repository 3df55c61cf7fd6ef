"""Refill a vacated seat by countback of the ballots that filled it, within the quotas (design §8.2)."""

from typing import Final

from newcourse.acts.act import Act, Deed, Tools, refused
from newcourse.acts.artefacts import json_artefact
from newcourse.acts.ask import Ask
from newcourse.acts.contested import require_uncontested
from newcourse.acts.electing import mandate_asked, refused_all
from newcourse.council.bodies import article_on_recall
from newcourse.council.counting_back import refill, refill_basis
from newcourse.council.refilling import elected_to, no_ballots, not_vacant
from newcourse.council.standing import is_over
from newcourse.council.state import State
from newcourse.council.vacancies import elections_at
from newcourse.vote.outcome import Committee, Tally


def check(state: State, ask: Ask) -> None:
    """Refuse seats that are not vacant, whose recall is contested, and those that no ballots can fill."""
    mandate = mandate_asked(state, ask)
    article = article_on_recall(state.law)
    faults = not_vacant(state, mandate, ask.at, ask.where) or no_ballots(state, mandate, ask.where)
    if faults:
        raise refused_all(faults, article)
    petitions = {petition.vote for petition in state.petitions.values() if petition.mandate == mandate.mandate}
    require_uncontested(state, ask, article, lambda vote: vote.vote in petitions)
    elections = elections_at(state, mandate.body, mandate.constituency)
    running = next((e.election for e in elections if not is_over(state, e, ask.at)), "")
    if running:
        found = f"election {running}, which is to fill the seat"
        raise refused(ask, article, "election-running", found, "countback or election", "let the election go on")


def prepare(state: State, ask: Ask, tools: Tools) -> Tally:
    """Count the ballots of the election again for the vacated seat."""
    tools.tell("counting back", 0.0)
    tally = refill(state, tools.archive.data, mandate_asked(state, ask), ask.at, ask.where)
    if isinstance(tally, list):
        raise refused_all(tally, article_on_recall(state.law))
    return tally


def basis(state: State, ask: Ask) -> object:
    """Return what the countback relied on."""
    return refill_basis(state, mandate_asked(state, ask))


def do(state: State, ask: Ask, tally: Tally) -> Deed:
    """Write who takes the seat, with every step of the countback beside it."""
    mandate, result = mandate_asked(state, ask), tally.result
    if not isinstance(result, Committee):
        raise TypeError("a countback that decided nothing cannot fill a seat")
    counted = {
        "mandate": mandate.mandate,
        "vote": mandate.vote,
        "vacated": elected_to(state, mandate),
        "result": result.to_data(),
        "sentence": tally.sentence,
        "steps": [step.to_data() for step in tally.steps],
    }
    kept = json_artefact("countback", counted)
    body = {
        "mandate": mandate.mandate,
        "person": result.elected[0],
        "given": f"M{len(state.mandates) + 1}",
        "sentence": tally.sentence,
        "countback": kept.address,
    }
    return Deed(body, (kept,))


ACT: Final = Act("fill_vacancy", check, do, needs=("mandate",), prepare=prepare, basis=basis)
