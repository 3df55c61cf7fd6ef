"""Known answers of the master equation, each with where it is from."""

import numpy as np
import pytest
from scipy.linalg import expm

from newcourse.formations.engines import density, markov
from newcourse.formations.engines.watching import Watch
from newcourse.formations.law import Coupling, Law
from newcourse.formations.observables.negativity import negativity
from newcourse.formations.runs import Run, Stretch, certain
from tests.formations.small_laws import SIGMA_X, TWO, alone, tied

TIMES = np.linspace(0, 6, 13)


def _second(law: Law, first: str = "a", times: object = TIMES) -> np.ndarray:
    run = density.evolve([Stretch(law, 100)], certain(TWO, [first]), times)
    assert run.error == 0.0
    return run.populations[:, 0, 1]


def test_a_two_level_country_decays_exponentially() -> None:
    assert np.allclose(_second(alone(down=0.7), "b"), np.exp(-0.7 * TIMES), atol=1e-13)


@pytest.mark.parametrize("detuning", [0.0, 0.5, 3.0])
def test_rabi_oscillations_with_detuning(detuning: float) -> None:
    """I. I. Rabi, Physical Review 51 (1937) 652: amplitude 4h²/(4h²+Δ²), frequency √(4h²+Δ²)."""
    h = 0.4
    frequency = np.hypot(2 * h, detuning)
    expected = (2 * h / frequency) ** 2 * np.sin(frequency * TIMES / 2) ** 2
    assert np.allclose(_second(alone(mixing=h, detuning=detuning)), expected, atol=1e-12)


def test_rabi_oscillations_with_dephasing_are_those_of_a_damped_oscillator() -> None:
    """z'' + Γz' + 4h²z = 0 for the difference of populations."""
    h, rate = 0.6, 0.5
    frequency = np.sqrt(4 * h**2 - rate**2 / 4)
    wave = np.cos(frequency * TIMES) + rate / (2 * frequency) * np.sin(frequency * TIMES)
    expected = (1 - np.exp(-rate * TIMES / 2) * wave) / 2
    assert np.allclose(_second(alone(mixing=h, dephasing=rate)), expected, atol=1e-12)


def test_dephasing_and_detuning_freeze_a_country() -> None:
    assert _second(alone(mixing=0.5, dephasing=2000.0)).max() < 0.002
    assert _second(alone(mixing=0.5, detuning=100.0)).max() < 2e-4


def test_the_driven_steady_state_is_that_of_the_optical_bloch_equations() -> None:
    """Excited h²/(Δ² + γ²/4 + 2h²) (C. Cohen-Tannoudji et al., Atom–Photon Interactions, 1992, V.C)."""
    h, detuning, decay = 0.5, 0.3, 0.4
    expected = h**2 / (detuning**2 + decay**2 / 4 + 2 * h**2)
    found = _second(alone(mixing=h, detuning=detuning, down=decay), times=[100.0])
    assert found[0] == pytest.approx(expected, abs=1e-8)


def test_strong_dephasing_gives_a_rate_of_2h2g_over_g2_plus_d2() -> None:
    h, detuning, rate = 0.05, 1.0, 4.0
    expected = 2 * h**2 * rate / (rate**2 + detuning**2)
    found = _second(alone(mixing=h, detuning=detuning, dephasing=rate), times=[40.0])[0]
    assert -np.log(1 - 2 * found) / (2 * 40.0) == pytest.approx(expected, rel=0.02)


def test_dephasing_speeds_transitions_up_while_it_is_below_the_detuning() -> None:
    found = [_second(alone(mixing=0.05, detuning=3.0, dephasing=g), times=[20.0])[0] for g in (0.5, 1.5, 3.0, 9.0)]
    assert found[0] < found[1] < found[2] > found[3]


def _bonded(angle: float, later: Law) -> Run:
    """Return two countries bonded to cos|aa> − i sin|bb> in a quarter of a year, and their negativity afterwards."""
    double = np.kron(SIGMA_X, SIGMA_X)
    bond = Coupling(double, 4 * angle * SIGMA_X.real)
    first = Law(TWO, ("C0", "C1"), np.zeros((2, 2, 2)), couplings=(bond,))
    watch = {"negativity": Watch(("C0", "C1"), negativity)}
    times = 0.25 + np.linspace(0, 2, 9)
    stretches = [Stretch(first, 0.25), Stretch(later, 5)]
    return density.evolve(stretches, certain(TWO, ["a", "a"]), times, watch=watch)


def test_the_negativity_of_a_bell_state_dies_as_half_of_e_to_minus_2gt() -> None:
    rate = 0.3
    run = _bonded(np.pi / 4, alone(dephasing=rate, countries=2))
    assert np.allclose(run.extras["negativity"], 0.5 * np.exp(-2 * rate * (run.times - 0.25)), atol=1e-12)


def test_entanglement_dies_suddenly() -> None:
    """T. Yu and J. H. Eberly, Physical Review Letters 93 (2004) 140404: gone where 1 − e^(−γt) reaches |α/β|."""
    angle, rate = np.pi / 3, 1.0
    run = _bonded(angle, alone(down=rate, countries=2))
    left = np.exp(-rate * (run.times - 0.25))
    alpha, beta = np.cos(angle), np.sin(angle)
    expected = np.maximum(0, alpha * beta * left - beta**2 * left * (1 - left))
    assert np.allclose(run.extras["negativity"], expected, atol=1e-12)
    death = -np.log(1 - alpha / beta) / rate
    assert (run.extras["negativity"][run.times - 0.25 > death] < 1e-12).all()
    assert run.extras["negativity"][0] > 0.4


@pytest.mark.parametrize(("looks", "survival"), [(2, 0.25), (4, 0.5308), (10, 0.7805), (50, 0.9518)])
def test_looking_often_holds_a_country_where_it_is(looks: int, survival: float) -> None:
    """Zeno: found in its first formation at every look, (cos² π/2N)^N (B. Misra and E. C. G. Sudarshan 1977)."""
    law = alone(mixing=np.pi / 2 / looks, observed=1.0)
    stays = 1 - _second(law, times=[1.0])[0]
    assert stays**looks == pytest.approx(survival, abs=5e-5)
    ever = _second(law, times=[float(looks)])[0]
    assert ever == pytest.approx((1 - np.cos(np.pi / looks) ** looks) / 2, abs=1e-12)


def test_without_mixing_it_is_the_markov_chain() -> None:
    law = tied(3)
    diagonal = law.hamiltonian * np.eye(4)
    plain = Law(law.space, law.countries, law.jumps, diagonal, law.dephasing, law.spread)
    start, years = certain(law.space, ["a", "d", "b"]), 4.0
    run = density.evolve([Stretch(plain, years)], start, [years], tolerance=1e-11)
    chain = markov.generator(plain).toarray()
    exact = expm(years * chain) @ markov.joint(start.populations)
    assert np.allclose(run.populations[0], markov.marginals(exact, 3, 4), atol=1e-10)
