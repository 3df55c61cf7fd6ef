"""How many voters prefer each candidate to each other, and what the rules that compare pairs have in common."""

from collections.abc import Sequence

from newcourse.verifier.rules.ballots import ranks
from newcourse.verifier.rules.question import Answer, Question, undecided

Matrix = list[list[int]]
Strength = tuple[int, int]

NONE: Strength = (0, 0)
"""Weaker than every win."""


def preferring(question: Question) -> Matrix:
    """Return in row i and column j how many rank candidate i above candidate j; those not ranked come last together."""
    names = question.candidates
    matrix = [[0] * len(names) for _ in names]
    for ballot in ranks(question):
        level = {name: r for r, rank in enumerate(ballot) for name in rank}
        levels = [level.get(name, len(ballot)) for name in names]
        for i, mine in enumerate(levels):
            row = matrix[i]
            for j, other in enumerate(levels):
                if mine < other:
                    row[j] += 1
    return matrix


def wins(matrix: Matrix, measure: str) -> list[list[Strength]]:
    """Return how strong each win is: by winning votes, then fewer against; or by the margin."""
    size = range(len(matrix))

    def win(i: int, j: int) -> Strength:
        won, lost = matrix[i][j], matrix[j][i]
        if won <= lost:
            return NONE
        return (won, -lost) if measure == "winning-votes" else (won - lost, 0)

    return [[win(i, j) for j in size] for i in size]


def measure_of(question: Question) -> str:
    """Return how wins are measured."""
    return question.word("strength", "winning-votes", "margins")


def nobody_voted() -> Answer:
    """Return the answer to an empty box."""
    return undecided("no-ballots", "No ballot was cast, so no candidate can be ranked.")


def ranking(question: Question, matrix: Matrix, order: Sequence[str], tied: bool, how: str) -> Answer:
    """Return the answer that a ranking is."""
    result = {"winner": order[0], "ranking": list(order)}
    if len(order) == 1:
        return Answer(result, f"{order[0]} is the only candidate.")
    first = question.candidates.index(order[0])
    if all(matrix[first][j] > matrix[j][first] for j in range(len(matrix)) if j != first):
        how = "wins over every other candidate one to one"
    elif tied:
        how = "wins after a tie"
    return Answer(result, f"{order[0]} {how}; the ranking is {', '.join(order)}.")
