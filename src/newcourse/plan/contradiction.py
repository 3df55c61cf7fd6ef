"""Names the commitments that cannot hold together, instead of saying "infeasible" (design §6.5)."""

import numpy as np

from newcourse.errors import Contradiction, Fault
from newcourse.plan.goal import TIERS
from newcourse.plan.limits_met import EXPLAINED
from newcourse.plan.model import Model
from newcourse.plan.names import Names
from newcourse.plan.sentences import number
from newcourse.plan.wording import row_words
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
        for row in range(block.start, block.stop):
            groups[f"row/{row}"] = (np.array([row]), row_words(model.problem, names, row).words)
    return groups | _guarantees(model, names)


def _guarantees(model: Model, names: Names) -> dict[str, tuple[Commitment | np.ndarray, str]]:
    needs = model.economy["needs"]
    first = model.columns("delivery").start
    groups: dict[str, tuple[Commitment | np.ndarray, str]] = {}
    listed = needs[["need", "place", "minimum"]].itertuples(index=False, name=None)
    for row, (need, place, minimum) in enumerate(listed):
        if need not in model.goal.guaranteed:
            continue
        width = len(needs) * len(TIERS)
        columns = np.array([first + t * width + row * len(TIERS) for t in range(model.limits.periods)])
        text = (
            f"guaranteed minimum of {number(minimum)} {names.unit('need', need)} of {names.need(need)} "
            f"for {names.place(place)}"
        )
        groups[f"need/{need}"] = (Commitment(columns=columns, lower=0.0, upper=minimum), text)
    return groups
