"""An open plan: a plan per scenario, decisions common while scenarios cannot be told apart (design §6.6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.plan.futures.extensive import Extensive
from newcourse.plan.futures.model import OpenModel, build_open_model
from newcourse.plan.futures.problem import ScenarioProblem
from newcourse.plan.futures.solving import OnProgress, Together, silent
from newcourse.plan.futures.stages import solve_open_stages
from newcourse.plan.futures.tree import Tree
from newcourse.plan.goal import TIERS, Goal
from newcourse.plan.limits import Limits
from newcourse.plan.model import Model
from newcourse.plan.plan import Plan, plan_of
from newcourse.plan.stage import Proof, Stage

DECIDED: Final = ("activity", "imports", "exports", "shipments", "investment", "projects")
"""Blocks of columns that are decisions; stocks and stores follow from them."""

DIFFERENT: Final = 1e-6
"""Part of the larger beyond which two quantities differ."""


@dataclass(frozen=True, eq=False)
class OpenPlan:
    """Plans for every scenario of a tree, made together. Immutable.

    Parameters
    ----------
    economy, goal, limits, tree
        What it was made from.
    plans
        The plan of each scenario, by name of its leaf: what is done if that comes. The economy of each is that at the
        end of its way, so that money of earlier periods is reckoned at its prices; its proofs are those of the whole.
    proofs
        One per stage, for all scenarios together.
    model
        The scenarios as linear problems.
    solved
        All scenarios written out as one problem, and the stages that were solved.
    """

    economy: Economy
    goal: Goal
    limits: Limits
    tree: Tree
    plans: Mapping[str, Plan]
    proofs: tuple[Proof, ...] = field(repr=False)
    model: OpenModel = field(repr=False)
    solved: tuple[Extensive, tuple[Stage, ...]] = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plans", MappingProxyType(dict(self.plans)))

    @property
    def certified(self) -> bool:
        """Whether every stage is proved optimal."""
        return all(proof.certificate["kind"] == "optimal" for proof in self.proofs)

    @property
    def weights(self) -> dict[str, float]:
        """Weight of each scenario."""
        return self.tree.weights

    def primal(self, scenario: int) -> np.ndarray:
        """Return the columns chosen for one scenario, shape (n,)."""
        written, stages = self.solved
        return written.primal(stages[-1].solution, scenario)

    def needs_problem(self) -> tuple[ScenarioProblem, Together]:
        """Return the scenarios with satisfaction of needs as objective, what was secured kept, and their solution."""
        written, stages = self.solved
        needs = next(stage.solution for stage in stages if stage.name == "needs")
        lower = needs.problem.column_lower
        problems = [
            s.problem.with_column_bounds(lower=np.maximum(s.problem.column_lower, lower[written.columns[i]]))
            for i, s in enumerate(self.model.problem.scenarios)
        ]
        problem = self.model.problem.with_problems(problems)
        return problem, Together(replace(written, scenarios=problem), needs)

    def fulfilment(self, by: str | None = None) -> pd.DataFrame:
        """Return how far targets are met in each scenario and period.

        Parameters
        ----------
        by
            ``group``, ``place``, ``product`` or ``need``; all needs together if left out.

        Returns
        -------
        DataFrame
            Columns scenario, weight, (``by``,) period, asked, delivered, fulfilment.
        """
        parts = [_met(plan, by).assign(scenario=name, weight=self.weights[name]) for name, plan in self.plans.items()]
        table = pd.concat(parts, ignore_index=True)
        first = ["scenario", "weight", *([by] if by else [])]
        return table[[*first, "period", "asked", "delivered", "fulfilment"]]

    def bands(self) -> pd.DataFrame:
        """Return the least, expected and largest part of needs met in each period, over the scenarios.

        Returns
        -------
        DataFrame
            Columns period, least, expected, largest (parts of 1).
        """
        table = self.fulfilment()
        grouped = table.groupby("period")["fulfilment"]
        expected = (table["fulfilment"] * table["weight"]).groupby(table["period"]).sum()
        return pd.DataFrame({"least": grouped.min(), "expected": expected, "largest": grouped.max()}).reset_index()

    def decisions(self) -> pd.DataFrame:
        """Return every decision with the period it is taken in, and what it is in each scenario.

        Returns
        -------
        DataFrame
            Columns table (block), label (codes joined by ``/``), period (the one it takes effect in), decided (the one
            it is taken in), common (whether it is one for all scenarios), differs (largest difference between scenarios
            as a part of the largest), and one column of quantities per scenario.
        """
        model = self.model.models[0]
        points = {name: self.primal(s) for s, name in enumerate(self.plans)}
        together = self.common_periods
        frames = []
        for name in DECIDED:
            block = model.problem.column_block(name)
            if not len(block):
                continue
            quantities = pd.DataFrame({scenario: point[block.slice] for scenario, point in points.items()})
            high, low = quantities.max(axis=1), quantities.min(axis=1)
            stage = self.model.problem.stage[block.slice]
            labels = block.labels.to_frame(index=False)
            codes = labels.drop(columns="period").astype(str).agg("/".join, axis=1)
            head = pd.DataFrame(
                {
                    "table": name, "label": codes, "period": labels["period"], "decided": self._year(0) + stage,
                    "common": stage < together, "differs": (high - low) / high.where(high > 0, 1.0),
                }
            )  # fmt: skip
            frames.append(pd.concat([head, quantities], axis=1))
        return pd.concat(frames, ignore_index=True)

    @property
    def common_periods(self) -> int:
        """For how many periods, from the first, all scenarios are decided together."""
        leaders = self.model.problem.leaders
        parted = np.flatnonzero((leaders != leaders[0]).any(axis=0))
        return int(parted[0]) if parted.size else self.limits.periods

    def _year(self, period: int) -> int:
        return self.economy.about.year + 1 + period

    def to_data(self) -> dict[str, Any]:
        """Return the main figures as plain data; each scenario's plan has a ``to_data`` of its own."""
        return {
            "tree": self.tree.to_data(), "weights": self.weights, "goal": self.goal.to_data(),
            "limits": self.limits.to_data(), "economy": self.economy.fingerprint, "certified": self.certified,
            "common_periods": self.common_periods, "bands": self.bands().to_dict("records"),
            "fulfilment": self.fulfilment().to_dict("records"), "proofs": [proof.to_data() for proof in self.proofs],
        }  # fmt: skip


def make_open_plan(
    economy: Economy,
    goal: Goal | None = None,
    limits: Limits | None = None,
    *,
    tree: Tree,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
) -> OpenPlan:
    """Make plans for every scenario of a tree together.

    What is decided before scenarios can be told apart is the same in all of them. First the minima of the worst-off
    place in the worst scenario are raised, then the weighted mean of satisfaction, then the same is reached with the
    least expected effort.

    Parameters
    ----------
    economy, goal, limits
        As for :func:`newcourse.plan.planner.make_plan`; the horizon must reach the tree's last observation.
    tree
        What may come.
    time_limit
        Seconds for each solve.
    on_progress
        Told what is done, and which part of the way it stands at.

    Raises
    ------
    BadInput
        If economy, goal, limits and tree do not fit together.
    Contradiction
        If hard commitments cannot hold together, in a scenario or with decisions common to all.
    NotCertified
        If a stage was not solved to a certified optimum.
    """
    tell = on_progress or silent
    goal, limits = goal or Goal(), limits or Limits(periods=max(2, tree.last_period))
    tell("building the scenarios", 0.0)
    model = build_open_model(economy, goal, limits, tree)
    return planned(economy, model, time_limit=time_limit, on_progress=tell)


def planned(
    economy: Economy, model: OpenModel, *, time_limit: float | None = None, on_progress: OnProgress | None = None
) -> OpenPlan:
    """Return the open plan of scenarios that are stated already."""
    written, stages = solve_open_stages(model, time_limit=time_limit, on_progress=on_progress)
    plans = {
        leaf: _plan(each, written, stages, s)
        for s, (leaf, each) in enumerate(zip(model.tree.leaves, model.models, strict=True))
    }
    proofs = tuple(stage.proof() for stage in stages)
    (on_progress or silent)("done", 1.0)
    return OpenPlan(economy, model.goal, model.limits, model.tree, plans, proofs, model, (written, stages))


def _plan(model: Model, written: Extensive, stages: tuple[Stage, ...], s: int) -> Plan:
    """Return one scenario's plan; valuations are given that its node is reached."""
    mine = tuple(
        Stage(stage.name, replace(
            stage.solution, problem=model.problem, primal=written.primal(stage.solution, s),
            dual=written.dual(stage.solution, s) if stage.name == "needs" else None, ray=None, basis=None,
        ))
        for stage in stages
    )  # fmt: skip
    plan = plan_of(model, mine)
    tiers = model.problem.column_upper[model.columns("delivery")].reshape(-1, len(TIERS))
    deliveries = plan["deliveries"].assign(minimum=tiers[:, 0], target=tiers.sum(axis=1))
    return replace(plan, tables={**plan.tables, "deliveries": deliveries})


def _met(plan: Plan, by: str | None) -> pd.DataFrame:
    if by is not None:
        return plan.fulfilment(by)
    total = plan.needs.groupby("period")[["asked value", "delivered value"]].sum().reset_index()
    total.columns = pd.Index(["period", "asked", "delivered"])
    return total.assign(fulfilment=total["delivered"] / total["asked"].where(total["asked"] > 0, 1.0))
