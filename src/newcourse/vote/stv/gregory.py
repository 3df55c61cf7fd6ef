"""Counting by the weighted inclusive Gregory method, values truncated to five decimals, as Scottish law has it.

Source: the Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45-52; the same rules stand
in the Order of 2011 (SSI 2011/399), schedule 1. Rule numbers in this file are those of 2007. Where law and practice
could be read apart, the official stage reports decide: papers of the last excluded are still transferred and that stage
published before the last vacancies are filled.
"""

from dataclasses import dataclass, field

from newcourse.errors import BadInput, Fault
from newcourse.vote.outcome import Step
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.stv import words
from newcourse.vote.stv.guard import Guard
from newcourse.vote.stv.papers import Moved, Papers
from newcourse.vote.stv.stages import ONE, Elected, Parcel, Stage, amounts, decimal
from newcourse.vote.ties import Tie, TieRule


def droop(valid: int, seats: int) -> int:
    """Return the least whole number of votes that at most ``seats`` candidates can have (rule 46)."""
    return valid // (seats + 1) + 1


@dataclass(slots=True)
class GregoryCount:
    """A count in progress: call :meth:`run` once.

    Parameters
    ----------
    votes
        Ballots in strict order, at least one of them not blank.
    seats
        At most as many as candidates.
    ties
        Tie rule, for those who were equal at every stage.
    guard
        Quotas of groups, if any.
    """

    votes: RankedVotes
    seats: int
    ties: TieRule
    guard: Guard | None = None
    stages: list[Stage] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    settled: list[Tie] = field(default_factory=list)
    _papers: Papers = field(init=False)
    _quota: int = field(init=False)
    _total: list[int] = field(init=False)
    _history: list[tuple[int, ...]] = field(default_factory=list)
    _spent: int = 0
    _elected: list[int] = field(default_factory=list)
    _continuing: list[int] = field(init=False)
    _pending: list[int] = field(default_factory=list)

    def run(self) -> Elected:
        """Return who is elected; stages, steps and ties are then complete."""
        self._papers = Papers(self.votes)
        *held, _ = self._papers.first()
        self._quota = droop(sum(held), self.seats)
        self._total = [ONE * papers for papers in held]
        self._continuing = list(range(len(held)))
        self._close("first-preferences", (), (), None)
        while len(self._elected) < self.seats:
            if doomed := self._doomed():
                self._exclude(doomed, "doomed")
            elif self._pending:
                self._transfer_surplus()
            else:
                self._exclude([self._lowest()], "exclusion")
        return Elected(self._names(self._elected), self._quota, tuple(self.stages))

    def _names(self, candidates: list[int]) -> tuple[str, ...]:
        return tuple(self.votes.candidates[c] for c in candidates)

    def _transfer_surplus(self) -> None:
        """Transfer the largest surplus, every paper at its value times surplus by votes, truncated (rules 48, 49)."""
        most = max(self._total[c] for c in self._pending)
        among = [c for c in self._pending if self._total[c] == most]
        giver = self._ordered(among, "whose surplus is transferred first")[0]
        self._pending.remove(giver)
        held, surplus = self._total[giver], self._total[giver] - self._quota * ONE
        moved = self._papers.move([giver], self._continuing, lambda value: value * surplus // held)
        self._total[giver] = held - surplus
        self._close("surplus", moved, (), giver, surplus)

    def _exclude(self, losers: list[int], what: str) -> None:
        """Exclude candidates and transfer their papers at the value they have (rule 50)."""
        self._continuing = [c for c in self._continuing if c not in losers]
        moved = self._papers.move(losers, self._continuing, lambda value: value)
        given = sum(self._total[c] for c in losers)
        for c in losers:
            self._total[c] = 0
        self._close(what, moved, tuple(losers), None, given)

    def _lowest(self) -> int:
        """Return who has the fewest votes, those passed over whom the guard keeps (rules 50, 51)."""
        free = self._continuing
        if self.guard is not None:
            kept = self.guard.keep(frozenset(self._elected), frozenset(self._continuing))
            free = [c for c in self._continuing if c not in kept]
            if not free:
                raise BadInput(_infeasible(len(self.stages)))
        least = min(self._total[c] for c in free)
        passed = [c for c in self._continuing if c not in free and self._total[c] <= least]
        if passed:
            self.steps.append(words.kept(len(self.stages), self._names(passed)))
        among = [c for c in free if self._total[c] == least]
        return self._ordered(among, "who is excluded")[-1]

    def _doomed(self) -> list[int]:
        """Return the continuing candidates whom the guard says can no longer be elected."""
        if self.guard is None:
            return []
        stopped = self.guard.stop(frozenset(self._elected), frozenset(self._continuing))
        doomed = [c for c in self._continuing if c in stopped]
        if len(self._continuing) - len(doomed) < self.seats - len(self._elected):
            raise BadInput(_infeasible(len(self.stages)))
        return doomed

    def _elect(self) -> tuple[list[int], list[int]]:
        """Elect all who have the quota, or all who are left where they are as many as the seats (rules 47, 52)."""
        reached = [c for c in self._continuing if self._total[c] >= self._quota * ONE]
        new = [c for c in self._by_votes(reached) if self._may_win(c)]
        filled: list[int] = []
        if self._continuing and len(self._continuing) == self.seats - len(self._elected):
            filled = self._by_votes(self._continuing)
            for c in filled:
                self._win(c)
        return new, filled

    def _may_win(self, c: int) -> bool:
        if self.guard is not None and c in self.guard.stop(frozenset(self._elected), frozenset(self._continuing)):
            return False
        self._win(c)
        if self._total[c] > self._quota * ONE:
            self._pending.append(c)
        return True

    def _win(self, c: int) -> None:
        self._elected.append(c)
        self._continuing = [other for other in self._continuing if other != c]

    def _by_votes(self, candidates: list[int]) -> list[int]:
        """Return candidates by votes; where a guard is set, who is elected first may bar others, so ties count."""
        order: list[int] = []
        for votes in sorted({self._total[c] for c in candidates}, reverse=True):
            among = [c for c in candidates if self._total[c] == votes]
            order += among if self.guard is None else self._ordered(among, "who is elected first")
        return order

    def _ordered(self, among: list[int], question: str) -> list[int]:
        """Return equal candidates in order: by the latest stage at which they differed, then by the tie rule."""
        if len(among) == 1:
            return among
        past = {c: tuple(-totals[c] for totals in reversed(self._history)) for c in among}
        by_rule = self.ties.settle(question, self._names(among))
        place = {c: by_rule.settled.index(self.votes.candidates[c]) for c in among}
        order = sorted(among, key=lambda c: (past[c], place[c]))
        by = words.how_settled(len(self._history), [past[c] for c in order], by_rule.by)
        tie = Tie(f"stage {len(self.stages) + 1}: {question}", by_rule.among, self._names(order), by)
        self.settled.append(tie)
        self.steps.append(words.tie(tie))
        return order

    def _close(
        self, what: str, moved: tuple[Moved, ...], excluded: tuple[int, ...], giver: int | None, given: int = 0
    ) -> None:
        """Credit what was received, elect, and publish the stage."""
        received = [sum(parcel.after * parcel.papers[c] for parcel in moved) for c in range(len(self._total))]
        for c in self._continuing:
            self._total[c] += received[c]
        self._spent += given - sum(received)
        kept = sum(parcel.after * sum(parcel.papers) for parcel in moved)
        new, filled = self._elect()
        names = self.votes.candidates
        stage = Stage(
            number=len(self.stages) + 1,
            what=what,
            votes=amounts(names, self._total),
            non_transferable=decimal(self._spent),
            transfers=tuple((names[c], decimal(value)) for c, value in enumerate(received) if value),
            elected=self._names([*new, *filled]),
            excluded=self._names(list(excluded)),
            surplus=None if giver is None else names[giver],
            lost=decimal(given - kept),
            parcels=tuple(Parcel(sum(p.papers), decimal(p.before), decimal(p.after)) for p in moved),
            filled=self._names(filled),
        )
        self.stages.append(stage)
        self._history.append(tuple(self._total))
        self.steps.append(words.stage(stage, self._quota, decimal(given)))


def _infeasible(stage: int) -> Fault:
    found, expected = "no committee within the quotas of groups", "at least one"
    return Fault("quotas-infeasible", f"count, stage {stage}", found, expected, "ease the quotas or find candidates")
