"""Observables: textbook values, and what they must satisfy for every state."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.formations.law import Coupling, Law
from newcourse.formations.observables.coherence import coherence
from newcourse.formations.observables.entropy import entropy
from newcourse.formations.observables.frustration import frustrated_triangles, frustration
from newcourse.formations.observables.isolation import isolation
from newcourse.formations.observables.mutual_information import mutual_information
from newcourse.formations.observables.negativity import negativity
from newcourse.formations.observables.purity import purity
from newcourse.formations.runs import Run
from newcourse.formations.spaces import DEFAULT
from tests.formations.small_laws import TWO

ISING = np.diag([1.0, -1.0, -1.0, 1.0])


def _state(seed: int, size: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    root = chance.normal(size=(size, size)) + 1j * chance.normal(size=(size, size))
    return root @ root.conj().T / np.trace(root @ root.conj().T).real


@settings(max_examples=40)
@given(st.integers(0, 10**6))
def test_bounds_and_products(seed: int) -> None:
    first, second = _state(seed, 3), _state(seed + 1, 3)
    product = np.kron(first, second)
    assert negativity(product) < 1e-12
    assert abs(mutual_information(product)) < 1e-9
    assert purity(product) == pytest.approx(purity(first) * purity(second))
    assert entropy(product) == pytest.approx(entropy(first) + entropy(second))
    assert 1 / 3 - 1e-12 <= purity(first) <= 1
    assert 0 <= entropy(first) <= np.log(3) + 1e-12
    assert 0 <= coherence(first) <= 2
    assert mutual_information(_state(seed, 9)) >= -1e-9


@pytest.mark.parametrize("share", [0.2, 1 / 3, 0.5, 1.0])
def test_werner_states_are_entangled_above_a_third(share: float) -> None:
    """R. F. Werner, Physical Review A 40 (1989) 4277: negativity max(0, (3p − 1)/4)."""
    bell = np.zeros((4, 4))
    bell[np.ix_([1, 2], [1, 2])] = [[0.5, -0.5], [-0.5, 0.5]]
    state = share * bell + (1 - share) * np.eye(4) / 4
    assert negativity(state) == pytest.approx(max(0.0, (3 * share - 1) / 4), abs=1e-12)


def _ising(n: int, weights: np.ndarray) -> Law:
    return Law(TWO, tuple(map(str, range(n))), np.zeros((n, 2, 2)), couplings=(Coupling(ISING, weights),))


def test_three_who_would_all_differ_are_frustrated_by_a_third() -> None:
    differ = np.ones((3, 3)) - np.eye(3)
    assert frustration(_ising(3, differ)) == pytest.approx(1 / 3)
    assert frustration(_ising(3, -differ)) == pytest.approx(0)
    assert frustration(_ising(3, 0 * differ)) == 0
    assert frustrated_triangles(differ) == 1


def test_a_ring_is_frustrated_when_an_odd_number_would_differ() -> None:
    for n, expected in ((6, 0.0), (7, 1 / 7)):
        ring = np.roll(np.eye(n), 1, axis=1) + np.roll(np.eye(n), -1, axis=1)
        assert frustration(_ising(n, ring)) == pytest.approx(expected, abs=1e-9)
    assert frustrated_triangles(ring) == 0


def test_couplings_that_do_not_commute_are_frustrated_without_a_triangle() -> None:
    exchange = sum(np.kron(s, s) for s in ([[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]))
    chain = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0.0]])
    law = Law(TWO, ("a", "b", "c"), np.zeros((3, 2, 2)), couplings=(Coupling(exchange, chain),))
    assert frustration(law) == pytest.approx((-4 + 6) / 8)  # E0 = −4 of three spins, −3 of each pair alone
    with pytest.raises(BadInput, match="triangles"):
        frustration(_ising(17, np.zeros((17, 17))))


def test_isolation_is_the_share_of_ties_to_others_of_another_kind() -> None:
    populations = np.zeros((1, 3, 5))
    populations[0, 0, 2] = populations[0, 1, 1] = 1
    populations[0, 2, [1, 3]] = 0.5
    run = Run(DEFAULT, ("R", "D", "C"), np.zeros(1), populations)
    weights = [[0, 0.5, 0.5], [1, 0, 0], [0, 0, 0]]
    assert isolation(run, weights).tolist() == [[0.75, 0.0, 1.0]]
    with pytest.raises(BadInput, match="divide"):
        isolation(run, 2 * np.ones((3, 3)))
    with pytest.raises(BadInput, match="divide"):
        isolation(run, np.full((3, 3), np.nan))


def test_what_is_no_state_is_refused() -> None:
    with pytest.raises(BadInput, match="trace 1"):
        purity(np.eye(2))
    with pytest.raises(BadInput, match="square number"):
        negativity(np.eye(3) / 3)
