"""Whether to begin something now or to wait, and which options the decisions made now close.

For something that can be begun now (an investment, a technique, a project) at some amount:

- *now*: the expected objective if at least that amount is begun now;
- *wait*: if nothing of it is begun before the first observation;
- *value of waiting* = wait − now, *cost of committing* = best − now, the sense turned so that more is better.

An option is *closed* in a scenario if, after the decisions here and now, it can no longer reach what would be done of
it there had the scenario been known: the most that is still attainable is compared with the most that was.

Source: A. K. Dixit and R. S. Pindyck, *Investment under Uncertainty* (1994), ch. 2.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from newcourse.errors import BadInput, Fault, NotCertified
from newcourse.plan.futures.extensive import extensive
from newcourse.plan.futures.problem import ScenarioProblem, held_at
from newcourse.plan.futures.solving import OnProgress, Together, optimum, silent
from newcourse.plan.futures.values import Values
from newcourse.solver.door import solve
from newcourse.solver.problem import LinearProblem
from newcourse.solver.solution import Stop

SAME: Final = 1e-6
"""Amounts nearer to each other than this part of the larger are the same."""


@dataclass(frozen=True)
class Waiting:
    """What it is worth to wait with something.

    Parameters
    ----------
    option
        What could be begun now.
    amount
        How much of it.
    best, now, wait
        Expected objective: decided freely; begun now at that amount; not begun before the first observation. ``None``
        where that is impossible.
    sign
        +1 if the objective is to be small, −1 if it is to be large.
    """

    option: str
    amount: float
    best: float
    now: float | None
    wait: float | None
    sign: float

    @property
    def value_of_waiting(self) -> float | None:
        """How much better it is to wait than to begin now; negative if it is worse."""
        return None if self.now is None or self.wait is None else self.sign * (self.now - self.wait)

    @property
    def cost_of_committing(self) -> float | None:
        """What is lost beside the best by beginning that much now."""
        return None if self.now is None else self.sign * (self.now - self.best)

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        data = {name: value for name, value in asdict(self).items() if name != "sign"}
        return {**data, "value_of_waiting": self.value_of_waiting, "cost_of_committing": self.cost_of_committing}


@dataclass(frozen=True)
class Closed:
    """An option that the decisions here and now close in a scenario.

    Parameters
    ----------
    option, scenario
        What, and where.
    wanted
        How much of it there would be, had the scenario been known.
    before, after
        The most of it that was attainable, and still is after the decisions here and now; may be infinite.
    """

    option: str
    scenario: str
    wanted: float
    before: float
    after: float

    @property
    def missing(self) -> float:
        """Part of what is wanted that can no longer be had."""
        return (self.wanted - self.after) / self.wanted if self.wanted > 0 else 0.0

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {**asdict(self), "missing": self.missing}


def weigh_waiting(
    scenarios: ScenarioProblem,
    best: float,
    option: str,
    columns: npt.ArrayLike,
    amounts: npt.ArrayLike,
    *,
    time_limit: float | None = None,
) -> Waiting:
    """Return what it is worth to wait with something.

    Parameters
    ----------
    scenarios
        What may come.
    best
        Their expected objective when planned for together.
    option
        What it is called.
    columns
        Positions of its columns of stage 0.
    amounts
        How much of each would be begun now.
    time_limit
        Seconds for each solve.

    Raises
    ------
    BadInput
        If a column is not of stage 0: only what is decided now can wait.
    """
    positions = np.asarray(columns, dtype=np.intp).ravel()
    given = np.broadcast_to(np.asarray(amounts, dtype=float), positions.shape)
    if not positions.size or (scenarios.stage[positions] > 0).any():
        found = f"{positions.size} columns, {int((scenarios.stage[positions] > 0).sum())} of them of later stages"
        raise BadInput(
            Fault(
                "option-late", f"option {option}", found, "columns that are decided here and now", "name such columns"
            )
        )

    def expected(at_least: bool) -> float | None:
        problems = [_begun(s.problem, positions, given, at_least) for s in scenarios.scenarios]
        if any(problem is None for problem in problems):
            return None
        whole = extensive(scenarios.with_problems([p for p in problems if p is not None])).problem
        solved = optimum(whole, time_limit=time_limit)
        return None if solved is None else solved.certificate.objective

    return Waiting(option, float(given.sum()), best, expected(True), expected(False), scenarios.sign)


def _begun(
    problem: LinearProblem, columns: npt.NDArray[np.intp], amounts: npt.NDArray[np.float64], at_least: bool
) -> LinearProblem | None:
    """Return the problem with at least the amounts begun, or nothing; ``None`` if bounds forbid it."""
    lower, upper = np.array(problem.column_lower), np.array(problem.column_upper)
    if at_least:
        lower[columns] = np.maximum(lower[columns], amounts)
    else:
        upper[columns] = np.minimum(upper[columns], 0.0)
    return problem.with_column_bounds(lower, upper) if (lower <= upper).all() else None


def closed_options(
    scenarios: ScenarioProblem,
    together: Together,
    known: Values,
    options: Mapping[str, npt.NDArray[np.intp]],
    *,
    most: int = 20,
    unsettled: list[str] | None = None,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
) -> tuple[Closed, ...]:
    """Return the options that the decisions here and now close, the largest missing part first.

    Parameters
    ----------
    scenarios, together, known
        The scenarios, their solution together, and what each would be alone.
    options
        Positions of the columns of each option; what counts of them is what is decided after stage 0.
    most
        How many options and scenarios are looked into: those with the largest part less than had it been known.
    unsettled
        Takes up what was not settled in time; without it, that is an error.
    time_limit
        Seconds for each solve.
    on_progress
        Told what is looked into, and which part of the way it stands at.

    Notes
    -----
    Two solves for each option and scenario looked into. Where as much is done as had it been known, nothing is closed.
    """
    tell = on_progress or silent
    suspects = list(_suspects(scenarios, together, known, options))
    suspects.sort(key=lambda each: -each[0])
    found = []
    for number, (_, option, s, wanted) in enumerate(suspects[:most]):
        tell(option, number / min(most, len(suspects)))
        try:
            looked = _looked_into(scenarios, together, option, options[option], s, wanted, time_limit)
        except NotCertified:
            if unsettled is None:
                raise
            unsettled.append(f"whether {option} is closed in {scenarios.scenarios[s].name}")
            continue
        if looked is not None:
            found.append(looked)
    return tuple(sorted(found, key=lambda each: -each.missing))


def _looked_into(
    scenarios: ScenarioProblem,
    together: Together,
    option: str,
    positions: npt.NDArray[np.intp],
    s: int,
    wanted: float,
    time_limit: float | None,
) -> Closed | None:
    """Return the option as closed in a scenario, or ``None`` if what is wanted can still be had."""
    scenario, columns = scenarios.scenarios[s], _later(scenarios, positions)
    reach = _most(held_at(scenario.problem, scenarios.stage == 0, together.primal(s)), columns, time_limit)
    if reach >= wanted * (1 - SAME):
        return None
    return Closed(option, scenario.name, wanted, _most(scenario.problem, columns, time_limit), reach)


def _suspects(
    scenarios: ScenarioProblem, together: Together, known: Values, options: Mapping[str, npt.NDArray[np.intp]]
) -> Iterable[tuple[float, str, int, float]]:
    """Yield part missing, option, scenario and amount wanted, where less is done than had the scenario been known."""
    for s in range(len(scenarios.scenarios)):
        decided = together.primal(s)
        for option, positions in options.items():
            columns = _later(scenarios, positions)
            wanted, got = float(known.known[s][columns].sum()), float(decided[columns].sum())
            if wanted > 0 and got < wanted * (1 - 1e3 * SAME):
                yield (wanted - got) / wanted, option, s, wanted


def _later(scenarios: ScenarioProblem, positions: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    return positions[scenarios.stage[positions] > 0]


def _most(problem: LinearProblem, columns: npt.NDArray[np.intp], time_limit: float | None) -> float:
    """Return the largest sum of some columns that is possible, infinite if there is no limit."""
    cost = np.zeros(problem.shape[1])
    cost[columns] = 1.0
    solved = solve(replace(problem, cost=cost, sense="max"), time_limit=time_limit)
    if solved.certified and solved.stop is Stop.UNBOUNDED:
        return float("inf")
    return solved.require_certified().certificate.objective
