"""Authority answers with its article and reason; default deny; deny beats allow; every act × role (design §3)."""

from dataclasses import replace
from itertools import product

import pytest

from newcourse.council.authority import Grant, Refusal, authority
from newcourse.council.default_statutes import default_data
from newcourse.council.growing import GrowingMap
from newcourse.council.roles import roles_of
from newcourse.council.state import Seat, State
from newcourse.council.statutes import Statutes
from newcourse.council.words import ACTS
from newcourse.errors import NotAllowed
from tests.council.people import after_cycle, in_cycle, people

TIMES = {"nothing": State(), "before": people(), "cycle": in_cycle(people()), "between": after_cycle(people())}
ACTORS = ("kim", "fay", "nil", "ned", "mia")
"""A stranger; a founder at the federation's own place; North's delegate; members at North and at its mill."""

PLACES = ("F", "N", "S", "N1")

EVERYWHERE = "F N S N1"
NORTH = "N N1"

# Who may do what, when, and at which places, written out by hand: all that is not here is refused.
ALLOWED: dict[tuple[str, str, str], str] = {("nothing", actor, "found"): EVERYWHERE for actor in ACTORS}
MEMBERS_MAY = [
    "leave",
    "transfer",
    "nominate",
    "accept_nomination",
    "withdraw_nomination",
    "close_nominations",
    "open_election",
    "take_mandate",
    "lay_down_mandate",
    "instruct",
    "file_proposal",
    "amend_proposal",
    "support_proposal",
    "withdraw_proposal",
    "merge_proposals",
    "form_tendency",
    "join_tendency",
    "leave_tendency",
    "name_speaker",
    "publish_statement",
    "criticise",
    "reply",
    "appeal",
    "draw_token",
    "cast",
    "enter_paper_ballots",
    "confirm_paper_ballots",
    "close_vote",
    "count_vote",
    "contest_vote",
    "petition_recall",
    "sign_petition",
    "open_recall_vote",
    "fill_vacancy",
    "draft_statutes",
    "enact_statutes",
]
DELEGATES_MAY = [
    "found_body",
    "open_nominations",
    "file_need",
    "open_cycle",
    "answer_proposal",
    "moderate",
    "decide_appeal",
    "open_vote",
    "extend_vote",
    "decide_contest",
    "make_variants",
    "adopt",
    "hand_down_orders",
    "end_cycle",
]
"""The delegate of the congress has the rights of a delegate at the federation's own place, and so everywhere."""

for time in ("before", "cycle", "between"):
    for act in ("join", "verify_member"):
        ALLOWED[time, "fay", act] = EVERYWHERE  # as a member at the root, above all places
        ALLOWED[time, "nil", act] = ALLOWED[time, "ned", act] = NORTH
        ALLOWED[time, "mia", act] = "N1"
    for act in ("file_need", "open_nominations"):
        ALLOWED[time, "fay", act] = EVERYWHERE
        ALLOWED[time, "ned", act] = NORTH
        ALLOWED[time, "mia", act] = "N1"
    for actor, act in product(("fay", "nil", "ned", "mia"), MEMBERS_MAY):
        ALLOWED[time, actor, act] = EVERYWHERE
    for act in DELEGATES_MAY:
        ALLOWED[time, "nil", act] = EVERYWHERE
    for actor in ACTORS:
        ALLOWED[time, actor, "cast_secret"] = EVERYWHERE
ALLOWED["before", "fay", "seat_delegates"] = ALLOWED["before", "fay", "found_body"] = EVERYWHERE


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("time", TIMES)
def test_permissions_table(act: str, time: str) -> None:
    for actor, place in product(ACTORS, PLACES):
        answer = authority(TIMES[time], actor, act, place)
        expected = place in ALLOWED.get((time, actor, act), "").split()
        assert answer.allowed is expected, (actor, place, answer)
        assert answer.article
        assert answer.reason


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("time", TIMES)
def test_every_refusal_says_article_reason_and_remedy(act: str, time: str) -> None:
    for actor, place in product(ACTORS, PLACES):
        answer = authority(TIMES[time], actor, act, place)
        if isinstance(answer, Refusal):
            fault = answer.error().faults[0]
            assert fault.where == f"act {act} by {actor}"
            assert actor in fault.found
            assert ACTS[act] in fault.found
            assert fault.expected.startswith("the founding" if time == "nothing" else "Article ")
            assert fault.remedy


def test_roles_follow_from_the_state() -> None:
    state = people()
    assert roles_of(state, "kim") == {"anyone"}
    assert roles_of(state, "fay") == {"anyone", "founder", "member"}
    assert roles_of(state, "nil") == {"anyone", "member", "delegate"}
    assert roles_of(state, "ned") == {"anyone", "member"}


def test_a_confirmed_member_and_a_founder_who_left() -> None:
    state = people()
    confirmed = replace(state, verified=GrowingMap({"ned": ("nil",)}))
    assert roles_of(confirmed, "ned") == {"anyone", "member", "verified member"}
    gone = replace(state, members=state.members.without("fay"))
    assert roles_of(gone, "fay") == {"anyone"}


def test_statutes_can_ask_for_confirmed_members() -> None:
    data = default_data()
    data["articles"][1]["grants"].append({"act": "open_vote", "roles": ["verified member"], "where": "own place"})
    state = replace(people(Statutes.from_data(data)), verified=GrowingMap({"ned": ("nil",)}))
    answer = authority(state, "ned", "open_vote", "N")
    assert isinstance(answer, Grant)
    assert answer.reason == (
        "ned (a verified member at North); Article 2, Members: a member whose identity somebody has confirmed may open "
        "a vote at their own place, at any time"
    )
    assert not authority(state, "mia", "open_vote", "N1").allowed


def test_a_delegate_acts_at_the_place_of_the_body_and_at_the_one_that_sent_them() -> None:
    data = default_data()
    region = {"council": "region", "name": "Council", "level": "region", "election": "delegates"}
    data["articles"][2]["councils"].append(region)
    state = replace(people(Statutes.from_data(data)), seats={"region:N": (Seat("mia", "N1"),)})
    assert authority(state, "mia", "found_body", "N").allowed
    assert authority(state, "mia", "found_body", "N1").allowed
    assert not authority(state, "mia", "found_body", "S").allowed
    assert "mia (a member at North mill, a delegate from North mill in Council of North)" in (
        authority(state, "mia", "found_body", "S").reason
    )


def test_delegates_of_a_body_that_statutes_abolished_are_none() -> None:
    state = replace(people(), seats={"senate": (Seat("ned", "N"),)})
    assert roles_of(state, "ned") == {"anyone", "member"}


def test_a_grant_says_which_article_grants_it() -> None:
    answer = authority(in_cycle(people()), "ned", "file_need", "N1")
    assert isinstance(answer, Grant)
    assert answer.article == "Article 6, Needs and proposals"
    assert answer.reason == (
        "ned (a member at North); Article 6, Needs and proposals: a member or a delegate may file what a place needs "
        "at their own place and the places beneath it, at any time"
    )


def test_a_prohibition_goes_before_every_permission() -> None:
    answer = authority(in_cycle(people()), "nil", "seat_delegates")
    assert isinstance(answer, Refusal)
    assert answer.article.startswith("Article 4")
    assert "while a cycle is open" in answer.reason
    with pytest.raises(NotAllowed, match="nobody changes the seats"):
        raise answer.error()


def test_a_prohibition_can_be_for_one_role_at_one_place() -> None:
    data = default_data()
    data["articles"][3]["denies"].append({"act": "file_need", "roles": ["delegate"], "where": "own place"})
    state = in_cycle(people(Statutes.from_data(data)))
    for place in ("F", "N"):
        assert not authority(state, "nil", "file_need", place).allowed
    assert authority(state, "nil", "file_need", "N1").allowed
    assert authority(state, "ned", "file_need", "N").allowed


def test_an_unknown_act_is_refused_by_default() -> None:
    answer = authority(people(), "fay", "abolish")
    assert isinstance(answer, Refusal)
    assert "no article knows the act 'abolish'" in answer.reason
    assert answer.article == "Article 1, Founding"
