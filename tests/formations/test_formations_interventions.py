"""Interventions change what they state while they hold, and nothing else; rival readings lead elsewhere."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.formations.engines.markov import populations
from newcourse.formations.interventions import Intervention, settings_under, stretches_under
from newcourse.formations.labelled import Labelled
from newcourse.formations.models import Model, model_of
from newcourse.formations.readings import READINGS, reading
from newcourse.formations.runs import certain, superposed
from newcourse.formations.spaces import BASIS_AND_RULE, DEFAULT
from newcourse.formations.worlds import Setting

TIES = {"contiguity": [[0, 0.5], [0.5, 0]], "trade": [[0, 0.2], [0.2, 0]]}
WORLD = Setting(("A", "B"), {"gap": [1, 0.5]}, TIES, years=10, start=1917)
CAPITAL, WORKERS, DEGENERATED = (DEFAULT.index(code) for code in ("capitalist", "workers", "degenerated"))


def test_an_intervention_cuts_the_years_and_changes_rates_covariates_and_ties_of_its_countries() -> None:
    front = Intervention("front", "a united front", 1919, 1921.5, ("B",), {"social revolution": 4})
    war = Intervention("war", "war", 1920, 1923, (), covariates={"war": 1}, weights={"trade": 0.5})
    parts = settings_under([WORLD], [front, war])
    assert [(s.start, s.years) for s in parts] == [(1917, 2), (1919, 1), (1920, 1.5), (1921.5, 1.5), (1923, 4)]
    assert [s.covariate("war").tolist() for s in parts] == [[0, 0], [0, 0], [1, 1], [1, 1], [0, 0]]
    assert [s.weights["trade"][0, 1] for s in parts] == [0.2, 0.2, 0.1, 0.1, 0.2]
    model = model_of("m", ["H0", "H6"], {"h0.social": 0.01, "h6.spread": 0.3})
    stretches = stretches_under(model, [WORLD], [front, war])
    assert [s.law.jumps[1, CAPITAL, WORKERS] for s in stretches] == [0.01, 0.04, 0.04, 0.01, 0.01]
    assert [s.law.jumps[0, CAPITAL, WORKERS] for s in stretches] == [0.01] * 5
    called = [next(e.weights for e in s.law.spread if e.source == CAPITAL) for s in stretches]
    np.testing.assert_allclose([w[1, 0] for w in called], [0.15, 0.6, 0.6, 0.15, 0.15])
    np.testing.assert_allclose([w[0, 1] for w in called], 0.15)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.floats(1910, 1935), st.floats(0.1, 9), st.floats(0, 5)), max_size=4))
def test_cutting_changes_neither_the_years_nor_what_comes_where_factors_are_one(given) -> None:
    ones = [Intervention(f"i{k}", "nothing", a, a + b, (), {"degeneration": 1.0}) for k, (a, b, _) in enumerate(given)]
    model, start = model_of("m", ["H0", "H5"]), certain(DEFAULT, ["workers", "capitalist"])
    stretches = stretches_under(model, [WORLD], ones)
    assert sum(s.years for s in stretches) == pytest.approx(10)
    found = populations(stretches, start, [0, 10]).populations
    np.testing.assert_allclose(found, populations(model.stretches([WORLD]), start, [0, 10]).populations, atol=1e-11)


def test_closing_a_way_closes_it_and_factors_multiply() -> None:
    closed = Intervention("wall", "no way back", 1917, 1927, ("A",), {"degeneration": 0})
    start = certain(DEFAULT, ["workers", "workers"])
    stretches = stretches_under(model_of("m", ["H0", "H5"]), [WORLD], [closed])
    last = populations(stretches, start, [10]).populations[0]
    assert last[0, WORKERS] == pytest.approx(1, abs=1e-12)
    assert last[1, WORKERS] < 0.7
    two = [Intervention(n, n, 1917, 1927, (), {"degeneration": 3}) for n in "ab"]
    (stretch,) = stretches_under(model_of("m", ["H0"], {"h0.degeneration": 0.01}), [WORLD], two)
    assert stretch.law.jumps[0, WORKERS, DEGENERATED] == pytest.approx(0.09)


def test_a_blockade_cuts_the_ties_from_and_to_its_countries_and_no_others() -> None:
    ties = (np.ones((3, 3)) - np.eye(3)) / 2
    world = Setting(("A", "B", "C"), {}, {"trade": ties}, years=2, start=1918)
    cut = Intervention("blockade", "no trade with A", 1918, 1920, ("A",), weights={"trade": 0.1})
    (found,) = settings_under([world], [cut])
    np.testing.assert_allclose(found.weights["trade"], [[0, 0.05, 0.05], [0.05, 0, 0.5], [0.05, 0.5, 0]])


def test_what_is_wrong_with_an_intervention_is_said_at_once() -> None:
    with pytest.raises(BadInput) as error:
        Intervention("x", "x", 1920, 1920, (), {"revolt": -1}, {"aid": float("nan")}, label="literature")
    words = [fault.found for fault in error.value.faults]
    assert words == ["literature, without a source", "from 1920 until 1920", "moves: 'revolt'", "moves: revolt by -1",
                     "covariates: aid by nan"]  # fmt: skip
    with pytest.raises(BadInput, match="moves, covariates or weights"):
        Intervention("x", "x", 1920, 1921)
    with pytest.raises(BadInput, match="one of A, B"):
        settings_under([WORLD], [Intervention("x", "x", 1920, 1921, ("C",), {"leap": 2})])
    with pytest.raises(BadInput, match="at most 1"):
        settings_under([WORLD], [Intervention("x", "x", 1920, 1921, (), weights={"contiguity": 5})])
    with pytest.raises(BadInput, match="contiguity, trade"):
        settings_under([WORLD], [Intervention("x", "x", 1920, 1921, (), weights={"alliance": 5})])


@settings(max_examples=50)
@given(st.floats(1e-6, 1e3), st.floats(1, 1e3), st.floats(0, 1))
def test_a_labelled_number_stays_within_its_range(low: float, ratio: float, part: float) -> None:
    number = Labelled(low, low, low * ratio)
    assert low <= number.at(part) <= low * ratio
    assert (number.at(0), number.at(1)) == pytest.approx((low, low * ratio))


def test_labelled_numbers_say_where_they_are_from() -> None:
    assert Labelled(1.0).at(0.3) == 1.0
    assert Labelled(0.0, -1, 1).at(0.75) == 0.5
    with pytest.raises(BadInput, match="label it assumed"):
        Labelled(1.0, label="fitted")
    with pytest.raises(BadInput, match="the value within its range"):
        Labelled(3.0, 1, 2)
    assert pickle.loads(pickle.dumps(Labelled(1.0, 0, 2))) == Labelled(1.0, 0, 2)


@pytest.mark.parametrize("space", [DEFAULT, BASIS_AND_RULE], ids=lambda s: s.name)
def test_coercive_from_the_start_knows_no_workers_state(space) -> None:
    read = reading("coercive")
    model = read.remodel(model_of("m", ["H0", "H3", "H5", "H6"], space=space))
    first = "pre_capitalist" if space is DEFAULT else "pre_capitalist_below"
    begin = read.restart(certain(space, [space.formations[space.members("workers")[0]], first]), space)
    run = populations(model.stretches([WORLD]), begin, np.arange(11))
    assert run.populations[:, :, list(space.members("workers"))].max() == 0
    assert run.populations[-1, 1, list(space.members("degenerated"))].sum() > 0.02
    assert np.isclose(run.populations[0, 0, list(space.members("degenerated"))].sum(), 1)


def test_what_began_superposed_loses_its_coherence_with_a_workers_state_that_was_none() -> None:
    begin = reading("coercive").restart(superposed([[0.5, 0.25, 0.25, 0, 0]]), DEFAULT)
    np.testing.assert_allclose(np.diag(begin.states[0]), [0.5, 0.25, 0, 0.25, 0])
    assert begin.states[0, 0, 1] != 0
    assert not begin.states[0, 3, :3].any()


def test_stages_and_no_isolation_switch_off_one_claim_each() -> None:
    model = model_of("m", ["H0", "H3", "H5", "H6"])
    assert reading("stages").remodel(model).codes == ("H0", "H5", "H6")
    assert reading("no isolation effect").remodel(model).codes == ("H0", "H3", "H6")
    law = reading("stages").remodel(model).law(WORLD)
    pre = DEFAULT.index("pre_capitalist")
    assert not law.jumps[:, pre, WORKERS].any()
    assert all((s.source, s.target) != (pre, WORKERS) for s in law.spread)
    for each in READINGS.values():
        assert all((each.title, each.claim, each.sources, each.counter))
    with pytest.raises(BadInput, match="one of coercive"):
        reading("none")


def test_interventions_go_to_other_processes() -> None:
    front = Intervention("front", "a united front", 1919, 1921.5, ("B",), {"social revolution": 4}, {"war": 1})
    assert pickle.loads(pickle.dumps(front)) == front
    model = Model("m", reading("coercive").remodel(model_of("m", ["H0"])).space, ())
    assert pickle.loads(pickle.dumps(model)) == model
