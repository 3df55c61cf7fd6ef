"""Rival readings of the critics, runnable: the same countries and values under another claim (design §11)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.formations.models import Model
from newcourse.formations.runs import Start
from newcourse.formations.spaces import Space

FOUNDING = ("social revolution", "leap", "second revolution")
"""Moves that lead to a workers' state."""


@dataclass(frozen=True)
class RivalReading:
    """How critics read the same events.

    Parameters
    ----------
    name, title
        Short name, and the reading in a few words.
    claim
        What it says.
    sources
        Who says so.
    counter
        What is held against it.
    remodel
        Gives the model under this reading.
    restart
        Gives the beginning under this reading, for a space; the same where it changes nothing.
    """

    name: str
    title: str
    claim: str
    sources: tuple[str, ...]
    counter: tuple[str, ...]
    remodel: Callable[[Model], Model]
    restart: Callable[[Start, Space], Start]


def reading(name: str) -> RivalReading:
    """Return a reading by its name.

    Raises
    ------
    BadInput
        If there is no such reading.
    """
    if name not in READINGS:
        expected = "one of " + ", ".join(READINGS)
        raise BadInput(Fault("formation-reading", "reading", repr(name), expected, "correct the name"))
    return READINGS[name]


def ruled_from_above(space: Space) -> Space:
    """Return a space in which every revolution to collectivised property leads under rule from above at once.

    >>> from newcourse.formations.spaces import DEFAULT
    >>> ruled_from_above(DEFAULT).moves["social revolution"]
    (('capitalist', 'degenerated'),)
    """
    workers, degenerated = space.groups.get("workers", ()), space.groups.get("degenerated", ())
    if not workers or not degenerated:
        found = f"space {space.name!r}, without workers' or without degenerated formations"
        expected = "a space that tells rule from below and from above"
        raise BadInput(Fault("formation-reading", "coercive from the start", found, expected, "take another space"))
    to = dict.fromkeys(workers, degenerated[0])
    moves = {
        move: tuple(dict.fromkeys((a, to.get(b, b)) for a, b in arcs)) if move in FOUNDING else arcs
        for move, arcs in space.moves.items()
    }
    return replace(space, name=f"{space.name}, founded from above", moves=moves)


def _coercive(model: Model) -> Model:
    return replace(model, space=ruled_from_above(model.space))


def _began_coercive(start: Start, space: Space) -> Start:
    """Move what began as a workers' state to the degenerated one; coherence with it is given up."""
    workers, (degenerated, *_) = list(space.members("workers")), space.members("degenerated")
    states = np.array(start.states)
    moved = np.einsum("iaa->ia", states)[:, workers].sum(axis=1)
    states[:, workers, :] = 0
    states[:, :, workers] = 0
    states[:, degenerated, degenerated] += moved
    return Start(states)


def _same(start: Start, _: Space) -> Start:
    return start


def _stages(model: Model) -> Model:
    return model.without("H3")


def _not_isolated(model: Model) -> Model:
    return model.without("H5")


READINGS: Mapping[str, RivalReading] = MappingProxyType(
    {
        each.name: each
        for each in (
            RivalReading(
                "coercive",
                "coercive from the start",
                "There was no workers' state to degenerate: every revolution to collectivised property founded rule "
                "from above from its first day.",
                ("R. Pipes, The Russian Revolution (1990)", "K. Kautsky, Die Diktatur des Proletariats (1918)"),
                ("A. Rabinowitch, The Bolsheviks Come to Power (1976)", "S. A. Smith, Red Petrograd (1983)"),
                _coercive,
                _began_coercive,
            ),
            RivalReading(
                "stages",
                "stages only",
                "No stage can be skipped: there is no way from pre-capitalist straight to collectivised (no H3).",
                ("G. Plekhanov, Our Differences (1885)", "J. Stalin, Questions of the Chinese Revolution (1927)"),
                ("L. Trotsky, The Permanent Revolution (1930)",),
                _stages,
                _same,
            ),
            RivalReading(
                "no isolation effect",
                "isolation does not matter",
                "Degeneration has causes inside the country only; the fate of revolutions elsewhere is not among them "
                "(no H5).",
                (
                    "R. Michels, Zur Soziologie des Parteiwesens (1911)",
                    "J. Stalin, Concerning Questions of Leninism (1926): one country is enough",
                ),
                ("L. Trotsky, The Revolution Betrayed (1936)",),
                _not_isolated,
                _same,
            ),
        )
    }
)
"""The readings by name."""
