"""Sampled paths answer how likely something is, and Bayes' rule reweights them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.formations import scenarios
from newcourse.formations.link import Happening, WeightedPaths, paths_of, together
from newcourse.formations.spaces import DEFAULT
from newcourse.sources.formations.scenario_files import read_scenario

CAPITAL, WORKERS, DEGENERATED = 1, 2, 3
STATES = np.array([
    [[CAPITAL, CAPITAL], [WORKERS, CAPITAL], [WORKERS, WORKERS]],
    [[CAPITAL, CAPITAL], [CAPITAL, WORKERS], [CAPITAL, DEGENERATED]],
    [[CAPITAL, CAPITAL], [CAPITAL, CAPITAL], [WORKERS, CAPITAL]],
    [[CAPITAL, CAPITAL], [CAPITAL, CAPITAL], [CAPITAL, CAPITAL]],
])  # fmt: skip
PATHS = WeightedPaths(DEFAULT, ("A", "B"), np.array([1917.0, 1918, 1919]), STATES)


def test_chances_by_hand() -> None:
    assert PATHS.chance(Happening("one", 1918, "workers", least=1)) == (0.5, 0.25)
    assert PATHS.chance(Happening("A", 1919, "workers", ("A",), 1))[0] == 0.5
    assert PATHS.chance(Happening("both", 1919, "collectivised", least=2))[0] == 0.25
    assert PATHS.chance(Happening("none", 1919, "collectivised", most=0))[0] == 0.25
    known = PATHS.given(Happening("one in 1918", 1918, "workers", least=1))
    assert known.chance(Happening("A", 1919, "workers", ("A",), 1))[0] == 0.5
    assert known.chance(Happening("none", 1919, "collectivised", most=0))[0] == 0
    assert known.worth == 2


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.floats(0.01, 1), st.floats(0.01, 1))
def test_news_in_any_order_is_the_same_news(seed: int, one: float, other: float) -> None:
    rng = np.random.default_rng(seed)
    paths = WeightedPaths(DEFAULT, ("A", "B"), np.arange(3.0), rng.integers(0, 5, (20, 3, 2)), rng.random(20))
    a, b = rng.random(20) < one, rng.random(20) + other
    if not (paths.weights @ (a * b)) > 0:
        return
    np.testing.assert_allclose(paths.weighed(a).weighed(b).weights, paths.weighed(b).weighed(a).weights, atol=1e-12)
    assert paths.weighed(a).weights.sum() == pytest.approx(1)
    assert 1 - 1e-9 <= paths.weighed(a).worth <= 20 + 1e-9


@pytest.mark.slow
def test_paths_of_a_scenario_agree_with_its_exact_populations() -> None:
    outcome = scenarios.run(read_scenario("three-lands"), runs=4, seed=1, paths=400, only=("rival",))
    paths = paths_of(outcome, "as it is")
    share, error = paths.chance(Happening("workers", 10, "workers", ("FED",), 1))
    exact = outcome.ensemble("as it is", "rival").shares("workers", 0)[:, 10].mean()
    assert abs(share - exact) < 4 * error
    assert error < 0.02
    two = together([paths, paths_of(outcome, "front and aid")], [1, 3])
    other = paths_of(outcome, "front and aid").chance(Happening("workers", 10, "workers", ("FED",), 1))[0]
    assert two.chance(Happening("workers", 10, "workers", ("FED",), 1))[0] == pytest.approx(0.25 * share + 0.75 * other)


def test_what_is_wrong_is_said() -> None:
    with pytest.raises(BadInput, match="one of 1917 to 1919") as error:
        PATHS.when(Happening("x", 1920, "workers", ("C",)))
    assert len(error.value.faults) == 2
    with pytest.raises(BadInput, match="no path allows"):
        PATHS.given(Happening("x", 1917, "workers", least=1))
    with pytest.raises(BadInput, match="one of pre_capitalist") as error:
        Happening("x", 1917, "feudal", least=3, most=2)
    assert len(error.value.faults) == 2
    with pytest.raises(BadInput, match="each country once"):
        Happening("twice", 1917, "workers", ("A", "A"), 2)
    with pytest.raises(BadInput, match="formations 1 to 5"):
        WeightedPaths(DEFAULT, ("A", "B"), PATHS.years, STATES + (STATES == DEGENERATED) * 2)
    with pytest.raises(BadInput, match="4, one a path"):
        PATHS.weighed([1, 0])
    with pytest.raises(BadInput, match="at least one"):
        together([], [])
    with pytest.raises(BadInput, match="not all 0"):
        WeightedPaths(DEFAULT, ("A", "B"), PATHS.years, STATES, np.zeros(4))
    with pytest.raises(BadInput, match="one path or more"):
        WeightedPaths(DEFAULT, ("A",), PATHS.years, STATES)
    with pytest.raises(BadInput, match="a part for each"):
        together([PATHS], [1, 2])
    with pytest.raises(BadInput, match="without Hamiltonians"):
        paths_of(scenarios.run(read_scenario("three-lands"), runs=1, seed=1, only=("rival",)), "as it is")
