"""Structured changes: what is changed, in data and words, and what does not fit is refused (design §4.2)."""

import pytest

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput
from newcourse.plan.changes.change import Change
from newcourse.plan.changes.registry import CHANGES, apply_changes, change_from_data
from newcourse.plan.goal import Goal, neutral_weights
from newcourse.plan.planner import make_plan
from newcourse.sources.examples import read_example

BREAD_MACHINE = {
    "kind": "technique",
    "process": {"process": "new", "name": "a new mill", "place": "C10", "unit": "MSEK"},
    "uses": {
        "outputs": [{"place": "SE", "product": "C10", "quantity": 1.0}],
        "inputs": [{"place": "SE", "product": "A", "quantity": 0.2}],
        "factor_use": [{"factor": "hours", "quantity": 0.0001}],
    },
}
EACH_KIND = {
    "need": {"kind": "need", "need": "households:A", "minimum": 17000.0, "target": 21000.0},
    "floor": {"kind": "floor", "part": 0.5},
    "supply": {"kind": "supply", "place": "SE", "factor": "hours", "quantity": 7000.0},
    "cap": {"kind": "cap", "place": "SE", "emission": "CO2", "quantity": 40000.0},
    "trade": {"kind": "trade", "place": "SE", "product": "C19", "import_quota": 50000.0, "export_quota": None},
    "technique": BREAD_MACHINE,
    "weight": {"kind": "weight", "group": "Food", "weight": 0.3},
}


@pytest.fixture(scope="module")
def sweden() -> Economy:
    return read_example("sweden")


def test_there_is_an_example_of_every_kind() -> None:
    assert set(EACH_KIND) == set(CHANGES)


@pytest.mark.parametrize("kind", sorted(EACH_KIND))
def test_every_kind_goes_to_data_and_back_and_has_words(kind: str, sweden: Economy) -> None:
    change = change_from_data(EACH_KIND[kind])
    assert change_from_data(change.to_data()) == change
    assert len(change.words(sweden)) > 10
    economy, goal = change.apply(sweden, Goal())
    assert (economy.fingerprint, goal) != (sweden.fingerprint, Goal())


def changed(kind: str, economy: Economy) -> tuple[Economy, Goal]:
    return change_from_data(EACH_KIND[kind]).apply(economy, Goal())


def test_a_need_is_changed_alone(sweden: Economy) -> None:
    after = changed("need", sweden)[0]["needs"].set_index("need")
    before = sweden["needs"].set_index("need")
    assert after.loc["households:A", ["minimum", "target"]].tolist() == [17000.0, 21000.0]
    assert after.drop("households:A").equals(before.drop("households:A"))


def test_a_floor_raises_only_minima_below_it(sweden: Economy) -> None:
    after, before = changed("floor", sweden)[0]["needs"], sweden["needs"]
    assert (after["minimum"] >= 0.5 * after["target"]).all()
    high = before["minimum"] >= 0.5 * before["target"]
    assert after.loc[high, "minimum"].equals(before.loc[high, "minimum"])


def test_a_weight_keeps_the_others_in_proportion(sweden: Economy) -> None:
    weights = changed("weight", sweden)[1].weights
    neutral = neutral_weights(sweden)
    assert weights["Food"] == 0.3
    assert sum(weights.values()) == pytest.approx(1.0)
    assert weights["Health"] / weights["Care"] == pytest.approx(neutral["Health"] / neutral["Care"])


def test_a_better_technique_is_taken_up(sweden: Economy) -> None:
    economy, goal = changed("technique", sweden)
    activity = make_plan(economy, goal)["activity"].set_index("process")["quantity"]
    assert activity["new"] > 1.0


def test_faults_of_all_changes_are_told_together(sweden: Economy) -> None:
    wrong: list[Change] = [
        change_from_data({"kind": "need", "need": "nobody:X", "target": 1.0}),
        change_from_data({"kind": "cap", "place": "SE", "emission": "SO2", "quantity": 1.0}),
        change_from_data({"kind": "weight", "group": "Toys", "weight": 0.5}),
    ]
    with pytest.raises(BadInput) as error:
        apply_changes(wrong, sweden, Goal())
    assert [fault.code for fault in error.value.faults] == ["change-unknown", "change-unknown", "group-unknown"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"kind": "miracle"}, "change-kind"),
        ({}, "change-kind"),
        ({"kind": "need", "quantity": 3}, "change-fields"),
        ({"kind": "weight", "group": "Food", "weight": 1.5}, "weight-value"),
        ({"kind": "floor", "part": 1.1}, "floor-value"),
        ({"kind": "supply", "place": "SE", "factor": "hours", "quantity": "much"}, "change-field"),
        ({"kind": "supply", "place": "SE", "factor": "hours", "quantity": None}, "change-field"),
        ({"kind": "cap", "place": "SE", "emission": "CO2", "quantity": float("nan")}, "change-field"),
        ({"kind": "need", "need": 7, "target": -1.0}, "change-field"),
        ({"kind": "technique", "process": {"name": "nameless"}, "uses": {}}, "technique-form"),
    ],
)
def test_data_that_is_no_change_is_refused(data: dict[str, object], code: str) -> None:
    with pytest.raises(BadInput) as error:
        change_from_data(data)
    assert error.value.faults[0].code == code


def test_a_minimum_above_the_target_is_refused(sweden: Economy) -> None:
    with pytest.raises(BadInput, match="need-tiers"):
        change_from_data({"kind": "need", "need": "households:A", "minimum": 1e9}).apply(sweden, Goal())
