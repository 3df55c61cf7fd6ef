"""Who comes first where claims are equal and seats run out, and what every count of lists is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from newcourse.vote.outcome import Step
from newcourse.vote.ties import Tie, TieRule

Votes = Mapping[str, Fraction]
"""Votes by list, in candidate order."""


@dataclass(frozen=True, slots=True)
class Settling:
    """How equal claims to the last seats are settled.

    Parameters
    ----------
    ties
        The tie rule.
    votes_first
        Whether the law first prefers the list with more votes.
    """

    ties: TieRule = field(default_factory=TieRule)
    votes_first: bool = False

    def choose(self, question: str, among: Sequence[str], places: int, votes: Votes) -> tuple[tuple[str, ...], Tie]:
        """Return the lists that get the places, and the record.

        Parameters
        ----------
        question
            What has to be settled.
        among
            The lists with equal claims, in candidate order, more than there are places.
        places
            How many of them are served.
        votes
            Votes by list.
        """
        if not self.votes_first:
            tie = self.ties.settle(question, among)
            return tie.settled[:places], tie
        order: list[str] = []
        by = "more votes first"
        ranked = sorted(among, key=lambda name: -votes[name])
        for _, group in groupby(ranked, key=lambda name: votes[name]):
            names = list(group)
            settled = self.ties.settle(question, names)
            if len(order) < places < len(order) + len(names):
                by = f"more votes first, then {settled.by}"
            order += settled.settled
        return tuple(order[:places]), Tie(question, tuple(among), tuple(order), by)


@dataclass(frozen=True, slots=True)
class Allotment:
    """Seats by list with the steps and ties of the count."""

    seats: Mapping[str, int]
    steps: tuple[Step, ...]
    ties: tuple[Tie, ...] = ()
