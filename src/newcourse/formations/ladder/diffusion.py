"""Diffusion: hazards depend on what neighbours were the year before (design §11.3; event-history analysis)."""

from collections.abc import Mapping
from dataclasses import dataclass

from newcourse.errors import BadInput, Fault
from newcourse.formations.inference.coordinates import Coordinates
from newcourse.formations.ladder.linear import LinearRung
from newcourse.formations.ladder.parameters import FreeParameter
from newcourse.formations.ladder.rung import Array, Kind


@dataclass(frozen=True)
class NeighbourHazards(LinearRung):
    """Rates multiplied by the exponential of a share of neighbours; its hazards must have exposures."""

    def __post_init__(self) -> None:
        if not self.hazards.exposures:
            remedy = "name a tie, a group and a move; without them it is the Markov rung"
            raise BadInput(Fault("ladder-hazards", "diffusion", "no exposure", "at least one", remedy))

    @property
    def name(self) -> str:
        """Short name, with the ties it looks at."""
        return f"diffusion ({', '.join(sorted({each.tie for each in self.hazards.exposures}))})"

    @property
    def title(self) -> str:
        """What it says."""
        return "rates depend on what neighbours were last recorded as"

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
        """Nothing beside rates, effects and exposures."""
        return ()

    def matrices(self, values: Mapping[str, float], jumps: Array) -> Array:  # noqa: ARG002 - the rates say all
        """Return the generators."""
        return self.coordinates.generators(self.coordinates.pack(jumps))
