"""Single transferable vote by Scottish law, and instant runoff, which is the same with one seat.

Source: Scottish Local Government Elections Order 2011 (SSI 2011/399), schedule 1, rules 46-53, amended by SSI 2021/437.
Values are whole numbers of 1/100 000 of a vote.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, Final

from newcourse.verifier.rules.ballots import strict_orders
from newcourse.verifier.rules.question import Answer, CannotCount, Question, listed, undecided
from newcourse.verifier.rules.quotas import Quotas

VOTE: Final = 100_000


def scottish_stv(question: Question) -> Answer:
    """Return who is elected, with every stage of the count."""
    seats, groups = question.whole("seats", 1, 1), question.options.get("groups")
    return _answer(question, scottish_count(question, seats, groups, batch=question.yes("batch")))


def instant_runoff(question: Question) -> Answer:
    """Return the winner of one seat, with every stage of the count."""
    return _answer(question, scottish_count(question, 1, None))


def scottish_count(question: Question, seats: int, groups: Any, *, batch: bool = False) -> "ScottishCount | None":
    """Return the whole count, or nothing where no ballot has a first preference."""
    if seats > len(question.candidates):
        raise CannotCount("more seats than candidates")
    papers = Counter(tuple(order) for order in strict_orders(question) if order)
    if not papers:
        return None
    count = ScottishCount(
        question, papers, seats, Quotas(question.candidates, seats, groups) if groups else None, batch
    )
    count.run()
    return count


def _answer(question: Question, count: "ScottishCount | None") -> Answer:
    if count is None:
        return undecided("no-ballots", "No ballot with a first preference was cast, so nobody is elected.")
    elected = [question.candidates[c] for c in count.elected]
    are = "is" if count.seats == 1 else "are"
    sentence = f"{listed(elected)} {are} elected; the quota was {count.quota} of {count.valid} votes."
    return Answer({"elected": elected, "quota": count.quota, "stages": count.stages}, sentence)


def five(units: int) -> str:
    """Return units as votes with five decimals."""
    return f"{'-' if units < 0 else ''}{abs(units) // VOTE}.{abs(units) % VOTE:05d}"


class Paper:
    """Equal ballot papers: their preferences, how many there are, at which preference they stand, what one is worth."""

    __slots__ = ("at", "number", "order", "value")

    def __init__(self, order: tuple[int, ...], number: int) -> None:
        self.order, self.number, self.at, self.value = order, number, 0, VOTE

    def go(self, receiving: set[int]) -> int | None:
        """Move to the next preference among those who receive, and return it; nobody where there is none."""
        self.at += 1
        while self.at < len(self.order):
            if self.order[self.at] in receiving:
                return self.order[self.at]
            self.at += 1
        return None


class ScottishCount:
    """One count, stage by stage.

    Attributes
    ----------
    elected
        By position, in order of election.
    quota
        Votes that elect.
    valid
        Ballots with a first preference.
    stages
        As a returning officer publishes them, as plain data.
    held
        By member the papers that elected them: preferences, how many there are, what one was worth.
    """

    def __init__(
        self, question: Question, papers: Counter[tuple[int, ...]], seats: int, quotas: Quotas | None, batch: bool
    ) -> None:
        self._names, self._ties, self.seats, self._quotas, self._batch = (
            question.candidates, question.ties, seats, quotas, batch,
        )  # fmt: skip
        size = len(self._names)
        self._piles: list[list[Paper]] = [[] for _ in range(size)]
        for order, number in papers.items():
            self._piles[order[0]].append(Paper(order, number))
        self.valid = papers.total()
        self.quota = self.valid // (seats + 1) + 1
        self._votes = [VOTE * sum(paper.number for paper in pile) for pile in self._piles]
        self._continuing = list(range(size))
        self._surpluses: list[int] = []
        self._past: list[list[int]] = []
        self._values = {VOTE: 0}  # in the order in which they arose
        self._lost = 0
        self.elected: list[int] = []
        self.stages: list[dict[str, Any]] = []
        self.held: dict[int, list[tuple[tuple[int, ...], int, int]]] = {}

    def run(self) -> None:
        """Count until all seats are filled."""
        self._publish("first-preferences", {})
        while len(self.elected) < self.seats:
            doomed = self._stopped()
            beaten = [] if doomed or self._surpluses else self._hopeless()
            if doomed:
                self._exclude(doomed, "doomed")
            elif self._surpluses:
                self._transfer()
            elif beaten:
                self._exclude(beaten, "batch")
            else:
                self._exclude_lowest()

    def _transfer(self) -> None:
        """Rules 49 and 50: the largest surplus, each paper at its value times surplus over votes, cut off."""
        most = max(self._votes[c] for c in self._surpluses)
        giver = self._ordered([c for c in self._surpluses if self._votes[c] == most])[0]
        self._surpluses.remove(giver)
        held, surplus = self._votes[giver], self._votes[giver] - self.quota * VOTE
        moved = self._move([giver], lambda value: value * surplus // held)
        self._votes[giver] = self.quota * VOTE
        self._publish("surplus", moved, surplus, surplus_of=giver)

    def _exclude(self, out: Sequence[int], what: str, kept: Sequence[int] = ()) -> None:
        """Rule 51: the papers go on at the value they have."""
        self._continuing = [c for c in self._continuing if c not in out]
        given = sum(self._votes[c] for c in out)
        moved = self._move(out, lambda value: value)
        for c in out:
            self._votes[c] = 0
        self._publish(what, moved, given, excluded=out, kept=kept)

    def _exclude_lowest(self) -> None:
        kept = self._quotas.keep(self.elected, self._continuing) if self._quotas else set()
        free = [c for c in self._continuing if c not in kept]
        if not free:
            raise CannotCount("the quotas of groups leave nobody to exclude")
        least = min(self._votes[c] for c in free)
        loser = self._ordered([c for c in free if self._votes[c] == least])[-1]
        passed = [c for c in self._continuing if c in kept and self._votes[c] <= least]
        self._exclude([loser], "exclusion", passed)

    def _hopeless(self) -> list[int]:
        """Return the most candidates, two at least, who together have fewer votes than anybody else, where wanted."""
        if not self._batch or self._quotas:
            return []
        rising = sorted(self._continuing, key=lambda c: self._votes[c])
        sums = list(accumulate(self._votes[c] for c in rising))
        most = min(len(rising) - (self.seats - len(self.elected)), len(rising) - 1)
        for size in range(most, 1, -1):
            if sums[size - 1] < self._votes[rising[size]]:
                return sorted(rising[:size])
        return []

    def _stopped(self) -> list[int]:
        stopped = self._quotas.stop(self.elected, self._continuing) if self._quotas else set()
        doomed = [c for c in self._continuing if c in stopped]
        if len(self._continuing) - len(doomed) < self.seats - len(self.elected):
            raise CannotCount("the quotas of groups leave too few candidates")
        return doomed

    def _move(self, givers: Sequence[int], new: Callable[[int], int]) -> dict[int, tuple[int, Counter[int | None]]]:
        """Move papers on; return by value before: the value after, and how many papers went to whom."""
        receiving, held = set(self._continuing), [paper for c in givers for paper in self._piles[c]]
        after = {}
        for value in sorted({paper.value for paper in held}, key=self._values.__getitem__):
            after[value] = (new(value), Counter[int | None]())
            self._values.setdefault(after[value][0], len(self._values))
        for c in givers:
            self._piles[c] = []
        for paper in held:
            value, counter = after[paper.value]
            paper.value, to = value, paper.go(receiving)
            counter[to] += paper.number
            if to is not None:
                self._piles[to].append(paper)
        return after

    def _elect(self) -> tuple[list[int], list[int]]:
        """Rules 48 and 53: who has the quota; or all who are left, where they are as many as the seats."""
        reached = [c for c in self._continuing if self._votes[c] >= self.quota * VOTE]
        new = [c for c in self._by_votes(reached) if self._wins(c)]
        filled: list[int] = []
        if self._continuing and len(self._continuing) == self.seats - len(self.elected):
            filled = [c for c in self._by_votes(self._continuing) if self._wins(c)]
            if self._continuing:
                raise CannotCount("the quotas of groups leave a seat empty")
        return new, filled

    def _wins(self, c: int) -> bool:
        if self._quotas and c in self._quotas.stop(self.elected, self._continuing):
            return False
        self.elected.append(c)
        self.held[c] = [(paper.order, paper.number, paper.value) for paper in self._piles[c]]
        self._continuing = [other for other in self._continuing if other != c]
        if self._votes[c] > self.quota * VOTE:
            self._surpluses.append(c)
        return True

    def _by_votes(self, some: Sequence[int]) -> list[int]:
        order: list[int] = []
        for votes in sorted({self._votes[c] for c in some}, reverse=True):
            equal = [c for c in some if self._votes[c] == votes]
            order += self._ordered(equal) if self._quotas else equal
        return order

    def _ordered(self, equal: list[int]) -> list[int]:
        """Rules 49(3) and 52: by the votes at the latest stage at which they differed, else by the tie rule."""
        if len(equal) == 1:
            return equal
        place = {name: k for k, name in enumerate(self._ties.settle([self._names[c] for c in equal]))}
        return sorted(equal, key=lambda c: ([-votes[c] for votes in reversed(self._past)], place[self._names[c]]))

    def _publish(
        self,
        what: str,
        moved: dict[int, tuple[int, Counter[int | None]]],
        given: int = 0,
        *,
        surplus_of: int | None = None,
        excluded: Sequence[int] = (),
        kept: Sequence[int] = (),
    ) -> None:
        received = [sum(after * to[c] for after, to in moved.values()) for c in range(len(self._names))]
        for c, more in enumerate(received):
            self._votes[c] += more
        self._lost += given - sum(received)
        cut = given - sum(after * to.total() for after, to in moved.values())
        new, filled = self._elect()
        self.stages.append(
            {
                "stage": len(self.stages) + 1,
                "what": what,
                "votes": {name: five(votes) for name, votes in zip(self._names, self._votes, strict=True)},
                "non_transferable": five(self._lost),
                "transfers": {self._names[c]: five(more) for c, more in enumerate(received) if more},
                "elected": [self._names[c] for c in [*new, *filled]],
                "excluded": [self._names[c] for c in excluded],
                "surplus": None if surplus_of is None else self._names[surplus_of],
                "lost": five(cut),
                "parcels": [
                    {"papers": to.total(), "before": five(before), "after": five(after)}
                    for before, (after, to) in moved.items()
                ],
                "filled": [self._names[c] for c in filled],
                "kept": [self._names[c] for c in kept],
            }
        )
        self._past.append(list(self._votes))
