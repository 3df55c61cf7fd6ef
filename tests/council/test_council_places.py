"""The tree of places and the mapping that states are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.council.growing import GrowingMap
from newcourse.council.tree import Place, Tree
from newcourse.errors import BadInput
from tests.council.people import TREE


def codes(error: BadInput) -> set[str]:
    return {fault.code for fault in error.faults}


def test_the_tree_knows_what_lies_beneath_what() -> None:
    assert TREE.root == "F"
    assert TREE.beneath("F") == ("N", "S")
    assert TREE.contains("N", "N1")
    assert TREE.contains("N1", "N1")
    assert not TREE.contains("S", "N1")
    assert not TREE.contains("F", "elsewhere")
    assert [*TREE.upward("N1")] == ["N1", "N", "F"]
    assert Tree.from_data(TREE.to_data()) == TREE
    assert TREE.within("N") == {"N", "N1"}
    assert TREE.within("elsewhere") == frozenset()
    assert (TREE.at_level("region"), TREE.at_level("moon")) == (("N", "S"), ())


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((("A", ""), ("A", "")), "place-twice"),
        ((("A", ""), ("B", "C")), "place-unknown"),
        ((("A", ""), ("B", "")), "tree-broken"),
        ((("A", ""), ("B", "C"), ("C", "B")), "tree-broken"),
        ((("B", "C"), ("C", "B")), "tree-broken"),
    ],
)
def test_broken_trees_cannot_be_made(rows: tuple[tuple[str, str], ...], code: str) -> None:
    with pytest.raises(BadInput) as caught:
        Tree(tuple(Place(place, place, "place", parent) for place, parent in rows))
    assert code in codes(caught.value)


@given(st.lists(st.tuples(st.integers(0, 300), st.integers()), max_size=600))
def test_a_growing_map_is_a_dictionary_that_keeps_its_past(items: list[tuple[int, int]]) -> None:
    model: dict[int, int] = {}
    grown: GrowingMap[int, int] = GrowingMap()
    taken: set[int] = set()
    stages = []
    for key, value in items:
        model = {**model, key: value}
        grown = grown.put(key, value)
        if value % 3 == 0:
            taken.add(key)
            model = {name: kept for name, kept in model.items() if name != key}
            grown = grown.without(key)
        stages.append((grown, model) if len(stages) % 50 == 0 else stages[-1])
    assert grown == model
    assert sorted(grown) == sorted(model)
    assert [key for key in grown if key not in taken] == [key for key in model if key not in taken]
    assert len(grown) == len(model)
    assert all(old == then for old, then in stages)
    assert not any(key in grown for key in taken if key not in model)


def test_what_is_not_there_cannot_be_taken_out() -> None:
    grown = GrowingMap({"ada": 1}).without("ada")
    assert (len(grown), dict(grown), grown.get("ada")) == (0, {}, None)
    with pytest.raises(KeyError):
        grown.without("ada")
    with pytest.raises(KeyError):
        grown["ada"]
    assert dict(grown.put("ada", 2)) == {"ada": 2}
