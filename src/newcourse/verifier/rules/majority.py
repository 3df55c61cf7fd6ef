"""Majority for one motion. Sources: May, Econometrica 20 (1952); Robert's Rules of Order (2020), 40 and 44."""

from math import ceil
from typing import Final

from newcourse.verifier.rules.ballots import choices
from newcourse.verifier.rules.question import Answer, CannotCount, Question, undecided, whole

_BASES: Final = {"cast": "votes for or against", "present": "ballots with abstentions", "members": "members"}


def majority(question: Question) -> Answer:
    """Return whether the motion is adopted."""
    if len(question.candidates) != 1:
        raise CannotCount("not exactly one motion")
    votes, entitled = choices(question), question.options.get("members")
    members = 0 if entitled is None else whole(entitled, "members", 1)
    share, base = question.number("threshold", "1/2"), question.word("base", "cast", "present", "members")
    comparison, quorum = question.word("comparison", "more-than", "at-least"), question.number("quorum")
    if (members and len(votes) > members) or (not members and (quorum or base == "members")):
        raise CannotCount("members missing, or more ballots than members")
    needed = ceil(quorum * members)
    if members and quorum and len(votes) < needed:
        words = f"{len(votes)} of {members} members voted, {needed} were needed. Nothing is decided."
        return undecided("quorum-missed", f"The quorum is missed: {words}")
    if not votes:
        return undecided("no-ballots", "No ballot was cast, so nothing is decided.")
    yes, no, abstain = (votes.count(choice) for choice in ("yes", "no", "abstain"))
    of = {"cast": yes + no, "present": len(votes), "members": members}[base]
    adopted = yes > 0 and (yes > share * of if comparison == "more-than" else yes >= share * of)
    sentence = (
        f"{question.candidates[0]} is {'adopted' if adopted else 'rejected'}: {yes} yes, {no} no, {abstain} "
        f"abstaining; needed were {comparison.replace('-', ' ')} {share} of {of} {_BASES[base]}."
    )
    return Answer({"adopted": adopted, "yes": yes, "no": no, "abstain": abstain}, sentence)
