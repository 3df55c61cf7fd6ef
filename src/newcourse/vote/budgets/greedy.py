"""Projects by votes, most first, as long as the money lasts: the rule most cities use, and a completion of others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from newcourse.vote.budgets.instance import Instance, many, money
from newcourse.vote.outcome import Step
from newcourse.vote.ties import Tie, TieRule

SKIP: Final = "skip"
STOP: Final = "stop"


@dataclass(frozen=True, slots=True)
class Pass:
    """Projects taken in one pass, by position, in order, with its steps and the ties that decided something."""

    taken: tuple[int, ...]
    steps: tuple[Step, ...]
    ties: tuple[Tie, ...]


def most_votes_first(instance: Instance, projects: Iterable[int], ties: TieRule) -> tuple[list[int], list[Tie]]:
    """Return projects by votes, most first, and each tie between projects with equal votes."""
    equal: dict[int, list[int]] = {}
    for c in sorted(projects):
        equal.setdefault(instance.votes[c], []).append(c)
    order: list[int] = []
    met = []
    for votes in sorted(equal, reverse=True):
        among = equal[votes]
        if len(among) > 1:
            tie = ties.settle(f"place {len(order) + 1} by votes", instance.named(among))
            met.append(tie)
            position = dict(zip(instance.named(among), among, strict=True))
            among = [position[name] for name in tie.settled]
        order += among
    return order, met


def take(
    instance: Instance,
    projects: Iterable[int],
    ties: TieRule,
    left: Fraction,
    beyond: str = SKIP,
    barred_by: Callable[[int, Sequence[int]], int | None] = lambda _project, _taken: None,
) -> Pass:
    """Return what one pass takes.

    Parameters
    ----------
    instance
        Projects and votes.
    projects
        Those that may be taken, by position.
    ties
        What decides between equal numbers of votes.
    left
        Money that may be spent.
    beyond
        Whether the pass goes on (``skip``) or ends (``stop``) at a project that does not fit in what is left.
    barred_by
        Which of the projects taken already keeps a project out, if any.
    """
    order, met = most_votes_first(instance, projects, ties)
    taken: list[int] = []
    steps: list[Step] = []
    for c in order:
        other = barred_by(c, taken)
        if other is not None:
            steps.append(_step(instance, c, left, "barred", f"excluded by {instance.names[other]}, taken before it"))
        elif instance.costs[c] <= left:
            left -= instance.costs[c]
            taken.append(c)
            steps.append(_step(instance, c, left, "taken", "taken"))
        elif beyond == STOP:
            steps.append(_step(instance, c, left, "stopped", "not taken, and nothing after it"))
            break
        else:
            steps.append(_step(instance, c, left, "skipped", "not taken"))
    chosen = set(instance.named(taken))
    return Pass(tuple(taken), tuple(steps), tuple(tie for tie in met if chosen & set(tie.among)))


def _step(instance: Instance, project: int, left: Fraction, code: str, what: str) -> Step:
    name, votes, cost = instance.names[project], instance.votes[project], instance.costs[project]
    sentence = f"{name} with {many(votes, 'vote')} costs {money(cost)}: {what}; {money(left)} are left."
    return Step(code, sentence, {"project": name, "votes": votes, "cost": cost, "left": left})
