"""Have a constituency vote on an instruction to its delegates; they stay free, and the difference is public."""

from typing import Final

from newcourse.acts.act import Act, Deed, Tools, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.electing import ballot_of, voting_place
from newcourse.acts.opening import Question, open_question, prepare_question, require_open
from newcourse.acts.texts import text_asked
from newcourse.council.articles import Decision
from newcourse.council.bodies import Body, belongs, constituency_electorate, electors, electors_in_words
from newcourse.council.instructing import deciding_council, instructed_body
from newcourse.council.state import State

FOR: Final = "for"
AGAINST: Final = "against"
_CHOICES: Final = {"yes": FOR, "no": AGAINST}


def check(state: State, ask: Ask) -> None:
    """Refuse instructions about nothing that the delegates decide, by strangers, and choices that nobody can make."""
    article = state.law.article_on_act("instruct")
    about = str(ask.get("about"))
    if not deciding_council(state, about):
        expected = "the code of a vote, a proposal, a draft of statutes or a kind of decision"
        raise wrong(ask, "about-unknown", repr(about), expected, "name what it is about")
    if about in state.votes and not state.votes[about].open:
        found = f"vote {about}, which is closed"
        raise refused(ask, article, "vote-closed", found, "a vote that is still to be decided", "instruct earlier")
    body = instructed_body(state, about, _place(state, ask))
    if body is None:
        council = state.law.councils[deciding_council(state, about)]
        found = f"{state.tree.name(_place(state, ask))}, which sends nobody to {council.name}"
        raise refused(ask, article, "no-delegates", found, "a place that sends delegates there", "name such a place")
    if not belongs(state, body, _place(state, ask), ask.actor):
        expected = f"one of {electors_in_words(state, body, _place(state, ask))}"
        found = f"{ask.actor}, who does not elect there"
        raise refused(ask, article, "constituency-other", found, expected, "leave it to them")
    _require_choice(state, ask)
    if ask.get("reasons") is not None:
        text_asked(ask, "reasons")
    if _decision(state, body) is None:
        found = f"no kind of decision on instructions to {body.name(state)}"
        raise refused(ask, article, "decision-missing", found, "one in the statutes", "amend the statutes")
    require_open(state, ask, article, _question(state, ask, body))


def prepare(state: State, ask: Ask, tools: Tools) -> bytes:
    """Return the key of a secret vote."""
    return prepare_question(_question(state, ask, _body(state, ask)), tools)


def basis(state: State, ask: Ask) -> object:
    """Return what the kind of ballot follows from."""
    body = instructed_body(state, str(ask.get("about")), _place(state, ask))
    return _question(state, ask, body).ballot if body and _decision(state, body) else None


def do(state: State, ask: Ask, key: bytes) -> Deed:
    """Write what is fixed, and what the delegates are to do."""
    deed = open_question(state, ask, _question(state, ask, _body(state, ask)), key)
    body = {**deed.body, "choice": _choice(ask), "reasons": str(ask.get("reasons", ""))}
    return Deed(body, deed.artefacts, deed.secrets)


def _place(state: State, ask: Ask) -> str:
    return str(ask.get("place", state.members.get(ask.actor, "")))


def _body(state: State, ask: Ask) -> Body:
    body = instructed_body(state, str(ask.get("about")), _place(state, ask))
    if body is None:
        raise LookupError("check has refused this")
    return body


def _choice(ask: Ask) -> str:
    choice = str(ask.get("choice"))
    return _CHOICES.get(choice, choice)


def _require_choice(state: State, ask: Ask) -> None:
    """Refuse a choice that no ballot of the delegates could make."""
    about, choice = str(ask.get("about")), _choice(ask)
    vote = state.votes.get(about)
    kind = state.law.decisions.get(vote.frozen.decision if vote else about)
    ranked = kind is not None and kind.subject in ("weights", "variant")
    known = list(vote.frozen.candidates) if vote and ranked else [FOR, AGAINST]
    free = ranked and vote is None and choice not in (FOR, AGAINST, "abstain")
    if choice not in known and not free:
        raise wrong(ask, "choice-wrong", repr(choice), " or ".join(known), "say what the delegates are to do")


def _decision(state: State, body: Body) -> Decision | None:
    kinds = [kind for kind in state.law.decisions.values() if kind.subject == "instruction"]
    return next((kind for kind in kinds if kind.council == body.council.council), None)


def _question(state: State, ask: Ask, body: Body) -> Question:
    kind, place, about = _decision(state, body), _place(state, ask), str(ask.get("about"))
    if kind is None:
        raise LookupError("check has refused this")
    electorate = constituency_electorate(state, body, place)
    motion = (
        f"Instruction to the delegates of {state.tree.name(place)} in {body.name(state)} on {about}: {_choice(ask)}"
    )
    return Question(
        decision=kind.decision,
        subject="instruction",
        question=motion,
        candidates=(motion,),
        rule=kind.rule,
        options=kind.options,
        electorate=electorate,
        quorum=kind.quorum,
        ties=kind.ties,
        ballot=ballot_of(state, body, place, kind.ballot, len(electorate)),
        days=kind.days,
        place=voting_place(state, place),
        about=about,
        electors=electors(state, body, place),
    )


ACT: Final = Act(
    "instruct",
    check,
    do,
    needs=("about", "choice"),
    takes=("place", "reasons", "commitment"),
    prepare=prepare,
    basis=basis,
)
