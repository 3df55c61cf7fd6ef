"""The pairwise matrix: how many voters prefer each candidate to each other one, in whole numbers."""

from newcourse.vote.ballot import RankedBallot
from newcourse.vote.profile import Profile

Matrix = tuple[tuple[int, ...], ...]


def pairwise(profile: Profile[RankedBallot]) -> Matrix:
    """Return N, where N[i][j] voters rank candidate i strictly above candidate j.

    Candidates that a ballot does not rank come below all it ranks and are not preferred to each other. The diagonal
    is zero; N[i][j] + N[j][i] is the number of ballots that tell the two apart.

    Examples
    --------
    >>> votes = [RankedBallot.of("a", "b", "c"), RankedBallot.of("b")]
    >>> pairwise(Profile.of("ranked", ["a", "b", "c"], votes))
    ((0, 1, 1), (1, 0, 2), (0, 0, 0))
    """
    size = len(profile.candidates)
    counts = [[0] * size for _ in range(size)]
    for ballot, times in profile.ballots:
        levels = _levels(ballot, profile.candidates)
        for above, row in zip(levels, counts, strict=True):
            for index, below in enumerate(levels):
                if above < below:
                    row[index] += times
    return tuple(tuple(row) for row in counts)


def _levels(ballot: RankedBallot, candidates: tuple[str, ...]) -> list[int]:
    ranked = {name: level for level, rank in enumerate(ballot.ranks) for name in rank}
    return [ranked.get(name, len(ballot.ranks)) for name in candidates]
