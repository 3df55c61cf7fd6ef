"""What would have to be true: exact amounts by hand, proofs that less is too little, and what cannot help at all."""

import json
from functools import cache

import numpy as np
import pytest

from newcourse.errors import BadInput
from newcourse.plan.limits import Limits
from newcourse.plan.planner import make_plan
from newcourse.plan.ranges import Valued, valued
from newcourse.plan.whatif import WhatIf, what_if
from newcourse.plan.whatif_aims import AtMost, Delivered, NeedsMet
from newcourse.plan.whatif_parameters import Thrift, WorldPrice, makers
from tests.economy.small import economy

FREE = Limits(activity_rate=None, import_share_rate=None, export_rate=None)


@cache
def bakery(hours: float = 100.0) -> Valued:
    """Bread takes 2 hours and smoke; salt comes from outside for 4 of money at 2 each. 50 of 60 loaves are baked."""
    made = economy(
        {
            "bake": {
                "makes": {"bread": 1.0},
                "takes": {"salt": 0.04},
                "factors": {"hours": 2.0},
                "emits": {"smoke": 1.0},
            },
            "tailor": {"makes": {"coat": 1.0}, "factors": {"needles": 1.0}},
        },
        {"bread": {"target": 60.0}, "coat": {"target": 10.0}},
        supply={"hours": hours, "needles": 10.0},
        caps={"smoke": 55.0},
        trade=[{"product": "salt", "import_price": 2.0, "export_quota": 0.0}],
        accounts=[{"credit": 4.0}],
    )
    return valued(make_plan(made, limits=FREE))


def kinds(found: WhatIf) -> dict[str, float]:
    return {answer.kind: answer.part for answer in found.answers}


def test_how_many_more_hours_by_hand() -> None:
    found = what_if(bakery(), [Delivered("bread", 52.0)], [])
    assert not found.possible
    assert found.loss is None  # 52 loaves take 104 hours: no other need can help
    assert [answer.kind for answer in found.answers] == []  # salt for 50 loaves only: hours alone are not enough
    assert {step.kind: step.amount for step in found.together} == pytest.approx({"factors": 4.0, "payments": 0.16})


def test_one_limit_by_itself_is_exact() -> None:
    plan = bakery(80.0)  # now hours alone hold bread back at 40
    found = what_if(plan, [Delivered("bread", 45.0)], [])
    assert [(a.kind, a.part, a.amount) for a in found.answers] == [
        ("factors", pytest.approx(10.0 / 80.0), pytest.approx(10.0))
    ]
    assert "10 Mhour (12.50%) more room for the hours available in place P in 2001" in found.words()
    assert what_if(plan, [Delivered("bread", 40.0)], []).possible


def test_techniques_and_prices_are_enclosed() -> None:
    cases = (
        (bakery(80.0), Thrift(("bake",)), 1 / 9),  # 45 loaves of 80 hours: 16/9 each instead of 2
        (bakery(80.0), Thrift(("bake",), factors_only=True), 1 / 9),
        (bakery(400.0), WorldPrice("salt"), 1 / 11),  # salt for 55 instead of 50 loaves for the same money
    )
    for plan, parameter, part in cases:
        aim = Delivered("bread", 45.0 if parameter.kind == "technique" else 55.0)
        found = what_if(plan, [aim], [parameter])
        assert kinds(found)[parameter.kind] == pytest.approx(part, rel=2e-3)
        assert kinds(found)[parameter.kind] >= part * (1 - 1e-6)
    assert "productivity" in what_if(bakery(80.0), [Delivered("bread", 45.0)]).words()


def test_what_cannot_help_by_itself_is_said() -> None:
    found = what_if(bakery(), [Delivered("bread", 58.0)], [WorldPrice("salt"), Thrift(("tailor",))])
    assert found.answers == ()
    assert len(found.futile) == 2
    assert "Not enough by itself, whatever the amount" in found.words()
    assert {step.kind for step in found.together} == {"factors", "emissions", "payments"}


def test_an_aim_that_takes_from_others_is_possible_at_their_cost() -> None:
    made = economy(
        {
            "bake": {"makes": {"bread": 1.0}, "factors": {"hours": 1.0}},
            "sew": {"makes": {"coat": 1.0}, "factors": {"hours": 1.0}},
        },
        {"bread": {"target": 30.0}, "coat": {"target": 30.0}},
        products={"coat": {"price": 2.0}},
        supply={"hours": 40.0},
    )
    plan = make_plan(made, limits=FREE)
    aim = Delivered("bread")
    kept = what_if(plan, [aim], [])
    delivered = plan["deliveries"].set_index("need")["quantity"]
    assert not kept.possible
    assert kept.answers[0].amount == pytest.approx(30.0 - delivered["bread"])
    free = what_if(plan, [aim], [], kept=False)
    assert free.possible
    # Worth of ten each: coats 30, 20, 10, bread 15, 10, 5. The best 40 are worth 75; all bread and ten coats 60.
    assert free.loss == kept.loss == pytest.approx(15.0)
    assert "takes 15 MEUR from other needs" in free.words()


@pytest.mark.slow
@pytest.mark.parametrize("loaves", [41.0, 48.5])
def test_with_the_least_amount_it_is_possible_and_with_less_it_is_not(loaves: float) -> None:
    known = bakery(80.0)
    found = what_if(known, [Delivered("bread", loaves)], [])
    for part, possible in ((1.0 + 1e-4, True), (0.99, False)):
        supply = known.model.economy["factor_supply"].copy()
        supply.loc[supply["factor"] == "hours", "quantity"] += part * (found.answers[0].amount or 0.0)
        again = make_plan(known.model.economy.replace(factor_supply=supply), limits=FREE)
        got = float(again["deliveries"].set_index("need")["quantity"]["bread"])
        assert (got >= loaves) == possible


def test_emissions_hours_and_needs_met_as_aims() -> None:
    plan = bakery(80.0)
    less = what_if(plan, [AtMost("emissions", "smoke", 30.0)], [Thrift(("bake",))])
    assert less.loss is not None
    assert kinds(less)["technique"] == pytest.approx(0.25, rel=2e-3)  # 40 loaves with 30 of smoke
    fewer = what_if(plan, [AtMost("factors", "hours", 60.0, "P", 2001)], None)
    assert not fewer.possible
    assert fewer.answers == ()
    met = what_if(plan, [NeedsMet(1.0, "", 2001)], [])
    assert not met.possible
    assert {step.kind for step in met.together} == {"factors", "emissions", "payments"}
    assert what_if(plan, [NeedsMet(0.5)], []).possible
    assert json.loads(json.dumps(met.to_data()))["sentences"]


def test_a_limit_that_there_is_not_can_still_be_an_aim() -> None:
    e = bakery(80.0).model.economy
    plan = make_plan(e.replace(emission_caps=e["emission_caps"].head(0)), limits=FREE)
    found = what_if(plan, [AtMost("emissions", "smoke", 30.0)], [Thrift(("bake",))])
    assert kinds(found)["technique"] == pytest.approx(0.25, rel=2e-3)


def test_every_fault_of_the_aims_is_named() -> None:
    with pytest.raises(BadInput) as caught:
        what_if(
            bakery(), [Delivered("cake", -1.0, 1900), AtMost("emissions", "noise", np.inf, "Q"), NeedsMet(2.0, "X")]
        )
    codes = [fault.code for fault in caught.value.faults]
    assert codes == [
        "need-unknown", "quantity-wrong", "year-unknown", "emission-unknown", "place-unknown", "quantity-wrong",
        "group-unknown", "part-wrong",
    ]  # fmt: skip
    with pytest.raises(BadInput, match="aims-none"):
        what_if(bakery(), [])
    with pytest.raises(BadInput) as caught:
        what_if(bakery(), [NeedsMet(1.0)], [Thrift(("brew",)), WorldPrice("beer")])
    assert [fault.code for fault in caught.value.faults] == ["process-unknown", "traded-product-unknown"]


def test_a_products_makers_are_those_who_make_much_of_it() -> None:
    assert makers(bakery().model.economy, "bread") == ("bake",)
