"""The joint chain by uniformisation: against the exponential of its generator, closed forms, and independence."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from newcourse.errors import BadInput
from newcourse.formations.engines.markov import generator, joint, moved, populations
from newcourse.formations.law import Law, Spread
from newcourse.formations.runs import Stretch, certain, mixed
from newcourse.formations.spaces import Space

TWO = Space("two", {"s": "well", "i": "ill"}, {}, {})


def _law(n: int, rng: np.random.Generator, spread: bool = True) -> Law:
    jumps = rng.uniform(0, 0.5, (n, 2, 2)) * (1 - np.eye(2))
    weights = rng.uniform(0, 0.5, (n, n)) * (1 - np.eye(n))
    return Law(TWO, tuple("abcdef"[:n]), jumps, spread=(Spread(0, 1, (1,), weights),) if spread else ())


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 5), st.floats(0.01, 40))
def test_the_same_as_the_exponential(seed: int, n: int, years: float) -> None:
    rng = np.random.default_rng(seed)
    law = _law(n, rng)
    chain, state = generator(law), joint(rng.dirichlet([1, 1], n))
    assert abs(chain.sum(axis=0)).max() < 1e-12
    assert np.allclose(moved(chain, state, years), expm(chain.toarray() * years) @ state, atol=1e-12)


def test_one_country_alone_decays_as_the_closed_form() -> None:
    law = Law(TWO, ("a",), np.array([[[0, 0.3], [0.1, 0]]]))
    times = np.linspace(0, 20, 9)
    run = populations([Stretch(law, 20)], certain(TWO, ["s"]), times)
    assert np.allclose(run.of("a")[:, 1], 0.75 * (1 - np.exp(-0.4 * times)), atol=1e-12)
    assert run.error < 1e-10


def test_without_ties_countries_are_independent_and_laws_follow_one_another() -> None:
    rng = np.random.default_rng(3)
    first, second = _law(3, rng, spread=False), _law(3, rng, spread=False)
    start = mixed(rng.dirichlet([1, 1], 3))
    together = populations([Stretch(first, 1.5), Stretch(second, 2)], start, [0.7, 1.5, 3.25])
    for i in range(3):
        alone = [Stretch(Law(TWO, ("x",), law.jumps[[i]]), years) for law, years in ((first, 1.5), (second, 2))]
        one = populations(alone, mixed(start.populations[[i]]), [0.7, 1.5, 3.25])
        assert np.allclose(one.of("x"), together.populations[:, i], atol=1e-12)


def test_a_pair_calls_forth_as_counted_by_hand() -> None:
    """Country b is ill for good; a falls ill at rate w: P(a ill) = 1 - exp(-w t)."""
    weights = np.array([[0, 0.2], [0, 0]])
    law = Law(TWO, ("a", "b"), np.zeros((2, 2, 2)), spread=(Spread(0, 1, (1,), weights),))
    run = populations([Stretch(law, 5)], certain(TWO, ["s", "i"]), [5])
    assert run.of("a")[0, 1] == pytest.approx(1 - np.exp(-1), abs=1e-12)
    assert populations([Stretch(law, 5)], certain(TWO, ["s", "s"]), [5]).of("a")[0, 1] == 0


def test_what_is_not_classical_or_too_large_is_refused() -> None:
    flip = np.array([[[0, 1], [1, 0]]], complex)
    quantum = Law(TWO, ("a",), np.zeros((1, 2, 2)), hamiltonian=flip)
    with pytest.raises(BadInput, match="without_coherence"):
        populations([Stretch(quantum, 1)], certain(TWO, ["s"]), [1])
    many = Law(TWO, tuple(map(str, range(30))), np.zeros((30, 2, 2)))
    with pytest.raises(BadInput, match="gillespie"):
        generator(many)


@pytest.mark.parametrize(("times", "words"), [([2, 1], "rising"), ([0, 9], "at most 5 years"), ([-1], "rising")])
def test_times_that_do_not_fit_are_refused(times: list[float], words: str) -> None:
    law = Law(TWO, ("a",), np.zeros((1, 2, 2)))
    with pytest.raises(BadInput, match=words):
        populations([Stretch(law, 5)], certain(TWO, ["s"]), times)
