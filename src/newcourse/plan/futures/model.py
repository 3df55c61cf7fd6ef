"""The planning problem of each scenario, and which of its columns are decided when (design §6.6).

A scenario's problem is put together period by period: rows, bounds and worth of a period are those of the economy as
it is at the scenario's node in that period. A column belongs to the period in which it is decided: that of its label,
but the output of a process with a lead is decided that many periods before. Columns without a period: how far a
place's minima are *secured* is each scenario's own (it is counted, not decided); the *worst off* is one for all
scenarios; any other is a decision for the whole horizon and so is taken here and now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import scipy.sparse as sp

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.changes.technique import TechniqueChange
from newcourse.plan.futures.problem import Scenario, ScenarioProblem
from newcourse.plan.futures.tree import Node, Tree
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.model import Model, build_model
from newcourse.solver.problem import Block, LinearProblem, Vector

OWN: Final = ("secured",)
"""Blocks without a period that each scenario has for itself."""

STEPS: Final = ("decline",)
"""Limits on how fast something may shrink from one period to the next: what comes suddenly lifts them."""

BASE: Final = (("trade", ("imports", "exports")), ("routes", ("base",)))
"""What was traded in the base year: paces are measured from it at each node, but the base year was what it was."""


@dataclass(frozen=True, eq=False)
class OpenModel:
    """Scenarios of one economy, ready to be planned together.

    Parameters
    ----------
    goal, limits, tree
        What it was made from.
    models
        The planning model of each scenario, in the order of the tree's leaves; its economy is that of the leaf.
    problem
        The scenarios and what they have in common; one stage per period.
    """

    goal: Goal
    limits: Limits
    tree: Tree
    models: tuple[Model, ...]
    problem: ScenarioProblem

    @cached_property
    def efforts(self) -> np.ndarray:
        """Effort cost of each scenario, shape (S, n)."""
        return np.array([model.effort for model in self.models])

    def with_problem(self, problem: ScenarioProblem) -> "OpenModel":
        """Return the same models with other bounds on what is decided."""
        return replace(self, problem=problem)


def build_open_model(economy: Economy, goal: Goal, limits: Limits, tree: Tree) -> OpenModel:
    """Return the planning models of all scenarios of a tree.

    Raises
    ------
    BadInput
        If economy, goal, limits and tree do not fit together, or what differs adds rows to a table (only techniques
        may be added).
    """
    if tree.last_period > limits.periods:
        horizon = f"at most {limits.periods}, the horizon"
        raise BadInput(
            Fault("tree-late", f"node {node.name}", f"known in period {node.period}", horizon, "lengthen the horizon")
            for node in tree.nodes
            if node.period > limits.periods
        )
    everything, techniques = _with_all_techniques(economy, goal, tree)
    at_node: dict[str, Model] = {}
    for node in tree.nodes:
        same = node.parent and not node.changes
        at_node[node.name] = (
            at_node[node.parent] if same else _at(everything, goal, limits, tree, node.name, techniques)
        )
    _require_alike(at_node, tree)
    models = tuple(_with_base_year(_along(at_node, tree, leaf, limits), everything) for leaf in tree.leaves)
    weights = tree.weights
    scenarios = tuple(
        Scenario(leaf, weights[leaf], model.problem, tree.path(leaf, limits.periods))
        for leaf, model in zip(tree.leaves, models, strict=True)
    )
    return OpenModel(goal, limits, tree, models, ScenarioProblem(scenarios, stages_of(models[0])))


def _with_base_year(model: Model, economy: Economy) -> Model:
    """Return the model whose economy says of the base year's trade what it was."""
    tables = {
        name: model.economy[name].assign(**{column: economy[name][column] for column in columns})
        for name, columns in BASE
        if not model.economy[name][list(columns)].equals(economy[name][list(columns)])
    }
    return replace(model, economy=model.economy.replace(**tables)) if tables else model


def stages_of(model: Model) -> np.ndarray:
    """Return the period in which each column is decided, counted from 0, shape (n,)."""
    stage = np.zeros(model.problem.shape[1], dtype=np.int64)
    for block in model.problem.columns:
        if "period" in block.labels.names:
            stage[block.slice] = _periods(block, model)
        elif block.name in OWN:
            stage[block.slice] = model.limits.periods - 1
    activity = model.problem.column_block("activity")
    leads = model.economy["processes"].set_index("process")["lead"].to_numpy(dtype=int)
    lead = leads[model.economy.process_index.get_indexer(activity.labels.get_level_values("process"))]
    stage[activity.slice] = np.maximum(stage[activity.slice] - lead, 0)
    return stage


def _periods(block: Block, model: Model) -> np.ndarray:
    """Return the period of each label, counted from 0; those outside the horizon count as its nearest end."""
    first = model.economy.about.year + 1
    years = block.labels.get_level_values("period").to_numpy(dtype=int)
    return np.asarray(np.clip(years - first, 0, model.limits.periods - 1))


def _with_all_techniques(economy: Economy, goal: Goal, tree: Tree) -> tuple[Economy, Mapping[str, str]]:
    """Return the economy with the techniques of every node, and at which node each first comes into being."""
    node_of: dict[str, str] = {}
    faults: list[Fault] = []
    for node in tree.nodes:
        for change in node.changes:
            if isinstance(change, TechniqueChange):
                code = str(change.process["process"])
                if code in node_of:
                    found = f"also at node {node_of[code]}"
                    faults.append(
                        Fault("tree-technique", f"node {node.name}, {code}", found, "a code of its own", "rename")
                    )
                node_of[code] = node.name
                economy, goal = change.apply(economy, goal)
    if faults:
        raise BadInput(faults)
    return economy, node_of


def _at(economy: Economy, goal: Goal, limits: Limits, tree: Tree, name: str, techniques: Mapping[str, str]) -> Model:
    """Return the model as if everything on the way to a node had held from the start."""
    way = tree.way(name)
    faults: list[Fault] = []
    for node in way:
        for change in node.changes:
            if isinstance(change, TechniqueChange):
                continue
            try:
                economy, goal = change.apply(economy, goal)
            except BadInput as error:
                faults += _at_node(node.name, error)
    if faults:
        raise BadInput(faults)
    try:
        model = build_model(economy, goal, limits)
    except BadInput as error:
        raise BadInput(_at_node(name, error)) from None
    there = {node.name for node in way}
    unknown = [code for code, node in techniques.items() if node not in there]
    activity = model.problem.column_block("activity")
    upper = np.array(model.problem.column_upper)
    upper[activity.slice][activity.labels.get_level_values("process").isin(unknown)] = 0.0
    return replace(model, problem=model.problem.with_column_bounds(upper=upper))


def _at_node(name: str, error: BadInput) -> list[Fault]:
    return [replace(fault, where=f"node {name}: {fault.where}") for fault in error.faults]


def _require_alike(at_node: Mapping[str, Model], tree: Tree) -> None:
    root = at_node[tree.nodes[0].name].problem
    faults = [
        Fault(
            "tree-rows", f"node {name}, {block.name}", "other labels than at the root", "the same ones",
            "change numbers, not rows: give what only exists later a quantity of 0 or a small one before",
        )
        for name, model in at_node.items()
        for mine, theirs in ((root.columns, model.problem.columns), (root.rows, model.problem.rows))
        for block, other in zip(mine, theirs, strict=True)
        if block.name != other.name or not block.labels.equals(other.labels)
    ]  # fmt: skip
    if faults:
        raise BadInput(faults)


def _along(at_node: Mapping[str, Model], tree: Tree, leaf: str, limits: Limits) -> Model:
    """Return a scenario's model: each period as at the node the scenario is at in it."""
    path = tree.path(leaf, limits.periods)
    last = at_node[leaf]
    names = list(dict.fromkeys((*path, leaf)))
    whose = np.array([names.index(node) for node in path])
    rows, columns = (
        _whose(blocks, last, whose, names.index(leaf)) for blocks in (last.problem.rows, last.problem.columns)
    )
    parts = [at_node[name] for name in names]
    problem = _spliced([part.problem for part in parts], rows, columns)
    problem = _without_paces(problem, last, [node for node in tree.way(leaf) if node.sudden])
    effort = np.choose(columns, [part.effort for part in parts])
    return replace(last, problem=problem, effort=effort)


def _whose(blocks: tuple[Block, ...], model: Model, whose: np.ndarray, leaf: int) -> np.ndarray:
    """Return which part each row or column is taken from: that of its period, the leaf's where it has none."""
    return np.concatenate(
        [
            whose[_periods(block, model)] if "period" in block.labels.names else np.full(len(block), leaf)
            for block in blocks
        ]
    )


def _spliced(parts: list[LinearProblem], rows: np.ndarray, columns: np.ndarray) -> LinearProblem:
    first = parts[0]
    if len(parts) == 1:
        return first

    def taken(name: str, whose: np.ndarray) -> Vector:
        return np.choose(whose, [getattr(part, name) for part in parts])

    matrix = sum(
        (sp.diags_array((rows == i).astype(float)) @ part.matrix for i, part in enumerate(parts[1:], start=1)),
        sp.diags_array((rows == 0).astype(float)) @ first.matrix,
    )
    whole = sp.csr_array(matrix)
    whole.eliminate_zeros()
    return replace(
        first, cost=taken("cost", columns), matrix=whole, row_lower=taken("row_lower", rows),
        row_upper=taken("row_upper", rows), column_lower=taken("column_lower", columns),
        column_upper=taken("column_upper", columns),
    )  # fmt: skip


def _without_paces(problem: LinearProblem, model: Model, sudden: list[Node]) -> LinearProblem:
    """Return the problem in which nothing has to shrink slowly where something comes suddenly."""
    lower = np.array(problem.row_lower)
    for block in problem.rows:
        for node in sudden:
            if block.name not in STEPS:
                continue
            free = _periods(block, model) == node.period - 1
            lower[block.slice][free] = -np.inf
    return problem.with_row_bounds(lower)
