"""The ladder of design §11.3, rung by rung, for a panel."""

from collections.abc import Sequence

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
from newcourse.formations.models import Model, model_of
from newcourse.formations.panel import Panel
from newcourse.formations.spaces import Space

EXPOSED = ("social revolution", "leap", "founding from above", "restoration")
"""Moves that the diffusion rung lets neighbours change."""

COUPLED = ("H0", "H1", "H3", "H6", "H7", "H9", "R1")
"""Hypotheses of the last rung: all moves that the others have, superposition, spread and coupling."""

DEFEATS = {"overthrow": "D1", "counter-revolution from within": "R2"}
"""Moves that most codings have no case of, and the hypothesis each belongs to: asked for where records show one."""

PLAIN = ("d1.war", "d1.civil_war")
"""Parameters of defeats that the last rung does not ask for."""

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
    moves = usual_moves(panel)
    plain, duration = Hazards(moves), Duration(space, read, Hazards(moves))
    rungs: list[Rung] = [Saturated(space, read), Markov(space, read, plain), duration]
    if tie in panel.weights:
        exposures = tuple(Exposure(tie, "collectivised", move) for move in EXPOSED if move in moves)
        rungs.append(NeighbourHazards(space, read, Hazards(moves, exposures=exposures)))
    rungs += [HiddenMarkov(space, read, plain), SplitPopulation(space, movers=duration)]
    rungs.append(QuantumLike(space, read, plain, coherent=COHERENT))
    if tie in panel.weights and coupled:
        rungs.append(ModelRung(space, read, model=_coupled(space, moves), asked=_asked(space, moves)))
    return tuple(rungs)


def usual_moves(panel: Panel) -> tuple[str, ...]:
    """Return the moves whose rates are asked for: those of the space, a defeat only where the records show one.

    A rate of what never happens is fitted at its lowest bound, at the price of longer searches, and defeats have no
    case in most codings. All rungs have the same moves, so that no rung is favoured by what is left out.
    """
    seen = panel.transitions()
    return tuple(
        move
        for move in Hazards().present(panel.space)
        if move not in DEFEATS or any(seen[arc] for arc in panel.space.arcs(move))
    )


def _coupled(space: Space, moves: Sequence[str]) -> Model:
    """Return the model of the last rung; what war does to defeats is left at nothing, for there are too few cases."""
    defeats = [code for move, code in DEFEATS.items() if move in moves]
    model = model_of("GKSL with coupling", [*COUPLED, *defeats], space=space)
    return model.with_values(dict.fromkeys(set(PLAIN) & set(model.values), 0.0))


def _asked(space: Space, moves: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the parameters of the last rung that data are asked for."""
    return tuple(name for name in _coupled(space, moves).values if name not in PLAIN)
