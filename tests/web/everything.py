"""A federation in which there is one of everything that pages show."""

from datetime import timedelta

from newcourse.acts.federation import Federation
from newcourse.vote.ballot import ChoiceBallot
from tests.acts.assembly import VOTE, elected, nominated
from tests.acts.commune import CALL, FREE, OPEN_STATUTES, START

LATER = START + CALL + timedelta(days=1)
CYCLE = next(article for article in OPEN_STATUTES["articles"] if article["number"] == "5")
DRAFT = {"change": "amend", "article": {**CYCLE, "cycle": {**CYCLE["cycle"], "answer_days": 20}}}


def everything_else(federation: Federation) -> None:
    """Elections over and running, a recall, tendencies, criticism, a draft, and a second cycle, after the first."""
    _offices(federation)
    _opinions(federation)
    _second_cycle(federation)


def _offices(federation: Federation) -> None:
    do = federation.perform
    ballots = {"ada": ("ada", "cyd"), "ben": ("ben", "cyd"), "cyd": ("ada", "cyd", "ben")}
    over = elected(federation, ballots, ("ada", "ben", "cyd"), "N", LATER)
    nominated(federation, "S", ("eva",), over)
    do("nominate", actor="dan", at=over, election="E2", person="dan")
    own = [one.mandate for one in federation.state.mandates.values() if one.held]
    do("petition_recall", actor="cyd", at=over, mandate=own[0], reasons="Promises were broken.")
    do("open_recall_vote", actor="cyd", at=over, petition="R1")
    vote = federation.state.petitions["R1"].vote
    do("cast", actor="cyd", at=over, vote=vote, ballot=ChoiceBallot("no"))
    do("close_vote", actor="ben", at=over + VOTE, vote=vote)
    do("count_vote", actor="ben", at=over + VOTE, vote=vote)
    do("contest_vote", actor="ben", at=over + VOTE, vote=vote, reasons="The notice came late.")
    do("petition_recall", actor="ben", at=over + VOTE, mandate=own[1], reasons="Never seen at the mill.")
    do("lay_down_mandate", actor="ada", at=over + VOTE, mandate=_mandate_of(federation, "ada"), reason="I move away.")


def _mandate_of(federation: Federation, person: str) -> str:
    return next(one.mandate for one in federation.state.mandates.values() if one.held and one.person == person)


def _opinions(federation: Federation) -> None:
    at, do = LATER + 3 * VOTE, federation.perform
    do("form_tendency", actor="ben", at=at, name="Short days", platform="Nobody works at night.")
    do("join_tendency", actor="eva", at=at, tendency="T1")
    do("publish_statement", actor="ben", at=at, tendency="T1", statement="Fewer hours first.", about="P2")
    do("criticise", actor="eva", at=at, about="V1", words="The weights forget the buses.")
    do("reply", actor="ben", at=at, comment="C1", words="They do not.")
    do("criticise", actor="fay", at=at, about="V1", words="Buy my soap.")
    do("moderate", actor="ben", at=at, comment="C3", reason="It is an advertisement.")
    do("appeal", actor="fay", at=at, comment="C3", reason="It is good soap.")
    do("draft_statutes", actor="eva", at=at, changes=[DRAFT], reasons="Shorter statutes are read more.")


def _second_cycle(federation: Federation) -> None:
    at, do = LATER + 3 * VOTE, federation.perform
    do("open_cycle", actor="ben", at=at, limits=FREE)
    change = [{"kind": "supply", "place": "F", "factor": "hours", "quantity": 90.0}]
    do("file_need", actor="eva", at=at, place="S", need="bus-s", minimum=5.0, target=45.0)
    do("file_proposal", actor="eva", at=at, title="Shorter days", reasons="We are tired.", changes=change)
    do("answer_proposal", actor="ben", at=at, proposal="P3", answer="partly", reasons="A little shorter.")
    do("open_vote", actor="ben", at=at, decision="motion", question="Shall the baths be open at night?")
