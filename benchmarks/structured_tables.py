"""Sparse tables of the plans: made-up economies, the world tables and the Swedish ones, in one form."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from newcourse.economy.made_up import Capacities, MadeUpSettings, made_up

DATA = Path(__file__).parents[2] / "shared" / "data"
SCARCE = 0.9
"""What there is of a resource beside what the base year took, in the plans from real tables."""

TIERS = ((0.6, 4.0), (0.4, 2.0), (0.1, 1.0))
"""Sizes of the tiers of a need beside the base year's final demand, and what a unit weighs in each."""

IMPORT_PREMIUM, EXPORT_SHARE = 1.5, 0.8
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Tables:
    """What a plan is made of; as in :class:`newcourse.economy.made_up.MadeUpEconomy`, whose fields these are.

    ``payments`` is the foreign exchange that a unit of each technique takes by itself, shape (m,).
    """

    name: str
    inputs: sp.csc_array
    outputs: sp.csc_array
    use: sp.csr_array
    available: Floats
    capacity: Floats
    need: Floats
    weight: Floats
    overtime: Floats
    overtime_weight: Floats
    payments: Floats
    import_price: Floats
    import_quota: Floats
    export_price: Floats
    export_limit: Floats
    reserve: float


def made_up_tables(products: int, capacities: Capacities, seed: int) -> Tables:
    """Return the tables of a made-up economy."""
    e = made_up(MadeUpSettings(products, seed, capacities=capacities))
    return Tables(
        e.name, e.inputs, e.outputs, e.use, e.available, e.capacity, e.need, e.weight, e.overtime, e.overtime_weight,
        np.zeros(e.owner.size), e.import_price, e.import_quota, e.export_price, e.export_limit, e.reserve,
    )  # fmt: skip


def world(year: int) -> Tables:
    """Return a world table: each product also by the recipe of the region that makes most of it, from its own region.

    The borrowed recipe's own-region inputs come from the borrower's region and the other way round. Value added is the
    resource of each region; the output of each technique borrowed is a thing of the plan alone.
    """
    folder = DATA / "wiod2013"
    flows = pd.read_parquet(folder / f"intermediate_{year}.parquet").to_numpy(float)
    tail = pd.read_parquet(folder / f"final_{year}.parquet")
    output = tail.pop("output").to_numpy(float)
    there = output > 0
    A = np.divide(flows, output, out=np.zeros_like(flows), where=there)
    regions, branches = 41, 35
    region, branch = np.divmod(np.arange(output.size), branches)
    lender = output.reshape(regions, branches).argmax(axis=0)
    source = lender[branch] * branches + branch
    borrows = np.flatnonzero((source != np.arange(output.size)) & there)
    borrowed = _swapped(A[:, source[borrows]], region[borrows], lender[branch[borrows]], regions, branches)
    owner = np.concatenate([np.flatnonzero(there), borrows])
    inputs = np.hstack([A[:, there], borrowed])
    made = sp.csc_array((np.ones(owner.size), (owner, np.arange(owner.size))), shape=(output.size, owner.size))
    added = np.maximum(1 - inputs.sum(axis=0), 0.01)
    use = sp.csr_array((added, (region[owner], np.arange(owner.size))), shape=(regions, owner.size))
    taken = use[:, : there.sum()] @ output[there]
    final = np.maximum(tail.to_numpy(float).sum(axis=1), 0.0) * there
    return _open(
        f"world {year}", sp.csc_array(inputs), made, use, SCARCE * taken, final, np.zeros(owner.size), output, 0.0
    )


def _swapped(A: Floats, borrower: np.ndarray, lender: np.ndarray, regions: int, branches: int) -> Floats:
    """Return columns with the inputs from two regions exchanged, shape as given."""
    by_region = A.reshape(regions, branches, -1).copy()
    at = np.arange(borrower.size)
    first, second = by_region[borrower, :, at].copy(), by_region[lender, :, at].copy()
    by_region[borrower, :, at], by_region[lender, :, at] = second, first
    return by_region.reshape(A.shape)


def sweden() -> Tables:
    """Return Sweden's supply and use tables of 2008, with joint products, beside the techniques of 2016."""
    folder = DATA / "tables" / "sweden_2008_2016"
    years = [_sweden(folder, year) for year in (2008, 2016)]
    inputs, made, use, payments = (np.concatenate([y[k] for y in years], axis=-1) for k in range(4))
    output = pd.read_csv(folder / "2008_industry_rows.csv", index_col=0).loc["Produktionsvärde"].to_numpy(float)
    taken, paid = years[0][2] @ output, float(years[0][3] @ output)
    demand = pd.read_csv(folder / "2008_final_use_domestic.csv", index_col=0).to_numpy(float)[:, :-1].sum(axis=1)
    return _open(
        "Sweden 2008 and 2016", sp.csc_array(inputs), sp.csc_array(made), sp.csr_array(use), SCARCE * taken,
        np.maximum(demand, 0.0), payments, made[:, : output.size] @ output, SCARCE * paid,
    )  # fmt: skip


def _sweden(folder: Path, year: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Return inputs, outputs, hours and emissions, and imported inputs of a unit of each industry's output."""

    def table(name: str) -> pd.DataFrame:
        return pd.read_csv(folder / f"{year}_{name}.csv", index_col=0)

    rows = table("industry_rows")
    rows = rows.loc[:, rows.loc["Produktionsvärde"] > 0]
    output = rows.loc["Produktionsvärde"].to_numpy(float)
    industries = rows.columns
    per_unit = [
        table(name)[industries].to_numpy(float) / output
        for name in ("use_domestic_product_x_industry", "supply_product_x_industry", "use_imported_product_x_industry")
    ]
    use = rows.loc[["Arbetade timmar (10K)", "Koldioxid (KTon)"]].to_numpy(float) / output
    return per_unit[0], per_unit[1], use, per_unit[2].sum(axis=0)


def _open(
    name: str, inputs: sp.csc_array, made: sp.csc_array, use: sp.csr_array, available: Floats, final: Floats,
    payments: Floats, output: Floats, reserve: float,
) -> Tables:  # fmt: skip
    """Return tables with needs in tiers, and trade outside at prices that are worse than those at home.

    What a unit delivered weighs differs by product in a fixed pattern that means nothing; a tenth of the products can
    be sold outside.
    """
    n, m = inputs.shape
    sizes, worth = np.array(TIERS).T
    tenth = np.arange(n) % 10 == 0
    return Tables(
        name, inputs, made, use, available, np.full(m, np.inf), final[:, None] * sizes,
        np.ones((n, 1)) * worth * (1 + 0.3 * np.cos(np.arange(n)))[:, None], np.zeros(0), np.zeros(0), payments,
        np.full(n, IMPORT_PREMIUM), np.full(n, np.inf), EXPORT_SHARE * tenth, 0.2 * output * tenth,
        reserve + 0.01 * float(final.sum()),
    )  # fmt: skip
