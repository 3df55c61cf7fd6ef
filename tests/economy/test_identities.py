"""Matrices with labelled axes, and the identities of the base year (§5.1, §5.4)."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.economy.economy import Economy
from newcourse.economy.identities import (
    activity_for,
    balance_faults,
    base_demand,
    gross_supply,
    leontief_inverse,
    net_supply,
    output_multipliers,
    require_balanced,
)
from newcourse.errors import BadInput
from tests.economy.small import economy


def open_economy() -> Economy:
    """Bread in two places from flour that is milled, imported, shipped and in store; worked out by hand."""
    return economy(
        {
            "bake": {"makes": {"bread": 1.0}, "takes": {"flour": 0.5}, "base": 100.0},
            "mill": {"makes": {"flour": 1.0, "bran": 0.2}, "base": 30.0},
        },
        places={"P": "", "Q": "P"},
        products={"bread": {"unit": "kt"}},
        stores={"flour": 5.0},
        trade=[{"product": "flour", "imports": 17.0, "exports": 2.0}],
        routes=[{"product": "bread", "origin": "P", "destination": "Q", "base": 40.0}],
        final={"bread": 60.0, ("Q", "bread"): 40.0, "bran": 6.0},
    )


def test_goods_are_products_at_places_in_the_order_of_the_tables() -> None:
    assert open_economy().goods.tolist() == [("P", "bread"), ("P", "flour"), ("P", "bran"), ("Q", "bread")]


def test_matrices_hold_quantities_per_unit_of_activity() -> None:
    e = open_economy()
    assert e.outputs.toarray().tolist() == [[1, 0], [0, 1], [0, 0.2], [0, 0]]
    assert e.inputs.toarray().tolist() == [[0, 0], [0.5, 0], [0, 0], [0, 0]]
    assert e.final_use.tolist() == [60, 0, 6, 40]


def test_the_base_year_balances_by_hand() -> None:
    e = open_economy()
    assert net_supply(e).tolist() == pytest.approx([0, 0, 0, 0])
    assert gross_supply(e).tolist() == [100, 52, 6, 40]
    assert base_demand(e).tolist() == pytest.approx([100, 50 - 50 - 20, 6, 0])
    assert require_balanced(e) is e


def test_an_open_balance_is_named_with_its_unit() -> None:
    e = open_economy()
    e = e.replace(final_uses=e["final_uses"].assign(quantity=[60.0, 42.5, 6.0]))
    (fault,) = balance_faults(e)
    assert (fault.code, fault.where) == ("balance-open", "place Q, product bread")
    assert fault.found == "supply minus use is -2.5 kt"
    with pytest.raises(BadInput, match="balance-open"):
        require_balanced(e)


def test_a_fault_below_the_tolerance_is_none() -> None:
    e = open_economy()
    nearly = e.replace(stores=e["stores"].assign(quantity=5.0 + 4e-5))
    assert balance_faults(nearly) == []
    assert len(balance_faults(nearly, 1e-7)) == 1


def test_an_economy_with_joint_products_has_no_single_answer() -> None:
    with pytest.raises(BadInput, match="not-square"):
        activity_for(open_economy())


@st.composite
def productive(draw: st.DrawFn) -> np.ndarray:
    """Draw a coefficients matrix whose columns add up to less than one."""
    n = draw(st.integers(1, 4))
    entries = draw(st.lists(st.integers(0, 20), min_size=n * n, max_size=n * n))
    return np.reshape(entries, (n, n)) / (21.0 * n)


@settings(max_examples=30)
@given(productive(), st.data())
def test_what_is_demanded_is_what_is_left_over(A: np.ndarray, data: st.DataObject) -> None:
    n = len(A)
    demand = np.array(data.draw(st.lists(st.integers(0, 50), min_size=n, max_size=n)), dtype=float)
    codes = [f"{i}" for i in range(n)]
    e = economy(
        {
            c: {"makes": {c: 1.0}, "takes": dict(zip(codes, A[:, j], strict=True)), "base": 1.0}
            for j, c in enumerate(codes)
        }
    )
    x = activity_for(e, pd.Series(demand, index=e.goods)).to_numpy()
    assert x - A @ x == pytest.approx(demand, abs=1e-9)
    assert x == pytest.approx(leontief_inverse(A) @ demand, abs=1e-9)
    assert output_multipliers(A) == pytest.approx(leontief_inverse(A).sum(axis=0))


def test_the_fingerprint_knows_figures_not_the_order_they_came_in() -> None:
    e = open_economy()
    assert Economy(e.about, dict(reversed(e.tables.items()))).fingerprint == e.fingerprint
    assert e.replace(stores=e["stores"].assign(quantity=5.0000001)).fingerprint != e.fingerprint
