"""Techniques changed by stated amounts, and taken over from other places (§5.1)."""

import pandas as pd
import pytest

from newcourse.economy.economy import Economy
from newcourse.economy.techniques import Change, borrow, vary, with_borrowed_techniques
from newcourse.errors import BadInput
from tests.economy.small import economy


def two_places() -> Economy:
    return economy(
        {
            "N.steel": {
                "place": "N",
                "makes": {("N", "steel"): 1.0},
                "takes": {("N", "coal"): 0.4, ("S", "coal"): 0.1},
                "factors": {"hours": 2.0},
                "emits": {"CO2": 0.5},
                "stocks": {"N.mill": 3.0},
                "base": 10.0,
            },
            "S.steel": {
                "place": "S",
                "makes": {("S", "steel"): 1.0},
                "takes": {("S", "coal"): 0.9},
                "factors": {"hours": 5.0},
            },
            "S.coal": {"place": "S", "makes": {("S", "coal"): 1.0}, "factors": {"hours": 1.0}},
        },
        places={"W": "", "N": "W", "S": "W"},
        stocks={
            "N.mill": {"place": "N", "product": "machine", "holder": "steel", "quantity": 40.0},
            "S.mill": {"place": "S", "product": "machine", "holder": "steel", "quantity": 5.0},
        },
    )


def rows(economy: Economy, table: str, process: str) -> list[list[object]]:
    frame = economy[table]
    return frame[frame["process"] == process].drop(columns="process").to_numpy().tolist()


def test_varied_technique() -> None:
    change = Change(
        inputs={"coal": 0.5}, added={"wood": 0.3, "coal": 0.1}, emissions={"CO2": 0.0}, stocks={"machine": 2.0}
    )
    base = two_places()
    base = base.replace(
        products=pd.concat([base["products"], pd.DataFrame({"product": ["wood"], "name": ["wood"], "unit": ["t"]})])
    )
    varied = vary(base, "N.steel", "N.steel:wood", "Steel with wood", change)
    assert rows(varied, "inputs", "N.steel:wood") == [
        ["N", "coal", pytest.approx(0.3)],
        ["S", "coal", 0.05],
        ["N", "wood", 0.3],
    ]
    assert rows(varied, "factor_use", "N.steel:wood") == [["hours", 2.0]]
    assert rows(varied, "emission_use", "N.steel:wood") == []
    assert rows(varied, "stock_use", "N.steel:wood") == [["N.mill", 6.0]]
    assert varied["processes"].set_index("process").loc["N.steel:wood", "base"] == 0
    assert rows(varied, "inputs", "N.steel") == rows(base, "inputs", "N.steel")


def test_everything_not_named_follows_every() -> None:
    varied = vary(two_places(), "N.steel", "x", "x", Change(factors={"hours": 3.0}, every=1.1))
    assert rows(varied, "factor_use", "x") == [["hours", 6.0]]
    assert rows(varied, "inputs", "x") == [["N", "coal", pytest.approx(0.44)], ["S", "coal", pytest.approx(0.11)]]


def test_change_of_what_is_not_taken() -> None:
    change = Change(inputs={"gold": 2.0}, factors={"land": 1.0}, emissions={"CH4": 1.0}, stocks={"coal": 1.0})
    with pytest.raises(BadInput) as caught:
        vary(two_places(), "N.steel", "x", "x", change)
    assert [fault.where for fault in caught.value.faults] == [
        "process N.steel, inputs gold",
        "process N.steel, factors land",
        "process N.steel, emissions CH4",
        "process N.steel, stocks coal",
    ]


def test_borrowed_technique() -> None:
    taken = borrow(two_places(), "N.steel", "S", 0.25)
    assert taken["processes"][["process", "name", "place", "base", "borrowed_from"]].to_numpy().tolist() == [
        ["S.steel<N", "N.steel, taken over by place S", "S", 0.0, "N.steel"]
    ]
    assert taken["outputs"].to_numpy().tolist() == [["S.steel<N", "S", "steel", 1.0]]
    assert taken["inputs"].to_numpy().tolist() == [["S.steel<N", "S", "coal", 0.625]]
    assert taken["factor_use"]["quantity"].tolist() == [2.5]
    assert taken["emission_use"]["quantity"].tolist() == [0.625]
    assert taken["stock_use"].to_numpy().tolist() == [["S.steel<N", "S.mill", 3.0]]


def test_no_borrowing_without_capital_of_the_kind() -> None:
    base = two_places()
    base = base.replace(stocks=base["stocks"].iloc[:1])
    assert borrow(base, "N.steel", "S", 0.1) == {}
    assert borrow(base, "S.steel", "N", 0.1)["processes"]["process"].tolist() == ["N.steel<S"]


def test_every_place_borrows_for_what_it_makes() -> None:
    all_of_them = with_borrowed_techniques(two_places(), 0.1, per_product=3)
    assert all_of_them.process_index.tolist() == ["N.steel", "S.steel", "S.coal", "N.steel<S", "S.steel<N"]
    assert with_borrowed_techniques(all_of_them, 0.1, per_product=3).fingerprint == all_of_them.fingerprint


def test_least_factors_first() -> None:
    base = economy(
        {
            f"{place}.x": {"place": place, "makes": {(place, "x"): 1.0}, "factors": {"hours": hours}}
            for place, hours in {"A": 3.0, "B": 1.0, "C": 2.0, "D": 4.0}.items()
        },
        places={"W": "", **dict.fromkeys("ABCD", "W")},
    )
    lent = with_borrowed_techniques(base, 0.0, per_product=1)["processes"].query("borrowed_from != ''")
    assert lent["process"].tolist() == ["A.x<B", "B.x<C", "C.x<B", "D.x<B"]
    assert with_borrowed_techniques(base, 0.0, per_product=0).fingerprint == base.fingerprint


@pytest.mark.parametrize(
    ("process", "place", "cost", "code"),
    [
        ("gold", "S", 0.1, "label-unknown"),
        ("N.steel", "X", 0.1, "label-unknown"),
        ("N.steel", "S", -0.1, "cost-wrong"),
        ("N.steel", "S", float("nan"), "cost-wrong"),
    ],
)
def test_wrong_borrowing(process: str, place: str, cost: float, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        borrow(two_places(), process, place, cost)
