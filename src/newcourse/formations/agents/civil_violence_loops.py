"""The loops of :mod:`newcourse.formations.agents.civil_violence`, compiled by Numba: one person after the other."""

import numpy as np
from numba import njit

EMPTY, QUIET, ACTIVE, JAILED, COP = 0, 1, 2, 3, 4
"""What is on a cell."""


@njit(cache=True, nogil=True)
def all_steps(what, people, who, traits, strain, counts, settings, seen, torus, room, chance):  # type: ignore[no-untyped-def]
    """Let everybody act once a step.

    ``what`` says of every cell what is on it; a margin around the torus repeats the other side, so that nobody who
    looks around has to ask for the edge. ``people`` says in which cell, margin not counted, each one is, ``who`` who is
    in a cell.
    """
    order, jail, found = room
    citizens = traits.shape[0]
    for step in range(strain.shape[0]):
        for k in range(order.shape[0] - 1, -1, -1):
            other = int(chance.random() * (k + 1))
            order[k], order[other] = order[other], order[k]
        for one in order:
            if one < citizens and jail[one] > 0:
                jail[one] -= 1
                continue
            sight = seen[0] if one < citizens else seen[1]
            free = _free(people[one], what, sight, torus, found, chance)
            if free >= 0 and not settings[4]:
                _go(one, free, what, who, people, torus)
            if one < citizens:
                mood = _mood(people[one], traits[one], strain[step], what, sight, torus, settings)
                _put(mood, people[one], what, torus)
            else:
                _arrest(people[one], what, who, jail, sight, torus, found, settings[3], chance)
            if free >= 0 and settings[4]:
                _go(one, free, what, who, people, torus)
        for one in range(citizens):
            counts[step + 1, what[_place(people[one], torus)] - QUIET] += 1


@njit(cache=True, nogil=True)
def _place(cell, torus):  # type: ignore[no-untyped-def]
    """Return where a cell lies when the margin is counted."""
    width, _, margin = torus
    return (cell // width + margin) * (width + 2 * margin) + cell % width + margin


@njit(cache=True, nogil=True)
def _cell(place, torus):  # type: ignore[no-untyped-def]
    """Return the cell of a place, also of one in the margin."""
    width, height, margin = torus
    row = width + 2 * margin
    return (place // row - margin) % height * width + (place % row - margin) % width


@njit(cache=True, nogil=True)
def _put(kind, cell, what, torus):  # type: ignore[no-untyped-def]
    """Put a kind on a cell, and on its images in the margin."""
    width, height, margin = torus
    place = _place(cell, torus)
    if what[place] == kind:
        return
    x, y = cell % width, cell // width
    right = width if x < margin else (-width if x >= width - margin else 0)
    down = height if y < margin else (-height if y >= height - margin else 0)
    down *= width + 2 * margin
    what[place] = what[place + right] = what[place + down] = what[place + right + down] = kind


@njit(cache=True, nogil=True)
def _list(kind, place, what, sight, found):  # type: ignore[no-untyped-def]
    """List the places in sight that hold a kind; return how many."""
    number = 0
    for far in sight:
        found[number] = place + far
        number += what[place + far] == kind
    return number


@njit(cache=True, nogil=True)
def _free(cell, what, sight, torus, found, chance):  # type: ignore[no-untyped-def]
    """Return an empty cell in sight, drawn at random; −1 where there is none."""
    empty = _list(EMPTY, _place(cell, torus), what, sight, found)
    return _cell(found[int(chance.random() * empty)], torus) if empty else -1


@njit(cache=True, nogil=True)
def _go(one, free, what, who, people, torus):  # type: ignore[no-untyped-def]
    """Move to a cell that is empty."""
    cell = people[one]
    _put(what[_place(cell, torus)], free, what, torus)
    _put(EMPTY, cell, what, torus)
    who[free], who[cell], people[one] = one, -1, free


@njit(cache=True, nogil=True)
def _mood(cell, traits, strain, what, sight, torus, settings):  # type: ignore[no-untyped-def]
    """Return whether a citizen with this hardship and risk aversion is active now."""
    threshold, certainty, ratio, _, _ = settings
    cops, active, place = 0, 1, _place(cell, torus)
    for far in sight:
        cops += what[place + far] == COP
        active += what[place + far] == ACTIVE
    share = cops / active
    if ratio:
        share = np.rint(share) if ratio == 1 else np.floor(share)
    risk = 1.0 - np.exp(-certainty * share)
    return ACTIVE if traits[0] * strain - traits[1] * risk > threshold else QUIET


@njit(cache=True, nogil=True)
def _arrest(cell, what, who, jail, sight, torus, found, longest, chance):  # type: ignore[no-untyped-def]
    """Arrest an active citizen in sight, drawn at random, if there is one."""
    active = _list(ACTIVE, _place(cell, torus), what, sight, found)
    if active:
        there = _cell(found[int(chance.random() * active)], torus)
        _put(JAILED, there, what, torus)
        jail[who[there]] = int(chance.random() * (longest + 1))
