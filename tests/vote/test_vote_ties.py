"""Ties are settled by what was fixed beforehand, the same on every machine (design §8.1)."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.ties import TieRule


@given(st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1), st.permutations("ABCDE"))
def test_a_lot_is_the_published_recipe_and_nothing_else(seed, names):
    by_recipe = sorted(names, key=lambda name: hashlib.sha256((seed + "\n" + name).encode("utf-8")).hexdigest())
    assert TieRule("lot", seed).order(names) == tuple(by_recipe)


def test_a_lot_favours_no_place():
    firsts = Counter(TieRule("lot", f"draw {i}").order("ABCD")[0] for i in range(4000))
    # 1000 expected each; 150 is more than five standard deviations (27.4)
    assert all(abs(firsts[name] - 1000) < 150 for name in "ABCD")


def test_removing_a_candidate_keeps_the_order_of_the_rest():
    rule = TieRule("lot", "draw 7")
    assert rule.order("ACDE") == tuple(name for name in rule.order("ABCDE") if name != "B")


def test_a_use_is_recorded_with_its_reason():
    tie = TieRule("lot", "draw 7").settle("place 1", ("A", "B"))
    assert tie.first == tie.settled[0]
    assert set(tie.settled) == {"A", "B"}
    assert tie.to_data()["by"] == 'lot from the seed "draw 7"'


@pytest.mark.parametrize("rule", [TieRule(), TieRule("lot", "draw 7")])
def test_tie_rules_survive_as_data(rule):
    assert TieRule.from_data(rule.to_data()) == rule


@pytest.mark.parametrize(
    "data",
    [
        None,
        "lot",
        {},
        {"by": "lot"},
        {"by": "lot", "seed": "two\nlines"},
        {"by": "lot", "seed": 7},
        {"by": "candidate-order", "seed": "x"},
        {"by": "coin"},
        {"by": []},
        {"by": "lot", "seed": "x", "more": 1},
    ],
)
def test_malformed_tie_rules_are_refused(data):
    with pytest.raises(BadInput, match="tie-"):
        TieRule.from_data(data)
