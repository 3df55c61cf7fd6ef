"""A made-up economy of any size, for tests and benchmarks; a synthetic one, and said to be so (design §10).

Sizes, densities and column sums are those of the world table of 2008 (:mod:`newcourse.economy.made_up_figures`);
who uses what is drawn by chance from a seed. It comes as plain sparse tables: what techniques use and make, what they
take of resources, limits, needs in tiers, and trade with the world outside.

>>> economy = made_up(MadeUpSettings(products=200, seed=1))
>>> economy.name
'made up: 200 products in 5 regions, seed 1'
>>> bool((economy.surplus() > 0).all())
True
"""

from dataclasses import dataclass, fields

import numpy as np
import scipy.sparse as sp

from newcourse.economy import made_up_limits as limits
from newcourse.economy.made_up_recipes import Flags, Floats, MadeUpPlaces, Whole, by_products, inputs_of, places, routes
from newcourse.economy.made_up_settings import Capacities, MadeUpSettings
from newcourse.errors import BadInput, Fault

__all__ = ["Capacities", "MadeUpEconomy", "MadeUpSettings", "made_up"]


@dataclass(frozen=True, eq=False)
class MadeUpEconomy:
    """The tables; n products, m techniques (routes among them), K resources.

    Parameters
    ----------
    name
        Says that it is made up, of what size and from which seed.
    where
        Regions, branches and prices of the products.
    inputs, outputs
        What one unit of each technique uses and makes, shape (n, m), by columns.
    owner
        The product each technique is there for, shape (m,); it makes one unit of it.
    route
        Techniques that ship a product from another region instead of making it, shape (m,).
    resources
        Names of the K resources: hours of each region, then the caps.
    use
        What one unit of each technique takes of them, shape (K, m).
    available
        How much of each there is, shape (K,).
    capacity
        Most units of each technique, infinite where there is no such limit, shape (m,).
    base
        Units of each technique in the base year, shape (m,).
    need
        Most units delivered of each product in each tier, shape (n, tiers); nil where there is no need.
    weight
        What a unit delivered counts in the objective, shape (n, tiers), falling from tier to tier.
    overtime, overtime_weight
        Most additional hours of each region and what each of them counts against, shape (regions,).
    import_price, import_quota
        Foreign exchange that a unit of each product costs, and the most units (infinite: as many as can be paid).
    export_price, export_limit
        Foreign exchange that a unit of each product earns and the most units, both nil where it cannot be sold.
    reserve
        Foreign exchange there is.
    """

    name: str
    where: MadeUpPlaces
    inputs: sp.csc_array
    outputs: sp.csc_array
    owner: Whole
    route: Flags
    resources: tuple[str, ...]
    use: sp.csr_array
    available: Floats
    capacity: Floats
    base: Floats
    need: Floats
    weight: Floats
    overtime: Floats
    overtime_weight: Floats
    import_price: Floats
    import_quota: Floats
    export_price: Floats
    export_limit: Floats
    reserve: float

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            compressed = isinstance(value, sp.csc_array | sp.csr_array)
            for part in (value.data, value.indices, value.indptr) if compressed else (value,):
                if isinstance(part, np.ndarray):
                    part.flags.writeable = False
        surplus = self.surplus()
        if surplus.size and not surplus.min() > 0:
            worst = int(surplus.argmin())
            where = f"technique {worst} of product {self.owner[worst]}"
            found = f"{surplus[worst]:.3g} left over of each unit of value"
            raise BadInput(Fault("made-up-unproductive", where, found, "more than nothing", "report this as a defect"))

    def surplus(self) -> Floats:
        """Return what each technique leaves over of the value it is there for, shape (m,).

        The prices certify by it that every choice of one technique a product is productive: p (B - A) > 0.
        """
        price = self.where.price
        return np.asarray((price @ self.outputs - price @ self.inputs) / price[self.owner])


def made_up(settings: MadeUpSettings) -> MadeUpEconomy:
    """Return the economy that the settings describe; the same settings give the same economy."""
    chance = np.random.default_rng(settings.seed)
    n = settings.products
    where = places(n, settings.region_count, settings.unused, settings.alone, chance)
    made = np.repeat(np.arange(n), settings.techniques)
    inputs = inputs_of(where, made, settings.recipe_length, settings.nearness, chance)
    use = limits.use_of(where, made, inputs, chance)
    shipped, shipping = routes(where, settings.routes, chance)
    owner = np.concatenate([made, shipped])
    route = np.arange(owner.size) >= made.size
    inputs = sp.csc_array(sp.hstack([inputs, shipping], format="csc"))
    use = sp.csr_array(sp.hstack([use, sp.csr_array((use.shape[0], shipped.size))], format="csr"))
    outputs = by_products(where, owner, np.where(route, 0.0, settings.by_products), chance)
    final = limits.final_demand(where, settings.zero_needs, chance)
    base = limits.base_activity(where, inputs, owner, route, final, chance)
    need, weight = limits.needs(where, final, chance)
    taken = use @ base
    value = float(where.price @ final)
    overtime, overtime_weight = limits.overtime(taken[: settings.region_count], value)
    import_price, import_quota, export_price, export_limit = limits.trade_outside(
        where, base, owner, settings.quotas, chance
    )
    capacity = limits.capacities(settings.capacities, base, owner, route, n, chance)
    return MadeUpEconomy(
        name=f"made up: {n} products in {settings.region_count} regions, seed {settings.seed}",
        where=where, inputs=inputs, outputs=outputs, owner=owner, route=route,
        resources=limits.resource_names(settings.region_count), use=use, available=limits.available(taken, chance),
        capacity=capacity, base=base, need=need, weight=weight,
        overtime=overtime, overtime_weight=overtime_weight, import_price=import_price, import_quota=import_quota,
        export_price=export_price, export_limit=export_limit, reserve=0.01 * value,
    )  # fmt: skip
