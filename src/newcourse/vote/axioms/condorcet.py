"""Condorcet efficiency: whoever wins one to one over every other candidate is elected.

Source: M. de Condorcet, "Essai sur l'application de l'analyse à la probabilité des décisions rendues à la pluralité
des voix" (1785); the name after P. C. Fishburn, "Condorcet social choice functions", SIAM Journal on Applied
Mathematics 33 (1977) 469-489.
"""

from newcourse.vote.axioms.verdict import Elected, Verdict, elected
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.pairwise import Matrix, pairwise
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes

Votes = Profile[RankedBallot] | RankedVotes


def condorcet_winner(votes: Votes) -> str | None:
    """Return who wins one to one over every other candidate, or nobody.

    Examples
    --------
    >>> condorcet_winner(RankedVotes.of_lists("abc", ["abc", "bca", "cba"], [4, 3, 2]))
    'b'
    """
    winner = _winner(pairwise(votes))
    return None if winner is None else votes.candidates[winner]


def condorcet_efficient(votes: Votes, outcome: Elected) -> Verdict:
    """Return whether the Condorcet winner, where there is one, is elected; of a ranking, stands first.

    What Condorcet's criterion asks of the rest of a ranking is :func:`~newcourse.vote.axioms.smith.smith_order`.

    Raises
    ------
    BadInput
        When the outcome elects no candidates of these votes.

    Examples
    --------
    >>> votes = RankedVotes.of_lists("abc", ["abc", "bca", "cba"], [4, 3, 2])
    >>> condorcet_efficient(votes, "a").sentence
    'b is not elected, but wins one to one over every other candidate: over a by 5 to 4, over c by 7 to 2.'
    """
    names, matrix = elected(outcome, votes.candidates), pairwise(votes)
    winner = _winner(matrix)
    if winner is None:
        sentence = "Nobody wins one to one over every other candidate, so nothing is asked."
        return Verdict("condorcet", holds=True, sentence=sentence, facts={"winner": None, "elected": names})
    name = votes.candidates[winner]
    holds = name in names
    others = [j for j in range(len(matrix)) if j != winner]
    duels = {votes.candidates[j]: (matrix[winner][j], matrix[j][winner]) for j in others}
    won = ", ".join(f"over {other} by {there} to {back}" for other, (there, back) in duels.items())
    verdict = "is elected and" if holds else "is not elected, but"
    sentence = f"{name} {verdict} wins one to one over every other candidate: {won}."
    facts = {"winner": name, "elected": names, "duels": duels}
    return Verdict("condorcet", holds, sentence if others else f"{name} is the only candidate.", facts)


def _winner(matrix: Matrix) -> int | None:
    size = range(len(matrix))
    return next((i for i in size if all(matrix[i][j] > matrix[j][i] for j in size if j != i)), None)
