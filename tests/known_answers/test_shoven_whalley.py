"""Two goods, two factors, two groups: J. Shoven and J. Whalley, "Applied General-Equilibrium Models of Taxation and
International Trade", Journal of Economic Literature 22 (1984), tables 1 to 3.
"""

import numpy as np
import pytest

from newcourse.plan.market.ces import ConstantSubstitution
from newcourse.plan.market.equilibrium import Equilibrium, find_equilibrium
from newcourse.plan.market.market import Household, Market
from newcourse.plan.market.producers import Technique

GOODS = ("manufactures", "other")


def shoven_whalley(tax: float) -> Equilibrium:
    """Table 1; the tax is on capital in manufacturing, its revenue goes 40 to 60 to rich and poor."""
    rich = ConstantSubstitution(GOODS, np.zeros(2), np.array([0.5, 0.5]), 1.5)
    poor = ConstantSubstitution(GOODS, np.zeros(2), np.array([0.3, 0.7]), 0.75)
    market = Market(
        products=(*GOODS, "capital", "labour"),
        base_prices=np.ones(4),
        basket=np.array([1.0, 1.0, 0.0, 0.0]),
        households=(
            Household("rich", rich, endowment={"capital": 25.0}),
            Household("poor", poor, endowment={"labour": 60.0}),
        ),
        producers=(
            Technique("makes manufactures", "manufactures", {"labour": 0.6, "capital": 0.4}, 2.0, 1.5),
            Technique("makes other", "other", {"labour": 0.7, "capital": 0.3}, 0.5, 2.0),
        ),
        returned={"rich": 0.4, "poor": 0.6},
        use_taxes={("makes manufactures", "capital"): tax} if tax else {},
        anchor="labour",
        anchor_value=1.0,
    )
    return find_equilibrium(market)


@pytest.mark.parametrize(
    ("tax", "prices", "outputs", "incomes"),
    [
        (0.0, (1.399, 1.093, 1.373), (24.942, 54.378), (34.337, 60.000)),
        (0.5, (1.467, 1.006, 1.128), (22.387, 57.307), (29.102, 61.367)),
    ],
)
def test_the_published_equilibria(
    tax: float, prices: tuple[float, ...], outputs: tuple[float, ...], incomes: tuple[float, ...]
) -> None:
    found = shoven_whalley(tax)
    np.testing.assert_allclose(found.prices[:3], prices, atol=6e-4)
    np.testing.assert_allclose(found.flows.activity, outputs, atol=2e-3)
    np.testing.assert_allclose(found.flows.spending, incomes, atol=2e-3)
    assert found.certificate.holds


def test_the_published_use_of_factors_with_the_tax() -> None:
    made = shoven_whalley(0.5).flows.made
    np.testing.assert_allclose(-made[:, 3], [25.999, 34.001], atol=2e-3)
    np.testing.assert_allclose(-made[:, 2], [4.039, 20.961], atol=2e-3)
