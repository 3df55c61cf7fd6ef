"""Shared budgets by votes. Source: D. Stolicki, S. Szufa, N. Talmon, Pabulib, arXiv:2012.06539."""

from newcourse.verifier.rules.budgets import by_votes, chosen, purse_of
from newcourse.verifier.rules.question import Answer, CannotCount, Question


def budget_greedy(question: Question) -> Answer:
    """Return the projects with most votes, as far as the money goes."""
    purse = purse_of(question)
    if isinstance(purse, Answer):
        return purse
    names = question.candidates
    partners: dict[int, set[int]] = {c: set() for c in range(len(names))}
    for group in question.options.get("exclusive", []):
        if set(group).difference(names):
            raise CannotCount("a group of projects with an unknown one")
        together = {names.index(name) for name in group}
        for c in together:
            partners[c] |= together - {c}
    beyond = question.word("beyond", "skip", "stop")
    return chosen(purse, by_votes(purse, purse.eligible(fitting=False), purse.budget, beyond, partners))
