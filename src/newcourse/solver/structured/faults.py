"""What can be wrong with a structure, named (design §3, §10)."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from newcourse.errors import Fault
from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.structured.bounds import Bounds

_SHOWN = 20
"""How many faults of a kind are named one by one."""

Positions = npt.NDArray[np.int32]


def of_shape(problem: LinearProblem, products: Positions, coupling: Positions, owner: Positions) -> list[Fault]:
    """Return what is wrong with the positions themselves."""
    m, n = problem.shape
    found = []
    for what, rows in (("products", products), ("coupling", coupling)):
        array = np.asarray(rows)
        ascending = array.ndim == 1 and bool((np.diff(array) > 0).all())
        if not ascending or (array.size and not 0 <= array[0] <= array[-1] < m):
            found.append(
                _fault(
                    "positions", problem, what, f"rows from 0 to {m - 1}, ascending, each once", "give row positions"
                )
            )
    if np.shape(owner) != (n,):
        found.append(_fault("shape", problem, f"owner of shape {np.shape(owner)}", f"shape ({n},)", "one a column"))
    elif n and not -1 <= np.min(owner) <= np.max(owner) < np.size(products):
        expected = f"places in products, 0 to {np.size(products) - 1}, or -1"
        found.append(
            _fault("positions", problem, f"owners {np.min(owner)} to {np.max(owner)}", expected, "correct them")
        )
    return found


def of_rows(problem: LinearProblem, products: Positions, coupling: Positions, bounds: Bounds) -> list[Fault]:
    """Return rows in no class or in two, products with two sides or none, and bounds that are crossed."""
    times = np.zeros(problem.shape[0], np.int8)
    np.add.at(times, products, 1)
    np.add.at(times, coupling, 1)
    times += (bounds.found > 0) | bounds.asks_nothing
    lower, upper = np.isfinite(problem.row_lower[products]), np.isfinite(problem.row_upper[products])
    kinds = (
        ("row-class", np.flatnonzero(times == 0), "a row in no class", "every row a product or coupling", "add it"),
        ("row-class", np.flatnonzero(times > 1), "a row in two classes", "every row in one", "take it out of one"),
        ("product-sides", products[lower == upper], "a product row with two sides or none", "one", "let it couple"),
    )
    crossed = np.flatnonzero(bounds.lower > bounds.upper)
    words = ("rows that leave it no value", "bounds that can hold together", "relax one of them")
    return [
        *(fault for code, *rest in kinds for fault in _named(code, problem, problem.row_name, *rest)),
        *_named("crossed", problem, problem.column_name, crossed, *words),
    ]


def of_owners(problem: LinearProblem, owner: Positions, supply: Vector) -> list[Fault]:
    """Return columns that do not supply their owner."""
    wrong = np.flatnonzero((owner >= 0) & (supply <= 0))
    found = "a column that does not supply its owner"
    expected = "a positive coefficient in the owner's row after turning"
    return _named("owner", problem, problem.column_name, wrong, found, expected, "give it another owner, or -1")


def _named(
    code: str,
    problem: LinearProblem,
    name: Callable[[int], str],
    positions: npt.NDArray[np.integer],
    found: str,
    expected: str,
    remedy: str,
) -> list[Fault]:
    listed = positions.tolist()
    named = [Fault(code, f"{problem.name}, {name(k)}", found, expected, remedy) for k in listed[:_SHOWN]]
    if len(listed) > _SHOWN:
        named.append(Fault(code, problem.name, f"the same in {len(listed) - _SHOWN} more places", expected, remedy))
    return named


def _fault(code: str, problem: LinearProblem, found: str, expected: str, remedy: str) -> Fault:
    return Fault(code, f"structure of {problem.name}", found, expected, remedy)
