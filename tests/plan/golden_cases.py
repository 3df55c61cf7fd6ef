"""The smallest economy that shows each constraint, for :mod:`tests.plan.test_constraints`."""

from collections.abc import Callable

from newcourse.economy.economy import Economy
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
    return _ovens(gestation=2), _limits(4, keep_capital=False)


def terminal() -> Case:
    return _ovens(gestation=2), _limits(3)


def begun() -> Case:
    """Cheese made now was milk a period ago."""
    e = economy({"ripen": {"makes": {"cheese": 1.0}, "takes": {"milk": 10.0}, "lead": 1, "base": 7.0},
                 "graze": {"makes": {"milk": 1.0}}}, {"cheese": {"target": 6.0}})  # fmt: skip
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
}
"""Per constraint: the case, and the blocks of rows that are shown."""
