"""Splits, scores, power, false positives and what a verdict may say."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.formations.banner import BANNER
from newcourse.formations.inference.answers import LadderAnswer
from newcourse.formations.inference.fitting import fit
from newcourse.formations.inference.power import Comparison, Rules, Trials, trials
from newcourse.formations.inference.scoring import HeldOut, ScoreDifference, difference, floored, held_out
from newcourse.formations.inference.sensitivity import sensitivity
from newcourse.formations.inference.splits import blocks, by_countries, forward, moves, turning_year
from newcourse.formations.inference.verdict import LadderVerdict, verdict
from newcourse.formations.ladder.gksl import QuantumLike
from newcourse.formations.ladder.hazards import Effect, Hazards
from newcourse.formations.ladder.markov import Markov
from newcourse.formations.ladder.reading import RecordReading
from newcourse.formations.ladder.saturated import Saturated
from newcourse.formations.panel import Panel
from newcourse.formations.successions import Succession
from tests.formations.ladder.panels import RING, TWO, blank, made

RATES = {"rate.social revolution": 0.1, "rate.degeneration": 0.2, "rate.restoration": 0.08}
UNEVEN = Hazards(effects=(Effect("gap", "social revolution"),))
GAP = "effect.gap.social revolution"


def gapped(n: int = 40, years: int = 25, seed: int = 0) -> Panel:
    gap = np.random.default_rng(seed).choice([-1.0, 1.0], size=(n, years))
    return blank(n, years, RING, seed, covariates={"gap": gap})


@given(st.integers(2, 5), st.integers(0, 99))
@settings(max_examples=8)
def test_every_country_is_held_out_once_and_moves_are_spread(folds: int, seed: int) -> None:
    panel = Markov(RING).simulate(blank(20, 15, RING), RATES, np.random.default_rng(seed))
    splits = by_countries(panel, folds, seed)
    assert (sum(split.asked.astype(int) for split in splits) == 1).all()
    assert all((split.told != split.asked).all() for split in splits)
    events = [int(moves(panel)[split.asked[:, 0]].sum()) for split in splits]
    assert max(events) - min(events) <= moves(panel).sum(axis=1).max() + 2


def test_successors_are_held_out_with_their_predecessors() -> None:
    links = (Succession("C000", "C003", 1902, True, "renamed"), Succession("C003", "C001", 1904, False, "absorbed"))
    panel = made(np.zeros((5, 6)), TWO, successions=links)
    assert blocks(panel).tolist() == [0, 0, 1, 0, 2]
    for split in by_countries(panel, 3):
        assert len(set(split.asked[[0, 1, 3], 0])) == 1
    with pytest.raises(BadInput):
        by_countries(panel, 4)


def test_the_future_begins_after_the_year_told() -> None:
    panel = made([[0, 0, 1, 1, 0, 0, 1]], TWO)
    assert turning_year(panel, 0.5) == 1904
    split = forward(panel, 1902)
    assert split.told[0].tolist() == [True] * 3 + [False] * 4
    with pytest.raises(BadInput):
        forward(panel, 1906)


def test_log_scores_of_a_known_chain() -> None:
    """Held out, the second country is predicted by the first: two of four records moved, and its own record did not."""
    panel = made([[0, 1, 0, 1, 0], [0, 0, -1, -1, -1]], TWO)
    splits = by_countries(panel, 2)
    score = held_out(Saturated(TWO), panel, splits, starts=1, floor=0.0)
    asked = next(split for split in splits if split.asked[1, 0])
    first = fit(Saturated(TWO), panel, told=asked.told, starts=1)
    assert score.cells[1, 1] == pytest.approx(Saturated(TWO).log_likelihoods(panel, first.values)[1, 1])
    assert score.records == 5
    np.testing.assert_allclose(floored(np.log([0.0 + 1e-300, 1.0]), 2, 0.01), np.log([0.005, 0.995]))


def test_differences_are_paired_by_country_with_its_successors() -> None:
    def score(rows: list[list[float]]) -> HeldOut:
        return HeldOut(Markov(TWO), "held-out countries", np.array(rows))

    one, other = (
        score([[-1.0, -2.0], [-1.0, np.nan], [-3.0, -1.0]]),
        score([[-2.0, -2.0], [-1.5, np.nan], [-1.0, -1.0]]),
    )
    gap = difference(one, other, np.array([0, 1, 2]))
    assert gap.mean == pytest.approx((1 + 0.5 - 2) / 3)
    assert gap.error == pytest.approx(np.std([1, 0.5, -2], ddof=1) / np.sqrt(3))
    joined = difference(one, other, np.array([0, 0, 1]))
    assert (joined.mean, joined.countries) == (pytest.approx((1.5 - 2) / 2), 2)
    assert difference(one, one, np.array([0, 1, 2])).ratio == 0


def answer(power: int, false: int, mean: float, later: float = 0.1) -> LadderAnswer:
    comparison = Comparison("rich", "plain", ScoreDifference(mean, 0.1, 30), ScoreDifference(later, 0.1, 30), 1.645)
    counted = [Trials(name, tuple(k < hits for k in range(20))) for name, hits in (("rich", power), ("plain", false))]
    return LadderAnswer(comparison, *counted, Rules())


@pytest.mark.parametrize(
    ("power", "false", "mean", "later", "state", "words"),
    [
        (9, 0, 1.0, 0.1, "cannot answer", "This data set cannot answer whether rich predicts better than plain"),
        (10, 0, 1.0, 0.1, "better", "rich predicts better than plain: +1.0000 ± 0.1000"),
        (20, 3, 1.0, 0.1, "not to be trusted", "finds rich in 3 of 20 panels simulated from plain"),
        (20, 1, 0.1, 0.1, "not better", "rich does not predict better than plain"),
        (20, 1, 1.0, -0.1, "not better", "finds it in 20 of 20 simulated panels, where plain holds in 1 of 20"),
    ],
)
def test_what_an_answer_may_say(power: int, false: int, mean: float, later: float, state: str, words: str) -> None:
    given_answer = answer(power, false, mean, later)
    assert given_answer.state == state
    assert words in given_answer.sentence
    assert json.loads(json.dumps(given_answer.to_data()))["power"] == power / 20


@pytest.mark.slow
def test_an_effect_that_is_there_is_found_and_said_with_its_power() -> None:
    panel = Markov(RING, hazards=UNEVEN).simulate(gapped(60, 16), {**RATES, GAP: 2.0}, np.random.default_rng(4))
    told: list[tuple[str, int, int]] = []
    rules = Rules(folds=2, starts=1, simulations=2)
    found = verdict(
        panel,
        [Markov(RING), Markov(RING, hazards=UNEVEN)],
        rules=rules,
        progress=lambda words, done, number: told.append((words, done, number)),
    )
    assert [each.state for each in found.answers] == ["better"]
    assert found.answers[0].comparison.rival == "hypothesised Markov"
    assert [done for _, done, _ in told] == [1, 2, 3, 4]
    assert found.banner == ""
    assert list(found.table["difference"][:2]) == [0.0, 0.0]
    assert (found.table["difference"][2:] > 0).all()
    assert {"model", "split", "difference", "error"} <= set(found.table)
    json.dumps(found.to_data())


def test_quantum_like_rungs_are_asked_against_the_best_classical_one_and_say_what_they_are() -> None:
    reading = RecordReading(0.05)
    panel = Markov(TWO, reading).simulate(blank(12, 10, TWO), {"rate.social revolution": 0.1}, np.random.default_rng(4))
    rungs = [Saturated(TWO, reading), Markov(TWO, reading), QuantumLike(TWO, reading, asked=())]
    found = verdict(panel, rungs, rules=Rules(folds=2, starts=1, simulations=2))
    assert found.banner == BANNER
    assert [each.comparison.better for each in found.answers] == ["GKSL"]
    assert found.answers[0].state == "cannot answer"
    assert "This data set cannot answer" in found.sentences[0]


def test_a_dependence_on_the_coding_is_told() -> None:
    base = LadderVerdict("a", (), verdict_table(), (answer(20, 0, 1.0),))
    verdicts = {"a": base, "b": replace(base, answers=(answer(20, 0, 0.0),)), "c": replace(base, coding="c")}
    panels = {name: made([[0, 1]], TWO) for name in verdicts}
    order = iter(verdicts.values())
    told = sensitivity(panels, lambda _: next(order))
    assert told.sentences == ("rich: the verdict depends on the coding: better under a, c; not better under b.",)
    assert list(told.table["coding"]) == ["a", "b", "c"]
    same = sensitivity(panels, lambda _: base)
    assert same.sentences == ("rich: under all 3 codings the answer is the same: better.",)
    with pytest.raises(BadInput, match="3 at least"):
        sensitivity({name: panels[name] for name in "ab"}, lambda _: base)
    json.dumps(told.to_data())


def verdict_table() -> object:
    import pandas as pd

    return pd.DataFrame()


def test_ladders_and_rules_check_themselves() -> None:
    panel = made([[0, 1, 0, 1]], TWO)
    with pytest.raises(BadInput) as raised:
        verdict(panel, [Markov(TWO), Markov(TWO)], questions=[("no such", "hypothesised Markov")])
    assert len(raised.value.faults) == 2
    with pytest.raises(BadInput):
        verdict(panel, [Markov(TWO)])
    with pytest.raises(BadInput) as raised:
        Rules(folds=1, simulations=0)
    assert len(raised.value.faults) == 2


@pytest.mark.slow
def test_what_is_not_there_is_seldom_found_and_what_is_there_often() -> None:
    """10 panels without the effect: at a nominal 5 %, more than 2 would turn up about once in 90 times."""
    panel = gapped(60, 16)
    rungs = Markov(RING, hazards=UNEVEN), Markov(RING)
    strong = {**RATES, GAP: 2.0}
    made_up = rungs[0].simulate(panel, strong, np.random.default_rng(2))
    fits = [fit(rung, made_up, starts=1) for rung in rungs]
    rules = Rules(folds=2, starts=1, simulations=10)
    assert sum(trials(*fits, panel, rules, truth=fits[1]).outcomes) <= 2
    truth = replace(fits[0], values=strong)
    assert trials(*fits, panel, replace(rules, simulations=3), truth=truth).share > 0.5
