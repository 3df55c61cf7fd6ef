"""Phragmén's sequential rule. Source: S. Janson, arXiv:1611.08826, 3.1."""

from fractions import Fraction

from newcourse.verifier.rules.committees import box_of, fill_by_loads
from newcourse.verifier.rules.question import Answer, Question, committee_words


def sequential_phragmen(question: Question) -> Answer:
    """Return the committee, in the order of election."""
    box = box_of(question)
    if isinstance(box, Answer):
        return box
    fill_by_loads(box, dict.fromkeys(box.voters, Fraction(0)))
    words = committee_words(box.names, box.seats)
    return Answer({"elected": box.names}, f"{words} by Phragmén's sequential rule, each with the least load.")
