"""What a record does to a country in two formations at once: an instrument, by hand."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from newcourse.formations.engines.generators import liouvillian
from newcourse.formations.inference.coordinates import motion
from newcourse.formations.ladder.gksl import COUPLING, DEPHASING, DETUNING, OBSERVED, QuantumLike
from newcourse.formations.ladder.reading import RecordReading
from tests.formations.ladder.panels import TWO, made


def unit(d: int, source: int, target: int) -> np.ndarray:
    return np.outer(np.eye(d)[target], np.eye(d)[source])


def test_a_record_is_the_kraus_operator_of_the_square_roots_of_its_chances() -> None:
    """Davies and Lewis 1970: K_x = diag √E_ax from both sides; coherence is left as the record leaves it, not less."""
    rate, h, detuning, gamma, looked = 0.15, 0.6, 0.3, 0.2, 0.25
    rung = QuantumLike(TWO, RecordReading(0.1), asked=(DEPHASING, DETUNING, OBSERVED))
    records = [0, 0, 1, -1, 0, 1, 1]
    values = {"rate.social revolution": rate, COUPLING: h, DETUNING: detuning, DEPHASING: gamma, OBSERVED: looked}
    cells = rung.log_likelihoods(made([records], TWO), values)[0]
    jumps = [np.sqrt(rate) * unit(2, 0, 1), *(np.sqrt(gamma) * unit(2, a, a) for a in range(2))]
    year = expm(liouvillian(np.array([[0, h], [h, detuning]], complex), jumps))
    reading = np.array([[0.9, 0.1], [0.1, 0.9]])
    rho = np.diag(reading[:, 0]).astype(complex)
    for x, cell in zip(records[1:], cells[1:], strict=True):
        rho = (year @ rho.ravel()).reshape(2, 2) * np.array([[1, 1 - looked], [1 - looked, 1]])
        if x < 0:
            assert np.isnan(cell)
            continue
        kraus = np.diag(np.sqrt(reading[:, x]))
        rho = kraus @ rho @ kraus
        chance = np.trace(rho).real
        rho /= chance
        np.testing.assert_allclose(cell, np.log(chance), atol=1e-12)
        assert abs(rho[0, 1]) > 0.01


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_the_ladder_and_the_engines_have_one_master_equation(seed: int) -> None:
    chance = np.random.default_rng(seed)
    rates, gamma = chance.random((3, 3)) * (1 - np.eye(3)), chance.random(3)
    root = chance.normal(size=(2, 3, 3)) + 1j * chance.normal(size=(2, 3, 3))
    h, rho = root[0] + root[0].conj().T, root[1] @ root[1].conj().T
    jumps = [np.sqrt(rates[a, b]) * unit(3, a, b) for a in range(3) for b in range(3)]
    jumps += [np.sqrt(gamma[a]) * unit(3, a, a) for a in range(3)]
    expected = (liouvillian(h, jumps) @ rho.ravel()).reshape(3, 3)
    np.testing.assert_allclose(motion(rho, rates, gamma, h), expected, atol=1e-12)
