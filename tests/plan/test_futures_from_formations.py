"""A tree weighed by an ensemble of formations: one observation conditions both, and they stay in step."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.formations.link import Happening, WeightedPaths
from newcourse.formations.spaces import DEFAULT
from newcourse.plan.futures.differing import Scaling
from newcourse.plan.futures.from_formations import FormationFutures, observe_both
from newcourse.plan.futures.open_plan import make_open_plan
from newcourse.plan.futures.tree import Node, Tree
from newcourse.plan.limits import Limits
from newcourse.sources.example_trees import example_tree
from tests.plan.test_futures_plan import granary

JOINS = Happening("the neighbour joins", 1, "collectivised", ("B",), 1)
LASTS = Happening("it lasts", 2, "collectivised", ("B",), 1)
AID = Scaling("outputs", "quantity", 1.5, {"process": "grow"})
PATTERN = Tree(
    "The neighbour",
    (
        Node("now"),
        Node("alone", parent="now", period=2, weight=0.5),
        Node("joined", parent="now", period=2, weight=0.5, changes=(AID,)),
        Node("stays", parent="joined", period=3, weight=0.5),
        Node("falls", parent="joined", period=3, weight=0.5),
    ),
)


def ensemble(seed: int, size: int = 60) -> WeightedPaths:
    rng = np.random.default_rng(seed)
    states = rng.choice([1, 2, 3], (size, 3, 2), p=[0.5, 0.3, 0.2])
    return WeightedPaths(DEFAULT, ("A", "B"), np.arange(3.0), states, rng.random(size))


def futures(seed: int = 1) -> FormationFutures:
    return FormationFutures(PATTERN, {"joined": JOINS, "stays": LASTS}, ensemble(seed))


def test_weights_are_shares_of_paths() -> None:
    one = futures()
    joins, lasts, weights = one.paths.when(JOINS), one.paths.when(LASTS), one.paths.weights
    expected = {"alone": weights @ ~joins, "stays": weights @ (joins & lasts), "falls": weights @ (joins & ~lasts)}
    assert one.tree.weights == pytest.approx(expected)
    assert one.table().set_index("scenario")["weight"].to_dict() == pytest.approx(expected)
    assert (one.table()["error"] < 0.1).all()
    assert one.unreached == ()
    assert one.tree.node("joined").changes == (AID,)


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from(["alone", "joined", "stays", "falls"]), st.floats(0.05, 1))
def test_the_tree_of_what_remains_of_the_ensemble_is_what_remains_of_the_tree(seed, node, reliability) -> None:
    one = futures(seed)
    assert one.observe(node).tree.weights == pytest.approx(one.tree.observe(node).weights)
    news = Happening("the other country", 1, "workers", ("A",), 1)
    likely = np.where(one.paths.when(news), reliability, 1 - reliability)
    where = {leaf: one.observe(leaf).paths.weights for leaf in one.tree.leaves}
    likelihoods = {leaf: float(weights @ likely) for leaf, weights in where.items()}
    assert one.hear(news, reliability).tree.weights == pytest.approx(one.tree.weigh(likelihoods).weights)
    assert one.hear(news, 0.5).tree.weights == pytest.approx(one.tree.weights)


@pytest.mark.slow
def test_an_observation_conditions_the_ensemble_and_the_plan() -> None:
    one = futures()
    plan = make_open_plan(granary(), limits=Limits(3, activity_rate=None, terminal="free"), tree=one.tree)
    later, known = observe_both(plan, one, "joined")
    assert later.weights == pytest.approx(known.tree.weights)
    assert set(later.weights) == {"stays", "falls"}
    assert known.paths.chance(JOINS)[0] == pytest.approx(1)
    last, certain = observe_both(later, known, "falls")
    assert last.weights == {"falls": 1.0}
    assert certain.paths.chance(LASTS)[0] == 0
    with pytest.raises(BadInput, match="another tree"):
        observe_both(plan, futures(2), "joined")


def test_the_futures_of_an_example_can_be_weighed() -> None:
    closing = Happening("nobody to trade with", 1, "collectivised", most=0)
    one = FormationFutures(example_tree("world"), {"closing": closing}, ensemble(3))
    assert one.tree.weights["closing"] == pytest.approx(one.paths.chance(closing)[0])
    assert "conditional on their hypotheses" in one.tree.source


def test_what_is_never_seen_is_left_out_and_said() -> None:
    never = WeightedPaths(DEFAULT, ("A", "B"), np.arange(3.0), np.ones((5, 3, 2)))
    one = FormationFutures(PATTERN, {"joined": JOINS, "stays": LASTS}, never)
    assert one.tree.weights == {"alone": 1.0}
    assert one.unreached == ("joined", "stays", "falls")
    with pytest.raises(BadInput, match="no path allows"):
        one.observe("joined")


def test_children_must_be_told_apart() -> None:
    with pytest.raises(BadInput, match="two of them at once"):
        FormationFutures(PATTERN, {"joined": JOINS, "alone": JOINS, "stays": LASTS}, ensemble(1))
    with pytest.raises(BadInput, match="for all children but one") as error:
        FormationFutures(PATTERN, {"peace": JOINS}, ensemble(1))
    assert len(error.value.faults) == 3
    with pytest.raises(BadInput, match="0 to 1"):
        futures().hear(JOINS, 2)
