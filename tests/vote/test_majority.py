"""Majorities and quorums, exact at the edge (design §8.1)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.ballot import ChoiceBallot
from newcourse.vote.outcome import Decision
from newcourse.vote.profile import Profile
from newcourse.vote.rule import count


def box(yes, no, abstain=0):
    rows = ((ChoiceBallot("yes"), yes), (ChoiceBallot("no"), no), (ChoiceBallot("abstain"), abstain))
    return Profile("choice", ("the plan",), tuple(row for row in rows if row[1]))


def decide(yes, no, abstain=0, **options):
    return count("majority", options, box(yes, no, abstain))


NUMBERS = st.integers(0, 20)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_simple_majority_is_more_yes_than_no(yes, no, abstain):
    outcome = decide(yes, no, abstain)
    if yes + no + abstain:
        assert outcome.result == Decision(yes > no, yes, no, abstain)
    else:
        assert not outcome.decided


@pytest.mark.parametrize(
    ("votes", "options", "adopted"),
    [
        ((2, 1, 0), {"threshold": "2/3", "comparison": "at-least"}, True),
        ((2, 1, 0), {"threshold": "2/3"}, False),
        ((666_666, 333_334, 0), {"threshold": "2/3", "comparison": "at-least"}, False),
        ((5, 4, 1), {}, True),
        ((5, 4, 1), {"base": "present"}, False),
        ((6, 3, 1), {"base": "present"}, True),
        ((50, 1, 0), {"base": "members", "members": 100}, False),
        ((51, 1, 0), {"base": "members", "members": 100}, True),
        ((0, 0, 3), {"comparison": "at-least"}, False),
        ((3, 3, 0), {"comparison": "at-least"}, True),
        ((3, 0, 0), {"threshold": "1", "comparison": "at-least"}, True),
        ((1, 4, 0), {"threshold": "0.2", "comparison": "at-least"}, True),
    ],
)
def test_thresholds_are_exact(votes, options, adopted):
    assert decide(*votes, **options).expect(Decision).adopted is adopted


@given(NUMBERS, NUMBERS, NUMBERS, st.integers(61, 90), st.fractions(Fraction(1, 9), 1, max_denominator=9))
def test_a_quorum_is_met_when_enough_voted_and_else_nothing_is_decided(yes, no, abstain, members, quorum):
    outcome = decide(yes, no, abstain, quorum=quorum, members=members)
    assert outcome.decided == (Fraction(yes + no + abstain, members) >= quorum)


def test_a_missed_quorum_says_by_how_much():
    outcome = decide(30, 2, 1, quorum="1/2", members=67)
    assert outcome.result.to_data() == {
        "undecided": "quorum-missed",
        "reason": "The quorum is missed: 33 of 67 members voted, 34 were needed. Nothing is decided.",
    }
    with pytest.raises(BadInput, match="34 were needed"):
        outcome.expect(Decision)


def test_the_trace_has_every_number():
    steps = decide(5, 4, 1, quorum="1/4", members=30).to_data()["steps"]
    assert [step["step"] for step in steps] == ["count", "quorum", "threshold"]
    assert steps[0]["facts"] == {"yes": 5, "no": 4, "abstain": 1}
    assert steps[1]["facts"] == {"voted": 10, "members": 30, "needed": 8, "met": True}
    assert steps[2]["facts"] == {"yes": 5, "threshold": "1/2", "comparison": "more-than", "base": "cast", "of": 9}


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ({"threshold": 0.5, "base": "all", "members": 0, "qorum": 1}, ["option-unknown"] + ["option-wrong"] * 3),
        ({"threshold": "1"}, ["threshold-wrong"]),
        ({"threshold": "0"}, ["threshold-wrong"]),
        (
            {"threshold": "3/2", "comparison": "at-least", "quorum": 2},
            ["threshold-wrong", "quorum-wrong", "members-missing"],
        ),
        ({"base": "members"}, ["members-missing"]),
        ({"quorum": "1/2"}, ["members-missing"]),
        ({"members": 2}, ["ballots-many"]),
    ],
)
def test_options_that_cannot_be_meant_are_refused(options, codes):
    with pytest.raises(BadInput) as error:
        decide(2, 1, **options)
    assert [fault.code for fault in error.value.faults] == codes


def test_motions_are_voted_on_one_by_one():
    with pytest.raises(BadInput, match="motions-many"):
        count("majority", {}, Profile.of("choice", ("one", "two"), [ChoiceBallot("yes")]))
