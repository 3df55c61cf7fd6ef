"""Countries in each other's mean: exact where nothing is left out, and an honest error where something is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.formations.engines import density, markov
from newcourse.formations.engines.mean_field import follow, most_tied
from newcourse.formations.law import Coupling, Law, Spread
from newcourse.formations.runs import Start, Stretch, certain, mixed, superposed
from newcourse.formations.spaces import Space

TWO = Space("two", {"s": "well", "i": "ill"}, {}, {})
FLIP = np.array([[0, 1], [1, 0]], complex)


def _sis(n: int, infection: float, recovery: float) -> Law:
    jumps = np.zeros((n, 2, 2))
    jumps[:, 1, 0] = recovery
    weights = infection / (n - 1) * (1 - np.eye(n))
    return Law(TWO, tuple(map(str, range(n))), jumps, spread=(Spread(0, 1, (1,), weights),))


def test_the_endemic_level_is_that_of_the_sis_equation() -> None:
    """SIS with R0 = 2: x' = x (2 (1 - x) - 1), endemic at 1 - 1/R0 (W. Kermack and A. McKendrick 1932)."""
    law = _sis(12, 2.0, 1.0)
    run = follow([Stretch(law, 60)], mixed(np.tile([0.9, 0.1], (12, 1))), [1, 60], cluster=0)
    logistic = 0.5 / (1 + 4 * np.exp(-1))
    assert np.allclose(run.populations[0, :, 1], logistic, atol=1e-7)
    assert np.allclose(run.populations[1, :, 1], 0.5, atol=1e-7)
    assert np.isnan(run.error)


def test_the_error_is_measured_and_falls_as_countries_grow_many() -> None:
    errors = []
    for n in (2, 4, 8):
        law, start = _sis(n, 2.0, 1.0), mixed(np.tile([0.5, 0.5], (n, 1)))
        run = follow([Stretch(law, 2)], start, [2], cluster=n)
        exact = markov.populations([Stretch(law, 2)], start, [2])
        errors.append(abs(run.populations - exact.populations).max())
        assert run.error == pytest.approx(errors[-1], rel=1e-6)
    assert errors[0] > errors[1] > errors[2] > 0
    assert errors[2] < 0.5 * errors[0]


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000))
def test_one_country_is_exact(seed: int) -> None:
    rng = np.random.default_rng(seed)
    jumps = rng.uniform(0, 1, (1, 2, 2)) * (1 - np.eye(2))
    law = Law(TWO, ("a",), jumps, rng.uniform(0, 2) * FLIP[None], rng.uniform(0, 1, (1, 2)), observed=0.3)
    start = superposed(rng.dirichlet([1, 1], 1))
    run = follow([Stretch(law, 3)], start, [0.5, 2.5, 3])
    exact = density.evolve([Stretch(law, 3)], start, [0.5, 2.5, 3])
    assert np.allclose(run.populations, exact.populations, atol=max(1e-6, exact.error))


def test_two_coupled_countries_begin_as_the_exact_ones() -> None:
    """A product stays one to first order in time: the error of the mean field begins with t² at most."""
    coupling = Coupling(np.kron(FLIP, FLIP), 0.7 * (1 - np.eye(2)))
    law = Law(
        TWO, ("a", "b"), np.full((2, 2, 2), 0.2) * (1 - np.eye(2)), 0.4 * np.stack([FLIP, FLIP]), couplings=(coupling,)
    )
    start = Start(np.array([[[0.8, 0.3j], [-0.3j, 0.2]], [[0.4, 0.1], [0.1, 0.6]]]))
    errors = [follow([Stretch(law, t)], start, [t], cluster=2).error for t in (0.04, 0.02)]
    assert errors[0] / errors[1] > 3.5


def test_to_first_order_it_is_the_joint_state_whatever_the_coupling_and_the_start() -> None:
    """The error of leaving correlations out begins with t²: halving t quarters it, with complex couplings too."""
    chance = np.random.default_rng(3)
    roots = chance.normal(size=(2, 2, 2)) + 1j * chance.normal(size=(2, 2, 2))
    states = np.array([root @ root.conj().T / np.trace(root @ root.conj().T).real for root in roots])
    one, other = (np.array(m) for m in ([[0, -1j], [1j, 0]], [[1, 0.5 + 0.2j], [0.5 - 0.2j, -1]]))
    operator = np.kron(one, other) + np.kron(other, one)
    ties = 0.8 * (1 - np.eye(2))
    law = Law(TWO, ("a", "b"), np.full((2, 2, 2), 0.2) * (1 - np.eye(2)), 0.4 * np.stack([FLIP, one]),
              spread=(Spread(0, 1, (1,), ties),), couplings=(Coupling(operator, ties),))  # fmt: skip
    errors = []
    for t in (0.02, 0.01):
        joint = density.evolve([Stretch(law, 1)], Start(states), [t], tolerance=1e-11).populations
        errors.append(abs(follow([Stretch(law, 1)], Start(states), [t], cluster=0).populations - joint).max())
    assert errors[0] < 1e-3
    assert errors[0] / errors[1] > 3.5


def test_an_accuracy_that_cannot_be_reached_is_refused() -> None:
    for tolerance in (0.0, -1.0, float("nan")):
        with pytest.raises(BadInput, match="tolerance"):
            follow([Stretch(_sis(2, 2.0, 1.0), 1)], certain(TWO, ["s", "i"]), [1], tolerance=tolerance)


def test_the_most_tied_are_chosen() -> None:
    weights = np.zeros((5, 5))
    weights[1, 3], weights[3, 4], weights[0, 2] = 0.9, 0.4, 0.3
    law = Law(TWO, tuple("abcde"), np.zeros((5, 2, 2)), spread=(Spread(0, 1, (1,), weights),))
    assert most_tied([law], 3) == [1, 3, 4]
    run = follow([Stretch(law, 1)], certain(TWO, ["s", "i", "s", "i", "s"]), [1])
    assert "b, d, e" in run.method
    assert 0 <= run.error < 1
