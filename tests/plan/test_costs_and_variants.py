"""What proposals cost and bring, and variants that really differ (design §4.2, §4.4, §6.5)."""

import json

import pytest

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput
from newcourse.plan.changes.cap import CapChange
from newcourse.plan.changes.need import NeedChange
from newcourse.plan.changes.supply import SupplyChange
from newcourse.plan.cost import compare, cost_changes
from newcourse.plan.cost_estimate import estimate
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from newcourse.plan.variants import DIFFERENT, Variant, distance, make_variants, target_of
from newcourse.sources.examples import read_example

PROPOSALS = {
    "cleaner": (CapChange("SE", "CO2", 46000.0),),
    "shorter": (SupplyChange("SE", "hours", 7300.0),),
    "more care": (NeedChange("public:Q87", target=175000.0),),
    "much more care": (NeedChange("public:Q87", target=190000.0),),
}


@pytest.fixture(scope="module")
def sweden() -> Economy:
    return read_example("sweden")


@pytest.fixture(scope="module")
def plan(sweden: Economy) -> Plan:
    return make_plan(sweden)


@pytest.fixture(scope="module")
def variants(sweden: Economy) -> tuple[Variant, ...]:
    return make_variants(sweden, Goal(), Limits(), PROPOSALS)


def test_a_plan_beside_itself_differs_in_nothing(plan: Plan) -> None:
    costing = compare(plan, plan)
    assert not [d for d in (*costing.totals, *costing.groups, *costing.places) if d.noticed]
    assert costing.satisfaction == 0.0
    assert "No total changes noticeably" in costing.words()


def test_fewer_hours_take_hours_and_give_up_needs(plan: Plan) -> None:
    costing = cost_changes(plan, PROPOSALS["shorter"])
    totals = {d.what: d for d in costing.totals}
    assert totals["Hours of work"].after == pytest.approx(7300.0, rel=1e-6)
    assert totals["needs met"].difference < 0
    assert costing.satisfaction < 0
    assert "Hours of work −" in costing.words()
    assert json.loads(json.dumps(costing.to_data()))["words"] == costing.words()


def test_groups_and_places_add_up_to_the_needs_met(plan: Plan) -> None:
    costing = cost_changes(plan, PROPOSALS["cleaner"])
    needs = next(d for d in costing.totals if d.what == "needs met")
    for parts in (costing.groups, costing.places):
        assert sum(d.difference for d in parts) == pytest.approx(needs.difference, rel=1e-9)


@pytest.mark.parametrize("hours", [7527.0, 7520.0, 7450.0, 7200.0])
def test_the_estimate_is_never_less_than_the_exact_gain(plan: Plan, hours: float) -> None:
    """The goal is concave in what is available, so its slope bounds every change from above."""
    change = (SupplyChange("SE", "hours", hours),)
    exact = cost_changes(plan, change).satisfaction
    found = estimate(plan, change)
    assert found.gain is not None
    assert found.gain >= exact - 1e-6 * abs(exact)


def test_the_estimate_is_exact_for_a_small_change(plan: Plan) -> None:
    change = (SupplyChange("SE", "hours", 7528.9),)
    found = estimate(plan, change)
    assert found.gain == pytest.approx(cost_changes(plan, change).satisfaction, rel=1e-3)
    assert found.holds == 1.0
    assert "this is exact" in found.words()


def test_there_are_three_really_different_variants(variants: tuple[Variant, ...]) -> None:
    assert [v.name for v in variants] == ["needs", "effort", "emissions"]
    assert [v.title for v in variants] == ["Needs first", "Shorter hours", "Cleaner"]
    assert all(v.plan.certified for v in variants)
    for i, one in enumerate(variants):
        assert all(distance(one.plan, other.plan) >= DIFFERENT for other in variants[:i])


def test_variants_carry_the_proposals_that_serve_them(variants: tuple[Variant, ...]) -> None:
    carried = {v.name: v.proposals for v in variants}
    assert "shorter" in carried["effort"]
    assert "cleaner" in carried["emissions"]
    assert "more care" in carried["needs"]
    assert all(f"proposal {name}" in v.description for v in variants for name in v.proposals)


def test_of_two_proposals_for_the_same_thing_the_first_is_taken(variants: tuple[Variant, ...]) -> None:
    assert target_of(PROPOSALS["more care"][0]) == target_of(PROPOSALS["much more care"][0])
    assert all("much more care" not in v.proposals for v in variants)


def test_a_proposal_that_cannot_be_carried_out_is_carried_by_none(sweden: Economy) -> None:
    impossible = {"no carbon": (CapChange("SE", "CO2", 1000.0),), **PROPOSALS}
    variants = make_variants(sweden, Goal(), Limits(), impossible)
    assert len(variants) == 3
    assert all("no carbon" not in variant.proposals for variant in variants)


def test_a_variant_sets_its_aim(variants: tuple[Variant, ...], plan: Plan) -> None:
    def total(p: Plan, what: str) -> float:
        table = p.totals()
        return float(table.loc[table["measure"] == what, "quantity"].sum())

    by_name = {v.name: v.plan for v in variants}
    assert total(by_name["effort"], "Hours of work") < 0.98 * total(plan, "Hours of work")
    carbon = "Carbon dioxide of industries"
    assert total(by_name["emissions"], carbon) < 0.96 * total(plan, carbon)


def test_a_variant_survives_being_written_down(variants: tuple[Variant, ...], sweden: Economy) -> None:
    one = variants[1]
    again = Variant.from_data(json.loads(json.dumps(one.to_data())), sweden, Goal())
    assert again.to_data() == one.to_data()
    assert again.plan.economy.fingerprint == one.plan.economy.fingerprint


def test_more_variants_than_really_differ_are_refused(sweden: Economy) -> None:
    with pytest.raises(BadInput, match="variants-alike"):
        make_variants(sweden, Goal(), Limits(), {}, count=9)
