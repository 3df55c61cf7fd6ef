"""How the synthetic federation elects its congress: tendencies, nominations, secret ballots, mandates taken up.

Members lean to one of the scenario's tendencies or to none, by chance. A voter ranks the candidates of the own current
first, then those of no party, then the others; within each by chance. So the ballots follow from leanings that are
made up; they say nothing of how real people would vote.
"""

from collections.abc import Mapping, Sequence
from math import ceil

from newcourse.cli.demo.play import Play
from newcourse.council.articles import ElectionRules
from newcourse.council.bodies import body_named, constituencies, constituency_electorate
from newcourse.vote.ballot import RankedBallot

NON_PARTY = "non-party"
WORKER = "worker"
CONGRESS = "congress"
TURNOUT = 0.9
"""Chance that a member votes."""

_SPARE = 2
"""Candidates beyond the seats."""


def form_tendencies(play: Play) -> dict[str, str]:
    """Let tendencies be formed and speak; return the code of each member's own, empty for none."""
    currents = play.scenario.currents
    shares = [current.share for current in currents]
    picks = play.chance.choice(len(currents) + 1, len(play.members), p=[*shares, 1 - sum(shares)])
    people = list(play.members)
    own: dict[str, str] = dict.fromkeys(people, "")
    for number, current in enumerate(currents):
        leaning = [person for person, pick in zip(people, picks, strict=True) if pick == number]
        formed = play.act("form_tendency", leaning[0], name=current.name, platform=current.platform)
        code = str(formed["tendency"])
        own |= dict.fromkeys(leaning, code)
        for person in leaning[1 : 1 + _SPARE]:
            play.act("join_tendency", person, tendency=code)
        play.act("publish_statement", leaning[0], tendency=code, statement=current.statement)
    return own


def elect(play: Play, own: Mapping[str, str], between: tuple[float, float]) -> None:
    """Elect every delegate of the congress; each takes up the mandate."""
    state = play.federation.state
    body = body_named(state, CONGRESS)
    places = constituencies(state, body)
    for number, place in enumerate(places):
        part = between[0] + (between[1] - between[0]) * number / len(places)
        play.tell(f"electing the delegates of {state.tree.name(place)}", part)
        _elect(play, own, place)
    for mandate in [one for one in play.federation.state.mandates.values() if one.taken_at is None]:
        play.act("take_mandate", mandate.person, mandate=mandate.mandate)


def _elect(play: Play, own: Mapping[str, str], place: str) -> None:
    state = play.federation.state
    body = body_named(state, CONGRESS)
    voters = constituency_electorate(state, body, place)
    opener = voters[0]
    election = str(play.act("open_nominations", opener, body=CONGRESS, place=place)["election"])
    for person in _standing(play, own, voters, body.council.seats):
        if own[person] and person not in play.federation.state.tendencies[own[person]].people:
            play.act("join_tendency", person, tendency=own[person])
        play.act("nominate", person, election=election, person=person)
        groups = [own[person] or NON_PARTY]
        groups += [WORKER] if play.members[person] != state.tree.root else []
        words = f"I am {person}, of {state.tree.name(play.members[person])}."
        play.act("accept_nomination", person, election=election, groups=groups, statement=words)
    play.wait(_rules(play).nomination_days)
    play.act("close_nominations", opener, election=election)
    secret, commitment = play.lot()
    vote = str(play.act("open_election", opener, election=election, commitment=commitment)["frozen"]["vote"])
    candidates = play.federation.vote(vote).frozen.candidates
    ballots = {voter: _ranking(play, own, voter, candidates) for voter in voters if play.chance.random() < TURNOUT}
    play.vote(vote, ballots)
    play.wait(_rules(play).days)
    play.act("close_vote", opener, vote=vote, secret=secret)
    play.act("count_vote", opener, vote=vote)


def _rules(play: Play) -> ElectionRules:
    return next(iter(play.federation.state.law.elections.values()))


def _standing(play: Play, own: Mapping[str, str], voters: Sequence[str], seats: int) -> list[str]:
    """Return who stands: about half more than there are seats, some of each current, and enough of no party."""
    wanted = min(len(voters), ceil(1.5 * seats) + _SPARE)
    shuffled = [voters[i] for i in play.chance.permutation(len(voters))]
    free = [person for person in shuffled if not own[person]][: max(1, ceil(wanted / 2))]
    others = [person for person in shuffled if person not in free]
    return [*free, *others][:wanted]


def _ranking(play: Play, own: Mapping[str, str], voter: str, candidates: Sequence[str]) -> RankedBallot:
    luck = dict(zip(candidates, map(float, play.chance.random(len(candidates))), strict=True))

    def distance(candidate: str) -> float:
        if candidate == voter:
            return -1.0
        near = own[candidate] == own[voter]
        return luck[candidate] + (0.0 if near else 0.7 if not own[candidate] else 1.2)

    ordered = sorted(candidates, key=distance)
    return RankedBallot.of(*ordered[: max(3, len(candidates) // 2)])
