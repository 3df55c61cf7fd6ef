"""Trees of what may come: what a wrong one is told, Bayes' rule, and what differs at a node."""

from math import fsum

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.plan.changes.supply import SupplyChange
from newcourse.plan.futures.differing import Openness, Scaling, difference_from_data
from newcourse.plan.futures.tree import Node, Tree
from newcourse.plan.futures.usual import usual_tree
from newcourse.plan.goal import Goal
from tests.acts.commune import two_products
from tests.economy.small import economy

HARVEST = Scaling("outputs", "quantity", 0.8, {"process": "bake"})
WEATHER = Tree(
    "Weather, then trade",
    (
        Node("now"),
        Node("dry", "A dry year", "now", 2, 0.25, (HARVEST,), sudden=True),
        Node("wet", parent="now", period=2, weight=0.75),
        Node("open", parent="wet", period=3, weight=0.4),
        Node("shut", parent="wet", period=3, weight=0.6, changes=(SupplyChange("F", "hours", 90.0),)),
    ),
)


def codes(error: pytest.ExceptionInfo[BadInput]) -> set[str]:
    return {fault.code for fault in error.value.faults}


def test_scenarios_and_their_weights() -> None:
    assert WEATHER.leaves == ("dry", "open", "shut")
    assert WEATHER.weights == pytest.approx({"dry": 0.25, "open": 0.3, "shut": 0.45})
    assert WEATHER.path("shut", 4) == ("now", "wet", "shut", "shut")
    assert WEATHER.path("dry", 3) == ("now", "dry", "dry")
    assert not WEATHER.even
    assert WEATHER.last_period == 3
    assert Tree.from_data(WEATHER.to_data()).to_data() == WEATHER.to_data()


def test_an_observation_ends_what_it_contradicts() -> None:
    wet = WEATHER.observe("wet")
    assert wet.weights == pytest.approx({"open": 0.4, "shut": 0.6})
    assert [node.name for node in wet.nodes] == ["now", "wet", "open", "shut"]
    assert wet.observe("shut").weights == {"shut": 1.0}
    with pytest.raises(BadInput):
        wet.observe("dry")


@given(st.lists(st.floats(0.01, 1.0), min_size=3, max_size=3))
@settings(max_examples=20)
def test_bayes_rule(likely: list[float]) -> None:
    likelihoods = dict(zip(WEATHER.leaves, likely, strict=True))
    after = WEATHER.weigh(likelihoods).weights
    total = fsum(WEATHER.weights[leaf] * likelihoods[leaf] for leaf in likelihoods)
    assert after == pytest.approx({leaf: WEATHER.weights[leaf] * likelihoods[leaf] / total for leaf in likelihoods})


def test_news_that_ends_scenarios() -> None:
    assert WEATHER.weigh({"dry": 0.0, "open": 1.0, "shut": 0.0}).weights == {"open": 1.0}
    assert WEATHER.weigh(dict.fromkeys(WEATHER.leaves, 0.5)).weights == pytest.approx(WEATHER.weights)
    with pytest.raises(BadInput) as raised:
        WEATHER.weigh(dict.fromkeys(WEATHER.leaves, 0.0))
    assert codes(raised) == {"news-impossible"}
    with pytest.raises(BadInput) as raised:
        WEATHER.weigh({"dry": 2.0})
    assert len(raised.value.faults) == 3


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ((), {"node-root"}),
        ((Node("a", parent="b"),), {"node-root"}),
        ((Node("a"), Node("b")), {"node-root"}),
        ((Node("a"), Node("a", parent="a", period=2)), {"node-name"}),
        ((Node("a"), Node("b", parent="c", period=2)), {"node-parent"}),
        ((Node("a"), Node("b", parent="a", period=1)), {"node-period"}),
        ((Node("a"), Node("b", parent="a", period=2, weight=-1)), {"node-number"}),
        ((Node("a"), Node("b", parent="a", period=2, weight=0.4)), {"node-weights"}),
        (
            (Node("a"), Node("b", parent="a", period=2, weight=0.5), Node("c", parent="a", period=3, weight=0.5)),
            {"node-together"},
        ),
    ],
)
def test_what_is_no_tree_is_refused(nodes: tuple[Node, ...], expected: set[str]) -> None:
    with pytest.raises(BadInput) as raised:
        Tree("wrong", nodes)
    assert codes(raised) == expected


def test_data_that_are_no_tree() -> None:
    wrong = {"nodes": [{"name": "a", "colour": "red"}, {"name": "b", "changes": [{"kind": "miracle"}]}]}
    with pytest.raises(BadInput) as raised:
        Tree.from_data(wrong)
    assert codes(raised) == {"tree-node", "change-kind"}
    for data in ({"kind": "scale", "table": "outputs"}, {"kind": "openness", "part": 1}):
        with pytest.raises(BadInput) as raised:
            difference_from_data(data)
        assert codes(raised) == {"change-fields"}


def test_a_harvest_is_what_comes_out_times_a_part() -> None:
    small = two_products()
    after, _ = HARVEST.apply(small, Goal())
    assert after.outputs.sum() == pytest.approx(small.outputs.sum() - 0.2)
    assert "80%" in HARVEST.words(small)
    for wrong in ({"process": "fly"}, {"colour": "red"}):
        with pytest.raises(BadInput):
            Scaling("outputs", "quantity", 0.8, wrong).apply(small, Goal())
    with pytest.raises(BadInput) as raised:
        Scaling("places", "name", -1.0)
    assert codes(raised) == {"scale-factor", "scale-column"}


def test_trade_closes_in() -> None:
    trading = economy(
        {"sew": {"makes": {"shirt": 1.0}, "base": 10.0}},
        {"shirt": {"target": 12.0}},
        trade=[{"product": "shirt", "imports": 4.0, "exports": 2.0, "export_quota": 1.0}],
        accounts=[{"place": "P"}],
    )
    after, _ = Openness(0.5).apply(trading, Goal())
    row = after["trade"].iloc[0]
    assert (row["import_quota"], row["export_quota"], row["imports"], row["exports"]) == (2.0, 1.0, 2.0, 1.0)
    only, _ = Openness(0.5, {"product": "shirt"}).apply(trading, Goal())
    assert only["trade"].equals(after["trade"])
    with pytest.raises(BadInput):
        Openness(float("nan"))
    assert usual_tree(trading).leaves == ("usual", "lean", "closing")
    assert usual_tree(two_products()).leaves == ("usual", "lean")
    assert np.isclose(sum(usual_tree(two_products()).weights.values()), 1.0)
