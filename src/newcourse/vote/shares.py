"""What all rules that divide a whole have in common: the votes for each part, and how a division is told."""

from collections.abc import Mapping
from fractions import Fraction

from newcourse.vote.ballot import AllocationBallot
from newcourse.vote.outcome import Allocation, Tally, Undecided
from newcourse.vote.plain import percent
from newcourse.vote.profile import Profile

Votes = tuple[tuple[Fraction, int], ...]


def votes_by_part(profile: Profile[AllocationBallot]) -> dict[str, Votes]:
    """Return for each part, in candidate order, the shares voted for it and by how many, largest share first.

    Examples
    --------
    >>> votes = [AllocationBallot({"food": 100}), AllocationBallot({"food": 25, "buses": 75})]
    >>> votes_by_part(Profile.of("allocation", ["food", "buses"], votes))["buses"]
    ((Fraction(3, 4), 1), (Fraction(0, 1), 1))
    """
    counts: dict[str, dict[Fraction, int]] = {part: {} for part in profile.candidates}
    for ballot, times in profile.ballots:
        for part, count in counts.items():
            share = ballot.share(part)
            count[share] = count.get(share, 0) + times
    return {part: tuple(sorted(count.items(), reverse=True)) for part, count in counts.items()}


def normalised(amounts: Mapping[str, Fraction]) -> Allocation:
    """Return the amounts divided by their total, which must be above zero."""
    total = sum(amounts.values(), Fraction(0))
    return Allocation(tuple((part, amount / total) for part, amount in amounts.items()))


def in_words(allocation: Allocation) -> str:
    """Return the division in one sentence, largest share first."""
    largest_first = sorted(allocation.shares, key=lambda pair: -pair[1])
    return "The whole is divided: " + ", ".join(f"{part} {percent(share)}" for part, share in largest_first) + "."


def nobody_voted() -> Tally:
    """Return the tally of an empty box."""
    reason = "No ballot was cast, so the whole cannot be divided."
    return Tally(Undecided("no-ballots", reason), reason, ())
