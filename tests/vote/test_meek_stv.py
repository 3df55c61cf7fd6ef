"""Meek's method: against a count ballot by ballot, and what it promises."""

import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.meek.papers import UNIT, Papers, paths
from newcourse.vote.outcome import Undecided
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rule import count
from newcourse.vote.rules.meek_stv import meek_stv
from newcourse.vote.ties import TieRule
from tests.vote.strategies import ranked_profiles


def up(dividend: int, divisor: int) -> int:
    return -(-dividend // divisor)


def divided(ballots, keep):
    """Votes of each candidate, ballot by ballot."""
    votes = dict.fromkeys(keep, 0)
    for ballot, times in ballots:
        weight = UNIT
        for name in ballot:
            part = up(weight * keep[name], UNIT)
            votes[name] += part * times
            weight -= part
    return votes


def by_the_book(candidates, ballots, seats):
    """The PR Foundation's rule, step by step as it is published, with a lot that is the order of the candidates."""
    keep, hopeful, elected = dict.fromkeys(candidates, UNIT), list(candidates), []
    while len(elected) < seats and len(elected) + len(hopeful) > seats:
        before = None
        while True:
            votes = divided(ballots, keep)
            quota = sum(votes.values()) // (seats + 1) + 1
            new = [c for c in hopeful if votes[c] >= quota]
            if new:
                elected += sorted(new, key=lambda c: (-votes[c], candidates.index(c)))
                hopeful = [c for c in hopeful if c not in new]
                break
            rest = max(sum(votes[c] - quota for c in elected), 0)
            if rest < 1000 or (before is not None and rest >= before):
                low = min(votes[c] for c in hopeful)
                out = [c for c in hopeful if votes[c] <= low + rest][-1]
                hopeful.remove(out)
                keep[out] = 0
                break
            before = rest
            for c in elected:
                keep[c] = up(up(keep[c] * quota, UNIT) * UNIT, votes[c])
    return set(elected) if len(elected) == seats else {*elected, *hopeful}, keep


@given(ranked_profiles(strict=True), st.integers(1, 4))
def test_the_count_is_the_published_one_ballot_by_ballot(profile, seats):
    seats = min(seats, len(profile.candidates))
    ballots = [(ballot.names(), times) for ballot, times in profile.ballots]
    expected, keep = by_the_book(profile.candidates, ballots, seats)
    result = meek_stv(profile, seats).result
    assert set(result.elected) == expected
    last = dict(result.stages[-1].keep)
    assert all(last[c] == keep[c] for c in last)


@given(ranked_profiles(), st.integers(1, 3), st.sampled_from(["prf", "reference"]))
def test_every_stage_adds_up_and_nobody_is_lost(profile, seats, variant):
    seats = min(seats, len(profile.candidates))
    tally = meek_stv(profile, seats, variant)
    if isinstance(tally.result, Undecided):
        return
    result, marked = tally.result, tally.steps[0].facts["marked"]
    assert len(set(result.elected)) == seats
    assert [name for stage in result.stages for name in stage.elected] == list(result.elected)
    for stage in result.stages:
        assert sum(stage.votes.values()) + stage.non_transferable == marked * UNIT
        assert stage.non_transferable >= 0
        assert all(0 < factor <= UNIT for factor in stage.keep.values())
    assert len(tally.steps) == len(result.stages) + 1


@given(ranked_profiles(strict=True), st.integers(1, 3), st.sampled_from(["prf", "reference"]))
def test_solid_coalitions_get_their_quotas(profile, seats, variant):
    names, total = profile.candidates, profile.total
    seats = min(seats, len(names))
    elected = set(meek_stv(profile, seats, variant).result.elected)
    for size in range(1, len(names)):
        tops = {frozenset(ballot.names()[:size]) for ballot, _ in profile.ballots}
        for group in tops:
            votes = sum(times for ballot, times in profile.ballots if frozenset(ballot.names()[:size]) == group)
            deserved = min(size, -(-votes * (seats + 1) // total) - 1)  # more than that many Droop quotas
            assert len(elected & group) >= deserved


@given(ranked_profiles(strict=True), st.integers(1, 3))
def test_how_ballots_are_grouped_does_not_matter(profile, seats):
    seats = min(seats, len(profile.candidates))
    singles = [ballot.names() for ballot, times in profile.ballots for _ in range(times)]
    apart = RankedVotes.of_lists(profile.candidates, singles, [1] * len(singles))
    assert meek_stv(apart, seats) == meek_stv(profile, seats)


def test_long_paths_through_many_elected_candidates():
    rng = random.Random(7)
    names = [f"c{i}" for i in range(60)]
    ballots = [rng.sample(names, rng.randint(1, 60)) for _ in range(80)]
    ballots += [[*ballot[:40], *rng.sample(ballot[40:], len(ballot[40:]))] for ballot in ballots]
    votes = RankedVotes.of_lists(names, ballots, [1] * len(ballots))
    keep = [rng.choice([0, rng.randint(1, UNIT)]) for _ in names]
    found = paths(Papers.of(votes), keep, [False] * 60)
    expected = divided([(ballot, 1) for ballot in ballots], dict(zip(names, keep, strict=True)))
    assert found.votes(keep) == list(expected.values())
    assert len(found.times) <= len({tuple(c for c in b if keep[names.index(c)]) for b in ballots})


def test_equal_paths_are_put_together():
    votes = RankedVotes.of_lists(["a", "b", "c"], [["a", "b"], ["c", "a", "b"], ["a", "b", "c"], ["b"]], [1, 2, 4, 8])
    found = paths(Papers.of(votes), [UNIT // 2, UNIT, 0], [False, True, False])
    assert sorted(zip(found.order.tolist(), found.times.tolist(), strict=True)) == [([0, 1], 7), ([1, -1], 8)]


def test_more_ballots_than_fit_sixty_four_bits_are_counted_exactly():
    votes = RankedVotes(("a", "b", "c"), np.array([[0, 1], [1, -1], [2, -1]]), np.array([2**51, 2**50 + 1, 2**50]))
    result = meek_stv(votes, 2).result
    assert result.elected == ("a", "b")
    assert result.stages[0].votes["a"] == 2**51 * UNIT
    assert sum(result.stages[-1].votes.values()) + result.stages[-1].non_transferable == (2**52 + 1) * UNIT


def test_votes_nobody_keeps_lower_the_quota():
    votes = RankedVotes.of_lists(["a", "b", "c"], [["a"], ["b"], ["c"]], [60, 16, 14])
    stages = meek_stv(votes, 2).result.stages
    assert stages[0].quota == 30 * UNIT + 1
    assert stages[1].quota <= 16 * UNIT  # a's surplus can go to nobody: the quota sinks until b has one
    assert stages[1].elected == ("b",)


def test_ties_are_recorded_and_the_last_by_the_rule_is_excluded():
    votes = RankedVotes.of_lists(["a", "b", "c"], [["a"], ["b"], ["c"]], [3, 2, 2])
    tally = meek_stv(votes, 1)
    assert tally.result.elected == ("a",)
    assert [tie.among for tie in tally.ties] == [("b", "c")]
    assert tally.result.stages[1].excluded == "c"
    assert "tied for the fewest votes, by candidate order fixed beforehand" in tally.steps[2].sentence
    lot = TieRule("lot", "draw 1")
    assert meek_stv(votes, 1, ties=lot).result.stages[1].excluded == lot.order(("b", "c"))[-1]


def test_all_at_exactly_the_quota_is_a_tie_in_algorithm_123():
    votes = RankedVotes.of_lists(["a", "b", "c"], [["a"], ["b"], ["c"]], [4, 4, 4])
    tally = meek_stv(votes, 2, "reference")
    assert tally.result.elected == ("a", "b")
    assert tally.ties[0].among == ("a", "b", "c")
    assert meek_stv(votes, 2).ties[0].among == ("a", "b", "c")


def test_a_ballot_is_read_up_to_its_first_tied_rank_and_blanks_are_said():
    ballots = [RankedBallot.of("a", ("b", "c")), RankedBallot.of("b"), RankedBallot.of(("a", "c")), RankedBallot.of()]
    tally = meek_stv(Profile.of("ranked", ["a", "b", "c"], ballots), 2)
    assert tally.steps[0].facts == {"marked": 2, "blank": 2, "seats": 2}
    assert set(tally.result.elected) == {"a", "b"}


@pytest.mark.parametrize("ballots", [[], [RankedBallot.of()], [RankedBallot.of(("a", "b"))]])
def test_no_first_preference_is_undecided(ballots):
    result = meek_stv(Profile.of("ranked", ["a", "b"], ballots)).result
    assert isinstance(result, Undecided)
    assert result.code == "no-ballots"


def test_more_seats_than_candidates_is_bad_input():
    with pytest.raises(BadInput) as caught:
        meek_stv(RankedVotes.of_lists(["a"], [["a"]], [1]), 2)
    assert caught.value.faults[0].code == "seats-wrong"


def test_as_many_seats_as_candidates_elects_all():
    result = meek_stv(RankedVotes.of_lists(["a", "b"], [["b"]], [1]), 2).result
    assert result.elected == ("b", "a")
    assert result.stages[-1].what == "seats-left"


def test_options_and_plain_data():
    votes = RankedVotes.of_lists(["a", "b", "c"], [["a", "b"], ["b"], ["c"]], [10, 4, 3])
    outcome = count("meek-stv", {"seats": 2, "variant": "reference", "tolerance": "1/1000000"}, votes)
    data = outcome.to_data()["result"]
    assert data["elected"] == ["a", "b"]
    assert set(data) == {"elected", "quota", "stages"}
    assert data["stages"][0]["votes"] == {"a": "10.000000000", "b": "4.000000000", "c": "3.000000000"}
    for options in ({"tolerance": "1/100"}, {"variant": "reference", "tolerance": 2}, {"seats": 0}, {"variant": "x"}):
        with pytest.raises(BadInput):
            count("meek-stv", options, votes)


def test_a_finer_tolerance_comes_nearer_to_the_exact_solution():
    votes = RankedVotes.of_lists(["a", "b", "c", "d"], [["a", "b"], ["b", "a", "c"], ["c"], ["d"]], [50, 30, 8, 7])
    errors = []
    for tolerance in (Fraction(1, 100), Fraction(1, 10_000), Fraction(1, 10**8)):
        stage = meek_stv(votes, 3, "reference", tolerance).result.stages[1]
        errors.append(max(abs(stage.votes[c] - stage.quota) for c in ("a", "b")))
    assert errors[0] >= errors[1] >= errors[2]
    assert errors[2] <= 1000
