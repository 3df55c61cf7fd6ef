"""Plans the structured method is measured by: made-up economies and the real tables, as linear problems.

The problem: maximise what is delivered, weighted, so that no product is used more than it is supplied, no more is taken
of any resource than there is, and imports are paid for. Nothing asks for a minimum, so doing nothing is feasible.
A case is a name: ``needs:8000:none:1`` or ``least:8000:all:2`` (made-up products, capacities, seed), ``world:2008``,
``sweden``.
"""

from typing import cast, get_args

from benchmarks.structured_tables import least_share, made_up_tables, sweden, world
from newcourse.economy.made_up import Capacities
from newcourse.solver.problem import LinearProblem
from newcourse.solver.structured.supply import SupplyTables

GOALS = ("needs", "least")


def tables_of(case: str) -> SupplyTables:
    """Return the tables that a case names."""
    kind, *rest = case.split(":")
    if kind == "world":
        return world(int(rest[0]))
    if kind == "sweden":
        return sweden()
    products, capacities, seed = rest
    if kind not in GOALS or capacities not in get_args(Capacities):
        raise ValueError(f"no such case: {case}")
    tables = made_up_tables(int(products), cast("Capacities", capacities), int(seed))
    return tables if kind == "needs" else least_share(tables)


def problem_of(tables: SupplyTables) -> LinearProblem:
    """Return the problem made of the tables."""
    return tables.structure().problem
