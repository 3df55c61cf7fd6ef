"""Power in a body: how often a tendency, a constituency or a single member decides (design §8.4).

In one body every delegate has one vote and more than half of the seats taken decide. Through the pyramid each
constituency's delegates are taken to vote as their electors did, by more than half of them: the indirect voting that
Felsenthal and Machover measure. Both are a priori: who agrees with whom is left out of account.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from newcourse.council.bodies import Body, body_beneath, constituencies
from newcourse.council.composition import NONE, tendency_of
from newcourse.council.state import State
from newcourse.vote.plain import percent
from newcourse.vote.power.banzhaf import banzhaf
from newcourse.vote.power.game import WeightedVote
from newcourse.vote.power.shapley_shubik import shapley_shubik
from newcourse.vote.power.tiers import Council, Tier, Voters, voter_power

MOST_EXACT: Final = 500
"""Members up to which the chances through the pyramid are exact. Above it groups of an even number are taken as one
smaller, so that every group says yes as often as no; the chances then differ by a part of about one over the number."""


@dataclass(frozen=True, slots=True)
class Power:
    """How often a bloc of seats decides: Banzhaf's index, and Shapley and Shubik's.

    Parameters
    ----------
    name, seats
        The bloc: a tendency, a delegate without one, or a constituency.
    banzhaf, shapley
        Its parts of all swings and of all pivots.
    words
        The same as a sentence.
    """

    name: str
    seats: int
    banzhaf: Fraction
    shapley: Fraction
    words: str


def power_of_tendencies(state: State, body: Body) -> tuple[Power, ...]:
    """Return the power of each tendency that sits in a body, and of each delegate without one."""
    blocs: Counter[str] = Counter()
    for seat in state.seats.get(body.body, ()):
        mandate = state.mandates.get(seat.mandate)
        tendency = tendency_of(state, mandate.groups) if mandate else NONE
        blocs[tendency or seat.person] += 1
    return _powers(blocs)


def power_of_constituencies(state: State, body: Body) -> tuple[Power, ...]:
    """Return the power of each constituency whose delegates vote together."""
    return _powers(Counter(seat.place for seat in state.seats.get(body.body, ())))


def _powers(blocs: Mapping[str, int]) -> tuple[Power, ...]:
    total = sum(blocs.values())
    if not total:
        return ()
    vote = WeightedVote(dict(blocs), total // 2 + 1)
    swings, pivots = banzhaf(vote).normalised, shapley_shubik(vote)
    return tuple(
        Power(name, seats, swings[name], pivots[name], _words(name, seats, total, swings[name], pivots[name]))
        for name, seats in blocs.items()
    )


def _words(name: str, seats: int, total: int, swings: Fraction, pivots: Fraction) -> str:
    return (
        f"{name} holds {seats} of {total} seats ({percent(Fraction(seats, total))}) and {percent(swings)} of the power "
        f"by Banzhaf's index, {percent(pivots)} by Shapley and Shubik's."
    )


@dataclass(frozen=True, slots=True)
class MemberPower:
    """How likely one member of a constituency decides a body's vote through the pyramid, all others by even chance.

    Parameters
    ----------
    place, members
        A place whose members elect, and how many they are.
    chance
        The chance, exact where ``exact``.
    relative
        The chance over the mean of all members.
    exact
        Whether even groups were taken as they are.
    words
        The same as a sentence.
    """

    place: str
    members: int
    chance: float
    relative: float
    exact: bool
    words: str


def member_power(state: State, body: Body) -> tuple[MemberPower, ...]:
    """Return the power of a member of each place that elects, at the bottom of the pyramid under a body.

    Looks at every member of the federation. Places without members take no part.
    """
    counts = _members_within(state)
    exact = len(state.members) <= MOST_EXACT
    voting: dict[str, int] = {}
    tier = _tier(state, (body,), counts, voting, exact=exact)
    if tier is None:
        return ()
    chances = {place: float(chance) for place, chance in voter_power(tier).items()}
    everybody = sum(voting.values())
    mean = sum(chances[place] * number for place, number in voting.items()) / everybody
    return tuple(
        _member_power(state, place, number, chances[place], chances[place] / mean if mean else 1.0, exact=exact)
        for place, number in voting.items()
    )


def _member_power(
    state: State, place: str, members: int, chance: float, relative: float, *, exact: bool
) -> MemberPower:
    about = "" if exact else "about "
    words = f"A member at {state.tree.name(place)} ({members} members) decides with a chance of {about}{chance:.4f}, "
    words += f"{relative:.2f} times the mean of all members."
    return MemberPower(place, members, chance, relative, exact, words)


def _tier(
    state: State, above: tuple[Body, ...], counts: Mapping[str, int], voting: dict[str, int], *, exact: bool
) -> Tier | None:
    """Return the pyramid under the last of these bodies; members of electing places are put into ``voting``."""
    body = above[-1]
    members: list[tuple[int, Tier]] = []
    for place in constituencies(state, body):
        lower = body_beneath(state, body, place) if body.council.elected_by == "delegates" else None
        if lower is not None:  # bodies that elect each other have nobody beneath them
            tier = None if lower in above else _tier(state, (*above, lower), counts, voting, exact=exact)
        elif counts[place]:
            voting[place] = counts[place]
            tier = Voters(place, counts[place] if exact else counts[place] - (counts[place] % 2 == 0))
        else:
            tier = None
        if tier is not None:
            members.append((body.council.seats, tier))
    total = sum(weight for weight, _ in members)
    return Council(body.body, total // 2 + 1, tuple(members)) if members else None


def _members_within(state: State) -> Counter[str]:
    """Return how many members there are at each place and beneath it."""
    own = Counter(state.members.values())
    counts: Counter[str] = Counter()
    for place, number in own.items():
        for above in state.tree.upward(place):
            counts[above] += number
    return counts
