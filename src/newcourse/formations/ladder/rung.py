"""What every rung of the ladder can do, so that all can be compared on the same terms (design §11.3)."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.ladder.parameters import FreeParameter, Vector, inward, outward
from newcourse.formations.ladder.reading import ERROR, RecordReading
from newcourse.formations.panel import Panel
from newcourse.formations.spaces import Space

Array = NDArray[np.float64]
Records = NDArray[np.int8]
Mask = NDArray[np.bool_]
Kind = Literal["classical", "quantum-like"]


@dataclass(frozen=True)
class Rung(ABC):
    """A model of the ladder: what it says of each next record, given those before it.

    Parameters
    ----------
    space
        Which formations there are.
    reading
        How records can be wrong; the same option for all rungs.
    """

    space: Space
    reading: RecordReading = field(default_factory=RecordReading)

    @property
    @abstractmethod
    def name(self) -> str:
        """Short name, unique on a ladder."""

    @property
    @abstractmethod
    def title(self) -> str:
        """What it says, in words."""

    @property
    @abstractmethod
    def kind(self) -> Kind:
        """Whether Hamiltonians are in it."""

    @property
    @abstractmethod
    def own_parameters(self) -> tuple[FreeParameter, ...]:
        """What it asks data for, the reading left out."""

    @abstractmethod
    def on(self, panel: Panel) -> "OnPanel":
        """Return the model with all that a panel settles worked out, ready for many likelihoods.

        Raises
        ------
        BadInput
            If the panel has other formations, or lacks what the model looks at.
        """

    @property
    def parameters(self) -> tuple[FreeParameter, ...]:
        """What it asks data for."""
        return (*self.own_parameters, *self.reading.parameters)

    def guess(self, panel: Panel, told: Mask) -> Mapping[str, float]:  # noqa: ARG002 - rungs that count use both
        """Return values to begin a search with, counted from the records told (n, T); none where nothing is."""
        return {}

    def log_likelihoods(self, panel: Panel, values: Mapping[str, float]) -> Array:
        """Return (n, T): the logarithm of each record's probability given all records before it.

        nan where nothing is recorded, and at the first record of a country, which no model is asked for. The sum over
        years is the log likelihood of a country, the sum of all that of the panel.
        """
        return self.on(panel).cells(inward(self.parameters, values))

    def simulate(self, panel: Panel, values: Mapping[str, float], rng: np.random.Generator) -> Panel:
        """Return the panel with records made by the model: settings, first records and gaps as they are."""
        return self.on(panel).sample(inward(self.parameters, values), rng)


class OnPanel(ABC):
    """A rung with a panel: likelihoods as fast as they can be had, and records made by chance.

    Parameters
    ----------
    rung, panel
        The model and the panel.

    Attributes
    ----------
    alive
        (n, T) whether the country exists.
    opening
        (n, T) whether a record is the first of its country, or the first after it did not exist: what is given.
    scored
        (n, T) whether a record is predicted.
    """

    def __init__(self, rung: Rung, panel: Panel) -> None:
        if panel.space != rung.space:
            fault = Fault(
                "ladder-space", f"rung {rung.name!r}", panel.space.name, rung.space.name, "use one space for both"
            )
            raise BadInput(fault)
        self.rung = rung
        self.panel = panel
        self.parameters = rung.parameters
        self.records: Records = np.array(panel.observed, dtype=np.int8)
        self.alive: Mask = np.array(panel.exists | (panel.observed >= 0))
        self.opening, self.scored = openings(self.records, self.alive)

    @abstractmethod
    def cells(self, vector: Vector, rows: Mask | None = None) -> Array:
        """Return log probabilities (n, T) at parameters on the scale of estimation, of some countries (n,) or all."""

    @abstractmethod
    def populations(self, vector: Vector) -> Array:
        """Return (n, T, d): what is believed of each country after each record; nan before its first."""

    @abstractmethod
    def sample(self, vector: Vector, rng: np.random.Generator) -> Panel:
        """Return the panel with records drawn from the model."""

    def values(self, vector: Vector) -> dict[str, float]:
        """Return the values by name."""
        return outward(self.parameters, vector)

    def reading(self, values: Mapping[str, float]) -> Array:
        """Return the (d, d) matrix of the reading."""
        return self.rung.reading.probabilities(self.rung.space.size, values.get(ERROR))


def openings(records: Records, alive: Mask) -> tuple[Mask, Mask]:
    """Return which records (n, T) open the history of a country, and which are predicted from those before."""
    opening, known = np.zeros(records.shape, dtype=bool), np.zeros(records.shape[0], dtype=bool)
    scored = opening.copy()
    for t in range(records.shape[1]):
        known &= alive[:, t]
        seen = alive[:, t] & (records[:, t] >= 0)
        scored[:, t] = seen & known
        opening[:, t] = seen & ~known
        known |= seen
    return opening, scored


def drawn(probabilities: Array, uniforms: Array) -> Records:
    """Return for each row of probabilities (n, x) the number that a uniform one (n,) falls on."""
    steps = np.cumsum(probabilities, axis=1)
    chosen = (uniforms[:, None] * steps[:, -1:] >= steps).sum(axis=1)
    return np.asarray(np.minimum(chosen, probabilities.shape[1] - 1), dtype=np.int8)


def counts(panel: Panel, told: Mask) -> Array:
    """Return (d, d) counts of records by that of the year before, where the later is told."""
    before, after = panel.observed[:, :-1], panel.observed[:, 1:]
    known = (before >= 0) & (after >= 0) & told[:, 1:]
    found = np.zeros((panel.space.size, panel.space.size))
    np.add.at(found, (before[known], after[known]), 1)
    return found
