"""Resources, limits, needs and outside trade of a made-up economy, measured by a base year of its own.

In the base year every need is met by an even mix of the techniques, nothing is shipped or imported. What the base year
took is the measure of what there is; so a plan must choose. All of it is assumed except the sizes of final demand.
"""

from typing import Final

import numpy as np
import scipy.sparse as sp

from newcourse.economy import made_up_figures as figures
from newcourse.economy.made_up_recipes import Flags, Floats, MadeUpPlaces, Whole
from newcourse.economy.made_up_settings import Capacities

CAPS: Final = ("emissions", "land", "water", "energy", "ore")
"""What is limited for all regions together."""

_TAKING: Final = (1.0, 0.2, 0.3, 1.0, 0.1)
"""Share of the branches that take of each of them."""

_TIGHT: Final = (0.64, 0.72, 0.70, 0.67, 0.69)
_HOURS: Final = (0.66, 0.74)
"""What there is of each cap, and of each region's hours between which bounds, beside what the base year took.

An even mix of techniques is wasteful: with a choice all needs could be met from what it took. From seven tenths they
cannot; all limits bind then, and half the tiers of needs stay unmet (seen at 300 and 1000 products, no capacities)."""

_TIERS: Final = ((0.6, 4.0), (0.4, 2.0), (0.1, 1.0))
"""Sizes of the tiers of a need beside the base year, and what a unit of value weighs in each."""

_STEPS: Final = 20_000
_CLOSE: Final = 1e-6


def resource_names(regions: int) -> tuple[str, ...]:
    """Return the resources' names: hours of each region, then the caps."""
    return (*(f"hours {region}" for region in range(regions)), *CAPS)


def use_of(where: MadeUpPlaces, owner: Whole, inputs: sp.csc_array, chance: np.random.Generator) -> sp.csr_array:
    """Return what one unit of each technique takes of the resources, shape (K, techniques).

    Hours go with the value a technique adds, so that what saves on inputs takes labour; caps go with the branch.
    """
    regions, m = where.size.size, owner.size
    price = where.price[owner]
    added = price - where.price @ inputs
    hours = added * chance.lognormal(0.0, 0.3, m)
    rows, columns, values = [where.region[owner]], [np.arange(m)], [hours]
    for k, taking in enumerate(_TAKING):
        branches = int(where.branch.max()) + 1
        intensity = chance.lognormal(0.0, 1.5, branches) * (chance.random(branches) < taking)
        column = np.flatnonzero(intensity[where.branch[owner]])
        rows.append(np.full(column.size, regions + k))
        columns.append(column)
        values.append((price * intensity[where.branch[owner]])[column] * chance.lognormal(0.0, 0.4, column.size))
    where_to = tuple(np.concatenate(parts).astype(np.int32) for parts in (rows, columns))
    return sp.csr_array(sp.coo_array((np.concatenate(values), where_to), shape=(regions + len(CAPS), m)))


def final_demand(where: MadeUpPlaces, zero: float, chance: np.random.Generator) -> Floats:
    """Return the units of each product that are finally needed in the base year, shape (n,)."""
    n = where.price.size
    value = where.size[where.region] * chance.lognormal(0.0, figures.PRODUCT_SPREAD, n)
    unneeded = (chance.random(n) < zero) | ((where.popularity == 0) & ~where.alone)
    return np.where(unneeded, 0.0, value / where.price)


def base_activity(
    where: MadeUpPlaces, inputs: sp.csc_array, owner: Whole, route: Flags, final: Floats, chance: np.random.Generator
) -> Floats:
    """Return the units of each technique in the base year, shape (m,): x = A x + final demand, by simple iteration.

    The value of what is missing falls by the largest column sum in each step, so it ends with less than a 1e-6 of the
    final demand missing, or after 20 000 steps: the base year is a measure of sizes and nothing is proved by it.
    """
    n, m = inputs.shape
    shares = chance.uniform(0.5, 1.5, m) * ~route
    shares /= np.bincount(owner, shares, n)[owner]
    step, activity = final, np.zeros(m)
    for _ in range(_STEPS):
        part = shares * step[owner]
        activity += part
        step = inputs @ part
        if where.price @ step <= _CLOSE * (where.price @ final):
            break
    return activity


def available(taken: Floats, chance: np.random.Generator) -> Floats:
    """Return how much there is of each resource, shape (K,): less than the base year took."""
    regions = taken.size - len(CAPS)
    return np.asarray(taken * np.concatenate([chance.uniform(*_HOURS, regions), _TIGHT]))


def needs(where: MadeUpPlaces, final: Floats, chance: np.random.Generator) -> tuple[Floats, Floats]:
    """Return sizes and weights of the needs, both of shape (n, tiers)."""
    sizes, worth = np.array(_TIERS).T
    taste = where.price * chance.lognormal(0.0, 0.3, final.size)
    return final[:, None] * sizes, taste[:, None] * worth


def capacities(
    kind: Capacities, base: Floats, owner: Whole, route: Flags, products: int, chance: np.random.Generator
) -> Floats:
    """Return the most units of each technique, shape (m,), measured by the base year's output of its product."""
    output = np.bincount(owner, base, products)[owner]
    if kind == "none":
        return np.full(owner.size, np.inf)
    if kind == "one":
        first = np.concatenate([[True], owner[1:] != owner[:-1]]) & ~route
        return np.where(first, output * chance.uniform(0.3, 0.9, owner.size), np.inf)
    made = base * chance.uniform(1.0, 1.3, owner.size)
    return np.where(route, output * chance.uniform(0.02, 0.2, owner.size), made)


def overtime(taken: Floats, value: float) -> tuple[Floats, Floats]:
    """Return the most additional hours of each region, a twentieth, and what an hour of them counts against."""
    worth = 2.0 * value / max(float(taken.sum()), 1e-300)
    return 0.05 * taken, np.full(taken.size, worth)


def trade_outside(
    where: MadeUpPlaces, base: Floats, owner: Whole, quotas: float, chance: np.random.Generator
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return prices of imports in foreign exchange, their quotas, prices of exports and their limits.

    Everything can be imported at more than it is worth at home, so that each product has a source of last resort, and
    a tenth of the products can be sold for less than it is worth.
    """
    n = where.price.size
    output = np.bincount(owner, base, n)
    sold = chance.random(n) < 0.1
    limited = chance.random(n) < quotas
    return (
        where.price * chance.uniform(1.1, 3.0, n),
        np.where(limited, output * chance.uniform(0.0, 0.1, n), np.inf),
        np.where(sold, where.price * chance.uniform(0.6, 0.95, n), 0.0),
        np.where(sold, 0.2 * output, 0.0),
    )
