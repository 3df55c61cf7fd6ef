"""Names the commitments that cannot hold together, instead of saying "infeasible" (design §6.5)."""

import numpy as np

from newcourse.errors import Contradiction, Fault
from newcourse.plan.constraints.registry import WORDED
from newcourse.plan.goal import TIERS
from newcourse.plan.limits_met import EXPLAINED
from newcourse.plan.model import Model
from newcourse.plan.names import Names
from newcourse.solver.conflict import Commitment, minimal_conflict


def contradiction(model: Model, *, time_limit: float | None = None) -> Contradiction:
    """Return the error that names a minimal set of commitments that cannot hold together.

    Commitments are the guaranteed minima and every limit set from outside; balances and the motion of stocks are
    facts, not commitments. Dropping any one of the named commitments would let the others hold.
    """
    groups = _commitments(model)
    words = {name: text for name, (_, text) in groups.items()}
    found = minimal_conflict(model.problem, {name: group for name, (group, _) in groups.items()}, time_limit=time_limit)
    listed = "; ".join(words[name] for name in found)
    return Contradiction(
        [
            Fault(
                "commitment",
                words[name],
                f"it cannot hold together with the others named here ({len(found)} in all)",
                f"commitments that can hold together, not all of: {listed}",
                "loosen this or any other one of them: each alone is enough",
            )
            for name in found
        ]
    )


def _commitments(model: Model) -> dict[str, tuple[Commitment | np.ndarray, str]]:
    names = Names(model.economy)
    groups: dict[str, tuple[Commitment | np.ndarray, str]] = {}
    for block in model.problem.rows:
        if block.name not in EXPLAINED:
            continue
        for row, label in enumerate(block.labels):
            parts = label if isinstance(label, tuple) else (label,)
            groups[f"{block.name}/{row}"] = (
                np.array([block.start + row]),
                WORDED[block.name].words(names, block.name, parts),
            )
    return groups | _guarantees(model, names)


def _guarantees(model: Model, names: Names) -> dict[str, tuple[Commitment | np.ndarray, str]]:
    needs = model.economy["needs"]
    first = model.columns("delivery").start
    groups: dict[str, tuple[Commitment | np.ndarray, str]] = {}
    for row, need in enumerate(needs.itertuples()):
        if need.need not in model.goal.guaranteed:
            continue
        width = len(needs) * len(TIERS)
        columns = np.array([first + t * width + row * len(TIERS) for t in range(model.limits.periods)])
        text = (
            f"guaranteed minimum of {need.minimum:,.6g} {names.unit('need', need.need)} of {names.need(need.need)} "
            f"for {names.place(need.place)}"
        )
        groups[f"need/{need.need}"] = (Commitment(columns=columns, lower=0.0, upper=need.minimum), text)
    return groups
