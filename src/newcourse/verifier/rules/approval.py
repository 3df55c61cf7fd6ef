"""Approval voting. Source: Lackner and Skowron, Multi-Winner Voting with Approval Preferences (2023), 2.2."""

from newcourse.verifier.rules.committees import box_of, fill_by_approvals
from newcourse.verifier.rules.question import Answer, Question, committee_words, listed


def approval(question: Question) -> Answer:
    """Return those with the most approvals."""
    box = box_of(question)
    if isinstance(box, Answer):
        return box
    fill_by_approvals(box)
    numbers = listed([str(box.number(c)) for c in box.elected])
    votes = "approval" if numbers == "1" else "approvals"
    sentence = f"{committee_words(box.names, box.seats)} with {numbers} {votes} of {box.voters.total()} ballots."
    return Answer({"elected": box.names}, sentence)
