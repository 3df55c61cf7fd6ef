"""G. B. Dantzig (1963), *Linear Programming and Extensions*, ch. 3.3: the transport problem, 153.675 thousand dollars.

Two canneries, three markets; freight 90 dollars per case and thousand miles. Freight money is what shipping takes.
"""

import pytest

from newcourse.economy.economy import Economy
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from tests.economy.small import economy

PLANTS = {"Seattle": 350.0, "San Diego": 600.0}
MARKETS = {"New York": 325.0, "Chicago": 300.0, "Topeka": 275.0}
THOUSAND_MILES = {"Seattle": (2.5, 1.7, 1.8), "San Diego": (2.5, 1.8, 1.4)}
FREIGHT = 0.09  # thousand dollars per case and thousand miles
OPTIMUM = 153.675


def markets_and_plants(freight: float) -> Economy:
    processes = {
        f"{plant} to {market}": {
            "makes": {(market, "cases"): 1.0},
            "takes": {(plant, "cases"): 1.0},
            "factors": {"freight": FREIGHT * miles},
        }
        for plant, distances in THOUSAND_MILES.items()
        for market, miles in zip(MARKETS, distances, strict=True)
    }
    return economy(
        processes,
        {market: {"place": market, "product": "cases", "minimum": q, "target": q} for market, q in MARKETS.items()},
        places={"P": ""} | dict.fromkeys([*PLANTS, *MARKETS], "P"),
        stores={(plant, "cases"): q for plant, q in PLANTS.items()},
        supply={"freight": freight},
    )


def planned(freight: float) -> Plan:
    return make_plan(markets_and_plants(freight), Goal(), Limits(activity_rate=None))


def test_all_demand_is_met_with_the_least_freight() -> None:
    plan = planned(freight=500.0)
    assert plan["deliveries"]["quantity"].tolist() == pytest.approx(list(MARKETS.values()), rel=1e-6)
    assert plan.totals().set_index("measure").loc["freight", "quantity"] == pytest.approx(OPTIMUM, rel=1e-5)


def test_the_published_shipments() -> None:
    shipped = planned(freight=500.0)["activity"].set_index("process")["quantity"]
    assert shipped["San Diego to Topeka"] == pytest.approx(275.0, rel=1e-5)
    assert shipped["Seattle to Chicago"] == pytest.approx(300.0, rel=1e-5)
    assert shipped["Seattle to Topeka"] + shipped["San Diego to Chicago"] == pytest.approx(0.0, abs=1e-3)


@pytest.mark.parametrize("enough", [True, False])
def test_the_optimum_is_just_what_all_demand_takes(enough: bool) -> None:
    plan = planned(freight=OPTIMUM + (1e-3 if enough else -1e-3))
    met = plan.fulfilment("place")["fulfilment"].min()
    assert (met > 1 - 1e-6) is enough
