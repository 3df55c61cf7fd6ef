"""When an engine has to stop: where a law ends, where somebody looks, where a year ends (design §11.2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.law import Law
from newcourse.formations.runs import Start, Stretch

SAME = 1e-9
"""Two moments less than this many years apart are one."""


@dataclass(frozen=True)
class Leg:
    """A piece of time without a stop in between.

    Parameters
    ----------
    law
        The law that holds.
    years
        How long it is; 0 only for the first leg, when the start itself is asked for.
    marks
        Which of the times asked for are its end.
    year_ends
        Whether a whole year, counted from the beginning, ends with it.
    """

    law: Law
    years: float
    marks: tuple[int, ...]
    year_ends: bool


def legs(stretches: Sequence[Stretch], start: Start, times: ArrayLike) -> Iterator[Leg]:
    """Yield the pieces of time an engine goes through, one after another.

    Parameters
    ----------
    stretches
        Laws and how long each holds; all of the same countries and formations.
    start
        Where the countries begin; its shape is checked against the laws.
    times
        Years since the beginning at which populations are wanted, rising, within the sum of the stretches.

    Raises
    ------
    BadInput
        When stretches, start and times do not fit together.
    """
    wanted = checked_times(stretches, start, times)
    ends = np.cumsum([stretch.years for stretch in stretches])
    years = np.arange(1, np.floor(wanted[-1] + SAME) + 1)
    stops = _apart(np.concatenate([wanted, ends[ends < wanted[-1]], years]))
    before = 0.0
    for stop in stops:
        law = stretches[min(int(np.searchsorted(ends, (before + stop) / 2)), len(stretches) - 1)].law
        marks = tuple(np.flatnonzero(abs(wanted - stop) <= SAME).tolist())
        whole = stop > SAME and abs(stop - round(stop)) <= SAME
        yield Leg(law, float(stop - before), marks, bool(whole))
        before = float(stop)


def checked_times(stretches: Sequence[Stretch], start: Start, times: ArrayLike) -> NDArray[np.float64]:
    """Return the times wanted as an array when stretches, start and times fit together."""
    wanted = np.atleast_1d(np.asarray(times, dtype=float))
    faults = []
    if not stretches:
        raise BadInput(_fault("stretches", "none", "at least one law and how long it holds"))
    first, total = stretches[0].law, sum(stretch.years for stretch in stretches)
    if any((s.law.space, s.law.countries) != (first.space, first.countries) for s in stretches):
        faults.append(_fault("stretches", "different countries or formations", "the same throughout"))
    shape = (first.size, first.space.size, first.space.size)
    if start.states.shape != shape:
        faults.append(_fault("start", f"shape {start.states.shape}", f"shape {shape}"))
    rising = wanted.size > 0 and np.isfinite(wanted).all() and (np.diff(wanted) > 0).all()
    if not rising or wanted[0] < 0 or wanted[-1] > total + SAME:
        faults.append(_fault("times", f"{wanted.size} times", f"rising, from 0 to at most {total:g} years"))
    if faults:
        raise BadInput(faults)
    return wanted


def _apart(moments: NDArray[np.float64]) -> NDArray[np.float64]:
    rising = np.sort(moments)
    return np.asarray(rising[np.concatenate([[True], np.diff(rising) > SAME])])


def _fault(where: str, found: str, expected: str) -> Fault:
    return Fault("formation-run", where, found, expected, "correct what is given to the engine")
