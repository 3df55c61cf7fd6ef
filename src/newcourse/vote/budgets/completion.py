"""What is done with money that equal shares leave: more start money for every voter, votes, and a comparison.

Sources: equalshares.net (Completion of the Method of Equal Shares); P. Faliszewski and others, "Participatory
budgeting: data, tools and analysis", Proceedings of the 32nd International Joint Conference on Artificial Intelligence
(2023) 2667-2674, arXiv:2305.11035.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from newcourse.errors import BadInput, Fault
from newcourse.vote.budgets.instance import Instance
from newcourse.vote.budgets.shares import Run, Shares

FULL: Final = "full"
OVERSPENT: Final = "overspent"
PROJECTS: Final = "projects"
ANY: Final = "any"
MOST_RUNS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Raised:
    """The run that counts, after how many raises, why it was the last, and what one raise more would have bought."""

    run: Run
    raises: int
    end: str
    beyond: Run | None = None


def raise_start(shares: Shares, start: Fraction, increment: Fraction, until: str) -> Raised:
    """Return the run after the last raise of everybody's start money that does not overspend the budget.

    Outcomes do not grow steadily with the start money, so every raise has its own run, and the first that overspends
    is the end. A stretch of raises that surely buys the same in the same order is done at once
    (:meth:`~newcourse.vote.budgets.shares.Shares.alike`). The end is also reached when every project that has a
    supporter is bought, and by ``full`` when nothing that is left over fits.

    Raises
    ------
    BadInput
        When the increment is so small that more runs are needed than is sensible.
    """
    run, raises, width, calm = shares.run(start), 0, 1, 0
    for _ in range(MOST_RUNS):
        if end := _end(shares.instance, run, until):
            return Raised(run, raises, end)
        low, high = (start + increment * (raises + step) for step in (1, width))
        trial = shares.run(low) if width == 1 else shares.alike(low, high)
        if trial is None:
            width, calm = max(1, width // 4), 0
            continue
        if trial.overspent:
            return Raised(run, raises, OVERSPENT, replace(trial, each=low))
        calm = calm + 1 if trial.bought == run.bought else 0
        raises += 1 if _end(shares.instance, trial, until) else width
        run = replace(trial, each=start + increment * raises)
        width = width * 2 if width > 1 else (4 if calm > 1 else 1)
    found = f"an increment of {increment} and more than {MOST_RUNS} runs"
    raise BadInput(Fault("increment-small", "option increment", found, "a larger increment", "raise it tenfold"))


def full(instance: Instance, bought: Sequence[int]) -> bool:
    """Whether no project that may still be chosen fits in what is left."""
    left = instance.limit - sum(instance.prices[c] for c in bought)
    return all(instance.prices[c] > left for c in set(instance.eligible) - set(bought))


def _end(instance: Instance, run: Run, until: str) -> str:
    wanted = {c for c in instance.eligible if instance.voters[c]}
    if wanted <= set(run.bought):
        return "all"
    return FULL if until == FULL and full(instance, run.bought) else ""


def preferences(instance: Instance, one: Sequence[int], other: Sequence[int], by: str) -> tuple[int, int]:
    """Return how many voters prefer each of two outcomes to the other.

    By ``projects`` a voter prefers the one that holds more projects the voter voted for; by ``any`` the one that holds
    any, where the other holds none.
    """
    here, there = instance.happiness(one), instance.happiness(other)
    if by == ANY:
        here, there = here > 0, there > 0
    return int(instance.times[here > there].sum()), int(instance.times[there > here].sum())
