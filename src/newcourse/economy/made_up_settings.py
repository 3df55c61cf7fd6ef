"""What a made-up economy is to be like."""

from dataclasses import dataclass
from typing import Literal

from newcourse.economy import made_up_figures as figures
from newcourse.errors import BadInput, Fault

Capacities = Literal["none", "one", "all"]


@dataclass(frozen=True, slots=True)
class MadeUpSettings:
    """What to make up.

    Parameters
    ----------
    products
        Number of products, those of different regions counted apart.
    seed
        Of all chance.
    regions
        Number of regions; ``None`` for one to each 35 products, 49 at most.
    techniques
        Techniques of each product.
    capacities
        Which techniques have a capacity: none, one of each product, or all.
    recipe
        Mean length of a recipe; ``None`` for the measured one, grown a little with the number of products.
    routes
        Share of the products that may also be shipped in from the same branch of another region.
    by_products
        Share of the techniques that make some of another product too.
    zero_needs, unused, alone
        Shares of the products that nobody finally needs, that no recipe takes, and that neither take nor are taken.
    quotas
        Share of the imports that have a quota; the others are a source of last resort.
    nearness
        Share of what the techniques leave over that is taken away: near 1 they are nearly unproductive.
    """

    products: int
    seed: int
    regions: int | None = None
    techniques: int = 2
    capacities: Capacities = "none"
    recipe: float | None = None
    routes: float = 0.2
    by_products: float = 0.0
    zero_needs: float = 0.05
    unused: float = 0.01
    alone: float = 0.005
    quotas: float = 0.0
    nearness: float = 0.0

    def __post_init__(self) -> None:
        counts = {"products": self.products, "techniques": self.techniques, "regions": self.region_count}
        faults = [_fault(name, value, "1 or more") for name, value in counts.items() if value < 1]
        if self.region_count > self.products:
            faults.append(_fault("regions", self.region_count, f"no more than the products, {self.products}"))
        for name in ("routes", "by_products", "zero_needs", "unused", "alone", "quotas", "nearness"):
            value = getattr(self, name)
            if not 0 <= value <= 1 or (name == "nearness" and value == 1):
                faults.append(_fault(name, value, "a share from 0 to 1" + (", below 1" if name == "nearness" else "")))
        if self.unused + self.alone > 1:
            faults.append(_fault("unused and alone", self.unused + self.alone, "no more than 1 together"))
        if faults:
            raise BadInput(faults)

    @property
    def region_count(self) -> int:
        """Number of regions there will be."""
        grown = min(figures.REGIONS, max(1, self.products // figures.REGION_PRODUCTS))
        return grown if self.regions is None else self.regions

    @property
    def recipe_length(self) -> float:
        """Mean length of a recipe there is meant to be."""
        grown = figures.RECIPE_LENGTH * (self.products / figures.RECIPE_PRODUCTS) ** figures.RECIPE_GROWTH
        return grown if self.recipe is None else self.recipe


def _fault(what: str, found: object, expected: str) -> Fault:
    return Fault("made-up-setting", what, str(found), expected, "give another value")
