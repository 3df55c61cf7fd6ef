"""Rungs against hand counts, brute force, matrix exponentials, and each other where one contains the other."""

import pickle
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from newcourse.errors import BadInput
from newcourse.formations.engines.mean_field import follow
from newcourse.formations.inference.coordinates import Coordinates, motion, tied
from newcourse.formations.inference.side_by_side import advance
from newcourse.formations.ladder import years
from newcourse.formations.ladder.coupled import ModelRung
from newcourse.formations.ladder.diffusion import NeighbourHazards
from newcourse.formations.ladder.duration import Duration
from newcourse.formations.ladder.felt import felt, pattern, year_law
from newcourse.formations.ladder.gksl import COUPLING, DEPHASING, DETUNING, OBSERVED, PHASE, QuantumLike
from newcourse.formations.ladder.hazards import Effect, Exposure, Hazards
from newcourse.formations.ladder.hidden import CALMING, CONTRAST, RIPENING, HiddenMarkov
from newcourse.formations.ladder.markov import Markov
from newcourse.formations.ladder.parameters import FreeParameter, Scale, inward, outward
from newcourse.formations.ladder.reading import RecordReading
from newcourse.formations.ladder.rung import Rung, openings
from newcourse.formations.ladder.saturated import Saturated
from newcourse.formations.ladder.split import SplitPopulation
from newcourse.formations.ladder.usual import usual_ladder
from newcourse.formations.models import model_of
from newcourse.formations.runs import Stretch, superposed
from newcourse.formations.spaces import DEFAULT
from newcourse.formations.terms import total as total_of
from tests.formations.ladder.panels import RING, TWO, blank, made

ERRORS = RecordReading(0.08)
GAPS = made([[0, 0, -1, 1, 2, 2, 0], [-1, 1, 1, 2, -1, 0, 0], [2, 2, 2, 0, 1, -1, 2]], RING)
RATES = {"rate.social revolution": 0.2, "rate.degeneration": 0.3, "rate.restoration": 0.15}
UNEVEN = Hazards(effects=(Effect("gap", "social revolution"),))


def total(rung: Rung, panel: object, values: dict[str, float]) -> float:
    return float(np.nansum(rung.log_likelihoods(panel, values)))


def every_rung() -> list[Rung]:
    exposed = Hazards(exposures=(Exposure("contiguity", "workers", "social revolution"),))
    return [
        Saturated(RING, ERRORS),
        Markov(RING, ERRORS),
        NeighbourHazards(RING, ERRORS, exposed),
        HiddenMarkov(RING, ERRORS),
        Duration(RING, ERRORS),
        Duration(RING, ERRORS, form="log-logistic"),
        SplitPopulation(RING, movers=Duration(RING, ERRORS)),
        QuantumLike(RING, ERRORS),
        ModelRung(RING, ERRORS, model=model_of("GKSL with coupling", ["H0", "H1", "H6", "H7"], space=RING)),
    ]


NAMES = [rung.name for rung in every_rung()]


def test_saturated_chain_is_most_likely_at_the_transitions_counted() -> None:
    """Anderson and Goodman 1957, eq. 2.5: of 4 records after capitalist 3 are capitalist, so 3/4 and 1/4."""
    panel = made([[0, 0, 0, 0, 1, 1, 1], [1, 1, 1, 1, 1, 1, 0]], TWO)
    rung, told = Saturated(TWO), np.ones((2, 7), dtype=bool)
    best = rung.guess(panel, told)
    np.testing.assert_allclose(rung.transitions(best), [[3 / 4, 1 / 4], [1 / 8, 7 / 8]])
    expected = 3 * np.log(3 / 4) + np.log(1 / 4) + 7 * np.log(7 / 8) + np.log(1 / 8)
    assert total(rung, panel, best) == pytest.approx(expected, abs=1e-12)


def test_a_filter_is_the_sum_over_all_that_could_have_been() -> None:
    """Every path of hidden formations added up by hand, gaps and wrong records included."""
    rung = Markov(RING, ERRORS)
    jumps = np.zeros((3, 3))
    jumps[0, 1], jumps[1, 2], jumps[2, 0] = 0.2, 0.3, 0.15
    year, reading = expm(jumps - np.diag(jumps.sum(axis=1))), ERRORS.probabilities(3)
    for row in np.asarray(GAPS.observed):
        seen = row[int(np.argmax(row >= 0)) :]
        first = reading[:, seen[0]] / reading[:, seen[0]].sum()
        brute = 0.0
        for path in product(range(3), repeat=len(seen)):
            chance = first[path[0]] * np.prod([year[a, b] for a, b in pairwise(path)])
            brute += chance * np.prod([reading[a, x] for a, x in zip(path[1:], seen[1:], strict=True) if x >= 0])
        cells = rung.log_likelihoods(made([row], RING), RATES)
        assert np.nansum(cells) == pytest.approx(np.log(brute), abs=1e-12)
    assert np.isnan(rung.log_likelihoods(GAPS, RATES)[0, [0, 2]]).all()


@given(st.integers(0, 10_000))
@settings(max_examples=15)
def test_generators_move_density_matrices_as_the_master_equation_does(seed: int) -> None:
    rng = np.random.default_rng(seed)
    jumps, gamma = rng.random((3, 3)) * (1 - np.eye(3)), rng.random(3)
    h = np.zeros((3, 3), dtype=complex)
    h[0, 2] = rng.normal() + 1j * rng.normal()
    h += h.conj().T + np.diag(rng.normal(size=3))
    where = Coordinates(3, tied(h))
    assert where.pairs == ((0, 2),)
    begun = where.vector(np.diag(rng.dirichlet(np.ones(3))).astype(complex))
    kron = np.zeros((9, 9), dtype=complex)
    for k, unit in enumerate(np.eye(9).reshape(9, 3, 3)):
        kron[:, k] = motion(unit.astype(complex), jumps, gamma, h).ravel()
    later = (expm(kron) @ where.matrix(begun).ravel()).reshape(3, 3)
    generator = where.generators(where.pack(jumps[None], gamma, h))[0]
    np.testing.assert_allclose(where.matrix(expm(generator) @ begun), later, atol=1e-12)
    np.testing.assert_allclose(where.trace @ generator, 0, atol=1e-12)


def test_without_coupling_the_quantum_like_rung_is_the_markov_rung() -> None:
    still = {**RATES, COUPLING: 0.0, DEPHASING: 1.0}
    np.testing.assert_allclose(
        QuantumLike(RING, ERRORS).log_likelihoods(GAPS, still),
        Markov(RING, ERRORS).log_likelihoods(GAPS, RATES),
        atol=1e-10,
    )


def test_a_coupling_alone_is_a_rabi_oscillation_looked_at_once_a_year() -> None:
    """Without records between, the population left behind after t years is sin²(ht); Γ = 0 by hand."""
    held = ((DETUNING, 0.0), (DEPHASING, 0.0), (PHASE, 0.7), (OBSERVED, 0.0))
    rung = QuantumLike(TWO, hazards=Hazards(()), asked=(), held=held)
    panel = made([[0, -1, -1, 1], [0, 0, 0, 1]], TWO)
    cells = rung.log_likelihoods(panel, {COUPLING: 0.3})
    np.testing.assert_allclose(np.exp(cells[0, 3]), np.sin(0.9) ** 2, atol=1e-12)
    # Looked at each year for certain, nothing of the coherence is left: each year begins anew (Zeno).
    np.testing.assert_allclose(np.exp(cells[1, 1:]), np.cos(0.3) ** 2 * np.array([1, 1, np.tan(0.3) ** 2]), atol=1e-12)


def test_looking_at_each_years_end_destroys_coherence_even_without_a_record() -> None:
    held = ((DETUNING, 0.0), (DEPHASING, 0.0), (PHASE, 0.0), (OBSERVED, 1.0))
    rung = QuantumLike(TWO, hazards=Hazards(()), asked=(), held=held)
    cells = rung.log_likelihoods(made([[0, -1, 0]], TWO), {COUPLING: 0.3})
    np.testing.assert_allclose(np.exp(cells[0, 2]), np.cos(0.3) ** 4 + np.sin(0.3) ** 4, atol=1e-12)


def test_with_shape_one_duration_is_the_markov_rung() -> None:
    shapes = {f"shape.{code}": 1.0 for code in RING.formations}
    np.testing.assert_allclose(
        Duration(RING, ERRORS).log_likelihoods(GAPS, {**RATES, **shapes}),
        Markov(RING, ERRORS).log_likelihoods(GAPS, RATES),
        atol=1e-12,
    )
    late = Duration(RING, ERRORS, form="log-logistic")
    near = late.log_likelihoods(GAPS, {**RATES, **shapes, "duration.turn": 500.0})
    np.testing.assert_allclose(near, Markov(RING, ERRORS).log_likelihoods(GAPS, RATES), atol=0.02, equal_nan=True)


def test_weibull_survival_is_that_of_the_textbook() -> None:
    """With one way out t tens of years without a move have the probability exp(−10 r t^k); Cox and Oakes 1984, §2.3."""
    rung, r, k = Duration(TWO), 0.05, 1.7
    cells = rung.log_likelihoods(made([[0] * 9], TWO), {"rate.social revolution": r, "shape.capitalist": k})
    np.testing.assert_allclose(np.nancumsum(cells[0]), -10 * r * np.arange(0, 0.9, 0.1) ** k, atol=1e-12)


def test_split_population_without_stayers_is_duration_and_with_them_a_mixture() -> None:
    inner = Duration(RING, ERRORS)
    rung = SplitPopulation(RING, movers=inner)
    shapes = {f"shape.{code}": 1.4 for code in RING.formations}
    without = rung.log_likelihoods(GAPS, {**RATES, **shapes, "split.share": 0.0})
    np.testing.assert_allclose(without, inner.log_likelihoods(GAPS, {**RATES, **shapes}), atol=1e-12)
    still = Markov(RING, ERRORS, Hazards(()))
    parts = [np.nansum(each, axis=1) for each in (without, still.log_likelihoods(GAPS, {}))]
    mixed = rung.log_likelihoods(GAPS, {**RATES, **shapes, "split.share": 0.3})
    expected = np.log(0.7 * np.exp(parts[0]) + 0.3 * np.exp(parts[1]))
    np.testing.assert_allclose(np.nansum(mixed, axis=1), expected, atol=1e-12)


def test_hidden_sub_states_without_contrast_are_the_markov_rung() -> None:
    values = {**RATES, CONTRAST: 1.0, RIPENING: 0.3, CALMING: 0.7}
    np.testing.assert_allclose(
        HiddenMarkov(RING, ERRORS).log_likelihoods(GAPS, values),
        Markov(RING, ERRORS).log_likelihoods(GAPS, RATES),
        atol=1e-12,
    )


def test_diffusion_looks_at_neighbours_last_recorded() -> None:
    """In a ring of three, each other country is a neighbour of weight one half."""
    panel = made([[0, 0, 0], [1, 1, 1], [0, -1, 0]], TWO, ring=True)
    rung = NeighbourHazards(TWO, hazards=Hazards(exposures=(Exposure("contiguity", "workers", "social revolution"),)))
    effect = "exposure.contiguity.workers.social revolution"
    cells = rung.log_likelihoods(panel, {"rate.social revolution": 0.1, effect: 2.0})
    np.testing.assert_allclose(cells[0, 1:], -0.1 * np.exp(2.0 * 0.5))
    np.testing.assert_allclose(cells[2, 2], -2 * 0.1 * np.exp(2.0 * 0.5))
    without = rung.log_likelihoods(panel, {"rate.social revolution": 0.1, effect: 0.0})
    np.testing.assert_allclose(without, Markov(TWO).log_likelihoods(panel, {"rate.social revolution": 0.1}))


def test_covariates_multiply_rates_and_gaps_in_them_are_carried() -> None:
    panel = made([[0, 0, 0, 0]], TWO, covariates={"gap": [[np.nan, 1.0, np.nan, 5.0]]})
    cells = Markov(TWO, hazards=UNEVEN).log_likelihoods(
        panel, {"rate.social revolution": 0.1, "effect.gap.social revolution": 0.5}
    )
    np.testing.assert_allclose(cells[0, 1:], -0.1 * np.exp(0.5 * np.array([0.0, 1.0, 1.0])))


@pytest.mark.parametrize("codes", [["H0"], ["H0", "H1"], ["H0", "H1", "H4b"]])
def test_models_of_hypotheses_agree_with_direct_rungs(codes: list[str]) -> None:
    rates = {"h0.bourgeois": 0.1, "h0.social": 0.2, "h0.degeneration": 0.3, "h0.restoration": 0.15, "h0.second": 0.05}
    given = {"h1.coupling": 0.4, "h1.detuning": 0.3, "h1.dephasing": 0.6, "h4b.dephasing": 0.0}
    model = model_of("model", codes)
    values = {each.name: {**rates, **given}.get(each.name, each.null) for each in model.parameters}
    panel = made([[0, 0, 1, 1, -1, 2, 3, 3, 4, 4], [1, -1, -1, 2, 3, 3, 4, 2, 2, 3]])
    direct = {f"rate.{move}": rates[f"h0.{key}"] for key, move in _MOVES.items()}
    asked = {COUPLING: 0.4, DEPHASING: 0.6, DETUNING: 0.3} if "H1" in codes else {COUPLING: 0.0}
    rung = QuantumLike(
        DEFAULT, ERRORS, Hazards(tuple(_MOVES.values())), ("bourgeois revolution", "social revolution"),
        tuple(name for name in asked if name != COUPLING),
    )  # fmt: skip
    ours = ModelRung(DEFAULT, ERRORS, model=model).log_likelihoods(panel, values)
    np.testing.assert_allclose(ours, rung.log_likelihoods(panel, {**direct, **asked}), atol=1e-10)


_MOVES = {
    "bourgeois": "bourgeois revolution",
    "social": "social revolution",
    "degeneration": "degeneration",
    "restoration": "restoration",
    "second": "second revolution",
}


def test_additive_spread_of_a_model_is_the_rate_of_its_neighbours() -> None:
    panel = made([[0, 0, 0], [1, 1, 1], [0, 0, 0]], TWO, ring=True)
    model = model_of("spread", ["H0", "H6"], {"h6.spread": 0.4, "h6.leap": 0.0, "h0.social": 0.1}, space=TWO)
    cells = ModelRung(TWO, model=model, asked=("h6.spread",)).log_likelihoods(panel, {"h6.spread": 0.4})
    np.testing.assert_allclose(cells[0, 1:], -(0.1 + 0.5 * 0.4), atol=1e-12)


def test_countries_in_each_others_mean_are_as_in_the_engine() -> None:
    """Certain neighbours that do not move drive a country exactly as a Hamiltonian of their mean would."""
    panel = made([[0, -1, -1, 1], [0, 0, 0, 0], [1, 1, 1, 1]], TWO, ring=True)
    model = model_of("coupled", ["H0", "H1", "H7"], space=TWO)
    values = {**model.nulls, "h1.coupling": 0.3, "h7.coupling": 0.5}
    cells = ModelRung(TWO, model=model).log_likelihoods(panel, values)
    # Neighbours read for certain at the start of each year have no coherence, so X has no mean in them.
    np.testing.assert_allclose(np.exp(cells[0, 3]), np.sin(0.9) ** 2, atol=1e-12)


def test_what_a_country_feels_of_others_is_what_the_mean_field_engine_makes_it_feel() -> None:
    """Over a thousandth of a year both agree to second order, coherence of the neighbours included."""
    panel = blank(3, 2, RING, ring=True, covariates={"gap": np.full((3, 2), 0.8)})
    model = model_of("all", ["H0", "H1", "H5", "H6", "H7", "H10"], space=RING)
    setting, brief = years.settings(panel)[0], 1e-3
    law, d = model.law(setting), RING.size
    pieces = total_of(h.terms(RING, setting, model.values) for h in model.hypotheses)
    ours = year_law(pieces, 3, d)
    begun = superposed(np.random.default_rng(1).dirichlet(np.ones(d), size=3))
    where = Coordinates(d, tied(pattern(ours)))
    vectors = where.vector(begun.states)
    later = advance(where.generators(felt(ours, where, vectors)) * brief, vectors, True)
    engine = follow([Stretch(law, brief)], begun, [0.0, brief], cluster=0).populations[-1]
    assert abs(engine - begun.populations).max() > 1e-5
    np.testing.assert_allclose(later[:, :d], engine, atol=3e-6)
    np.testing.assert_array_equal(ours.jumps, law.jumps)
    np.testing.assert_array_equal(ours.spread[0].weights, law.spread[0].weights)


def test_the_usual_ladder_has_the_rungs_of_the_design_and_only_those_there_are_data_for() -> None:
    names = [rung.name for rung in usual_ladder(blank(3, 3, DEFAULT, ring=True))]
    assert names == [
        "saturated Markov",
        "hypothesised Markov",
        "duration (weibull)",
        "diffusion (contiguity)",
        "hidden Markov",
        "split population, duration (weibull)",
        "GKSL",
        "GKSL with coupling",
    ]
    assert [rung.kind for rung in usual_ladder(blank(3, 3, DEFAULT))][-2:] == ["classical", "quantum-like"]
    for rung in usual_ladder(blank(3, 3, DEFAULT, ring=True)):
        assert rung.title
        assert all(each.meaning for each in rung.parameters)
    exposed = NeighbourHazards(RING, hazards=Hazards(exposures=(Exposure("trade", "workers", "degeneration"),)))
    for missing in (exposed, Markov(RING, hazards=UNEVEN)):
        with pytest.raises(BadInput) as raised:
            missing.on(GAPS)
        assert raised.value.faults[0].code == "ladder-panel"


@pytest.mark.parametrize(
    ("move", "records", "name"),
    [
        ("overthrow", [[1, 2, 2, 1, 1], [1, 1, 1, 1, 1]], "d1.rate"),
        ("overthrow", [[1, 3, 3, 1, 1], [1, 1, 1, 1, 1]], "d1.rate"),
        ("counter-revolution from within", [[2, 2, 4, 4, 4], [1, 1, 1, 1, 1]], "r2.rate"),
    ],
)
def test_a_defeat_in_the_records_has_a_rate_in_every_rung(move: str, records: list[list[int]], name: str) -> None:
    """Without it the move is left to two moves within a year, or to a superposition, which runs both ways."""
    panel, right = made(records, DEFAULT, ring=True), RecordReading(0.0)
    ladder = usual_ladder(panel, reading=right)
    for rung in ladder[1:]:
        values = {each.name: each.start for each in rung.parameters}
        (own,) = {name, f"rate.{move}"} & set(values)
        assert total(rung, panel, values) > -20
        low = next(each.low for each in rung.parameters if each.name == own)
        lost = total(rung, panel, values) - total(rung, panel, {**values, own: low})
        assert lost > (4 if rung.kind == "classical" else 0.1)
    assert not {"d1.war", "d1.civil_war"} & {each.name for each in ladder[-1].parameters}


def test_no_rate_is_asked_for_a_defeat_that_never_happens() -> None:
    panel = made([[1, 2, 2, 3, 3], [0, 1, 1, 1, 1]], DEFAULT, ring=True)
    names = {each.name for rung in usual_ladder(panel) for each in rung.parameters}
    assert "rate.second revolution" in names
    assert not {"rate.overthrow", "rate.counter-revolution from within", "d1.rate", "r2.rate"} & names


@pytest.mark.parametrize("rung", every_rung(), ids=NAMES)
def test_what_a_rung_says_of_all_next_records_adds_up_to_one(rung: Rung) -> None:
    values = {each.name: each.start for each in rung.parameters}
    records = np.tile([[0, 1, 1, -1, 2, 0], [1, 1, 2, 2, 0, 1]], (1, 1))
    chances = []
    for x in range(3):
        records[0, 5] = x
        chances.append(np.exp(rung.log_likelihoods(made(records, RING, ring=True), values)[0, 5]))
    assert sum(chances) == pytest.approx(1.0, abs=1e-10)


@pytest.mark.parametrize("rung", every_rung(), ids=NAMES)
def test_records_made_by_a_rung_are_as_likely_as_it_says(rung: Rung) -> None:
    """The mean of −log p over simulated records is their mean entropy: within four standard errors."""
    panel = blank(60, 25, RING, ring=True)
    values = {each.name: each.start for each in rung.parameters}
    made_up = rung.simulate(panel, values, np.random.default_rng(5))
    assert np.array_equal(made_up.observed[:, 0], panel.observed[:, 0])
    bound = rung.on(made_up)
    cells = bound.cells(inward(rung.parameters, values))
    surprise = np.exp(-cells[bound.scored])  # its mean is the number of formations, whatever the probabilities are
    assert abs(surprise.mean() - 3) < 4 * surprise.std() / np.sqrt(surprise.size)
    beliefs = bound.populations(inward(rung.parameters, values))
    np.testing.assert_allclose(beliefs.sum(axis=2), 1.0, atol=1e-9)
    assert (rung.simulate(panel, values, np.random.default_rng(5)).observed == made_up.observed).all()


@pytest.mark.parametrize("rung", every_rung(), ids=NAMES)
def test_values_go_in_and_out_of_the_scale_of_estimation_and_rungs_to_other_processes(rung: Rung) -> None:
    assert pickle.loads(pickle.dumps((rung, GAPS))) == (rung, GAPS)
    values = {each.name: each.start for each in rung.parameters}
    assert outward(rung.parameters, inward(rung.parameters, values)) == pytest.approx(values)
    with pytest.raises(BadInput) as raised:
        inward(rung.parameters, {"no such": 1.0, rung.parameters[0].name: -1e6})
    assert len(raised.value.faults) == 2


def test_a_country_that_ceases_to_exist_begins_anew() -> None:
    records = np.array([[0, 0, -1, 1, 1]], dtype=np.int8)
    alive = np.array([[True, True, False, True, True]])
    opening, scored = openings(records, alive)
    assert opening.tolist() == [[True, False, False, True, False]]
    assert scored.tolist() == [[False, True, False, False, True]]
    cells = Markov(TWO).log_likelihoods(made(records, TWO, exists=alive), {"rate.social revolution": 0.1})
    np.testing.assert_allclose(cells[0, [1, 4]], [-0.1, 0.0], atol=1e-12)


def test_readings_check_themselves() -> None:
    with pytest.raises(BadInput):
        RecordReading(0.6)
    with pytest.raises(BadInput):
        RecordReading(matrix=np.array([[0.5, 0.6], [0.1, 0.9]]))
    assert RecordReading(matrix=np.eye(2)).probabilities(2)[0, 0] == 1
    with pytest.raises(BadInput):
        RecordReading(matrix=np.eye(2)).probabilities(3)
    with pytest.raises(BadInput):
        Markov(DEFAULT).log_likelihoods(GAPS, {})
    with pytest.raises(BadInput):
        NeighbourHazards(TWO)
    with pytest.raises(BadInput):
        Duration(TWO, hazards=UNEVEN)
    with pytest.raises(BadInput):
        Hazards(moves=("no move",))


@pytest.mark.parametrize(
    ("low", "high", "scale"), [(-15.0, 15.0, "linear"), (-3.0, -1.0, "linear"), (1e-8, 1e4, "log")]
)
def test_a_value_on_a_bound_is_within_it(low: float, high: float, scale: Scale) -> None:
    one = FreeParameter("x", "x", "1", high, low, high, scale)
    assert [outward([one], inward([one], {"x": value}))["x"] for value in (low, high)] == pytest.approx([low, high])
    with pytest.raises(BadInput, match="between"):
        inward([one], {"x": low - 1e-6 * max(abs(low), abs(high))})
