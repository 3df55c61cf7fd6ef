"""What can be wrong with a linear problem, found all at once and named by block and label (design §6.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from newcourse.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from newcourse.solver.problem import Block, LinearProblem, Vector

INFINITE: Final = 1e20
"""Solvers take magnitudes from here on as infinite, so a finite bound must be smaller."""

SHOWN: Final = 50
"""Most faults of one kind that are listed one by one; of the rest the number is told."""


def problem_faults(problem: LinearProblem) -> list[Fault]:
    """Return everything that is wrong with the problem; shapes first, because names need them."""
    faults = list(_shape_faults(problem))
    if faults:
        return faults
    return [*_bound_faults(problem), *_number_faults(problem)]


def _shape_faults(problem: LinearProblem) -> Iterator[Fault]:
    m, n = problem.matrix.shape
    expected = {"cost": n, "row_lower": m, "row_upper": m, "column_lower": n, "column_upper": n}
    for field, length in expected.items():
        shape = getattr(problem, field).shape
        if shape != (length,):
            yield Fault(
                "shape",
                f"{problem.name}, {field}",
                f"shape {shape}",
                f"shape ({length},) as the matrix has {m} rows and {n} columns",
                "make the vector as long as the matrix has rows or columns",
            )
    if problem.sense not in ("min", "max"):
        yield Fault("sense", problem.name, repr(problem.sense), "'min' or 'max'", "say which is meant")
    yield from _block_faults(problem.name, "rows", problem.rows, m)
    yield from _block_faults(problem.name, "columns", problem.columns, n)


def _block_faults(name: str, kind: str, blocks: Sequence[Block], length: int) -> Iterator[Fault]:
    seen: set[str] = set()
    position = 0
    for block in blocks:
        if block.name in seen:
            yield Fault("block-name", f"{name}, {kind}", f"two blocks {block.name}", "unique names", "rename one")
        seen.add(block.name)
        if block.start != position:
            yield Fault(
                "block-order",
                f"{name}, {kind}, block {block.name}",
                f"start {block.start}",
                f"start {position}, where the block before ends",
                "let the blocks follow each other without gap or overlap",
            )
        position = block.stop
    if position != length:
        yield Fault(
            "block-cover", f"{name}, {kind}", f"blocks up to {position}", f"blocks up to {length}", "cover every one"
        )


def _bound_faults(problem: LinearProblem) -> Iterator[Fault]:
    yield from _side_faults(problem.name, problem.row_name, problem.row_lower, problem.row_upper)
    yield from _side_faults(problem.name, problem.column_name, problem.column_lower, problem.column_upper)


def _side_faults(where: str, name: Callable[[int], str], lower: Vector, upper: Vector) -> Iterator[Fault]:
    def found(i: int) -> str:
        return f"bounds {lower[i]:.12g} and {upper[i]:.12g}"

    missing = "two numbers, infinite where there is no bound"
    yield from _each(
        np.isnan(lower) | np.isnan(upper), "bound-nan", where, name, found, missing, "give the number that is missing"
    )
    yield from _each(
        (lower == np.inf) | (upper == -np.inf),
        "bound-infinite",
        where,
        name,
        found,
        "a lower bound below +inf and an upper bound above -inf",
        "no number can lie there: mend the bound",
    )
    yield from _each(
        _too_large(lower) | _too_large(upper),
        "bound-too-large",
        where,
        name,
        found,
        f"finite bounds smaller than {INFINITE:g}",
        "write inf where no bound is meant, or use larger units",
    )
    yield from _each(
        lower > upper,
        "bounds-crossed",
        where,
        name,
        found,
        "a lower bound at most the upper bound",
        "lower the one or raise the other",
    )


def _number_faults(problem: LinearProblem) -> Iterator[Fault]:
    yield from _each(
        ~(np.abs(problem.cost) < INFINITE),
        "cost",
        problem.name,
        problem.column_name,
        lambda j: f"cost {problem.cost[j]}",
        "a finite number",
        "give the number that is missing",
    )
    data = problem.matrix.data
    if np.isfinite(data).all():
        return
    bad = np.flatnonzero(~np.isfinite(data))
    rows = np.searchsorted(problem.matrix.indptr, bad, side="right") - 1

    def place(k: int) -> str:
        return f"{problem.row_name(int(rows[k]))}, {problem.column_name(int(problem.matrix.indices[bad[k]]))}"

    yield from _each(
        np.ones(bad.size, bool),
        "coefficient",
        problem.name,
        place,
        lambda k: f"coefficient {data[bad[k]]}",
        "a finite number",
        "give the number that is missing",
    )


def _too_large(bound: Vector) -> npt.NDArray[np.bool_]:
    return np.isfinite(bound) & (np.abs(bound) >= INFINITE)


def _each(
    wrong: npt.NDArray[np.bool_],
    code: str,
    where: str,
    name: Callable[[int], str],
    found: Callable[[int], str],
    expected: str,
    remedy: str,
) -> Iterator[Fault]:
    """Yield a fault for each position where ``wrong``, and one for how many more there are beyond SHOWN."""
    positions = np.flatnonzero(wrong)
    for i in positions[:SHOWN].tolist():
        yield Fault(code, f"{where}, {name(i)}", found(i), expected, remedy)
    if positions.size > SHOWN:
        yield Fault(code, where, f"the same in {positions.size - SHOWN} more places", expected, remedy)
