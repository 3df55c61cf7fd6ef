"""The loops of :mod:`newcourse.formations.engines.gillespie`, compiled by Numba: one run after the other.

The rates of all countries are the leaves of a binary tree in which each node is the sum of the two below it: one way
down draws a country, one way up enters its new rate. Sums are always made anew from both sides, so no error builds up.
"""

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def run_all(current, states, steps, changes, lengths, marks, tables, chance):  # type: ignore[no-untyped-def]
    """Move all runs through all legs under one law; write down where they are when somebody looks."""
    leaving, calling, total, arcs, given, first, tied, upto = tables
    n = total.shape[0]
    width = 1
    while width < n:
        width *= 2
    tree = np.zeros(2 * width)
    for run in range(current.shape[0]):
        state = current[run]
        _plant(tree, width, state, total)
        for leg in range(lengths.shape[0]):
            left = lengths[leg]
            while tree[1] > 0.0:
                left -= chance.standard_exponential() / tree[1]
                if left < 0.0:
                    break
                steps[run] += 1
                caller, rest = _draw(tree, width, chance.random() * tree[1])
                moved, to = _moved(caller, rest, state, leaving, calling, arcs, given, first, tied, upto)
                if moved >= 0:
                    state[moved] = to
                    _enter(tree, width + moved, total[moved, to])
                    changes[run] += 1
            if marks[leg] >= 0:
                states[run, marks[leg]] = state


@njit(cache=True, nogil=True)
def _plant(tree, width, state, total):  # type: ignore[no-untyped-def]
    """Fill the tree with the rates of all countries."""
    for i in range(state.shape[0]):
        tree[width + i] = total[i, state[i]]
    for node in range(width - 1, 0, -1):
        tree[node] = tree[2 * node] + tree[2 * node + 1]


@njit(cache=True, nogil=True)
def _enter(tree, node, rate):  # type: ignore[no-untyped-def]
    """Enter a country's new rate."""
    tree[node] = rate
    node //= 2
    while node:
        tree[node] = tree[2 * node] + tree[2 * node + 1]
        node //= 2


@njit(cache=True, nogil=True)
def _draw(tree, width, rest):  # type: ignore[no-untyped-def]
    """Return a country drawn by its rate, and how far into its own rate the draw fell."""
    node = 1
    while node < width:
        node *= 2
        if rest >= tree[node]:
            rest -= tree[node]
            node += 1
    return node - width, rest


@njit(cache=True, nogil=True)
def _moved(caller, rest, state, leaving, calling, arcs, given, first, tied, upto):  # type: ignore[no-untyped-def]
    """Return who moves and where to; nobody (−1) where a call is without effect."""
    here = state[caller]
    own = leaving[caller, here]
    if rest < own[-1]:
        to = 0
        while own[to] <= rest:
            to += 1
        return caller, to
    rest -= own[-1]
    for k in range(arcs.shape[0]):
        if given[k, here]:
            if rest < calling[k, caller]:
                called = tied[_tie(upto, first[k, caller], first[k, caller + 1] - 1, rest, calling[k, caller])]
                return (called if state[called] == arcs[k, 0] else -1), arcs[k, 1]
            rest -= calling[k, caller]
    return -1, 0  # rounding led to who does nothing


@njit(cache=True, nogil=True)
def _tie(upto, low, high, rest, whole):  # type: ignore[no-untyped-def]
    """Return the last tie before which no more than ``rest`` lies, looking first where it is if all weigh the same."""
    rest += upto[low]
    guess = min(high, low + int((rest - upto[low]) / whole * (high + 1 - low)))
    reach = 1
    if upto[guess] <= rest:
        low = guess
        while low + reach <= high and upto[low + reach] <= rest:
            low += reach
            reach *= 2
        high = min(high, low + reach - 1)
    else:
        high = guess - 1
        while high - reach >= low and upto[high - reach + 1] > rest:
            high -= reach
            reach *= 2
        low = max(low, high - reach + 1)
    while low < high:
        middle = (low + high + 1) // 2
        if upto[middle] <= rest:
            low = middle
        else:
            high = middle - 1
    return low
