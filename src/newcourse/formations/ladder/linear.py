"""Rungs whose state a matrix moves each year: Markov, diffusion, hidden Markov, quantum-like (design §11.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from newcourse.formations.inference.coordinates import Coordinates
from newcourse.formations.inference.filters import LEAST, linear_filter
from newcourse.formations.inference.side_by_side import advance
from newcourse.formations.ladder.hazards import Hazards, HazardsOnPanel, last_known
from newcourse.formations.ladder.parameters import FreeParameter, Vector
from newcourse.formations.ladder.reading import ERROR
from newcourse.formations.ladder.rung import Array, Kind, Mask, OnPanel, Rung, drawn
from newcourse.formations.panel import Panel


@dataclass(frozen=True)
class LinearRung(Rung):
    """A rung whose state is a vector that a matrix moves.

    Parameters
    ----------
    hazards
        Which moves there are, and what their rates depend on.
    """

    hazards: Hazards = field(default_factory=Hazards)

    @property
    def kind(self) -> Kind:
        """Classical, where nothing is coupled coherently."""
        return "classical"

    @property
    def further(self) -> tuple[FreeParameter, ...]:
        """What it asks data for beside hazards and reading: nothing, where rates say all."""
        return ()

    @property
    def coordinates(self) -> Coordinates:
        """What its state is made of: populations, where there is neither a sub-state nor coherence."""
        return Coordinates(self.space.size)

    def matrices(self, values: Mapping[str, float], jumps: Array) -> Array:  # noqa: ARG002 - the rates may say all
        """Return generators (…, m, m) for rates (…, d, d); propagators where ``propagates``."""
        return self.coordinates.generators(self.coordinates.pack(jumps))

    @property
    def own_parameters(self) -> tuple[FreeParameter, ...]:
        """Rates, effects, exposures and what else there is."""
        return (*self.hazards.parameters(self.space), *self.further)

    @property
    def propagates(self) -> bool:
        """Whether the matrices are those of a whole year."""
        return False

    @property
    def copies(self) -> int:
        """How many sub-states each formation has."""
        return 1

    def shares(self, values: Mapping[str, float]) -> Array:  # noqa: ARG002 - rungs with sub-states look at them
        """Return how likely each sub-state is at a first record, shape (copies,)."""
        return np.ones(1)

    def fading(self, values: Mapping[str, float]) -> float:  # noqa: ARG002 - quantum-like rungs look at them
        """Return the share of coherence that each year's end destroys by itself."""
        return 0.0

    def guess(self, panel: Panel, told: Mask) -> Mapping[str, float]:
        """Return rates counted from the records."""
        return self.hazards.guess(panel, told)

    def on(self, panel: Panel) -> "LinearOnPanel":
        """Return the rung with the panel's covariates and exposures worked out."""
        return LinearOnPanel(self, panel)


class LinearOnPanel(OnPanel):
    """A linear rung with a panel."""

    rung: LinearRung

    def __init__(self, rung: LinearRung, panel: Panel) -> None:
        super().__init__(rung, panel)
        self.hazards = HazardsOnPanel(rung.hazards, panel)
        self._read: tuple[float | None, tuple[Array, Array, Array]] | None = None

    def cells(self, vector: Vector, rows: Mask | None = None) -> Array:
        """Return log probabilities (n, T)."""
        return self._filtered(vector, rows)[0]

    def populations(self, vector: Vector) -> Array:
        """Return beliefs (n, T, d), sub-states added up."""
        states = self._filtered(vector, None)[1]
        d, copies = self.panel.space.size, self.rung.copies
        return np.asarray(states[..., : d * copies].reshape(*states.shape[:2], copies, d).sum(axis=2))

    def sample(self, vector: Vector, rng: np.random.Generator) -> Panel:
        """Return the panel with records drawn year by year, exposures following what was drawn."""
        values = self.values(vector)
        looks, trace, starts, fade = self._readings(values)
        records, uniforms = self.records.copy(), rng.random(self.records.shape)
        states = np.zeros((records.shape[0], trace.size))
        for t in range(records.shape[1]):
            if t:
                last = last_known(records[:, :t], self.alive[:, :t])[:, -1]
                jumps = self.hazards.jumps(values, t - 1, self.hazards.exposed(last, t - 1))[:, 0]
                matrices = np.ascontiguousarray(self.rung.matrices(values, jumps))
                states = advance(matrices, states, not self.rung.propagates) * fade
            seen, first = self.scored[:, t], self.opening[:, t]
            chances = np.maximum(states[seen] @ (trace * looks).T, 0)
            records[seen, t] = drawn(chances, uniforms[seen, t])
            x = records[seen, t]
            worth = np.maximum(chances[np.arange(x.size), x], LEAST)
            states[seen] *= looks[x] / worth[:, None]
            states[first] = starts[records[first, t]]
        return replace(self.panel, observed=records)

    def _filtered(self, vector: Vector, rows: Mask | None) -> tuple[Array, Array]:
        values = self.values(vector)
        looks, trace, starts, fade = self._readings(values)
        matrices = self.rung.matrices(values, self.hazards.jumps(values))
        return linear_filter(
            matrices,
            self.records,
            self.alive,
            looks,
            trace,
            starts,
            fading=fade,
            generators=not self.rung.propagates,
            rows=rows,
        )

    def _readings(self, values: dict[str, float]) -> tuple[Array, Array, Array, Array]:
        """Return what recording multiplies by, the trace, the states after a first record, and the fading."""
        where, error, shares = self.rung.coordinates, values.get(ERROR), self.rung.shares(values)
        if self._read is None or self._read[0] != error:
            probabilities = self.reading(values)
            looks = where.looks(np.tile(probabilities, (self.rung.copies, 1)))
            self._read = error, (looks, where.trace, probabilities.T / probabilities.sum(axis=0)[:, None])
        looks, trace, first = self._read[1]
        starts = np.zeros((first.shape[0], where.size))
        for k, share in enumerate(shares):
            starts[:, k * first.shape[1] : (k + 1) * first.shape[1]] = share * first
        return looks, trace, starts, where.fading(self.rung.fading(values))
