"""The layout of flow diagrams: nothing appears, nothing is lost, nothing overlaps."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.pictures.sankey import Link, Node, Ribbon, place

NEAR = 1e-9


@st.composite
def diagrams(draw: st.DrawFn) -> tuple[list[list[str]], list[Link], float]:
    left, middle, right = (
        [f"{side}{i}" for i in range(draw(st.integers(1, 5)))] for side in ("left", "middle", "right")
    )
    values = st.floats(0.01, 1e6)
    links = []
    for node in middle:
        sources = draw(st.lists(st.sampled_from(left), min_size=1, unique=True))
        targets = draw(st.lists(st.sampled_from(right), min_size=1, unique=True))
        entering = [draw(values) for _ in sources]
        share = sum(entering) / len(targets)
        links += [Link(source, node, value) for source, value in zip(sources, entering, strict=True)]
        links += [Link(node, target, share) for target in targets]
    return [left, middle, right], links, draw(st.floats(0, 0.6))


def heights(ribbons: list[Ribbon], node: Node, end: str) -> list[tuple[float, float]]:
    mine = [r for r in ribbons if (r.link.source if end == "leaves" else r.link.target) == node.name]
    return sorted(getattr(ribbon, end) for ribbon in mine)


@given(diagrams())
def test_every_node_is_as_high_as_what_flows_through_it(diagram: tuple[list[list[str]], list[Link], float]) -> None:
    layers, links, space = diagram
    nodes, ribbons = place(layers, links, space)
    largest = max(sum(node.value for node in nodes if node.layer == layer) for layer in range(3))
    for node in nodes:
        entering = sum(link.value for link in links if link.target == node.name)
        leaving = sum(link.value for link in links if link.source == node.name)
        assert node.value == pytest.approx(max(entering, leaving))
        assert node.bottom - node.top == pytest.approx(node.value / largest * (1 - space), abs=NEAR)
    assert len(ribbons) == len(links)


@given(diagrams())
def test_ribbons_fill_their_nodes_without_overlap(diagram: tuple[list[list[str]], list[Link], float]) -> None:
    nodes, ribbons = place(*diagram)
    for node in nodes:
        for end in ("enters", "leaves"):
            parts = heights(ribbons, node, end)
            if parts:
                assert parts[0][0] == pytest.approx(node.top, abs=NEAR)
                assert parts[-1][1] <= node.bottom + NEAR
            for (_, bottom), (top, _) in itertools.pairwise(parts):
                assert top == pytest.approx(bottom, abs=NEAR)


@given(diagrams())
def test_nodes_of_a_layer_stand_in_order_inside_the_picture(diagram: tuple[list[list[str]], list[Link], float]) -> None:
    nodes, _ = place(*diagram)
    for layer in range(3):
        column = [node for node in nodes if node.layer == layer]
        assert [node.name for node in column] == diagram[0][layer]
        assert column[0].top >= -NEAR
        assert column[-1].bottom <= 1 + NEAR
        assert all(above.bottom <= below.top + NEAR for above, below in itertools.pairwise(column))


def test_a_ribbon_keeps_its_width_all_along() -> None:
    _, ribbons = place([["a"], ["b", "c"]], [Link("a", "b", 3.0), Link("a", "c", 1.0)], 0.2)
    for ribbon in ribbons:
        along, top, bottom = ribbon.outline()
        assert (along[0], along[-1]) == (0.0, 1.0)
        assert (top[0], bottom[0]) == ribbon.leaves
        assert (top[-1], bottom[-1]) == ribbon.enters
        assert bottom - top == pytest.approx(bottom[0] - top[0])
