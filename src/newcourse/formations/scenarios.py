"""A scenario is run: conditional on its hypotheses, for many draws of what is not known (design §11).

Beside the model always run the classical rival the scenario names, and the readings of the critics it names, each of
which changes one claim of the rival. Each draws its numbers from the ranges stated, by a Latin hypercube (M. D. McKay,
R. J. Beckman and W. J. Conover, *Technometrics* 21 (1979) 239); the same draw serves every branch, so that branches
can be compared draw by draw.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.random import SeedSequence
from numpy.typing import NDArray

from newcourse.errors import BadInput
from newcourse.formations.interventions import stretches_under
from newcourse.formations.models import Model
from newcourse.formations.readings import reading
from newcourse.formations.runs import Run, Start, Stretch
from newcourse.formations.scenario import FormationScenario
from newcourse.formations.scenario_outcome import Ensemble, ScenarioOutcome
from newcourse.formations.scenario_parts import Branch, Recipe, scenario_fault
from newcourse.formations.spreading import Spreading, here

MODEL, RIVAL = "model", "rival"
"""Roles in an outcome; the others are names of readings."""

MOST_EXACT = 4096
"""The most joint states on which a chain is followed exactly; beyond, paths are sampled."""

MOST_DENSE = 256
"""The most joint states of which the density matrix is followed, where that is asked for."""

TOLERANCE = 1e-4
"""Error aimed at where a density matrix is followed: far below what is not known of the numbers."""

SAMPLED = 200
"""How many paths are sampled for each draw where the chain is too large to be followed exactly."""


@dataclass(frozen=True)
class Draw:
    """One draw of one role in one branch: all that a worker needs.

    Parameters
    ----------
    scenario, branch, role
        What is run.
    parts
        Names of parameters and how far through its range each lies.
    paths
        How many paths to sample besides.
    exact
        Whether density matrices are followed where they are small enough.
    seed
        Where chance comes from: entropy and place.
    """

    scenario: FormationScenario
    branch: str
    role: str
    parts: tuple[tuple[str, float], ...]
    paths: int
    exact: bool
    seed: tuple[int, int]


@dataclass(frozen=True)
class Drawn:
    """What came of a draw: populations (t, n, d), states (paths, t, n), and how."""

    populations: NDArray[np.float64]
    states: NDArray[np.int8]
    method: str
    error: float


def run(
    scenario: FormationScenario,
    *,
    runs: int,
    seed: int,
    paths: int = 0,
    exact: bool = False,
    only: Collection[str] = (),
    spread: Spreading = here,
    progress: Callable[[int, int], None] | None = None,
) -> ScenarioOutcome:
    """Return what comes of a scenario.

    Parameters
    ----------
    scenario
        What is held to be so.
    runs
        How many draws of the numbers that are not known.
    seed
        What all chance follows from.
    paths
        How many paths to sample for each draw besides, of models that are chains; for
        :mod:`newcourse.formations.link`.
    exact
        Follow the density matrix of quantum-like models where it is small enough. Without it the mean field stands in,
        and its error is measured by the density matrix on the first draw of the first branch.
    only
        Roles to run; all where none are named. What is shown to people has all of them.
    spread
        How draws are spread over workers; one after another where nothing is given.
    progress
        Told after every draw how many are done, and of how many.

    Raises
    ------
    BadInput
        When there is no run, or an engine refuses.
    """
    known = (MODEL, RIVAL, *scenario.readings)
    strangers = [role for role in only if role not in known]
    faults = [scenario_fault("run", f"role {role!r}", "one of " + ", ".join(known)) for role in strangers]
    if runs < 1 or paths < 0 or seed < 0:
        expected = "at least one run, paths and seed not negative"
        faults.append(scenario_fault("run", f"{runs} runs, {paths} paths, seed {seed}", expected))
    if faults:
        raise BadInput(faults)
    parts = hypercube(_names(scenario), runs, seed)
    roles = [role for role in known if role in (only or known)]
    keys = [(branch.name, role) for branch in scenario.branches for role in roles]
    drawn = [tuple((name, float(column[k])) for name, column in parts.items()) for k in range(runs)]
    pieces = [
        Draw(scenario, branch, role, drawn[k], paths, exact, (seed, k))
        for branch, role in keys for k in range(runs)
    ]  # fmt: skip
    found = spread(worked, pieces, progress=progress)
    ensembles = [
        _ensemble(scenario, key, pieces[first : first + runs], found[first : first + runs])
        for key, first in zip(keys, range(0, len(pieces), runs), strict=True)
    ]
    return ScenarioOutcome(scenario, seed, _years(scenario), tuple(ensembles))


def hypercube(names: Sequence[str], draws: int, seed: int) -> dict[str, NDArray[np.float64]]:
    """Return for each name numbers between 0 and 1, one in each of as many equal parts as there are draws.

    >>> parts = hypercube(["h", "J"], 4, seed=1917)
    >>> sorted((4 * parts["J"]).astype(int).tolist())
    [0, 1, 2, 3]
    """
    chance = np.random.default_rng(SeedSequence(seed, spawn_key=(0,)))
    return {name: (chance.permutation(draws) + chance.random(draws)) / draws for name in names}


def worked(draw: Draw) -> Drawn:
    """Return what comes of one draw."""
    scenario, times = draw.scenario, _years(draw.scenario) - draw.scenario.first
    chance = np.random.default_rng(SeedSequence(draw.seed[0], spawn_key=(1, draw.seed[1])))
    branch = scenario.branch(draw.branch)
    model, start = modelled(scenario, branch, draw.role, dict(draw.parts))
    stretches = stretches_of(scenario, branch, draw.role, model)
    measured = draw.seed[1] == 0 and branch is scenario.branches[0]
    run_ = followed(stretches, start, times, chance, exact=draw.exact, measured=measured)
    states = np.empty((0, len(times), len(scenario.codes)), np.int8)
    if draw.paths and all(stretch.law.classical for stretch in stretches):
        from newcourse.formations.engines import gillespie  # compiled code, loaded when asked for

        states = gillespie.paths(stretches, start, times, runs=draw.paths, chance=chance).states
    return Drawn(run_.populations, states, run_.method, run_.error)


def modelled(
    scenario: FormationScenario, branch: Branch, role: str, parts: dict[str, float] | None = None
) -> tuple[Model, Start]:
    """Return the model and the beginning of a role in a branch, at best values or as drawn."""
    model = recipe_of(scenario, role).model(scenario.space, parts)
    start = scenario.start(branch)
    if role in (MODEL, RIVAL):
        return model, start
    read = reading(role)
    return read.remodel(model), read.restart(start, scenario.space)


def stretches_of(scenario: FormationScenario, branch: Branch, role: str, model: Model) -> tuple[Stretch, ...]:
    """Return the laws of a role in a branch."""
    return stretches_under(model, scenario.base(), (*branch.interventions, *recipe_of(scenario, role).interventions))


def recipe_of(scenario: FormationScenario, role: str) -> Recipe:
    """Return what a role is made of: readings are made of the rival, so that they differ from it in one claim."""
    return scenario.model if role == MODEL else scenario.rival


def followed(
    stretches: Sequence[Stretch], start: Start, times: NDArray[np.float64], chance: np.random.Generator, *,
    exact: bool = False, measured: bool = False,
) -> Run:  # fmt: skip
    """Return populations by the most exact engine that is fast enough for the size.

    Parameters
    ----------
    stretches, start, times
        As for every engine.
    chance
        For sampled paths.
    exact
        Whether a density matrix may be followed, where it is small enough.
    measured
        Whether the error of the mean field is measured, where that stands in.
    """
    law = stretches[0].law
    states = law.space.size**law.size
    if all(stretch.law.classical for stretch in stretches):
        if states <= MOST_EXACT:
            from newcourse.formations.engines import markov

            return markov.populations(stretches, start, times)
        from newcourse.formations.engines import gillespie

        return gillespie.populations(stretches, start, times, runs=SAMPLED, chance=chance)
    from newcourse.formations.engines import density, mean_field

    if exact and states <= MOST_DENSE:
        return density.evolve(stretches, start, times, tolerance=TOLERANCE)
    cluster = mean_field.CLUSTER if measured else 0
    return mean_field.follow(stretches, start, times, cluster=cluster, tolerance=TOLERANCE)


def _ensemble(
    scenario: FormationScenario, key: tuple[str, str], pieces: Sequence[Draw], found: Sequence[Drawn]
) -> Ensemble:
    branch, role = scenario.branch(key[0]), key[1]
    models = [modelled(scenario, branch, role, dict(piece.parts))[0] for piece in pieces]
    names = tuple(models[0].values)
    return Ensemble(
        branch.name,
        role,
        models[0].name if role in (MODEL, RIVAL) else reading(role).title,
        models[0].space,
        names,
        np.array([[model.values[name] for name in names] for model in models]),
        np.array([each.populations for each in found]),
        np.concatenate([each.states for each in found]),
        found[0].method,
        max((each.error for each in found if isfinite(each.error)), default=float("nan")),
        not all(s.law.classical for s in stretches_of(scenario, branch, role, models[0])),
    )


def _names(scenario: FormationScenario) -> list[str]:
    return sorted({*scenario.model.values, *scenario.rival.values})


def _years(scenario: FormationScenario) -> NDArray[np.float64]:
    """Return the beginnings of the years, and the end where it is none."""
    whole = np.arange(scenario.first, scenario.until, 1.0)
    return np.append(whole, scenario.until)
