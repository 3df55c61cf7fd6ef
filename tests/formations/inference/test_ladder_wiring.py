"""What is easily mixed up in a comparison: who is simulated, who is the rival, what a fit may see, what is said."""

from dataclasses import replace

import numpy as np
import pytest

from newcourse.errors import BadInput
from newcourse.formations.inference import verdict as verdicts
from newcourse.formations.inference.bayes import posterior
from newcourse.formations.inference.errors_of_fit import profile
from newcourse.formations.inference.fitting import LadderFit, fit
from newcourse.formations.inference.identifiability import known_beforehand
from newcourse.formations.inference.power import Rules, Trials, scores
from newcourse.formations.inference.scoring import difference
from newcourse.formations.inference.splits import COUNTRIES, FORWARD, blocks
from newcourse.formations.ladder.coupled import ModelRung
from newcourse.formations.ladder.gksl import DEPHASING, DETUNING, PHASE, QuantumLike
from newcourse.formations.ladder.markov import Markov
from newcourse.formations.ladder.reading import RecordReading
from newcourse.formations.ladder.rung import Rung
from newcourse.formations.ladder.saturated import Saturated
from newcourse.formations.ladder.split import SplitPopulation
from newcourse.formations.models import model_of
from newcourse.formations.panel import Panel
from tests.formations.ladder.panels import RING, TWO, blank, made

READING = RecordReading(0.05)
RULES = Rules(folds=2, starts=1, simulations=10)
RUNGS = (Markov(TWO, READING), Saturated(TWO, READING), QuantumLike(TWO, READING, asked=()))


def records() -> Panel:
    """Return records that go back and forth, which the hypothesised chain holds to be errors."""
    return Saturated(TWO, READING).simulate(
        blank(12, 10, TWO), {"odds.capitalist.workers": 0.6, "odds.workers.capitalist": 0.6}, np.random.default_rng(4)
    )


def no_simulations(better: LadderFit, rival: LadderFit, *_: object, truth: LadderFit, **__: object) -> Trials:
    """Say who would have been simulated, in place of doing it."""
    assert truth in (better, rival)
    return Trials(truth.rung.name, (truth is better,) * 10)


def asked(rungs: tuple[Rung, ...], rules: Rules = RULES) -> verdicts.LadderVerdict:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verdicts, "trials", no_simulations)
        return verdicts.verdict(records(), rungs, rules=rules)


@pytest.fixture(scope="module")
def found() -> verdicts.LadderVerdict:
    return asked(RUNGS)


def test_power_is_simulated_from_the_richer_model_and_false_positives_from_its_rival(
    found: verdicts.LadderVerdict,
) -> None:
    (answer,) = found.answers
    assert (answer.power.truth, answer.false_positives.truth) == ("GKSL", answer.comparison.rival)
    assert (answer.power.share, answer.false_positives.share) == (1, 0)
    with pytest.raises(BadInput, match="power from saturated Markov"):
        replace(answer, power=answer.false_positives, false_positives=answer.power)


def test_the_rival_is_the_classical_rung_that_predicts_held_out_countries_best(found: verdicts.LadderVerdict) -> None:
    held_out = found.table[found.table["split"] == COUNTRIES].set_index("model")["score"]
    assert held_out["saturated Markov"] > held_out["hypothesised Markov"] + 0.1
    assert [each.comparison.rival for each in found.answers] == ["saturated Markov"]


def test_a_verdict_scores_what_its_fits_were_not_told(found: verdicts.LadderVerdict) -> None:
    """The same as scoring rung by rung."""
    panel = records()
    one, other = (scores(rung, panel, RULES) for rung in (RUNGS[1], RUNGS[0]))
    for way in (COUNTRIES, FORWARD):
        row = found.table[(found.table["split"] == way) & (found.table["model"] == "saturated Markov")].iloc[0]
        assert row["score"] == pytest.approx(one[way].mean)
        assert row["difference"] == pytest.approx(difference(one[way], other[way], blocks(panel)).mean)


def test_a_fit_looks_at_what_it_is_told_alone() -> None:
    """Of 4 records of the first country 1 moved, of 4 of the second none: 1/4 or 1/8 a year."""
    panel, told = made([[0, 0, 0, 0, 1], [0, 0, 0, 0, 0]], TWO), np.zeros((2, 5), dtype=bool)
    told[0] = True
    for mask, records_, share in ((told, 4, 1 / 4), (None, 8, 1 / 8)):
        found = fit(Markov(TWO), panel, told=mask, starts=1)
        assert found.records == records_
        assert found.values["rate.social revolution"] == pytest.approx(-np.log(1 - share), rel=1e-3)


def test_the_interval_of_a_profile_ends_where_the_likelihood_has_fallen_by_half_of_chi_square() -> None:
    """One rate, 8 waits of which 2 ended; 3.841/2 = 1.92 below the top (χ² with one degree, 95 %)."""
    panel = made([[0, 0, 0, 0, 1], [0, 0, 0, 0, 1]], TWO)
    best = fit(Markov(TWO), panel, starts=1)
    told = profile(best, panel, "rate.social revolution", points=400)
    fallen = best.log_likelihood - (2 * np.log(-np.expm1(-told.values)) - 6 * told.values)
    inside = told.values[fallen <= 1.9207]
    assert told.interval == pytest.approx((inside.min(), inside.max()))
    assert 0.04 < told.interval[0] < 0.06
    assert 0.7 < told.interval[1] < 0.9


@pytest.mark.slow
def test_draws_of_what_the_records_leave_open_stay_within_the_bounds() -> None:
    """Nothing moves: the likelihood is flat down to a rate of 0, and only the bounds keep it from there."""
    panel = made([[0] * 12] * 5, TWO)
    best = fit(Markov(TWO), panel, starts=1)
    drawn = posterior(best, panel, steps=150, warm_up=150, walkers=8, ensembles=1, most_rhat=100.0, least_size=1.0)
    (rate,) = best.rung.parameters
    assert rate.low * (1 - 1e-9) <= drawn.draws.min() < 10 * rate.low
    assert drawn.draws.max() <= rate.high


def test_a_verdict_says_what_no_data_can_tell_of_its_models(found: verdicts.LadderVerdict) -> None:
    remarks = found.remarks
    assert any(each.startswith("GKSL: the phase of h, all data on formations") for each in remarks)
    assert not any("first look" in each for each in remarks)
    few = asked(RUNGS[:2], replace(RULES, simulations=9)).remarks
    assert any("9 simulated panels cannot show whether false positives are as rare as 10%" in each for each in few)


def test_what_cannot_be_told_is_that_of_the_parameters_asked_for() -> None:
    def what(rung: Rung) -> list[str]:
        return [each.what for each in known_beforehand(rung)]

    both = model_of("both", ["H4a", "H4b", "H6", "H7"], space=RING)
    assert {"H4a and H4b apart", "J of H7 and β of H6 apart"} <= set(what(ModelRung(RING, model=both)))
    assert what(ModelRung(RING, model=both, asked=("h6.spread",))) == []
    assert what(QuantumLike(TWO)) == ["the phase of h"]
    assert "the sign of Δ" in what(QuantumLike(TWO, asked=(DEPHASING, DETUNING)))
    assert what(QuantumLike(TWO, asked=(PHASE,))) == []
    assert what(SplitPopulation(TWO, movers=QuantumLike(TWO))) == ["the phase of h"]
    assert what(Markov(TWO)) == []


@pytest.mark.parametrize("wrong", [
    {"bearable": 1.0}, {"bearable": float("nan")}, {"bearable": -0.1}, {"share": 1.5}, {"seed": -1}, {"enough": 0.4},
])  # fmt: skip
def test_rules_that_would_flatter_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(BadInput, match="rules of comparison"):
        Rules(**wrong)  # type: ignore[arg-type]
