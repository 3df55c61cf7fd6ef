"""The non-substitution theorem: with one scarce factor and no joint products, needs do not change what is best.

P. A. Samuelson (1951), "Abstract of a theorem concerning substitutability in open Leontief models", in T. C. Koopmans
(ed.), *Activity Analysis of Production and Allocation*. The technique chosen for each product, and what products are
worth in labour, do not depend on the composition of needs.
"""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newcourse.economy.economy import Economy
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from tests.economy.small import economy

PRODUCTS, TECHNIQUES = 3, 2
FREE = Limits(activity_rate=None)
LABOUR = 10.0


@dataclass(frozen=True)
class Techniques:
    """Inputs, shape (products, techniques, products taken), and labour, shape (products, techniques)."""

    inputs: np.ndarray
    labour: np.ndarray

    def labour_content(self) -> np.ndarray:
        """Return the least labour embodied in each product: the fixed point p = min over techniques of l + a p."""
        content = np.zeros(PRODUCTS)
        for _ in range(2000):
            content = (self.labour + self.inputs @ content).min(axis=1)
        return content

    def best(self) -> np.ndarray:
        """Return which technique of each product embodies the least labour, and by how much the other has more."""
        cost = self.labour + self.inputs @ self.labour_content()
        return np.column_stack([cost.argmin(axis=1), np.ptp(cost, axis=1)])


@st.composite
def techniques(draw: st.DrawFn) -> Techniques:
    """Draw productive techniques: every one takes less than nine tenths of a unit of inputs per unit made."""
    part = st.integers(0, 30).map(lambda k: k / 100)
    inputs = draw(st.lists(part, min_size=18, max_size=18))
    labour = draw(st.lists(st.integers(5, 100).map(lambda k: k / 100), min_size=6, max_size=6))
    return Techniques(np.reshape(inputs, (PRODUCTS, TECHNIQUES, PRODUCTS)), np.reshape(labour, (PRODUCTS, TECHNIQUES)))


compositions = st.lists(st.integers(1, 9), min_size=PRODUCTS, max_size=PRODUCTS)


def as_economy(known: Techniques, needs: list[int]) -> Economy:
    content = known.labour_content()
    scale = 2 * LABOUR / float(np.array(needs) @ content)  # twice what the labour there is can make
    return economy(
        {
            f"{i}{k}": {
                "makes": {f"{i}": 1.0},
                "takes": {f"{j}": float(a) for j, a in enumerate(known.inputs[i, k]) if a},
                "factors": {"labour": float(known.labour[i, k])},
            }
            for i in range(PRODUCTS)
            for k in range(TECHNIQUES)
        },
        {f"{i}": {"minimum": scale * q, "target": scale * q} for i, q in enumerate(needs)},
        supply={"labour": LABOUR},
    )


def used(plan: Plan) -> np.ndarray:
    activity = plan["activity"]["quantity"].to_numpy().reshape(PRODUCTS, TECHNIQUES)
    return activity / activity.sum()


@pytest.mark.slow
@settings(max_examples=25)
@given(techniques(), compositions, compositions)
def test_technique_and_labour_values_do_not_depend_on_needs(
    known: Techniques, one: list[int], other: list[int]
) -> None:
    best = known.best()
    assume(best[:, 1].min() > 1e-3)  # where two techniques cost the same either may be chosen
    for needs in (one, other):
        plan = make_plan(as_economy(known, needs), limits=FREE)
        shares = used(plan)
        for product in range(PRODUCTS):
            assert shares[product, 1 - int(best[product, 0])] == pytest.approx(0.0, abs=1e-6)
        labour = plan["limits_met"].set_index("kind").loc["factors", "valuation"]
        worth = plan["valuations"].set_index("product")["valuation"].to_numpy()
        assert worth / labour == pytest.approx(known.labour_content(), rel=1e-5)
