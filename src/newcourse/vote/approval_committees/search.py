"""The best committees by branch and bound, decided in whole numbers only.

The linear relaxation (HiGHS, one thread, seed 0) guesses where to look and which prices to use. Whether a part of the
search can hold a better committee is decided by exact bounds, so the optimum is proved whatever the solver does.
Source: A. H. Land and A. G. Doig, "An automatic method of solving discrete programming problems", Econometrica 28
(1960) 497-520.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from newcourse.errors import Fault, NotCertified
from newcourse.vote.approval_committees.bounds import Bound, Relaxation, improved
from newcourse.vote.approval_committees.thiele import Optimum, Scores

MOST_PARTS: Final = 20_000
"""How many parts of the search are looked into before giving up."""

MOST_COLUMNS: Final = 300_000
"""How large the linear relaxation may be: for each different ballot, the candidates on it, but at most the seats."""


@dataclass(frozen=True, slots=True)
class Portion:
    """All committees with these candidates in and these out, with a bound found on the way."""

    inside: frozenset[int]
    outside: frozenset[int]
    bound: Bound


@dataclass(slots=True)
class Search:
    """A search over the committees of some scores."""

    scores: Scores
    parts: int = 0
    found: set[frozenset[int]] = field(default_factory=set)
    set_aside: list[Portion] = field(default_factory=list)
    open: list[Portion] = field(default_factory=list)
    relaxation: Relaxation = field(init=False)
    best: int = -1

    def __post_init__(self) -> None:
        groups, seats = self.scores.groups, self.scores.seats
        columns = int(np.minimum(np.diff(groups.approved.indptr), seats).sum())
        if columns > MOST_COLUMNS:
            raise NotCertified(_too_large(f"{len(groups.times)} different ballots of {groups.total}, {seats} seats"))
        self.relaxation = Relaxation(self.scores)

    def optimum(self, order: Sequence[int]) -> Optimum:
        """Return the optimum, first by the tie rule's order of the candidates.

        Raises
        ------
        NotCertified
            When too many parts of the search had to be looked into.
        """
        self._prove_best()
        inside: frozenset[int] = frozenset()
        outside: frozenset[int] = frozenset()
        for c in order:
            if self._exists(inside | {c}, outside):
                inside |= {c}
            else:
                outside |= {c}
        contested = [c for c in order if self._exists(frozenset({c})) and self._exists(out=frozenset({c}))]
        return Optimum(tuple(sorted(inside)), self.best, tuple(sorted(contested)))

    def _prove_best(self) -> None:
        """Find the best score, and leave open the parts in which it may be reached, but not passed."""
        nothing: frozenset[int] = frozenset()
        parts, bound = self.relaxation.solve(nothing, nothing)
        self._look_at(improved(self.scores, self._rounded(parts, nothing, nothing)))
        stack = [Portion(nothing, nothing, bound)]
        while stack:
            part = stack.pop()
            if not self._can_reach(part, self.best + 1):
                self.set_aside.append(part)
            else:
                stack += self._split(part, self.best + 1)
        self.open = [part for part in self.set_aside if self._can_reach(part, self.best)]

    def _exists(self, inside: frozenset[int] = frozenset(), out: frozenset[int] = frozenset()) -> bool:
        """Return whether a committee with these in and these out has the best score."""
        if len(inside) > self.scores.seats or self._known(inside, out):
            return len(inside) <= self.scores.seats
        stack = [Portion(part.inside | inside, part.outside | out, part.bound) for part in self.open]
        while stack:
            part = stack.pop()
            if not part.inside & part.outside and self._can_reach(part, self.best):
                stack += self._split(part, self.best)
                if self._known(inside, out):
                    return True
        return False

    def _split(self, part: Portion, target: int) -> list[Portion]:
        """Return the two halves of a part, or none where it cannot reach the target or is one committee only."""
        if self._only(part) is not None:
            return []
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise NotCertified(_too_large(f"more than {MOST_PARTS} parts of the search"))
        parts, bound = self.relaxation.solve(part.inside, part.outside)
        now = Portion(part.inside, part.outside, bound)
        self._look_at(self._rounded(parts, part.inside, part.outside))
        if not self._can_reach(now, target):
            self.set_aside.append(now)
            return []
        free = [c for c in range(len(parts)) if c not in part.inside and c not in part.outside]
        c = min(free, key=lambda c: (abs(parts[c] - 0.5), c))
        with_c, without = (
            Portion(part.inside | {c}, part.outside, bound),
            Portion(part.inside, part.outside | {c}, bound),
        )
        return [without, with_c] if parts[c] >= 0.5 else [with_c, without]

    def _only(self, part: Portion) -> frozenset[int] | None:
        """Look at the one committee of a part that has only one, and return it."""
        everybody = frozenset(range(len(self.scores.groups.candidates)))
        rest = everybody - part.outside
        if len(part.inside) > self.scores.seats or len(rest) < self.scores.seats:
            return part.inside
        for only in (part.inside, rest):
            if len(only) == self.scores.seats:
                self._look_at(only)
                return only
        return None

    def _look_at(self, committee: Iterable[int]) -> None:
        score = self.scores.of(committee)
        if score > self.best:
            self.best, self.found = score, set()
        if score == self.best:
            self.found.add(frozenset(committee))

    def _rounded(self, parts: np.ndarray, inside: frozenset[int], outside: frozenset[int]) -> list[int]:
        value = parts.copy()
        value[sorted(inside)], value[sorted(outside)] = 2.0, -1.0
        return sorted(np.argsort(-value, kind="stable")[: self.scores.seats].tolist())

    def _can_reach(self, part: Portion, score: int) -> bool:
        if len(part.inside) > self.scores.seats:
            return False
        if len(self.scores.groups.candidates) - len(part.outside) < self.scores.seats:
            return False
        most = part.bound.at_most(self.scores.seats, part.inside, part.outside)
        return most * self.scores.scale >= score * self.relaxation.unit

    def _known(self, inside: frozenset[int], out: frozenset[int]) -> bool:
        return any(inside <= committee and not out & committee for committee in self.found)


def _too_large(found: str) -> Fault:
    return Fault(
        "committee-not-certified",
        "count by rule proportional-approval",
        found,
        "a search small enough to prove the best committee",
        "count by equal-shares or sequential-phragmen, fixed beforehand for votes of this size",
    )
