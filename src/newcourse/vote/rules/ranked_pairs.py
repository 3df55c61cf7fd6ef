"""Ranked pairs: majorities are locked in, the strongest first, leaving out those that would close a ring (design §8.1).

Sources: T. N. Tideman, "Independence of clones as a criterion for voting rules", Social Choice and Welfare 4 (1987)
185-206; equal majorities by a ranking fixed beforehand after T. M. Zavist and T. N. Tideman, "Complete independence of
clones in the ranked pairs rule", Social Choice and Welfare 6 (1989) 167-173.

What is locked in closes no ring, so it orders the candidates. Kept: Condorcet winner, Smith set, monotonicity, and
independence of clones wherever no tie has to be settled. Zavist and Tideman keep it in ties too by ranking the
candidates as a ballot drawn by lot does, where clones are neighbours; our tie rule ranks them by itself, so in ties
a clone is harmless where it is a neighbour in that ranking, which a lot does not see to. Not kept by any Condorcet
rule: participation, later-no-harm.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from newcourse.vote.ballot import RankedBallot
from newcourse.vote.definition import Option, Rule, one_of
from newcourse.vote.outcome import Ranking, Step, Tally, Undecided
from newcourse.vote.pairwise import Matrix, pairwise
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rules.schulze import MARGINS, WINNING_VOTES, link_strengths, pairwise_step
from newcourse.vote.ties import Tie, TieRule
from newcourse.vote.widest import Strength

Pair = tuple[int, int]


def ranked_pairs(
    votes: Profile[RankedBallot] | RankedVotes, strength: str = WINNING_VOTES, ties: TieRule | None = None
) -> Tally:
    """Return the ranking of all candidates by ranked pairs.

    Parameters
    ----------
    votes
        Ranked ballots, as ballots or as arrays.
    strength
        How a majority is measured: ``winning-votes`` (first the votes for it, then the fewer against it) or
        ``margins`` (votes for it less votes against it, as Tideman did).
    ties
        Tie rule; candidate order where none is given. Of majorities of the same strength those of the candidate whom
        it puts first are taken first; between majorities of one candidate the order makes no difference.

    Returns
    -------
    Tally
        A :class:`~newcourse.vote.outcome.Ranking`. At each place stands one of the candidates over whom nobody still
        to be placed is locked in; where there are several, the tie rule decides. Ties are recorded where they make a
        difference. Undecided where no ballot was cast.

    Examples
    --------
    >>> votes = [RankedBallot.of("a", "b", "c")] * 4 + [RankedBallot.of("b", "c", "a")] * 3
    >>> votes += [RankedBallot.of("c", "a", "b")] * 2
    >>> tally = ranked_pairs(Profile.of("ranked", ["a", "b", "c"], votes))
    >>> tally.sentence
    'a wins by the majorities locked in; the ranking is a, b, c.'
    >>> tally.steps[3].sentence
    'c over a, won by 5 votes to 4, is left out: it would close a ring with a > b > c, locked in before.'
    """
    votes = RankedVotes.of(votes)
    if not votes.total:
        reason = "No ballot was cast, so no candidate can be ranked."
        return Tally(Undecided("no-ballots", reason), reason, ())
    names, matrix = votes.candidates, pairwise(votes)
    count = _Count(names, matrix, strength, ties or TieRule())
    count.lock_in()
    order = count.place()
    steps = (pairwise_step(names, matrix, votes.total), *count.steps)
    return Tally(Ranking(order), _sentence(names, matrix, order, count.ties), steps, tuple(count.ties))


class Locked:
    """Which candidates are locked in over which others, directly and through others; no rings.

    Candidates are numbers from 0; sets of them are whole numbers with one bit for each.

    Examples
    --------
    >>> locked = Locked(4)
    >>> for pair in ((2, 1), (1, 0), (0, 2)):
    ...     print(pair, locked.lock(*pair))
    (2, 1) True
    (1, 0) True
    (0, 2) False
    >>> locked.path(2, 0), locked.over(0)
    ((2, 1, 0), [1])
    """

    def __init__(self, size: int) -> None:
        self._direct = [0] * size
        self._below = [1 << i for i in range(size)]

    def lock(self, one: int, other: int) -> bool:
        """Lock one in over the other, unless that would close a ring; return whether it was done."""
        if self.reaches(other, one):
            return False
        self._direct[one] |= 1 << other
        new = self._below[other]
        self._below = [below | new if below >> one & 1 else below for below in self._below]
        return True

    def reaches(self, one: int, other: int) -> bool:
        """Return whether one is the other or is locked in over it, directly or through others."""
        return bool(self._below[one] >> other & 1)

    def over(self, other: int) -> list[int]:
        """Return who is locked in directly over a candidate."""
        return [i for i, direct in enumerate(self._direct) if direct >> other & 1]

    def path(self, one: int, other: int) -> tuple[int, ...]:
        """Return a shortest way from one down to the other along what is locked in; there must be one."""
        ways: list[tuple[int, ...]] = [(one,)]
        open_to = sum(1 << k for k, below in enumerate(self._below) if below >> other & 1)
        for way in ways:
            if way[-1] == other:
                return way
            after = self._direct[way[-1]] & open_to
            open_to &= ~after
            while after:
                ways.append((*way, (after & -after).bit_length() - 1))
                after &= after - 1
        raise ValueError(f"{one} is not locked in over {other}")


class _Count:
    """One count: what is locked in, and the trace of how."""

    def __init__(self, names: tuple[str, ...], matrix: Matrix, strength: str, rule: TieRule) -> None:
        self.names, self.matrix, self.strength, self.rule = names, matrix, strength, rule
        self.locked = Locked(len(names))
        self.steps: list[Step] = []
        self.ties: list[Tie] = []

    def lock_in(self) -> None:
        """Take the majorities from the strongest to the weakest, each group of equal ones by the tie rule."""
        links = link_strengths(self.matrix, self.strength)
        size = range(len(links))
        place = {name: k for k, name in enumerate(self.rule.order(self.names))}
        turn = [place[name] for name in self.names]

        def strength(pair: Pair) -> Strength:
            return links[pair[0]][pair[1]]

        won = [(i, j) for i in size for j in size if strength((i, j)) > (0, 0)]
        won.sort(key=lambda pair: (turn[pair[0]], turn[pair[1]]))
        won.sort(key=strength, reverse=True)
        for _, equal in groupby(won, key=strength):
            self._lock_equal(list(equal))

    def _lock_equal(self, pairs: list[Pair]) -> None:
        free = [(i, j) for i, j in pairs if not self.locked.reaches(j, i)]
        steps = [self._lock(i, j) for i, j in pairs]
        if not any(self.locked.reaches(j, i) for i, j in free):
            self.steps += steps  # in any order the same would have been locked in
            return
        among = tuple(name for k, name in enumerate(self.names) if any(i == k for i, _ in free))
        which = ", ".join(f"{self.names[i]} over {self.names[j]}" for i, j in sorted(free))
        tie = self.rule.settle(f"order of equal majorities: {which}", among)
        sentence = (
            f"Not all of these equal majorities can be locked in: {which}; by {tie.by} those of {tie.first} come first."
        )
        facts = {"among": among, "settled": tie.settled, "pairs": tuple(self._called(pair) for pair in sorted(free))}
        self.ties.append(tie)
        self.steps += [Step("equal-majorities", sentence, facts), *steps]

    def _lock(self, i: int, j: int) -> Step:
        one, other = self._called((i, j))
        votes, against = self.matrix[i][j], self.matrix[j][i]
        won = f"{one} over {other}, won by {votes} votes to {against},"
        facts: dict[str, object] = {"pair": (one, other), "votes": votes, "against": against}
        if self.locked.lock(i, j):
            return Step("lock", f"{won} is locked in.", facts | {"locked": True})
        ring = tuple(self.names[node] for node in self.locked.path(j, i))
        sentence = f"{won} is left out: it would close a ring with {' > '.join(ring)}, locked in before."
        return Step("skip", sentence, facts | {"locked": False, "path": ring})

    def place(self) -> tuple[str, ...]:
        """Return the ranking: each place to one over whom nobody left is locked in."""
        left = list(range(len(self.names)))
        order: list[str] = []
        while left:
            best = [i for i in left if not any(j in left for j in self.locked.over(i))]
            place, among = len(order) + 1, tuple(self.names[i] for i in best)
            chosen, why = among[0], "nobody still to be placed is locked in over it"
            if len(among) > 1:
                tie = self.rule.settle(f"place {place}", among)
                self.ties.append(tie)
                chosen = tie.first
                why = f"nobody is locked in over any of {', '.join(among)}, and by {tie.by} it comes first"
            facts = {"place": place, "unbeaten": among, "placed": chosen}
            self.steps.append(Step("place", f"Place {place}: {chosen}; {why}.", facts))
            order.append(chosen)
            left.remove(self.names.index(chosen))
        return tuple(order)

    def _called(self, pair: Pair) -> tuple[str, str]:
        return self.names[pair[0]], self.names[pair[1]]


def _sentence(names: tuple[str, ...], matrix: Matrix, order: tuple[str, ...], ties: Sequence[Tie]) -> str:
    if len(order) == 1:
        return f"{order[0]} is the only candidate."
    winner = names.index(order[0])
    if all(matrix[winner][j] > matrix[j][winner] for j in range(len(names)) if j != winner):
        how = "wins over every other candidate one to one"
    elif any(tie.question == "place 1" or tie.question.startswith("order") for tie in ties):
        how = "wins after a tie"
    else:
        how = "wins by the majorities locked in"
    return f"{order[0]} {how}; the ranking is {', '.join(order)}."


RULE: Final = Rule(
    name="ranked-pairs",
    kind="ranking",
    form=RankedBallot.form,
    reference="T. N. Tideman, Social Choice and Welfare 4 (1987) 185-206; T. M. Zavist and T. N. Tideman, 6 (1989) 167",
    options=(
        Option("strength", "How a majority is measured.", WINNING_VOTES, one_of(WINNING_VOTES, MARGINS)),
        Option("ties", "How ties are settled.", TieRule().to_data(), TieRule.from_data),
    ),
    tally=ranked_pairs,
)
