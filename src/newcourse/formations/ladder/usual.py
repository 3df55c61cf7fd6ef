"""The ladder of design §11.3, rung by rung, for a panel."""

from newcourse.formations.ladder.coupled import ModelRung
from newcourse.formations.ladder.diffusion import NeighbourHazards
from newcourse.formations.ladder.duration import Duration
from newcourse.formations.ladder.gksl import QuantumLike
from newcourse.formations.ladder.hazards import Exposure, Hazards
from newcourse.formations.ladder.hidden import HiddenMarkov
from newcourse.formations.ladder.markov import Markov
from newcourse.formations.ladder.reading import RecordReading
from newcourse.formations.ladder.rung import Rung
from newcourse.formations.ladder.saturated import Saturated
from newcourse.formations.ladder.split import SplitPopulation
from newcourse.formations.models import model_of
from newcourse.formations.panel import Panel

EXPOSED = ("social revolution", "leap", "founding from above", "restoration")
"""Moves that the diffusion rung lets neighbours change."""

COUPLED = ("H0", "H1", "H3", "H6", "H7", "H9", "R1")
"""Hypotheses of the last rung: all moves that the others have, superposition, spread and coupling."""

COHERENT = ("bourgeois revolution", "social revolution")
"""Moves along which formations are superposed, as in H1."""


def usual_ladder(
    panel: Panel, *, reading: RecordReading | None = None, tie: str = "contiguity", coupled: bool = True
) -> tuple[Rung, ...]:
    """Return the rungs from the plainest to the richest.

    Parameters
    ----------
    panel
        What they are to be compared on. Where it has no ties, diffusion and coupling are left out.
    reading
        How records can be wrong, for all alike; where not given, a share of wrong records is estimated.
    tie
        Which weights say who is a neighbour.
    coupled
        Whether the last rung is wanted: its likelihood takes many times as long as the others'.

    Examples
    --------
    >>> from newcourse.sources.formations.example_panel import example_panel
    >>> [rung.name for rung in usual_ladder(example_panel())]
    ['saturated Markov', 'hypothesised Markov', 'duration (weibull)', 'hidden Markov',
     'split population, duration (weibull)', 'GKSL']
    """
    space, read = panel.space, reading or RecordReading(0.005, free=True)
    moves = Hazards().present(space)
    plain, duration = Hazards(moves), Duration(space, read, Hazards(moves))
    rungs: list[Rung] = [Saturated(space, read), Markov(space, read, plain), duration]
    if tie in panel.weights:
        exposures = tuple(Exposure(tie, "collectivised", move) for move in EXPOSED if move in moves)
        rungs.append(NeighbourHazards(space, read, Hazards(moves, exposures=exposures)))
    rungs += [HiddenMarkov(space, read, plain), SplitPopulation(space, movers=duration)]
    rungs.append(QuantumLike(space, read, plain, coherent=COHERENT))
    if tie in panel.weights and coupled:
        model = model_of("GKSL with coupling", COUPLED, space=space)
        rungs.append(ModelRung(space, read, model=model))
    return tuple(rungs)
