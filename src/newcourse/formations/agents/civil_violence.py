r"""Epstein's model of civil violence: calm, outbursts, and what cops and legitimacy do to them.

Citizens and cops walk on a torus. A citizen's grievance is hardship × (1 − legitimacy). He or she estimates the risk of
arrest from the cops C and the active citizens A in sight, herself among them, as :math:`1-e^{-kC/A}`, and is active
while grievance − risk aversion × risk is above a threshold. A cop arrests one active citizen in sight, drawn at
random, for a jail term of 0 to a longest number of steps. In every step all act once, in random order.

Source: J. M. Epstein, "Modeling civil violence: An agent-based computational approach", *Proceedings of the National
Academy of Sciences* 99, supplement 3 (2002) 7243, model I. Hardship and risk aversion are uniform on [0, 1]. The paper
does not say that C/A is rounded, but without it its outbursts do not come about, as programs that rebuilt it have noted
(NetLogo's "Rebellion" takes the whole part, Mesa's example rounds). So it is a parameter here, and not hidden.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from newcourse.errors import BadInput, Fault

RATIOS: Final = ("exact", "rounded", "whole part")
"""What becomes of cops over active citizens before the risk is estimated."""
SIGHTS: Final = ("diamond", "square")
"""What lies in sight: no more steps away than vision, or no more in either direction."""
NINE_IN_TEN: Final = 2.3
"""Epstein's k: one cop and one active citizen make the risk .9."""


@dataclass(frozen=True)
class CivilViolence:
    """The society and its rules.

    Parameters
    ----------
    width, height
        Of the torus, in cells; each holds at most one person.
    citizens, cops
        Share of the cells that hold a citizen, a cop, drawn cell by cell.
    vision, cop_vision
        How far each sees, in cells; less than half the torus.
    legitimacy
        How legitimate the citizens find the rule, from 0 to 1.
    threshold
        What grievance must exceed risk by.
    certainty
        k in the risk of arrest.
    longest_jail
        The longest jail term in steps; terms are whole numbers from 0 on, all alike.
    ratio
        One of :data:`RATIOS`.
    sight
        One of :data:`SIGHTS`.
    acts_first
        Whether all act before they move, or move before they act as in the paper.

    Raises
    ------
    BadInput
        With all that is wrong.
    """

    width: int = 40
    height: int = 40
    citizens: float = 0.7
    cops: float = 0.04
    vision: int = 7
    cop_vision: int = 7
    legitimacy: float = 0.82
    threshold: float = 0.1
    certainty: float = NINE_IN_TEN
    longest_jail: int = 30
    ratio: str = "rounded"
    sight: str = "diamond"
    acts_first: bool = False

    def __post_init__(self) -> None:
        least = min(self.width, self.height)
        checks = {
            "citizens": self.citizens >= 0 and self.citizens + self.cops <= 1,
            "cops": 0 <= self.cops <= 1,
            "vision": 1 <= self.vision < least / 2,
            "cop_vision": 1 <= self.cop_vision < least / 2,
            "legitimacy": 0 <= self.legitimacy <= 1,
            "threshold": bool(np.isfinite(self.threshold)),
            "certainty": self.certainty >= 0,
            "longest_jail": self.longest_jail >= 0,
            "ratio": self.ratio in RATIOS,
            "sight": self.sight in SIGHTS,
        }
        faults = [_fault(name, getattr(self, name)) for name, right in checks.items() if not right]
        if faults:
            raise BadInput(faults)


def run(
    model: CivilViolence, steps: int, chance: Generator | Any, *, legitimacy: ArrayLike | None = None
) -> NDArray[np.int64]:
    """Return how many citizens are quiet, active and jailed, at the beginning and after every step.

    Parameters
    ----------
    model
        The society.
    steps
        How many.
    chance
        Where chance comes from: a generator, or the seed of one, so that an ensemble is
        ``spread(partial(run, model, steps), seeds(1, 100))`` (:mod:`newcourse.workers`).
    legitimacy
        (steps,) legitimacy in every step, instead of the model's own all along.

    Returns
    -------
    numpy.ndarray
        (steps + 1, 3).

    Raises
    ------
    BadInput
        When legitimacy is not given for every step, or is not between 0 and 1.

    Examples
    --------
    >>> calm = run(CivilViolence(legitimacy=1.0), 5, 1)
    >>> calm[:, 1].tolist()
    [0, 0, 0, 0, 0, 0]
    """
    from newcourse.formations.agents.civil_violence_loops import COP, EMPTY, QUIET, all_steps

    course = (
        np.broadcast_to(np.float64(model.legitimacy), steps) if legitimacy is None else np.asarray(legitimacy, float)
    )
    if course.shape != (steps,) or not ((course >= 0) & (course <= 1)).all():
        raise BadInput(_fault("legitimacy", f"shape {course.shape} for {steps} steps"))
    source = np.random.default_rng(chance)
    where = source.random(model.width * model.height)
    what = np.where(where < model.citizens, QUIET, np.where(where < model.citizens + model.cops, COP, EMPTY))
    people = np.concatenate([np.flatnonzero(what == QUIET), np.flatnonzero(what == COP)])
    number = int((what == QUIET).sum())
    counts = np.zeros((steps + 1, 3), np.int64)
    counts[0, 0] = number
    settings = (model.threshold, model.certainty, RATIOS.index(model.ratio), model.longest_jail, model.acts_first)
    margin = max(model.vision, model.cop_vision)
    grid = np.pad(what.astype(np.int8).reshape(model.height, model.width), margin, mode="wrap").ravel()
    seen = tuple(in_sight(model, vision, model.width + 2 * margin) for vision in (model.vision, model.cop_vision))
    torus = (model.width, model.height, margin)
    who = np.full(what.size, -1)
    who[people] = np.arange(people.size)
    room = (np.arange(people.size), np.zeros(number, np.int64), np.empty(max(map(len, seen)), np.int64))
    all_steps(grid, people, who, source.random((number, 2)), 1.0 - course, counts, settings, seen, torus, room, source)
    return counts


def in_sight(model: CivilViolence, vision: int, row: int) -> NDArray[np.int64]:
    """Return how far the cells in sight lie from one's own, apart from that, where cells are numbered row by row.

    Parameters
    ----------
    model
        Says what is in sight.
    vision
        How far.
    row
        Cells in a row.
    """
    reach = np.arange(-vision, vision + 1)
    right, down = (axis.ravel() for axis in np.meshgrid(reach, reach))
    far = abs(right) + abs(down) if model.sight == "diamond" else np.maximum(abs(right), abs(down))
    chosen = (far > 0) & (far <= vision)
    return np.asarray(right[chosen] + row * down[chosen])


def outbursts(active: ArrayLike, level: int = 50) -> NDArray[np.int64]:
    """Return the outbursts in a course of active citizens: first step, last step, most at once, each a row.

    Parameters
    ----------
    active
        (steps,) how many are active.
    level
        An outburst lasts while more than these are; Epstein's is 50 on 40 × 40 cells.
    """
    course = np.asarray(active)
    edges = np.diff(np.concatenate([[0], course > level, [0]]).astype(np.int64))
    firsts, lasts = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    rows = [(first, last, course[first : last + 1].max()) for first, last in zip(firsts, lasts, strict=True)]
    return np.array(rows, np.int64).reshape(len(rows), 3)


EXPECTED: Final = {
    "citizens": "a share of the cells, with the cops at most 1",
    "cops": "a share of the cells",
    "vision": "at least 1 and less than half the torus",
    "cop_vision": "at least 1 and less than half the torus",
    "legitimacy": "from 0 to 1, one number or one for every step",
    "threshold": "a finite number",
    "certainty": "not negative",
    "longest_jail": "not negative",
    "ratio": "one of " + ", ".join(RATIOS),
    "sight": "one of " + ", ".join(SIGHTS),
}


def _fault(name: str, found: object) -> Fault:
    return Fault("civil-violence", name, str(found), EXPECTED[name], "correct the model's settings")
