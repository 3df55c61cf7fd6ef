"""The coupled rung against plain code: dense matrices, every law made anew, one exponential a country and year."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.linalg import expm

from newcourse.formations.hypotheses.hypothesis import Hypothesis
from newcourse.formations.inference.coordinates import Coordinates, tied
from newcourse.formations.inference.side_by_side import LANES, advance
from newcourse.formations.ladder import years
from newcourse.formations.ladder.coupled import ModelOnPanel, ModelRung
from newcourse.formations.ladder.felt import YearLaw, pattern, year_law
from newcourse.formations.ladder.parameters import inward
from newcourse.formations.ladder.reading import RecordReading
from newcourse.formations.ladder.remembered import RememberedLaws
from newcourse.formations.models import model_of
from newcourse.formations.panel import Panel
from newcourse.formations.spaces import DEFAULT, Space
from newcourse.formations.terms import Terms, total
from newcourse.formations.worlds import Setting
from tests.formations.ladder.panels import RING, blank

Array = NDArray[np.float64]
EVERYTHING = ("H0", "H1", "H2", "H5", "H6", "H7", "H10")


def uneven_panel(n: int, length: int, seed: int) -> Panel:
    """Return a panel with gaps, states that come and go, and ties that change every third year."""
    rng = np.random.default_rng(seed)
    exists = rng.random((n, length)) < 0.9
    observed = np.where(exists & (rng.random((n, length)) < 0.8), rng.integers(0, RING.size, (n, length)), -1)
    weights = rng.random((length, n, n)) * (rng.random((length, n, n)) < 0.6) * (1 - np.eye(n))
    weights = weights[np.arange(length) // 3 * 3] / n
    return replace(
        blank(n, length, RING, ring=True, covariates={"gap": rng.random((n, length))}),
        observed=observed.astype(np.int8), exists=exists, weights={"contiguity": weights.astype(np.float32)},
    )  # fmt: skip


def plainly_felt(law: YearLaw, where: Coordinates, states: Array) -> Array:
    """Return the generator (n, m, m) each country is under, from whole matrices."""
    jumps, dephasing, hamiltonian = law.jumps.copy(), law.dephasing.copy(), law.hamiltonian.copy()
    matrices, d = where.matrix(states), where.formations
    for spread in law.spread:
        for j in range(len(states)):
            jumps[:, spread.source, spread.target] += spread.weights[:, j] * states[j, list(spread.given)].sum()
            dephasing[j, list(spread.given)] += spread.weights[:, j] @ states[:, spread.source]
    for coupling in law.couplings:
        operator = coupling.operator.reshape(d, d, d, d)
        for i in range(len(states)):
            mean = np.tensordot(coupling.weights[i], matrices, 1)
            hamiltonian[i] += np.einsum("abcd,db->ac", operator, mean)
    return where.generators(where.pack(jumps, dephasing, hamiltonian))


def plain_cells(bound: ModelOnPanel, values: Mapping[str, float]) -> Array:
    """Return log probabilities (n, T) as the definition says, nothing kept from year to year but the states."""
    model = bound.rung.model
    given_ = {**model.values, **{name: values[name] for name in model.values if name in values}}
    n, d = len(bound.panel.countries), bound.panel.space.size
    laws = [year_law(total(h.terms(model.space, setting, given_) for h in model.hypotheses), n, d)
            for setting in years.settings(bound.panel)]  # fmt: skip
    where = Coordinates(d, tied(np.concatenate([pattern(law) for law in laws])))
    reading = bound.reading(values)
    looks, cells, states = where.looks(reading), np.full(bound.records.shape, np.nan), np.zeros((n, where.size))
    for t in range(bound.records.shape[1]):
        if t:
            moved = plainly_felt(laws[t - 1], where, states)
            states = np.array([expm(g) @ v for g, v in zip(moved, states, strict=True)])
            states *= where.fading(laws[t - 1].observed)
        states[~bound.alive[:, t]] = 0
        for i in range(n):
            x = bound.records[i, t]
            if bound.scored[i, t]:
                chance = (where.trace * looks[x]) @ states[i]
                cells[i, t] = np.log(chance)
                states[i] *= looks[x] / chance
            elif bound.opening[i, t]:
                states[i] = 0
                states[i, :d] = reading[:, x] / reading[:, x].sum()
    return cells


def test_what_is_kept_and_left_out_for_speed_changes_no_number() -> None:
    """Values are changed as a search does: one after the other and back, then all."""
    rung = ModelRung(RING, RecordReading(0.05, free=True), model=model_of("all", EVERYTHING, space=RING))
    panel, rng = uneven_panel(7, 9, seed=3), np.random.default_rng(4)
    bound = rung.on(panel)
    assert isinstance(bound, ModelOnPanel)
    begin = {each.name: each.start for each in rung.parameters}
    names = ("h0.social", "h6.spread", "h7.coupling", "h10.gap", "h5.isolation")
    tried = [begin, *({**begin, name: begin[name] + 0.03} for name in names), begin]
    tried.append({**begin, **{name: rng.random() for name in names}})
    for values in tried:
        found = bound.cells(inward(rung.parameters, values))
        np.testing.assert_allclose(found, plain_cells(bound, values), rtol=0, atol=1e-12)


@settings(max_examples=15)
@given(st.integers(0, 2**32))
def test_states_side_by_side_are_each_multiplied_by_the_exponential(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(1, 2 * LANES + 3)), int(rng.integers(1, 6))
    matrices = rng.normal(size=(n, m, m)) * (rng.random((m, m)) < 0.6) * rng.choice([0.0, 0.1, 3.0], (n, 1, 1))
    states = rng.normal(size=(n, m))
    whole = np.array([expm(g) @ v for g, v in zip(matrices, states, strict=True)])
    np.testing.assert_allclose(advance(matrices, states, True), whole, rtol=1e-11, atol=1e-11 * abs(whole).max())
    once = np.einsum("nab,nb->na", matrices, states)
    np.testing.assert_allclose(advance(matrices, states, False), once, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(advance(matrices[:1], states, False), states @ matrices[0].T, rtol=1e-12, atol=1e-12)


@dataclass(frozen=True)
class Whimsical(Hypothesis):
    """Looks at a covariate only in later years, and only if a value asks for it."""

    code = "W"
    title = claim = null = "what it looks at depends on what it sees"
    sources = counter = ("none",)
    parameters = ()

    def terms(self, space: Space, setting: Setting, values: Mapping[str, float]) -> Terms:
        rate = np.full(setting.size, values.get("asked", 0.0) + 0.001)
        if values.get("asked", 0.0) > 0.5 and setting.start > 1902:
            rate = rate + setting.covariate("gap") + setting.covariate("war")
        jumps = np.zeros((setting.size, space.size, space.size))
        jumps[:, 0, 1] = rate
        return Terms(jumps=jumps)


def test_laws_are_made_anew_wherever_something_looked_at_differs() -> None:
    panel = blank(3, 8, DEFAULT, ring=True, covariates={"gap": np.arange(24.0).reshape(3, 8) // 4})
    of_years, model = years.settings(panel), model_of("tied", ("H0", "H6"), space=DEFAULT)
    hypotheses = (*model.hypotheses, Whimsical())
    remembered = RememberedLaws(DEFAULT, hypotheses, of_years)
    for asked in (0.0, 0.7, 0.2, 0.7, 0.9, 0.0):
        values = {**model.values, "asked": asked}
        laws = remembered.laws(values)
        for setting, law in zip(of_years, laws, strict=True):
            made = year_law(total(h.terms(DEFAULT, setting, values) for h in hypotheses), 3, DEFAULT.size)
            np.testing.assert_array_equal(law.jumps, made.jumps)
            np.testing.assert_array_equal(law.spread[0].weights, made.spread[0].weights)
    assert len({id(law) for law in remembered.laws({**model.values, "asked": 0.1})}) == 1
