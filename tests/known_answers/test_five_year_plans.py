"""Plans in kind as older programs publish them: the reader and the planner give their numbers.

* Iron, coal, corn and bread over five years: tables of wc22m/5yearplan (P. Cockshott, 2018) as re-typed by
  rakvat/planning, ``experiment2`` (coal output 5), whose tests state the optimum: fulfilment of year 1 between 0.15922
  and 0.15923, output of iron between 9.02671 and 9.02672 in year 1 and 0.19788 and 0.19789 in year 5.
* Four industries over two years: tables of wc22m/5yearplan, ``pasharm/test*.csv``, for which its *harmony* program
  publishes ``result.csv``: net output over target at least 1.3123 in year 1 and 1.14395 in year 2.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from newcourse.plan.fulfilment import FulfilmentPlan, plan_fulfilment
from newcourse.sources.five_year import FiveYear, read_five_year_plan
from newcourse.sources.five_year_tables import read_four_tables

IRON = {
    "flows": "headings,iron,coal,corn,bread\niron,.1,0,0,0\ncoal,2,1,.04,.2\ncorn,0,0,1,1\nbread,0,0,0,0\n"
    "labor,.3,1,2,.1\noutput,10,5,10,1\n",
    "capital_stock": "headings,iron,coal,corn,bread\niron,10,7,1.4,1\ncoal,2,1,.04,.1\ncorn,0,0,1,0\n"
    "bread,0,0,0,0\n \n",
    "depreciation_rates": "headings,iron,coal,corn,bread\niron,.07,.07,.07,.06\ncoal,.5,.5,.5,.5\ncorn,0,0,.5,0\n"
    "bread,0,0,0,0\n",
    "targets": "headings,iron,coal,corn,bread,labor\nyear1,.1,3,0,2,3\nyear2,.1,3,0,2.01,3.01\nyear3,.1,3,0,2.02,3.02\n"
    "year4,.1,3.1,0,2.1,3.03\nyear5,.1,3.1,0,2.1,3.07 \n",
}
OUTPUTS = (2.0019502223673493, 13.929752901197809, 12.889350838198604, 14.004874290818599)
TARGETS = (1.4949999248981476, 4.232500085830688, 4.547499785423279, 4.772499928474426)
SECOND = (1.5949999248981476, 4.332500085830688, 4.647499785423279, 4.772499928474426)
HARMONY = {
    "testflow": "headings,P0,P1,P2,P3\nP0,0,0,0,0\nP1,1,0,3,0\nP2,1,0,3,0\nP3,0,1,3,1\nlabour,7,5,2,5\n"
    f"output,{','.join(map(str, OUTPUTS))}\n",
    "testcap": "headings,P0,P1,P2,P3\nP0,2,6,0,6\nP1,0,2,7,0\nP2,0,6,7,2\nP3,2,0,3,0\n",
    "testdep": "headings,P0,P1,P2,P3\n" + "".join(f"P{i},.07,.07,.07,.07\n" for i in range(4)),
    "testtarg": f"headings,P0,P1,P2,P3,labour\nyear1,{','.join(map(str, TARGETS))},19\n"
    f"year2,{','.join(map(str, SECOND))},19.5\n",
}


def written(folder: Path, tables: Mapping[str, str]) -> Path:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def iron(tmp_path: Path) -> FiveYear:
    return read_five_year_plan(written(tmp_path, IRON))


@pytest.fixture
def harmony(tmp_path: Path) -> FiveYear:
    return read_five_year_plan(written(tmp_path, HARMONY))


def made(plan: FulfilmentPlan, process: str, period: int) -> float:
    table = plan["activity"].set_index(["process", "period"])["quantity"]
    return float(table[process, period])


def test_five_years_of_iron_coal_corn_and_bread_as_published(iron: FiveYear) -> None:
    plan = plan_fulfilment(iron.economy, iron.schedule)
    assert 0.15922 < plan.fulfilment.iloc[0] < 0.15923
    assert 9.02671 < made(plan, "iron", 1) < 9.02672
    assert 0.19788 < made(plan, "iron", 5) < 0.19789
    assert plan.proofs[-1].certificate["kind"] == "optimal"


def test_no_plan_in_harmony_fulfils_more(harmony: FiveYear) -> None:
    plan = plan_fulfilment(harmony.economy, harmony.schedule)
    assert plan.fulfilment.sum() >= 1.3123 + 1.14395
    worst_first = plan_fulfilment(harmony.economy, harmony.schedule, aim="worst year")
    assert worst_first.fulfilment.min() >= 1.14395


@pytest.mark.parametrize("tables", [IRON, HARMONY], ids=["iron", "harmony"])
def test_the_sum_is_that_of_the_format_written_out_by_itself(tmp_path: Path, tables: Mapping[str, str]) -> None:
    read = read_five_year_plan(written(tmp_path, tables))
    assert plan_fulfilment(read.economy, read.schedule).fulfilment.sum() == pytest.approx(by_definition(tmp_path))
    worst = plan_fulfilment(read.economy, read.schedule, aim="worst year").fulfilment.min()
    assert worst == pytest.approx(by_definition(tmp_path, worst=True), rel=1e-5)


def by_definition(folder: Path, *, worst: bool = False) -> float:
    """Return the optimum of the program's own inequalities, written out one by one from its definition.

    Variables by year: outputs x, consumption c, stocks K and additions to them a (products × industries), fulfilment f.
    """
    t = read_four_tables(folder)
    n, years = len(t.products), len(t.targets)
    out = t.output.to_numpy()
    A, B, labour = t.flows.to_numpy() / out, t.capital.to_numpy() / out, t.labour.to_numpy() / out
    wear, goal = t.depreciation.to_numpy(), t.targets.to_numpy()
    size = 2 * n + 2 * n * n + 1
    total = size * years + 1

    def at(year: int, block: int, i: int = 0, j: int = 0) -> int:
        return year * size + (0, n, 2 * n, 2 * n + n * n, size - 1)[block] + (i * n + j if block in {2, 3} else i)

    rows, right = [], []

    def at_most(terms: list[tuple[int, float]], bound: float) -> None:
        row = np.zeros(total)
        for column, value in terms:
            row[column] += value
        rows.append(row)
        right.append(bound)

    for y in range(years):
        at_most([(at(y, 0, p), labour[p]) for p in range(n)], float(t.labour_supply.iloc[y]))
        for p in range(n):
            uses = [(at(y, 0, q), A[p, q]) for q in range(n)] + [(at(y, 3, p, q), 1.0) for q in range(n)]
            at_most([(at(y, 1, p), 1.0), (at(y, 0, p), -1.0), *uses], 0.0)
            if goal[y, p] > 0:
                at_most([(at(y, 4), goal[y, p]), (at(y, 1, p), -1.0)], 0.0)
            for q in range(n):
                if t.capital.iloc[p, q] > 0:
                    at_most([(at(y, 0, q), B[p, q]), (at(y, 2, p, q), -1.0)], 0.0)
                if y == 0:
                    at_most([(at(0, 2, p, q), 1.0)], float(t.capital.iloc[p, q]))
                else:
                    before = [(at(y - 1, 2, p, q), wear[p, q] - 1.0), (at(y - 1, 3, p, q), -1.0)]
                    at_most([(at(y, 2, p, q), 1.0), *before], 0.0)
        at_most([(total - 1, 1.0), (at(y, 4), -1.0)], 0.0)
    cost = np.zeros(total)
    cost[[total - 1] if worst else [at(y, 4) for y in range(years)]] = -1.0
    return -float(linprog(cost, A_ub=np.array(rows), b_ub=right, method="highs").fun)
