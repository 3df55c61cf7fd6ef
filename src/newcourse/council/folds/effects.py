"""What a counted vote changes, by what it was about; and what falls when a contest is upheld (design §4, §8.2).

Who adds a subject adds one line to :data:`EFFECTS`, and where a fallen result must be undone one to :data:`UNDONE`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from newcourse.council.folds import amending, elections, mandates, recall
from newcourse.council.judging import heard
from newcourse.council.state import State
from newcourse.council.voting import Contest, Result, Verdict, Vote
from newcourse.record.entry import Entry

Effect = Callable[[State, Vote, Result, Entry], State]


def count_vote(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Give a closed vote its result; what it decided takes effect."""
    vote = state.votes[body["vote"]]
    if vote.closed_at is None or vote.result is not None:
        raise ValueError(f"vote {vote.vote} is not one that is closed and uncounted")
    result = Result(
        decided=body["decided"],
        data=body["result"],
        sentence=body["sentence"],
        outcome=body["outcome"],
        closed_at=vote.closed_at,
        counted_at=entry.at,
        ballots=body["ballots"],
    )
    counted = replace(vote, result=result)
    state = replace(state, votes=state.votes.put(vote.vote, counted))
    effect = EFFECTS.get(vote.frozen.subject, nothing)
    return effect(state, counted, result, entry)


def contest_vote(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Note who contests a result and why."""
    vote = state.votes[body["vote"]]
    if vote.contest_of(entry.actor) is not None:
        raise ValueError(f"{entry.actor} contests vote {vote.vote} already")
    contest = Contest(entry.actor, entry.at, body["reasons"])
    return replace(state, votes=state.votes.put(vote.vote, replace(vote, contests=(*vote.contests, contest))))


def decide_contest(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Let a result stand or fall, by a jury once it has a majority.

    Where it falls, what it had changed is undone, and other contests are moot.
    """
    vote = state.votes[body["vote"]]
    contest = vote.contest_of(body["person"])
    if contest is None or contest.outcome or vote.result is None:
        raise ValueError(f"the result of vote {vote.vote} is not contested by {body['person']}")
    if any(verdict.by == entry.actor for verdict in contest.verdicts):
        raise ValueError(f"{entry.actor} has decided on the contest of {contest.by} already")
    decided = heard(state, vote, contest, Verdict(entry.actor, body["upheld"], body["reasons"]))
    if decided.outcome != body["outcome"]:
        raise ValueError(f"by {entry.actor} the contest of {contest.by} is not {body['outcome'] or 'undecided'}")
    judged = replace(vote, contests=tuple(decided if one is contest else one for one in vote.contests))
    if decided.outcome != "upheld":
        return replace(state, votes=state.votes.put(vote.vote, judged))
    fallen = replace(judged, contests=tuple(map(_moot, judged.contests)), result=voided(vote.result))
    undone = UNDONE.get(vote.frozen.subject, nothing)(state, vote, vote.result, entry) if vote.result.decided else state
    return replace(undone, votes=undone.votes.put(vote.vote, fallen))


def _moot(contest: Contest) -> Contest:
    """Return a contest settled because the result has fallen; as it is where it was decided."""
    return contest if contest.outcome else replace(contest, outcome="moot")


def voided(result: Result) -> Result:
    """Return a result that has fallen: nothing is decided any more; the steps of the count stay on record."""
    sentence = f"The result fell because it was contested and the contest was upheld. It had been: {result.sentence}"
    return replace(result, decided=False, data={"undecided": "contested"}, sentence=sentence)


def nothing(state: State, _vote: Vote, _result: Result, _entry: Entry) -> State:
    """Change nothing beyond the vote itself."""
    return state


def weights_voted(state: State, vote: Vote, result: Result, _entry: Entry) -> State:
    """Let voted weights hold for their cycle."""
    return _in_cycle(state, vote, weights=result.data["shares"]) if result.decided else state


def variant_voted(state: State, vote: Vote, result: Result, _entry: Entry) -> State:
    """Let the chosen variant be the winner of its cycle."""
    return _in_cycle(state, vote, winner=result.data["winner"]) if result.decided else state


def weights_undone(state: State, vote: Vote, _result: Result, _entry: Entry) -> State:
    """Take voted weights back: the vote is held again."""
    return _in_cycle(state, vote, weights={})


def variant_undone(state: State, vote: Vote, _result: Result, _entry: Entry) -> State:
    """Take the winner back: the vote is held again."""
    return _in_cycle(state, vote, winner="")


def weights_built_on(state: State, vote: Vote) -> str:
    """Return what was built on voted weights: the variants."""
    cycle = state.cycle_numbered(vote.cycle)
    names = ", ".join(variant.variant for variant in cycle.variants) if cycle else ""
    return f"the variants {names} were calculated from them" if names else _over(state, vote)


def variant_built_on(state: State, vote: Vote) -> str:
    """Return what was built on a chosen variant: the adopted plan."""
    cycle = state.cycle_numbered(vote.cycle)
    return "its plan was adopted" if cycle and cycle.adopted else _over(state, vote)


def motion_built_on(state: State, vote: Vote) -> str:
    """Return what was built on a motion: a cycle that was ended by it."""
    ended = next((cycle.number for cycle in state.past if cycle.ended == vote.vote), 0)
    return f"cycle {ended} was ended by it" if ended else ""


def _over(state: State, vote: Vote) -> str:
    running = state.cycle is not None and state.cycle.number == vote.cycle
    return "" if running else f"cycle {vote.cycle} is over"


def _in_cycle(state: State, vote: Vote, **changed: Any) -> State:
    cycle = state.cycle
    if cycle is None or cycle.number != vote.cycle:
        return state
    return replace(state, cycle=replace(cycle, **changed))


EFFECTS: Final[Mapping[str, Effect]] = MappingProxyType(
    {
        "weights": weights_voted,
        "variant": variant_voted,
        "motion": nothing,
        "election": elections.elected,
        "recall": recall.recalled,
        "instruction": mandates.instructed,
        "statutes": amending.passed,
    }
)
"""What a result changes, by subject; called for undecided results too."""

UNDONE: Final[Mapping[str, Effect]] = MappingProxyType(
    {
        "weights": weights_undone,
        "variant": variant_undone,
        "motion": nothing,
        "election": elections.unelected,
        "recall": recall.recall_undone,
        "instruction": mandates.uninstructed,
        "statutes": amending.undone,
    }
)
"""What falls with a decided result, by subject; called with the vote and result as they were."""

BUILT_ON: Final[Mapping[str, Callable[[State, Vote], str]]] = MappingProxyType(
    {
        "weights": weights_built_on,
        "variant": variant_built_on,
        "motion": motion_built_on,
        "recall": recall.recall_built_on,
        "statutes": amending.built_on,
    }
)
"""What has been built on a result already, in words, so that it can no longer fall; empty text for nothing."""
