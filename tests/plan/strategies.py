"""Random small economies: two places, three products, techniques, trade, stores, stocks, a cap."""

from hypothesis import strategies as st

from newcourse.economy.economy import Economy
from newcourse.plan.limits import Limits
from tests.economy.small import Row, economy

PLACES, PRODUCTS = ("A", "B"), ("x", "y", "z")
FREE = {"activity_rate": None, "import_share_rate": None, "route_share_rate": None, "export_rate": None}


def tenths(low: int, high: int) -> st.SearchStrategy[float]:
    return st.integers(low, high).map(lambda k: k / 10)


def whole(low: int, high: int) -> st.SearchStrategy[float]:
    return st.integers(low, high).map(float)


@st.composite
def limits(draw: st.DrawFn) -> Limits:
    periods, growth = draw(st.integers(1, 3)), draw(tenths(0, 1))
    terminal = draw(st.sampled_from(["free", "kept", "steady"]))
    return Limits(periods, **FREE, terminal=terminal, growth=growth)  # type: ignore[arg-type]


@st.composite
def economies(draw: st.DrawFn, *, minima: bool = True) -> Economy:
    """Draw an economy that has a plan: nothing in it is promised, and nothing forces activity but kept capital."""
    return economy(
        _processes(draw),
        _needs(draw, minima=minima),
        places={"W": "", "A": "W", "B": "W"},
        products={"y": {"storable": True}, "x": {"price": draw(whole(1, 5)), "group": "food"}},
        more=_more(draw),
        caps={("W", "CO2"): draw(whole(2, 40))} if draw(st.booleans()) else {},
        stocks={"works": {"place": "A", "product": "z", "quantity": draw(whole(2, 40)), **_wear(draw)}},
        stores={("B", "y"): draw(whole(0, 5))},
        trade=[
            {
                "place": "A",
                "product": "z",
                "import_price": draw(whole(1, 3)),
                "import_quota": 50.0,
                "import_price_growth": draw(tenths(-1, 1)),
            }
        ],
        accounts=[
            {
                "place": "W",
                "reserves": draw(whole(0, 10)),
                "credit": 5.0,
                "borrowing": draw(whole(0, 9)),
                "interest": draw(tenths(0, 1)),
            }
        ],
        routes=[
            {"product": "x", "origin": "A", "destination": "B", "limit": draw(whole(0, 20))},
            {"product": "z", "origin": "A", "destination": "B"},
            {"product": "z", "origin": "B", "destination": "A"},
        ],
    )


def _wear(draw: st.DrawFn) -> Row:
    ageing = draw(st.sampled_from(["geometric", "vintage"]))
    return {"gestation": draw(st.integers(0, 2)), "life": draw(whole(2, 10)), "ageing": ageing}


def _more(draw: st.DrawFn) -> dict[str, list[Row]]:
    """Draw supplies that grow, training in A for labour in B, and a road that may be built in part."""
    supply = [
        {"place": place, "factor": "labour", "quantity": draw(whole(2, 40)), "growth": draw(tenths(-1, 1))}
        for place in PLACES
    ]
    school: Row = {"process": "A.y0", "place": "B", "factor": "labour", "quantity": draw(tenths(-1, 3))}
    road: Row = {"project": "road", "year": 0}
    return {
        "factor_supply": supply,
        "training": [{**school, "life": draw(whole(2, 10))}],
        "projects": [{"project": "road", "name": "road", "place": "A", "whole": False}],
        "project_inputs": [{**road, "place": "A", "product": "y", "quantity": draw(whole(1, 9))}],
        "project_factors": [{**road, "place": "A", "factor": "labour", "quantity": draw(whole(1, 9))}],
        "project_yields": [{**road, "stock": "works", "quantity": draw(whole(1, 40))}],
    }


def _processes(draw: st.DrawFn) -> dict[str, Row]:
    return {
        f"{place}.{product}{k}": {
            "place": place,
            "makes": {product: 1.0},
            "takes": {other: draw(tenths(0, 2)) for other in PRODUCTS},
            "factors": {"labour": draw(tenths(1, 9))},
            "emits": {"CO2": draw(tenths(0, 5))},
            "stocks": {"works": 0.5} if (place, product, k) == ("A", "x", 1) else {},
            "lead": draw(st.integers(0, 2)) if k else 0,
            "base": draw(whole(0, 5)),
        }
        for place in PLACES
        for product in PRODUCTS
        for k in range(draw(st.integers(1, 2)))
    }


def _needs(draw: st.DrawFn, *, minima: bool) -> dict[str, Row]:
    needs: dict[str, Row] = {}
    for place in PLACES:
        for product in PRODUCTS:
            target = draw(whole(1, 30))
            quarter = draw(st.integers(0, 4)) if minima else 0
            needs[f"{product} for {place}"] = {
                "place": place,
                "product": product,
                "target": target,
                "minimum": target * quarter / 4,
                "growth": draw(tenths(-1, 1)),
            }
    return needs
