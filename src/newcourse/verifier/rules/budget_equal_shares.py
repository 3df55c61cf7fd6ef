"""Shared budgets by equal shares. Source: Peters, Pierczyński and Skowron, NeurIPS 34 (2021); equalshares.net.

Every raise of the start money is a count of its own, in fractions; votes that need very many are not counted again.
"""

from fractions import Fraction
from typing import Final

from newcourse.verifier.rules.budgets import Purse, by_votes, chosen, purse_of
from newcourse.verifier.rules.equal_shares import payment
from newcourse.verifier.rules.question import Answer, Question, TooLarge

MOST_WORK: Final = 20_000_000


def budget_equal_shares(question: Question) -> Answer:
    """Return the projects that voters buy with equal parts of the money, and what completes them."""
    completion = question.word("completion", "add1-utilitarian", "none", "add1", "utilitarian")
    comparison, start = question.word("comparison", "none", "projects", "any"), question.word("start", "exact", "whole")
    purse = purse_of(question)
    if isinstance(purse, Answer):
        return purse
    each = purse.budget / purse.ballots
    each = Fraction(int(each)) if start == "whole" else each
    eligible = purse.eligible(fitting=True)
    bought = _raised(purse, eligible, each) if completion.startswith("add1") else _run(purse, eligible, each)
    if completion.endswith("utilitarian"):
        rest = [c for c in eligible if c not in bought]
        bought = [*bought, *by_votes(purse, rest, purse.budget - purse.cost(bought))]
    if comparison != "none":
        bought = _compared(purse, eligible, bought, comparison)
    return chosen(purse, bought)


def _run(purse: Purse, eligible: list[int], each: Fraction) -> list[int]:
    """Return what is bought with that start money, ending once it is more than the budget."""
    as_cost = purse.question.word("utility", "cost", "cardinality") == "cost"
    money = dict.fromkeys(purse.voters, each)
    bought: list[int] = []
    while purse.cost(bought) <= purse.budget:
        pays = {
            c: payment(purse.costs[c], [(money[ballot], purse.voters[ballot]) for ballot in purse.support[c]])
            for c in eligible
            if c not in bought
        }
        asked = {c: paid / (purse.costs[c] if as_cost else 1) for c, paid in pays.items() if paid is not None}
        if not asked:
            break
        least = min(asked.values())
        project = purse.settled([c for c, ask in asked.items() if ask == least])
        bought.append(project)
        for ballot in purse.support[project]:
            money[ballot] = max(money[ballot] - (pays[project] or 0), Fraction(0))
    return bought


def _raised(purse: Purse, eligible: list[int], start: Fraction) -> list[int]:
    """Return what is bought after the last raise that keeps within the budget."""
    increment, until = purse.question.number("increment", "1"), purse.question.word("until", "full", "overspent")
    wanted = {c for c in eligible if purse.number(c)}
    ties = purse.question.ties
    bought = _run(purse, eligible, start)
    work = sum(len(purse.support[c]) for c in eligible) * len(eligible)  # of one run, at most
    for raises in range(1, 2 + MOST_WORK // (1000 + work)):
        left = purse.budget - purse.cost(bought)
        full = all(purse.costs[c] > left for c in eligible if c not in bought)
        if wanted <= set(bought) or (until == "full" and full):
            return bought
        before, ties.used = ties.used, False  # only ties of the count that holds are ties of the result
        more = _run(purse, eligible, start + raises * increment)
        if purse.cost(more) > purse.budget:
            ties.used = before
            return bought
        bought = more
    raise TooLarge("very many raises of the start money")


def _compared(purse: Purse, eligible: list[int], bought: list[int], by: str) -> list[int]:
    """Return the outcome by votes alone where more voters prefer it."""
    ties = purse.question.ties
    used = ties.used
    other = by_votes(purse, eligible, purse.budget)
    prefer = 0
    for ballot, number in purse.voters.items():
        liked = {c for c, _ in ballot}
        here, there = len(liked.intersection(bought)), len(liked.intersection(other))
        if by == "any":
            here, there = min(here, 1), min(there, 1)
        prefer += number * ((there > here) - (here > there))
    if prefer > 0:
        return other
    ties.used = used
    return bought
