"""Hours, emissions and imports embodied in any product of a plan, in all and by path (design §6.5).

The techniques are those that the plan runs, on average: a good is made by its processes, imported and brought from
other places in the proportions in which the plan does so in one year. What several products have in common is divided
among them by value. What is taken out of stores is left out (it was made before), and so is the wear of capital.
"""

from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.economy.paths import Paths, largest_paths, layers, total_contents
from newcourse.errors import BadInput, Fault
from newcourse.plan.content_mix import IMPORTS, SupplyMix, measures, mix_of, unknown
from newcourse.plan.names import Names
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import quantity

DEPTH: Final = 6
"""Steps away from the product whose shares are told."""


@dataclass(frozen=True)
class Step:
    """One place along a path where something is made.

    Parameters
    ----------
    product, place
        What is made, and where, in words.
    code
        Codes of both, ``place/product``.
    """

    product: str
    place: str
    code: str


@dataclass(frozen=True)
class ContentPath:
    """One path by which something gets into a product.

    Parameters
    ----------
    steps
        From the product itself to what takes it directly.
    amount, unit
        What it contributes to one unit of the product.
    share
        The part of the whole content.
    measure
        What is embodied, in words.
    """

    steps: tuple[Step, ...]
    amount: float
    unit: str
    share: float
    measure: str

    def route(self) -> str:
        """Say where it is taken, and in what it gets to the product."""
        home = self.steps[0].place
        named = [s.product if s.place == home else f"{s.product} ({s.place})" for s in self.steps]
        return f"directly in {named[0]}" if len(named) == 1 else " in ".join(reversed(named))

    def words(self) -> str:
        """Say it in a phrase: what, where it is taken, and what for."""
        way = self.route() if len(self.steps) == 1 else f"in {self.route()}"
        return f"{quantity(self.amount, self.unit)} ({self.share:.1%}) {way}"

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {**asdict(self), "words": self.words()}


@dataclass(frozen=True)
class Content:
    """What is embodied in one unit of a product.

    Parameters
    ----------
    product, place, period
        Which product, in words, and in which year.
    per
        Unit of the product.
    measure, unit
        What is embodied, and its unit.
    total
        Per unit of the product.
    layers
        What of it enters in the product's own making, in that of its inputs, in that of theirs, …
    paths
        The largest paths.
    certain
        Whether no path left out is larger than these.
    """

    product: str
    place: str
    period: int
    per: str
    measure: str
    unit: str
    total: float
    layers: tuple[float, ...]
    paths: tuple[ContentPath, ...]
    certain: bool

    @property
    def covered(self) -> float:
        """The part of the total that the paths told make up."""
        return sum(path.amount for path in self.paths) / self.total if self.total else 1.0

    def words(self) -> str:
        """Say in a few sentences how much is in it and where most of it gets in."""
        text = f"In one {self.per} of {self.product} ({self.place}, {self.period}) there "
        if self.total == 0:
            return f"{text}is nothing of {self.measure}."
        text += f"is {quantity(self.total, self.unit)} of {self.measure}"
        if self.layers:
            text += f", {self.layers[0] / self.total:.0%} of it directly"
        if self.paths:
            text += f". The {len(self.paths)} largest paths are {self.covered:.0%} of it; the first: "
            text += self.paths[0].words()
        return text + "."

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        paths = [path.as_data() for path in self.paths]
        return {**asdict(self), "paths": paths, "covered": self.covered, "words": self.words()}


def content(
    plan: Plan, product: str, place: str = "", *, of: str = "", paths: int = 10, period: int | None = None
) -> Content:
    """Return what is embodied in one unit of a product of a plan, and by which paths most of it gets in.

    Parameters
    ----------
    plan
        Whose techniques and trade.
    product, place
        Codes; the place may be left out where only one place has the product.
    of
        Code of a factor or emission, or ``imports``; the first factor if left out.
    paths
        How many paths.
    period
        The year; the first one planned if left out.

    Raises
    ------
    BadInput
        If there is no such product, place, measure or year, or nothing of the product is supplied in that year.
    """
    return content_of(mix_of(plan, plan.periods[0] if period is None else period), product, place, of=of, paths=paths)


def content_of(mix: SupplyMix, product: str, place: str = "", *, of: str = "", paths: int = 10) -> Content:
    """Return what is embodied in one unit of a product, as :func:`content`, for any mix of supply."""
    economy = mix.economy
    good = _good(mix, product, place)
    measure = of or next(iter(measures(economy)), IMPORTS)
    direct = mix.direct(measure)
    totals = total_contents(mix.coefficients, direct)
    found = largest_paths(mix.coefficients, direct, totals, good, paths)
    names, at = Names(economy), str(economy.goods[good][0])
    words, unit = measure_words(economy, names, measure)
    return Content(
        product=names.product(product),
        place=names.place(at),
        period=mix.period,
        per=names.unit("product", product),
        measure=words,
        unit=unit,
        total=float(totals[good]),
        layers=tuple(layers(mix.coefficients, direct, good, DEPTH).tolist()),
        paths=_told(economy, names, found, words, unit),
        certain=found.certain,
    )


def contents(mix: SupplyMix) -> pd.DataFrame:
    """Return everything embodied in one unit of every good that is supplied: place, product, and one column each."""
    economy = mix.economy
    asked = measures(economy)
    direct = np.array([mix.direct(measure) for measure in asked]).reshape(len(asked), len(economy.goods))
    table = pd.DataFrame(total_contents(mix.coefficients, direct).T, columns=asked)
    table.insert(0, "place", economy.goods.get_level_values(0))
    table.insert(1, "product", economy.goods.get_level_values(1))
    return table[mix.supply > 0].reset_index(drop=True)


def _good(mix: SupplyMix, product: str, place: str) -> int:
    goods, economy = mix.economy.goods, mix.economy
    places = [str(at) for at, what in goods if what == product]
    if not places:
        raise BadInput(unknown("product-unknown", "product", product, economy["products"]["product"].tolist()))
    if not place:
        supplied = [at for at in places if mix.supply[_row(mix, at, product)] > 0] or places
        if len(supplied) > 1:
            raise BadInput(unknown("place-open", f"product {product}", "no place", supplied))
        place = supplied[0]
    if place not in places:
        raise BadInput(unknown("place-unknown", f"product {product}", place, places))
    good = _row(mix, place, product)
    if mix.supply[good] <= 0:
        where = f"product {product} at {place} in {mix.period}"
        expected = "a product that is made, imported or brought there"
        raise BadInput(Fault("product-unsupplied", where, "nothing is supplied", expected, "ask for another product"))
    return good


def _row(mix: SupplyMix, place: str, product: str) -> int:
    return int(mix.economy.goods.get_indexer(pd.MultiIndex.from_tuples([(place, product)]))[0])


def _told(economy: Economy, names: Names, found: Paths, measure: str, unit: str) -> tuple[ContentPath, ...]:
    def step(good: int) -> Step:
        place, product = map(str, economy.goods[good])
        return Step(names.product(product), names.place(place), f"{place}/{product}")

    return tuple(
        ContentPath(tuple(map(step, p.goods)), p.amount, unit, p.amount / found.total, measure) for p in found.paths
    )


def measure_words(economy: Economy, names: Names, measure: str) -> tuple[str, str]:
    """Return what a measure is called, and its unit."""
    if measure in set(economy["factors"]["factor"]):
        return names.factor(measure), names.unit("factor", measure)
    if measure in set(economy["emissions"]["emission"]):
        return names.emission(measure), names.unit("emission", measure)
    return "imports at world prices", economy.about.currency
