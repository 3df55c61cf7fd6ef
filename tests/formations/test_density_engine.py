"""The density engine keeps what must be kept, at the order it promises, and agrees with others."""

import array_api_strict
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from newcourse.errors import BadInput, NotCertified
from newcourse.formations.engines import density
from newcourse.formations.engines.generators import liouvillian
from newcourse.formations.engines.joint import density_matrix, joint_state, reduced
from newcourse.formations.engines.watching import Watch
from newcourse.formations.law import Coupling, Law, exchanged
from newcourse.formations.observables.purity import purity
from newcourse.formations.runs import Run, Start, Stretch, certain, superposed
from tests.formations.small_laws import TWO, alone, operators, tied


def _exact(law: Law, start: Start, years: float) -> np.ndarray:
    """Return the density matrix by the exponential of the whole generator, nothing split."""
    hamiltonian, jumps = operators(law)
    state = np.ones((1, 1))
    for own in start.states:
        state = np.kron(state, own)
    size = state.shape[0]
    return (expm(years * liouvillian(hamiltonian, jumps)) @ state.ravel()).reshape(size, size)


def _populations(state: np.ndarray, n: int, d: int) -> np.ndarray:
    table = np.diag(state).real.reshape((d,) * n)
    return np.array([table.sum(axis=tuple(k for k in range(n) if k != i)) for i in range(n)])


def _start(n: int, d: int) -> Start:
    chance = np.random.default_rng(n)
    return superposed(chance.dirichlet(np.ones(d), n))


@pytest.mark.parametrize(("n", "d"), [(2, 4), (3, 2), (4, 2)])
def test_it_agrees_with_the_exponential_of_the_whole_generator(n: int, d: int) -> None:
    law, start = tied(n, d), _start(n, d)
    names = law.countries
    found = density.states([Stretch(law, 3)], start, [3], [names], tolerance=1e-9)
    exact = _exact(law, start, 3)
    assert np.allclose(found.matrices[names][0], exact, atol=1e-9)
    assert np.allclose(found.run.populations[0], _populations(exact, n, d), atol=1e-9)


@pytest.mark.slow  # QuTiP takes seconds to load
@pytest.mark.parametrize(("n", "d"), [(2, 4), (3, 4), (4, 2), (5, 2)])
def test_it_agrees_with_qutip(n: int, d: int) -> None:
    qutip = pytest.importorskip("qutip", reason="QuTiP, the oracle, is not installed")
    law, times = tied(n, d), np.array([0.0, 1.0, 2.5])
    start = certain(law.space, [law.space.formations[i % 2] for i in range(n)])
    hamiltonian, jumps = operators(law)
    first = np.zeros((d**n, 1))
    first[sum((i % 2) * d ** (n - 1 - i) for i in range(n))] = 1
    options = {"matrix_form": True, "method": "tsit5", "atol": 1e-10, "rtol": 1e-10, "progress_bar": ""}
    result = qutip.mesolve(
        qutip.Qobj(hamiltonian), qutip.Qobj(first).proj(), times, [qutip.Qobj(j) for j in jumps], options=options
    )
    run = density.evolve([Stretch(law, 3)], start, times, tolerance=1e-8)
    expected = [_populations(state.full(), n, d) for state in result.states]
    assert np.allclose(run.populations, expected, atol=1e-7)


def test_the_splitting_is_of_second_order() -> None:
    law, start = tied(3, 2), _start(3, 2)
    exact = _populations(_exact(law, start, 2), 3, 2)
    runs = [density.evolve([Stretch(law, 2)], start, [2], steps=steps) for steps in (2, 4, 8)]
    errors = np.array([abs(run.populations[0] - exact).max() for run in runs])
    assert np.allclose(np.log2(errors[:-1] / errors[1:]), 2, atol=0.1)
    assert all(run.error > 0.8 * e for run, e in zip(runs, errors, strict=True))


def test_the_plain_path_reaches_its_tolerance_and_stays_a_density_matrix() -> None:
    law, start = tied(3, 2, observed=0.3), _start(3, 2)
    names, times = law.countries, [0.0, 0.5, 1.0, 2.0]
    plain = density.states([Stretch(law, 2)], start, times, [names], extrapolate=False, tolerance=1e-5)
    best = density.evolve([Stretch(law, 2)], start, times, tolerance=1e-10)
    assert plain.run.error <= 1e-5
    assert abs(plain.run.populations - best.populations).max() <= 1.5e-5
    assert plain.run.extras["positivity defect"].max() <= 1e-12
    for matrix in plain.matrices[names]:
        assert abs(np.trace(matrix) - 1) <= 1e-10
        assert np.linalg.eigvalsh(matrix)[0] >= -1e-12


def test_extrapolation_of_crude_runs_reports_that_it_left_the_density_matrices() -> None:
    law = tied(2)
    couplings = tuple(Coupling(c.operator, 8 * c.weights) for c in law.couplings)
    pure = Law(law.space, law.countries, 0 * law.jumps, 4 * law.hamiltonian, couplings=couplings)
    start = certain(law.space, ["a", "d"])
    found = density.states([Stretch(pure, 1)], start, [1], [law.countries], tolerance=0.05)
    lowest = np.linalg.eigvalsh(found.matrices[law.countries][0])[0]
    assert "extrapolated" in found.run.method
    assert found.run.extras["positivity defect"][0] == pytest.approx(max(0.0, -lowest))
    assert lowest < -1e-3


def test_half_a_look_takes_half_of_the_coherence_after_each_year() -> None:
    law = alone(observed=0.5)
    found = density.states([Stretch(law, 3)], superposed([[0.5, 0.5]]), [0.5, 1.0, 2.5, 3.0], [("C0",)])
    assert np.allclose(found.matrices[("C0",)][:, 0, 1], [0.5, 0.25, 0.125, 0.0625])
    assert np.allclose(found.run.populations, 0.5)


def test_laws_that_follow_one_another_are_run_one_after_another() -> None:
    first, second, start = tied(2, 2, seed=1), tied(2, 2, seed=2), _start(2, 2)
    times = [0.3, 1.5]
    run = density.evolve([Stretch(first, 0.7), Stretch(second, 1)], start, times, tolerance=1e-9)
    hamiltonian, jumps = operators(second)
    halfway = _exact(first, start, 0.7)
    exact = (expm(0.8 * liouvillian(hamiltonian, jumps)) @ halfway.ravel()).reshape(4, 4)
    assert np.allclose(run.populations[1], _populations(exact, 2, 2), atol=1e-9)
    assert np.allclose(run.populations[0], _populations(_exact(first, start, 0.3), 2, 2), atol=1e-9)


def test_dense_couplings_are_exact_too() -> None:
    law, start = tied(3, 2), _start(3, 2)
    chance = np.random.default_rng(5)
    root = chance.normal(size=(4, 4)) + 1j * chance.normal(size=(4, 4))
    operator = root + root.conj().T
    coupling = Coupling((operator + exchanged(operator, 2)) / 2, 0.1 * (np.ones((3, 3)) - np.eye(3)))
    dense = Law(law.space, law.countries, law.jumps, law.hamiltonian, law.dephasing, law.spread, (coupling,))
    run = density.evolve([Stretch(dense, 2)], start, [2], tolerance=1e-9)
    assert np.allclose(run.populations[0], _populations(_exact(dense, start, 2), 3, 2), atol=1e-9)


@pytest.mark.parametrize("extrapolate", [True, False])
def test_a_module_that_offers_the_array_standard_and_no_more_gives_the_same(extrapolate: bool) -> None:
    """What a GPU is asked for is only what the Python array API standard promises; no GPU is needed to see that."""
    law, start = tied(3, 2, observed=0.2), _start(3, 2)
    chance = np.random.default_rng(5)
    root = chance.normal(size=(4, 4)) + 1j * chance.normal(size=(4, 4))
    operator = root + root.conj().T
    dense = Coupling((operator + exchanged(operator, 2)) / 2, 0.05 * (np.ones((3, 3)) - np.eye(3)))
    both = Law(
        law.space, law.countries, law.jumps, law.hamiltonian, law.dephasing, law.spread, (*law.couplings, dense), 0.2
    )
    watch = {"purity": Watch(("C0", "C2"), purity)}

    def runs(arrays: object) -> list[Run]:
        how = {"tolerance": 1e-4, "extrapolate": extrapolate, "watch": watch, "arrays": arrays}
        return [density.evolve([Stretch(each, 2)], start, [0, 0.4, 1.5], **how) for each in (law, both)]

    for ours, plain, strict in zip(runs(None), runs(np), runs(array_api_strict), strict=True):
        for theirs in (plain, strict):
            np.testing.assert_allclose(theirs.populations, ours.populations, rtol=0, atol=1e-12)
            np.testing.assert_allclose(theirs.extras["purity"], ours.extras["purity"], rtol=0, atol=1e-12)
            assert theirs.error == pytest.approx(ours.error, abs=1e-12)


def test_numbers_of_less_than_double_precision_are_refused() -> None:
    class Single:
        @staticmethod
        def asarray(numbers: np.ndarray) -> np.ndarray:
            return numbers.astype(np.float32)

    with pytest.raises(BadInput, match="jax_enable_x64"):
        density.evolve([Stretch(tied(2, 2), 1)], _start(2, 2), [1], steps=1, arrays=Single)


@pytest.mark.parametrize("name", ["cupy", "jax.numpy"])
def test_a_gpu_gives_the_same_where_there_is_one(name: str) -> None:
    module = pytest.importorskip(name, reason=f"{name} is not installed")
    if name == "jax.numpy":
        import jax

        jax.config.update("jax_enable_x64", True)
    law, start = tied(3, 2), _start(3, 2)
    ours = density.evolve([Stretch(law, 2)], start, [0, 1.5], steps=3)
    theirs = density.evolve([Stretch(law, 2)], start, [0, 1.5], steps=3, arrays=module)
    assert np.allclose(ours.populations, theirs.populations, atol=1e-12)


def test_what_is_watched_is_computed_from_the_countries_in_the_order_named() -> None:
    law, start = tied(3, 2), _start(3, 2)
    found = density.states([Stretch(law, 1)], start, [1], [("C2", "C0"), ("C0", "C2")])
    back, forth = found.matrices[("C2", "C0")][0], found.matrices[("C0", "C2")][0]
    turned = forth.reshape(2, 2, 2, 2).transpose(1, 0, 3, 2).reshape(4, 4)
    assert np.allclose(back, turned)
    run = density.evolve([Stretch(law, 1)], start, [0, 1], watch={"purity": Watch(("C0",), purity)})
    assert run.extras["purity"][0] == pytest.approx(1.0)
    assert run.extras["purity"][1] < 1


def test_what_cannot_be_run_is_refused() -> None:
    law, start = tied(2, 2), _start(2, 2)
    stretch = [Stretch(law, 1)]
    with pytest.raises(BadInput, match="each once"):
        density.states(stretch, start, [1], [("C0", "nobody")])
    with pytest.raises(BadInput, match="positive"):
        density.evolve(stretch, start, [1], tolerance=0.0)
    with pytest.raises(BadInput, match="sample trajectories"):
        joint_state(_start(8, 4))
    with pytest.raises(NotCertified, match="less accuracy"):
        density.evolve(stretch, start, [1], tolerance=1e-18)


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(1, 3))
def test_numbers_over_hermitian_matrices_are_the_density_matrix(seed: int, n: int) -> None:
    chance = np.random.default_rng(seed)
    roots = chance.normal(size=(n, 3, 3)) + 1j * chance.normal(size=(n, 3, 3))
    own = np.array([r @ r.conj().T / np.trace(r @ r.conj().T).real for r in roots])
    numbers = joint_state(Start(own))
    whole = np.ones((1, 1))
    for matrix in own:
        whole = np.kron(whole, matrix)
    assert np.allclose(density_matrix(numbers, 3), whole)
    for i in range(n):
        assert np.allclose(density_matrix(reduced(numbers, n, 3, (i,)), 3), own[i])


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.floats(0.01, 50.0), st.floats(0, 1))
def test_one_country_is_solved_exactly_and_stays_a_density_matrix(seed: int, years: float, looked: float) -> None:
    chance = np.random.default_rng(seed)
    mixing, detuning, dephasing, down, up = chance.exponential(size=5)
    law = alone(mixing=mixing, detuning=detuning, dephasing=dephasing, down=down, up=up, observed=looked)
    found = density.states([Stretch(law, years)], certain(TWO, ["a"]), [years], [("C0",)])
    matrix = found.matrices[("C0",)][0]
    assert abs(np.trace(matrix) - 1) < 1e-10
    assert np.linalg.eigvalsh(matrix)[0] >= -1e-12
    if years < 1:
        assert np.allclose(matrix, _exact(law, certain(TWO, ["a"]), years), atol=1e-12)
