"""Proportionality for solid coalitions (PSC): voters who put the same candidates first get seats by their number.

Sources: M. Dummett, "Voting Procedures" (Oxford 1984); D. R. Woodall, "Properties of preferential election rules",
Voting Matters 3 (1994) 8-15, for the Droop quota. For weak orders this is the plain form of the property: where
candidates share a rank, a set is put first only if whole ranks make it up. The stronger form that splits ranks (H. Aziz
and B. E. Lee, "The expanding approvals rule", Social Choice and Welfare 54 (2020) 1-45) is not checked.

A solid coalition for a set of candidates is all voters who rank each of the set above everybody else. Only sets that
some ballot puts first have one, so at most ballots times candidates sets have to be looked at.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.vote.axioms.verdict import Elected, Verdict, elected
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import NOBODY, RankedVotes

DROOP: Final = "droop"
DROOP_WHOLE: Final = "droop-whole"
HARE: Final = "hare"
QUOTAS: Final = {DROOP: "Droop quota", DROOP_WHOLE: "Droop quota in whole votes", HARE: "Hare quota"}

_BITS: Final = 62


@dataclass(frozen=True, slots=True)
class Coalition:
    """Candidates whom some voters put before all others, in candidate order, and how many voters do."""

    candidates: tuple[str, ...]
    voters: int


def solid_coalitions(votes: Profile[RankedBallot] | RankedVotes, least: int = 1) -> list[Coalition]:
    """Return every solid coalition of at least so many voters, by size of its set and candidate order.

    Examples
    --------
    >>> votes = RankedVotes.of_lists("abc", ["abc", "ba", "c"], [3, 2, 1])
    >>> [("".join(coalition.candidates), coalition.voters) for coalition in solid_coalitions(votes, least=2)]
    [('a', 3), ('b', 2), ('ab', 5), ('abc', 6)]
    """
    votes = RankedVotes.of(votes)
    names = votes.candidates
    found = _first_sets(votes, least)
    if votes.total >= least:
        found[tuple(range(len(names)))] = votes.total
    return [Coalition(tuple(names[i] for i in c), found[c]) for c in sorted(found, key=lambda c: (len(c), c))]


def proportional_for_solid_coalitions(
    votes: Profile[RankedBallot] | RankedVotes, outcome: Elected, seats: int | None = None, quota: str = DROOP
) -> Verdict:
    """Return whether every solid coalition has the seats that its number entitles it to.

    Parameters
    ----------
    votes
        Ranked ballots; blank ones count among the voters.
    outcome
        Who was elected.
    seats
        How many were to be elected; as many as were where nothing is given.
    quota
        What m seats take: ``droop``, more than m of seats + 1 equal parts of the voters; ``droop-whole``, m times that
        part rounded up to the next whole vote above it, as in laws of the single transferable vote; ``hare``, m of as
        many equal parts as there are seats. Nobody is entitled to more seats than the set has candidates.

    Raises
    ------
    BadInput
        When the outcome elects no candidates of these votes, more of them than seats, or the quota is unknown.

    Examples
    --------
    >>> votes = RankedVotes.of_lists("abc", ["abc", "bac", "c"], [3, 2, 4])
    >>> proportional_for_solid_coalitions(votes, ["a", "b"]).sentence
    '4 of 9 voters put c before all others and are entitled to 1 of 2 seats by the Droop quota, but have 0.'
    """
    votes = RankedVotes.of(votes)
    chosen = set(elected(outcome, votes.candidates))
    seats = len(chosen) if seats is None else seats
    _check(len(chosen), seats, quota)
    coalitions = solid_coalitions(votes, _least(votes.total, seats, quota))
    worst: tuple[int, int, Coalition] | None = None
    for coalition in coalitions:
        entitled = min(_entitled(coalition.voters, votes.total, seats, quota), len(coalition.candidates))
        missing = entitled - len(chosen.intersection(coalition.candidates))
        if missing > 0 and (worst is None or missing > worst[0]):
            worst = (missing, entitled, coalition)
    axiom = f"{quota}-proportional-for-solid-coalitions"
    if worst is None:
        sentence = f"Each of {len(coalitions)} solid coalitions worth a seat by the {QUOTAS[quota]} has its seats."
        return Verdict(axiom, holds=True, sentence=sentence, facts={"coalitions": len(coalitions), "seats": seats})
    return _wronged(axiom, *worst, total=votes.total, seats=seats, quota=QUOTAS[quota])


def _wronged(
    axiom: str, missing: int, entitled: int, coalition: Coalition, total: int, seats: int, quota: str
) -> Verdict:
    sentence = (
        f"{coalition.voters} of {total} voters put {', '.join(coalition.candidates)} before all others and are "
        f"entitled to {entitled} of {seats} seats by the {quota}, but have {entitled - missing}."
    )
    facts = {
        "candidates": coalition.candidates,
        "voters": coalition.voters,
        "of": total,
        "seats": seats,
        "entitled": entitled,
        "has": entitled - missing,
    }
    return Verdict(axiom, holds=False, sentence=sentence, facts=facts)


def _entitled(voters: int, total: int, seats: int, quota: str) -> int:
    if not total:
        return 0
    if quota == HARE:
        return voters * seats // total
    if quota == DROOP_WHOLE:
        return voters // (total // (seats + 1) + 1)
    return max(0, (voters * (seats + 1) - 1) // total)


def _least(total: int, seats: int, quota: str) -> int:
    """Return how many voters are entitled to one seat."""
    if quota == HARE:
        return -(-total // seats) if seats else total + 1
    return total // (seats + 1) + 1


def _check(chosen: int, seats: int, quota: str) -> None:
    faults = []
    if quota not in QUOTAS:
        faults.append(Fault("quota-unknown", "quota", repr(quota), " or ".join(QUOTAS), "name one of these"))
    if chosen > seats:
        faults.append(
            Fault("seats-few", "outcome", f"{chosen} elected", f"at most {seats}", "give the number of seats")
        )
    if faults:
        raise BadInput(faults)


def _first_sets(votes: RankedVotes, least: int) -> dict[tuple[int, ...], int]:
    """Return the sets that at least so many voters put first, as positions in order, and how many these are.

    A set of k candidates is complete at the k-th preference of every ballot that puts it first, so that all its voters
    are found there together.
    """
    ballots, longest = votes.order.shape
    words = len(votes.candidates) // _BITS + 1
    masks = np.zeros((ballots, words), dtype=np.int64)
    found: dict[tuple[int, ...], int] = {}
    for place in range(longest):
        ends = np.flatnonzero(votes.order[:, place] != NOBODY)
        word, bit = np.divmod(votes.order[ends, place].astype(np.int64), _BITS)
        masks[ends, word] |= np.int64(1) << bit
        if votes.tied is not None and place + 1 < longest:
            more = votes.tied[ends, place + 1] & (votes.order[ends, place + 1] != NOBODY)
            ends = ends[~more]
        sets, where = np.unique(masks[ends, 0] if words == 1 else masks[ends], axis=0, return_inverse=True)
        voters = np.zeros(len(sets), dtype=np.int64)
        np.add.at(voters, where.ravel(), votes.times[ends])
        enough = voters >= least
        for row, number in zip(sets[enough].reshape(-1, words).tolist(), voters[enough].tolist(), strict=True):
            chosen = tuple(w * _BITS + b for w, bits in enumerate(row) for b in range(_BITS) if bits >> b & 1)
            found[chosen] = number
    return found
