"""The hypothesised Markov chain: only moves that somebody claims, at rates that covariates may change (design §11.3).

As panel data it is that of J. D. Kalbfleisch and J. F. Lawless, *Journal of the American Statistical Association* 80
(1985) 863: several moves may happen between two records, so a year's probabilities are those of the matrix exponential.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from newcourse.formations.inference.coordinates import Coordinates
from newcourse.formations.ladder.linear import LinearRung
from newcourse.formations.ladder.parameters import FreeParameter
from newcourse.formations.ladder.rung import Array, Kind


@dataclass(frozen=True)
class Markov(LinearRung):
    """Moves at rates that do not depend on how long a country has waited."""

    @property
    def name(self) -> str:
        """Short name, with the covariates it looks at."""
        names = sorted({effect.covariate for effect in self.hazards.effects})
        return "hypothesised Markov" + (f" ({', '.join(names)})" if names else "")

    @property
    def title(self) -> str:
        """What it says."""
        return "only the moves hypothesised happen, at rates that do not remember"

    @property
    def kind(self) -> Kind:
        """No Hamiltonian."""
        return "classical"

    @property
    def coordinates(self) -> Coordinates:
        """Populations."""
        return Coordinates(self.space.size)

    @property
    def further(self) -> tuple[FreeParameter, ...]:
        """Nothing beside rates and effects."""
        return ()

    def matrices(self, values: Mapping[str, float], jumps: Array) -> Array:  # noqa: ARG002 - the rates say all
        """Return the generators."""
        return self.coordinates.generators(self.coordinates.pack(jumps))
