"""Paths: their mean is the density matrix of the very same steps."""

import array_api_strict
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from newcourse.errors import BadInput
from newcourse.formations.engines import density, trajectories
from newcourse.formations.engines.generators import change_of_basis, liouvillian
from newcourse.formations.engines.kraus import Sampled, choi_matrix, local_sampled, pair_sampled
from newcourse.formations.engines.splitting import SplitLaw, palindrome, steps_of
from newcourse.formations.law import Law
from newcourse.formations.runs import Run, Start, Stretch, certain, mixed, superposed
from tests.formations.small_laws import TWO, alone, operators, tied

RUNS = 1600


def _agree(
    stretches: list[Stretch], start: Start, times: list[float], steps: float, seed: int, arrays: object = None
) -> Run:
    run = trajectories.sample(stretches, start, times, runs=RUNS, rng=seed, steps=steps, arrays=arrays)
    exact = density.evolve(stretches, start, times, steps=steps).populations
    # Where a jump is rarer than one path in a thousand the standard error of a sample says little.
    allowed = 4.5 * run.extras["standard error"] + 4 / RUNS
    assert (abs(run.populations - exact) <= allowed).all()
    assert np.allclose(run.populations.sum(axis=2), 1)
    return run


@pytest.mark.parametrize("n", [1, 2, 3])
def test_the_mean_is_the_density_matrix_of_the_same_steps(n: int) -> None:
    law = tied(n)
    start = certain(law.space, [law.space.formations[i % 4] for i in range(n)])
    run = _agree([Stretch(law, 6)], start, [0, 1, 3, 6], 1.0, seed=n)
    assert 0 < run.error < 0.5 / np.sqrt(RUNS)


def test_coarse_steps_show_that_it_is_the_same_splitting_and_not_the_exact_law() -> None:
    law = tied(2, 2)
    jumps, hamiltonian = 5 * law.jumps, 5 * law.hamiltonian
    strong = Law(law.space, law.countries, jumps, hamiltonian, couplings=law.couplings, spread=law.spread)
    start, times = certain(TWO, ["a", "b"]), [0.0, 6.0]
    coarse = density.evolve([Stretch(strong, 6)], start, times, steps=0.3)
    exact = density.evolve([Stretch(strong, 6)], start, times)
    assert abs(coarse.populations - exact.populations).max() > 0.05
    _agree([Stretch(strong, 6)], start, times, 0.3, seed=3)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_the_mean_is_the_same_on_arrays_of_another_module(n: int) -> None:
    law = tied(n, 2, observed=0.6)
    start = mixed([[0.3, 0.7], [1, 0], [0.5, 0.5]][:n])
    _agree([Stretch(law, 3), Stretch(tied(n, 2, seed=9), 2)], start, [0, 2.5, 5], 2.0, 4, np)
    _agree([Stretch(alone(mixing=0.7, observed=1.0, down=0.2), 5)], superposed([[0.5, 0.5]]), [0, 1, 5], 1.0, 6, np)


def test_a_module_that_offers_the_array_standard_and_no_more_gives_the_same_paths() -> None:
    """What a GPU is asked for is only what the Python array API standard promises; no GPU is needed to see that."""
    law, start = tied(3, 4, observed=0.3), certain(tied(3, 4).space, ["a", "b", "c"])
    plain, strict = (
        trajectories.sample([Stretch(law, 3)], start, [0, 0.5, 3], runs=64, rng=11, steps=2, arrays=module)
        for module in (np, array_api_strict)
    )
    assert plain.error > 0
    np.testing.assert_allclose(strict.populations, plain.populations, rtol=0, atol=1e-12)
    np.testing.assert_allclose(strict.extras["standard error"], plain.extras["standard error"], rtol=0, atol=1e-12)
    np.testing.assert_allclose(plain.populations.sum(axis=2), 1, atol=1e-12)


def test_looking_every_year_and_mixed_starts_are_drawn_as_well() -> None:
    law = tied(2, 2, observed=0.6)
    _agree([Stretch(law, 3), Stretch(tied(2, 2, seed=9), 2)], superposed([[0.3, 0.7], [0.5, 0.5]]), [0, 2.5, 5], 2.0, 4)
    _agree([Stretch(law, 3)], mixed([[0.3, 0.7], [1, 0]]), [0, 3], 2.0, 5)
    _agree([Stretch(alone(mixing=0.7, observed=1.0), 5)], certain(TWO, ["a"]), [0, 1, 5], 1.0, 6)


def test_the_same_seed_gives_the_same_paths_and_more_runs_begin_with_them() -> None:
    law, start = tied(2, 2), certain(TWO, ["a", "b"])
    first, again = (trajectories.sample([Stretch(law, 2)], start, [1, 2], runs=50, rng=7) for _ in range(2))
    assert np.array_equal(first.populations, again.populations)
    other = trajectories.sample([Stretch(law, 2)], start, [1, 2], runs=50, rng=8)
    assert not np.array_equal(first.populations, other.populations)
    single = trajectories.sample([Stretch(law, 2)], start, [1, 2], runs=1, rng=7)
    assert np.isnan(single.error)


def _superoperator(sampled: Sampled, size: int) -> np.ndarray:
    total = np.zeros((size * size, size * size), complex)
    for m, inner in enumerate(sampled.operators):
        whole = np.eye(size, dtype=complex) if m == 0 else np.zeros((size, size), complex)
        whole[np.ix_(sampled.touched, sampled.touched)] = inner
        total += np.kron(whole, whole.conj())
    return total


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.floats(1e-3, 5.0))
def test_kraus_operators_are_the_exact_channel_and_preserve_the_trace(seed: int, years: float) -> None:
    law = tied(2, 2, seed=seed)
    split = SplitLaw(law)
    turn = change_of_basis(2, 1).toarray()
    channel = turn @ split.locals(years)[0] @ turn.conj().T
    assert np.allclose(_superoperator(local_sampled(split.locals(years)[0]), 2), channel, atol=1e-12)
    assert np.linalg.eigvalsh(choi_matrix(channel)).min() > -1e-12
    none = np.zeros_like(law.jumps)
    pair_only = Law(law.space, law.countries, none, spread=law.spread, couplings=law.couplings)
    exact = expm(years * liouvillian(*operators(pair_only)))
    sampled = pair_sampled(law, 0, 1, years)
    assert np.allclose(_superoperator(sampled, 4), exact, atol=1e-12)
    assert sampled.touched.size == 3
    whole = sum(k.conj().T @ k for k in sampled.operators)
    assert np.allclose(whole, np.eye(sampled.touched.size), atol=1e-12)


def test_steps_are_palindromes_and_rounded_up() -> None:
    assert palindrome(0) == []
    assert palindrome(3) == [(0, False), (1, False), (2, True), (1, False), (0, False)]
    assert [steps_of(*case) for case in [(0.0, 9, 1), (2, 3, 0), (2, 3, 1), (2.1, 3, 1), (0.1, 1, 1)]] == [
        0,
        1,
        6,
        7,
        1,
    ]


def test_memory_does_not_grow_with_runs_and_too_much_is_refused() -> None:
    assert trajectories.memory(8, 4) == 32 * 32 * 4**8 < 4e9
    with pytest.raises(BadInput, match="mean field"):
        trajectories.sample([Stretch(alone(countries=23), 1)], certain(TWO, ["a"] * 23), [1], runs=1, rng=1)
    with pytest.raises(BadInput, match="at least one path"):
        trajectories.sample([Stretch(alone(), 1)], certain(TWO, ["a"]), [1], runs=0, rng=1)
