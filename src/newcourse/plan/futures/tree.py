"""The tree of what may come: what is known when, how likely it is, and what differs then (design §6.6)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import fsum, isfinite, prod
from typing import Any, Self

from newcourse.errors import BadInput, Fault
from newcourse.plan.changes.change import Change
from newcourse.plan.futures.differing import difference_from_data


@dataclass(frozen=True)
class Node:
    """Something that may become known at the beginning of a period, and holds from then on.

    Parameters
    ----------
    name
        Short name, unique in the tree.
    title
        In words.
    parent
        What must have become known before; empty for the root.
    period
        At the beginning of which period it is known, counted from 1; the root's is 1.
    weight
        How likely it is once its parent is known: positive; those of all children of a parent add up to 1.
    changes
        What is different from then on.
    sudden
        Whether activities may shrink at once when it comes, without the usual limit on the pace: droughts do not wait.
    """

    name: str
    title: str = ""
    parent: str = ""
    period: int = 1
    weight: float = 1.0
    changes: tuple[Change, ...] = ()
    sudden: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "changes", tuple(self.changes))
        object.__setattr__(self, "title", self.title or self.name)

    def to_data(self) -> dict[str, Any]:
        """Return the node as plain data."""
        return {
            "name": self.name, "title": self.title, "parent": self.parent, "period": self.period,
            "weight": self.weight, "sudden": self.sudden, "changes": [change.to_data() for change in self.changes],
        }  # fmt: skip

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Make a node of what :meth:`to_data` gave."""
        given = dict(data)
        changes = given.pop("changes", ())
        try:
            return cls(**given, changes=tuple(difference_from_data(change) for change in changes))
        except TypeError as error:
            where, expected = f"node {data.get('name', '?')}", "name, title, parent, period, weight, sudden, changes"
            raise BadInput(Fault("tree-node", where, f"{error}", expected, "correct the node")) from None


@dataclass(frozen=True)
class Tree:
    """Futures held side by side.

    A *scenario* is a way from the root to a leaf. Where siblings part, what comes is observed; ways of different
    length are allowed: on a short one nothing more becomes known.

    Parameters
    ----------
    title
        What may come, in words.
    nodes
        The root first; parents before children.
    source
        Where the weights and changes are from; ``assumed`` where nobody has measured them.

    Raises
    ------
    BadInput
        If it is no tree, or weights are none; every fault at once.

    Examples
    --------
    >>> tree = Tree("Weather", (Node("now"), Node("dry", parent="now", period=2, weight=0.25),
    ...                         Node("wet", parent="now", period=2, weight=0.75)))
    >>> tree.weights
    {'dry': 0.25, 'wet': 0.75}
    >>> tree.observe("wet").weights
    {'wet': 1.0}
    """

    title: str
    nodes: tuple[Node, ...]
    source: str = "assumed"
    _by_name: dict[str, Node] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "nodes", tuple(self.nodes))
        object.__setattr__(self, "_by_name", {node.name: node for node in self.nodes})
        faults = [*_node_faults(self.nodes), *_sibling_faults(self.nodes)]
        if faults:
            raise BadInput(faults)

    def node(self, name: str) -> Node:
        """Return a node.

        Raises
        ------
        BadInput
            If there is none of that name.
        """
        if name not in self._by_name:
            known = ", ".join(self._by_name)
            raise BadInput(Fault("node-unknown", self.title, name, f"one of {known}", "correct the name"))
        return self._by_name[name]

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """Names of the scenarios: the nodes after which nothing more becomes known."""
        parents = {node.parent for node in self.nodes}
        return tuple(node.name for node in self.nodes if node.name not in parents)

    def way(self, name: str) -> tuple[Node, ...]:
        """Return the nodes from the root to a node."""
        node = self.node(name)
        return (*self.way(node.parent), node) if node.parent else (node,)

    @property
    def weights(self) -> dict[str, float]:
        """Weight of each scenario: the product of the weights on its way."""
        return {leaf: prod(node.weight for node in self.way(leaf)) for leaf in self.leaves}

    @property
    def last_period(self) -> int:
        """The last period at whose beginning anything becomes known."""
        return max(node.period for node in self.nodes)

    @property
    def even(self) -> bool:
        """Whether all ways are of the same length."""
        return len({len(self.way(leaf)) for leaf in self.leaves}) == 1

    def path(self, leaf: str, periods: int) -> tuple[str, ...]:
        """Return which node a scenario is at in each period."""
        way = self.way(leaf)
        return tuple([node.name for node in way if node.period <= period][-1] for period in range(1, periods + 1))

    def observe(self, name: str) -> "Tree":
        """Return what remains when a node has become known: the scenarios it contradicts have ended."""
        way = self.way(name)
        kept = {node.name for node in way} | set(self._beneath(name))
        return replace(self, nodes=tuple(
            replace(node, weight=1.0) if node in way else node for node in self.nodes if node.name in kept
        ))  # fmt: skip

    def weigh(self, likelihoods: Mapping[str, float]) -> "Tree":
        """Return the tree after news that is not the same thing as a node: Bayes' rule on the scenarios.

        Parameters
        ----------
        likelihoods
            How likely the news would be in each scenario; those where it is nil have ended.

        Raises
        ------
        BadInput
            If a scenario is left out or a likelihood is none, or the news contradicts every scenario.
        """
        faults = [
            Fault("likelihood", f"scenario {leaf}", f"{likelihoods.get(leaf)!r}", "a part of 1, at least 0", "give it")
            for leaf in self.leaves
            if not isinstance(likelihoods.get(leaf), int | float) or not 0 <= likelihoods[leaf] <= 1
        ]
        if faults:
            raise BadInput(faults)
        after = {leaf: weight * likelihoods[leaf] for leaf, weight in self.weights.items()}
        if not fsum(after.values()) > 0:
            fault = Fault(
                "news-impossible", self.title, "news that no scenario allows", "news that one does", "add one"
            )
            raise BadInput(fault)
        reach = {node.name: fsum(after.get(leaf, 0.0) for leaf in self._leaves_of(node.name)) for node in self.nodes}
        return replace(self, nodes=tuple(
            replace(node, weight=reach[node.name] / reach[node.parent] if node.parent else 1.0)
            for node in self.nodes if reach[node.name] > 0
        ))  # fmt: skip

    def _beneath(self, name: str) -> Iterator[str]:
        for node in self.nodes:
            if node.parent == name:
                yield node.name
                yield from self._beneath(node.name)

    def _leaves_of(self, name: str) -> tuple[str, ...]:
        return tuple(leaf for leaf in self.leaves if name in {node.name for node in self.way(leaf)})

    def to_data(self) -> dict[str, Any]:
        """Return the tree as plain data."""
        return {"title": self.title, "source": self.source, "nodes": [node.to_data() for node in self.nodes]}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Make a tree of what :meth:`to_data` gave.

        Raises
        ------
        BadInput
            With the faults of every node.
        """
        nodes, faults = [], []
        listed = data.get("nodes") if isinstance(data, Mapping) else None
        if not isinstance(listed, list | tuple) or not all(isinstance(each, Mapping) for each in listed):
            raise BadInput(
                Fault("tree-form", "tree", "no list of nodes", "title, source and nodes", "complete the tree")
            )
        for each in listed:
            try:
                nodes.append(Node.from_data(each))
            except BadInput as error:
                faults += [replace(f, where=f"node {each.get('name', '?')}: {f.where}") for f in error.faults]
        if faults:
            raise BadInput(faults)
        return cls(str(data.get("title", "What may come")), tuple(nodes), str(data.get("source", "assumed")))


def _node_faults(nodes: tuple[Node, ...]) -> Iterator[Fault]:
    known: dict[str, Node] = {}
    for number, node in enumerate(nodes):
        where = f"node {node.name}"
        if not node.name or node.name in known:
            yield Fault("node-name", f"node {number + 1}", repr(node.name), "a name of its own", "rename it")
        if bool(node.parent) == (number == 0):
            yield Fault("node-root", where, f"parent {node.parent!r}", "one root, given first", "correct the parents")
        elif node.parent and node.parent not in known:
            yield Fault("node-parent", where, node.parent, "the name of an earlier node", "put its parent before it")
        elif node.parent and node.period <= known[node.parent].period:
            expected = f"later than its parent's, {known[node.parent].period}"
            yield Fault("node-period", where, f"period {node.period}", expected, "correct the period")
        if number == 0 and (node.period != 1 or node.weight != 1):
            yield Fault(
                "node-root", where, f"period {node.period}, weight {node.weight}", "1 and 1", "correct the root"
            )
        if not _is_positive(node.weight) or not isinstance(node.period, int) or isinstance(node.period, bool):
            found = f"weight {node.weight!r}, period {node.period!r}"
            yield Fault("node-number", where, found, "a positive weight, a whole period", "correct the node")
        known[node.name] = node
    if not nodes:
        yield Fault("node-root", "tree", "no node", "at least a root", "add it")


def _is_positive(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) and value > 0


def _sibling_faults(nodes: Iterable[Node]) -> Iterator[Fault]:
    families: dict[str, list[Node]] = {}
    for node in nodes:
        families.setdefault(node.parent, []).append(node)
    for parent, children in families.items():
        if not parent or not all(_is_positive(child.weight) for child in children):
            continue
        total = fsum(child.weight for child in children)
        if abs(total - 1) > 1e-9:
            found = f"{', '.join(f'{c.name} {c.weight:g}' for c in children)}: a sum of {total:.10g}"
            yield Fault("node-weights", f"children of {parent}", found, "a sum of 1", "correct the weights")
        if len({child.period for child in children}) > 1:
            found = ", ".join(f"{c.name} in period {c.period}" for c in children)
            yield Fault(
                "node-together", f"children of {parent}", found, "one period", "they are told apart at one time"
            )
