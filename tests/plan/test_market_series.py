"""Price indices, the scissors, the trade balance, and paths over periods (§6.2)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput, NewCourseError
from newcourse.plan.market.levers import Levers
from newcourse.plan.market.path import Growth, lead
from newcourse.plan.market.series import Prices, fisher, laspeyres, paasche, scissors, trade_balance
from tests.plan.test_market_equilibrium import village

rows = st.lists(st.lists(st.floats(0.2, 5.0), min_size=3, max_size=3), min_size=3, max_size=3).map(np.array)


def test_indices_by_hand() -> None:
    then, now, q0, q1 = [1.0, 2.0], [2.0, 2.0], [10.0, 5.0], [4.0, 8.0]
    assert laspeyres(now, then, q0) == pytest.approx(30 / 20)
    assert paasche(now, then, q1) == pytest.approx(24 / 20)
    assert fisher(now, then, q1, q0) == pytest.approx((1.5 * 1.2) ** 0.5)


@settings(max_examples=30, deadline=None)
@given(rows, rows, st.floats(0.5, 3))
def test_identities_of_indices(p: np.ndarray, q: np.ndarray, times: float) -> None:
    series = Prices(("a", "b", "c"), p, q)
    low, high = sorted((series.fixed_base("laspeyres")[2], series.fixed_base("paasche")[2]))
    assert low - 1e-12 <= series.fixed_base()[2] <= high + 1e-12
    # factor reversal: price index times quantity index is the change of value (Fisher)
    quantity = fisher(q[2], q[0], p[2], p[0])
    assert series.fixed_base()[2] * quantity == pytest.approx(p[2] @ q[2] / (p[0] @ q[0]))
    even = Prices(("a", "b"), np.array([p[0], times * p[0]]), q[:2])
    for kind in ("laspeyres", "paasche", "fisher"):
        assert even.chained(kind)[1] == pytest.approx(times)
    assert series.chained()[1] == pytest.approx(series.fixed_base()[1])
    with pytest.raises(BadInput, match="index"):
        series.chained("mean")


def test_the_scissors_of_october_1923() -> None:
    assert scissors([0.89, 2.76], [1, 1], [1], [0], [100, 50]) == pytest.approx(3.101, abs=5e-4)


def test_the_trade_balance_is_what_exports_bring() -> None:
    assert trade_balance([2.0, 0.0], [0.0, 5.0], [3.0, 1.0]) == pytest.approx(-1.0)


def test_wrong_series_are_refused() -> None:
    with pytest.raises(BadInput, match="length"):
        Prices(("a",), np.ones((2, 2)), np.ones((2, 2)))
    with pytest.raises(BadInput, match="not-positive"):
        Prices(("a",), np.zeros((1, 2)), np.ones((1, 2)))


def test_accumulation_becomes_capacity() -> None:
    growth = (Growth("mill", "cloth", capital=2.0, wear=0.05),)
    path = lead(village(), ("1", "2", "3"), (Levers(), Levers(), Levers()), growth)
    # 10 cloth a year, 2 for a unit of activity, 90 in the base year
    assert path.capacity[1]["mill"] == pytest.approx(0.95 + 10 / 2 / 90)
    faster = lead(village(), ("1", "2"), (Levers(pace=1.4), Levers()), growth)
    assert faster.capacity[1]["mill"] > path.capacity[1]["mill"]
    cheap = path.series(lambda state: state.price("cloth") / state.price("bread"))
    assert cheap[2] < cheap[1] < cheap[0]


def test_a_path_names_the_period_that_has_no_state() -> None:
    with pytest.raises(NewCourseError, match="2: "):
        lead(village(), ("1", "2"), (Levers(), Levers(imports={"cloth": 5.0})))
    with pytest.raises(BadInput, match="growth"):
        lead(village(), ("1",), (Levers(),), (Growth("nobody", "cloth", 1.0),))
    with pytest.raises(BadInput, match="path"):
        lead(village(), ("1",), ())
