"""The Smith set: the fewest candidates each of whom wins one to one over everybody else.

Sources: J. H. Smith, "Aggregation of preferences with variable electorate", Econometrica 41 (1973) 1027-1041; for
rankings M. Truchon, "An extension of the Condorcet criterion and Kemeny orders", Université Laval (1998).
"""

from newcourse.vote.axioms.verdict import Elected, Verdict, elected, ranking
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.pairwise import Matrix, pairwise
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes

Votes = Profile[RankedBallot] | RankedVotes


def dominant_sets(matrix: Matrix) -> list[tuple[int, ...]]:
    """Return all sets of candidates whose every member wins one to one over everybody outside, least first.

    Each contains the one before it, and the last is everybody. Members of such a set win more duels than anybody
    outside, so that in order of duels won they always stand first.

    Examples
    --------
    >>> dominant_sets(((0, 5, 5), (4, 0, 4), (4, 5, 0)))
    [(0,), (0, 2), (0, 1, 2)]
    """
    size = range(len(matrix))
    wins = [sum(matrix[i][j] > matrix[j][i] for j in size) for i in size]
    order = sorted(size, key=lambda i: -wins[i])
    return [
        tuple(sorted(order[:k]))
        for k in range(1, len(order) + 1)
        if all(matrix[i][j] > matrix[j][i] for i in order[:k] for j in order[k:])
    ]


def smith_set(votes: Votes) -> tuple[str, ...]:
    """Return the Smith set in candidate order.

    Examples
    --------
    >>> smith_set(RankedVotes.of_lists("abc", ["abc", "bac", "acb"], [1, 1, 1]))
    ('a',)
    """
    return tuple(votes.candidates[i] for i in dominant_sets(pairwise(votes))[0])


def smith_members(votes: Votes, outcome: Elected) -> Verdict:
    """Return whether the winner is in the Smith set.

    Of several elected, as many as can be must be in it: all of them, or the whole set.

    Raises
    ------
    BadInput
        When the outcome elects no candidates of these votes.

    Examples
    --------
    >>> votes = RankedVotes.of_lists("abc", ["abc", "bca", "cab"], [4, 3, 2])
    >>> smith_members(votes, "b").sentence
    'All who are elected are in the Smith set: a, b, c win one to one over everybody else.'
    """
    names, smith = elected(outcome, votes.candidates), smith_set(votes)
    outside = tuple(name for name in names if name not in smith)
    needed = min(len(names), len(smith))
    holds = len(names) - len(outside) >= needed
    facts = {"smith": smith, "elected": names, "outside": outside, "needed": needed}
    told = f"{', '.join(smith)} win one to one over everybody else" if len(smith) > 1 else f"that is {smith[0]} alone"
    if holds and not outside:
        sentence = f"All who are elected are in the Smith set: {told}."
    elif holds:
        sentence = f"All of the Smith set are elected: {told}."
    else:
        sentence = f"Elected from outside the Smith set: {', '.join(outside)}; {told}."
    return Verdict("smith", holds, sentence, facts)


def smith_order(votes: Votes, outcome: Elected) -> Verdict:
    """Return whether a ranking puts every set whose members win over all others before these others.

    This is what Condorcet's criterion asks of a whole ranking: where one wins over all, it stands first; where one
    wins over all the rest, it stands second; and so on, with sets where a ring leaves it open.

    Raises
    ------
    BadInput
        When the outcome is no ranking of all candidates.

    Examples
    --------
    >>> from newcourse.vote.outcome import Ranking
    >>> votes = RankedVotes.of_lists("abc", ["abc"], [1])
    >>> smith_order(votes, Ranking(("a", "c", "b"))).sentence
    'c stands before b, though everybody among a, b wins one to one over everybody else.'
    """
    order, names = ranking(outcome, votes.candidates), votes.candidates
    for chosen in dominant_sets(pairwise(votes)):
        inside = tuple(names[i] for i in chosen)
        wrong = [name for name in order[: len(inside)] if name not in inside]
        if wrong:
            late = next(name for name in order[len(inside) :] if name in inside)
            sentence = (
                f"{wrong[0]} stands before {late}, though everybody among {', '.join(inside)} wins one to one over "
                "everybody else."
            )
            facts = {"set": inside, "before": wrong[0], "after": late}
            return Verdict("smith-order", holds=False, sentence=sentence, facts=facts)
    sentence = "Every set of candidates who win one to one over all others stands before these others."
    return Verdict("smith-order", holds=True, sentence=sentence)
