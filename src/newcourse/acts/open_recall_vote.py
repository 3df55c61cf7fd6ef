"""Open the vote on a recall, once enough have signed the petition: the constituency decides."""

from typing import Final

from newcourse.acts.act import Act, Deed, Tools, refused
from newcourse.acts.ask import Ask
from newcourse.acts.electing import ballot_of, petition_asked, voting_place
from newcourse.acts.opening import Question, open_question, prepare_question, require_open
from newcourse.acts.recalling import require_held
from newcourse.council.bodies import article_on_recall, body_named, constituency_electorate, electors
from newcourse.council.state import State
from newcourse.vote.ties import CANDIDATE_ORDER


def check(state: State, ask: Ask) -> None:
    """Refuse petitions that too few have signed, second votes, and mandates that have ended."""
    petition = petition_asked(state, ask)
    article = article_on_recall(state.law)
    if petition.vote:
        found = f"vote {petition.vote} on {petition.petition}, which was opened already"
        raise refused(ask, article, "recall-opened", found, "one vote on each petition", "vote in it")
    require_held(state, ask, state.mandates[petition.mandate])
    if not petition.supported:
        found = f"{len(petition.signers)} signatures"
        expected = f"{petition.needed} signatures of the constituency"
        raise refused(ask, article, "signatures-missing", found, expected, "find more who sign")
    require_open(state, ask, article, _question(state, ask))


def prepare(state: State, ask: Ask, tools: Tools) -> bytes:
    """Return the key of a secret vote."""
    return prepare_question(_question(state, ask), tools)


def basis(state: State, ask: Ask) -> object:
    """Return what the kind of ballot follows from."""
    return _question(state, ask).ballot


def do(state: State, ask: Ask, key: bytes) -> Deed:
    """Write what is fixed."""
    return open_question(state, ask, _question(state, ask), key)


def _question(state: State, ask: Ask) -> Question:
    petition = petition_asked(state, ask)
    mandate, rules = state.mandates[petition.mandate], state.law.recall
    body, place = body_named(state, mandate.body, ask.where), mandate.constituency
    electorate = constituency_electorate(state, body, place)
    motion = f"The recall of {mandate.person} from {body.name(state)}"
    return Question(
        decision="recall",
        subject="recall",
        question=motion,
        candidates=(motion,),
        rule="majority",
        options={"threshold": rules.threshold},
        electorate=electorate,
        quorum=rules.quorum,
        ties=CANDIDATE_ORDER,
        ballot=ballot_of(state, body, place, rules.ballot, len(electorate)),
        days=rules.days,
        place=voting_place(state, place),
        about=petition.petition,
        electors=electors(state, body, place),
    )


ACT: Final = Act(
    "open_recall_vote", check, do, needs=("petition",), takes=("commitment",), prepare=prepare, basis=basis
)
