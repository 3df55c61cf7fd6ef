"""About how long a comparison of models will take, from the time of one likelihood of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Final

import numpy as np

from newcourse.formations.inference.fitting import log_likelihood
from newcourse.formations.inference.power import Rules
from newcourse.formations.ladder.parameters import inward
from newcourse.formations.ladder.rung import Rung
from newcourse.formations.panel import Panel

STEPS: Final = 25
"""Gradients a search takes: 13 to 43 for the plain rungs on the states since 1960."""

SOON: Final = 45
"""Seconds below which a time is told as less than a minute."""

PATIENCE: Final = 60.0
"""Seconds: a likelihood that took less is timed again, since the first time includes what is compiled."""


@dataclass(frozen=True)
class CompareWork:
    """How much work a comparison is.

    Parameters
    ----------
    seconds
        About how long it takes in one process.
    pieces
        Into how many pieces it falls.
    """

    seconds: float
    pieces: int


def compare_work(panel: Panel, rungs: Sequence[Rung], rules: Rules) -> CompareWork:
    """Return about how much work a comparison is, with a likelihood of each rung timed.

    Which classical rung a quantum-like one is asked against is not known before; the mean of them is counted.
    """
    once = {rung.name: _gradient(panel, rung) for rung in rungs}
    fits = sum(once.values()) * STEPS * rules.starts * (rules.folds + 2)
    quantum = [once[rung.name] for rung in rungs if rung.kind == "quantum-like"]
    classical = [once[rung.name] for rung in rungs if rung.kind == "classical"]
    if quantum and classical:
        pairs = [one + sum(classical) / len(classical) for one in quantum]
    else:
        pairs = [once[rungs[-1].name] + once[rungs[0].name]]
    trials = 2 * rules.simulations * (rules.folds + 1) * STEPS / 2 * sum(pairs)
    return CompareWork(fits + trials, len(rungs) * (rules.folds + 2) + 2 * rules.simulations * len(pairs))


def _gradient(panel: Panel, rung: Rung) -> float:
    """Return how long a likelihood and its differences along every parameter take, in seconds."""
    bound = rung.on(panel)
    vector = inward(rung.parameters, rung.guess(panel, bound.scored))
    taken = 0.0
    for _ in range(2):
        begun = perf_counter()
        log_likelihood(bound, np.asarray(vector), bound.scored)
        taken = perf_counter() - begun
        if taken > PATIENCE:
            break
    return taken * (len(rung.parameters) + 1)


def in_words(seconds: float) -> str:
    """Return a time as people say it.

    >>> in_words(20), in_words(300), in_words(9000), in_words(400_000)
    ('less than a minute', '5 minutes', '2.5 hours', '4.6 days')
    """
    if seconds < SOON:
        return "less than a minute"
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        number = seconds / size
        if number >= 1.5 or unit == "minute":
            told = f"{number:.1f}" if number < 10 and unit != "minute" else f"{number:.0f}"
            return f"{told.removesuffix('.0')} {unit}{'' if told == '1' else 's'}"
    raise AssertionError
