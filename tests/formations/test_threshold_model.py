"""Granovetter's thresholds: the jump, the same on networks, and what any crowd must satisfy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from newcourse.errors import BadInput
from newcourse.formations.agents.thresholds import (
    NEVER,
    joined,
    normal_equilibrium,
    normal_riot_sizes,
    riot_sizes,
)

ALL = np.arange(100)
ONE_CHANGED = np.concatenate([[0, 2], np.arange(2, 100)])


def test_one_person_makes_the_difference() -> None:
    """Granovetter 1978: thresholds 0 to 99 give a riot of 100; one person of 2 instead of 1 leaves one rioter."""
    assert riot_sizes(np.stack([ALL, ONE_CHANGED])).tolist() == [100, 1]


def test_the_course_of_the_riot_is_one_after_another() -> None:
    everybody = np.ones((100, 100)) - np.eye(100)
    assert joined(ALL, everybody).tolist() == list(range(100))
    assert (joined(ONE_CHANGED, everybody) == [0] + [NEVER] * 99).all()


def test_a_leap_at_a_critical_spread() -> None:
    """Granovetter 1978: hundred people, mean 25: about 6 join up to a standard deviation of 12.2, then nearly all."""
    assert 5 < normal_equilibrium(25, 12.2, 100) < 6
    assert normal_equilibrium(25, 12.3, 100) > 99
    assert normal_equilibrium(25, 100, 100) == pytest.approx(65.86, abs=0.01)
    sizes = normal_riot_sizes(2_500, 1_150, 10_000, 40, np.random.default_rng(1))
    assert sizes.mean() / 100 == pytest.approx(normal_equilibrium(25, 11.5, 100), abs=0.2)
    assert (normal_riot_sizes(2_500, 1_300, 10_000, 40, np.random.default_rng(1)) > 9_900).all()


@given(st.lists(st.integers(-2, 12), min_size=1, max_size=12))
def test_the_size_is_the_smallest_fixed_point(thresholds: list[int]) -> None:
    size = int(riot_sizes(thresholds)[0])
    below = [sum(t <= r for t in thresholds) for r in range(len(thresholds) + 1)]
    assert below[size] == size
    assert all(below[r] > r for r in range(size))
    n = len(thresholds)
    assert (joined(thresholds, np.ones((n, n)) - np.eye(n)) != NEVER).sum() == size


def test_on_a_ring_it_goes_round() -> None:
    """Each sees two neighbours; with thresholds of one half all join, six steps from the first of twelve."""
    ring = (np.roll(np.eye(12), 1, axis=1) + np.roll(np.eye(12), -1, axis=1)) / 2
    thresholds = np.full(12, 0.5)
    thresholds[0] = 0
    assert joined(thresholds, csr_array(ring)).tolist() == [0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]
    thresholds[[3, 9]] = 0.6  # each needs both neighbours: the way is shut on both sides
    assert (joined(thresholds, ring) != NEVER).sum() == 5


def test_shares_that_only_rounding_keeps_short_reach() -> None:
    ties = np.zeros((4, 4))
    ties[3, :3] = [0.1, 0.2, 0.3]
    assert ties[3].sum() != 0.6
    assert joined([0, 0, 0, 0.6], ties)[3] == 1


@given(st.integers(0, 2**32), st.integers(1, 20))
def test_more_ties_never_make_fewer_join(seed: int, n: int) -> None:
    chance = np.random.default_rng(seed)
    ties, more, thresholds = chance.random((n, n)), chance.random((n, n)), chance.random(n) * 3 - 0.5
    few, many = joined(thresholds, ties) != NEVER, joined(thresholds, ties + more) != NEVER
    assert (many | ~few).all()


def test_what_does_not_fit_is_refused() -> None:
    for thresholds, ties in (([0, 1], np.eye(3)), ([0, 1], -np.eye(2)), ([np.nan], np.eye(1))):
        with pytest.raises(BadInput, match="threshold-model"):
            joined(thresholds, ties)
    with pytest.raises(BadInput, match="thresholds"):
        riot_sizes([np.nan])
    with pytest.raises(BadInput, match="both positive"):
        normal_equilibrium(25, 0, 100)
