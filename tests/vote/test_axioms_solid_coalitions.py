"""Proportionality for solid coalitions agrees with its definition on every set of candidates (design §8.1)."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.axioms.solid_coalitions import proportional_for_solid_coalitions, solid_coalitions
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.outcome import Committee
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rule import count
from tests.vote.strategies import ranked_profiles


def supporters(profile, chosen):
    """Voters who rank each of the set above everybody else, by the definition."""
    voters = 0
    for ballot, times in profile.ballots:
        level = {name: k for k, rank in enumerate(ballot.ranks) for name in rank}
        inside = [level.get(name, 99) for name in chosen]
        outside = [level.get(name, 99) for name in profile.candidates if name not in chosen]
        voters += times * all(a < b for a in inside for b in outside)
    return voters


def every_set(profile):
    return [chosen for k in range(1, len(profile.candidates) + 1) for chosen in combinations(profile.candidates, k)]


@given(ranked_profiles())
def test_coalitions_are_those_of_the_definition(profile):
    wanted = {chosen: n for chosen in every_set(profile) if (n := supporters(profile, chosen))}
    assert {found.candidates: found.voters for found in solid_coalitions(profile)} == wanted


def needed(quota, m, voters, seats):
    """Whether so many voters are enough for m seats: the condition, share by share."""
    return {
        "droop": lambda n: Fraction(n, voters) > Fraction(m, seats + 1),
        "droop-whole": lambda n: n >= m * (voters // (seats + 1) + 1),
        "hare": lambda n: Fraction(n, voters) >= Fraction(m, seats),
    }[quota]


@given(ranked_profiles(), st.data(), st.sampled_from(["droop", "droop-whole", "hare"]))
def test_the_verdict_is_that_of_the_definition(profile, data, quota):
    seats = data.draw(st.integers(1, len(profile.candidates)))
    committee = data.draw(st.sampled_from(list(combinations(profile.candidates, seats))))
    wronged = [
        chosen
        for chosen in every_set(profile)
        for m in range(1, seats + 1)
        if needed(quota, m, profile.total, seats)(supporters(profile, chosen))
        and len(set(chosen) & set(committee)) < min(m, len(chosen))
    ]
    verdict = proportional_for_solid_coalitions(profile, Committee(committee), quota=quota)
    assert verdict.holds == (not wronged)
    if wronged:
        assert verdict.facts["candidates"] in wronged
        assert verdict.facts["has"] < verdict.facts["entitled"]


@settings(max_examples=25)
@given(ranked_profiles(strict=True, min_candidates=3), st.integers(1, 3))
def test_the_single_transferable_vote_keeps_it_for_its_own_quota(profile, seats):
    outcome = count("scottish-stv", {"seats": seats}, profile)
    assert proportional_for_solid_coalitions(profile, outcome, seats, "droop-whole").holds


@given(ranked_profiles())
def test_ballots_and_arrays_are_judged_alike(profile):
    assert solid_coalitions(RankedVotes.of(profile)) == solid_coalitions(profile)


def test_more_candidates_than_bits_of_a_word():
    names = tuple(f"c{i:03}" for i in range(130))
    votes = RankedVotes.of_lists(names, [names[::-1], names[::-1], names], [2, 3, 4])
    first = solid_coalitions(votes, least=5)
    assert [(coalition.candidates, coalition.voters) for coalition in first[:2]] == [(names[-1:], 5), (names[-2:], 5)]
    assert len(first) == 130
    assert first[-1].voters == 9


def test_first_past_the_post_in_blocks_wrongs_a_third():
    box = Profile.of("ranked", "ABCX", [RankedBallot.of(*"ABCX")] * 6 + [RankedBallot.of(*"XCBA")] * 3)
    droop = proportional_for_solid_coalitions(box, ["A", "B", "C"])
    assert droop.sentence == (
        "3 of 9 voters put X before all others and are entitled to 1 of 3 seats by the Droop quota, but have 0."
    )
    assert not proportional_for_solid_coalitions(box, ["A", "B", "C"], quota="hare").holds
    assert proportional_for_solid_coalitions(box, ["A", "B", "X"]).holds
    assert proportional_for_solid_coalitions(box, ["A", "X"], seats=2).holds


def test_nobody_voted_and_nobody_is_entitled():
    empty = Profile("ranked", ("A", "B"), ())
    assert proportional_for_solid_coalitions(empty, ["A"]).holds


def test_wrong_quotas_and_too_many_elected_are_refused():
    box = Profile.of("ranked", "AB", [RankedBallot.of("A")])
    with pytest.raises(BadInput) as error:
        proportional_for_solid_coalitions(box, ["A", "B"], seats=1, quota="imperiali")
    assert [fault.code for fault in error.value.faults] == ["quota-unknown", "seats-few"]
