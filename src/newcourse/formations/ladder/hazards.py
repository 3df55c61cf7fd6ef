r"""Rates of moves, constant or depending on covariates and on what neighbours were the year before.

.. math:: q_{i,a\to b}(t) = r_{ab}\exp\Big(\sum_k\beta_k z_{ik}(t) + \sum_g\sigma_g s_{ig}(t)\Big),

with z covariates of the country and :math:`s_{ig} = \sum_j w_{ij}[x_j\in g]` the share of its neighbours last recorded
in a group: an event-history model of diffusion (F. S. Berry and W. D. Berry, *American Political Science Review* 84
(1990) 395; D. Strang and N. B. Tuma, *American Journal of Sociology* 99 (1993) 614).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.ladder.parameters import FreeParameter
from newcourse.formations.ladder.rung import Array, Mask, Records, counts
from newcourse.formations.ladder.years import covariate, ties
from newcourse.formations.panel import Panel
from newcourse.formations.spaces import GROUPS, MOVES, Space

SLOWEST, FASTEST = 1e-6, 3.0
"""Rates a year between which moves are looked for."""

STEEPEST = 15.0
"""Largest effect of a covariate looked for, on the logarithm of a rate."""


@dataclass(frozen=True)
class Effect:
    """A covariate that multiplies the rate of a move by exp(β z)."""

    covariate: str
    move: str

    @property
    def name(self) -> str:
        """Name of its parameter."""
        return f"effect.{self.covariate}.{self.move}"


@dataclass(frozen=True)
class Exposure:
    """A group of formations among neighbours by some tie, whose share s multiplies the rate of a move by exp(σ s)."""

    tie: str
    group: str
    move: str

    @property
    def name(self) -> str:
        """Name of its parameter."""
        return f"exposure.{self.tie}.{self.group}.{self.move}"


@dataclass(frozen=True)
class Hazards:
    """Which moves there are, and what their rates depend on.

    Parameters
    ----------
    moves
        Of :data:`~newcourse.formations.spaces.MOVES`: each has a rate of its own, the same for all its arcs. Two moves
        with an arc in common add up there.
    effects, exposures
        What multiplies rates.
    """

    moves: tuple[str, ...] = tuple(MOVES)
    effects: tuple[Effect, ...] = ()
    exposures: tuple[Exposure, ...] = ()

    def __post_init__(self) -> None:
        unknown = set(self.moves) - set(MOVES) | {e.move for e in self.factors} - set(self.moves)
        groups = {e.group for e in self.exposures} - set(GROUPS)
        if unknown or groups:
            found = ", ".join(sorted(unknown | groups))
            fault = Fault("ladder-hazards", "moves and groups", found, "known ones; effects on these moves", "rename")
            raise BadInput(fault)

    @property
    def factors(self) -> tuple[Effect | Exposure, ...]:
        """What multiplies rates."""
        return (*self.effects, *self.exposures)

    def present(self, space: Space) -> tuple[str, ...]:
        """Return the moves that the space has."""
        return tuple(move for move in self.moves if space.arcs(move))

    def parameters(self, space: Space) -> tuple[FreeParameter, ...]:
        """Return a rate for each move of the space, and a number for each effect and exposure."""
        moves = self.present(space)
        rates = [
            FreeParameter(f"rate.{move}", "r", "1/year", 0.02, SLOWEST, FASTEST, "log", meaning=f"rate of {move}")
            for move in moves
        ]
        slopes = [
            FreeParameter(e.name, "β", "1", 0.0, -STEEPEST, STEEPEST, null=0.0, meaning=f"what multiplies {e.move}")
            for e in self.factors
            if e.move in moves
        ]
        return (*rates, *slopes)

    def guess(self, panel: Panel, told: Mask) -> dict[str, float]:
        """Return for each move how often it was made per year that it could have been."""
        seen, found = counts(panel, told), {}
        for move in self.present(panel.space):
            arcs = panel.space.arcs(move)
            made, waited = sum(seen[a, b] for a, b in arcs), sum(seen[a].sum() for a in {a for a, _ in arcs})
            found[f"rate.{move}"] = float(np.clip((made + 0.05) / (waited + 1), SLOWEST * 10, FASTEST / 3))
        return found


class HazardsOnPanel:
    """Rates for the countries and years of a panel.

    Parameters
    ----------
    hazards, panel
        The rates and the panel; what year t's setting says counts for the year that begins with t.
    """

    def __init__(self, hazards: Hazards, panel: Panel) -> None:
        self.hazards, self.space = hazards, panel.space
        self.moves = hazards.present(panel.space)
        self.arcs = {move: panel.space.arcs(move) for move in self.moves}
        self.effects = [e for e in hazards.effects if e.move in self.moves]
        self.exposures = [e for e in hazards.exposures if e.move in self.moves]
        self.covariates: dict[str, Array] = {}
        self.weights: dict[str, NDArray[np.float32]] = {}
        for effect in self.effects:
            self.covariates[effect.covariate] = covariate(panel, effect.covariate)
        for exposure in self.exposures:
            self.weights[exposure.tie] = ties(panel, exposure.tie)
        last = last_known(np.asarray(panel.observed), np.asarray(panel.exists))
        self.shares = np.stack([self.exposed(last[:, t], t) for t in range(last.shape[1])], axis=1)

    def exposed(self, last: Records, t: int) -> Array:
        """Return each exposure (n, e) in the year that begins with t, from the formations last known (n,)."""
        found = np.zeros((last.size, len(self.exposures)))
        for k, exposure in enumerate(self.exposures):
            members = np.isin(last, self.space.members(exposure.group))
            found[:, k] = self.weights[exposure.tie][t] @ members
        return found

    def jumps(self, values: dict[str, float], t: int | None = None, shares: Array | None = None) -> Array:
        """Return rates (n or 1, T or 1, d, d): of all years, or of one with the exposures given (n, e)."""
        size = self.space.size
        logs = {move: np.full((1, 1), np.log(values[f"rate.{move}"])) for move in self.moves}
        for effect in self.effects:
            z = self.covariates[effect.covariate]
            logs[effect.move] = logs[effect.move] + values[effect.name] * (z if t is None else z[:, [t]])
        for k, exposure in enumerate(self.exposures):
            s = self.shares[:, :, k] if shares is None else shares[:, [k]]
            logs[exposure.move] = logs[exposure.move] + values[exposure.name] * s
        shape = np.broadcast_shapes((1, 1), *(log.shape for log in logs.values()))
        found = np.zeros((*shape, size, size))
        for move, log in logs.items():
            rate = np.exp(np.minimum(log, np.log(2 * FASTEST)))
            for a, b in self.arcs[move]:
                found[:, :, a, b] += rate
        return found


def last_known(records: Records, exists: NDArray[np.bool_]) -> Records:
    """Return (n, T) the formation last recorded up to each year; -1 where none is or a country does not exist."""
    found = np.full(records.shape, -1, dtype=np.int8)
    last = found[:, 0].copy() if records.shape[1] else np.zeros(0, np.int8)
    for t in range(records.shape[1]):
        last = np.where(records[:, t] >= 0, records[:, t], np.where(exists[:, t], last, -1)).astype(np.int8)
        found[:, t] = last
    return found
