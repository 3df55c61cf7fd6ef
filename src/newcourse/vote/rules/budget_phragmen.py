"""Sequential Phragmén with costs: voters earn money alike, and a project is bought when its supporters can pay for it.

Sources: E. Phragmén (1894), as told for committees by M. Brill, R. Freeman, S. Janson, M. Lackner, "Phragmén's voting
methods and justified representation", Mathematical Programming 203 (2024) 47-76; with costs: M. Los, Z. Christoff, D.
Grossi, "Proportional budget allocations: towards a systematization", Proceedings of the 31st International Joint
Conference on Artificial Intelligence (2022) 398-404; M. Brill and others, "Proportionality in approval-based
participatory budgeting", Proceedings of the AAAI Conference 37 (2023) 5524-5531.

Kept with ``stop``: proportional justified representation up to any project; more budget loses no project, unless one
becomes possible that cost more than the whole budget before. Not kept: extended justified representation.
"""

from collections.abc import Mapping
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Any, Final

import numpy as np

from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.approval_ballot import ApprovalBallot
from newcourse.vote.budgets.greedy import SKIP, STOP
from newcourse.vote.budgets.instance import Instance, decimals, many, money
from newcourse.vote.budgets.options import BUDGET, COSTS, LEAST, SHARE, TIES
from newcourse.vote.budgets.shares import settle
from newcourse.vote.budgets.words import nobody_voted, selection
from newcourse.vote.definition import Option, Rule, one_of
from newcourse.vote.outcome import Step, Tally
from newcourse.vote.profile import Profile
from newcourse.vote.ties import Tie, TieRule


def budget_phragmen(
    votes: Profile[Any] | ApprovalVotes,
    budget: Fraction,
    costs: Mapping[str, Fraction],
    beyond: str = STOP,
    least: int = 0,
    share: Fraction = Fraction(0),
    ties: TieRule | None = None,
) -> Tally:
    """Return the projects that get money by the sequential rule of Phragmén.

    Parameters
    ----------
    votes
        Approvals.
    budget
        How much may be spent.
    costs
        What each project costs. Projects that cost more than the whole budget are out.
    beyond
        At a project whose supporters can pay but which does not fit in what is left: ``stop``, or ``skip`` it and go
        on without it.
    least
        Votes below which a project is out.
    share
        A project is out whose votes over all ballots are below this part of its cost over the budget.
    ties
        Tie rule, after the lower cost and the more votes; candidate order where none is given.

    Returns
    -------
    Tally
        A :class:`~newcourse.vote.outcome.Selection`; undecided where no ballot was cast.

    Raises
    ------
    BadInput
        When costs and projects do not fit together.

    Examples
    --------
    >>> votes = ApprovalVotes.of_lists(["park", "pool", "path"], [["park", "pool"], ["path"]], [3, 2])
    >>> costs = {"park": Fraction(60), "pool": Fraction(40), "path": Fraction(40)}
    >>> budget_phragmen(votes, Fraction(100), costs).sentence
    'Chosen are pool and path; they cost 80 of 100.'
    """
    instance = Instance.of(votes, budget, costs, least, share)
    if not instance.ballots:
        return nobody_voted()
    earning = _Earning(instance, ties or TieRule())
    chosen, steps = earning.spend(beyond)
    result, sentence = selection(instance, chosen)
    return Tally(result, sentence, (*instance.opening(), *steps), tuple(earning.ties))


class _Earning:
    """Voters earn one a unit of time each; what a group has is the time since it last paid."""

    def __init__(self, instance: Instance, ties: TieRule) -> None:
        self._instance, self._rule = instance, ties
        self._paid = np.zeros(len(instance.times), dtype=np.int64)
        self._times = [Fraction(0)]
        self.ties: list[Tie] = []

    def spend(self, beyond: str) -> tuple[list[int], list[Step]]:
        """Return what is bought, in order. A project's time never falls, so only the earliest is looked at anew."""
        waiting = [(self._time(c), c, 0) for c in self._instance.eligible if self._instance.voters[c]]
        heapify(waiting)
        chosen: list[int] = []
        steps: list[Step] = []
        left = self._instance.budget
        while waiting:
            time, project = self._next(waiting, len(self._times) - 1)
            cost = self._instance.costs[project]
            fits = cost <= left
            if fits:
                left -= cost
                chosen.append(project)
                self._paid[self._instance.supporters[project]] = len(self._times)
                self._times.append(time)
            steps.append(
                self._step(project, time, left, "bought" if fits else "stopped" if beyond == STOP else "skipped")
            )
            if not fits and beyond == STOP:
                break
        return chosen, steps

    def _next(self, waiting: list[tuple[Fraction, int, int]], now: int) -> tuple[Fraction, int]:
        """Take the project that is paid for first from those waiting."""
        while waiting[0][2] != now:
            _, project, _ = heappop(waiting)
            heappush(waiting, (self._time(project), project, now))
        equal = [heappop(waiting)]
        while waiting and waiting[0][0] == equal[0][0]:
            time, project, seen = heappop(waiting)
            time = time if seen == now else self._time(project)
            if time == equal[0][0]:
                equal.append((time, project, now))
            else:
                heappush(waiting, (time, project, now))
        chosen = equal[0]
        if len(equal) > 1:
            tie = settle(self._instance, f"project {now + 1}", sorted(c for _, c, _ in equal), self._rule)
            self.ties.append(tie)
            chosen = next(entry for entry in equal if self._instance.names[entry[1]] == tie.first)
        for entry in equal:
            if entry is not chosen:
                heappush(waiting, entry)
        return chosen[0], chosen[1]

    def _time(self, project: int) -> Fraction:
        """Return when the supporters of a project, who all earn from when they last paid, can pay for it."""
        groups = self._instance.supporters[project]
        voters = np.zeros(len(self._times), dtype=np.int64)
        np.add.at(voters, self._paid[groups], self._instance.times[groups])
        since = sum((self._times[k] * int(voters[k]) for k in np.flatnonzero(voters).tolist()), Fraction(0))
        return (self._instance.costs[project] + since) / self._instance.voters[project]

    def _step(self, project: int, time: Fraction, left: Fraction, code: str) -> Step:
        name, cost, votes = self._instance.names[project], self._instance.costs[project], self._instance.voters[project]
        what = {
            "bought": f"it is bought; {money(left)} of the budget are left",
            "skipped": f"but only {money(left)} of the budget are left; it is passed over",
            "stopped": f"but only {money(left)} of the budget are left, so the count ends",
        }[code]
        earned = f"When every voter has earned {decimals(time, 2)}"
        sentence = f"{earned}, {many(votes, 'supporter')} of {name} have {money(cost)}: {what}."
        facts = {"project": name, "cost": cost, "votes": votes, "earned": decimals(time, 6), "left": left}
        return Step(code, sentence, facts)


RULE: Final = Rule(
    name="budget-phragmen",
    kind="budget",
    form=ApprovalBallot.form,
    reference="M. Los, Z. Christoff, D. Grossi, IJCAI 31 (2022) 398-404; M. Brill and others, AAAI 37 (2023) 5524-5531",
    options=(
        BUDGET,
        COSTS,
        Option("beyond", "What is done at a project that does not fit.", STOP, one_of(STOP, SKIP)),
        LEAST,
        SHARE,
        TIES,
    ),
    tally=budget_phragmen,
)
