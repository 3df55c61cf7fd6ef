"""What the rules for shared budgets have in common: projects, costs, who may be chosen, and the pass by votes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from newcourse.verifier.rules.ballots import points
from newcourse.verifier.rules.question import Answer, CannotCount, Question, exact, listed, undecided


@dataclass(frozen=True, slots=True)
class Purse:
    """One budget.

    Parameters
    ----------
    question
        What is asked.
    budget, costs
        What may be spent, and what each project costs.
    ballots
        How many were cast.
    voters
        How many cast each different ballot, as pairs of a position and points.
    votes
        What all give each project: approvals or points.
    support
        The different ballots that give each project anything.
    """

    question: Question
    budget: Fraction
    costs: Sequence[Fraction]
    ballots: int
    voters: Mapping[tuple[tuple[int, int], ...], int]
    votes: Sequence[int]
    support: Sequence[Sequence[tuple[tuple[int, int], ...]]]

    def number(self, c: int) -> int:
        """Return how many voters give a project anything."""
        return sum(self.voters[ballot] for ballot in self.support[c])

    def eligible(self, fitting: bool) -> list[int]:
        """Return who may be chosen: enough votes for the options, and, where asked, within the whole budget."""
        least, share = self.question.whole("least", 0), self.question.number("share")
        return [
            c
            for c, cost in enumerate(self.costs)
            if self.votes[c] >= least
            and self.votes[c] * self.budget >= share * cost * self.ballots
            and not (fitting and cost > self.budget)
        ]

    def cost(self, some: Iterable[int]) -> Fraction:
        """Return what projects cost together."""
        return sum((self.costs[c] for c in some), Fraction(0))

    def settled(self, equal: Sequence[int]) -> int:
        """Return which of equal projects is first: the cheaper, then the one of more voters, then the tie rule."""
        if len(equal) == 1:
            return equal[0]
        names = self.question.ties.settle([self.question.candidates[c] for c in sorted(equal)])
        order = [self.question.candidates.index(name) for name in names]
        return min(order, key=lambda c: (self.costs[c], -self.number(c)))  # the first of equals, as min gives


def purse_of(question: Question) -> Purse | Answer:
    """Return the purse of a question, or the answer to an empty box."""
    costs = question.options.get("costs")
    if not isinstance(costs, Mapping) or set(costs) != set(question.candidates):
        raise CannotCount("costs that are not those of the projects")
    amounts = [exact(costs[name], f"cost of {name}") for name in question.candidates]
    if not all(amounts):
        raise CannotCount("a project that costs nothing")
    budget, given = exact(question.options.get("budget"), "budget"), points(question)
    if not given:
        return undecided("no-ballots", "No ballot was cast, so no project can be chosen.")
    voters = Counter(tuple(sorted(ballot.items())) for ballot in given)
    votes = [sum(ballot.get(c, 0) for ballot in given) for c in range(len(amounts))]
    support: list[list[tuple[tuple[int, int], ...]]] = [[] for _ in amounts]
    for ballot in voters:
        for c, _ in ballot:
            support[c].append(ballot)
    return Purse(question, budget, amounts, len(given), voters, votes, support)


def by_votes(
    purse: Purse,
    some: Iterable[int],
    left: Fraction,
    beyond: str = "skip",
    partners: Mapping[int, set[int]] | None = None,
) -> list[int]:
    """Return the projects that one pass takes, most votes first, as far as the money goes."""
    taken: list[int] = []
    ties: list[list[int]] = []
    projects = sorted(some)
    for votes in sorted({purse.votes[c] for c in projects}, reverse=True):
        equal = [c for c in projects if purse.votes[c] == votes]
        names = purse.question.ties.order([purse.question.candidates[c] for c in equal])
        ties.append(equal)
        for c in (purse.question.candidates.index(name) for name in names):
            if partners and partners[c].intersection(taken):
                continue
            if purse.costs[c] <= left:
                left -= purse.costs[c]
                taken.append(c)
            elif beyond == "stop":
                _remember(purse, ties, taken)
                return taken
    _remember(purse, ties, taken)
    return taken


def chosen(purse: Purse, projects: Sequence[int]) -> Answer:
    """Return the choice as an answer."""
    names, cost = [purse.question.candidates[c] for c in projects], purse.cost(projects)
    spent = f"{money(cost)} of {money(purse.budget)}"
    if not names:
        sentence = f"No project is chosen; nothing of {money(purse.budget)} is spent."
    elif len(names) == 1:
        sentence = f"Chosen is {names[0]}; it costs {spent}."
    else:
        sentence = f"Chosen are {listed(names)}; they cost {spent}."
    return Answer({"selected": names, "cost": str(cost), "budget": str(purse.budget)}, sentence)


def money(amount: Fraction) -> str:
    """Return an amount: whole, or cut off after two decimals."""
    if amount.denominator == 1:
        return str(amount)
    cents = amount.numerator * 100 // amount.denominator
    return f"{cents // 100}.{cents % 100:02d}"


def _remember(purse: Purse, ties: Sequence[Sequence[int]], taken: Sequence[int]) -> None:
    if any(len(equal) > 1 and set(equal) & set(taken) for equal in ties):
        purse.question.ties.used = True
