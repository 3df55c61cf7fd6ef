"""Counting by the weighted inclusive Gregory method, values truncated to five decimals, as Scottish law has it.

Source: the Scottish Local Government Elections Order 2011 (SSI 2011/399), schedule 1, rules 46-53; the same stand in
the Order of 2007 (SSI 2007/42), schedule 1, rules 45-52. Rule numbers in this file are those of 2011.

Papers of the last one excluded are transferred, and that stage is published, before the last vacancies are filled: so
do the electronic counts, and rule 53(2) as amended in 2021 (SSI 2021/437) says that it may be done. The result is the
same. Surpluses are transferred even where they can change nothing, and nobody is excluded together with others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from newcourse.errors import BadInput, Fault
from newcourse.vote.outcome import Step
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.stv import words
from newcourse.vote.stv.guard import Guard
from newcourse.vote.stv.papers import Moved, Papers
from newcourse.vote.stv.stages import ONE, Elected, Parcel, Stage, amounts, decimal
from newcourse.vote.ties import Tie, TieRule


def droop(valid: int, seats: int) -> int:
    """Return the least whole number of votes that at most ``seats`` candidates can have (rule 47)."""
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
    batch
        Whether candidates are excluded together who all together have fewer votes than anybody else.
    """

    votes: RankedVotes
    seats: int
    ties: TieRule
    guard: Guard | None = None
    batch: bool = False
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
        self._close(_Transfer("first-preferences"))
        while len(self._elected) < self.seats:
            if doomed := self._doomed():
                self._exclude(doomed, "doomed")
            elif self._pending:
                self._transfer_surplus()
            elif beaten := self._beaten():
                self._exclude(beaten, "batch")
            else:
                self._exclude_lowest()
        return Elected(self._names(self._elected), self._quota, tuple(self.stages))

    def _names(self, candidates: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.votes.candidates[c] for c in candidates)

    def _transfer_surplus(self) -> None:
        """Transfer the largest surplus, every paper at its value times surplus by votes, truncated (rules 49, 50)."""
        most = max(self._total[c] for c in self._pending)
        among = [c for c in self._pending if self._total[c] == most]
        giver = self._ordered(among, "whose surplus is transferred first", 0)[0]
        self._pending.remove(giver)
        held, surplus = self._total[giver], self._total[giver] - self._quota * ONE
        moved = self._papers.move([giver], self._continuing, lambda value: value * surplus // held)
        self._total[giver] = held - surplus
        self._close(_Transfer("surplus", surplus, moved, giver=giver))

    def _exclude(self, losers: list[int], what: str, kept: Sequence[int] = ()) -> None:
        """Exclude candidates and transfer their papers at the value they have (rule 51)."""
        self._continuing = [c for c in self._continuing if c not in losers]
        moved = self._papers.move(losers, self._continuing, lambda value: value)
        given = sum(self._total[c] for c in losers)
        for c in losers:
            self._total[c] = 0
        self._close(_Transfer(what, given, moved, excluded=tuple(losers), kept=tuple(kept)))

    def _exclude_lowest(self) -> None:
        """Exclude who has the fewest votes, those passed over whom the guard keeps (rules 51, 52)."""
        kept: frozenset[int] = frozenset()
        if self.guard is not None:
            kept = self.guard.keep(frozenset(self._elected), frozenset(self._continuing))
        free = [c for c in self._continuing if c not in kept]
        if not free:
            raise BadInput(_infeasible(len(self.stages)))
        least = min(self._total[c] for c in free)
        passed = [c for c in self._continuing if c in kept and self._total[c] <= least]
        among = [c for c in free if self._total[c] == least]
        loser = self._ordered(among, "who is excluded", len(among) - 1)[-1]
        self._exclude([loser], "exclusion", passed)

    def _beaten(self) -> list[int]:
        """Return, where batches are wanted, the most candidates who all together have fewer votes than anybody else.

        None of them could be elected: all they could still receive from each other is less than the next one has. One
        alone is no batch, and where a guard may keep somebody there is none.
        """
        if not self.batch or self.guard is not None:
            return []
        rising = sorted(self._continuing, key=lambda c: self._total[c])
        most = len(rising) - (self.seats - len(self._elected))
        together = list(accumulate(self._total[c] for c in rising))
        sizes = [k for k in range(2, most + 1) if k < len(rising) and together[k - 1] < self._total[rising[k]]]
        return sorted(rising[: sizes[-1]]) if sizes else []

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
        """Elect all who have the quota, or all who are left where they are as many as the seats (rules 48, 53)."""
        reached = [c for c in self._continuing if self._total[c] >= self._quota * ONE]
        new = [c for c in self._by_votes(reached) if self._may_win(c)]
        filled: list[int] = []
        if self._continuing and len(self._continuing) == self.seats - len(self._elected):
            filled = [c for c in self._by_votes(self._continuing) if self._may_win(c)]
            if self._continuing:
                raise BadInput(_infeasible(len(self.stages) + 1))
        return new, filled

    def _may_win(self, c: int) -> bool:
        """Elect a candidate unless the guard stops it, and return whether it did."""
        if self.guard is not None and c in self.guard.stop(frozenset(self._elected), frozenset(self._continuing)):
            return False
        self._elected.append(c)
        self._continuing = [other for other in self._continuing if other != c]
        if self._total[c] > self._quota * ONE:
            self._pending.append(c)
        return True

    def _by_votes(self, candidates: list[int]) -> list[int]:
        """Return candidates by votes; where a guard is set, who is elected first may bar others, so ties count."""
        order: list[int] = []
        for votes in sorted({self._total[c] for c in candidates}, reverse=True):
            among = [c for c in candidates if self._total[c] == votes]
            order += among if self.guard is None else self._ordered(among, "who is elected first")
        return order

    def _ordered(self, among: list[int], question: str, chosen: int | None = None) -> list[int]:
        """Return equal candidates in order: by the latest stage at which they differed, then by the tie rule.

        ``chosen`` is the one place that matters, nothing where all do: the record says only what settled that.
        """
        if len(among) == 1:
            return among
        past = {c: tuple(-totals[c] for totals in reversed(self._history)) for c in among}
        by_rule = self.ties.settle(question, self._names(among))
        place = {c: by_rule.settled.index(self.votes.candidates[c]) for c in among}
        order = sorted(among, key=lambda c: (past[c], place[c]))
        by = words.how_settled([past[c] for c in order], chosen, by_rule.by)
        tie = Tie(f"{question} in stage {len(self.stages) + 1}", by_rule.among, self._names(order), by)
        self.settled.append(tie)
        self.steps.append(words.tie(tie))
        return order

    def _close(self, transfer: "_Transfer") -> None:
        """Credit what was received, elect, and publish the stage."""
        received = transfer.received(len(self._total))
        for c in self._continuing:
            self._total[c] += received[c]
        self._spent += transfer.given - sum(received)
        new, filled = self._elect()
        stage = self._stage(transfer, received, new, filled)
        self.stages.append(stage)
        self._history.append(tuple(self._total))
        self.steps.append(words.stage(stage, self._quota, decimal(transfer.given)))

    def _stage(self, transfer: "_Transfer", received: list[int], new: list[int], filled: list[int]) -> Stage:
        names = self.votes.candidates
        return Stage(
            number=len(self.stages) + 1,
            what=transfer.what,
            votes=amounts(names, self._total),
            non_transferable=decimal(self._spent),
            transfers=tuple((names[c], decimal(value)) for c, value in enumerate(received) if value),
            elected=self._names([*new, *filled]),
            excluded=self._names(transfer.excluded),
            surplus=None if transfer.giver is None else names[transfer.giver],
            lost=decimal(transfer.lost()),
            parcels=tuple(Parcel(sum(p.papers), decimal(p.before), decimal(p.after)) for p in transfer.moved),
            filled=self._names(filled),
            kept=self._names(transfer.kept),
        )


@dataclass(frozen=True, slots=True)
class _Transfer:
    """What a stage did: how much value was given away, on which papers, by whom and why."""

    what: str
    given: int = 0
    moved: tuple[Moved, ...] = ()
    giver: int | None = None
    excluded: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()

    def received(self, candidates: int) -> list[int]:
        """Return the value that each candidate received."""
        return [sum(parcel.after * parcel.papers[c] for parcel in self.moved) for c in range(candidates)]

    def lost(self) -> int:
        """Return what truncation lost, papers without a next preference counted at their new value."""
        return self.given - sum(parcel.after * sum(parcel.papers) for parcel in self.moved)


def _infeasible(stage: int) -> Fault:
    found, expected = "no committee within the quotas of groups", "at least one"
    return Fault("quotas-infeasible", f"count, stage {stage}", found, expected, "ease the quotas or find candidates")
