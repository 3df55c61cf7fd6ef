"""Hypotheses add what they claim to a law, exactly nothing at their null, and the same in both spaces."""

import pickle
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.formations.engines.markov import populations
from newcourse.formations.engines.mean_field import follow
from newcourse.formations.hypotheses.coherent import steps
from newcourse.formations.hypotheses.hypothesis import Parameter
from newcourse.formations.hypotheses.registry import HYPOTHESES, hypothesis
from newcourse.formations.law import Law
from newcourse.formations.models import Model, model_of
from newcourse.formations.runs import Stretch, certain
from newcourse.formations.spaces import BASIS_AND_RULE, DEFAULT, MOVES, Space
from newcourse.formations.terms import Terms, by_move, scaled, total
from newcourse.formations.worlds import COVARIATES, WEIGHTS, Setting

ALL = tuple(HYPOTHESES)
SPACES = (DEFAULT, BASIS_AND_RULE)


def world(seed: int, size: int = 3) -> Setting:
    rng = np.random.default_rng(seed)
    weights = {}
    for name in WEIGHTS:
        raw = rng.random((size, size)) * (rng.random((size, size)) < 0.7)
        np.fill_diagonal(raw, 0)
        weights[name] = raw / np.maximum(raw.sum(axis=1, keepdims=True), 1) * rng.random((size, 1))
    covariates = {name: rng.normal(0, 0.5, size) for name in COVARIATES}
    return Setting(tuple("ABCDEFGH"[:size]), covariates, weights)


def same(one: Law, other: Law) -> bool:
    """Whether two laws are equal to the last bit."""
    arrays = all(np.array_equal(getattr(one, n), getattr(other, n)) for n in ("jumps", "hamiltonian", "dephasing"))
    spread = len(one.spread) == len(other.spread) and all(
        (a.source, a.target, a.given) == (b.source, b.target, b.given) and np.array_equal(a.weights, b.weights)
        for a, b in zip(one.spread, other.spread, strict=True)
    )
    couplings = len(one.couplings) == len(other.couplings) and all(
        np.array_equal(a.operator, b.operator) and np.array_equal(a.weights, b.weights)
        for a, b in zip(one.couplings, other.couplings, strict=True)
    )
    return arrays and spread and couplings and one.observed == other.observed


def rates(law: Law, states: tuple[int, ...]) -> np.ndarray:
    """Rates (n, d, d) of every country while the countries are in these formations, by the definition of a law."""
    found = np.array(law.jumps)
    for each in law.spread:
        called = np.isin(states, each.given)
        found[:, each.source, each.target] += each.weights @ called
    return found


@pytest.mark.parametrize(("code", "space"), list(product(ALL, SPACES)), ids=lambda v: getattr(v, "name", v))
@settings(max_examples=8)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_at_its_null_a_hypothesis_is_not_there(code: str, space: Space, seed: int, rnd) -> None:
    others = tuple(hypothesis(each) for each in ALL if each != code and rnd.random() < 0.5)
    values = {p.name: rnd.uniform(max(p.low, -1), min(p.high, 1)) for each in others for p in each.parameters}
    without = Model("rest", space, others, values)
    nested = without.with_(hypothesis(code)).at_null(code)
    setting = world(seed)
    assert same(nested.law(setting), without.law(setting))
    assert nested.without(code) == without


def test_without_coherent_coupling_formations_are_classical_however_detuned_and_observed() -> None:
    model = model_of("m", ALL, {"h1.coupling": 0, "h1.detuning": 3, "h1.dephasing": 2, "h2.observed": 1,
                                "h4b.coupling": 0, "h7.coupling": 0})  # fmt: skip
    assert model.law(world(1)).classical
    assert not model.with_values({"h7.coupling": 0.1}).law(world(1)).classical
    assert not model.with_values({"h1.coupling": 0.1}).law(world(1)).classical


@pytest.mark.parametrize("space", SPACES, ids=lambda s: s.name)
@settings(max_examples=40)
@given(st.integers(0, 10_000), st.data())
def test_isolation_is_the_share_of_ties_that_lead_to_no_workers_state(space: Space, seed: int, data) -> None:
    setting = world(seed)
    group = data.draw(st.sampled_from(["workers", "collectivised"]))
    states = tuple(data.draw(st.lists(st.integers(0, space.size - 1), min_size=3, max_size=3)))
    model = Model("m", space, (hypothesis("H5", tie="trade", group=group),), {"h5.isolation": 0.3})
    members = np.isin(states, space.members(group))
    isolation = 1 - setting.weights["trade"] @ members
    ((a, b),) = space.arcs("degeneration")
    found = rates(model.law(setting), states)
    np.testing.assert_allclose(found[:, a, b], 0.3 * isolation, atol=1e-14)
    assert np.count_nonzero(found) == np.count_nonzero(found[:, a, b])


def test_a_country_tied_to_workers_states_alone_is_not_isolated_at_all() -> None:
    setting = Setting(("A", "B"), {}, {"contiguity": [[0, 1], [1, 0]]})
    law = model_of("m", ["H5"], {"h5.isolation": 0.7}).law(setting)
    workers, degenerated = DEFAULT.index("workers"), DEFAULT.index("degenerated")
    assert rates(law, (workers, workers))[0, workers, degenerated] == 0
    assert rates(law, (workers, DEFAULT.index("capitalist")))[0, workers, degenerated] == 0.7


def test_spread_grows_with_neighbours_and_multiplies_leaps_only_where_stages_can_be_skipped() -> None:
    setting = Setting(("A", "B"), {}, {"contiguity": [[0, 0.5], [0.25, 0]]})
    pre, capital, workers = (DEFAULT.index(c) for c in ("pre_capitalist", "capitalist", "workers"))
    model = model_of("m", ["H3", "H6"], {"h3.rate": 0.01, "h6.spread": 0.2, "h6.leap": 3})
    near, far = (rates(model.law(setting), (capital, c)) for c in (workers, capital))
    assert near[0, capital, workers] == pytest.approx(0.1)
    assert near[0, pre, workers] == pytest.approx(0.01 * (1 + 3 * 0.5))
    assert far[0, capital, workers] == 0
    assert far[0, pre, workers] == 0.01
    assert rates(model.without("H3").law(setting), (capital, workers))[0, pre, workers] == 0


def test_scarcity_pressure_and_unevenness_multiply_what_neighbours_call_forth_too() -> None:
    weights = {"contiguity": [[0, 1], [1, 0]]}
    covariates = {"gap": [1.0, 0.0], "aid": [0.5, 0], "openness": [0.2, 0], "war": [1, 0], "crisis": [1, 0]}
    values = {
        "h4a.scarcity": 0.4, "h4a.relief": 0.6, "h5.isolation": 0.1, "h6.spread": 0.2, "h8.gap": 0.3,
        "h8.openness": 2, "h8.war": -0.1, "h8.neighbours": 0.05, "h10.gap": 0.5, "h10.openness": -1, "h10.war": 0.7,
        "h10.crisis": 0.1, "h0.social": 0.01, "h0.degeneration": 0.05, "h0.restoration": 0.02,
    }  # fmt: skip
    model = model_of("m", ["H0", "H4a", "H5", "H6", "H8", "H10"], values)
    law = model.law(Setting(("A", "B"), covariates, weights))
    capital, workers, degenerated, restored = (DEFAULT.index(c) for c in list(DEFAULT.formations)[1:])
    beside_workers, beside_capital = rates(law, (0, workers)), rates(law, (0, capital))
    assert beside_workers[0, capital, workers] == pytest.approx(0.21 * np.exp(0.5 - 0.2 + 0.7 + 0.1))
    assert beside_capital[0, workers, degenerated] == pytest.approx(0.15 * np.exp(0.4 - 0.3))
    assert beside_capital[0, degenerated, restored] == pytest.approx(0.07 * np.exp(0.3 + 0.4 - 0.1))
    assert beside_capital[1, degenerated, restored] == pytest.approx(0.02)


def test_an_overthrow_leads_back_to_the_capitalism_that_was_and_war_multiplies_it() -> None:
    setting = Setting(("A", "B"), {"war": [0, 1], "civil_war": [0, 0.5]})
    values = {"d1.rate": 0.02, "d1.war": 1.0, "d1.civil_war": 2.0, "r2.rate": 0.03}
    law = model_of("m", ["D1", "R2"], values).law(setting)
    capital, workers, degenerated, restored = range(1, 5)
    expected = np.zeros((2, 5, 5))
    for source in (workers, degenerated):
        expected[:, source, capital] = 0.02 * np.array([1, np.exp(1 + 1)])
    expected[:, workers, restored] = 0.03
    np.testing.assert_allclose(law.jumps, expected)
    both = Model("m", BASIS_AND_RULE, (hypothesis("D1"), hypothesis("R2")), values).law(setting).jumps
    assert [tuple(map(int, arc)) for arc in np.argwhere(both[0])] == list(BASIS_AND_RULE.arcs("overthrow"))
    assert BASIS_AND_RULE.formations[BASIS_AND_RULE.arcs("overthrow")[0][1]] == "private_above"
    # The survival of a plain rate is the exponential, as for any constant hazard.
    peace = model_of("m", ["D1"], {"d1.rate": 0.02}).stretches([Setting(("A",), years=10)])
    found = populations(peace, certain(DEFAULT, ["workers"]), [10]).populations[0, 0]
    np.testing.assert_allclose(found[[capital, workers]], [1 - np.exp(-0.2), np.exp(-0.2)], atol=1e-9)


def test_superposition_couples_and_detunes_along_revolutions() -> None:
    law = model_of("m", ["H1"], {"h1.coupling": 0.3, "h1.detuning": 2, "h1.dephasing": 0.7}).law(world(0))
    expected = np.diag([0, 2.0, 4, 0, 0]) + 0.3 * np.diag([1.0, 1, 0, 0], 1) + 0.3 * np.diag([1.0, 1, 0, 0], -1)
    np.testing.assert_array_equal(law.hamiltonian[1], expected)
    np.testing.assert_array_equal(law.dephasing, np.full((3, 5), 0.7))
    both = Model("m", BASIS_AND_RULE, (hypothesis("H1"),), {"h1.detuning": 1}).law(world(0)).hamiltonian[0]
    np.testing.assert_array_equal(np.diag(both), [0, 0, 1, 1, 2, 2])
    for move in ("bourgeois revolution", "social revolution"):
        for a, b in BASIS_AND_RULE.arcs(move):
            assert both[a, b] == both[b, a] == HYPOTHESES["H1"].parameters[0].default


def test_under_strong_dephasing_superposition_is_a_markov_chain() -> None:
    """The rate 2h²Γ/(Γ²+Δ²), both ways along each arc; here 0.0998."""
    h, detuning, dephasing = 1.0, 2.0, 20.0
    values = {"h1.coupling": h, "h1.detuning": detuning, "h1.dephasing": dephasing}
    alone, times = Setting(("A",), years=20), np.arange(21)
    start = certain(DEFAULT, ["pre_capitalist"])
    found = follow(model_of("m", ["H1"], values).stretches([alone]), start, times).populations
    rate = 2 * h**2 * dephasing / (dephasing**2 + detuning**2)
    both = by_move(DEFAULT, {"bourgeois revolution": rate, "social revolution": rate}, 1)
    law = Law(DEFAULT, ("A",), both + both.transpose(0, 2, 1))
    np.testing.assert_allclose(found, populations([Stretch(law, 20)], start, times).populations, atol=4e-3)


def test_a_full_look_each_year_makes_superposition_a_chain_from_year_to_year_and_none_does_not() -> None:
    def after(years: int, formation: str, observed: float) -> np.ndarray:
        values = {"h1.coupling": 0.5, "h1.detuning": 0.3, "h1.dephasing": 0.1, "h2.observed": observed}
        stretches = model_of("m", ["H1", "H2"], values).stretches([Setting(("A",), years=2)])
        return follow(stretches, certain(DEFAULT, [formation]), [0, years]).populations[-1, 0]

    for observed, chain in ((1.0, True), (0.0, False)):
        year = np.array([after(1, formation, observed) for formation in DEFAULT.formations])
        two = after(2, "capitalist", observed)
        assert np.allclose(year[DEFAULT.index("capitalist")] @ year, two, atol=1e-7) is chain


def test_entanglement_flips_two_countries_together() -> None:
    law = model_of("m", ["H7"], {"h7.coupling": -0.4}).law(Setting(("A", "B"), {}, {"contiguity": [[0, 1], [0.5, 0]]}))
    (coupling,) = law.couplings
    np.testing.assert_allclose(coupling.weights, [[0, -0.3], [-0.3, 0]])
    operator = coupling.operator.reshape(5, 5, 5, 5)
    assert operator[2, 2, 1, 1] == operator[2, 1, 1, 2] == 1
    assert np.count_nonzero(operator) == 4


@pytest.mark.parametrize("space", SPACES, ids=lambda s: s.name)
def test_every_move_a_hypothesis_gives_is_one_the_space_has(space: Space) -> None:
    model = Model("m", space, tuple(hypothesis(code) for code in ALL))
    law = model.law(world(5))
    possible = np.zeros((space.size, space.size), bool)
    for move in MOVES:
        for arc in space.arcs(move):
            possible[arc] = True
    moving = law.jumps.any(axis=0)
    for each in law.spread:
        moving[each.source, each.target] = True
    assert (possible | ~moving).all()
    assert (~possible | moving).all()


def test_hypotheses_say_what_they_claim_who_says_so_and_who_does_not() -> None:
    parameters = [p for kind in HYPOTHESES.values() for p in kind.parameters]
    assert len({p.name for p in parameters}) == len(parameters)
    for code, kind in HYPOTHESES.items():
        assert kind.code == code
        assert all((kind.title, kind.claim, kind.null, kind.sources, kind.counter, kind.parameters))
        assert all(p.name.startswith(code.lower() + ".") for p in kind.parameters)
        assert {name for reason in kind.indistinct for name in reason.parameters} <= {p.name for p in parameters}
        assert all(isinstance(text, str) for text in (*kind.sources, *kind.counter))


def test_a_model_reports_what_cannot_be_told_apart_where_it_has_both() -> None:
    assert "J of H7 and β of H6 apart" in {each.what for each in model_of("m", ["H6", "H7"]).indistinct}
    assert "J of H7 and β of H6 apart" not in {each.what for each in model_of("m", ["H7"]).indistinct}
    both = [each.what for each in model_of("m", ["H4a", "H4b"]).indistinct]
    assert both.count("H4a and H4b apart") == 1
    assert "the phase of h" in {each.what for each in model_of("m", ["H1"]).indistinct}


def test_models_are_values() -> None:
    model = model_of("m", ["H0", "H6"], {"h6.spread": 0.3})
    assert pickle.loads(pickle.dumps(model)) == model
    assert hash(pickle.loads(pickle.dumps(model))) == hash(model)
    assert model.with_(hypothesis("H6", tie="trade")).codes == ("H0", "H6")
    assert model.with_(hypothesis("H6", tie="trade")) != model
    assert model.without("H6").values.keys() == {p.name for p in HYPOTHESES["H0"].parameters}
    settings = [world(0), world(1)]
    copy = pickle.loads(pickle.dumps(settings[0]))
    assert same(model.law(copy), model.law(settings[0]))
    assert [s.years for s in model.stretches(settings)] == [1.0, 1.0]


def test_all_that_is_wrong_with_a_model_is_said_at_once() -> None:
    with pytest.raises(BadInput) as error:
        Model("m", DEFAULT, (hypothesis("H0"), hypothesis("H0")), {"h0.social": -1, "h6.spread": 1})
    assert [f.found for f in error.value.faults] == ["H0 twice", "value 'h6.spread'", "-1"]
    with pytest.raises(BadInput, match="one of H0, H1"):
        hypothesis("H11")
    with pytest.raises(BadInput, match="group, tie"):
        hypothesis("H6", neighbours="trade")
    with pytest.raises(BadInput, match="give these weights"):
        model_of("m", ["H6"]).law(Setting(("A",)))
    with pytest.raises(BadInput, match="within the bounds"):
        Parameter("x", "x", "1", 2.0, 0.0, 0.0, 1.0, "too high")


def test_terms_add_up() -> None:
    setting = world(3)
    one = Terms(jumps=by_move(DEFAULT, {"degeneration": 0.1}, 3), observed=0.5)
    two = Terms(jumps=by_move(DEFAULT, {"degeneration": 0.2}, 3), observed=0.5)
    law = total([one, two, Terms()]).law(DEFAULT, setting)
    assert law.jumps[0, 2, 3] == pytest.approx(0.3)
    assert law.observed == 0.75
    assert same(total([]).law(DEFAULT, setting), Terms().law(DEFAULT, setting))
    assert scaled(law, np.full((3, 5, 5), 2.0)).jumps[0, 2, 3] == pytest.approx(0.6)


def test_moves_in_a_circle_have_no_steps() -> None:
    """Degeneration and political revolution undo each other: no levels differ by one along both."""
    with pytest.raises(BadInput, match="nowhere in a circle"):
        steps(DEFAULT, ("degeneration", "political revolution"))
    levels = np.diag(steps(DEFAULT, ("bourgeois revolution", "social revolution"))).real
    assert levels.tolist() == [0, 1, 2, 0, 0]
