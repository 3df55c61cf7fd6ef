"""Mandates kept and broken: a delegate's open votes beside what their constituency told them (design §8.2).

Delegates stay free. What is shown is only the difference, and only where the instruction came before the ballot.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from newcourse.council.mandates import Instruction, Mandate
from newcourse.council.state import State
from newcourse.council.voting import Vote

KEPT: Final = "kept"
BROKEN: Final = "broken"
NOT_VOTED: Final = "not voted"
WAITING: Final = "waiting"
_CHOICES: Final = {"yes": "for", "no": "against"}


@dataclass(frozen=True, slots=True)
class Kept:
    """An instruction beside a delegate's ballot.

    Parameters
    ----------
    instruction
        What the constituency told them.
    vote
        Code of the vote.
    did
        What they did: ``for``, ``against``, ``abstain`` or whom they ranked first; empty where they did not vote.
    verdict
        ``kept``, ``broken``, ``not voted`` in a vote that is closed, or ``waiting`` in one that is open.
    words
        The same as a sentence.
    """

    instruction: Instruction
    vote: str
    did: str
    verdict: str
    words: str


def kept_and_broken(state: State, mandate: Mandate) -> tuple[Kept, ...]:
    """Return what a delegate did in every vote that their constituency had instructed them on, in order of the votes.

    Looked at are votes of the delegates of the body, which are open, begun while they held the mandate. Of several
    instructions on one thing the last one given before the ballot counts.
    """
    return tuple(_kept(state, mandate, vote, told) for vote, told in _instructed(state, mandate))


def _instructed(state: State, mandate: Mandate) -> Iterator[tuple[Vote, Instruction]]:
    for vote in state.votes.values() if mandate.instructions else ():
        if vote.frozen.electors != f"delegates {mandate.body}" or not _entitled(mandate, vote):
            continue
        known = {vote.vote, vote.frozen.decision, vote.frozen.about} - {""}
        about = [i for i in mandate.instructions if i.about in known and vote.vote not in i.late_for]
        told = [i for i in about if vote.closed_at is None or i.given_at <= vote.closed_at]
        told = [i for i in told if _comparable(vote, i)]
        if told:
            yield vote, told[-1]


def _entitled(mandate: Mandate, vote: Vote) -> bool:
    """Return whether the delegate could vote by this mandate."""
    taken = mandate.taken_at is not None and mandate.taken_at <= vote.opened_at
    held = taken and (mandate.ended_at is None or mandate.ended_at > vote.opened_at)
    return held and vote.frozen.entitles(mandate.person)


def _comparable(vote: Vote, told: Instruction) -> bool:
    """Return whether a ballot of this vote can be held against an instruction."""
    return told.choice in vote.frozen.candidates or (told.choice in ("for", "against") and _is_choice(vote))


def _is_choice(vote: Vote) -> bool:
    return vote.frozen.rule == "majority"


def _kept(state: State, mandate: Mandate, vote: Vote, told: Instruction) -> Kept:
    ballot = vote.ballots.get(mandate.person)
    did = "" if ballot is None else _did(ballot)
    missing = WAITING if vote.open else NOT_VOTED
    verdict = missing if ballot is None else KEPT if did == told.choice else BROKEN
    place = state.tree.name(mandate.constituency)
    words = f"{place} told its delegates: {told.choice}, in vote {vote.vote} on {vote.frozen.question}. "
    what = {KEPT: f"{mandate.person} did so", BROKEN: f"{mandate.person} voted otherwise: {did or 'blank'}"}
    words += what.get(verdict, f"{mandate.person} has not voted" if vote.open else f"{mandate.person} did not vote")
    return Kept(told, vote.vote, did, verdict, f"{words}.")


def _did(ballot: Mapping[str, Any]) -> str:
    """Return what a ballot says that an instruction can speak of."""
    if ballot.get("form") == "choice":
        return _CHOICES.get(str(ballot["choice"]), str(ballot["choice"]))
    ranks = ballot.get("ranks") or [[]]
    return str(ranks[0][0]) if len(ranks[0]) == 1 else ""
