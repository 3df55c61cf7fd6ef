"""Futures whose weights come from an ensemble of formations: one observation conditions both (design §11, §6.6).

A node of the tree stands for something that happens to the countries around, such as "a neighbour turns to the
federation, and aid comes". Its weight is the share of sampled paths in which it happens, among those in which its
parent does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.link import Happening, WeightedPaths
from newcourse.plan.futures.observing import observe
from newcourse.plan.futures.open_plan import OpenPlan
from newcourse.plan.futures.solving import OnProgress
from newcourse.plan.futures.tree import Node, Tree

ROUNDING = 1e-9
"""How far weights of the same tree may be apart."""


@dataclass(frozen=True)
class FormationFutures:
    """A tree of futures and the ensemble its weights come from.

    Parameters
    ----------
    pattern
        The tree: nodes, periods and changes; its weights are not looked at.
    happenings
        For each node but the root, by name: what must happen for it to come. Of the children of one parent exactly one
        must happen in each path; one of them may be left out and then stands for all the rest.
    paths
        Sampled paths, with weights.

    Raises
    ------
    BadInput
        When children are not told apart, or nothing is left of the tree; every fault at once.
    """

    pattern: Tree
    happenings: Mapping[str, Happening]
    paths: WeightedPaths = field(repr=False)
    _where: Mapping[str, NDArray[np.bool_]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "happenings", MappingProxyType(dict(self.happenings)))
        faults = list(_naming_faults(self.pattern, self.happenings))
        if faults:
            raise BadInput(faults)
        where = _where(self.pattern, self.happenings, self.paths)
        faults = list(_overlap_faults(self.pattern, where, self.paths.weights > 0))
        if faults:
            raise BadInput(faults)
        object.__setattr__(self, "_where", MappingProxyType(where))

    @property
    def tree(self) -> Tree:
        """The tree with weights from the ensemble; nodes that no path leads to are left out."""
        reach = {node.name: float(self.paths.weights @ self._where[node.name]) for node in self.pattern.nodes}
        nodes = [
            replace(node, weight=_share(reach[node.name], reach[node.parent]) if node.parent else 1.0)
            for node in self.pattern.nodes if reach[node.name] > 0
        ]  # fmt: skip
        source = f"{self.paths.worth:.0f} paths' worth of formations, conditional on their hypotheses"
        return Tree(self.pattern.title, tuple(_adding_up(nodes)), source)

    @property
    def unreached(self) -> tuple[str, ...]:
        """Names of the nodes that no path leads to: not impossible, only not seen."""
        return tuple(node.name for node in self.pattern.nodes if not (self.paths.weights @ self._where[node.name]) > 0)

    def table(self) -> pd.DataFrame:
        """Return the futures with their weights and how exactly the ensemble knows these.

        Returns
        -------
        DataFrame
            Columns scenario, title, weight, error (standard error of the weight).
        """
        rows = []
        for leaf in self.pattern.leaves:
            weight = float(self.paths.weights @ self._where[leaf])
            error = np.sqrt(max(weight * (1 - weight), 0.0) / self.paths.worth)
            rows.append((leaf, self.pattern.node(leaf).title, weight, float(error)))
        return pd.DataFrame(rows, columns=["scenario", "title", "weight", "error"])

    def observe(self, name: str) -> "FormationFutures":
        """Return what remains when a node has become known: of the ensemble, and so of the tree.

        Raises
        ------
        BadInput
            When there is no such node, or no path leads to it.
        """
        self.pattern.node(name)
        kept, pattern = self.paths.weighed(self._where[name]), self.pattern.observe(name)
        remaining = {node.name for node in pattern.nodes}
        happenings = {each: happening for each, happening in self.happenings.items() if each in remaining}
        return replace(self, pattern=pattern, happenings=happenings, paths=kept)

    def hear(self, happening: Happening, reliability: float = 1.0) -> "FormationFutures":
        """Return what remains after news about any country, which need not be a node of the tree.

        Parameters
        ----------
        happening
            What is reported.
        reliability
            How likely the report is where it is true; where it is not, it is as likely as 1 less this. 1 is certain,
            ½ tells nothing.

        Raises
        ------
        BadInput
            When the reliability is no probability, or no path allows the news.
        """
        if not 0 <= reliability <= 1:
            fault = Fault("formation-news", happening.title, f"reliability {reliability}", "0 to 1", "correct it")
            raise BadInput(fault)
        true = self.paths.when(happening)
        return replace(self, paths=self.paths.weighed(np.where(true, reliability, 1 - reliability)))


def observe_both(
    plan: OpenPlan,
    futures: FormationFutures,
    node: str,
    *,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
) -> tuple[OpenPlan, FormationFutures]:
    """Return the plan made again, and the ensemble conditioned, after a node has become known.

    Parameters
    ----------
    plan
        What has been carried out so far, made for the tree of ``futures``.
    futures
        The ensemble.
    node
        What has become known.
    time_limit, on_progress
        As :func:`newcourse.plan.futures.observing.observe`.

    Raises
    ------
    BadInput
        When the plan was made for another tree, or as :func:`~newcourse.plan.futures.observing.observe`.
    Contradiction, NotCertified
        As :func:`newcourse.plan.futures.open_plan.make_open_plan`.
    """
    if not _alike(plan.tree, futures.tree):
        expected = "the tree of these futures"
        fault = Fault("formation-tree", plan.tree.title, "a plan for another tree", expected, "make the plan for it")
        raise BadInput(fault)
    known = futures.observe(node)
    return observe(plan, node, time_limit=time_limit, on_progress=on_progress), known


def _alike(one: Tree, other: Tree) -> bool:
    """Return whether two trees are the same but for rounding of their weights."""
    pairs = zip(one.nodes, other.nodes, strict=False)
    return len(one.nodes) == len(other.nodes) and all(
        replace(a, weight=1.0) == replace(b, weight=1.0) and abs(a.weight - b.weight) < ROUNDING for a, b in pairs
    )


def _share(part: float, whole: float) -> float:
    return min(part / whole, 1.0)


def _adding_up(nodes: list[Node]) -> Iterator[Node]:
    """Yield nodes with the weights of children divided by their sum: rounding, and nothing else, is taken out."""
    totals: dict[str, float] = {}
    for node in nodes:
        totals[node.parent] = totals.get(node.parent, 0.0) + node.weight
    for node in nodes:
        yield replace(node, weight=node.weight / totals[node.parent])


def _children(tree: Tree) -> dict[str, list[str]]:
    families: dict[str, list[str]] = {}
    for node in tree.nodes:
        if node.parent:
            families.setdefault(node.parent, []).append(node.name)
    return families


def _where(tree: Tree, happenings: Mapping[str, Happening], paths: WeightedPaths) -> dict[str, NDArray[np.bool_]]:
    """Return in which paths each node comes."""
    families = _children(tree)
    found: dict[str, NDArray[np.bool_]] = {}
    for node in tree.nodes:
        if not node.parent:
            found[node.name] = np.ones(len(paths.weights), bool)
        elif node.name in happenings:
            found[node.name] = found[node.parent] & paths.when(happenings[node.name])
        else:
            others = [happenings[name] for name in families[node.parent] if name != node.name]
            rest = ~np.any([paths.when(each) for each in others], axis=0) if others else np.ones(1, bool)
            found[node.name] = found[node.parent] & rest
    return found


def _naming_faults(tree: Tree, happenings: Mapping[str, Happening]) -> Iterator[Fault]:
    names = {node.name for node in tree.nodes if node.parent}
    for name in sorted(set(happenings) - names):
        expected = "one of " + ", ".join(sorted(names))
        yield Fault("formation-tree", tree.title, f"node {name!r}", expected, "correct the name")
    for parent, children in _children(tree).items():
        rest = [name for name in children if name not in happenings]
        if len(rest) > 1:
            found, expected = f"no happening for {', '.join(rest)}", "one for all children but one"
            yield Fault("formation-tree", f"children of {parent}", found, expected, "say what must happen for each")


def _overlap_faults(tree: Tree, where: Mapping[str, NDArray[np.bool_]], alive: NDArray[np.bool_]) -> Iterator[Fault]:
    for parent, children in _children(tree).items():
        number = np.sum([where[name] for name in children], axis=0)[alive]
        whole = where[parent][alive]
        both, none = int((number > 1).sum()), int((whole & (number == 0)).sum())
        if both or none:
            found = f"in {both} paths two of them at once, in {none} none of them"
            expected = "exactly one in each path"
            yield Fault("formation-tree", f"children of {parent}", found, expected, "tell them apart, or leave one out")
