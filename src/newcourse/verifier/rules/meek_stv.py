"""Meek's method. Sources: Hill, Wichmann and Woodall, Computer Journal 30 (1987) 277-281; prfound.org, reference rule.

All numbers are whole numbers of 10^-9; what is kept of one ballot is rounded up.
"""

from collections import Counter
from fractions import Fraction
from typing import Any, Final

from newcourse.verifier.rules.ballots import strict_orders
from newcourse.verifier.rules.question import Answer, CannotCount, Question, exact, listed, undecided

ONE: Final = 10**9
OMEGA: Final = 1000


def meek_stv(question: Question) -> Answer:
    """Return who is elected, with every stage of the count."""
    count = meek_count(question)
    if count is None:
        reason = f"None of {len(question.ballots)} ballots has a first preference, so nobody is elected."
        return undecided("no-ballots", reason)
    elected = [question.candidates[c] for c in count.elected]
    are = "is" if len(elected) == 1 else "are"
    sentence = f"{listed(elected)} {are} elected; the last quota was {_two(count.quota)} of {count.valid} votes."
    return Answer({"elected": elected, "quota": nine(count.quota), "stages": count.stages}, sentence)


def meek_count(question: Question) -> "MeekCount | None":
    """Return the whole count, or nothing where no ballot has a first preference."""
    seats = question.whole("seats", 1, 1)
    if seats > len(question.candidates):
        raise CannotCount("more seats than candidates")
    papers = Counter(tuple(order) for order in strict_orders(question) if order)
    if not papers:
        return None
    count = MeekCount(question, papers, seats)
    count.run()
    return count


def _up(number: int, divisor: int) -> int:
    return (number + divisor - 1) // divisor


def nine(units: int) -> str:
    """Return units as votes with nine decimals."""
    return f"{'-' if units < 0 else ''}{abs(units) // ONE}.{abs(units) % ONE:09d}"


def _two(units: int) -> str:
    cents = (200 * units + ONE) // (2 * ONE)
    return f"{cents // 100}.{cents % 100:02d}" if cents % 100 else str(cents // 100)


class MeekCount:
    """One count, stage by stage.

    Attributes
    ----------
    elected
        By position, in order of election.
    quota
        Last quota in units of 10^-9.
    valid
        Ballots with a first preference.
    stages
        As plain data.
    """

    def __init__(self, question: Question, papers: Counter[tuple[int, ...]], seats: int) -> None:
        self._names, self._ties, self._papers, self._seats = question.candidates, question.ties, papers, seats
        self._reference = question.word("variant", "prf", "reference") == "reference"
        tolerance = question.options.get("tolerance")
        self._tolerance = exact("1/100000" if tolerance is None else tolerance, "tolerance")
        self._keep = [ONE] * len(self._names)
        self._hopeful = list(range(len(self._names)))
        self._votes = [0] * len(self._names)
        self.quota, self.valid = 0, papers.total()
        self.elected: list[int] = []
        self.stages: list[dict[str, Any]] = []

    def run(self) -> None:
        """Count until all seats are filled."""
        self._divide()
        self._publish("first-preferences", 1, self._elect())
        while not self._over():
            if self._pass_on():
                continue
            if not self._over():
                out = self._exclude()
                self._divide()
                self._publish("exclusion", 1, self._elect(), out)

    def kept(self, member: int) -> list[tuple[tuple[int, ...], int, int]]:
        """Return the papers of which a member keeps something at the end: preferences, how many, how much of one."""
        papers = []
        for order, number in self._papers.items():
            weight = ONE
            for c in order:
                part = _up(weight * self._keep[c], ONE)
                if c == member and part:
                    papers.append((order, number, part))
                weight -= part
        return papers

    def _over(self) -> bool:
        """Return whether the seats are filled; who is left is elected where they are no more than the seats."""
        if not self._hopeful or len(self.elected) == self._seats:
            return True
        if len(self.elected) + len(self._hopeful) > self._seats:
            return False
        self._publish("seats-left", 0, self._seat(list(self._hopeful)))
        return True

    def _divide(self) -> None:
        votes = [0] * len(self._names)
        for order, number in self._papers.items():
            weight = ONE
            for c in order:
                kept = _up(weight * self._keep[c], ONE)
                votes[c] += kept * number
                weight -= kept
                if not weight:
                    break
        self._votes, total = votes, sum(votes)
        self.quota = max(_up(total, self._seats + 1), 1) if self._reference else total // (self._seats + 1) + 1

    def _surplus(self) -> int:
        return max(sum(self._votes[c] for c in self.elected) - self.quota * len(self.elected), 0)

    def _ended(self, before: int | None) -> bool:
        now = self._surplus()
        if before is not None and now >= before:
            return True
        if not self._reference:
            return now < OMEGA
        allowed = self._tolerance * self.quota
        return all(abs(Fraction(self._votes[c] - self.quota)) <= allowed for c in self.elected)

    def _pass_on(self) -> bool:
        """Lower the keep factors until the iteration ends or somebody is elected; return whether somebody was."""
        rounds, before, new = 0, None, list[int]()
        while not new and not self._ended(before):
            before = self._surplus()
            for c in self.elected:
                self._keep[c] = self._lower(self._keep[c], self._votes[c])
            self._divide()
            rounds += 1
            if not self._reference:
                new = self._elect()
        new = new or self._elect()
        if rounds:
            self._publish("surpluses", rounds, new)
        return bool(new)

    def _lower(self, factor: int, votes: int) -> int:
        if self._reference:
            return min(_up(factor * self.quota, votes), ONE)
        return min(_up(_up(factor * self.quota, ONE) * ONE, votes), ONE)

    def _elect(self) -> list[int]:
        reached = [c for c in self._hopeful if self._votes[c] >= self.quota]
        free = self._seats - len(self.elected)
        if len(reached) > free:
            names = self._ties.settle([self._names[c] for c in reached])[:free]
            reached = [self._names.index(name) for name in names]
        return self._seat(reached)

    def _seat(self, chosen: list[int]) -> list[int]:
        chosen = sorted(chosen, key=lambda c: (-self._votes[c], c))
        self._hopeful = [c for c in self._hopeful if c not in chosen]
        self.elected += chosen
        return chosen

    def _exclude(self) -> int:
        near = 0 if self._reference else self._surplus()
        least = min(self._votes[c] for c in self._hopeful)
        tied = [c for c in self._hopeful if self._votes[c] <= least + near]
        out = tied[0]
        if len(tied) > 1:
            out = self._names.index(self._ties.settle([self._names[c] for c in tied])[-1])
        self._hopeful.remove(out)
        self._keep[out] = 0
        return out

    def _publish(self, what: str, rounds: int, new: list[int], out: int | None = None) -> None:
        self.stages.append(
            {
                "stage": len(self.stages) + 1,
                "what": what,
                "rounds": rounds,
                "votes": {name: nine(votes) for name, votes in zip(self._names, self._votes, strict=True)},
                "keep_factors": {self._names[c]: nine(self._keep[c]) for c in self.elected},
                "quota": nine(self.quota),
                "non_transferable": nine(self._papers.total() * ONE - sum(self._votes)),
                "elected": [self._names[c] for c in new],
                "excluded": [] if out is None else [self._names[out]],
            }
        )
