"""What the rules that elect committees by approvals have in common."""

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from newcourse.verifier.rules.ballots import approvals
from newcourse.verifier.rules.question import Answer, CannotCount, Question, undecided


@dataclass(slots=True)
class Box:
    """Approval ballots, equal ones together.

    Parameters
    ----------
    question
        What is asked.
    seats
        How many are elected.
    voters
        How many cast each different ballot, as the positions of those approved of.
    support
        The ballots that approve of each candidate.
    elected
        By position, in order of election.
    """

    question: Question
    seats: int
    voters: Counter[tuple[int, ...]]
    support: list[list[tuple[int, ...]]]
    elected: list[int] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The elected by name."""
        return [self.question.candidates[c] for c in self.elected]

    @property
    def free(self) -> int:
        """Seats still to be filled."""
        return self.seats - len(self.elected)

    def number(self, c: int) -> int:
        """Return how many approve of a candidate."""
        return sum(self.voters[ballot] for ballot in self.support[c])

    def left(self) -> list[int]:
        """Return the candidates not elected of whom somebody approves."""
        return [c for c, ballots in enumerate(self.support) if ballots and c not in self.elected]

    def elect_one(self, equal: list[int]) -> int:
        """Elect one of equal candidates, and return it."""
        chosen = equal[0]
        if len(equal) > 1:
            names = self.question.ties.settle([self.question.candidates[c] for c in equal])
            chosen = self.question.candidates.index(names[0])
        self.elected.append(chosen)
        return chosen

    def elect_equals(self, equal: list[int]) -> None:
        """Elect as many of equal candidates as there are seats, in the order of the tie rule."""
        names = [self.question.candidates[c] for c in equal]
        order = self.question.ties.settle(names) if len(names) > 1 else names
        self.elected += [self.question.candidates.index(name) for name in order[: self.free]]


def box_of(question: Question) -> Box | Answer:
    """Return the box of a question, or the answer to one that nobody approves of anybody in."""
    seats, size = question.whole("seats", 1, 1), len(question.candidates)
    if seats > size:
        raise CannotCount("more seats than candidates")
    voters = Counter(tuple(ballot) for ballot in approvals(question))
    if not voters:
        return undecided("no-ballots", "No ballot was cast, so nobody is elected.")
    if set(voters) == {()}:
        reason = f"None of {voters.total()} ballots approves of anybody, so nobody is elected."
        return undecided("no-approvals", reason)
    return Box(question, seats, voters, [[ballot for ballot in voters if c in ballot] for c in range(size)])


def fill_by_approvals(box: Box) -> None:
    """Fill the seats left by most approvals."""
    numbers = {c: box.number(c) for c in range(len(box.support)) if c not in box.elected}
    for most in sorted(set(numbers.values()), reverse=True):
        if not box.free:
            return
        box.elect_equals([c for c, number in numbers.items() if number == most])


def fill_by_loads(box: Box, loads: dict[tuple[int, ...], Fraction]) -> None:
    """Fill the seats left by Phragmén's sequential rule from given loads; last those nobody approves of."""
    while box.free and (left := box.left()):
        costs = {}
        for c in left:
            carried = sum((loads[ballot] * box.voters[ballot] for ballot in box.support[c]), Fraction(0))
            costs[c] = (1 + carried) / box.number(c)
        least = min(costs.values())
        chosen = box.elect_one([c for c in left if costs[c] == least])
        for ballot in box.support[chosen]:
            loads[ballot] = least
    if box.free:
        box.elect_equals([c for c, ballots in enumerate(box.support) if not ballots])
