"""Recipes of a made-up economy: many sparse columns at once, productive by construction (design §10).

A column is made in value first: its inputs, valued at the prices p, are a share s < 1 of what it makes, drawn from the
column sums of the world table. So p (B - A) > 0 for the outputs B and inputs A of *every* technique, and any choice of
one technique a product is productive (Hawkins & Simon 1949). Prices then turn values into units.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from newcourse.economy import made_up_figures as figures

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_LOTS: Final = 64


@dataclass(frozen=True, eq=False)
class MadeUpPlaces:
    """Where the products are, what they are worth and who uses them.

    Parameters
    ----------
    region, branch
        Of each product, shape (n,); products stand by region, then by branch.
    start
        First product of each region and the number of all, shape (regions + 1,).
    size
        Weight of each region, shape (regions,).
    price
        Value of a unit of each product, shape (n,).
    popularity
        Weight with which a product is taken into a recipe, shape (n,); nil for what nobody uses.
    alone
        Products that use no product and are used by none, shape (n,).
    """

    region: Whole
    branch: Whole
    start: Whole
    size: Floats
    price: Floats
    popularity: Floats
    alone: Flags

    def at(self, region: Whole, branch: Whole) -> Whole:
        """Return the product of a branch in a region, or -1 where the region has no such branch."""
        product = self.start[region] + branch
        return np.where(product < self.start[region + 1], product, -1)


def places(products: int, regions: int, unused: float, alone: float, chance: np.random.Generator) -> MadeUpPlaces:
    """Return products spread evenly over regions of uneven weight.

    Parameters
    ----------
    products, regions
        How many; not fewer products than regions.
    unused, alone
        Shares of the products that no recipe takes, and of those that neither take nor are taken.
    chance
        Source of chance.
    """
    start = np.arange(regions + 1) * products // regions
    region = np.repeat(np.arange(regions), np.diff(start))
    branch = np.arange(products) - start[region]
    branches = int(branch.max()) + 1
    worth = chance.lognormal(0.0, figures.PRICE_SPREAD, branches)[branch]
    popular = chance.lognormal(0.0, figures.POPULARITY_SPREAD, branches)[branch]
    lot = chance.random(products)
    popular = np.where(lot < unused + alone, 0.0, popular)
    size = chance.lognormal(0.0, figures.REGION_SPREAD, regions)
    price = worth * chance.lognormal(0.0, figures.PLACE_SPREAD, products)
    return MadeUpPlaces(region, branch, start, size, price, popular, lot < alone)


def inputs_of(
    where: MadeUpPlaces, owner: Whole, length: float, nearness: float, chance: np.random.Generator
) -> sp.csc_array:
    """Return what one unit of each technique uses, shape (n, techniques), in units.

    Parameters
    ----------
    where
        The products.
    owner
        The product that each technique makes, shape (techniques,).
    length
        Coefficients in a recipe, on average.
    nearness
        Share of what the measured techniques leave over that is taken away: 0 as measured, near 1 nearly unproductive.
    chance
        Source of chance.
    """
    n = where.price.size
    indptr, indices = _pattern(where, owner, length, chance)
    column = np.repeat(np.arange(owner.size), np.diff(indptr))
    value = np.exp(chance.standard_normal(indices.size) * figures.COEFFICIENT_SPREAD)
    home = where.region[indices] == where.region[owner][column]
    own = indices == owner[column]
    domestic = np.interp(chance.random(owner.size), figures.LEVELS, figures.DOMESTIC_SHARES)
    value *= _factor(value, home & ~own, column, domestic * (1 - figures.OWN_SHARE))
    value *= _factor(value, ~home, column, 1 - domestic)
    value *= _factor(value, own, column, domestic * figures.OWN_SHARE)
    total = np.interp(chance.random(owner.size), figures.LEVELS, figures.COLUMN_SUMS)
    total = 1 - (1 - total) * (1 - nearness)
    found = np.bincount(column, value, owner.size)
    scale = np.divide(total * where.price[owner], found, out=np.zeros(owner.size), where=found > 0)
    value *= scale[column]
    value /= where.price[indices]
    return sp.csc_array((value, indices, indptr), shape=(n, owner.size))


def _factor(value: Floats, part: Flags, column: Whole, share: Floats) -> Floats:
    """Return factors that give the marked part of each column its share; 1 for what is not marked."""
    total = np.bincount(column, np.where(part, value, 0.0), share.size)
    factor = np.divide(share, total, out=np.zeros(share.size), where=total > 0)
    return np.where(part, factor[column], 1.0)


def _pattern(where: MadeUpPlaces, owner: Whole, length: float, chance: np.random.Generator) -> tuple[Places, Places]:
    """Return the sparse pattern of the recipes, sorted and without duplicates, as index pointers and rows."""
    n = where.price.size
    # A lognormal number of this mean; a recipe's own product is in it besides.
    mean = np.log(max(length - 1, 1.0)) - figures.RECIPE_SPREAD**2 / 2
    wanted = np.minimum(chance.lognormal(mean, figures.RECIPE_SPREAD, owner.size), n)
    wanted[where.alone[owner]] = 0
    weight = np.cumsum(where.size)
    draws, different = _draws(where, owner, wanted * figures.DOMESTIC_NUMBER)
    home, away = _whole(draws, chance), _whole(wanted - different, chance)
    abroad = np.searchsorted(weight, chance.random(int(away.sum())) * weight[-1], side="right")
    everyone = np.arange(owner.size)
    region = np.concatenate([np.repeat(where.region[owner], home), abroad])
    key = np.concatenate([np.repeat(everyone, home), np.repeat(everyone, away)])
    rows = _drawn(where, region, chance)
    key *= n
    key += rows
    selves = np.flatnonzero(~where.alone[owner])
    key = np.concatenate([key[where.popularity[rows] > 0], selves * n + owner[selves]])
    key.sort()
    key = key[np.flatnonzero(np.diff(key, prepend=-1))]
    indptr = np.searchsorted(key, np.arange(owner.size + 1) * n)
    key %= n
    return indptr.astype(np.int32), key.astype(np.int32)


def _whole(number: Floats, chance: np.random.Generator) -> Whole:
    """Return whole numbers with these means."""
    return np.floor(number + chance.random(number.size)).astype(np.int64)


def _draws(where: MadeUpPlaces, owner: Whole, wanted: Floats) -> tuple[Floats, Floats]:
    """Return how often to draw, with repetition, from the own region to get so many different products on average.

    And how many that gives, which is less than wanted where the region has not so many.
    """
    draws, given = np.zeros(owner.size), np.zeros(owner.size)
    regions = np.searchsorted(where.region[owner], np.arange(where.size.size + 1))
    for r, (first, last) in enumerate(pairwise(regions)):
        popular = where.popularity[where.start[r] : where.start[r + 1]]
        if not popular.any():
            continue
        grid = np.concatenate([[0.0], np.geomspace(0.5, 4.0 * popular.size, 24)])
        missed = np.log1p(-np.minimum(popular / popular.sum(), 1 - 1e-9))
        different = np.array([-np.expm1(g * missed).sum() for g in grid])
        draws[first:last] = np.interp(wanted[first:last], different, grid)
        given[first:last] = np.minimum(wanted[first:last], different[-1])
    return draws, given


def _drawn(where: MadeUpPlaces, region: Whole, chance: np.random.Generator) -> Whole:
    """Return a product of each region named, by popularity, from an urn with 64 lots a product."""
    cumulated = np.concatenate([[0.0], np.cumsum(where.popularity)])
    lots = _LOTS * np.diff(where.start)
    first = _LOTS * where.start[:-1]
    place = (np.arange(lots.sum()) - np.repeat(first, lots) + 0.5) / np.repeat(lots, lots)
    low, high = cumulated[where.start[:-1]], cumulated[where.start[1:]]
    urn = np.searchsorted(cumulated, np.repeat(low, lots) + np.repeat(high - low, lots) * place, side="right") - 1
    urn = np.minimum(urn, where.price.size - 1)
    drawn = chance.random(region.size)
    drawn *= lots[region]
    return np.asarray(urn[first[region] + drawn.astype(np.int64)])


def routes(where: MadeUpPlaces, share: float, chance: np.random.Generator) -> tuple[Whole, sp.csc_array]:
    """Return ways to ship products in from a region where they are worth less, and what each unit shipped uses.

    A unit takes one unit of the same branch's product from the other region and some of the first branch's product of
    its own region, the transport. Together they are worth less than the unit there, so routes are productive too.

    Returns
    -------
    products : ndarray
        The product each route supplies, shape (routes,).
    inputs : csc_array
        What one unit of each uses, shape (n, routes).
    """
    n = where.price.size
    to = np.flatnonzero((chance.random(n) < share) & ~where.alone)
    other = chance.integers(0, where.size.size, to.size)
    origin = where.at(other, where.branch[to])
    carrier = where.start[where.region[to]]
    margin = where.price[to] - where.price[origin]
    fits = (origin >= 0) & (origin != to) & ~where.alone[origin] & (margin > 0.05 * where.price[to])
    fits &= (carrier != to) & (carrier != origin) & ~where.alone[carrier]
    to, origin, carrier, margin = to[fits], origin[fits], carrier[fits], margin[fits]
    transport = margin * chance.uniform(0.2, 0.8, to.size) / where.price[carrier]
    column = np.arange(to.size, dtype=np.int32)
    rows = np.concatenate([origin, carrier]).astype(np.int32)
    values = np.concatenate([np.ones(to.size), transport])
    return to, sp.csc_array(sp.coo_array((values, (rows, np.tile(column, 2))), shape=(n, to.size)))


def by_products(where: MadeUpPlaces, owner: Whole, share: Floats, chance: np.random.Generator) -> sp.csc_array:
    """Return what each technique makes: one unit of its own product, and some also a little of another of its region.

    Parameters
    ----------
    where
        The products.
    owner
        The product that each technique is there for, shape (m,).
    share
        Chance of each technique to have a by-product, worth 5 to 20 % of its product, shape (m,).
    chance
        Source of chance.
    """
    n, m = where.price.size, owner.size
    column = np.flatnonzero(chance.random(m) < share)
    region = where.region[owner[column]]
    width = np.diff(where.start)[region]
    other = where.start[region] + chance.integers(0, width)
    apart = (other != owner[column]) & ~where.alone[other] & ~where.alone[owner[column]]
    column, other = column[apart], other[apart]
    value = chance.uniform(0.05, 0.2, column.size) * where.price[owner[column]] / where.price[other]
    rows, columns = (np.concatenate(parts).astype(np.int32) for parts in ([owner, other], [np.arange(m), column]))
    return sp.csc_array(sp.coo_array((np.concatenate([np.ones(m), value]), (rows, columns)), shape=(n, m)))
