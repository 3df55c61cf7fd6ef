"""Ranked pairs. Sources: Tideman, Social Choice and Welfare 4 (1987) 185-206; Zavist and Tideman, 6 (1989) 167-173."""

from itertools import groupby

from newcourse.verifier.rules.pairs import NONE, measure_of, nobody_voted, preferring, ranking, wins
from newcourse.verifier.rules.question import Answer, Question


def ranked_pairs(question: Question) -> Answer:
    """Return the ranking by the majorities locked in."""
    if not question.ballots:
        return nobody_voted()
    names, matrix = question.candidates, preferring(question)
    over: list[set[int]] = [set() for _ in names]  # over[j]: who is locked in directly over j
    tied = _lock(question, wins(matrix, measure_of(question)), over)
    left = set(range(len(names)))
    order: list[str] = []
    while left:
        best = [i for i in sorted(left) if not over[i] & left]
        chosen = names[best[0]]
        if len(best) > 1:
            tied = tied or not order
            chosen = question.ties.settle([names[i] for i in best])[0]
        order.append(chosen)
        left.remove(names.index(chosen))
    return ranking(question, matrix, order, tied, "wins by the majorities locked in")


def _lock(question: Question, strength: list[list[tuple[int, int]]], over: list[set[int]]) -> bool:
    """Lock majorities in, strongest first; return whether the order of equal ones mattered."""
    names = question.candidates
    turn = {name: k for k, name in enumerate(question.ties.order(names))}
    size = range(len(names))
    majorities = [(i, j) for i in size for j in size if strength[i][j] > NONE]
    majorities.sort(key=lambda pair: (turn[names[pair[0]]], turn[names[pair[1]]]))
    majorities.sort(key=lambda pair: strength[pair[0]][pair[1]], reverse=True)
    mattered = False
    for _, equal in groupby(majorities, key=lambda pair: strength[pair[0]][pair[1]]):
        pairs = list(equal)
        free = [pair for pair in pairs if not _above(pair[1], pair[0], over)]
        locked = []
        for i, j in pairs:
            if not _above(j, i, over):
                over[j].add(i)
                locked.append((i, j))
        if len(locked) < len(free):
            mattered = True
            question.ties.used = True
    return mattered


def _above(one: int, other: int, over: list[set[int]]) -> bool:
    """Return whether one is locked in over the other, directly or through others."""
    seen, waiting = {other}, [other]
    while waiting:
        for i in over[waiting.pop()] - seen:
            if i == one:
                return True
            seen.add(i)
            waiting.append(i)
    return False
