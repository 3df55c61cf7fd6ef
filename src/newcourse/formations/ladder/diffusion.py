"""Diffusion: hazards depend on what neighbours were the year before (design §11.3; event-history analysis)."""

from dataclasses import dataclass

from newcourse.errors import BadInput, Fault
from newcourse.formations.ladder.linear import LinearRung


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
