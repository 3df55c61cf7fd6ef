"""Known answers of the small classical models, each by closed form, by equation and by sampled paths."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.formations.classical.ants import AntColony
from newcourse.formations.classical.bass import BassAdoption
from newcourse.formations.classical.crowd import beginning, crowd
from newcourse.formations.classical.fold import FoldCatastrophe
from newcourse.formations.classical.sir import SirEpidemic
from newcourse.formations.classical.sis import SisEpidemic


@given(st.integers(2, 60), st.floats(1e-3, 3), st.floats(1e-2, 3))
def test_ants_are_beta_binomial(ants: int, alone: float, won_over: float) -> None:
    """Kirman 1993: the chain's own balance and the closed form agree for every colony."""
    colony = AntColony(ants, alone, won_over)
    assert colony.stationary() == pytest.approx(colony.beta_binomial(), abs=1e-10)


def test_ants_on_paths_are_beta_binomial() -> None:
    """Herding ants (parameters ½) sampled long after the beginning, by Pearson's test with 20 degrees of freedom."""
    colony, runs = AntColony(20, 0.05, 1.9), 4_000
    assert colony.shape == pytest.approx(0.5)
    counts = colony.run(10, [60.0], runs=runs, chance=np.random.default_rng(1993))[:, 0]
    expected = runs * colony.beta_binomial()
    assert ((np.bincount(counts, minlength=21) - expected) ** 2 / expected).sum() < 52.4  # 1 in 10 000 beyond


def test_herding_ants_are_on_one_side() -> None:
    herd, spread = AntColony(100, 0.002, 1.0).stationary(), AntColony(100, 0.2, 1.0).stationary()
    assert herd[0] > 10 * herd[50]
    assert spread[50] > 10 * spread[0]


def test_final_size_of_the_epidemic_is_known() -> None:
    """Kermack and McKendrick 1927 at R₀ = 2: .796812; the equations come to the same from next to nobody."""
    assert SirEpidemic(2.0).final_size() == pytest.approx(0.796812, abs=5e-7)
    seeded = SirEpidemic(2.0, 1e-7)
    assert 1 - seeded.course([0, 200.0])[1, 0] == pytest.approx(seeded.final_size(), abs=1e-8)
    assert seeded.final_size() == pytest.approx(0.796812, abs=1e-6)


@given(st.floats(0, 8), st.floats(0, 1))
def test_final_size_satisfies_its_equation(reproduction: float, infected: float) -> None:
    size = SirEpidemic(reproduction, infected).final_size()
    assert infected - 1e-9 <= size <= 1 + 1e-12
    assert 1 - size == pytest.approx((1 - infected) * np.exp(-reproduction * size), abs=1e-8)


def test_below_one_nothing_spreads() -> None:
    assert SirEpidemic(0.9).final_size() == pytest.approx(0, abs=1e-12)
    assert SirEpidemic(0.0, 0.3).final_size() == 0.3


def test_sampled_epidemics_follow_the_equations() -> None:
    """With a hundredth of 2 000 infected at first; the mean is off by the order of one in the crowd."""
    epidemic, times = SirEpidemic(2.0, 0.01), [0.0, 2.0, 5.0, 12.0, 60.0]
    shares = epidemic.run(2_000, times, runs=60, chance=np.random.default_rng(2)) / 2_000
    error = shares.std(axis=0) / np.sqrt(60)
    assert (abs(shares.mean(axis=0) - epidemic.course(times)) <= 4 * error + 0.004).all()
    assert shares[:, -1, 2].mean() == pytest.approx(epidemic.final_size(), abs=0.006)


def test_endemic_level_is_known() -> None:
    """1 − 1/R₀; the closed form starts and ends where it should and satisfies its equation."""
    epidemic, times = SisEpidemic(2.5, 0.02), np.linspace(0, 40, 4001)
    course = epidemic.course(times)
    assert epidemic.level() == 0.6
    assert (course[0], course[-1]) == (0.02, pytest.approx(0.6, abs=1e-9))
    slope = np.gradient(course, times)[1:-1]
    assert abs(slope - (2.5 * course * (1 - course) - course)[1:-1]).max() < 1e-4
    assert SisEpidemic(1.0, 0.5).course([2.0])[0] == pytest.approx(0.25)
    assert SisEpidemic(0.8).level() == SisEpidemic(0.0).level() == 0


def test_sampled_infections_stay_at_the_level() -> None:
    counts = SisEpidemic(2.5, 0.6).run(500, np.arange(10, 60, 2.0), runs=20, chance=np.random.default_rng(4))
    assert counts.mean() / 500 == pytest.approx(0.6, abs=0.006)


def test_the_fold_is_where_it_should_be() -> None:
    """±2/(3√3) = ±.3849: two states at rest that come back on one side of it, one on the other."""
    law = FoldCatastrophe()
    assert law.folds == pytest.approx((-0.3849, 0.3849), abs=5e-5)
    assert [back for _, back in law.states(0.38)] == [True, False, True]
    assert [back for _, back in law.states(0.39)] == [True]
    assert law.course(-1.3, [0, 300.0], lever=0.38)[-1] < 0 < law.course(-1.3, [0, 300.0], lever=0.39)[-1]


def test_the_slower_the_lever_the_nearer_the_fold() -> None:
    """The leap is late by 2.33811 r^⅔ / 3^⅙ to leading order (power ⅔: Jung and others 1990)."""
    law = FoldCatastrophe()
    late = np.array([law.leap(rate) - law.folds[1] for rate in (1e-3, 1e-4, 1e-5)])
    ratio = late / [law.late(rate) for rate in (1e-3, 1e-4, 1e-5)]
    assert (np.diff(abs(ratio - 1)) < 0).all()
    assert ratio[-1] == pytest.approx(1, abs=0.02)
    assert np.log10(late[1] / late[2]) == pytest.approx(2 / 3, abs=0.02)


def test_going_back_takes_another_lever() -> None:
    """Hysteresis: at lever 0 the state depends on where it came from; without a fold it does not."""
    ends = {a: [FoldCatastrophe(a).course(x, [0, 400.0])[-1] for x in (-0.5, 0.5)] for a in (1.0, -0.5)}
    assert ends[1.0] == pytest.approx([-1, 1], abs=1e-6)
    assert ends[-0.5] == pytest.approx([0, 0], abs=1e-6)
    drift = FoldCatastrophe(-0.5)
    assert drift.folds == ()
    assert all(len(drift.states(lever)) == 1 for lever in np.linspace(-2, 2, 41))
    assert drift.leap(1e-4) == pytest.approx(0, abs=1e-3)
    with pytest.raises(BadInput, match="nothing leaps"):
        drift.late(1e-3)


def test_adoption_has_its_published_peak() -> None:
    """Bass 1969: room air conditioners, p = .010399, q = .41861, peak after 8.6 years; clothes dryers after 8.1."""
    assert BassAdoption(0.010399, 0.41861).peak()[0] == pytest.approx(8.6, abs=0.05)
    assert BassAdoption(0.017206, 0.35688).peak()[0] == pytest.approx(8.1, abs=0.05)
    assert BassAdoption(0.3, 0.1).peak() == (0.0, 0.3)


def test_adoption_satisfies_its_equation() -> None:
    adoption, times = BassAdoption(0.03, 0.38), np.linspace(0, 30, 3001)
    course = adoption.course(times)
    slope = np.gradient(course, times)[1:-1]
    assert abs(slope - ((0.03 + 0.38 * course) * (1 - course))[1:-1]).max() < 1e-5
    when, most = adoption.peak()
    assert times[1:-1][slope.argmax()] == pytest.approx(when, abs=0.02)
    assert slope.max() == pytest.approx(most, abs=1e-5)


def test_sampled_adoption_follows_the_curve() -> None:
    adoption, times = BassAdoption(0.03, 0.38), [2.0, 6.0, 12.0, 25.0]
    shares = adoption.run(2_000, times, runs=40, chance=np.random.default_rng(6)) / 2_000
    assert shares.mean(axis=0) == pytest.approx(adoption.course(times), abs=0.01)


@pytest.mark.parametrize(
    "make",
    [
        lambda: AntColony(1, 0.1, 1), lambda: AntColony(3, 0, 1), lambda: SirEpidemic(-1), lambda: SirEpidemic(2, 1.1),
        lambda: SisEpidemic(2, 0), lambda: FoldCatastrophe(np.nan), lambda: FoldCatastrophe().leap(0),
        lambda: BassAdoption(0, 1), lambda: BassAdoption(1, -1), lambda: crowd({"a": "a", "b": "b"}, 1, {}, {}),
        lambda: beginning(SisEpidemic(2).law(4), (1, 1)), lambda: FoldCatastrophe().course(0, [1, 0]),
    ],
)  # fmt: skip
def test_settings_without_meaning_are_refused(make: Callable[[], object]) -> None:
    with pytest.raises(BadInput, match="small-model"):
        make()
