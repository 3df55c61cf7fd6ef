"""What comes of a scenario: bands over what is not known, never one line, and always conditional (design §11.3)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newcourse.errors import BadInput
from newcourse.formations.banner import BANNER
from newcourse.formations.scenario import FormationScenario
from newcourse.formations.scenario_parts import Asked, scenario_fault
from newcourse.formations.spaces import Space
from newcourse.formations.worlds import frozen

BAND = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Which parts of the draws lie below the edges of a band."""


@dataclass(frozen=True)
class Ensemble:
    """One model in one branch, run for many draws of what is not known.

    Parameters
    ----------
    branch
        Name of the branch.
    role
        ``model``, ``rival``, or the name of a reading.
    title
        The model in words.
    space
        Its formations.
    names, values
        Its parameters, and what was drawn of them, shape (draws, parameters).
    populations
        (draws, t, n, d) probability of each formation.
    states
        (paths, t, n) formations of sampled paths, as many for each draw, in the order of the draws; none where none
        were asked for or the model is no chain.
    method, error
        Which engine, and the largest error it knows of over all draws; nan where none was measured.
    quantum_like
        Whether the model has Hamiltonians that mix formations; then :data:`BANNER` belongs over it.
    """

    branch: str
    role: str
    title: str
    space: Space
    names: tuple[str, ...]
    values: NDArray[np.float64] = field(repr=False)
    populations: NDArray[np.float64] = field(repr=False)
    states: NDArray[np.int8] = field(repr=False)
    method: str = ""
    error: float = float("nan")
    quantum_like: bool = False

    def __post_init__(self) -> None:
        for name, kind in (("values", np.float64), ("populations", np.float64), ("states", np.int8)):
            object.__setattr__(self, name, frozen(getattr(self, name), kind))

    def shares(self, group: str, country: int | None = None) -> NDArray[np.float64]:
        """Return the probability (draws, t) of a group for a country by its number, or the mean of all countries."""
        found = self.populations[..., list(self.space.members(group))].sum(axis=-1)
        return np.asarray(found.mean(axis=2) if country is None else found[:, :, country])


@dataclass(frozen=True)
class ScenarioOutcome:
    """What comes of a scenario in each branch, by the model, the classical rival and the readings of the critics.

    Parameters
    ----------
    scenario
        What was run.
    seed
        What its draws follow from.
    years
        (t,) calendar years, the beginning of each.
    ensembles
        One for each branch and role.
    """

    scenario: FormationScenario
    seed: int
    years: NDArray[np.float64] = field(repr=False)
    ensembles: tuple[Ensemble, ...] = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "years", frozen(self.years))

    @property
    def title(self) -> str:
        """The title of everything shown of it: what it is conditional on."""
        return self.scenario.conditions

    @property
    def banner(self) -> str:
        """What must stand over it where a model is quantum-like; empty where none is."""
        return BANNER if any(each.quantum_like for each in self.ensembles) else ""

    @property
    def roles(self) -> tuple[str, ...]:
        """The model, the rival and the readings that were run."""
        return tuple(dict.fromkeys(each.role for each in self.ensembles))

    def ensemble(self, branch: str, role: str = "model") -> Ensemble:
        """Return what came in a branch.

        Raises
        ------
        BadInput
            If there is no such branch or role.
        """
        for each in self.ensembles:
            if (each.branch, each.role) == (branch, role):
                return each
        known = ", ".join(f"{each.branch} by {each.role}" for each in self.ensembles)
        raise BadInput(scenario_fault("outcome", f"{branch} by {role}", f"one of {known}"))

    def bands(self, group: str, country: str = "") -> pd.DataFrame:
        """Return the band of a group's probability over the years.

        Parameters
        ----------
        group
            Of :data:`~newcourse.formations.spaces.GROUPS`.
        country
            Its code; the expected share of all countries where none is given.

        Returns
        -------
        DataFrame
            Columns branch, role, year, and one for each part of :data:`BAND`: that part of the draws lies below.
        """
        number = self._number(country)
        parts = []
        for each in self.ensembles:
            edges = np.quantile(each.shares(group, number), BAND, axis=0)
            table = pd.DataFrame(edges.T, columns=[f"{part:.0%}" for part in BAND])
            table.insert(0, "year", self.years)
            table.insert(0, "role", each.role)
            table.insert(0, "branch", each.branch)
            parts.append(table)
        return pd.concat(parts, ignore_index=True)

    def answers(self) -> pd.DataFrame:
        """Return the answers to what the scenario asks.

        Returns
        -------
        DataFrame
            Columns question, branch, role, low, median, high: probabilities at 5, 50 and 95 % of the draws.
        """
        return _table(self._answers(), ("question", "branch", "role"))

    def differences(self) -> pd.DataFrame:
        """Return by how much the answers differ from the first branch's, draw by draw.

        Returns
        -------
        DataFrame
            Columns question, branch, role, low, median, high, as in :meth:`answers`.
        """
        first = self.scenario.branches[0].name
        drawn = {(asked, branch, role): values for asked, branch, role, values in self._answers()}
        pairs = [
            (asked, branch, role, values - drawn[asked, first, role])
            for (asked, branch, role), values in drawn.items()
            if branch != first
        ]
        return _table(pairs, ("question", "branch", "role"))

    def _answers(self) -> Iterator[tuple[str, str, str, NDArray[np.float64]]]:
        for question in self.scenario.asked:
            for each in self.ensembles:
                yield question.title, each.branch, each.role, self._drawn(each, question)

    def _drawn(self, ensemble: Ensemble, question: Asked) -> NDArray[np.float64]:
        shares = ensemble.shares(question.group, self._number(question.country))
        return np.array([np.interp(question.year, self.years, row) for row in shares])

    def _number(self, country: str) -> int | None:
        codes = self.scenario.codes
        if country and country not in codes:
            raise BadInput(scenario_fault("outcome", f"country {country!r}", "one of " + ", ".join(codes)))
        return codes.index(country) if country else None


def _table(rows: Iterable[tuple[str, str, str, NDArray[np.float64]]], names: Sequence[str]) -> pd.DataFrame:
    found = [(*key, *np.quantile(values, (0.05, 0.5, 0.95))) for *key, values in rows]
    return pd.DataFrame(found, columns=[*names, "low", "median", "high"])
