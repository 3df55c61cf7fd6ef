"""Who decides on a contested result: whom the statutes name, and a jury drawn by lot where all these are concerned.

Nobody judges in their own matter: no candidate, nobody whose recall it is, nobody who contests the result. Delegates of
a place are therefore often out, and those of the places above decide. Where nobody is left whom an article names, three
people decide by majority, drawn by lot from the roll of the vote without those concerned. The lot is made of what was
public before anybody contested: the published ballots, the root of the roll and the opener's line. So nobody can choose
their jury by contesting early, late or in other words, and anybody can draw the same lot again. For every seven days in
which a contest stays undecided three more are drawn, so that jurors who are silent stop nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from heapq import nsmallest
from typing import Final

from newcourse.council.roles import fits, in_scope, is_time
from newcourse.council.state import State
from newcourse.council.voting import Contest, Verdict, Vote
from newcourse.record.canonical import canonical_json, digest

ACT: Final = "decide_contest"

JUROR: Final = "juror"

JURORS: Final = 3
"""How many are drawn, and drawn again each time they have been silent for :data:`JURY_DAYS`."""

JURY_DAYS: Final = 7
"""Days after which more jurors are drawn."""


def at_stake(state: State, vote: Vote, person: str) -> str:
    """Return in words why a vote is about somebody: their election, their recall; empty text where it is not."""
    if person in vote.frozen.candidates:
        return "is a candidate in the vote"
    petition = state.petitions.get(vote.frozen.about) if vote.frozen.subject == "recall" else None
    recalled = petition is not None and state.mandates[petition.mandate].person == person
    return "has the mandate that the vote is on" if recalled else ""


def partial(state: State, vote: Vote, person: str) -> str:
    """Return in words why somebody cannot decide on a contest without being their own judge; empty text if they can."""
    return "contests the result" if vote.contest_of(person) is not None else at_stake(state, vote, person)


def may_judge(state: State, vote: Vote, person: str) -> bool:
    """Return whether somebody may decide on the contests of a vote now."""
    if partial(state, vote, person):
        return False
    jurors = jury(state, vote)
    return person in jurors if jurors else _is_named(state, vote, person)


def jury(state: State, vote: Vote) -> tuple[str, ...]:
    """Return the jurors of a contested vote in the order of the lot; nobody where somebody else can decide."""
    lawful = any(JUROR in grant.roles for _, grant in state.law.grants(ACT))
    if not lawful or not vote.undecided_contests or any(_judges(state, vote)):
        return ()
    waited = state.latest - vote.contests[0].at
    seed = lot(vote)
    drawn = JURORS * (1 + waited // timedelta(days=JURY_DAYS))
    return tuple(nsmallest(drawn, _unconcerned(state, vote), key=lambda person: digest(f"{seed} {person}".encode())))


def lot(vote: Vote) -> str:
    """Return the line that the jury of a vote is drawn by, 64 hexadecimal digits.

    The hash of the canonical JSON of what was fixed before anybody could contest. Jurors are those in whose case the
    hash of this line, a space and their code is least.
    """
    fixed = {"ballots": vote.published, "roll": vote.frozen.root, "secret": vote.secret}
    return digest(canonical_json(fixed))


def juries_at(state: State, person: str) -> Iterator[tuple[str, str]]:
    """Yield the votes of which somebody is a juror, each with the place that voted."""
    for vote in state.votes.values():
        if vote.undecided_contests and person in jury(state, vote):
            yield vote.vote, _place(state, vote)


def jury_of(state: State, person: str, where: str, when: str, place: str) -> str:
    """Return the vote for which a permission to jurors is about somebody at a place; empty text where it is not."""
    if not is_time(state, when):
        return ""
    return next((vote for vote, own in juries_at(state, person) if in_scope(state, where, own, place)), "")


def outcome_of(jurors: Sequence[str], verdicts: Sequence[Verdict]) -> str:
    """Return what comes of a contest by what was said last: empty text while a jury has no majority yet.

    A result falls by more than half of three jurors, of fewer where the lot found no more; a tie lets it stand.
    """
    if verdicts[-1].by not in jurors:
        return "upheld" if verdicts[-1].upheld else "dismissed"
    size, falls = min(JURORS, len(jurors)), sum(verdict.upheld for verdict in verdicts)
    if 2 * falls > size:
        return "upheld"
    return "dismissed" if 2 * (len(verdicts) - falls) >= size else ""


def heard(state: State, vote: Vote, contest: Contest, verdict: Verdict) -> Contest:
    """Return a contest with one more verdict, and with what comes of it by that."""
    verdicts = (*contest.verdicts, verdict)
    return replace(contest, verdicts=verdicts, outcome=outcome_of(jury(state, vote), verdicts))


def _judges(state: State, vote: Vote) -> Iterator[str]:
    """Yield those whom an article lets decide and who are not concerned, jurors apart."""
    roles = {role for _, grant in state.law.grants(ACT) for role in grant.roles} - {JUROR}
    people = dict.fromkeys(seat.person for seats in state.seats.values() for seat in seats)
    if roles - {"delegate"}:
        people |= dict.fromkeys(state.members)
    yield from (who for who in people if not partial(state, vote, who) and _is_named(state, vote, who))


def _is_named(state: State, vote: Vote, person: str) -> bool:
    """Return whether an article lets somebody decide, without any lot."""
    place = _place(state, vote)
    if any(fits(state, person, deny, place) for _, deny in state.law.denies(ACT)):
        return False
    return any(fits(state, person, grant, place) for _, grant in state.law.grants(ACT))


def _unconcerned(state: State, vote: Vote) -> tuple[str, ...]:
    """Return whom the lot is drawn among: the roll; where nobody is left of it, the nearest place that has somebody."""
    free = [who for who in vote.frozen.electorate if who in state.members and not partial(state, vote, who)]
    for place in state.tree.upward(_place(state, vote)):
        if free:
            break
        inside = state.tree.within(place)
        free = [who for who, own in state.members.items() if own in inside and not partial(state, vote, who)]
    return tuple(free)


def _place(state: State, vote: Vote) -> str:
    return vote.frozen.place or state.tree.root
