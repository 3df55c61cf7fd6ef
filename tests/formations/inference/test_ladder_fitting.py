"""Fits against counts, textbook figures and the values that records were simulated with."""

import pickle

import numpy as np
import pytest

from newcourse.errors import BadInput, NotCertified
from newcourse.formations.inference.bayes import posterior
from newcourse.formations.inference.convergence import effective_size, split_rhat
from newcourse.formations.inference.errors_of_fit import profile, standard_errors
from newcourse.formations.inference.fitting import fit
from newcourse.formations.inference.identifiability import identifiability
from newcourse.formations.inference.stationary import stationary
from newcourse.formations.ladder.coupled import ModelRung
from newcourse.formations.ladder.diffusion import NeighbourHazards
from newcourse.formations.ladder.duration import Duration
from newcourse.formations.ladder.gksl import COUPLING, DEPHASING, PHASE, QuantumLike
from newcourse.formations.ladder.hazards import Exposure, Hazards
from newcourse.formations.ladder.hidden import HiddenMarkov
from newcourse.formations.ladder.markov import Markov
from newcourse.formations.ladder.reading import ERROR, RecordReading
from newcourse.formations.ladder.rung import Rung
from newcourse.formations.ladder.saturated import Saturated
from newcourse.formations.ladder.split import SplitPopulation
from newcourse.formations.models import model_of
from tests.formations.inference.klimm import COUNTS
from tests.formations.ladder.panels import RING, TWO, blank, made

RATES = {"rate.social revolution": 0.1, "rate.degeneration": 0.2, "rate.restoration": 0.08}
EXPOSED = Hazards(exposures=(Exposure("contiguity", "workers", "social revolution"),))
SEEN = "exposure.contiguity.workers.social revolution"


def test_a_rate_is_moves_over_years_waited() -> None:
    """One way out: the most likely probability of a year is moves/records, so the rate −log(1 − 2/8)."""
    panel = made([[0, 0, 0, 0, 1], [0, 0, 0, 0, 1]], TWO)
    found = fit(Markov(TWO), panel, starts=3)
    assert found.values["rate.social revolution"] == pytest.approx(-np.log(6 / 8), rel=1e-4)
    assert found.log_likelihood == pytest.approx(6 * np.log(6 / 8) + 2 * np.log(2 / 8), abs=1e-8)
    assert found.reached == 3
    assert found.aic == pytest.approx(2 - 2 * found.log_likelihood)
    # Observed information of log r at n = 8, p = 2/8: d²/d(log r)² by hand, from p = 1 − e^(−r).
    r = -np.log(6 / 8)
    information = 6 * r - 2 * r * np.exp(-r) * (1 - np.exp(-r) - r) / (1 - np.exp(-r)) ** 2
    assert standard_errors(found, panel)["rate.social revolution"] == pytest.approx(r / np.sqrt(information), rel=1e-3)
    assert pickle.loads(pickle.dumps(found)).values == found.values


def test_the_saturated_chain_is_fitted_at_the_counts_and_nothing_nested_in_it_is_likelier() -> None:
    panel = Markov(RING).simulate(blank(30, 40, RING), RATES, np.random.default_rng(1))
    found = fit(Saturated(RING), panel, starts=2)
    assert isinstance(found.rung, Saturated)
    counts = panel.transitions()
    np.testing.assert_allclose(
        found.rung.transitions(found.values), counts / counts.sum(axis=1, keepdims=True), atol=2e-5
    )
    nested = fit(Markov(RING), panel, starts=2)
    aged = fit(Duration(RING), panel, starts=2)
    split = fit(SplitPopulation(RING, movers=Duration(RING)), panel, starts=2)
    assert nested.log_likelihood < found.log_likelihood
    assert nested.log_likelihood <= aged.log_likelihood + 1e-6
    assert aged.log_likelihood <= split.log_likelihood + 1e-4


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rung", "truth"),
    [
        (Markov(RING, RecordReading(0.02, free=True)), {**RATES, ERROR: 0.04}),
        (NeighbourHazards(RING, hazards=EXPOSED), {**RATES, SEEN: 1.5}),
        (Duration(RING), {**RATES, "shape.capitalist": 1.5, "shape.workers": 0.7, "shape.degenerated": 1.0}),
        (SplitPopulation(RING, movers=Markov(RING)), {**RATES, "split.share": 0.3}),
    ],
    ids=["Markov", "diffusion", "duration", "split"],
)
def test_what_records_were_made_with_is_found_within_the_errors_stated(rung: Rung, truth: dict[str, float]) -> None:
    panel = rung.simulate(blank(80, 40, RING, ring=True), truth, np.random.default_rng(7))
    found = fit(rung, panel, starts=2)
    errors = standard_errors(found, panel)
    for name, value in truth.items():
        assert abs(found.values[name] - value) < 3.3 * errors[name], name
        assert 0 < errors[name] < 1.5 * max(value, 0.5), name


def test_profiles_and_curvature_agree_where_the_top_is_round() -> None:
    panel = Markov(RING).simulate(blank(40, 40, RING), RATES, np.random.default_rng(3))
    found = fit(Markov(RING), panel, starts=1)
    name = "rate.social revolution"
    told = profile(found, panel, name, points=5)
    low, high = told.interval
    error = standard_errors(found, panel)[name]
    assert not told.flat
    assert low < found.values[name] < high
    assert high - low < 8 * error


def test_a_fit_that_leads_nowhere_is_refused_and_one_without_parameters_is_not() -> None:
    panel = made([[0, 0, 1, 1]], TWO)
    still = fit(Markov(TWO, hazards=Hazards(())), panel)
    assert still.values == {}
    assert still.log_likelihood < -600
    with pytest.raises(BadInput):
        fit(Markov(RING), panel)


def test_the_phase_of_h_changes_nothing_and_is_said_to() -> None:
    rung = QuantumLike(TWO, RecordReading(0.1), asked=(DEPHASING, PHASE))
    panel = rung.simulate(blank(25, 25, TWO), {COUPLING: 0.5, DEPHASING: 0.2, PHASE: 0.0}, np.random.default_rng(2))
    values = {"rate.social revolution": 0.02, COUPLING: 0.5, DEPHASING: 0.2}
    for phase in (-2.0, 0.4, 3.0):
        np.testing.assert_allclose(
            rung.log_likelihoods(panel, {**values, PHASE: phase}), rung.log_likelihoods(panel, {**values, PHASE: 0.0}),
            atol=1e-10,
        )  # fmt: skip
    told = identifiability(fit(rung, panel, starts=2), panel)
    assert (PHASE,) in told.unfelt
    assert [each.name for each in told.profiles if each.flat] == [PHASE]
    assert any(f"nothing of {PHASE} at any value looked for" in sentence for sentence in told.sentences)
    assert not told.settled


def test_two_roads_to_one_rate_cannot_be_told_apart() -> None:
    """H0's rate of degeneration and H5's, where nobody has neighbours, add up to one number."""
    panel = blank(30, 15, RING, ring=True)
    alone = made(panel.observed, RING, weights={"contiguity": np.zeros((15, 30, 30))})
    model = model_of("isolation", ["H0", "H5"], space=RING)
    rung = ModelRung(RING, model=model, asked=("h0.degeneration", "h5.isolation"))
    records = rung.simulate(alone, {"h0.degeneration": 0.1, "h5.isolation": 0.1}, np.random.default_rng(0))
    told = identifiability(fit(rung, records, starts=2), records, profiles=False)
    assert told.unfelt or told.confused or told.bounded
    assert {"h0.degeneration", "h5.isolation"} & {name for group in told.unfelt for name in group} or told.bounded


def test_what_is_known_beforehand_is_reported_too() -> None:
    panel = blank(6, 6, RING, ring=True)
    model = model_of("both", ["H0", "H6", "H7"], space=RING)
    rung = ModelRung(RING, model=model, asked=("h6.spread", "h7.coupling"))
    told = identifiability(fit(rung, panel, starts=1), panel, profiles=False)
    assert any("J of H7 and β of H6 apart" in sentence for sentence in told.sentences)


@pytest.mark.slow
def test_beliefs_after_the_records_are_those_of_arithmetic() -> None:
    """One rate, 40 waits of which 10 ended: the posterior of log r by adding up on a grid."""
    records = [[0, 1]] * 10 + [[0, 0]] * 30
    panel = made(records, TWO)
    found = fit(Markov(TWO), panel, starts=1)
    drawn = posterior(found, panel, steps=400, warm_up=100, walkers=8, seed=3)
    rate = np.exp(np.linspace(np.log(1e-6), np.log(3.0), 20001))
    weight = np.exp(10 * np.log(-np.expm1(-rate)) - 30 * rate + 25)
    weight /= weight.sum()
    quantiles = np.interp([0.05, 0.5, 0.95], weight.cumsum(), rate)
    row = drawn.table.loc["rate.social revolution"]
    np.testing.assert_allclose(row[["low", "median", "high"]].to_numpy(), quantiles, rtol=0.12)
    assert row["rhat"] < 1.05
    with pytest.raises(NotCertified) as raised:
        posterior(found, panel, steps=20, warm_up=0)
    assert raised.value.faults[0].code == "ladder-chains"


def test_chains_are_judged_as_theory_says() -> None:
    """An autoregression of φ is worth (1 − φ)/(1 + φ) of its length in independent draws."""
    rng = np.random.default_rng(0)
    free = rng.normal(size=(4, 4000))
    assert split_rhat(free) == pytest.approx(1, abs=0.005)
    assert effective_size(free) == pytest.approx(16000, rel=0.1)
    slow = np.zeros((4, 20000))
    for t in range(1, slow.shape[1]):
        slow[:, t] = 0.8 * slow[:, t - 1] + rng.normal(size=4)
    assert effective_size(slow) == pytest.approx(80000 / 9, rel=0.15)
    assert split_rhat(free + np.arange(4)[:, None]) > 1.5
    assert np.isnan(split_rhat(np.ones((2, 10))))
    assert np.isnan(effective_size(np.ones((2, 10))))


def test_klimms_end_of_history_has_forty_six_of_a_hundred_full_democracies() -> None:
    """Klimm 2022, abstract: "approximately 46 % of countries will be full democracies" (Polity 10)."""
    assert COUNTS.sum() == 17_084
    transitions = (COUNTS + 1 / 21) / (COUNTS.sum(axis=1, keepdims=True) + 1)
    assert stationary(transitions)[20] == pytest.approx(0.46, abs=0.005)
    assert stationary(transitions)[20] == pytest.approx(0.4611, abs=1e-4)


def test_a_stationary_distribution_by_hand_and_where_there_is_none() -> None:
    """Up with .2 and down with .1 between three states: 1 : 2 : 4."""
    chain = [[0.8, 0.2, 0.0], [0.1, 0.7, 0.2], [0.0, 0.1, 0.9]]
    np.testing.assert_allclose(stationary(chain), np.array([1, 2, 4]) / 7)
    for wrong in (np.eye(2), [[0.5, 0.6], [0.1, 0.9]], [[1.0, 0.0]]):
        with pytest.raises(BadInput):
            stationary(wrong)


def test_hidden_sub_states_start_searches_of_their_own() -> None:
    panel = Markov(RING).simulate(blank(20, 20, RING), RATES, np.random.default_rng(1))
    plain, hidden = fit(Markov(RING), panel, starts=1), fit(HiddenMarkov(RING), panel, starts=2)
    assert hidden.log_likelihood >= plain.log_likelihood - 0.05
    assert len(hidden.starts) == 2
