"""The pairwise matrix from arrays is exactly what comparing ballot by ballot gives (design §10)."""

import tracemalloc
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.vote import pairwise as module
from newcourse.vote.pairwise import pairwise
from newcourse.vote.ranked import NOBODY, RankedVotes
from newcourse.vote.rules.schulze import ALL_TOLD, schulze
from tests.vote.strategies import ranked_profiles


def by_ballots(profile):
    counts = dict.fromkeys(permutations(profile.candidates, 2), 0)
    for ballot, times in profile.ballots:
        level = dict.fromkeys(profile.candidates, len(ballot.ranks))
        level |= {name: k for k, rank in enumerate(ballot.ranks) for name in rank}
        for one, other in counts:
            counts[one, other] += times * (level[one] < level[other])
    names = profile.candidates
    return tuple(tuple(counts.get((a, b), 0) for b in names) for a in names)


def random_votes(ballots, candidates, seed=1, shortest=None, most=1):
    draw = np.random.default_rng(seed)
    order = np.argsort(draw.random((ballots, candidates)), axis=1)
    if shortest is not None:
        order[np.arange(candidates) >= draw.integers(shortest, candidates + 1, ballots)[:, None]] = NOBODY
    names = tuple(f"candidate {i}" for i in range(candidates))
    return RankedVotes(names, order, draw.integers(1, most + 1, ballots))


@given(ranked_profiles(max_groups=9), st.sampled_from([1, 3, 2**15]), st.sampled_from([1, 2, 2**11]))
def test_any_division_into_parts_gives_the_same(profile, part, together):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PART", part)
        patch.setattr(module, "_TOGETHER", together)
        assert pairwise(profile) == pairwise(RankedVotes.of(profile)) == by_ballots(profile)


@pytest.mark.parametrize("shortest", [None, 0, 3])
@pytest.mark.parametrize("most", [1, 2, 90])
def test_thousands_of_ballots_full_or_cut_short_cast_once_or_often(shortest, most):
    votes = random_votes(6000, 4, shortest=shortest, most=most)
    assert pairwise(votes) == by_ballots(votes.to_profile())


def test_more_candidates_than_eight_bits_count():
    votes = random_votes(5, 300, shortest=0)
    assert pairwise(votes) == by_ballots(votes.to_profile())


def test_numbers_of_voters_near_the_largest_are_exact():
    votes = RankedVotes.of_lists("abc", ["ab", "ba", "ca"], [2**52 + 1, 2**51 + 3, 1])
    assert pairwise(votes) == ((0, 2**52 + 2, 2**52 + 2**51 + 4), (2**51 + 3, 0, 2**52 + 2**51 + 4), (1, 1, 0))


@pytest.mark.parametrize("ballots", [[], [[]], [[], ["b"]]])
def test_no_ballots_and_blank_ballots(ballots):
    votes = RankedVotes.of_lists("ab", ballots, [2] * len(ballots))
    assert pairwise(votes) == by_ballots(votes.to_profile())
    assert pairwise(RankedVotes.of_lists("a", [["a"]], [1])) == ((0,),)


def test_beside_the_ballots_memory_holds_one_part():
    votes = random_votes(200_000, 6)
    tracemalloc.start()
    pairwise(votes)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4e6  # the same for a hundred times as many ballots


@given(ranked_profiles(), st.sampled_from(["winning-votes", "margins"]))
def test_schulze_counts_ballots_and_arrays_alike(profile, strength):
    assert schulze(RankedVotes.of(profile), strength) == schulze(profile, strength)


def test_the_trace_of_many_candidates_tells_the_winner_and_neighbours_and_the_strengths_of_all():
    few, many = schulze(random_votes(101, ALL_TOLD)), schulze(random_votes(1001, 50))
    assert [step.code for step in few.steps].count("paths") == ALL_TOLD * (ALL_TOLD - 1) // 2
    order = many.result.order
    told = {frozenset(step.facts["pair"]) for step in many.steps if step.code == "paths"}
    assert told == {frozenset((order[0], name)) for name in order[1:]} | {
        frozenset(order[k : k + 2]) for k in range(49)
    }
    (strengths,) = (step for step in many.steps if step.code == "strengths")
    assert strengths.facts["told"] == len(told)
    for step in (step for step in many.steps if step.code == "paths"):
        for path, (one, other) in zip(step.facts["paths"], permutations(step.facts["pair"]), strict=True):
            assert path["strength"] == strengths.facts["strength"][one][other]
            assert path["against"] == strengths.facts["against"][one][other]
    assert len(many.steps) < 200


def test_with_margins_the_strengths_stand_alone():
    (step,) = (step for step in schulze(random_votes(101, 11), "margins").steps if step.code == "strengths")
    assert set(step.facts) == {"told", "strength"}


def test_of_fifty_nobody_is_better_than_anybody_placed_before():
    many = schulze(random_votes(501, 50))
    (step,) = (step for step in many.steps if step.code == "strengths")
    there = step.facts["strength"]
    order = many.result.order
    assert all(there[a][b] >= there[b][a] for k, a in enumerate(order) for b in order[k + 1 :])
