"""What it is worth to know the future, to plan for several at once, and to hear of it sooner.

With the sense turned so that more is better, and RP the expected objective of the scenarios solved together:

- *wait and see* WS = Σ w_s (optimum of scenario s alone); EVPI = WS − RP ≥ 0, the value of perfect information;
- EEV_t: the mean of all scenarios is planned for, its decisions before stage t are carried out in every scenario, and
  the rest is decided as the scenarios unfold; VSS_t = RP − EEV_t ≥ 0 does not fall with t. VSS = VSS_1 is the value of
  the stochastic solution;
- *rolling*: at each node the mean of what may still come is planned for anew, from what has been decided;
- *sooner*: every observation is made one stage earlier. With two stages this is wait and see.

Source: M. Avriel and A. Williams, *Operations Research* 18 (1970) 947–954 (EVPI); J. R. Birge, *Mathematical
Programming* 24 (1982) 314–325 (VSS); L. F. Escudero, A. Garín, M. Merino and G. Pérez, "The value of the stochastic
solution in multistage problems", *TOP* 15 (2007) 48–64 (VSS_t, and the rolling one as their dynamic value).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from newcourse.plan.futures.extensive import extensive
from newcourse.plan.futures.problem import ScenarioProblem, held_at, mean_problem
from newcourse.plan.futures.solving import OnProgress, Together, optimum, silent, solve_together
from newcourse.solver.problem import Vector


@dataclass(frozen=True, eq=False)
class Values:
    """What scenarios are worth, all in the objective's own unit.

    Parameters
    ----------
    sign
        +1 if the objective is to be small, −1 if it is to be large.
    together
        RP: expected objective when planned for all scenarios together.
    alone
        Objective of each scenario if it had been known from the start.
    known
        Columns of each scenario alone, shape (S, n).
    expected_mean
        EEV_t by t from 1: decisions before stage t are those of the mean; ``None`` where they cannot be carried out
        in some scenario.
    rolling
        The mean planned for anew at each node; ``None`` where it ends up where nothing is possible.
    sooner
        Expected objective if every observation were made a stage earlier.
    weights
        Weight of each scenario.
    """

    sign: float
    together: float
    alone: Mapping[str, float]
    known: npt.NDArray[np.float64]
    expected_mean: tuple[float | None, ...]
    rolling: float | None
    sooner: float
    weights: Mapping[str, float]

    def __post_init__(self) -> None:
        object.__setattr__(self, "alone", MappingProxyType(dict(self.alone)))
        object.__setattr__(self, "weights", MappingProxyType(dict(self.weights)))

    @property
    def wait_and_see(self) -> float:
        """WS: expected objective if the scenario were known before anything is decided."""
        return sum(self.weights[name] * value for name, value in self.alone.items())

    @property
    def perfect_information(self) -> float:
        """EVPI: the most that knowing the future now could be worth."""
        return self.sign * (self.together - self.wait_and_see)

    @property
    def stochastic_solution(self) -> float | None:
        """VSS: what planning for all scenarios is worth beside planning for their mean; ``None`` without limit."""
        return self.stochastic_solutions[0] if self.expected_mean else 0.0

    @property
    def stochastic_solutions(self) -> tuple[float | None, ...]:
        """VSS_t by t from 1."""
        return tuple(None if eev is None else self.sign * (eev - self.together) for eev in self.expected_mean)

    @property
    def rolling_solution(self) -> float | None:
        """What planning for all scenarios is worth beside planning for the mean of those left, again and again."""
        return None if self.rolling is None else self.sign * (self.rolling - self.together)

    @property
    def hearing_sooner(self) -> float:
        """What it would be worth to make each observation a stage earlier."""
        return self.sign * (self.together - self.sooner)

    def to_data(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {
            "together": self.together, "alone": dict(self.alone), "wait_and_see": self.wait_and_see,
            "perfect_information": self.perfect_information, "expected_mean": list(self.expected_mean),
            "stochastic_solution": self.stochastic_solution,
            "stochastic_solutions": list(self.stochastic_solutions), "rolling": self.rolling,
            "rolling_solution": self.rolling_solution, "sooner": self.sooner, "hearing_sooner": self.hearing_sooner,
        }  # fmt: skip


def value_scenarios(
    scenarios: ScenarioProblem,
    together: Together | None = None,
    *,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
) -> Values:
    """Return what scenarios are worth.

    Parameters
    ----------
    scenarios
        What may come.
    together
        Their solution together, if it is known already.
    time_limit
        Seconds for each solve.
    on_progress
        Told what is solved, and which part of the way it stands at.

    Raises
    ------
    Contradiction, NotCertified
        If the scenarios together, or one of them alone, have no certified optimum.
    """
    tell = on_progress or silent
    tell("all scenarios together", 0.0)
    best = together or solve_together(scenarios, time_limit=time_limit)
    alone = [_alone(scenarios, s, tell, time_limit) for s in range(len(scenarios.scenarios))]
    tell("the mean of all scenarios", 0.6)
    means = _expected_means(scenarios, time_limit)
    tell("the mean again and again", 0.7)
    rolling = expected_rolling(scenarios, time_limit=time_limit)
    tell("each observation sooner", 0.9)
    names = [scenario.name for scenario in scenarios.scenarios]
    values = Values(
        scenarios.sign, best.value, dict(zip(names, (value for value, _ in alone), strict=True)),
        np.array([point for _, point in alone]), means, rolling,
        solve_together(sooner(scenarios), time_limit=time_limit).value if scenarios.stages > 1 else best.value,
        dict(zip(names, map(float, scenarios.weights), strict=True)),
    )  # fmt: skip
    tell("done", 1.0)
    return values


def _alone(scenarios: ScenarioProblem, s: int, tell: OnProgress, time_limit: float | None) -> tuple[float, Vector]:
    scenario = scenarios.scenarios[s]
    tell(f"{scenario.name} alone", 0.2 + 0.4 * s / len(scenarios.scenarios))
    solved = solve_together(scenarios.with_only(s), time_limit=time_limit)
    return solved.value, solved.primal(0)


def sooner(scenarios: ScenarioProblem) -> ScenarioProblem:
    """Return the scenarios told apart one stage earlier at each stage."""
    last = scenarios.stages - 1
    return scenarios.with_paths(
        [tuple("/".join(s.path[: min(t + 1, last) + 1]) for t in range(last + 1)) for s in scenarios.scenarios]
    )


def _expected_means(scenarios: ScenarioProblem, time_limit: float | None) -> tuple[float | None, ...]:
    if scenarios.stages == 1:
        return ()
    mean = optimum(mean_problem(scenarios), time_limit=time_limit)
    if mean is None or mean.primal is None:
        return (None,) * (scenarios.stages - 1)
    return tuple(
        expected_with(scenarios, scenarios.stage < stage, mean.primal, time_limit=time_limit)
        for stage in range(1, scenarios.stages)
    )


def expected_with(
    scenarios: ScenarioProblem,
    columns: npt.NDArray[np.bool_],
    values: npt.NDArray[np.float64],
    *,
    time_limit: float | None = None,
) -> float | None:
    """Return the expected objective with some columns held at given values; ``None`` if that is impossible.

    Parameters
    ----------
    columns, values
        As for :meth:`newcourse.plan.futures.problem.ScenarioProblem.fixed`.
    """
    found = optimum(extensive(scenarios.fixed(columns, values)).problem, time_limit=time_limit)
    return None if found is None else found.certificate.objective


def expected_rolling(scenarios: ScenarioProblem, *, time_limit: float | None = None) -> float | None:
    """Return the expected objective of planning for the mean of what may still come, anew at each node.

    ``None`` if that ends up where nothing is possible.
    """
    points = np.zeros((len(scenarios.scenarios), scenarios.stage.size))
    for stage in range(scenarios.stages):
        for leader in np.unique(scenarios.leaders[:, stage]):
            members = scenarios.members(stage, int(leader))
            problem = held_at(mean_problem(scenarios, members), scenarios.stage < stage, points[leader])
            found = optimum(problem, time_limit=time_limit)
            if found is None or found.primal is None:
                return None
            here = scenarios.stage == stage
            points[np.ix_(members, np.flatnonzero(here))] = found.primal[here]
    costs = np.array([scenario.problem.cost for scenario in scenarios.scenarios])
    return float(scenarios.weights @ (costs * points).sum(axis=1))
