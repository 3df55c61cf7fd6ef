"""A crowd in which everybody meets everybody: what epidemics, adoption and ants have in common."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.engines.gillespie import paths
from newcourse.formations.law import Law, Spread
from newcourse.formations.runs import Start, Stretch, certain
from newcourse.formations.spaces import Space


def crowd(
    titles: Mapping[str, str],
    size: int,
    alone: Mapping[tuple[int, int], float],
    met: Mapping[tuple[int, int, int], float],
) -> Law:
    """Return the law of a crowd of equals.

    Parameters
    ----------
    titles
        Codes and titles of what each can be.
    size
        How many there are, at least two.
    alone
        By (from, to): the rate at which each moves by itself.
    met
        By (from, to, given): the rate at which each who is in ``from`` would move if all others were in ``given``; it
        is in proportion to how many are.
    """
    if size < 2:
        raise BadInput(crowd_fault("size", size, "at least two"))
    jumps = np.zeros((size, len(titles), len(titles)))
    for (a, b), rate in alone.items():
        jumps[:, a, b] = rate
    others = (1 - np.eye(size)) / (size - 1)
    spread = tuple(Spread(a, b, (c,), rate * others) for (a, b, c), rate in met.items())
    return Law(Space("crowd", titles, {}, {}), tuple(map(str, range(size))), jumps, spread=spread)


def beginning(law: Law, numbers: Sequence[int]) -> Start:
    """Return the start with so many in each formation; they must add up to the crowd."""
    if sum(numbers) != law.size or min(numbers) < 0:
        raise BadInput(crowd_fault("numbers at the beginning", list(numbers), f"none negative, {law.size} in all"))
    return certain(law.space, [code for code, n in zip(law.space.formations, numbers, strict=True) for _ in range(n)])


def sampled(law: Law, numbers: Sequence[int], times: ArrayLike, runs: int, chance: Generator) -> NDArray[np.int64]:
    """Return how many (runs, t, formations) of a crowd are in each formation, in sampled paths.

    Parameters
    ----------
    law
        From :func:`crowd`.
    numbers
        How many begin in each formation.
    times
        When they are counted, in the units of the rates, rising, the last above 0.
    runs, chance
        How many paths, and where they are drawn from.
    """
    last = float(np.max(times))
    return paths([Stretch(law, last)], beginning(law, numbers), times, runs=runs, chance=chance).counts


def rising(times: ArrayLike) -> NDArray[np.float64]:
    """Return times as an array when they rise from 0 or later."""
    wanted = np.atleast_1d(np.asarray(times, dtype=float))
    right = wanted.size and np.isfinite(wanted).all() and wanted[0] >= 0 and (np.diff(wanted) > 0).all()
    refuse_unless(bool(right), "times", f"{wanted.size} times", "some, finite, rising, none below 0")
    return wanted


def crowd_fault(where: str, found: object, expected: str) -> Fault:
    """Return what is wrong with a number of a small model."""
    return Fault("small-model", where, str(found), expected, "correct the model's settings")


def refuse_unless(right: bool, where: str, found: object, expected: str) -> None:
    """Refuse a setting that is not right."""
    if not right:
        raise BadInput(crowd_fault(where, found, expected))
