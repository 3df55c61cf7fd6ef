"""What must hold of every plan, on random small economies."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.economy.economy import Economy
from newcourse.errors import Contradiction
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.model import build_model
from newcourse.plan.plan import TABLES, Plan
from newcourse.plan.planner import make_plan, solve_stages
from newcourse.solver.certificate import certify
from newcourse.sources.examples import read_example
from tests.plan.plain_arithmetic import shortages
from tests.plan.plain_rates import excesses
from tests.plan.strategies import economies, limits, whole

few = settings(max_examples=15)
TOLERANCE = 1e-5


def planned(economy: Economy, limit: Limits) -> Plan | None:
    """Make the plan, or nothing where capital cannot be kept: that is the only commitment these economies have."""
    try:
        return make_plan(economy, Goal(), limit)
    except Contradiction as error:
        found = error
    assert limit.goes_on, found
    assert any("kept intact" in fault.where for fault in found.faults), found
    return None


@pytest.mark.slow
@few
@given(economies(), limits())
def test_every_limit_holds_in_plain_arithmetic(economy: Economy, limit: Limits) -> None:
    plan = planned(economy, limit)
    if plan is not None:
        assert {thing: short for thing, short in shortages(plan).items() if short > TOLERANCE} == {}
        assert {thing: part for thing, part in excesses(plan).items() if part > TOLERANCE} == {}


@pytest.mark.slow
@few
@given(economies(), limits())
def test_nothing_is_negative_and_no_more_is_delivered_than_asked(economy: Economy, limit: Limits) -> None:
    plan = planned(economy, limit)
    if plan is not None:
        delivered = plan["deliveries"]
        assert (delivered["quantity"] <= delivered["target"] * (1 + 1e-9)).all()
        assert all((plan[table].iloc[:, -1] >= 0).all() for table in ("activity", "imports", "carried", "investment"))
        assert plan.certified


@pytest.mark.slow
@few
@given(economies(), limits())
def test_a_plan_comes_back_from_plain_data_as_it_was(economy: Economy, limit: Limits) -> None:
    plan = planned(economy, limit)
    if plan is not None:
        back = Plan.from_data(json.loads(json.dumps(plan.to_data())), economy)
        assert (back.goal, back.limits, back.proofs) == (plan.goal, plan.limits, plan.proofs)
        for name in TABLES:
            assert back[name].to_dict("list") == plan[name].to_dict("list")


@pytest.mark.slow
@few
@given(economies(minima=False), st.sampled_from(["labour", "store", "quota", "credit", "stock"]), whole(1, 30))
def test_more_of_a_resource_never_lowers_what_is_reached(economy: Economy, what: str, more: float) -> None:
    free = Limits(1, None, 0.0, None, None, None, terminal="free")
    before, after = (needs_reached(e, free) for e in (economy, with_more(economy, what, more)))
    assert after >= before - 1e-6 * abs(before)


def needs_reached(economy: Economy, limit: Limits) -> float:
    stages = solve_stages(build_model(economy, Goal(), limit))
    return next(stage.solution.certificate.objective for stage in stages if stage.name == "needs")


def with_more(economy: Economy, what: str, more: float) -> Economy:
    table, column = {
        "labour": ("factor_supply", "quantity"),
        "store": ("stores", "quantity"),
        "quota": ("trade", "import_quota"),
        "credit": ("accounts", "credit"),
        "stock": ("stocks", "quantity"),
    }[what]
    frame = economy[table]
    return economy.replace(**{table: frame.assign(**{column: frame[column] + more})})


@pytest.mark.slow
@few
@given(economies(), limits(), st.sampled_from(["x", "y", "z"]), st.sampled_from([1e-3, 0.5, 1e3]))
def test_another_unit_changes_nothing_but_the_unit(
    economy: Economy, limit: Limits, product: str, per_unit: float
) -> None:
    plan, same = planned(economy, limit), planned(in_other_units(economy, product, per_unit), limit)
    assert (plan is None) == (same is None)
    if plan is None or same is None:
        return
    assert [p.stage for p in same.proofs] == [p.stage for p in plan.proofs]
    for one, other in zip(plan.proofs, same.proofs, strict=True):
        assert other.certificate["objective"] == pytest.approx(one.certificate["objective"], rel=2e-5, abs=1e-6)


def in_other_units(economy: Economy, product: str, per_unit: float) -> Economy:
    """Return the economy with a product counted in a unit of which one old unit is ``per_unit``."""

    def scaled(table: str, *columns: str, by: float = per_unit):
        frame = economy[table]
        factor = np.where(frame["product"] == product, by, 1.0)
        return frame.assign(**{column: frame[column] * factor for column in columns})

    trade = scaled("trade", "imports", "exports", "import_quota", "export_quota")
    prices = scaled("trade", "import_price", "export_price", by=1 / per_unit)
    held = economy["stocks"].set_index("stock")["product"].loc[economy["stock_use"]["stock"]].to_numpy() == product
    use, yields = economy["stock_use"], economy["project_yields"]
    of_stock = economy["stocks"].set_index("stock")["product"].loc[yields["stock"]].to_numpy() == product
    return economy.replace(
        products=scaled("products", "price", by=1 / per_unit),
        outputs=scaled("outputs", "quantity"),
        inputs=scaled("inputs", "quantity"),
        needs=scaled("needs", "minimum", "target"),
        stores=scaled("stores", "quantity"),
        stocks=scaled("stocks", "quantity"),
        project_inputs=scaled("project_inputs", "quantity"),
        project_yields=yields.assign(quantity=yields["quantity"] * np.where(of_stock, per_unit, 1.0)),
        stock_use=use.assign(quantity=use["quantity"] * np.where(held, per_unit, 1.0)),
        trade=trade.assign(import_price=prices["import_price"], export_price=prices["export_price"]),
        routes=scaled("routes", "base", "limit"),
    )


@pytest.mark.slow
@few
@given(economies(minima=False), st.sampled_from([0.999, 1.001]))
def test_the_certificate_rejects_a_plan_that_delivers_a_thousandth_more_or_less(economy: Economy, times: float) -> None:
    free = Limits(1, None, 0.0, None, None, None, terminal="free")
    model = build_model(economy, Goal(), free)
    needs = next(stage.solution for stage in solve_stages(model) if stage.name == "needs")
    assert certify(needs.problem, needs.primal, needs.dual).kind == "optimal"
    if needs.primal is None or needs.certificate.objective == 0:
        return
    changed = needs.primal.copy()
    changed[model.columns("delivery")] *= times
    assert certify(needs.problem, changed, needs.dual).kind != "optimal"
    assert certify(needs.problem, needs.primal, None).kind != "optimal"


def test_the_same_plan_made_twice_is_the_same_data() -> None:
    """Nothing of the run is kept, so that the plan has the same address in every record."""
    sweden = read_example("sweden")
    assert make_plan(sweden).to_data() == make_plan(sweden).to_data()
