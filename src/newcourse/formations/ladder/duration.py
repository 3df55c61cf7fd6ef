r"""Duration: how likely a move is depends on how long a country has been in its formation (design §11.3; semi-Markov).

In formation a at age u, in tens of years, the rates of moves out of a are multiplied by the mean over the year of

.. math:: k_a u^{k_a-1} \quad\text{(Weibull)}\qquad\text{or}\qquad
   \frac{k_a u^{k_a-1}}{1+(u/\tau)^{k_a}} \quad\text{(log-logistic, up to its height)}.

With shapes of 1 the first is the Markov rung. What happens within a year is that of a Markov chain with the rates of
the year, those of a formation entered within it being those of age 0. At a country's first record its age is not known
and taken as 0. Sources: D. R. Cox and D. Oakes, *Analysis of Survival Data* (1984), ch. 2; J. M. Box-Steffensmeier and
B. S. Jones, *Event History Modeling* (2004), ch. 3.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.formations.inference.duration_filter import duration_filter
from newcourse.formations.inference.filters import LEAST
from newcourse.formations.inference.side_by_side import advance
from newcourse.formations.ladder.hazards import FASTEST, Hazards, HazardsOnPanel
from newcourse.formations.ladder.parameters import FreeParameter, Vector
from newcourse.formations.ladder.rung import Array, Kind, Mask, OnPanel, Rung
from newcourse.formations.panel import Panel

TURN = "duration.turn"

UNIT = 10.0
"""Years that age is counted in, so that rates of all shapes are of one order."""

MOST = 2 * FASTEST
"""Rate a year of leaving a formation beyond which hazards do not grow: nobody stays longer than weeks by then."""


@dataclass(frozen=True)
class Duration(Rung):
    """Hazards that change with age.

    Parameters
    ----------
    hazards
        Which moves there are; no effects and no exposures.
    form
        How hazards change with age: ``weibull`` or ``log-logistic``.
    oldest
        Age in years beyond which nothing changes any more.
    """

    hazards: Hazards = field(default_factory=Hazards)
    form: Literal["weibull", "log-logistic"] = "weibull"
    oldest: int = 60

    def __post_init__(self) -> None:
        if self.hazards.factors or self.oldest < 1:
            found = f"{len(self.hazards.factors)} effects and exposures, oldest {self.oldest}"
            remedy = "leave effects to the Markov and diffusion rungs"
            raise BadInput(Fault("ladder-duration", "duration", found, "none, and an age of at least 1", remedy))

    @property
    def name(self) -> str:
        """Short name."""
        return f"duration ({self.form})"

    @property
    def title(self) -> str:
        """What it says."""
        return "moves become more or less likely the longer a country has been in its formation"

    @property
    def kind(self) -> Kind:
        """No Hamiltonian."""
        return "classical"

    @property
    def ageing(self) -> tuple[str, ...]:
        """Codes of the formations that moves lead out of: each has a shape."""
        sources = {a for move in self.hazards.present(self.space) for a, _ in self.space.arcs(move)}
        return tuple(code for k, code in enumerate(self.space.formations) if k in sources)

    @property
    def own_parameters(self) -> tuple[FreeParameter, ...]:
        """Rates, shapes, and for the log-logistic form the age at which hazards turn."""
        meaning = "above 1 moves become likelier with age, below 1 less likely"
        shapes = [
            FreeParameter(_shape(code), "k", "1", 1.0, 0.1, 8.0, "log", null=1.0, meaning=meaning)
            for code in self.ageing
        ]
        turn = FreeParameter(TURN, "τ", "years", 20.0, 0.5, 500.0, "log", meaning="age at which hazards turn down")
        return (*self.hazards.parameters(self.space), *shapes, *([turn] if self.form == "log-logistic" else []))

    def guess(self, panel: Panel, told: Mask) -> Mapping[str, float]:
        """Return rates counted, as if nothing depended on age."""
        return self.hazards.guess(panel, told)

    def factors(self, values: Mapping[str, float]) -> Array:
        """Return what rates out of each formation are multiplied by in each year of age, shape (d, ages)."""
        found, edges = np.ones((self.space.size, self.oldest)), np.arange(self.oldest + 1.0) / UNIT
        for code in self.ageing:
            k = values[_shape(code)]
            whole = edges**k
            if self.form == "log-logistic":
                scale = (values[TURN] / UNIT) ** k
                whole = scale * np.log1p(whole / scale)
            found[self.space.index(code)] = UNIT * np.diff(whole)
        return found

    def on(self, panel: Panel) -> "DurationOnPanel":
        """Return the rung with a panel."""
        return DurationOnPanel(self, panel)


class DurationOnPanel(OnPanel):
    """A duration rung with a panel."""

    rung: Duration

    def __init__(self, rung: Duration, panel: Panel) -> None:
        super().__init__(rung, panel)
        self.hazards = HazardsOnPanel(rung.hazards, panel)

    def cells(self, vector: Vector, rows: Mask | None = None) -> Array:
        """Return log probabilities (n, T)."""
        return self._filtered(vector, self.records, rows)[0]

    def populations(self, vector: Vector) -> Array:
        """Return beliefs (n, T, d), ages added up."""
        return self._filtered(vector, self.records, None)[1]

    def sample(self, vector: Vector, rng: np.random.Generator) -> Panel:
        """Return the panel with records drawn from the model."""
        records = self.records.copy()
        self._filtered(vector, records, None, rng.random(records.shape))
        return replace(self.panel, observed=records)

    def chances(self, values: dict[str, float]) -> Array:
        """Return (d, ages, d) the probabilities of a year by formation and age."""
        d, ages = self.panel.space.size, self.rung.oldest
        rates = self.hazards.jumps(values)[0, 0]
        most = MOST / np.maximum(rates.sum(axis=1), LEAST)
        factors = np.minimum(self.rung.factors(values), most[:, None])
        rows = np.repeat(factors[None, :, 0], d * ages, axis=0).reshape(d, ages, d)
        rows[range(d), :, range(d)] = factors
        made = rows[..., None] * rates
        generators = made - made.sum(axis=-1)[..., None] * np.eye(d)
        moved = generators.swapaxes(-1, -2).reshape(-1, d, d)
        begun = np.repeat(np.eye(d), ages, axis=0)
        return advance(np.ascontiguousarray(moved), begun, True).reshape(d, ages, d)

    def _filtered(
        self, vector: Vector, records: np.ndarray, rows: Mask | None, uniforms: Array | None = None
    ) -> tuple[Array, Array]:
        values = self.values(vector)
        wanted = np.ones(records.shape[0], dtype=bool) if rows is None else rows
        uniform = np.zeros((0, 0)) if uniforms is None else uniforms
        found: tuple[Array, Array] = duration_filter(
            self.chances(values), records, self.alive, wanted, self.reading(values), uniform
        )
        return found


def _shape(code: str) -> str:
    return f"shape.{code}"
