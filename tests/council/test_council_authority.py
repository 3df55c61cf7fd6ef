"""Authority answers with its article and reason; default deny; deny beats allow; every act × role (design §3)."""

from copy import deepcopy
from itertools import product

import pytest

from newcourse.council.authority import Grant, Refusal, authority, roles_of
from newcourse.council.default_statutes import DATA
from newcourse.council.state import State
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
for time in ("before", "cycle", "between"):
    ALLOWED[time, "fay", "join"] = EVERYWHERE  # as a member at the root, above all places
    ALLOWED[time, "nil", "join"] = ALLOWED[time, "ned", "join"] = NORTH
    ALLOWED[time, "mia", "join"] = "N1"
    ALLOWED[time, "fay", "file_need"] = EVERYWHERE
    ALLOWED[time, "nil", "file_need"] = ALLOWED[time, "ned", "file_need"] = NORTH
    ALLOWED[time, "mia", "file_need"] = "N1"
    for actor, act in product(("fay", "nil", "ned", "mia"), ("file_proposal", "support_proposal", "cast")):
        ALLOWED[time, actor, act] = EVERYWHERE
    for act in ("open_cycle", "open_vote", "close_vote", "make_variants", "adopt", "hand_down_orders", "end_cycle"):
        ALLOWED[time, "nil", act] = EVERYWHERE
for actor, time in (("fay", "before"), ("nil", "before"), ("nil", "between")):
    ALLOWED[time, actor, "seat_delegates"] = EVERYWHERE


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
    data = deepcopy(DATA)
    data["articles"][3]["denies"].append({"act": "file_need", "roles": ["delegate"], "where": "own place"})
    state = in_cycle(people(Statutes.from_data(data)))
    assert not authority(state, "nil", "file_need", "N").allowed
    assert authority(state, "nil", "file_need", "N1").allowed
    assert authority(state, "ned", "file_need", "N").allowed


def test_an_unknown_act_is_refused_by_default() -> None:
    answer = authority(people(), "fay", "abolish")
    assert isinstance(answer, Refusal)
    assert "no article knows the act 'abolish'" in answer.reason
    assert answer.article == "Article 1, Founding"
