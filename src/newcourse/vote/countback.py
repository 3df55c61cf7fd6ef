"""Countback: one vacated seat refilled from the papers that filled it (design §8.2).

Sources: Electoral Act 2004 (Tasmania), section 231 and schedule 6; Local Government Act 1993 (Tasmania), schedule 8.
Taken from them: only the papers counted for the vacating member at the time of election are looked at; only candidates
of that election who consent take part; a single one is elected at once; otherwise the papers go to the first of these
candidates on each, and the lowest is excluded until one has more than half. Laid down here, because those laws speak of
another count: a paper is worth what it was worth with the member when elected. By Scottish law every paper of a member
pays the same share of its value for the seat, so values as held and values as paid give the same winner; by Meek's
method a paper is worth what the member keeps of it.

Kept: a group of candidates whom papers of more than half the worth put before all others has the seat. So a coalition
keeps its seat where its own voters elected the member. It may lose it where most of the member's papers came from
elsewhere: the seat belongs to those whose votes filled it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.vote.groups import GroupGuard
from newcourse.vote.holdings import Holding, holding, next_choice
from newcourse.vote.meek.stages import MeekCount
from newcourse.vote.outcome import Committee, Step, Tally, Undecided
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.stv import words
from newcourse.vote.stv.stages import Elected, Stage, amounts, decimal
from newcourse.vote.ties import Tie, TieRule


@dataclass(frozen=True, slots=True)
class Refilled(Committee):
    """Who takes a vacated seat, alone in ``elected``.

    Parameters
    ----------
    elected
        The new member.
    vacated
        Who was elected to the seat.
    stages
        Of the countback; none where a single candidate stood.
    """

    vacated: str
    stages: tuple[Stage, ...]

    def to_data(self) -> dict[str, object]:
        """Return the refilled seat as plain data."""
        stages = [stage.to_data() for stage in self.stages]
        return {"elected": list(self.elected), "vacated": self.vacated, "stages": stages}


def countback(
    votes: RankedVotes,
    result: Elected | MeekCount,
    vacated: str,
    eligible: Sequence[str],
    ties: TieRule | None = None,
    guard: GroupGuard | None = None,
    members: Sequence[str] | None = None,
) -> Tally:
    """Return who takes a vacated seat.

    Parameters
    ----------
    votes
        The ballots of the election.
    result
        What the count gave.
    vacated
        The member first elected to the seat. Where a refilled seat is vacated again, the same papers are counted back
        with the same name here, and the second member no longer eligible.
    eligible
        Candidates of the election who consent to serve, may serve, and are no members.
    ties
        For candidates equal at every stage of the countback; candidate order where none is given. Whom it puts last is
        excluded first.
    guard
        Quotas of groups that the committee must still meet.
    members
        Who holds the other seats; the others elected where nobody is given.

    Returns
    -------
    Tally
        A :class:`Refilled`; undecided where nobody is eligible, or no paper names any of several eligible.

    Raises
    ------
    BadInput
        When the member was not elected, the ballots are not those of the count, or somebody eligible was no candidate
        or is a member.

    Examples
    --------
    >>> from newcourse.vote.rules.scottish_stv import scottish_stv
    >>> votes = RankedVotes.of_lists("abcd", ["ab", "ac", "d", "b", "c"], [6, 4, 5, 3, 2])
    >>> count = scottish_stv(votes, 2)
    >>> count.result.elected
    ('a', 'd')
    >>> countback(votes, count.result, "a", ["b", "c"]).sentence
    'b takes the seat of a, with 6.00000 of 10.00000 votes.'
    """
    others = [name for name in result.elected if name != vacated] if members is None else list(members)
    _check(votes.candidates, [*others, vacated], eligible)
    held = holding(votes, result, vacated)
    steps = [_opening(held, vacated)]
    stand = [name for name in votes.candidates if name in eligible]
    if guard is not None:
        stand, told = _within(guard, others, stand)
        steps += told
    if not stand:
        reason = f"Nobody who is eligible can take the seat of {vacated}."
        return Tally(Undecided("nobody-eligible", reason), reason, tuple(steps))
    if len(stand) == 1:
        sentence = f"{stand[0]} takes the seat of {vacated}, as the only candidate."
        return Tally(Refilled((stand[0],), vacated, ()), sentence, (*steps, Step("only-one", sentence)))
    return _Runoff(held, stand, ties or TieRule(), vacated, steps).run()


class _Runoff:
    """A countback under way."""

    def __init__(self, held: Holding, stand: list[str], ties: TieRule, vacated: str, steps: list[Step]) -> None:
        self._held, self._ties, self._vacated, self._steps = held, ties, vacated, steps
        self._names = held.votes.candidates
        self._left = [self._names.index(name) for name in stand]
        self._all = list(self._left)
        self._history: list[dict[int, int]] = []
        self._stages: list[Stage] = []
        self._settled: list[Tie] = []

    def run(self) -> Tally:
        """Count until somebody has more than half of the votes that still count."""
        self._count(None)
        if not any(self._history[0].values()):
            reason = f"No paper that elected {self._vacated} names anybody who is eligible."
            return Tally(Undecided("papers-silent", reason), reason, tuple(self._steps))
        while 2 * max(self._history[-1].values()) <= sum(self._history[-1].values()):
            self._count(self._lowest())
        now = self._history[-1]
        winner = max(self._left, key=lambda c: now[c])
        places = self._held.places
        sentence = (
            f"{self._names[winner]} takes the seat of {self._vacated}, with {decimal(now[winner], places)} of "
            f"{decimal(sum(now.values()), places)} votes."
        )
        self._steps.append(Step("refilled", sentence, {"elected": self._names[winner], "vacated": self._vacated}))
        result = Refilled((self._names[winner],), self._vacated, tuple(self._stages))
        return Tally(result, sentence, tuple(self._steps), tuple(self._settled))

    def _count(self, excluded: int | None) -> None:
        self._left = [c for c in self._left if c != excluded]
        votes, places = self._held.votes, self._held.places
        open_to = np.zeros(len(self._names) + 1, dtype=bool)
        open_to[self._left] = True
        _, to = next_choice(votes.order, np.full(len(votes.times), -1), open_to)
        totals = np.zeros(len(self._names) + 1, dtype=object)
        np.add.at(totals, to.astype(np.intp), self._held.value * votes.times)
        self._history.append({c: int(totals[c]) for c in self._left})
        out = () if excluded is None else (self._names[excluded],)
        stage = Stage(
            number=len(self._stages) + 1,
            what="exclusion" if out else "first-preferences",
            votes=amounts([self._names[c] for c in self._all], [int(totals[c]) for c in self._all], places),
            non_transferable=decimal(int(totals[-1]), places),
            excluded=out,
            lost=decimal(0, places),
        )
        self._stages.append(stage)
        start = f"{out[0]} has the fewest and is excluded" if out else "each paper goes to its first eligible candidate"
        told = ", ".join(f"{name} {number}" for name, number in stage.votes)
        sentence = f"Stage {stage.number}: {start}: {told}; {stage.non_transferable} votes name nobody left."
        self._steps.append(Step(stage.what, sentence, stage.to_data()))

    def _lowest(self) -> int:
        """Return who is excluded; of equals, who was lower at the last stage that differed, then by tie rule."""
        least = min(self._history[-1].values())
        among = [c for c in self._left if self._history[-1][c] == least]
        if len(among) == 1:
            return among[0]
        past = {c: tuple(-totals[c] for totals in reversed(self._history)) for c in among}
        rule = self._ties.settle("who is excluded", [self._names[c] for c in among])
        order = sorted(among, key=lambda c: (past[c], rule.settled.index(self._names[c])))
        by = words.how_settled([past[c] for c in order], len(order) - 1, rule.by)
        question = f"who is excluded in stage {len(self._stages) + 1}"
        tie = Tie(question, rule.among, tuple(self._names[c] for c in order), by)
        self._settled.append(tie)
        self._steps.append(words.tie(tie))
        return order[-1]


def _opening(held: Holding, vacated: str) -> Step:
    papers, worth = held.votes.total, decimal(held.worth, held.places)
    sentence = f"{vacated} was elected with {papers} papers worth {worth} votes; these are counted back."
    return Step("papers", sentence, {"vacated": vacated, "papers": papers, "worth": worth})


def _within(guard: GroupGuard, others: Sequence[str], stand: list[str]) -> tuple[list[str], list[Step]]:
    """Return who can take the seat within the quotas of groups, and a step for each who cannot."""
    elected = frozenset(guard.candidates.index(name) for name in others)
    left, steps = [], []
    for name in stand:
        one = elected | {guard.candidates.index(name)}
        rest = frozenset(guard.candidates.index(other) for other in stand if other != name)
        if guard.feasible(one, rest):  # the rest matter only where more than one seat is vacant
            left.append(name)
        else:
            reasons = guard.conflict(one, rest)
            sentence = f"{name} cannot take the seat: {'; and '.join(reasons)}."
            steps.append(Step("stopped", sentence, {"stopped": name, "reasons": reasons}))
    return left, steps


def _check(candidates: tuple[str, ...], members: Sequence[str], eligible: Sequence[str]) -> None:
    where = "countback, eligible candidates"
    faults = [
        Fault("candidate-unknown", where, name, "a candidate of that election", "correct the list")
        for name in eligible
        if name not in candidates
    ]
    faults += [
        Fault("already-member", where, name, "somebody who has no seat", "remove the name")
        for name in eligible
        if name in members
    ]
    if faults:
        raise BadInput(faults)
