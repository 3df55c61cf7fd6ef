"""Comparative coefficients: what they are by arithmetic, and what complementary slackness says of them."""

import math
from collections.abc import Mapping
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput
from newcourse.plan.comparative import COLUMNS, comparative_coefficients
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.model import build_model
from newcourse.plan.plan import Plan
from newcourse.plan.planner import goal_stages, make_plan
from newcourse.plan.trade.catching_up import periods_needed
from newcourse.plan.trade.coefficient import EQUAL
from newcourse.plan.trade.ways import Column, Valued
from newcourse.sources.examples import read_example
from tests.economy.small import Row, economy

FREE = Limits(activity_rate=None, import_share_rate=None, route_share_rate=None, export_rate=None)
FEW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def yard(*, ore_quota: float = 0.0, ship_quota: float = math.inf, base: float = 1.0) -> Economy:
    """Ships are made of steel and hours or bought; ore is sold for them; hours are limited."""
    return economy(
        {
            "dig": {"makes": {"ore": 1.0}, "factors": {"hours": 1.0}, "base": 60.0 * base},
            "melt": {
                "makes": {"steel": 1.0},
                "takes": {"ore": 0.5, "steel": 0.1},
                "factors": {"hours": 1.0},
                "base": 4 / 0.9 * base,
            },
            "build": {"makes": {"ship": 1.0}, "takes": {"steel": 2.0}, "factors": {"hours": 3.0}, "base": 2.0 * base},
        },
        {"ship": {"target": 100.0}},
        supply={"hours": 120.0},
        trade=[
            {"product": "ship", "import_price": 6.0, "imports": 9.0, "import_quota": ship_quota, "export_quota": 0.0},
            {"product": "ore", "import_quota": ore_quota, "exports": 54.0},
        ],
        accounts=[{"reserves": 0.0}],
    )


@cache
def free() -> Plan:
    """Its plan without paces of change."""
    return make_plan(yard(), Goal(), FREE)


def test_the_cost_at_home_is_the_labour_of_all_inputs_beside_that_of_the_exports_that_pay() -> None:
    found = comparative_coefficients(free()).of("ship")
    steel = (1.0 + 0.5 * 1.0) / 0.9  # hours: its own, those of the ore, and the steel that goes into steel
    assert found.made is not None
    assert [part.amount for part in found.made.parts] == pytest.approx([2 * steel + 3.0])
    assert found.price == 6.0
    assert found.coefficient == pytest.approx((2 * steel + 3.0) / 6.0)  # an hour digs the ore that earns one
    assert found.verdict == "buy"
    assert found.quantities == pytest.approx((0.0, 20.0, 0.0), abs=1e-4)


def test_parts_in_kind_and_in_worth() -> None:
    dear = economy(
        {
            "dig": {"makes": {"ore": 1.0}, "factors": {"hours": 1.0}},
            "build": {
                "makes": {"ship": 1.0},
                "takes": {"ore": 1.0, "engine": 1.0},
                "factors": {"hours": 1.0},
                "emits": {"smoke": 2.0},
                "stocks": {"dock": 0.5},
            },
        },
        {"ship": {"target": 100.0}},
        supply={"hours": 300.0},
        caps={"smoke": 30.0},
        stocks={"dock": {"product": "ore", "quantity": 8.0}},
        trade=[
            {"product": "ship", "import_price": 9.0, "export_quota": 0.0},
            {"product": "engine", "import_price": 3.0, "export_quota": 0.0},
            {"product": "ore", "import_quota": 0.0},
        ],
        accounts=[{"reserves": 0.0}],
    )
    found = comparative_coefficients(make_plan(dear, Goal(), FREE)).of("ship")
    made = found.made
    assert made is not None
    amounts = {part.what: part.amount for part in made.parts}
    assert amounts["hours"] == pytest.approx(1.0 + 1.0)  # its own and the ore's
    assert amounts["means of payment for imports"] == pytest.approx(3.0)  # for the engine
    assert amounts["smoke"] == pytest.approx(2.0)
    assert sum(part.worth for part in made.parts) == pytest.approx(made.cost)
    assert made.cost <= found.valuation * (1 + 1e-9)


def trading(draw: st.DrawFn) -> Economy:
    """Three products that are made of each other and of hours, each at two techniques, and traded at any price."""
    tenths = st.integers(0, 2).map(lambda k: k / 10)
    products = ("x", "y", "z")
    processes = {
        f"{product}{k}": {
            "makes": {product: 1.0},
            "takes": {other: draw(tenths) for other in products},
            "factors": {"hours": draw(st.integers(5, 40)) / 10},
            "emits": {"smoke": draw(tenths)},
        }
        for product in products
        for k in range(draw(st.integers(1, 2)))
    }
    return economy(
        processes,
        {product: {"target": float(draw(st.integers(1, 20)))} for product in products},
        supply={"hours": float(draw(st.integers(5, 40)))},
        caps={"smoke": 5.0} if draw(st.booleans()) else {},
        trade=[{"product": p, "import_price": draw(st.integers(5, 40)) / 10, "export_price": 0.9} for p in products],
        accounts=[{"reserves": float(draw(st.integers(0, 5))), "credit": float(draw(st.integers(0, 3)))}],
    )


@FEW
@given(st.data())
def test_without_paces_coefficient_and_trade_go_together(data: st.DataObject) -> None:
    """Complementary slackness; and parts add up, and Bruno's measure gives the same verdict."""
    plan = make_plan(data.draw(st.composite(trading)()), Goal(), FREE)
    for row in comparative_coefficients(plan).rows:
        made, bought, _ = row.quantities
        assert row.made is not None
        assert row.coefficient is not None
        assert row.valuation <= min(row.made.cost, row.bought.cost) + 1e-7  # no way is cheaper than the valuation
        if row.coefficient < 1 - 1e-5 and row.valuation > 1e-6:
            assert bought == pytest.approx(0.0, abs=1e-4)
        if row.coefficient > 1 + 1e-5:
            assert made == pytest.approx(0.0, abs=1e-4)
        reduced = row.valuation - row.bought.cost  # of buying, where no pace and no quota holds it back
        if row.coefficient < 1 - 1e-5 and row.bought.cost > 1e-3:
            assert reduced < 0
        if made > 1e-3 and reduced < -1e-5 * row.bought.cost:
            assert row.coefficient < 1
        if min(made, bought) > 1e-3:
            assert row.coefficient == pytest.approx(1.0, abs=1e-5)
        for way in (row.made, row.bought):
            assert way is not None
            assert sum(part.worth for part in way.parts) == pytest.approx(way.cost, rel=1e-6, abs=1e-9)
        drc, coefficient, exchange = row.domestic_resource_cost, row.coefficient or 0.0, row.exchange or 0.0
        if drc is not None and exchange > 1e-6 and abs(coefficient - 1) > 1e-5:
            assert (drc < exchange) == (coefficient < 1)


def test_valuation_is_cost_and_rents_of_every_way_in_use() -> None:
    limits = Limits(activity_rate=0.05, import_share_rate=0.01, route_share_rate=None, export_rate=0.05)
    plan = make_plan(yard(), Goal(), limits)
    found = comparative_coefficients(plan).of("ship")
    for way in (found.made, found.bought):
        assert way is not None
        assert way.cost + sum(rent.worth for rent in way.rents) == pytest.approx(found.valuation)
        assert all(rent.kind in ("pace", "quota") for rent in way.rents)


def test_a_quota_has_its_rent_apart() -> None:
    found = comparative_coefficients(make_plan(yard(ship_quota=3.0), Goal(), FREE)).of("ship")
    quota = next(rent for rent in found.bought.rents if rent.kind == "quota")
    assert found.bought.cost + quota.worth == pytest.approx(found.valuation)
    assert found.coefficient == pytest.approx(19 / 18)
    assert found.quantities[1] == pytest.approx(3.0)


def test_quality_counts_what_is_bought_less() -> None:
    plan = free()
    plain = comparative_coefficients(plan).of("ship")
    better = comparative_coefficients(plan, quality={"ship": 1.25}).of("ship")
    assert plain.coefficient is not None
    assert better.coefficient == pytest.approx(plain.coefficient / 1.25)
    assert (plain.verdict, better.verdict) == ("buy", "make")


def catching_up() -> Economy:
    """Ships are built by hand or bought; cranes, a technique taken over, are not there yet."""
    processes: dict[str, Row] = {
        "dig": {"makes": {"ore": 1.0}, "factors": {"hours": 1.0}, "base": 10.0},
        "build": {"makes": {"ship": 1.0}, "takes": {"ore": 2.0}, "factors": {"hours": 6.0}, "base": 2.0},
        "crane": {
            "makes": {"ship": 1.0},
            "takes": {"ore": 1.0},
            "factors": {"hours": 0.5},
            "stocks": {"cranes": 2.0},
            "borrowed_from": "build",
        },
    }
    return economy(
        processes,
        {"ship": {"target": 100.0}},
        products={"ore": {"price": 3.0}},
        supply={"hours": 120.0},
        stocks={"cranes": {"product": "ore", "quantity": 0.0, "life": 10.0}},
        trade=[
            {"product": "ship", "import_price": 6.0, "imports": 18.0, "export_quota": 0.0},
            {"product": "ore", "import_quota": 0.0, "exports": 5.0},
        ],
        accounts=[{"reserves": 0.0}],
    )


@cache
def behind() -> Plan:
    """Its plan without paces of change."""
    return make_plan(catching_up(), Goal(), FREE)


def test_catching_up_pays_where_a_known_technique_is_cheaper_once_built() -> None:
    found = comparative_coefficients(behind()).of("ship")
    assert found.coefficient == pytest.approx(8.0 / 6.0)
    assert found.verdict == "catch up"
    up = found.catch_up
    assert up is not None
    assert (up.way.code, up.new, up.borrowed_from) == ("crane", True, "build")
    assert found.built_coefficient == pytest.approx((1.0 + 0.5 + 2.0 / 10) / 6.0)  # ore, hours, wear of two cranes
    assert up.replaces == pytest.approx(20.0)
    assert up.investment_value == pytest.approx(20.0 * 2.0 * 3.0)
    assert [i.amount for i in up.investment] == pytest.approx([40.0])
    assert "catching up would pay" in found.words()
    assert found.as_data()["catch_up"]["investment_value"] == pytest.approx(120.0)


def test_interest_makes_catching_up_dearer() -> None:
    plan = behind()
    found = comparative_coefficients(plan, interest=0.05).of("ship")
    annuity = 0.05 / (1 - 1.05**-10)
    assert found.built_coefficient == pytest.approx((1.0 + 0.5 + 2.0 * annuity) / 6.0)
    assert comparative_coefficients(plan, interest=3.0).of("ship").verdict == "buy"


def test_how_long_the_pace_of_change_lets_catching_up_take() -> None:
    slow = Limits(activity_rate=0.5, uptake=0.5)
    crane = Column("make", "crane", 0, 0, 1.0)
    reached = [1.0]  # half of the two ships of the base year
    while reached[-1] < 20.0:
        reached.append(1.5 * reached[-1] + 1.0)
    assert periods_needed(catching_up(), slow, crane, 0.0, 20.0) == len(reached) == 6
    assert periods_needed(catching_up(), Limits(activity_rate=0.0, uptake=0.001), crane, 0.0, 20.0) is None
    assert periods_needed(catching_up(), FREE, crane, 0.0, 20.0) == 1


def test_by_products_are_no_measure_of_what_a_product_costs() -> None:
    both = economy(
        {
            "sheep": {"makes": {"wool": 0.1, "mutton": 2.0}, "factors": {"hours": 1.0}, "base": 1.0},
            "goats": {"makes": {"wool": 1.0}, "factors": {"hours": 1.0}, "base": 1.0},
        },
        {"wool": {"target": 50.0}, "mutton": {"target": 5.0}},
        supply={"hours": 20.0},
        trade=[{"product": "wool", "import_price": 1.0}, {"product": "mutton"}],
        accounts=[{"reserves": 3.0}],
    )
    found = comparative_coefficients(make_plan(both, Goal(), FREE))
    made = found.of("wool").made
    assert made is not None
    assert made.code == "goats"


def test_what_nobody_makes_is_bought() -> None:
    tea = economy(
        {"dig": {"makes": {"ore": 1.0}, "factors": {"hours": 1.0}, "base": 1.0}},
        {"tea": {"target": 5.0}},
        supply={"hours": 3.0},
        trade=[{"product": "tea"}, {"product": "ore"}],
        accounts=[{"reserves": 0.0}],
    )
    found = comparative_coefficients(make_plan(tea, Goal(), FREE)).of("tea")
    assert (found.coefficient, found.verdict, found.made) == (None, "buy", None)
    assert "no technique in use makes it" in found.words()


def test_table_data_and_order() -> None:
    plan = make_plan(yard(), Goal(), Limits(2, None, import_share_rate=None, route_share_rate=None, export_rate=None))
    found = comparative_coefficients(plan)
    table = found.table()
    assert tuple(table.columns) == COLUMNS
    assert table["coefficient"].is_monotonic_decreasing
    assert set(found.exchange) == {2001, 2002}
    assert [len(rows) for rows in found.verdicts(2001).values()] == [0, 0, 1, 0]
    assert [row["product"] for row in found.as_data()["coefficients"]] == ["ship", "ship"]


@pytest.mark.parametrize("periods", [1, 2])
def test_what_is_taken_from_needs_or_stores_is_told_as_needs_served_less(periods: int) -> None:
    wood = economy(
        {"build": {"makes": {"ship": 1.0}, "takes": {"wood": 2.0}, "factors": {"hours": 1.0}, "base": 1.0}},
        {"wood": {"target": 20.0}, "ship": {"target": 5.0}},
        products={"wood": {"storable": True}, "ship": {"price": 3.0}},
        supply={"hours": 10.0},
        stores={"wood": 6.0},
        trade=[{"product": "ship", "import_price": 1.0, "export_quota": 0.0}],
        accounts=[{"reserves": 0.5}],
    )
    limits = Limits(periods, None, import_share_rate=None, route_share_rate=None, export_rate=None)
    for row in comparative_coefficients(make_plan(wood, Goal(), limits)).rows:
        assert row.made is not None
        assert row.made.of("needs") == pytest.approx(row.made.cost)
        assert row.made.of("inputs") == 0.0
        assert row.made.cost == pytest.approx(2 * 1.5)  # wood in its second tier


@pytest.mark.parametrize(
    ("settings_", "codes"),
    [
        ({"quality": {"tea": 1.0, "ship": 0.0}}, ["product-unknown", "quality-value"]),
        ({"quality": {"ship": math.inf}, "interest": -0.1}, ["quality-value", "interest-value"]),
    ],
)
def test_wrong_weights_are_refused_all_at_once(settings_: dict[str, object], codes: list[str]) -> None:
    with pytest.raises(BadInput) as caught:
        comparative_coefficients(free(), **settings_)  # type: ignore[arg-type]
    assert [fault.code for fault in caught.value.faults] == codes


def test_a_product_without_trade_has_no_coefficient() -> None:
    with pytest.raises(BadInput) as caught:
        comparative_coefficients(free()).of("steel", "P", 2001)
    assert caught.value.faults[0].code == "not-traded"


def test_reduced_costs_are_those_of_the_solver() -> None:
    plan = free()
    model = build_model(plan.economy, plan.goal, plan.limits)
    solution = next(stage.solution for stage in goal_stages(model) if stage.name == "needs")
    valued = Valued.of(model, solution)
    for column in valued.ways(("P", "ship", 2001)):
        block = "imports" if column.kind == "import" else "activity"
        label = ("P", "ship", 2001) if column.kind == "import" else (column.code, 2001)
        assert valued.reduced(column) == pytest.approx(float(solution.reduced_costs(block)[label]) / column.yields)


def test_equal_costs_are_told_as_equal() -> None:
    same = comparative_coefficients(make_plan(yard(ore_quota=math.inf), Goal(), FREE)).of("ore")
    assert same.coefficient == pytest.approx(1.0, abs=EQUAL)
    assert same.export_coefficient == pytest.approx(1.0)
    assert "cost the same" in same.words()


@pytest.mark.slow
def test_costs_of_sweden_follow_from_the_tables_of_the_plan() -> None:
    """Inputs at the plan's valuations, hours, carbon dioxide and capacity at those of the limits, less by-products."""
    plan = make_plan(read_example("sweden"))
    economy, found = plan.economy, comparative_coefficients(plan)
    worth = plan["valuations"].set_index("product")["valuation"]
    limits = plan["limits_met"].set_index("label")["valuation"]

    def valued(table: str, process: str, key: str, prices: Mapping[str, float]) -> dict[str, float]:
        rows = economy[table][economy[table]["process"] == process]
        return {str(code): q * prices.get(code, 0.0) for code, q in zip(rows[key], rows["quantity"], strict=True)}

    capacity = {str(stock): float(limits.get(f"{stock}/2009", 0.0)) for stock in economy["stocks"]["stock"]}
    for row in found.rows:
        assert row.made is not None
        made, used = (valued(table, row.made.code, "product", dict(worth)) for table in ("outputs", "inputs"))
        primary = {
            **valued("factor_use", row.made.code, "factor", {"hours": float(limits["SE/hours/2009"])}),
            **valued("emission_use", row.made.code, "emission", {"CO2": float(limits["SE/CO2/2009"])}),
            **valued("stock_use", row.made.code, "stock", capacity),
        }
        yields = (made[row.product] - used.get(row.product, 0.0)) / worth[row.product]
        others = sum(v for code, v in used.items() if code != row.product) + sum(primary.values())
        by_products = sum(v for code, v in made.items() if code != row.product)
        assert row.made.cost == pytest.approx((others - by_products) / yields, rel=1e-5)
        assert row.bought.cost == pytest.approx(float(limits["SE/2009"]))
        assert sum(part.worth for part in row.made.parts) == pytest.approx(row.made.cost)


def test_projects_are_those_that_the_plan_has_chosen() -> None:
    """A dam that is built as a whole or not at all: the valuations are those of the plan that builds it."""
    dammed = economy(
        {
            "dig": {"makes": {"ore": 1.0}, "factors": {"hours": 1.0}, "base": 10.0},
            "turn": {"makes": {"power": 1.0}, "factors": {"hours": 0.1}, "stocks": {"dam": 1.0}, "base": 1.0},
        },
        {"power": {"target": 50.0}},
        supply={"hours": 20.0},
        stocks={"dam": {"product": "ore", "quantity": 2.0}},
        trade=[{"product": "power", "import_price": 1.0, "export_quota": 0.0}, {"product": "ore", "import_quota": 0.0}],
        accounts=[{"reserves": 0.0}],
        more={
            "projects": [{"project": "great", "name": "Great dam", "place": "P", "whole": True}],
            "project_inputs": [{"project": "great", "year": 0, "place": "P", "product": "ore", "quantity": 8.0}],
            "project_yields": [{"project": "great", "year": 1, "stock": "dam", "quantity": 15.0}],
        },
    )
    limits = Limits(3, None, import_share_rate=None, route_share_rate=None, export_rate=None, terminal="free")
    plan = make_plan(dammed, Goal(), limits)
    assert plan["projects"]["quantity"].sum() == pytest.approx(1.0)
    found = comparative_coefficients(plan)
    worth = plan["valuations"].set_index(["product", "period"])["valuation"]
    assert [row.valuation for row in found.rows] == pytest.approx([worth["power", row.period] for row in found.rows])
    assert found.of("power", period=2001).coefficient == pytest.approx(1.0)  # what two of dam bring is their rent
