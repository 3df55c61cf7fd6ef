"""Epstein's civil violence: rules one by one, and the same outcomes as Mesa's own model."""

import pickle
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from newcourse.errors import BadInput
from newcourse.formations.agents.civil_violence import CivilViolence, in_sight, outbursts, run
from newcourse.workers.chance import seeds
from newcourse.workers.spreading import spread
from newcourse.workers.ways import Here
from tests.formations.mesa_peer import mesa_run

SMALL = CivilViolence(width=14, height=12, cops=0.06, vision=3, cop_vision=4, legitimacy=0.7, longest_jail=8)


def test_what_is_in_sight() -> None:
    """A diamond of vision v has 2v(v + 1) cells beside one's own, a square (2v + 1)² − 1."""
    assert len(in_sight(SMALL, 4, 50)) == 2 * 4 * 5
    assert len(in_sight(replace(SMALL, sight="square"), 3, 50)) == 7**2 - 1
    assert sorted(in_sight(SMALL, 1, 50).tolist()) == [-50, -1, 1, 50]


@settings(max_examples=15)
@given(
    seed=st.integers(0, 2**32), sight=st.sampled_from(["diamond", "square"]), first=st.booleans(),
    ratio=st.sampled_from(["exact", "rounded", "whole part"]), width=st.integers(9, 20),
)  # fmt: skip
def test_citizens_are_kept_and_chance_decides_all(seed: int, sight: str, first: bool, ratio: str, width: int) -> None:
    model = replace(SMALL, width=width, sight=sight, acts_first=first, ratio=ratio)
    counts = run(model, 15, seed)
    assert (counts >= 0).all()
    assert (counts.sum(axis=1) == counts[0, 0]).all()
    assert (counts == run(model, 15, np.random.default_rng(seed))).all()


def test_without_grievance_nobody_rises() -> None:
    assert not run(replace(SMALL, legitimacy=1.0), 10, 1)[:, 1:].any()


def test_without_cops_all_rise_whose_grievance_is_above_the_threshold() -> None:
    """Hardship is uniform: the share active is 1 − T/(1 − L), and nobody is jailed."""
    model = CivilViolence(width=120, height=120, cops=0.0, vision=1, cop_vision=1, legitimacy=0.6)
    quiet, active, jailed = run(model, 2, 3)[2]
    assert jailed == 0
    assert active / (quiet + active) == pytest.approx(1 - 0.1 / 0.4, abs=4 * np.sqrt(0.75 * 0.25 / (quiet + active)))


def test_each_cop_arrests_one_a_step_and_jail_ends() -> None:
    """Nobody fears arrest; every cop sees somebody active; terms of no step are over at the next turn."""
    fearless = replace(SMALL, certainty=0.0, legitimacy=0.0, threshold=-1.0, longest_jail=0)
    counts = run(fearless, 30, 5)
    longer = run(replace(fearless, longest_jail=10**9), 8, 5)
    (cops,) = set(np.diff(longer[1:, 2]).tolist())  # in the first step some look before anybody has risen
    assert cops > 0
    # Whoever is jailed before the own turn of a step is out again after it.
    assert 0 < counts[1:, 2].mean() < counts[1:, 2].max() <= cops


def test_two_on_a_full_torus_stay() -> None:
    """Where every cell is taken nobody can move, and all still act."""
    counts = run(replace(SMALL, citizens=0.94, cops=0.06), 5, 1)
    assert counts[0, 0] < 14 * 12
    assert counts[5, 2] > 0


def test_legitimacy_that_falls_brings_them_out() -> None:
    course = np.concatenate([np.ones(20), np.zeros(20)])
    counts = run(SMALL, 40, 2, legitimacy=course)
    assert not counts[:21, 1:].any()
    assert counts[21, 1] > 0.3 * counts[0, 0]


def test_outbursts_are_found_with_their_size() -> None:
    active = [0, 60, 80, 10, 50, 51, 0, 90]
    assert outbursts(active).tolist() == [[1, 2, 80], [5, 5, 51], [7, 7, 90]]
    assert outbursts([0, 1]).shape == (0, 3)


def test_rounding_is_what_makes_outbursts() -> None:
    """At the paper's settings more than 50 are active at once again and again; with the exact ratio never."""
    active = {ratio: run(CivilViolence(ratio=ratio), 150, 4)[:, 1] for ratio in ("rounded", "exact")}
    assert len(outbursts(active["rounded"])) > 2
    assert len(outbursts(active["exact"])) == 0


@pytest.mark.slow
def test_same_outcomes_as_mesa() -> None:
    """Same settings, 30 runs of Mesa against 2 000 of ours: each mean and spread within four standard errors."""
    pytest.importorskip("mesa", reason="Mesa, of the extra 'test', is not installed")
    model, steps, runs = replace(SMALL, acts_first=True), 16, 30
    theirs = _statistics(np.array([mesa_run(model, steps, seed) for seed in range(runs)]))
    chance = np.random.default_rng(1917)
    ours = _statistics(np.array([run(model, steps, chance) for _ in range(2_000)]))
    error = np.sqrt(theirs.var(axis=0) / runs + ours.var(axis=0) / len(ours))
    assert (abs(theirs.mean(axis=0) - ours.mean(axis=0)) / error).max() < 4
    assert theirs.std(axis=0) == pytest.approx(ours.std(axis=0), rel=0.5)


def _statistics(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return for each run the shares active and jailed at some times, on average, and the most active."""
    shares = counts[:, :, 1:] / counts[:, :1, :1]
    some = shares[:, [1, 2, 4, 8, 16]].reshape(len(counts), -1)
    return np.concatenate([some, shares.mean(axis=1), shares.max(axis=1)], axis=1)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(BadInput) as caught:
        CivilViolence(citizens=0.9, cops=0.2, vision=20, legitimacy=2.0, threshold=np.nan, certainty=-1.0,
                      longest_jail=-1, ratio="none", sight="circle")  # fmt: skip
    assert [fault.where for fault in caught.value.faults] == [
        "citizens", "vision", "legitimacy", "threshold", "certainty", "longest_jail", "ratio", "sight",
    ]  # fmt: skip
    with pytest.raises(BadInput, match="legitimacy"):
        run(SMALL, 3, 1, legitimacy=[0.5, 0.5])


def test_an_ensemble_can_be_spread() -> None:
    """A run is a task with its seed last: it can be handed to other processes, and comes out the same."""
    task = partial(run, SMALL, 6)
    results = spread(pickle.loads(pickle.dumps(task)), seeds(1917, 4), how=Here())
    assert all((result == run(SMALL, 6, seed)).all() for result, seed in zip(results, seeds(1917, 4), strict=True))
    assert not (results[0] == results[1]).all()
