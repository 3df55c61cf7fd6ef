"""Scenarios are read, refuse what is wrong, and give bands that follow from what they state."""

import json
import pickle
from pathlib import Path

import numpy as np
import pytest

from newcourse.errors import BadInput
from newcourse.formations import scenarios
from newcourse.formations.banner import BANNER
from newcourse.formations.hypotheses.registry import hypothesis
from newcourse.formations.labelled import Labelled
from newcourse.formations.scenario import FormationScenario
from newcourse.formations.scenario_parts import Asked, Beginning, Branch, Circumstance, Recipe
from newcourse.sources.formations.scenario_files import read_scenario, scenario_from_data, scenario_names
from newcourse.workers.spreading import spread

QUIET = {name: Labelled(0.0) for name in ("h0.bourgeois", "h0.social", "h0.restoration", "h0.second")}
BASE = hypothesis("H0")


def alone(**changes) -> FormationScenario:
    """One workers' state that degenerates at a rate of 0.1 to 0.4 a year."""
    model = Recipe("decay", (BASE,), {**QUIET, "h0.degeneration": Labelled(0.2, 0.1, 0.4)})
    rival = Recipe("slower", (BASE,), {**QUIET, "h0.degeneration": Labelled(0.1)})
    given = {
        "name": "alone", "title": "Alone", "summary": "One country", "countries": {"A": "Aland"}, "first": 1917,
        "until": 1922, "circumstances": (), "beginnings": {"A": Beginning({"workers": 1.0})}, "model": model,
        "rival": rival, "branches": (Branch("as it is", "Nothing is done"),),
        "asked": (Asked("Workers' state in 1922", "workers", 1922, "A"),),
    }  # fmt: skip
    return FormationScenario(**{**given, **changes})


@pytest.mark.slow
def test_bands_are_those_of_the_rates_drawn() -> None:
    outcome = scenarios.run(alone(), runs=40, seed=3)
    rates = 0.1 * 4 ** np.linspace(0, 1, 100_001)
    expected = np.quantile(np.exp(-5 * rates), (0.05, 0.5, 0.95))
    answers = outcome.answers().set_index("role")
    np.testing.assert_allclose(answers.loc["model", ["low", "median", "high"]].astype(float), expected, atol=0.01)
    np.testing.assert_allclose(answers.loc["rival", ["low", "median", "high"]].astype(float), np.exp(-0.5), atol=1e-9)
    bands = outcome.bands("workers", "A").query("role == 'model'")
    assert bands["year"].tolist() == [1917, 1918, 1919, 1920, 1921, 1922]
    assert (bands["5%"] <= bands["50%"]).all()
    assert bands["5%"].iloc[0] == bands["95%"].iloc[0] == 1
    assert outcome.title.startswith("Conditional on hypotheses H0 (constant rates)")
    assert outcome.banner == ""


@pytest.mark.slow
def test_the_same_seed_gives_the_same_wherever_it_is_worked_out_and_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    one = scenarios.run(alone(), runs=3, seed=5, paths=2)
    two = scenarios.run(alone(), runs=3, seed=5, paths=2, spread=spread, progress=lambda *a: told.append(a))
    for a, b in zip(one.ensembles, two.ensembles, strict=True):
        np.testing.assert_array_equal(a.populations, b.populations)
        np.testing.assert_array_equal(a.states, b.states)
    assert told[-1] == (6, 6)
    assert one.ensemble("as it is").states.shape == (6, 6, 1)
    assert not np.array_equal(one.ensembles[0].values, scenarios.run(alone(), runs=3, seed=6).ensembles[0].values)


def test_draws_fill_each_range_evenly_and_independently_of_each_other() -> None:
    """A Latin hypercube: one in each of as many parts as there are draws, in an order of its own for each number."""
    parts = scenarios.hypercube([f"p{k}" for k in range(12)], 200, seed=1917)
    for column in parts.values():
        assert sorted((200 * column).astype(int).tolist()) == list(range(200))
    alike = np.corrcoef(list(parts.values())) - np.eye(12)
    assert abs(alike).max() < 0.3  # 4.2 standard deviations of what independent orders give


def test_branches_are_compared_draw_by_draw() -> None:
    from newcourse.formations.interventions import Intervention

    slower = Intervention("aid", "aid", 1917, 1922, moves={"degeneration": 0.5})
    two = alone(branches=(Branch("as it is", "Nothing"), Branch("aided", "Aid", (slower,))))
    outcome = scenarios.run(two, runs=10, seed=1)
    differences = outcome.differences().set_index("role")
    rates = outcome.ensemble("aided").values[:, list(outcome.ensemble("aided").names).index("h0.degeneration")]
    expected = np.quantile(np.exp(-2.5 * rates) - np.exp(-5 * rates), 0.5)
    assert differences.loc["model", "median"] == pytest.approx(expected, abs=1e-6)
    assert differences["branch"].tolist() == ["aided", "aided"]


def test_quantum_like_models_carry_the_banner_and_the_mean_field_its_error() -> None:
    coherent = Recipe("m", (BASE, hypothesis("H1")), {
        **QUIET, "h0.degeneration": Labelled(0.2), "h1.coupling": Labelled(0.3), "h1.detuning": Labelled(0.0),
        "h1.dephasing": Labelled(0.0),
    })  # fmt: skip
    quiet = {**QUIET, "h0.degeneration": Labelled(0.0)}
    start = {"A": Beginning({"capitalist": 1.0})}
    oscillating = alone(model=Recipe("rabi", coherent.hypotheses, {**coherent.values, **quiet}), beginnings=start)
    outcome = scenarios.run(oscillating, runs=1, seed=1)
    assert outcome.banner == BANNER
    # Three formations in a row, coupled alike: the middle one is left and found again like cos²(√2 h t).
    found = outcome.ensemble("as it is").populations[0, :, 0, 1]
    np.testing.assert_allclose(found, np.cos(np.sqrt(2) * 0.3 * np.arange(6)) ** 2, atol=1e-6)
    assert outcome.ensemble("as it is").error <= scenarios.TOLERANCE
    both = {"A": "Aland", "B": "Beland"}
    again = (*oscillating.branches, Branch("again", "The same"))
    twice = oscillating.with_(countries=both, beginnings=dict.fromkeys(both, start["A"]), branches=again)
    ensembles = scenarios.run(twice, runs=1, seed=1, only=("model",)).ensembles
    assert ensembles[0].error < 1e-3
    assert np.isnan(ensembles[1].error)
    exact = scenarios.run(oscillating, runs=1, seed=1, exact=True)
    np.testing.assert_allclose(exact.ensemble("as it is").populations[0, :, 0, 1], found, atol=2e-3)
    with pytest.raises(BadInput, match="no Hamiltonian that mixes formations"):
        alone(rival=coherent)


def test_readings_differ_from_the_rival_in_one_claim() -> None:
    read = alone(readings=("coercive",))
    outcome = scenarios.run(read, runs=2, seed=1)
    assert outcome.roles == ("model", "rival", "coercive")
    assert outcome.ensemble("as it is", "coercive").shares("workers").max() == 0
    assert outcome.ensemble("as it is", "coercive").shares("degenerated").min() == pytest.approx(1)
    with pytest.raises(BadInput, match="changes nothing here"):
        alone(readings=("no isolation effect",))
    isolated = scenarios.run(read_scenario("russia-1917"), runs=2, seed=1, only=("rival", "no isolation effect"))
    with_, without = (isolated.ensemble("isolated", role).shares("workers", 0) for role in isolated.roles)
    assert (with_[:, 1:] < without[:, 1:]).all()
    with pytest.raises(BadInput, match="role 'stages'"):
        scenarios.run(read_scenario("russia-1917"), runs=2, seed=1, only=("stages",))


def test_what_is_wrong_with_a_scenario_is_said_at_once() -> None:
    with pytest.raises(BadInput) as error:
        alone(
            circumstances=(Circumstance("gap", {"B": 1.0}, 1917, 1920), Circumstance("gap", {"B": 1.0}, 1919, 1920)),
            beginnings={}, branches=(), asked=(Asked("?", "feudal", 1900),),
        )  # fmt: skip
    words = " ".join(fault.found for fault in error.value.faults)
    for expected in ("differ by A", "0 branches", "'B'", "gap of B twice from 1919", "'feudal' in 1900"):
        assert expected in words
    with pytest.raises(BadInput, match=r"no value for h0\.degeneration"):
        Recipe("m", (BASE,), QUIET)
    with pytest.raises(BadInput, match="0 to 10"):
        Recipe("m", (BASE,), {**QUIET, "h0.degeneration": Labelled(1, 0, 11)})
    with pytest.raises(BadInput, match="1 together"):
        Beginning({"workers": 0.5})
    with pytest.raises(BadInput, match="at least one run"):
        scenarios.run(alone(), runs=0, seed=1)
    with pytest.raises(BadInput, match="seed -1"):
        scenarios.run(alone(), runs=1, seed=-1)
    with pytest.raises(BadInput, match="as it is by model"):
        scenarios.run(alone(), runs=1, seed=1).ensemble("elsewhere")


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_that_comes_with_us_states_where_each_number_is_from(name: str) -> None:
    scenario = read_scenario(name)
    assert pickle.loads(pickle.dumps(scenario)) == scenario
    assert scenario.asked
    assert len(scenario.branches) > 1
    for recipe in (scenario.model, scenario.rival):
        assert recipe.reason
        for value in recipe.values.values():
            assert value.label == "assumed" or value.source
    assert all(fact.source for fact in scenario.facts)
    changed = [b for b in scenario.branches[1:] if b.interventions != scenario.branches[0].interventions]
    assert len(changed) == len(scenario.branches) - 1


def test_the_wave_of_1989_needs_a_path_sampler_and_depends_on_the_guarantee() -> None:
    outcome = scenarios.run(read_scenario("restoration-1989"), runs=3, seed=1)
    share = outcome.answers().query("question.str.startswith('Expected share')").set_index(["branch", "role"])["median"]
    assert share["withdrawn", "model"] > share["kept", "model"]
    assert share["withdrawn", "rival"] > share["kept", "rival"]
    assert "Gillespie" in outcome.ensembles[0].method
    assert outcome.banner == ""


def test_a_file_that_is_wrong_says_all_that_is(tmp_path: Path) -> None:
    data = json.loads((Path(__file__).parents[2] / "examples/formations/russia-1917.json").read_text(encoding="utf-8"))
    data["models"] = data.pop("rival")
    data["model"]["values"]["h5.isolation"]["label"] = "known"
    del data["model"]["values"]["h6.leap"]
    data["branches"][1]["interventions"][0]["until"] = 1918
    data["asked"][0]["land"] = "RUS"
    with pytest.raises(BadInput) as error:
        scenario_from_data(data, "mine")
    text = str(error.value)
    for expected in ("'models'", "label 'known'", "branches 2: intervention", "land", "KeyError: 'rival'"):
        assert expected in text
    with pytest.raises(BadInput, match="or one of china-1925"):
        read_scenario(tmp_path / "none.json")
    with pytest.raises(BadInput, match="no mapping"):
        scenario_from_data([], "mine")
