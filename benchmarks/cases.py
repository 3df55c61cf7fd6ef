"""The economies and limits that are planned, the same for us and for the peer."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.economy.techniques import with_borrowed_techniques
from newcourse.plan.limits import Limits
from newcourse.sources.folder import read_folder
from newcourse.sources.wiod import read_wiod

ROOT = Path(__file__).parents[1]
WIOD = ROOT.parent / "shared" / "data" / "wiod2013"
BORROWING_COST, SLACK = 0.05, 1.02
MINIMUM, TARGET = 0.90, 1.10


@dataclass(frozen=True)
class Case:
    """One planning problem: what it is in words, its economy and its limits."""

    title: str
    economy: Callable[[], Economy]
    limits: Limits


def world() -> Economy:
    """Return the example of the world in nine blocs."""
    return read_folder(ROOT / "examples" / "world")


def sectors() -> Economy:
    """Return the world table of 2008, every good by country and industry, with one borrowed technique per product.

    Value added of each country is limited to 2 % more than in the base year; of every good its final use is asked
    for, from nine tenths (the minimum) to eleven tenths (the target).
    """
    economy = read_wiod(WIOD, 2008, mode="origin")
    supply = economy["factor_supply"]
    plain = economy.replace(
        needs=_needs(economy),
        factor_supply=supply.assign(quantity=supply["quantity"] * SLACK),
        products=economy["products"].assign(storable=False),
        stores=economy["stores"].iloc[:0],
    )
    return with_borrowed_techniques(plain, BORROWING_COST, per_product=1)


def _needs(economy: Economy) -> pd.DataFrame:
    final = economy.final_use.clip(lower=0.0).rename("used").reset_index()
    made = np.asarray(economy.outputs.sum(axis=1)).ravel() > 0
    final = final[(final["used"] > 0).to_numpy() & made]
    code = final["place"] + "." + final["product"]
    return pd.DataFrame(
        {
            "need": code,
            "name": code,
            "place": final["place"],
            "product": final["product"],
            "group": final["product"],
            "minimum": MINIMUM * final["used"],
            "target": TARGET * final["used"],
        }
    )


CASES = {
    "world": Case("examples/world, one year", world, Limits(1)),
    "world-5": Case("examples/world, five years", world, Limits(5)),
    "sectors": Case("1435 sectors, two techniques each, one year", sectors, Limits(1)),
    "sectors-5": Case("1435 sectors, two techniques each, five years", sectors, Limits(5)),
}
