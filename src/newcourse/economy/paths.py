"""What is embodied in a product, in all and path by path (design §6.5).

With ``A`` the inputs per unit of each good and ``d`` what its making takes directly (hours, emissions, imports), the
content of a unit is ``v = d + A'v``: what goes directly into it and into everything that goes into it. Following the
inputs of inputs gives a tree; each branch of it is a *path* and contributes the product of its coefficients times the
direct content at its end. All paths together are the content: nothing is lost and nothing counted twice.

Sources: J. Defourny and E. Thorbecke, "Structural path analysis and multiplier decomposition within a social accounting
matrix framework", *Economic Journal* 94 (1984) 111–136; M. Lenzen, "Structural path analysis of ecosystem networks",
*Ecological Modelling* 200 (2007) 334–342; R. E. Miller and P. D. Blair, *Input-Output Analysis* (2009), ch. 6.
"""

import heapq
from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from newcourse.errors import BadInput, Fault

STEPS: Final = 50_000
"""Most branches that are followed."""


@dataclass(frozen=True, slots=True)
class Path:
    """One path by which something gets into a product.

    Attributes
    ----------
    goods
        Positions of the goods along it: first the product itself, last the good whose making takes it directly.
    amount
        What it contributes to the content of one unit of the product.
    """

    goods: tuple[int, ...]
    amount: float


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths that contribute most.

    Attributes
    ----------
    total
        The whole content of one unit.
    paths
        Largest first.
    certain
        Whether no path left out can be larger than the smallest of these.
    """

    total: float
    paths: tuple[Path, ...]
    certain: bool

    @property
    def covered(self) -> float:
        """The part of the total that the paths make up; 1 where there is nothing."""
        return sum(path.amount for path in self.paths) / self.total if self.total else 1.0


def total_contents(A: sp.csr_array, direct: np.ndarray) -> np.ndarray:
    """Return the content of one unit of every good: the solution of ``v = d + A'v``.

    Parameters
    ----------
    A
        Inputs per unit of each good, goods × goods.
    direct
        Taken directly per unit of each good, shape (goods,) or (k, goods).

    Returns
    -------
    ndarray
        Of the shape of ``direct``; solved with a sparse factorisation, no inverse is formed.

    Raises
    ------
    BadInput
        If goods need more of themselves than is made, so that no content follows.
    """
    n = A.shape[0]
    if n == 0:
        return np.asarray(direct, dtype=float)
    try:
        factors = spla.splu(sp.csc_array(sp.eye_array(n) - A.T))
    except RuntimeError as error:
        raise BadInput(_endless(str(error))) from None
    found = np.asarray(factors.solve(np.asarray(direct, dtype=float).T).T)
    floor = -1e-9 * np.abs(found).max(initial=0.0)
    if not np.isfinite(found).all() or ((found < floor).any() and (np.asarray(direct) >= 0).all()):
        raise BadInput(_endless("a content below nothing"))
    return found


def largest_paths(A: sp.csr_array, direct: np.ndarray, totals: np.ndarray, good: int, most: int) -> Paths:
    """Return the paths that contribute most to the content of one unit of a good.

    The branch with the largest content still to be told is followed first. What a branch can contribute at most is
    its coefficient times the whole content of the good at its end, so the search stops as soon as no branch left can
    hold a larger path than those found: they are then certainly the largest.

    Parameters
    ----------
    A, direct
        As for :func:`total_contents`, ``direct`` of shape (goods,) and nowhere negative.
    totals
        What :func:`total_contents` gave for them.
    good
        Position of the product.
    most
        How many paths.
    """
    inputs = sp.csc_array(A)
    found: list[Path] = []
    smallest: list[float] = []
    total = float(totals[good])
    heap: list[tuple[float, tuple[int, ...], float]] = [(-total, (good,), 1.0)] if total > 0 else []
    steps = 0
    while heap and steps < STEPS:
        if len(smallest) == most and smallest[0] >= -heap[0][0]:
            break
        _, goods, coefficient = heapq.heappop(heap)
        steps += 1
        end = goods[-1]
        amount = coefficient * float(direct[end])
        if amount > 0:
            found.append(Path(goods, amount))
            (heapq.heappush if len(smallest) < most else heapq.heappushpop)(smallest, amount)
        part = slice(inputs.indptr[end], inputs.indptr[end + 1])
        for source, share in zip(inputs.indices[part].tolist(), inputs.data[part].tolist(), strict=True):
            left = coefficient * share * float(totals[source])
            if left > (smallest[0] if len(smallest) == most else 0.0):
                heapq.heappush(heap, (-left, (*goods, source), coefficient * share))
    certain = not heap or (len(smallest) == most and smallest[0] >= -heap[0][0])
    ranked = sorted(found, key=lambda path: (-path.amount, len(path.goods), path.goods))[:most]
    return Paths(total, tuple(ranked), certain)


def layers(A: sp.csr_array, direct: np.ndarray, good: int, depth: int) -> np.ndarray:
    """Return what enters at each step away from a product: in its own making, in its inputs', in theirs, and so on.

    Shape (depth + 1,); the power series of the content, one term each.
    """
    need = np.zeros(A.shape[0])
    need[good] = 1.0
    found = []
    for _ in range(depth + 1):
        found.append(float(direct @ need))
        need = np.asarray(A @ need)
    return np.array(found)


def _endless(found: str) -> Fault:
    return Fault(
        "content-endless",
        "content of products",
        found,
        "goods that take less of themselves, directly and indirectly, than is made",
        "check the techniques with newcourse check",
    )
