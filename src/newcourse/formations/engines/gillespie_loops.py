"""The loops of :mod:`newcourse.formations.engines.gillespie`, compiled by Numba: one run after the other.

The rates of all countries are the leaves of a binary tree in which each node is the sum of the two below it: one way
down draws a country, one way up enters its new rate. Sums are always made anew from both sides, so no error builds up.
Each term whose ties are near a product has two such trees: of who can move and of who calls.
"""

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def run_all(current, states, steps, changes, lengths, marks, calls, products, chance):  # type: ignore[no-untyped-def]
    """Move all runs through all legs under one law; write down where they are when somebody looks."""
    leaving, calling, total, arcs, given, first, tied, upto = calls
    n, terms = total.shape[0], products[0].shape[0]
    width = 1
    while width < n:
        width *= 2
    tree, woods = np.zeros(2 * width), np.zeros((terms, 2, 2 * width))
    for run in range(current.shape[0]):
        state = current[run]
        _plant(tree, woods, width, state, total, products)
        for leg in range(lengths.shape[0]):
            left = lengths[leg]
            rate = _rate(tree, woods)
            while rate > 0.0:
                left -= chance.standard_exponential() / rate
                if left < 0.0:
                    break
                steps[run] += 1
                rest = chance.random() * rate
                if rest < tree[1]:
                    caller, rest = _draw(tree, width, rest)
                    moved, to = _moved(caller, rest, state, leaving, calling, arcs, given, first, tied, upto)
                else:
                    moved, to = _pulled(woods, width, rest - tree[1], state, products, chance)
                if moved >= 0:
                    _enter(tree, width + moved, total[moved, to])
                    if terms:
                        _enter_products(woods, width, moved, state[moved], to, products)
                    state[moved] = to
                    changes[run] += 1
                    rate = _rate(tree, woods)
            if marks[leg] >= 0:
                states[run, marks[leg]] = state


@njit(cache=True, nogil=True)
def _rate(tree, woods):  # type: ignore[no-untyped-def]
    """Return the rate of all that may happen: by calls and by oneself, and of each product."""
    rate = tree[1]
    for k in range(woods.shape[0]):
        rate += woods[k, 0, 1] * woods[k, 1, 1]
    return rate


@njit(cache=True, nogil=True)
def _pulled(woods, width, rest, state, products, chance):  # type: ignore[no-untyped-def]
    """Return who moves by a term whose ties are below a product, and where to; nobody (−1) where the pair fails."""
    arcs, given, _, _, sure, weights = products
    for k in range(arcs.shape[0]):
        whole = woods[k, 0, 1] * woods[k, 1, 1]
        if rest < whole:
            source, to = arcs[k]
            mover, part = _draw(woods[k, 0], width, rest / woods[k, 1, 1])
            if state[mover] != source:
                return -1, to  # rounding led to who cannot move
            if part < sure[k] * woods[k, 0, width + mover] and not given[k, source]:
                return mover, to
            caller, _ = _draw(woods[k, 1], width, chance.random() * woods[k, 1, 1])
            counts = given[k, state[caller]] and part * woods[k, 1, width + caller] < weights[k, mover, caller]
            return (mover if counts else -1), to
        rest -= whole
    return -1, 0  # rounding led beyond all


@njit(cache=True, nogil=True)
def _plant(tree, woods, width, state, total, products):  # type: ignore[no-untyped-def]
    """Fill the trees: the rates of all countries, and for each product u of who can move and v of who calls."""
    arcs, given, listening, calling = products[:4]
    for i in range(state.shape[0]):
        tree[width + i] = total[i, state[i]]
        for k in range(arcs.shape[0]):
            woods[k, 0, width + i] = listening[k, i] if state[i] == arcs[k, 0] else 0.0
            woods[k, 1, width + i] = calling[k, i] if given[k, state[i]] else 0.0
    for node in range(width - 1, 0, -1):
        tree[node] = tree[2 * node] + tree[2 * node + 1]
        for k in range(arcs.shape[0]):
            for side in range(2):
                woods[k, side, node] = woods[k, side, 2 * node] + woods[k, side, 2 * node + 1]


@njit(cache=True, nogil=True)
def _enter_products(woods, width, moved, old, new, products):  # type: ignore[no-untyped-def]
    """Enter in each product that a country has left one formation for another."""
    arcs, given, listening, calling = products[:4]
    for k in range(arcs.shape[0]):
        source = arcs[k, 0]
        if (old == source) != (new == source):
            _enter(woods[k, 0], width + moved, listening[k, moved] if new == source else 0.0)
        if given[k, old] != given[k, new]:
            _enter(woods[k, 1], width + moved, calling[k, moved] if given[k, new] else 0.0)


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
