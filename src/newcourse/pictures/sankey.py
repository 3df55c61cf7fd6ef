"""Layout of a flow diagram in layers (Sankey): pure geometry, knows no economics and no drawing.

Each node is as high as what flows through it, each ribbon as wide as its flow, so nothing appears or is lost on the
way. Source: M. H. P. R. Sankey, Minutes of Proceedings of the Institution of Civil Engineers 134 (1898), 278-283.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

_POINTS: Final = 9
"""Points of an outline; a smooth line through them is drawn."""


@dataclass(frozen=True, slots=True)
class Link:
    """A flow from a node of one layer to a node of the next."""

    source: str
    target: str
    value: float


@dataclass(frozen=True, slots=True)
class Node:
    """A placed node: its layer, and where it begins and ends, in parts of the height from the top."""

    name: str
    layer: int
    value: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half-way down the node."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A placed link: where it leaves its source and enters its target."""

    link: Link
    layer: int
    leaves: tuple[float, float]
    enters: tuple[float, float]

    def outline(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return points along the ribbon: position between the two layers (0 to 1), top and bottom."""
        along = np.linspace(0.0, 1.0, _POINTS)
        eased = along * along * (3 - 2 * along)
        top = self.leaves[0] + eased * (self.enters[0] - self.leaves[0])
        bottom = self.leaves[1] + eased * (self.enters[1] - self.leaves[1])
        return along, top, bottom


def place(layers: Sequence[Sequence[str]], links: Sequence[Link], space: float) -> tuple[list[Node], list[Ribbon]]:
    """Place nodes and ribbons.

    Parameters
    ----------
    layers
        Names of the nodes of each layer, from the top; each name once.
    links
        Flows between neighbouring layers; a pair of nodes at most once.
    space
        Part of the height kept free in the layer with most nodes, between its nodes.

    Returns
    -------
    nodes, ribbons
        In parts of the height. Through a node flows the larger of what enters and what leaves.

    Examples
    --------
    >>> nodes, ribbons = place([["mine"], ["mill", "store"]], [Link("mine", "mill", 3), Link("mine", "store", 1)], 0.0)
    >>> [(node.name, node.top, node.bottom) for node in nodes]
    [('mine', 0.0, 1.0), ('mill', 0.0, 0.75), ('store', 0.75, 1.0)]
    >>> ribbons[1].leaves, ribbons[1].enters
    ((0.75, 1.0), (0.75, 1.0))
    """
    through = _through(links)
    scale = (1 - space) / max(sum(through.get(name, 0.0) for name in layer) for layer in layers)
    most = max(len(layer) for layer in layers)
    gap = space / (most - 1) if most > 1 else 0.0
    nodes = [node for number, layer in enumerate(layers) for node in _column(number, layer, through, scale, gap)]
    return nodes, _ribbons(nodes, links, scale)


def _through(links: Sequence[Link]) -> dict[str, float]:
    entering: dict[str, float] = {}
    leaving: dict[str, float] = {}
    for link in links:
        leaving[link.source] = leaving.get(link.source, 0.0) + link.value
        entering[link.target] = entering.get(link.target, 0.0) + link.value
    return {name: max(entering.get(name, 0.0), leaving.get(name, 0.0)) for name in entering | leaving}


def _column(layer: int, names: Sequence[str], through: Mapping[str, float], scale: float, gap: float) -> list[Node]:
    heights = [through.get(name, 0.0) * scale for name in names]
    top = (1 - sum(heights) - gap * (len(names) - 1)) / 2
    column = []
    for name, height in zip(names, heights, strict=True):
        column.append(Node(name, layer, through.get(name, 0.0), top, top + height))
        top += height + gap
    return column


def _ribbons(nodes: Sequence[Node], links: Sequence[Link], scale: float) -> list[Ribbon]:
    at = {node.name: node for node in nodes}
    leave = {node.name: node.top for node in nodes}
    enter = dict(leave)
    ribbons = []
    for link in sorted(links, key=lambda link: (at[link.source].top, at[link.target].top)):
        height = link.value * scale
        leaves = (leave[link.source], leave[link.source] + height)
        enters = (enter[link.target], enter[link.target] + height)
        leave[link.source], enter[link.target] = leaves[1], enters[1]
        ribbons.append(Ribbon(link, at[link.source].layer, leaves, enters))
    return ribbons
