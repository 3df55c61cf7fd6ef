"""The papers that a member was elected with, found by following the published stages of the count (design §8.2)."""

from dataclasses import dataclass

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.vote.meek.papers import DECIMALS, UNIT
from newcourse.vote.meek.stages import MeekCount
from newcourse.vote.ranked import NOBODY, RankedVotes
from newcourse.vote.stv.stages import ONE, PLACES, Elected, Stage


@dataclass(frozen=True, eq=False)
class Holding:
    """Papers of one member.

    Parameters
    ----------
    votes
        The ballots on these papers, with how often each was cast.
    value
        What each paper is worth, in units of 10 to the minus ``places``; shape (ballots,), in integers of any length.
    places
        Decimals of the values.
    """

    votes: RankedVotes
    value: np.ndarray
    places: int

    @property
    def worth(self) -> int:
        """What all papers are worth together, in units."""
        return int((self.value * self.votes.times).sum())


def holding(votes: RankedVotes, result: Elected | MeekCount, member: str) -> Holding:
    """Return the papers that a member was elected with, at the values they had.

    Parameters
    ----------
    votes
        The ballots that were counted.
    result
        What the count gave: by Scottish law the papers are those held at the end of the stage of election, before any
        surplus is transferred; by Meek's method those of which the member keeps something when the count ends.
    member
        One of the elected.

    Raises
    ------
    BadInput
        When the candidate was not elected, or the ballots are not those of the count.
    """
    if member not in result.elected:
        raise BadInput(_fault("not-elected", member, f"one of {', '.join(result.elected)}", "name an elected member"))
    strict = votes.strict()
    if not strict.order.shape[1] or tuple(dict(result.stages[0].votes)) != votes.candidates:
        raise BadInput(_not_those(member))
    if isinstance(result, MeekCount):
        held, places, published = _kept(strict, result, member), DECIMALS, result.stages[-1].votes[member]
    else:
        stage = next(stage for stage in result.stages if member in stage.elected)
        held, places, published = _held(strict, result, member), PLACES, _units(stage, member)
    rows = np.flatnonzero(held)
    found = Holding(RankedVotes(votes.candidates, strict.order[rows], strict.times[rows]), held[rows], places)
    if found.worth != published:
        raise BadInput(_not_those(member))
    return found


def next_choice(order: np.ndarray, after: np.ndarray, open_to: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the place and the candidate of each ballot's next preference among those it may go to.

    Parameters
    ----------
    order
        Positions of candidates by preference; shape (ballots, longest).
    after
        Place of the present preference, -1 for none; shape (ballots,).
    open_to
        Which candidates may receive, and last that nobody may; shape (c + 1,).

    Returns
    -------
    tuple
        Place and candidate, nobody where there is no such preference; shapes (ballots,).
    """
    usable = open_to[order.astype(np.intp)] & (np.arange(order.shape[1]) > after[:, None])
    place = usable.argmax(axis=1)
    found = np.take_along_axis(order, place[:, None], axis=1)[:, 0]
    return place, np.where(usable.any(axis=1), found, NOBODY)


def _held(votes: RankedVotes, result: Elected, member: str) -> np.ndarray:
    """Return each paper's worth with the member when elected by Scottish law, 0 where it is elsewhere."""
    position = {name: c for c, name in enumerate(votes.candidates)}
    open_to = np.array([True] * len(position) + [False])
    place, holder = next_choice(votes.order, np.full(len(votes.times), -1), open_to)
    value = np.full(len(votes.times), ONE, dtype=object)
    before: Stage | None = None
    for stage in result.stages:
        givers = [position[name] for name in ((stage.surplus,) if stage.surplus else stage.excluded)]
        open_to[[position[name] for name in stage.excluded]] = False
        rows = np.flatnonzero(np.isin(holder, givers))
        if stage.surplus and before:
            held = _units(before, stage.surplus)
            value[rows] = value[rows] * (held - int(result.quota) * ONE) // held
        place[rows], holder[rows] = next_choice(votes.order[rows], place[rows], open_to)
        open_to[[position[name] for name in stage.elected]] = False
        if member in stage.elected:
            break
        before = stage
    return np.where(holder == position[member], value, 0)


def _kept(votes: RankedVotes, result: MeekCount, member: str) -> np.ndarray:
    """Return what a member keeps of each ballot at the end of a count by Meek's method."""
    excluded = {stage.excluded for stage in result.stages}
    last = result.stages[-1].keep
    factor = [last.get(name, 0 if name in excluded else UNIT) for name in votes.candidates]
    factors = np.array([*factor, 0], dtype=np.int64)
    weight = np.full(len(votes.times), UNIT, dtype=np.int64)
    kept = np.zeros(len(votes.times), dtype=np.int64)
    for column in votes.order.T:
        part = (weight * factors[column] + (UNIT - 1)) // UNIT
        kept += np.where(column == votes.candidates.index(member), part, 0)
        weight -= part
    return kept.astype(object)


def _units(stage: Stage, name: str) -> int:
    return int(dict(stage.votes)[name].replace(".", ""))


def _not_those(member: str) -> Fault:
    found = f"ballots that do not give {member} the votes of the published stages"
    return _fault("ballots-other", found, "the ballots of that count", "count back the ballots that were counted")


def _fault(code: str, found: str, expected: str, remedy: str) -> Fault:
    return Fault(code, "countback", found, expected, remedy)
