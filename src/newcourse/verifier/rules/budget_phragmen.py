"""Shared budgets by Phragmén. Source: M. Los, Z. Christoff, D. Grossi, IJCAI 31 (2022) 398-404."""

from fractions import Fraction

from newcourse.verifier.rules.budgets import Purse, chosen, purse_of
from newcourse.verifier.rules.question import Answer, Question


def budget_phragmen(question: Question) -> Answer:
    """Return what voters buy who all earn at the same pace."""
    beyond = question.word("beyond", "stop", "skip")
    purse = purse_of(question)
    if isinstance(purse, Answer):
        return purse
    waiting = [c for c in purse.eligible(fitting=True) if purse.number(c)]
    paid = dict.fromkeys(purse.voters, Fraction(0))  # when each last paid
    bought: list[int] = []
    left = purse.budget
    while waiting:
        times = {c: _time(purse, c, paid) for c in waiting}
        now = min(times.values())
        project = purse.settled([c for c in waiting if times[c] == now])
        waiting.remove(project)
        if purse.costs[project] > left:
            if beyond == "stop":
                break
            continue
        left -= purse.costs[project]
        bought.append(project)
        for ballot in purse.support[project]:
            paid[ballot] = now
    return chosen(purse, bought)


def _time(purse: Purse, c: int, paid: dict[tuple[tuple[int, int], ...], Fraction]) -> Fraction:
    since = sum((paid[ballot] * purse.voters[ballot] for ballot in purse.support[c]), Fraction(0))
    return (purse.costs[c] + since) / purse.number(c)
