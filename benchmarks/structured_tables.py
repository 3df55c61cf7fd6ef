"""Sparse tables of the plans: made-up economies, the world tables and the Swedish ones, in one form."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from newcourse.economy.made_up import Capacities, MadeUpSettings, made_up
from newcourse.solver.structured.supply import SupplyNeeds, SupplyTables, SupplyTechniques, SupplyTrade

DATA = Path(__file__).parents[2] / "shared" / "data"
SCARCE = 0.9
"""What there is of a resource beside what the base year took, in the plans from real tables."""

TIERS = ((0.6, 4.0), (0.4, 2.0), (0.1, 1.0))
"""Sizes of the tiers of a need beside the base year's final demand, and what a unit weighs in each."""

IMPORT_PREMIUM, EXPORT_SHARE = 1.5, 0.8
Floats = npt.NDArray[np.float64]


def made_up_tables(products: int, capacities: Capacities, seed: int) -> SupplyTables:
    """Return the tables of a made-up economy."""
    e = made_up(MadeUpSettings(products, seed, capacities=capacities))
    rest = np.zeros(e.available.size - e.overtime.size)
    return SupplyTables(
        e.name, pd.RangeIndex(products, name="product"), pd.Index(e.resources),
        SupplyTechniques(e.owner, e.inputs, e.use, e.outputs, e.capacity), e.available,
        SupplyNeeds(most=e.need, worth=e.weight, bundle=None),
        SupplyTrade(e.import_price, e.import_quota, e.export_price, e.export_limit, e.reserve),
        np.append(e.overtime, rest), np.append(e.overtime_weight, rest),
    )  # fmt: skip


def least_share(tables: SupplyTables) -> SupplyTables:
    """Return the same tables with another aim: the largest common share of all needs (max-min), nothing else."""
    most = np.asarray(tables.needs.most)
    return replace(tables, name=f"{tables.name}, max-min", needs=SupplyNeeds(bundle=most.sum(axis=1)))


def world(year: int) -> SupplyTables:
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
    added = np.maximum(1 - inputs.sum(axis=0), 0.01)
    use = sp.csr_array((added, (region[owner], np.arange(owner.size))), shape=(regions, owner.size))
    taken = use[:, : there.sum()] @ output[there]
    final = np.maximum(tail.to_numpy(float).sum(axis=1), 0.0) * there
    techniques = SupplyTechniques(owner, sp.csc_array(inputs), use)
    return _open(f"world {year}", techniques, SCARCE * taken, final, output, 0.01 * float(final.sum()))


def _swapped(A: Floats, borrower: np.ndarray, lender: np.ndarray, regions: int, branches: int) -> Floats:
    """Return columns with the inputs from two regions exchanged, shape as given."""
    by_region = A.reshape(regions, branches, -1).copy()
    at = np.arange(borrower.size)
    first, second = by_region[borrower, :, at].copy(), by_region[lender, :, at].copy()
    by_region[borrower, :, at], by_region[lender, :, at] = second, first
    return by_region.reshape(A.shape)


def sweden() -> SupplyTables:
    """Return Sweden's supply and use tables of 2008, with joint products, beside the techniques of 2016.

    What industries use from abroad is one more product, which can only be imported, at the price of what it costs.
    """
    folder = DATA / "tables" / "sweden_2008_2016"
    years = [_sweden(folder, year) for year in (2008, 2016)]
    inputs, made, use = (np.concatenate([y[k] for y in years], axis=1) for k in range(3))
    output = pd.read_csv(folder / "2008_industry_rows.csv", index_col=0).loc["Produktionsvärde"].to_numpy(float)
    demand = pd.read_csv(folder / "2008_final_use_domestic.csv", index_col=0).to_numpy(float)[:, :-1].sum(axis=1)
    base = np.append(output, np.zeros(inputs.shape[1] - output.size))
    final = np.append(np.maximum(demand, 0.0), 0.0)
    techniques = SupplyTechniques(made.argmax(axis=0), sp.csc_array(inputs), sp.csr_array(use), sp.csc_array(made))
    reserve = SCARCE * float(inputs[-1] @ base) + 0.01 * float(final.sum())
    tables = _open("Sweden 2008 and 2016", techniques, SCARCE * (use @ base), final, made @ base, reserve)
    price = np.append(np.full(demand.size, IMPORT_PREMIUM), 1.0)
    return replace(tables, trade=replace(tables.trade, import_price=price))


def _sweden(folder: Path, year: int) -> tuple[Floats, Floats, Floats]:
    """Return inputs, outputs, and hours and emissions of a unit of each industry's output; imports are the last row.

    The few negative entries (corrections) stand on the other side.
    """

    def table(name: str) -> pd.DataFrame:
        return pd.read_csv(folder / f"{year}_{name}.csv", index_col=0)

    rows = table("industry_rows")
    rows = rows.loc[:, rows.loc["Produktionsvärde"] > 0]
    output = rows.loc["Produktionsvärde"].to_numpy(float)
    home, made, abroad = (
        table(f"{name}_product_x_industry")[rows.columns].to_numpy(float) / output
        for name in ("use_domestic", "supply", "use_imported")
    )
    use = rows.loc[["Arbetade timmar (10K)", "Koldioxid (KTon)"]].to_numpy(float) / output
    home, made = (np.maximum(home, 0.0) + np.maximum(-made, 0.0), np.maximum(made, 0.0) + np.maximum(-home, 0.0))
    return (np.vstack([home, abroad.sum(axis=0)]), np.vstack([made, np.zeros(output.size)]), use)


def _open(
    name: str, techniques: SupplyTechniques, available: Floats, final: Floats, output: Floats, reserve: float
) -> SupplyTables:
    """Return tables with needs in tiers, and trade outside at prices that are worse than those at home.

    What a unit delivered weighs differs by product in a fixed pattern that means nothing; a tenth of the products can
    be sold outside.
    """
    n = final.size
    sizes, worth = np.array(TIERS).T
    tenth = np.arange(n) % 10 == 0
    needs = SupplyNeeds(most=final[:, None] * sizes, worth=(1 + 0.3 * np.cos(np.arange(n)))[:, None] * worth)
    trade = SupplyTrade(
        np.full(n, IMPORT_PREMIUM), export_price=EXPORT_SHARE * tenth, export_limit=0.2 * output * tenth,
        reserve=reserve,
    )  # fmt: skip
    labels = (pd.RangeIndex(n, name="product"), pd.RangeIndex(available.size, name="resource"))
    return SupplyTables(name, *labels, techniques, available, needs, trade)
