"""Proportional approval voting. Source: T. N. Thiele (1895), in S. Janson, arXiv:1611.08826.

Every committee is scored, so only small votes are counted again here.
"""

from fractions import Fraction
from itertools import combinations
from math import comb
from typing import Final

from newcourse.verifier.rules.committees import box_of
from newcourse.verifier.rules.question import Answer, Question, TooLarge, committee_words

MOST_WORK: Final = 20_000_000


def proportional_approval(question: Question) -> Answer:
    """Return the committee with the highest score."""
    box = box_of(question)
    if isinstance(box, Answer):
        return box
    size = len(question.candidates)
    if comb(size, box.seats) * len(box.voters) > MOST_WORK:
        raise TooLarge("too many committees to score each")
    worth = [Fraction(0)]
    for j in range(1, box.seats + 1):
        worth.append(worth[-1] + Fraction(1, j))
    ballots = [(frozenset(ballot), number) for ballot, number in box.voters.items()]
    order = [question.candidates.index(name) for name in question.ties.order(question.candidates)]
    best: tuple[int, ...] = ()
    highest, equals = Fraction(-1), 0
    for chosen in combinations(order, box.seats):  # in this order the first of equals is the one the tie rule wants
        met: list[int] = [0] * (box.seats + 1)
        for ballot, number in ballots:
            met[len(ballot.intersection(chosen))] += number
        score = sum((voters * value for voters, value in zip(met, worth, strict=True)), Fraction(0))
        if score > highest:
            best, highest, equals = chosen, score, 1
        elif score == highest:
            equals += 1
    question.ties.used = question.ties.used or equals > 1
    box.elected = sorted(best)
    words = committee_words(box.names, box.seats)
    return Answer({"elected": box.names}, f"{words} with the highest score, {_words(highest)}.")


def _words(value: Fraction) -> str:
    """Return a score: exact where that is short, else its first six decimals."""
    if value.numerator.bit_length() + value.denominator.bit_length() < 40 and len(str(value)) <= 12:
        return str(value)
    cut = value.numerator * 10**6 // value.denominator
    return f"{cut // 10**6}.{cut % 10**6:06d}…"
