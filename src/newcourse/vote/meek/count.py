"""The count itself: divide the votes by keep factors, elect, pass surpluses on, exclude, until the seats are filled."""

from dataclasses import dataclass, field

from newcourse.vote.meek.papers import UNIT, Papers, Paths, paths
from newcourse.vote.meek.stages import MeekCount, Stage
from newcourse.vote.meek.variants import Variant, surplus
from newcourse.vote.ties import Tie, TieRule


@dataclass
class Count:
    """A count under way.

    Parameters
    ----------
    papers
        The ballots.
    seats
        How many are elected.
    variant
        Quota, election and end of an iteration.
    ties
        How ties for the lowest are settled: the candidate whom the rule puts last is excluded.
    """

    papers: Papers
    seats: int
    variant: Variant
    ties: TieRule
    stages: list[Stage] = field(default_factory=list)
    settled: dict[int, Tie] = field(default_factory=dict)

    def __post_init__(self) -> None:
        size = len(self.papers.candidates)
        self._keep, self._hopeful = [UNIT] * size, [True] * size
        self._elected: list[int] = []
        self._paths: Paths | None = None
        self._votes: list[int] = [0] * size
        self._quota = 0

    def run(self) -> MeekCount:
        """Return the whole count."""
        self._divide()
        self._record("first-preferences", 1, self._elect())
        while not self._full():
            while not self._full() and self._pass_on():
                pass
            if not self._full():
                excluded = self._exclude()
                self._divide()
                self._record("exclusion", 1, self._elect(), excluded)
        names = self.papers.candidates
        return MeekCount(tuple(names[c] for c in self._elected), self._quota, tuple(self.stages))

    def _full(self) -> bool:
        """Whether the count is over; where no more are left than seats, they are elected."""
        left = [c for c, hopeful in enumerate(self._hopeful) if hopeful]
        if not left or len(self._elected) == self.seats:
            return True
        if len(self._elected) + len(left) > self.seats:
            return False
        self._record("seats-left", 0, self._seat(left))
        return True

    def _divide(self) -> None:
        if self._paths is None:
            self._paths = paths(self.papers, self._keep, self._hopeful)
        self._votes = self._paths.votes(self._keep)
        self._quota = self.variant.quota(sum(self._votes), self.seats)

    def _pass_on(self) -> bool:
        """Pass surpluses on until the iteration ends or somebody is elected; return whether somebody was."""
        rounds, before, new = 0, None, list[int]()
        while not new:
            kept = [self._votes[c] for c in self._elected]
            if self.variant.ended(self._quota, kept, before):
                break
            before = surplus(self._quota, kept)
            for c in self._elected:
                self._keep[c] = self.variant.keep(self._keep[c], self._quota, self._votes[c])
            self._divide()
            rounds += 1
            new = [] if self.variant.only_at_the_end else self._elect()
        new = new or self._elect()
        if rounds:
            self._record("surpluses", rounds, new)
        return bool(new)

    def _elect(self) -> list[int]:
        """Elect who reaches the quota, most votes first; of too many at exactly the quota, the tie rule chooses."""
        reached = [c for c, hopeful in enumerate(self._hopeful) if hopeful and self._votes[c] >= self._quota]
        free = self.seats - len(self._elected)
        if len(reached) > free:
            names = self.papers.candidates
            tie = self.ties.settle("who of those at exactly the quota gets a seat", [names[c] for c in reached])
            self.settled[len(self.stages) + 1] = tie
            reached = [names.index(name) for name in tie.settled[:free]]
        return self._seat(reached)

    def _seat(self, chosen: list[int]) -> list[int]:
        chosen = sorted(chosen, key=lambda c: (-self._votes[c], c))
        for c in chosen:
            self._hopeful[c] = False
        self._elected += chosen
        self._paths = None if chosen else self._paths
        return chosen

    def _exclude(self) -> int:
        names = self.papers.candidates
        left = [c for c, hopeful in enumerate(self._hopeful) if hopeful]
        lowest = min(self._votes[c] for c in left)
        rest = surplus(self._quota, [self._votes[c] for c in self._elected]) if self.variant.near_ties else 0
        tied = [c for c in left if self._votes[c] <= lowest + rest]
        chosen = tied[0]
        if len(tied) > 1:
            tie = self.ties.settle("who is excluded: the last in this order", [names[c] for c in tied])
            self.settled[len(self.stages) + 1] = tie
            chosen = names.index(tie.settled[-1])
        self._hopeful[chosen], self._keep[chosen], self._paths = False, 0, None
        return chosen

    def _record(self, kind: str, rounds: int, elected: list[int], excluded: int | None = None) -> None:
        names = self.papers.candidates
        self.stages.append(
            Stage(
                len(self.stages) + 1,
                kind,
                rounds,
                dict(zip(names, self._votes, strict=True)),
                {names[c]: self._keep[c] for c in self._elected},
                self._quota,
                self.papers.total * UNIT - sum(self._votes),
                tuple(names[c] for c in elected),
                None if excluded is None else names[excluded],
            )
        )
