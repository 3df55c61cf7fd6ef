"""One run of the method of equal shares with a given start money: floats where they are clear, else fractions.

Source: D. Peters, G. Pierczyński, P. Skowron, "Proportional participatory budgeting with additive utilities", Advances
in Neural Information Processing Systems 34 (2021) 12726-12737.

In each round the project is bought that asks the least for one unit of utility: every supporter pays the same for a
unit, or all that is left. What a project asks never falls during a run, because nobody's money grows; so a project is
looked at again only when what it asked last is not above the best of the round.

**A whole span of start money at once.** As long as the same projects are bought in the same order, more start money
leaves every voter with at least as much after each purchase, and no payment grows: so it is at first, and where
supporters have more and pay less, they keep more. What a project asks with any start money of the span lies therefore
between what it asks at the upper and at the lower end. Where in each round one project is best on these terms, every
start money of the span buys the same (:meth:`Shares.alike`).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import inf
from typing import Final, NamedTuple

from newcourse.vote.budgets.guess import UNIT, Guess, Interval, Unclear
from newcourse.vote.budgets.instance import Instance
from newcourse.vote.budgets.purse import Purse
from newcourse.vote.ties import Tie, TieRule

COST: Final = "cost"
CARDINALITY: Final = "cardinality"
_NEVER: Final = Interval(inf, inf)


@dataclass(frozen=True, slots=True)
class Run:
    """Projects bought in one run, by position, in order, and the ties met.

    ``overspent`` is true where the run was ended because what it bought costs more than the budget.
    """

    each: Fraction
    bought: tuple[int, ...]
    overspent: bool
    ties: tuple[Tie, ...] = ()


class Entry(NamedTuple):
    """What a project asks for a unit of utility, at the least and at the most, when last looked at."""

    low: float
    project: int
    round: int
    high: float
    payments: tuple[Interval, ...]


class Shares:
    """The method of equal shares on one instance, run with one start money after another.

    Parameters
    ----------
    instance
        Projects and voters.
    utility
        ``cost`` (a voter has from a project what it costs) or ``cardinality`` (one from each).
    ties
        What decides between projects that ask the same, cost the same and have the same number of votes.
    """

    def __init__(self, instance: Instance, utility: str, ties: TieRule) -> None:
        self.instance = instance
        self._utilities = tuple(cost if utility == COST else Fraction(1) for cost in instance.costs)
        self._units = [float(unit) for unit in self._utilities]
        self._ties = ties
        self._limit = Fraction(-1)

    def _prepare(self, each: Fraction) -> None:
        """Leave out what cannot be paid for with this start money, or twice as much."""
        if each <= self._limit:
            return
        self._limit = 2 * each
        self.narrow = narrow = self.instance.narrowed(self._limit)
        self._ends = (Guess(narrow, Fraction(0)), Guess(narrow, Fraction(0)))
        equal = sorted((narrow.costs[c] / narrow.voters[c], c) for c in narrow.eligible)
        self.parts = [part for part, _ in equal]
        self.firsts = [self.entry(c, 0, (Interval.around(part, even=True),)) for part, c in equal]
        twins: dict[tuple[Fraction, bytes], int] = {}
        self.twin = {c: twins.setdefault((narrow.costs[c], narrow.supporters[c].tobytes()), c) for c in narrow.eligible}

    def run(self, each: Fraction) -> Run:
        """Return what is bought when every voter starts with so much; ends early where the budget is overspent."""
        self._prepare(each)
        return _Count(self, self._ends[:1], (each,)).run()

    def alike(self, low: Fraction, high: Fraction) -> Run | None:
        """Return what is bought with any start money from low to high, or nothing where it cannot be told at once."""
        self._prepare(high)
        try:
            return _Count(self, self._ends, (low, high)).run()
        except Unclear:
            return None

    def asked(self, project: int, payment: Fraction) -> Fraction:
        """Return what a project asks for a unit of utility when each supporter pays so much at most."""
        return payment / self._utilities[project]

    def entry(self, project: int, number: int, payments: tuple[Interval, ...]) -> Entry:
        """Return what is known of a project in a round; the last payment is that of the upper end of the span."""
        unit = self._units[project]
        low, high = payments[-1].low / unit * (1 - 4 * UNIT), payments[0].high / unit * (1 + 4 * UNIT)
        return Entry(low, project, number, high, payments)

    def settle(self, question: str, equal: Sequence[int]) -> Tie:
        """Return how a tie between projects is settled."""
        return settle(self.instance, question, equal, self._ties)


class _Count:
    """One run, with one start money or both ends of a span."""

    def __init__(self, shares: Shares, ends: Sequence[Guess], each: tuple[Fraction, ...]) -> None:
        self._shares, self._instance, self._ends, self._each = shares, shares.narrow, ends, each
        self._bought: list[int] = []
        self._ties: list[Tie] = []
        self._purse: Purse | None = None
        self._waiting: list[Entry] = []

    def run(self) -> Run:
        for end, each in zip(self._ends, self._each, strict=True):
            end.start(each)
        self._waiting = self._first()
        spent, limit, prices = 0, self._instance.limit, self._instance.prices
        while chosen := self._round():
            for end, payment in zip(self._ends, chosen.payments, strict=True):
                end.buy(chosen.project, payment)
            self._bought.append(chosen.project)
            spent += prices[chosen.project]
            if spent > limit:
                break
        return Run(self._each[0], tuple(self._bought), spent > limit, tuple(self._ties))

    def _first(self) -> list[Entry]:
        """Return each project that its supporters can pay for at first, by what it asks in equal parts."""
        shares = self._shares
        reached = [bisect_right(shares.parts, each) for each in self._each]
        waiting = shares.firsts[: reached[-1]]
        if len(reached) > 1:
            for place, (_, c, _, _, (equal,)) in enumerate(waiting):
                waiting[place] = shares.entry(c, 0, (equal if place < reached[0] else _NEVER, equal))
        heapify(waiting)
        return waiting

    def _round(self) -> Entry | None:
        """Return the project to buy now and take it from those waiting, or nothing where none can be paid for."""
        number, best, waiting = len(self._bought), inf, self._waiting
        looked: list[Entry] = []
        while waiting and waiting[0].low <= best:
            entry = heappop(waiting)
            if entry.round != number:
                payments = self._look(entry)
                if payments is None:
                    continue
                entry = self._shares.entry(entry.project, number, payments)
            looked.append(entry)
            best = min(best, entry.high)
        if not looked:
            return None
        near = [entry for entry in looked if entry.low <= best]
        chosen = near[0] if len(near) == 1 and best < inf else self._decide(near)
        for entry in looked:
            if entry is not chosen:
                heappush(waiting, entry)
        return chosen

    def _look(self, entry: Entry) -> tuple[Interval, ...] | None:
        """Return what is to be paid for a project at each end, or nothing where it surely cannot be paid for."""
        payments = (
            tuple(
                _NEVER if before is _NEVER else end.payment(entry.project, before.low, before.even) or _NEVER
                for end, before in zip(self._ends, entry.payments, strict=True)
            )
            if len(self._ends) > 1
            else (self._look_once(entry),)
        )
        return None if payments[-1] is _NEVER else payments

    def _look_once(self, entry: Entry) -> Interval:
        try:
            return self._ends[0].payment(entry.project, entry.payments[0].low, entry.payments[0].even) or _NEVER
        except Unclear:
            exact = self._exact().payment(entry.project)
            return _NEVER if exact is None else Interval.around(exact)

    def _exact(self) -> Purse:
        purse = self._purse = self._purse or Purse(self._instance, self._each[0])
        for project in self._bought[len(purse.bought) :]:
            purse.buy(project)
        return purse

    def _decide(self, near: Sequence[Entry]) -> Entry:
        """Return which of some projects asks the least, exactly; of equals the cheapest, then the most voted for.

        Raises
        ------
        Unclear
            When it is not the same in the whole span.
        """
        if near[0].high < inf and len({self._shares.twin[entry.project] for entry in near}) == 1:
            equal = sorted(entry.project for entry in near)
        else:
            asked = {entry.project: self._asked(entry) for entry in near}
            least = min(asked.values())
            equal = sorted(c for c, ask in asked.items() if ask == least)
        first = equal[0]
        if len(equal) > 1:
            tie = self._shares.settle(
                f"purchase {len(self._bought) + 1}, each voter starting with {self._each[0]}", equal
            )
            self._ties.append(tie)
            first = self._instance.names.index(tie.first)
        return next(entry for entry in near if entry.project == first)

    def _asked(self, entry: Entry) -> Fraction:
        if all(payment.even for payment in entry.payments):
            equal = self._instance.costs[entry.project] / self._instance.voters[entry.project]
            return self._shares.asked(entry.project, equal)
        payment = self._exact().payment(entry.project) if len(self._ends) == 1 else None
        if payment is None:
            raise Unclear
        return self._shares.asked(entry.project, payment)


def settle(instance: Instance, question: str, equal: Sequence[int], ties: TieRule) -> Tie:
    """Return how a tie between projects is settled: the lower cost, then the more votes, then the tie rule.

    So recommended on equalshares.net (How to break ties?).
    """
    rule = ties.settle(question, instance.named(equal))
    position = {name: c for c, name in enumerate(instance.names)}
    order = sorted((position[name] for name in rule.settled), key=lambda c: (instance.costs[c], -instance.voters[c]))
    return Tie(question, rule.among, instance.named(order), f"lower cost, then more votes, then {rule.by}")
