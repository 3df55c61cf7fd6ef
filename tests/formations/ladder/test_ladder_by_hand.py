"""Parts of rungs that little else would notice if they were wrong, each by hand or by the exact engine."""

from itertools import combinations

import numpy as np
import pytest
from scipy.linalg import expm

from newcourse.formations.engines import density
from newcourse.formations.inference.coordinates import Coordinates, tied
from newcourse.formations.ladder import years
from newcourse.formations.ladder.coupled import ModelRung
from newcourse.formations.ladder.diffusion import NeighbourHazards
from newcourse.formations.ladder.felt import felt, pattern, year_law
from newcourse.formations.ladder.hazards import Exposure, Hazards
from newcourse.formations.ladder.hidden import CALMING, CONTRAST, RIPENING, HiddenMarkov
from newcourse.formations.ladder.reading import RecordReading
from newcourse.formations.models import model_of
from newcourse.formations.runs import Start, Stretch
from newcourse.formations.terms import total as total_of
from tests.formations.ladder.panels import RING, TWO, blank, made


def test_neighbours_are_felt_to_first_order_as_in_the_joint_density_matrix() -> None:
    """From a product of states each country's own matrix moves as in the whole: called forth, dephased, coupled."""
    brief, d = 1e-4, RING.size
    panel = blank(3, 2, RING, ring=True)
    values = {"h6.spread": 3.0, "h5.isolation": 2.0, "h7.coupling": 1.5, "h1.coupling": 0.4}
    model = model_of("all", ["H0", "H1", "H5", "H6", "H7"], values, space=RING)
    setting, chance = years.settings(panel)[0], np.random.default_rng(1)
    roots = chance.normal(size=(3, d, d)) + 1j * chance.normal(size=(3, d, d))
    begun = np.array([root @ root.conj().T / np.trace(root @ root.conj().T).real for root in roots])
    ours = year_law(total_of(h.terms(RING, setting, model.values) for h in model.hypotheses), 3, d)
    where = Coordinates(d, tied(pattern(ours)))
    assert len(where.pairs) < 3
    for a, b in combinations(range(d), 2):
        if (a, b) not in where.pairs:
            begun[:, a, b] = begun[:, b, a] = 0
    vectors = where.vector(begun)
    moved = expm(where.generators(felt(ours, where, vectors)) * brief)
    later = np.einsum("iab,ib->ia", moved, vectors)
    singles = [(code,) for code in panel.countries]
    exact = density.states([Stretch(model.law(setting), 1)], Start(begun), [brief], singles, tolerance=1e-10)
    expected = np.array([exact.matrices[single][0] for single in singles])
    np.testing.assert_allclose(where.matrix(later), expected, atol=3e-7)
    assert abs(expected - begun).max() > 1e-4


def test_a_yearly_look_fades_coherence_the_same_with_neighbours_and_without() -> None:
    """A spread of next to nothing sends the filter down another road to the same end."""
    codes = ["H0", "H1", "H2", "H6"]
    panel = made([[0, -1, 0, 1, 0], [1, 0, 0, -1, 1], [1, 1, 1, 1, 1]], TWO, ring=True)
    cells = []
    for spread in (0.0, 1e-14):
        values = {"h6.spread": spread, "h6.leap": 0.0, "h1.coupling": 0.5, "h1.dephasing": 0.1, "h2.observed": 0.6}
        model = model_of("looked at", codes, values, space=TWO)
        cells.append(ModelRung(TWO, RecordReading(0.2), model=model).log_likelihoods(panel, values))
    np.testing.assert_allclose(cells[0], cells[1], atol=1e-9)


def test_a_country_first_seen_is_ripe_as_often_as_in_the_long_run() -> None:
    """Calm and ripe capitalist, calm and ripe workers: two years without a move, by the exponential of all four."""
    rate, contrast, ripening, calming = 0.5, 0.2, 0.3, 0.1
    rates = np.zeros((4, 4))
    rates[0, 1] = rates[2, 3] = ripening
    rates[1, 0] = rates[3, 2] = calming
    rates[0, 2], rates[1, 2] = contrast * rate, rate
    year = expm(rates - np.diag(rates.sum(axis=1)))
    state, expected = np.array([0.25, 0.75, 0, 0]), []
    for _ in range(2):
        state = state @ year
        expected.append(np.log(state[:2].sum()))
        state = np.append(state[:2], [0, 0]) / state[:2].sum()
    values = {"rate.social revolution": rate, CONTRAST: contrast, RIPENING: ripening, CALMING: calming}
    cells = HiddenMarkov(TWO).log_likelihoods(made([[0, 0, 0]], TWO), values)
    np.testing.assert_allclose(cells[0, 1:], expected, atol=1e-12)


@pytest.mark.parametrize(("group", "share"), [("workers", 1.0), ("capitalist", 0.0)])
def test_an_exposure_counts_the_neighbours_of_its_group(group: str, share: float) -> None:
    panel = made([[0, 0], [1, 1], [1, 1]], TWO, ring=True)
    rung = NeighbourHazards(TWO, hazards=Hazards(exposures=(Exposure("contiguity", group, "social revolution"),)))
    values = {"rate.social revolution": 0.1, f"exposure.contiguity.{group}.social revolution": 2.0}
    cells = rung.log_likelihoods(panel, values)
    np.testing.assert_allclose(cells[0, 1], -0.1 * np.exp(2.0 * share))
