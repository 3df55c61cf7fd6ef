"""Terms of trade by known formulas, means of payment that add up, labour contents against numpy."""

import numpy as np
import pytest

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.planner import make_plan
from newcourse.plan.trade.labour import labour_coefficients
from newcourse.plan.trade.series import price_index, trade_series
from newcourse.sources.examples import read_example
from tests.economy.small import economy

THREE = Limits(3, None, import_share_rate=None, route_share_rate=None, export_rate=None)


def test_price_indices_are_those_of_the_manual() -> None:
    """The price index theory's own identity: Fisher between Laspeyres and Paasche; values = price × quantity index."""
    p0, p1 = np.array([1.0, 1.0, 1.0]), np.array([1.2, 3.0, 0.5])
    q0, q1 = np.array([1.0, 2.0, 1.0]), np.array([0.8, 1.5, 4.0])
    laspeyres, paasche, fisher = (price_index(kind, p0, p1, q0, q1) for kind in ("laspeyres", "paasche", "fisher"))
    assert laspeyres == pytest.approx((1.2 + 6.0 + 0.5) / 4)
    assert paasche == pytest.approx((0.96 + 4.5 + 2.0) / 6.3)
    assert fisher == pytest.approx((laspeyres * paasche) ** 0.5)
    quantities = price_index("paasche", q0, q1, p0, p1)
    assert laspeyres * quantities == pytest.approx(float(p1 @ q1) / float(p0 @ q0))
    assert np.isnan(price_index("laspeyres", p0, p1, np.zeros(3), q1))


def islands(**account: float) -> Economy:
    """Fish pays for oil, which grows dearer by a tenth a year."""
    return economy(
        {"catch": {"makes": {"fish": 1.0}, "factors": {"hours": 1.0}, "base": 50.0}},
        {"fish": {"target": 20.0}, "oil": {"target": 100.0}},
        supply={"hours": 50.0},
        trade=[
            {"product": "fish", "export_price": 2.0, "exports": 30.0, "import_quota": 0.0},
            {"product": "oil", "import_price": 3.0, "imports": 20.0, "import_price_growth": 0.1, "export_quota": 0.0},
        ],
        accounts=[{"reserves": 0.0, **account}],
    )


def test_terms_of_trade_fall_as_imports_grow_dearer() -> None:
    terms = trade_series(make_plan(islands(), Goal(), THREE)).terms
    assert terms["period"].tolist() == [2000, 2001, 2002, 2003]
    for kind in ("laspeyres", "paasche", "fisher"):
        assert terms[f"imports {kind}"].tolist() == pytest.approx([1.0, 1.0, 1.1, 1.21])
        assert terms[f"terms {kind}"].tolist() == pytest.approx([1.0, 1.0, 1 / 1.1, 1 / 1.21])


def test_means_of_payment_add_up_with_reserves_debt_and_interest() -> None:
    plan = make_plan(islands(reserves=10.0, borrowing=20.0, interest=0.05, credit=-5.0), Goal(), THREE)
    rows = trade_series(plan).payments
    owed, held = 0.0, 0.0
    for row in rows.to_dict("records"):
        assert row["balance"] == pytest.approx(row["exports"] - row["imports"])
        used = -row["balance"] + row["interest"] + owed + row["saved"]
        assert used <= row["credit"] + row["drawn"] + row["debt"] + held + 1e-6 * row["exports"]
        assert row["interest"] == pytest.approx(0.05 * owed)
        owed, held = row["debt"], row["saved"]
    assert rows["reserves"].iloc[-1] == pytest.approx(10.0 - rows["drawn"].sum())
    assert {"terms", "payments", "currency"} == set(trade_series(plan).as_data())


def test_trade_between_places_with_accounts_balances() -> None:
    two = economy(
        {
            "bake": {"place": "A", "makes": {("A", "bread"): 1.0}, "factors": {"hours": 1.0}},
            "brew": {"place": "B", "makes": {("B", "beer"): 1.0}, "factors": {"hours": 1.0}},
        },
        {"bread": {"place": "B", "target": 5.0}, "beer": {"place": "A", "target": 5.0}},
        places={"W": "", "A": "W", "B": "W"},
        supply={("W", "hours"): 8.0},
        routes=[
            {"product": "bread", "origin": "A", "destination": "B"},
            {"product": "beer", "origin": "B", "destination": "A"},
        ],
        accounts=[{"place": "A"}, {"place": "B"}],
    )
    rows = trade_series(make_plan(two, Goal(), Limits(1, None, route_share_rate=None))).payments.set_index("place")
    assert rows["received"].sum() == pytest.approx(rows["sent"].sum())
    assert rows["balance"].tolist() == pytest.approx([0.0, 0.0], abs=1e-5)
    assert rows["sent"]["A"] == pytest.approx(4.0, rel=1e-5)


def test_labour_contents_of_sweden_are_those_of_a_dense_inverse() -> None:
    sweden = read_example("sweden")
    found = labour_coefficients(sweden)
    running = sweden.base_activity > 0
    net = (sweden.outputs - sweden.inputs).toarray()[:, running]
    made = net.sum(axis=1) != 0
    hours = np.linalg.inv(net[made].T) @ sweden.factor_use.toarray()[0][running]
    content = dict(zip([product for _, product in sweden.goods[made]], hours, strict=True))
    assert {row.product: row.content for row in found.rows} == pytest.approx(
        {r.product: content[r.product] for r in found.rows}
    )
    trade = sweden["trade"]
    exported = sum(content[p] * x for p, x in zip(trade["product"], trade["exports"], strict=True))
    assert found.exchange_content == pytest.approx(exported / trade["exports"].sum())
    assert found.as_data()["coefficients"][0]["coefficient"] == max(row.coefficient for row in found.rows)


def test_foreign_inputs_count_as_the_labour_that_earns_them() -> None:
    """Fish takes an hour and half a litre of oil that costs 1: of 2 earned 0.5 go on oil, so an hour earns 1.5."""
    boats = islands()
    oil = boats["inputs"].reindex(range(1)).assign(process="catch", place="P", product="oil", quantity=0.5)
    trade = boats["trade"].assign(import_price=[2.0, 1.0])
    found = labour_coefficients(boats.replace(inputs=oil, trade=trade))
    assert found.exchange_content == pytest.approx(1 / 1.5)
    (fish,) = found.rows
    assert fish.content == pytest.approx(1 + 0.5 / 1.5)
    assert fish.coefficient == pytest.approx(1.0)


@pytest.mark.parametrize(("factor", "exports", "code"), [("land", 30.0, "label-unknown"), (None, 0.0, "exports-none")])
def test_what_has_no_labour_coefficient(factor: str | None, exports: float, code: str) -> None:
    wrong = islands()
    wrong = wrong.replace(trade=wrong["trade"].assign(exports=[exports, 0.0]))
    with pytest.raises(BadInput) as caught:
        labour_coefficients(wrong, factor)
    assert caught.value.faults[0].code == code


def test_a_choice_of_techniques_has_no_labour_content() -> None:
    two = economy(
        {
            "by hand": {"makes": {"fish": 1.0}, "factors": {"hours": 2.0}, "base": 1.0},
            "by boat": {"makes": {"fish": 1.0}, "factors": {"hours": 1.0}, "base": 1.0},
        },
        {"fish": {"target": 1.0}},
        supply={"hours": 3.0},
    )
    with pytest.raises(BadInput) as caught:
        labour_coefficients(two)
    assert caught.value.faults[0].code == "not-square"
