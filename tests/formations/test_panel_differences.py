"""Where codings differ is told exactly, and nowhere else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from newcourse.errors import BadInput
from newcourse.formations.panel import Panel
from newcourse.formations.panel_differences import agreement, differences
from newcourse.formations.spaces import DEFAULT

CODES = (*DEFAULT.formations, "")


def panel(observed: np.ndarray, coding: str) -> Panel:
    n, t = observed.shape
    return Panel(
        space=DEFAULT,
        countries=tuple("abcdefgh"[:n]),
        years=tuple(range(1917, 1917 + t)),
        observed=observed,
        exists=np.ones((n, t), dtype=bool),
        coding=coding,
    )


def test_by_hand() -> None:
    one = panel(np.array([[2, 3, 3, 4], [1, 1, 1, 1]]), "one")
    other = panel(np.array([[2, 2, 3, -1], [1, 1, 1, 1]]), "other")
    table = differences([one, other])
    assert list(table.itertuples(index=False, name=None)) == [
        ("a", "a", 1918, 1918, "degenerated", "workers"),
        ("a", "a", 1920, 1920, "restored", ""),
    ]
    assert agreement([one, other]).loc["one", "other"] == 6 / 7


def test_panels_that_cannot_be_compared_are_refused() -> None:
    one = panel(np.zeros((2, 3), dtype=int), "one")
    with pytest.raises(BadInput, match="at least two"):
        differences([one])
    with pytest.raises(BadInput, match="each of its own coding"):
        differences([one, one])
    with pytest.raises(BadInput, match="different spaces, countries or years"):
        agreement([one, panel(np.zeros((2, 4), dtype=int), "other")])


both = arrays(np.int8, (3, 6), elements=st.integers(-1, 4))


@settings(max_examples=40)
@given(both, both)
def test_spells_cover_exactly_what_differs(first: np.ndarray, second: np.ndarray) -> None:
    one, other = panel(first, "one"), panel(second, "other")
    table = differences([one, other])
    covered = np.zeros(first.shape, dtype=bool)
    for row in table.itertuples(index=False):
        i, years = "abc".index(row.country), slice(row.first - 1917, row.last - 1917 + 1)
        assert not covered[i, years].any()
        covered[i, years] = True
        assert {CODES[k] for k in first[i, years]} == {row.one}
        assert {CODES[k] for k in second[i, years]} == {row.other}
    np.testing.assert_array_equal(covered, first != second)
    shares = agreement([one, other]).to_numpy()
    np.testing.assert_array_equal(shares, shares.T)
