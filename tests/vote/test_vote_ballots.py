"""Ballots and profiles are right when made, equal when they mean the same, and say every fault (design §8.1)."""

import json
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.ballot import AllocationBallot, ChoiceBallot, RankedBallot
from newcourse.vote.forms import ballot_from_data
from newcourse.vote.plain import freeze, percent, plain
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from tests.vote.strategies import NAMES, allocation_ballots, allocation_profiles, ranked_profiles, rankings


def codes(error):
    return [fault.code for fault in error.value.faults]


@given(
    st.one_of(rankings(NAMES), allocation_ballots(NAMES), st.sampled_from(["yes", "no", "abstain"]).map(ChoiceBallot))
)
def test_ballots_survive_json(ballot):
    assert ballot_from_data(json.loads(json.dumps(ballot.to_data()))) == ballot


@given(st.one_of(ranked_profiles(), allocation_profiles()))
def test_profiles_survive_json(profile):
    assert Profile.from_data(json.loads(json.dumps(profile.to_data()))) == profile


def test_fractions_of_points_survive_json():
    ballot = AllocationBallot({"a": Fraction(1, 3), "b": "2/3"}, whole=1)
    assert ballot.to_data() == {"form": "allocation", "whole": 1, "points": {"a": "1/3", "b": "2/3"}}
    assert ballot_from_data(ballot.to_data()) == ballot


def test_a_ranked_ballot_names_all_its_faults():
    with pytest.raises(BadInput) as error:
        RankedBallot((("a",), (), ("b", "a"), ("",)))
    assert codes(error) == ["rank-empty", "ranked-twice", "name-missing"]
    assert "rank 3" in str(error.value)


def test_an_allocation_ballot_names_all_its_faults():
    with pytest.raises(BadInput) as error:
        AllocationBallot({"a": -1, "b": 0.5, "": 3, "c": True, "d": "1e9", "e": "1/0"})
    assert codes(error) == ["name-missing"] + ["points-wrong"] * 5


@pytest.mark.parametrize(
    ("points", "remedy"), [({"a": 60, "b": 30}, "give out 10 more"), ({"a": 60, "b": 50}, "take away 10")]
)
def test_points_must_add_up_to_the_whole(points, remedy):
    with pytest.raises(BadInput) as error:
        AllocationBallot(points)
    assert error.value.faults[0].remedy == remedy


@pytest.mark.parametrize("whole", [0, -100, True, 1.0, "100"])
def test_the_whole_is_a_whole_number_above_zero(whole):
    with pytest.raises(BadInput, match="whole-wrong"):
        AllocationBallot({"a": 1}, whole)


def test_order_within_a_rank_and_parts_without_points_mean_nothing():
    assert RankedBallot.of(("b", "a"), "c") == RankedBallot.of(("a", "b"), "c")
    assert AllocationBallot({"a": 100, "b": 0}) == AllocationBallot({"a": 100})


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"form": "approval"},
        {"form": "ranked"},
        {"form": "ranked", "ranks": "abc"},
        {"form": "ranked", "ranks": ["abc"]},
        {"form": "ranked", "ranks": [[["a"]]]},
        {"form": "allocation", "points": [], "whole": 100},
        {"form": "allocation", "points": {"a": None}, "whole": 100},
        {"form": "choice", "choice": "maybe"},
        {"form": "choice", "choice": []},
        {"form": ["ranked"]},
    ],
)
def test_malformed_ballots_are_refused(data):
    with pytest.raises(BadInput):
        ballot_from_data(data)


def test_a_profile_names_all_its_faults():
    rows = ((RankedBallot.of("a", "x", "y"), 1), (ChoiceBallot("yes"), 0), (RankedBallot.of("a"), True))
    with pytest.raises(BadInput) as error:
        Profile("ranked", ("a", "a", " b"), rows)
    assert codes(error) == [
        "candidate-twice",
        "name-wrong",
        "candidate-unknown",
        "candidate-unknown",
        "form-mixed",
        "times-wrong",
        "times-wrong",
    ]


def test_a_profile_needs_candidates_and_a_known_form():
    with pytest.raises(BadInput) as error:
        Profile("scribbled", (), ())
    assert codes(error) == ["form-unknown", "no-candidate"]


@pytest.mark.parametrize("times", [2**53, 2**63, 2**64])
def test_more_ballots_than_can_be_added_exactly_are_refused(times: int):
    box = Profile("ranked", ("a",), ((RankedBallot.of("a"), times),))
    with pytest.raises(BadInput, match="times-wrong"):
        RankedVotes.of(box)
    with pytest.raises(BadInput, match="times-wrong"):
        ApprovalVotes.of_lists(["a"], [["a"]], [times])


def test_a_profile_says_which_ballots_cannot_be_read():
    row = {"ballot": {"form": "ranked", "ranks": [["a"], ["a"]]}, "times": 1}
    with pytest.raises(BadInput) as error:
        Profile.from_data({"form": "ranked", "candidates": ["a"], "ballots": [row, 7, row]})
    assert [fault.where.split(":")[0] for fault in error.value.faults] == [f"profile, ballot {i}" for i in (1, 2, 3)]


@pytest.mark.parametrize(
    "data",
    [
        None,
        {"form": "ranked"},
        {"form": "ranked", "candidates": "ab", "ballots": []},
        {"form": "ranked", "candidates": [["a"]], "ballots": []},
        {"form": "ranked", "candidates": ["a"], "ballots": {}},
        {
            "form": "choice",
            "candidates": ["a"],
            "ballots": [{"ballot": {"form": "choice", "choice": "no"}, "times": "1"}],
        },
    ],
)
def test_malformed_profiles_are_refused(data):
    with pytest.raises(BadInput):
        Profile.from_data(data)


@given(ranked_profiles(), st.randoms(use_true_random=False))
def test_the_order_of_casting_leaves_no_trace(profile, random):
    one_by_one = [ballot for ballot, times in profile.ballots for _ in range(times)]
    random.shuffle(one_by_one)
    again = Profile.of("ranked", profile.candidates, one_by_one)
    assert again == profile
    assert json.dumps(again.to_data()) == json.dumps(profile.to_data())


def test_counts_are_not_bound_to_64_bits():
    box = Profile("choice", ("m",), ((ChoiceBallot("yes"), 2**70), (ChoiceBallot("yes"), 1)))
    assert box.total == 2**70 + 1


def test_floats_have_no_plain_form():
    with pytest.raises(TypeError, match="no exact plain form"):
        plain({"a": 0.5})


def test_frozen_facts_cannot_be_changed():
    frozen = freeze({"a": [1, {"b": 2}]})
    with pytest.raises(TypeError):
        frozen["a"] = 1
    assert plain(frozen) == {"a": [1, {"b": 2}]}


@given(st.fractions(0, 1))
def test_percent_is_within_half_a_tenth(share):
    shown = Fraction(percent(share).removesuffix(" %"))
    assert abs(shown - 100 * share) <= Fraction(1, 20)


SCALARS = (
    st.none() | st.booleans() | st.integers(-3, 200) | st.floats(allow_nan=False) | st.sampled_from(["a", "", "1/3"])
)
NESTED = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just("a"), inner))
KEYS = st.sampled_from(["ranks", "points", "whole", "choice", "candidates", "ballots", "times", "ballot"])
SHAPED = st.builds(
    lambda form, rest: {"form": form} | rest,
    st.sampled_from(["ranked", "allocation", "choice"]),
    st.dictionaries(KEYS, NESTED, max_size=4),
)


@given(SHAPED, st.sampled_from([ballot_from_data, Profile.from_data]))
def test_whatever_is_read_is_right_or_refused_in_words(data, read):
    value = None
    with suppress(BadInput):  # any other error fails the test
        value = read(data)
    if value is not None:
        assert read(json.loads(json.dumps(value.to_data()))) == value
