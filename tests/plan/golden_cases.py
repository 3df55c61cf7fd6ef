"""The smallest economy that shows each constraint, for :mod:`tests.plan.test_constraints`."""

from collections.abc import Callable

from newcourse.economy.economy import Economy
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from tests.economy.small import Row, economy

Case = tuple[Economy, Limits]
_STILL = {"activity_rate": None, "import_share_rate": None, "route_share_rate": None, "export_rate": None}
_BREAD: dict[str, Row] = {"bread": {"target": 6.0}}
_BAKE: Row = {"makes": {"bread": 1.0}}


def _limits(periods: int = 1, **changed: object) -> Limits:
    return Limits(periods, **{**_STILL, **changed})  # type: ignore[arg-type]


def balance() -> Case:
    """Bread is baked of flour, imported flour, and bread in store that keeps."""
    e = economy(
        {"bake": {"makes": {"bread": 2.0}, "takes": {"flour": 3.0}}},
        _BREAD,
        products={"bread": {"storable": True}},
        stores={"bread": 5.0},
        trade=[{"product": "flour"}],
        accounts=[{"reserves": 1.0}],
        routes=[{"product": "bread", "origin": "Q", "destination": "P"}],
        places={"P": "", "Q": "P"},
    )
    return e, _limits(2)


def factors() -> Case:
    """Hours of two places: the supply of the region counts what is used beneath it."""
    e = economy(
        {
            "bake": {**_BAKE, "place": "Q", "factors": {"hours": 3.0}},
            "mill": {"makes": {"flour": 1.0}, "factors": {"hours": 2.0}},
        },
        {"bread": {"place": "Q", "target": 6.0}},
        places={"P": "", "Q": "P"},
        supply={("P", "hours"): 50.0, ("Q", "hours"): 20.0},
    )
    return e, _limits()


def emissions() -> Case:
    e = economy({"bake": {**_BAKE, "emits": {"CO2": 0.5}}}, _BREAD, caps={"CO2": 2.0})
    return e, _limits()


def _ovens(**fields: float) -> Economy:
    return economy(
        {"bake": {**_BAKE, "stocks": {"ovens": 4.0}}, "build": {"makes": {"oven": 1.0}}},
        _BREAD,
        stocks={"ovens": {"product": "oven", "quantity": 20.0, "life": 10.0, **fields}},
    )


def capacity() -> Case:
    return _ovens(), _limits()


def capital() -> Case:
    """An oven ordered now is there two periods later; a tenth wears out in each."""
    return _ovens(gestation=2), _limits(4, terminal="free")


def terminal() -> Case:
    return _ovens(gestation=2), _limits(3)


def steady() -> Case:
    """An oven takes two periods; activity is to grow by a tenth after the second."""
    return _ovens(gestation=2), _limits(2, terminal="steady", growth=0.1)


def pace() -> Case:
    """A fifth of what is delivered and invested is invested; tins are for investment, so only bread is used."""
    e = economy(
        {"bake": {**_BAKE, "stocks": {"tins": 4.0}}, "build": {"makes": {"tin": 1.0}}},
        {**_BREAD, "tin": {"target": 5.0, "group": "Investment"}},
        stocks={"tins": {"product": "tin", "quantity": 20.0, "life": 10.0}},
        products={"tin": {"price": 2.0}},
    )
    return e, _limits()


def projects() -> Case:
    """A weir takes clay, then hours of the region; from the third period on it drives the mill; it wears by vintage."""
    e = economy(
        {"mill": {"makes": {"flour": 1.0}, "stocks": {"weir": 2.0}}, "dig": {"makes": {"clay": 1.0}}},
        {"flour": {"target": 6.0}},
        places={"P": "", "Q": "P"},
        supply={("P", "hours"): 50.0},
        stocks={"weir": {"product": "clay", "quantity": 0.0, "life": 2.0, "ageing": "vintage"}},
        more={
            "projects": [{"project": "dam", "name": "dam", "place": "Q"}],
            "project_inputs": [{"project": "dam", "year": 0, "place": "P", "product": "clay", "quantity": 7.0}],
            "project_factors": [{"project": "dam", "year": 1, "place": "Q", "factor": "hours", "quantity": 5.0}],
            "project_yields": [{"project": "dam", "year": 2, "stock": "weir", "quantity": 30.0}],
        },
    )
    return e, _limits(4, terminal="free")


def vintage() -> Case:
    """Ovens serve two periods: half of the first ones leave in each; two were on their way."""
    return _ovens(gestation=2, life=2.0, ageing="vintage"), _limits(3)


def training() -> Case:
    """A school makes smiths of labourers: after a period, and a tenth stops working each period."""
    e = economy(
        {"bake": {**_BAKE, "factors": {"smiths": 3.0}},
         "school": {"makes": {"lesson": 1.0}, "factors": {"hands": 2.0}}},
        _BREAD,
        supply={"hands": 9.0, "smiths": 12.0},
        more={"training": [
            {"process": "school", "place": "P", "factor": "smiths", "quantity": 1.5, "delay": 1, "life": 10.0},
            {"process": "school", "place": "P", "factor": "hands", "quantity": -1.0, "delay": 2},
        ]},
    )  # fmt: skip
    return e, _limits(3)


def begun() -> Case:
    """Cheese made now was milk a period ago."""
    e = economy({"ripen": {"makes": {"cheese": 1.0}, "takes": {"milk": 10.0}, "lead": 1, "base": 7.0},
                 "graze": {"makes": {"milk": 1.0}}}, {"cheese": {"target": 6.0}})  # fmt: skip
    return e, _limits(2)


def growing() -> Case:
    """Needs and hours grow, the cap falls, oil gets dearer; what is borrowed costs interest and is repaid."""
    e = economy(
        {"bake": {**_BAKE, "takes": {"oil": 1.0}, "factors": {"hours": 2.0}, "emits": {"CO2": 0.5}}},
        {"bread": {"minimum": 4.0, "target": 6.0, "growth": 0.5}},
        trade=[{"product": "oil", "import_price": 2.0, "import_price_growth": 0.1},
               {"product": "bread", "export_price": 5.0, "export_price_growth": -0.2}],
        accounts=[{"borrowing": 7.0, "interest": 0.05}],
        more={"factor_supply": [{"place": "P", "factor": "hours", "quantity": 10.0, "growth": 0.1}],
              "emission_caps": [{"place": "P", "emission": "CO2", "quantity": 4.0, "growth": -0.5}]},
    )  # fmt: skip
    return e, _limits(2)


def formation() -> Case:
    """Ovens are asked for as investment goods, so investment is made of what is delivered of them."""
    e = economy(
        {"bake": {**_BAKE, "stocks": {"ovens": 4.0}}, "build": {"makes": {"oven": 1.0}}},
        {**_BREAD, "new ovens": {"product": "oven", "target": 3.0, "group": "Investment"}},
        stocks={"ovens": {"product": "oven", "quantity": 20.0}},
    )
    return e, _limits()


def payments() -> Case:
    """Flour is bought abroad, bread sold; a district with an account of its own buys bread from the rest."""
    e = economy(
        {"bake": {**_BAKE, "takes": {"flour": 1.0}}},
        {"bread": {"place": "Q", "target": 6.0}},
        places={"P": "", "Q": "P"},
        products={"bread": {"price": 4.0}},
        trade=[{"product": "flour", "import_price": 2.0}, {"product": "bread", "export_price": 5.0}],
        routes=[{"product": "bread", "origin": "P", "destination": "Q"}],
        accounts=[{"reserves": 10.0, "credit": 3.0}, {"place": "Q", "reserves": 1.0}],
    )
    return e, _limits(2)


def rates() -> Case:
    """Baking by hand is the base year's; the new machine may begin with a tenth of the bread that is baked."""
    e = economy({"by hand": {**_BAKE, "base": 50.0}, "by machine": _BAKE}, _BREAD)
    return e, _limits(2, activity_rate=0.2, uptake=0.1)


def shares() -> Case:
    """Three tenths of the bread are imported, two tenths come from Q; 20 were exported."""
    e = economy(
        {"bake": {**_BAKE, "base": 50.0}, "bake in Q": {**_BAKE, "place": "Q", "base": 20.0}},
        _BREAD,
        places={"P": "", "Q": "P"},
        trade=[{"product": "bread", "imports": 30.0, "exports": 20.0}],
        routes=[{"product": "bread", "origin": "Q", "destination": "P", "base": 20.0}],
        accounts=[{}],
    )
    return e, _limits(2, import_share_rate=0.05, route_share_rate=0.1, export_rate=0.25)


def first_exports() -> Case:
    """No bread was exported; a quarter of the 50 baked may be in the first year, a half in the second."""
    e = economy(
        {"bake": {**_BAKE, "base": 50.0}}, _BREAD, trade=[{"product": "bread", "import_quota": 0.0}], accounts=[{}]
    )
    return e, _limits(2, export_rate=0.25)


def minima() -> Case:
    """Two places with a minimum each, and a need without one."""
    e = economy(
        {"bake": _BAKE, "bake in Q": {**_BAKE, "place": "Q"}},
        {
            "bread for P": {"product": "bread", "minimum": 4.0, "target": 10.0},
            "bread for Q": {"product": "bread", "place": "Q", "minimum": 2.0, "target": 5.0},
            "feasts": {"product": "bread", "target": 1.0},
        },
        places={"P": "", "Q": "P"},
    )
    return e, _limits()


CASES: dict[str, tuple[Callable[[], Case], tuple[str, ...]]] = {
    "balance": (balance, ("balance",)),
    "factors": (factors, ("factors",)),
    "emissions": (emissions, ("emissions",)),
    "capacity": (capacity, ("capacity",)),
    "capital": (capital, ("capital",)),
    "terminal": (terminal, ("terminal",)),
    "begun": (begun, ("begun", "balance")),
    "formation": (formation, ("formation", "balance")),
    "payments": (payments, ("payments", "reserves")),
    "rates": (rates, ("growth", "decline")),
    "shares": (shares, ("import share up", "import share down", "route share up", "route share down", "exports")),
    "minima": (minima, ("minima", "worst off")),
    "steady": (steady, ("steady",)),
    "pace": (pace, ("pace",)),
    "projects": (projects, ("projects", "balance", "factors", "capital")),
}
"""Per constraint: the case, and the blocks of rows that are shown."""

FURTHER: dict[str, tuple[Callable[[], Case], tuple[str, ...]]] = {
    "vintage": (vintage, ("capital", "terminal")),
    "training": (training, ("factors",)),
    "first_exports": (first_exports, ("exports",)),
    "growing": (growing, ("factors", "emissions", "payments", "reserves", "minima")),
}
"""Cases of what a constraint can do beside its plain form."""

GOALS = {"pace": Goal(pace=0.2)}
"""Goals of the cases that need one."""
