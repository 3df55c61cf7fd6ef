"""Named groups of rows and column bounds that hold, or are given up, as one (design §6.5)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from newcourse.errors import BadInput, Fault
from newcourse.solver.problem import LinearProblem, Vector


def _none() -> npt.NDArray[Any]:
    return np.empty(0)


@dataclass(frozen=True, eq=False)
class Commitment:
    """A group of rows and column bounds that holds or is given up as one.

    Parameters
    ----------
    rows
        Positions of rows; given up, they ask nothing.
    columns
        Positions of columns whose bounds are committed.
    lower, upper
        Bounds of these columns that remain when the commitment is given up, scalars or one per column.
    """

    rows: npt.ArrayLike = field(default_factory=_none)
    columns: npt.ArrayLike = field(default_factory=_none)
    lower: npt.ArrayLike = -np.inf
    upper: npt.ArrayLike = np.inf


@dataclass(frozen=True, eq=False)
class Placed:
    """A commitment as arrays of one shape each: what :class:`Commitment` says, checked against its problem."""

    rows: npt.NDArray[np.intp]
    columns: npt.NDArray[np.intp]
    lower: Vector
    upper: Vector


def placed(problem: LinearProblem, groups: Mapping[str, npt.ArrayLike | Commitment]) -> dict[str, Placed]:
    """Return the commitments as arrays.

    Raises
    ------
    BadInput
        If a row or a column is not in the problem, or in two groups.
    """
    found: dict[str, Placed] = {}
    for name, group in groups.items():
        given = group if isinstance(group, Commitment) else Commitment(rows=group)
        columns = np.asarray(given.columns, np.intp).ravel()
        found[name] = Placed(
            np.asarray(given.rows, np.intp).ravel(),
            columns,
            np.broadcast_to(np.asarray(given.lower, float), columns.shape),
            np.broadcast_to(np.asarray(given.upper, float), columns.shape),
        )
    m, n = problem.shape
    faults = [
        *_place_faults({name: group.rows for name, group in found.items()}, m, problem.row_name),
        *_place_faults({name: group.columns for name, group in found.items()}, n, problem.column_name),
    ]
    if faults:
        raise BadInput(faults)
    return found


def _place_faults(
    positions: dict[str, npt.NDArray[np.intp]], length: int, label: Callable[[int], str]
) -> Iterator[Fault]:
    owner: dict[int, str] = {}
    for name, each in positions.items():
        for position in each.tolist():
            if not 0 <= position < length:
                yield Fault(
                    "position", name, f"position {position}", f"0 to {length - 1}", "use the problem's positions"
                )
            elif position in owner:
                found = f"in the groups {owner[position]} and {name}"
                yield Fault("shared", label(position), found, "in one group at most", "merge the two groups")
            owner[position] = name
