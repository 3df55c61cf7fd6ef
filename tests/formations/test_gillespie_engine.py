"""Sampled paths have the distribution of the exact chain, and the known answers of epidemics."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from newcourse.errors import BadInput
from newcourse.formations.engines import gillespie, gillespie_envelopes, markov
from newcourse.formations.engines.gillespie import SampledPaths, paths
from newcourse.formations.engines.gillespie_envelopes import envelope
from newcourse.formations.engines.gillespie_tables import near_products
from newcourse.formations.law import Law, Spread
from newcourse.formations.runs import Stretch, certain, mixed
from newcourse.formations.spaces import DEFAULT, Space

THREE = Space("three", {"s": "susceptible", "i": "infected", "r": "recovered"}, {}, {})
TWO = Space("two", {"s": "susceptible", "i": "infected"}, {}, {})
FINAL_SIZE = 0.796812
"""Share ever infected at R₀ = 2: the root of z = 1 − exp(−2z), Kermack and McKendrick 1927."""


def everybody_meets(n: int, rate: float) -> NDArray[np.float64]:
    return np.full((n, n), rate / (n - 1)) * (1 - np.eye(n))


def epidemic(space: Space, back: int, n: int, rate: float) -> Law:
    """Return infection by everybody who is infected, and the move from infected to ``back`` at rate 1."""
    jumps = np.zeros((n, space.size, space.size))
    jumps[:, 1, back] = 1
    return Law(space, tuple(map(str, range(n))), jumps, spread=(Spread(0, 1, (1,), everybody_meets(n, rate)),))


def random_law(n: int, chance: np.random.Generator, scale: float = 1.0) -> Law:
    """Return a law on three formations in which everything may move, with two terms of spread of uneven weights."""
    off = 1 - np.eye(3)
    weights = chance.pareto(1.5, (2, n, n)) * (chance.random((2, n, n)) < 0.8) * (1 - np.eye(n)) * 0.2
    spread = (Spread(0, 2, (1,), weights[0]), Spread(1, 0, (0, 2), weights[1]))
    return Law(THREE, tuple("abcd"[:n]), chance.random((n, 3, 3)) * off * 0.2 * scale, spread=spread)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_populations_agree_with_the_exact_chain(n: int) -> None:
    chance, times, runs = np.random.default_rng(n), [0.0, 0.5, 1.25, 2.0, 3.7], 20_000
    start = mixed(chance.dirichlet(np.ones(3), n))
    stretches = [Stretch(random_law(n, chance), 1.5), Stretch(random_law(n, chance, 3.0), 2.5)]
    exact = markov.populations(stretches, start, times).populations
    sampled = gillespie.populations(stretches, start, times, runs=runs, chance=chance)
    assert abs((sampled.populations - exact) / np.sqrt(exact * (1 - exact) / runs)).max() < 4.5
    assert sampled.error == pytest.approx(np.sqrt(exact * (1 - exact) / runs).max(), rel=0.1)


def test_countries_move_together_as_in_the_exact_chain() -> None:
    """Joint states, not only each country's own, by Pearson's test: 26 degrees of freedom, 1 in 10 000 beyond 61.7."""
    chance, runs = np.random.default_rng(5), 30_000
    law, start = random_law(3, chance), certain(THREE, ["s", "i", "r"])
    exact = markov.moved(markov.generator(law), markov.joint(start.populations), 2.0)
    states = paths([Stretch(law, 2.0)], start, [2.0], runs=runs, chance=chance).states[:, 0]
    found = np.bincount(states @ np.array([9, 3, 1]), minlength=27)
    assert ((found - runs * exact) ** 2 / (runs * exact)).sum() < 61.7


@pytest.mark.parametrize("noise", [0.0, 0.6])
def test_ties_near_a_product_move_countries_together_as_in_the_exact_chain(
    noise: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same with every term below a product; who can move by the second calls by it too, and some have no ties."""
    monkeypatch.setattr(gillespie_envelopes, "FEWEST", 2)
    monkeypatch.setattr(gillespie_envelopes, "WASTE", np.inf)
    chance, runs = np.random.default_rng(6), 30_000
    uneven = np.outer([1.0, 0.3, 2.0], [0.2, 1.0, 0.5]) * (1 - np.eye(3)) * (1 - noise * chance.random((2, 3, 3)))
    uneven[1, 0] *= noise == 0
    spread = (Spread(0, 2, (1,), 0.6 * uneven[0]), Spread(1, 0, (0, 1, 2), uneven[1]))
    law = Law(THREE, tuple("abc"), chance.random((3, 3, 3)) * (1 - np.eye(3)) * 0.2, spread=spread)
    assert len(near_products(law)[0][4]) == 2
    start = certain(THREE, ["s", "i", "r"])
    exact = markov.moved(markov.generator(law), markov.joint(start.populations), 2.0)
    sample = paths([Stretch(law, 2.0)], start, [2.0], runs=runs, chance=chance)
    found = np.bincount(sample.states[:, 0] @ np.array([9, 3, 1]), minlength=27)
    assert ((found - runs * exact) ** 2 / (runs * exact)).sum() < 61.7


@settings(max_examples=30)
@given(seed=st.integers(0, 2**32), n=st.integers(30, 45), noise=st.sampled_from([0.0, 0.3, 5.0]))
def test_products_lie_above_all_ties_and_are_exact_where_ties_are_products(seed: int, n: int, noise: float) -> None:
    chance = np.random.default_rng(seed)
    ties = np.outer(chance.pareto(1.2, n), chance.pareto(1.2, n)) * (1 - np.eye(n))
    ties *= np.exp(noise * chance.random((n, n)))
    found = envelope(ties)
    if noise > 1:
        assert found is None
        return
    assert found is not None
    bound = np.outer(found.listening, found.calling)
    share = (ties / bound)[~np.eye(n, dtype=bool)]
    assert share.max() <= 1 + 1e-12
    assert found.sure == pytest.approx(share.min(), rel=1e-12)
    assert noise or found.sure > 0.99


def test_only_ties_between_nearly_all_of_many_countries_are_taken_for_products() -> None:
    assert envelope(everybody_meets(29, 1.0)) is None
    assert envelope(everybody_meets(30, 1.0)) is not None
    assert envelope(np.triu(everybody_meets(30, 1.0))) is None


def test_a_country_that_leaves_at_a_constant_rate() -> None:
    """Waiting times are exponential: the share that stays is exp(−rt)."""
    jumps = np.zeros((400, 5, 5))
    jumps[:, 2, 3] = 0.1
    law = Law(DEFAULT, tuple(map(str, range(400))), jumps)
    run = gillespie.populations([Stretch(law, 20)], certain(DEFAULT, ["workers"] * 400), [5, 10, 20], runs=100,
                                chance=np.random.default_rng(2))  # fmt: skip
    assert run.populations[:, :, 2].mean(axis=1) == pytest.approx(np.exp([-0.5, -1, -2]), abs=4 * 0.5 / np.sqrt(40_000))


def test_final_size_of_an_epidemic() -> None:
    """In 1 000 countries at R₀ = 2, half of all beginnings die out, the others reach .796812 (SIR)."""
    n, runs = 1_000, 400
    law = epidemic(THREE, 2, n, 2.0)
    begin = certain(THREE, ["i"] + ["s"] * (n - 1))
    sample = paths([Stretch(law, 200)], begin, [200], runs=runs, chance=np.random.default_rng(1917))
    share = sample.counts[:, 0, 2] / n
    large = share[share > 0.2]
    assert not sample.counts[:, 0, 1].any()
    assert large.size / runs == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(runs))
    assert large.mean() == pytest.approx(FINAL_SIZE, abs=4 * large.std() / np.sqrt(large.size) + 1 / n)
    assert (sample.changes == 2 * sample.counts[:, 0, 2] - 1).all()
    assert (sample.changes == sample.steps).all()


def test_endemic_level() -> None:
    """Where the recovered can be infected again the level is 1 − 1/R₀ (SIS), less 1/n(R₀ − 1) for n that meet."""
    n, rate = 600, 2.5
    sample = paths([Stretch(epidemic(TWO, 0, n, rate), 100)], certain(TWO, ["i"] * n), np.arange(20, 100, 2), runs=20,
                   chance=np.random.default_rng(3))  # fmt: skip
    assert sample.counts[:, :, 1].mean() / n == pytest.approx(1 - 1 / rate - 1 / (n * (rate - 1)), abs=0.004)


def test_uneven_ties_are_called_by_their_weights() -> None:
    """One country calls many others once: who moves first is drawn by weight."""
    n, runs = 40, 4_000
    chance = np.random.default_rng(4)
    pull = np.where(chance.random(n) < 0.3, 0.0, chance.pareto(0.8, n))
    pull[0] = 0
    weights = np.zeros((n, n))
    weights[:, 0] = pull / pull.sum() * 1e-3
    law = Law(TWO, tuple(map(str, range(n))), np.zeros((n, 2, 2)), spread=(Spread(0, 1, (1,), weights),))
    sample = paths([Stretch(law, 60)], certain(TWO, ["i"] + ["s"] * (n - 1)), [60], runs=runs, chance=chance)
    expected = 1 - np.exp(-weights[:, 0] * 60)
    found = (sample.states[:, 0] == 1).mean(axis=0)
    assert abs(found - expected)[1:].max() < 4 * np.sqrt(expected[1:].max() / runs)
    assert not found[1:][pull[1:] == 0].any()


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32), n=st.integers(1, 9), stretches=st.integers(1, 3))
def test_only_what_the_law_allows_happens(seed: int, n: int, stretches: int) -> None:
    """Formations 0 → 1 → 2 only: nobody goes back, and a formation without a way out is kept."""
    chance = np.random.default_rng(seed)
    jumps = np.zeros((n, 3, 3))
    jumps[:, 0, 1] = chance.exponential(1.0, n)
    spread = (Spread(1, 2, (0, 2), chance.random((n, n)) * (1 - np.eye(n))),)
    law = Law(THREE, tuple(map(str, range(n))), jumps, spread=spread)
    times = np.linspace(0, 2.5 * stretches, 7)
    begin = mixed(chance.dirichlet(np.ones(3), n))
    ways = [paths([Stretch(law, 2.5)] * stretches, begin, times, runs=3, chance=np.random.default_rng(seed))
            for _ in range(2)]  # fmt: skip
    assert (np.diff(ways[0].states, axis=1) >= 0).all()
    assert (ways[0].counts.sum(axis=2) == n).all()
    assert (ways[0].changes <= ways[0].steps).all()
    assert (ways[0].states == ways[1].states).all()


def test_what_cannot_be_sampled_is_refused() -> None:
    hamiltonian = np.zeros((1, 2, 2))
    hamiltonian[0] = [[0, 1], [1, 0]]
    law = Law(TWO, ("a",), np.zeros((1, 2, 2)), hamiltonian)
    with pytest.raises(BadInput) as caught:
        paths([Stretch(law, 1)], certain(TWO, ["s"]), [1], runs=0, chance=np.random.default_rng(1))
    assert [fault.code for fault in caught.value.faults] == ["formation-not-classical", "formation-run"]


def test_paths_that_contradict_themselves_are_refused() -> None:
    with pytest.raises(BadInput, match="sampled paths"):
        SampledPaths(TWO, ("a",), np.zeros(1), np.full((1, 1, 1), 2, np.int8), np.zeros(1, int), np.zeros(1, int))
