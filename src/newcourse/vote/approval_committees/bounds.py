"""How much any committee can score at most: bounds in whole numbers, from prices that floating point may guess.

Give every group g of w voters a price p ≥ 0. Whatever the committee W, if k of it are approved of by the group, the
group's score is at most Σ_j max(0, w/j - p) + p · k, so that all scores together are at most

    Σ_g Σ_j max(0, w/j - p)  +  Σ_{c in W} worth(c),      worth(c) = Σ of the prices of the groups that approve of c,

and the best W takes the worthiest candidates. This holds for any prices (weak duality); the linear relaxation gives
prices that make it tight. Prices are rounded to whole numbers and every sum is exact, so a bound is right even where
the solver is wrong; a bad price only makes it loose. Prices close to a w/j are taken to be it: the best often are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import highspy
import numpy as np
import scipy.sparse as sp

from newcourse.vote.approval_committees.thiele import Scores

_INFINITE: Final = float("inf")
_CLOSE: Final = 1e-9


@dataclass(frozen=True, eq=False)
class Bound:
    """A bound from one set of prices, for all committees with some candidates in and some out.

    Parameters
    ----------
    surplus
        What groups can score beyond the prices, times unit.
    worth
        The worth of each candidate, times unit; shape (c,).
    """

    surplus: int
    worth: np.ndarray

    def at_most(self, seats: int, inside: frozenset[int], outside: frozenset[int]) -> int:
        """Return the most that a committee with these in and these out can score, times unit."""
        taken = sorted(inside | outside)
        free = np.sort(np.delete(self.worth, taken))
        room = seats - len(inside)
        best = int(free[len(free) - room :].sum()) if room else 0
        return self.surplus + int(self.worth[sorted(inside)].sum()) + best


class Relaxation:
    """The linear relaxation, kept in the solver so that each solve starts from the one before.

    Maximise Σ_g Σ_j (w_g/j) x_gj with Σ_j x_gj ≤ Σ_{c in A_g} y_c, Σ_c y_c = seats, and all x and y from 0 to 1.
    """

    def __init__(self, scores: Scores) -> None:
        groups = scores.groups
        self._seats, self._c = scores.seats, len(groups.candidates)
        lengths = np.minimum(np.diff(groups.approved.indptr), scores.seats)
        self._rows = np.flatnonzero(lengths)
        self._approved = groups.approved[self._rows]
        self._times, self._lengths = groups.times[self._rows], lengths[self._rows]
        self.unit, self._kind = _unit(groups.total, scores)
        self._most = scores.most
        self._supporters = np.split(*_columns(self._approved))
        self._step = self._steps()
        self._model = self._pass()

    def solve(self, inside: frozenset[int], outside: frozenset[int]) -> tuple[np.ndarray, Bound]:
        """Return how much of each candidate the relaxation elects, and the bound from its prices."""
        lower, upper = np.zeros(self._c), np.ones(self._c)
        lower[sorted(inside)] = 1.0
        upper[sorted(outside)] = 0.0
        self._model.changeColsBounds(self._c, np.arange(self._c, dtype=np.int32), lower, upper)
        self._model.run()
        solution = self._model.getSolution()
        parts, prices = np.array(solution.col_value)[: self._c], -np.array(solution.row_dual)[:-1]
        if parts.shape != (self._c,) or prices.shape != self._times.shape:
            parts, prices = np.zeros(self._c), np.zeros(len(self._times))
        return parts, self.bound(np.nan_to_num(prices) * self._largest)

    def bound(self, prices: np.ndarray) -> Bound:
        """Return the bound from these prices in votes, one for each group that approves of anybody."""
        whole = self._whole(np.clip(prices, 0.0, self._times))
        surplus = int(np.maximum(self._step - np.repeat(whole, self._lengths), 0).sum())
        return Bound(surplus, np.array([whole[groups].sum() for groups in self._supporters], dtype=self._kind))

    def _whole(self, prices: np.ndarray) -> np.ndarray:
        """Return prices times unit as whole numbers."""
        j = np.rint(np.divide(self._times, prices, out=np.zeros(len(prices)), where=prices > 0))
        close = (j >= 1) & (j <= self._most) & (np.abs(prices * j - self._times) <= _CLOSE * self._times)
        rounded: np.ndarray = np.array(
            [int(price) for price in np.rint(prices * float(self.unit)).tolist()], dtype=self._kind
        )
        parts = np.where(close, j, 1).astype(np.int64)
        return np.where(close, self._times.astype(self._kind) * self.unit // parts, rounded)

    def _steps(self) -> np.ndarray:
        """Return w/j for each group and each j up to what it can get, times unit: a whole number."""
        ends = np.cumsum(self._lengths)
        j = np.arange(1, int(self._lengths.sum()) + 1) - np.repeat(ends - self._lengths, self._lengths)
        return np.asarray(np.repeat(self._times.astype(self._kind) * self.unit, self._lengths) // j)

    def _pass(self) -> Any:
        model = highspy._core._Highs()
        options: dict[str, bool | int | str] = {"output_flag": False, "threads": 1, "parallel": "off", "random_seed": 0}
        for key, value in {**options, "solver": "simplex"}.items():
            model.setOptionValue(key, value)
        g, x = len(self._times), int(self._lengths.sum())
        self._largest = float(self._times.max())
        cost = np.concatenate([np.zeros(self._c), -(self._step / self.unit).astype(float) / self._largest])
        starts, indices, values = self._matrix(g, x)
        model.passModel(
            self._c + x, g + 1, len(values), int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMinimize), 0.0,
            cost, np.zeros(self._c + x), np.ones(self._c + x),
            np.append(np.full(g, -_INFINITE), self._seats), np.append(np.zeros(g), self._seats),
            starts, indices, values, np.zeros(self._c + x, np.int32),
        )  # fmt: skip
        return model

    def _matrix(self, g: int, x: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the rows of the relaxation, groups first, seats last."""
        own = np.split(np.arange(self._c, self._c + x), np.cumsum(self._lengths)[:-1])
        theirs = np.split(self._approved.indices, self._approved.indptr[1:-1])
        rows: list[np.ndarray] = [part for pair in zip(theirs, own, strict=True) for part in pair]
        signs = [np.full(len(part), -1.0 if k % 2 == 0 else 1.0) for k, part in enumerate(rows)]
        indices = np.concatenate([*rows, np.arange(self._c)]).astype(np.int32)
        values = np.concatenate([*signs, np.ones(self._c)])
        lengths = np.diff(self._approved.indptr) + self._lengths
        starts = np.concatenate([[0], np.cumsum(lengths), [len(indices)]]).astype(np.int32)
        return starts[: g + 2], indices, values


def _unit(total: int, scores: Scores) -> tuple[int, type]:
    """Return the unit of prices, a multiple of the scores' scale, and the kind of whole numbers that can hold sums."""
    room = 2**61 // (total * (2 * scores.seats + 2))
    if room < scores.scale:
        return scores.scale * 2**20, object
    return scores.scale * 2 ** min(40, (room // scores.scale).bit_length() - 1), np.int64


def _columns(approved: sp.csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Return the groups that approve of each candidate, one after the other, and where to cut between candidates."""
    columns = sp.csc_array(approved)
    return columns.indices, columns.indptr[1:-1]


def improved(scores: Scores, committee: Sequence[int]) -> list[int]:
    """Return the committee after exchanges of one elected for another candidate, as long as each raises the score."""
    best, now = scores.of(committee), list(committee)
    approved, times = scores.groups.approved, scores.groups.times.astype(float)
    better = True
    while better:
        better = False
        for c in list(now):
            rest = [d for d in now if d != c]
            gain = np.asarray((times / (scores.elected_by_group(rest) + 1.0)) @ approved)
            gain[rest] = -1.0
            trial = [*rest, int(gain.argmax())]
            if (score := scores.of(trial)) > best:
                best, now, better = score, trial, True
    return sorted(now)
