"""A plan small enough to follow by hand, with everything a picture can show: two places, trade, stores, capital."""

from functools import cache

from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from tests.economy.small import economy

FREE = Limits(periods=2, activity_rate=None, import_share_rate=None, export_rate=None, route_share_rate=None, uptake=1)


@cache
def small_plan(hours: float = 100.0) -> Plan:
    """Bread at N from flour of N and salt from outside; buses at S from steel, with a lead and a stock of machines."""
    made = economy(
        {
            "mill": {"makes": {("N", "flour"): 1.0}, "factors": {"hours": 0.2}, "place": "N", "base": 50.0},
            "bake": {
                "makes": {("N", "bread"): 1.0},
                "takes": {("N", "flour"): 0.8, ("N", "salt"): 0.1},
                "factors": {"hours": 1.0},
                "place": "N",
                "base": 50.0,
            },
            "build": {
                "makes": {("S", "bus"): 1.0},
                "takes": {("S", "steel"): 0.5},
                "factors": {"hours": 2.0},
                "emits": {"smoke": 1.0},
                "stocks": {"machines": 0.1},
                "place": "S",
                "base": 20.0,
                "lead": 1,
            },
            "melt": {"makes": {("S", "steel"): 1.0}, "factors": {"hours": 0.5}, "place": "S", "base": 10.0},
        },
        {
            "bread-n": {"place": "N", "product": "bread", "minimum": 20.0, "target": 60.0, "group": "Food"},
            "bread-s": {"place": "S", "product": "bread", "minimum": 5.0, "target": 20.0, "group": "Food"},
            "bus-s": {"place": "S", "product": "bus", "minimum": 5.0, "target": 40.0, "group": "Travel"},
        },
        places={"F": "", "N": "F", "S": "F"},
        products={
            "bread": {"branch": "Food", "price": 2.0},
            "flour": {"branch": "Food", "price": 1.0, "storable": True},
            "salt": {"branch": "Mines", "price": 0.5},
            "steel": {"branch": "Metal", "price": 3.0},
            "bus": {"branch": "Metal", "price": 10.0},
        },
        supply={("F", "hours"): hours},
        caps={("F", "smoke"): 30.0},
        stocks={"machines": {"place": "S", "product": "steel", "quantity": 4.0, "life": 10.0}},
        stores={("N", "flour"): 6.0},
        trade=[
            {"place": "N", "product": "salt", "import_price": 0.5, "imports": 5.0, "export_quota": 0.0},
            {"place": "N", "product": "bread", "export_price": 2.0, "exports": 3.0, "import_quota": 0.0},
        ],
        routes=[{"product": "bread", "origin": "N", "destination": "S", "base": 10.0}],
        accounts=[{"place": "F", "reserves": 1.0}],
    )
    return make_plan(made, Goal({"Food": 0.6, "Travel": 0.4}), FREE)
