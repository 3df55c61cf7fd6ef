"""Productive techniques: Hawkins-Simon, against the eigenvalues themselves."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from newcourse.economy.productivity import base_coefficients, perron, self_consuming_faults, unproductive_faults
from tests.economy.small import economy


def two(a: float, b: float, **more: object) -> list[list[str]]:
    made = economy(
        {
            "x": {"makes": {"X": 1.0}, "takes": {"Y": a}, "base": 1.0},
            "y": {"makes": {"Y": 1.0}, "takes": {"X": b}, "base": 1.0},
        },
        **more,
    )
    return [sorted(fault.where.removeprefix("products ").split(", ")) for fault in unproductive_faults(made)]


def test_two_products_that_need_each_other() -> None:
    assert two(2.0, 0.4) == []
    assert two(2.0, 0.5) == [["X at P", "Y at P"]]
    assert two(3.0, 0.5) == [["X at P", "Y at P"]]
    assert two(3.0, 0.5, trade=[{"product": "Y"}]) == []
    assert two(3.0, 0.5, trade=[{"product": "Y", "import_quota": 0.0}]) == [["X at P", "Y at P"]]


def test_shipments_count_as_supply() -> None:
    made = economy(
        {
            "x": {"place": "N", "makes": {("N", "X"): 1.0}, "takes": {("N", "Y"): 3.0}, "base": 1.0},
            "y": {"place": "S", "makes": {("S", "Y"): 1.0}, "takes": {("S", "X"): 0.5}, "base": 3.0},
        },
        places={"W": "", "N": "W", "S": "W"},
        routes=[
            {"product": "Y", "origin": "S", "destination": "N", "base": 3.0},
            {"product": "X", "origin": "N", "destination": "S", "base": 1.5},
        ],
    )
    (fault,) = unproductive_faults(made)
    assert "spectral radius" in fault.found
    assert perron(base_coefficients(made))[0] == pytest.approx(1.5 ** (1 / 4), rel=1e-2)


def test_where_nothing_ran_all_techniques_count() -> None:
    made = economy({"x": {"makes": {"X": 1.0}, "takes": {"Y": 2.0}}, "y": {"makes": {"Y": 1.0}, "takes": {"X": 0.6}}})
    assert len(unproductive_faults(made)) == 1


def test_joint_products_share_inputs_by_value() -> None:
    made = economy(
        {"sheep": {"makes": {"wool": 1.0, "meat": 3.0}, "takes": {"grass": 8.0}, "base": 2.0}},
        products={"wool": {"price": 3.0}, "meat": {"price": 1.0}},
    )
    A = base_coefficients(made).toarray()
    order = [product for _, product in made.goods]
    column = {good: A[order.index("grass"), order.index(good)] for good in ("wool", "meat")}
    assert column == pytest.approx({"wool": 4.0, "meat": 4.0 / 3.0})


def test_a_process_that_eats_what_it_makes() -> None:
    made = economy(
        {
            "bad": {"makes": {"X": 1.0, "Y": 2.0}, "takes": {"X": 1.0, "Y": 2.5}},
            "good": {"makes": {"X": 1.0, "Y": 2.0}, "takes": {"X": 5.0, "Y": 1.9}},
        }
    )
    (fault,) = self_consuming_faults(made)
    assert fault.where == "process bad"
    assert fault.found == "1 of X at P used to make 1; 2.5 of Y at P used to make 2"


@settings(max_examples=60)
@given(arrays(float, (4, 4), elements=st.floats(0.01, 1.0)), st.floats(0.05, 0.6))
def test_perron_is_the_largest_eigenvalue(A: np.ndarray, scale: float) -> None:
    radius, weights = perron(sp.csr_array(A * scale))
    exact = float(np.abs(np.linalg.eigvals(A * scale)).max())
    assert radius == pytest.approx(exact, rel=2e-3)
    assert (radius < 1) == (exact < 1) or exact == pytest.approx(1, abs=1e-9)
    assert weights.sum() == pytest.approx(1)


def test_perron_of_nothing_and_of_a_cycle() -> None:
    assert perron(sp.csr_array(np.zeros((1, 1))))[0] == 0
    assert perron(sp.csr_array(np.array([[0.0, 4.0], [0.25, 0.0]])))[0] == pytest.approx(1)
    assert perron(sp.csr_array(np.array([[0.0, 4.0], [0.2, 0.0]])))[0] == pytest.approx(0.8**0.5, rel=1e-3)
