"""A plan from sparse tables: what techniques use and make, resources, needs, trade (design §6.1, §10).

The problem made of them is: deliver what is worth most,

    max  sum worth d + bundle_worth s - sum cost x - sum overtime_cost o

    outputs x - inputs x + m - e - d - bundle s  >=  demand           a product (n of them)
    use x - o                                    <=  available        a resource (K of them)
    import_price m - export_price e              <=  reserve          foreign exchange, if there is trade

with 0 <= x <= capacity, each tier of deliveries d within what is needed, the scale s of the bundle (max-min), imports m
and exports e within their quotas, and overtime o. The tables are put together without copies beyond the problem's own
size: it and its view as a structure take twice the coefficients, and a third time while they are made.

>>> import pandas as pd, scipy.sparse as sp
>>> techniques = SupplyTechniques(
...     owner=[0, 1], inputs=sp.csc_array([[0.0, 0.5], [0.25, 0.0]]), use=sp.csr_array([[1.0, 3.0]])
... )
>>> tables = SupplyTables(
...     "bread and steel", pd.Index(["bread", "steel"]), pd.Index(["hours"]), techniques, available=[7.0],
...     needs=SupplyNeeds(most=[[4.0], [0.0]], worth=[[1.0], [0.0]]),
... )
>>> tables.structure()
Structure(bread and steel: 2 products, 1 coupling rows, 3 columns)
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from newcourse.errors import BadInput
from newcourse.solver.problem import Block, LinearProblem, Matrix
from newcourse.solver.structured import supply_checks
from newcourse.solver.structured.structure import Structure
from newcourse.solver.structured.supply_columns import columns_of, matrix_of, spread

Given = npt.ArrayLike


@dataclass(frozen=True, eq=False)
class SupplyTechniques:
    """How products are made; n products, K resources, m techniques.

    Parameters
    ----------
    owner
        The product each technique is there for, shape (m,).
    inputs
        What a unit of each technique uses of the products, shape (n, m), not negative.
    use
        What it takes of the resources, shape (K, m); negative where it gives.
    outputs
        What it makes of the products, shape (n, m), not negative; left out, one unit of its own. Of its own it makes
        more than it uses.
    capacity
        Most units, one number or shape (m,).
    cost
        What a unit costs in the objective, one number or shape (m,).
    """

    owner: Given
    inputs: Matrix
    use: Matrix
    outputs: Matrix | None = None
    capacity: Given = np.inf
    cost: Given = 0.0


@dataclass(frozen=True, eq=False)
class SupplyNeeds:
    """What products are for.

    Parameters
    ----------
    demand
        What must be left over of each product; negative where stores are at hand; one number or shape (n,).
    most, worth
        Most units delivered in each tier and what one is worth there, shape (n, tiers); worth does not rise.
    bundle
        What one unit of the scale of the bundle takes of each product, shape (n,): the scale is made as large as
        possible, which is max-min where the bundle is the needs.
    bundle_worth
        What a unit of the scale is worth.
    """

    demand: Given = 0.0
    most: Given | None = None
    worth: Given | None = None
    bundle: Given | None = None
    bundle_worth: float = 1.0


@dataclass(frozen=True, eq=False)
class SupplyTrade:
    """Trade with the world outside, paid in one currency.

    Parameters
    ----------
    import_price, import_quota
        What a unit of each product costs and most units, one number or shape (n,).
    export_price, export_limit
        What a unit brings and most units; where the limit is nil there is no column.
    reserve
        Currency there is; negative where a surplus is asked for.
    """

    import_price: Given
    import_quota: Given = np.inf
    export_price: Given = 0.0
    export_limit: Given = 0.0
    reserve: float = 0.0


@dataclass(frozen=True, eq=False)
class SupplyTables:
    """Everything a static plan is made of.

    Parameters
    ----------
    name
        What the problem is called.
    products, resources
        Their labels, n and K of them.
    techniques
        How products are made.
    available
        How much there is of each resource, shape (K,).
    needs
        What products are for.
    trade
        Trade with the world outside, if there is any.
    overtime, overtime_cost
        How much more of each resource can be had, and what a unit of that costs; one number or shape (K,).
    labels
        Labels of the techniques; left out, their numbers.

    Raises
    ------
    BadInput
        With every fault that was found.
    """

    name: str
    products: pd.Index
    resources: pd.Index
    techniques: SupplyTechniques
    available: Given
    needs: SupplyNeeds = field(default_factory=SupplyNeeds)
    trade: SupplyTrade | None = None
    overtime: Given = 0.0
    overtime_cost: Given = 0.0
    labels: pd.Index | None = None

    def __post_init__(self) -> None:
        found = supply_checks.faults(self)
        if found:
            raise BadInput(found)

    def structure(self) -> Structure:
        """Return the problem seen as products with sources; the problem itself is its ``problem``.

        Complexity: a few passes over the coefficients. Memory: at most three times theirs, two of which remain.
        """
        groups = columns_of(self)
        n = len(self.products)
        rows = {"balance": self.products, "limits": self.resources}
        right = spread(self.available, len(self.resources))
        if self.trade is not None:
            rows["payments"] = pd.Index(["all trade"], name="of")
            right = np.append(right, self.trade.reserve)
        problem = LinearProblem(
            self.name, "max", np.concatenate([g.worth for g in groups]), matrix_of(self, groups),
            np.concatenate([spread(self.needs.demand, n), np.full(right.size, -np.inf)]),
            np.concatenate([np.full(n, np.inf), right]),
            np.zeros(sum(len(g.labels) for g in groups)), np.concatenate([g.upper for g in groups]),
            _blocks(rows), _blocks({g.name: g.labels for g in groups}),
        )  # fmt: skip
        owner = np.concatenate([g.owner for g in groups])
        places = np.arange(n + right.size, dtype=np.int32)
        return Structure(problem, places[:n], places[n:], owner)


def _blocks(labels: dict[str, pd.Index]) -> tuple[Block, ...]:
    ends = np.cumsum([0, *map(len, labels.values())]).tolist()
    return tuple(Block(name, a, b, index) for (name, index), a, b in zip(labels.items(), ends, ends[1:], strict=False))
