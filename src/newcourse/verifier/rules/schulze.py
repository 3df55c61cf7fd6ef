"""The Schulze method. Source: M. Schulze, Social Choice and Welfare 36 (2011) 267-303, section 2."""

from newcourse.verifier.rules.pairs import Strength, measure_of, nobody_voted, preferring, ranking, wins
from newcourse.verifier.rules.question import Answer, Question


def schulze(question: Question) -> Answer:
    """Return the ranking by strongest paths."""
    if not question.ballots:
        return nobody_voted()
    matrix = preferring(question)
    path = _strongest(wins(matrix, measure_of(question)))
    names, left = question.candidates, list(range(len(question.candidates)))
    order: list[str] = []
    tied_first = False
    while left:
        best = [i for i in left if all(path[i][j] >= path[j][i] for j in left)]
        chosen = names[best[0]]
        if len(best) > 1:
            tied_first = tied_first or not order
            chosen = question.ties.settle([names[i] for i in best])[0]
        order.append(chosen)
        left.remove(names.index(chosen))
    return ranking(question, matrix, order, tied_first, "wins by strongest paths")


def _strongest(path: list[list[Strength]]) -> list[list[Strength]]:
    """Return the strength of the strongest path between any two, as in section 2.3.1: Floyd and Warshall's loops."""
    size = range(len(path))
    for via in size:
        for i in size:
            for j in size:
                if via not in (i, j) and i != j:
                    path[i][j] = max(path[i][j], min(path[i][via], path[via][j]))
    return path
