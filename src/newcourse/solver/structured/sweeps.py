"""The loops of content pricing, compiled by Numba: sweeps by products over sources (design §10).

Arrays, the same in all of them: ``ip, ix, dat`` are the balances by columns (supply > 0, use < 0), ``lp, lx, lv`` the
coupling rows by columns; ``base`` is the marginal source of each product; ``listed[i] >= 0`` says that product ``i``
has no marginal source and a price of its own, of which it is the place among such prices.

Convergence. With one source a product the balance is, in units of what the sources supply, I − U with U >= 0. If the
economy of these sources is productive it is an M-matrix; Gauss–Seidel then converges, and no slower than Jacobi
(Stein and Rosenberg 1948; R. S. Varga, *Matrix Iterative Analysis* (1962), ch. 3). Sweeps add non-negative terms only,
so nothing cancels and what is found is exact to rounding *in each entry*, the smallest product's as the largest's.
"""

import numpy as np
from numba import njit

NIL, FULL, OPEN = 0, 1, 2
"""What a source gives: nothing, all it can, or as much as is asked for."""

_TINY = 1e-300


@njit(cache=True, nogil=True)
def _row(j, ip, ix, dat, lp, lx, lv, cost, content, out):  # type: ignore[no-untyped-def]
    """Write what one unit of column ``j`` costs and takes beyond what it supplies, by the contents."""
    out[:] = 0.0
    out[0] = cost[j]
    for p in range(lp[j], lp[j + 1]):
        out[1 + lx[p]] += lv[p]
    for p in range(ip[j], ip[j + 1]):
        value, held = dat[p], content[ix[p]]
        for k in range(out.size):
            out[k] -= value * held[k]


@njit(cache=True, nogil=True)
def contents(base, listed, ip, ix, dat, lp, lx, lv, cost, content, tolerance, most):  # type: ignore[no-untyped-def]
    """Find what a unit of each product costs and takes of each limit, through all its inputs; in place.

    ``content`` has shape (P, 1 + limits): the cost first. Returns the sweeps taken, ``most`` if it did not converge.
    """
    count, width = content.shape
    new = np.empty(width)
    for sweep in range(most):
        change = 0.0
        for i in range(count):
            if listed[i] >= 0:
                continue
            j = base[i]
            held = content[i]
            supply = 1.0
            new[:] = 0.0
            new[0] = cost[j]
            for p in range(lp[j], lp[j + 1]):
                new[1 + lx[p]] += lv[p]
            for p in range(ip[j], ip[j + 1]):
                if ix[p] == i:
                    supply = dat[p]
                else:
                    value, other = dat[p], content[ix[p]]
                    for k in range(width):
                        new[k] -= value * other[k]
            moved, size = 0.0, _TINY
            for k in range(width):
                value = new[k] / supply
                moved = max(moved, abs(value - held[k]))
                size = max(size, abs(value))
                held[k] = value
            change = max(change, moved / size)
        if change < tolerance:
            return sweep + 1
    return most


@njit(cache=True, nogil=True)
def prices(base, listed, ip, ix, dat, charged, price, tolerance, most):  # type: ignore[no-untyped-def]
    """Find product prices by the cost of their marginal sources, limits charged already; in place."""
    for sweep in range(most):
        change = 0.0
        for i in range(price.size):
            if listed[i] >= 0:
                continue
            j = base[i]
            total, supply = charged[j], 1.0
            for p in range(ip[j], ip[j + 1]):
                if ix[p] == i:
                    supply = dat[p]
                else:
                    total -= dat[p] * price[ix[p]]
            total /= supply
            change = max(change, abs(total - price[i]) / max(abs(total), _TINY))
            price[i] = total
        if change < tolerance:
            return sweep + 1
    return most


@njit(cache=True, nogil=True)
def charged(lp, lx, lv, cost, limit_price, out):  # type: ignore[no-untyped-def]
    """Write each column's cost with what it takes of the limits."""
    for j in range(cost.size):
        total = cost[j]
        for p in range(lp[j], lp[j + 1]):
            total += lv[p] * limit_price[lx[p]]
        out[j] = total


@njit(cache=True, nogil=True)
def reduced(ip, ix, dat, charge, price, out):  # type: ignore[no-untyped-def]
    """Write each column's cost less what its supply is worth, and with what its inputs are worth."""
    for j in range(charge.size):
        total = charge[j]
        for p in range(ip[j], ip[j + 1]):
            total -= dat[p] * price[ix[p]]
        out[j] = total


@njit(cache=True, nogil=True)
def ranges(ip, ix, dat, lp, lx, lv, cost, content, least, most, low, high):  # type: ignore[no-untyped-def]
    """Write the least and largest reduced cost of each column over a box of limit prices."""
    row = np.empty(content.shape[1])
    for j in range(cost.size):
        _row(j, ip, ix, dat, lp, lx, lv, cost, content, row)
        low[j] = high[j] = row[0]
        for k in range(least.size):
            slope = row[k + 1]
            if slope > 0:
                low[j] += slope * least[k]
                high[j] += slope * most[k]
            elif slope < 0:
                low[j] += slope * most[k]
                high[j] += slope * least[k]


@njit(cache=True, nogil=True)
def rows(columns, ip, ix, dat, lp, lx, lv, cost, content, out):  # type: ignore[no-untyped-def]
    """Write the reduced cost of some columns as a function of the limit prices: constant and slopes."""
    for c in range(columns.size):
        _row(columns[c], ip, ix, dat, lp, lx, lv, cost, content, out[c])


@njit(cache=True, nogil=True)
def _widest(start):  # type: ignore[no-untyped-def]
    widest = 1
    for i in range(start.size - 1):
        widest = max(widest, start[i + 1] - start[i])
    return widest


@njit(cache=True, nogil=True)
def _level(first, last, sources, supply, upper, cost, needed, order, value):  # type: ignore[no-untyped-def]
    """Fill a product's need in merit order; return the last source's cost per unit and the source, or inf and −1."""
    for p in range(last - first):
        j = sources[first + p]
        each = cost[j] / supply[j]
        r = p
        while r > 0 and value[r - 1] > each:
            value[r], order[r] = value[r - 1], order[r - 1]
            r -= 1
        value[r], order[r] = each, j
    given = 0.0
    for p in range(last - first):
        given += upper[order[p]] * supply[order[p]]
        if given >= needed * (1 - 1e-13):
            return value[p], order[p]
    return np.inf, -1


@njit(cache=True, nogil=True)
def classify(start, sources, supply, upper, low, high, needed, listed, status, marginal):  # type: ignore[no-untyped-def]
    """Say of each source whether it surely gives nothing, surely all it can, or is open, for all costs in a range.

    The merit order is filled with the lowest and with the highest costs; a source surely dearer than the higher level
    gives nothing, one surely cheaper than the lower gives all. ``marginal`` is the last source at the highest costs,
    −1 where all of them together do not suffice.
    """
    widest = _widest(start)
    order, value = np.empty(widest, np.int64), np.empty(widest)
    for i in range(needed.size):
        first, last = start[i], start[i + 1]
        lower, upmost = 0.0, 0.0
        if listed[i] < 0:
            lower, _ = _level(first, last, sources, supply, upper, low, needed[i], order, value)
            upmost, marginal[i] = _level(first, last, sources, supply, upper, high, needed[i], order, value)
        for p in range(first, last):
            j = sources[p]
            if high[j] / supply[j] < lower:
                status[j] = FULL if upper[j] < np.inf else OPEN
            else:
                status[j] = NIL if low[j] / supply[j] > upmost else OPEN


@njit(cache=True, nogil=True)
def _capped(share, total, rest, most):  # type: ignore[no-untyped-def]
    return share < total and rest * share > most * total


@njit(cache=True, nogil=True)
def _fill(first, last, sources, supply, upper, status, share, rest, wanted):  # type: ignore[no-untyped-def]
    """Write how much each source of a product gives: the full ones all, the open ones the rest by their shares."""
    total = 0.0
    for p in range(first, last):
        j = sources[p]
        wanted[p - first] = upper[j] if status[j] == FULL else 0.0
        rest -= wanted[p - first] * supply[j]
        total += share[j] if status[j] == OPEN else 0.0
    rest = max(rest, 0.0)
    kept, left = total, rest
    for p in range(first, last):
        j = sources[p]
        if status[j] == OPEN and _capped(share[j], total, rest, upper[j] * supply[j]):
            wanted[p - first] = upper[j]
            left -= upper[j] * supply[j]
            kept -= share[j]
    for p in range(first, last):
        j = sources[p]
        if status[j] == OPEN and kept > 0.0 and not _capped(share[j], total, rest, upper[j] * supply[j]):
            wanted[p - first] = max(left, 0.0) * share[j] / (kept * supply[j])


@njit(cache=True, nogil=True)
def _needed(ip, ix, dat, owner, demand, amount, needed):  # type: ignore[no-untyped-def]
    """Write what is asked for of each product: demand, and what all columns but its own sources use."""
    needed[:] = demand
    for j in range(amount.size):
        if amount[j] != 0.0:
            for p in range(ip[j], ip[j + 1]):
                if ix[p] != owner[j]:
                    needed[ix[p]] -= dat[p] * amount[j]


@njit(cache=True, nogil=True)
def _give(i, j, wanted, supply, ip, ix, dat, needed, amount):  # type: ignore[no-untyped-def]
    """Set the amount of a source of product ``i``, and ask for its inputs; return how far it moved in relation."""
    more = wanted - amount[j]
    if more == 0.0:
        return 0.0
    amount[j] = wanted
    for p in range(ip[j], ip[j + 1]):
        if ix[p] != i:
            needed[ix[p]] -= dat[p] * more
    return abs(more) * supply[j] / max(abs(needed[i]), _TINY)


@njit(cache=True, nogil=True)
def forward(  # type: ignore[no-untyped-def]
    start, sources, supply, upper, status, share, listed, ip, ix, dat, owner, demand, needed, amount, tolerance, most
):
    """Push demand through the economy: what is needed of each product, and what each source gives; both in place.

    Sources of listed products, and columns without an owner, keep the amounts they come with. Returns the rounds.
    """
    wanted = np.empty(_widest(start))
    _needed(ip, ix, dat, owner, demand, amount, needed)
    for sweep in range(most):
        change = 0.0
        for i in range(needed.size):
            if listed[i] >= 0:
                continue
            first, last = start[i], start[i + 1]
            _fill(first, last, sources, supply, upper, status, share, needed[i], wanted)
            for p in range(first, last):
                moved = _give(i, sources[p], wanted[p - first], supply, ip, ix, dat, needed, amount)
                change = max(change, moved)
        if change < tolerance:
            return sweep + 1
    return most


@njit(cache=True, nogil=True)
def through(base, listed, ip, ix, dat, net, amount, tolerance, most):  # type: ignore[no-untyped-def]
    """Solve the balances of the products that are not listed for the amounts of their marginal sources."""
    rest = net.copy()
    amount[:] = 0.0
    for sweep in range(most):
        change = 0.0
        for i in range(amount.size):
            if listed[i] >= 0:
                continue
            j = base[i]
            supply = 1.0
            for p in range(ip[j], ip[j + 1]):
                if ix[p] == i:
                    supply = dat[p]
            wanted = rest[i] / supply
            more = wanted - amount[i]
            if more != 0.0:
                change = max(change, abs(more) / max(abs(wanted), _TINY))
                amount[i] = wanted
                for p in range(ip[j], ip[j + 1]):
                    if ix[p] != i:
                        rest[ix[p]] -= dat[p] * more
        if change < tolerance:
            return sweep + 1
    return most
