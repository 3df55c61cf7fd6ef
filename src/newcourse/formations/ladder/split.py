r"""A split population: a share of countries never moves, whatever else holds for the others (design §11.3).

The likelihood of a country's records is :math:`(1-\pi)L_\text{mover} + \pi L_\text{stayer}`, so each record changes
what is believed of the country. With a share of 0 it is the rung within. Sources: I. Blumen, M. Kogan and P. J.
McCarthy, *The Industrial Mobility of Labor as a Probability Process* (1955); P. Schmidt and A. D. Witte, *Journal of
Econometrics* 40 (1989) 141.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.formations.ladder.hazards import Hazards
from newcourse.formations.ladder.markov import Markov
from newcourse.formations.ladder.parameters import FreeParameter, Vector
from newcourse.formations.ladder.reading import RecordReading
from newcourse.formations.ladder.rung import Array, Kind, Mask, OnPanel, Rung
from newcourse.formations.panel import Panel

SHARE = "split.share"


@dataclass(frozen=True)
class SplitPopulation(Rung):
    """Movers and stayers; space and reading are those of the rung within.

    Parameters
    ----------
    movers
        The rung that holds for those who can move.
    """

    reading: RecordReading = field(default_factory=RecordReading, init=False)
    movers: Rung = field(kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reading", self.movers.reading)
        if self.movers.space != self.space:
            found = self.movers.space.name
            raise BadInput(Fault("ladder-space", "split population", found, self.space.name, "use one space for both"))

    @property
    def name(self) -> str:
        """Short name, with that of the rung within."""
        return f"split population, {self.movers.name}"

    @property
    def title(self) -> str:
        """What it says."""
        return f"a share of countries never moves; for the others: {self.movers.title}"

    @property
    def kind(self) -> Kind:
        """That of the rung within."""
        return self.movers.kind

    @property
    def own_parameters(self) -> tuple[FreeParameter, ...]:
        """The share, and what the rung within asks for."""
        share = FreeParameter(
            SHARE, "π", "share", 0.1, 0.0, 0.99, "root", null=0.0, meaning="countries that never move"
        )
        return (share, *self.movers.own_parameters)

    def guess(self, panel: Panel, told: Mask) -> Mapping[str, float]:
        """Return what the rung within begins with."""
        return self.movers.guess(panel, told)

    def on(self, panel: Panel) -> "SplitOnPanel":
        """Return the rung with a panel."""
        return SplitOnPanel(self, panel)


class SplitOnPanel(OnPanel):
    """A split population with a panel."""

    rung: SplitPopulation

    def __init__(self, rung: SplitPopulation, panel: Panel) -> None:
        super().__init__(rung, panel)
        self.movers = rung.movers.on(panel)
        self.stayers = Markov(rung.space, rung.reading, Hazards(())).on(panel)

    def cells(self, vector: Vector, rows: Mask | None = None) -> Array:
        """Return log probabilities (n, T): what each record adds to the log likelihood of the mixture."""
        cells, _ = self._mixed(vector, rows)
        return cells

    def populations(self, vector: Vector) -> Array:
        """Return beliefs (n, T, d), movers and stayers weighed by what the records say of each country."""
        _, staying = self._mixed(vector, None)
        still = self.stayers.populations(self._still(vector))
        return np.asarray((1 - staying) * self.movers.populations(vector[1:]) + staying * still)

    def sample(self, vector: Vector, rng: np.random.Generator) -> Panel:
        """Return the panel with countries drawn as movers or stayers, and their records."""
        stays = rng.random(len(self.panel.countries)) < self.values(vector)[SHARE]
        moved = np.asarray(self.movers.sample(vector[1:], rng).observed)
        still = np.asarray(self.stayers.sample(self._still(vector), rng).observed)
        return replace(self.panel, observed=np.where(stays[:, None], still, moved))

    def _still(self, vector: Vector) -> Vector:
        return vector[1 + len(self.rung.movers.own_parameters) :]

    def _mixed(self, vector: Vector, rows: Mask | None) -> tuple[Array, Array]:
        """Return the cells, and the probability of being a stayer after each year, shape (n, T, 1)."""
        share = self.values(vector)[SHARE]
        moving = self.movers.cells(vector[1:], rows)
        still = self.stayers.cells(self._still(vector), rows)
        with np.errstate(divide="ignore"):
            parts = np.log([1 - share, share])
        sums = [part + np.nan_to_num(each).cumsum(axis=1) for part, each in zip(parts, (moving, still), strict=True)]
        whole = np.logaddexp(*sums)
        worth = np.diff(whole, axis=1, prepend=0.0)
        return np.where(np.isnan(moving), np.nan, worth), np.exp(sums[1] - whole)[..., None]
