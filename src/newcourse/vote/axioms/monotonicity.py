"""Monotonicity, by search: whoever is elected stays elected when voters only raise that candidate.

Sources: the property of J. H. Smith, "Aggregation of preferences with variable electorate", Econometrica 41 (1973)
1027-1041; that the single transferable vote lacks it, G. Doron and R. Kronick, "Single transferrable vote: an example
of a perverse social choice function", American Journal of Political Science 21 (1977) 303-311.

A count is a black box here: it is asked again for every change that is tried. So a counterexample is proof against
the rule on these votes, but finding none is proof only as far as all changes were tried, and the verdict says how far.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from random import Random

from newcourse.errors import BadInput, Fault
from newcourse.vote.axioms.verdict import Elected, Verdict, elected
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.outcome import Outcome, Tally, Undecided
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes

Count = Callable[[Profile[RankedBallot]], Elected]


@dataclass(frozen=True, slots=True)
class Change:
    """Some voters of one kind of ballot raise a candidate and leave the order of all others as it was."""

    before: RankedBallot
    after: RankedBallot
    voters: int

    def to_data(self) -> dict[str, object]:
        """Return the change as plain data."""
        return {"before": self.before.to_data(), "after": self.after.to_data(), "voters": self.voters}


def monotonicity(
    votes: Profile[RankedBallot] | RankedVotes,
    count: Count,
    kinds: int = 1,
    limit: int = 2000,
    seed: int | None = None,
) -> Verdict:
    """Return whether nobody elected is harmed by being raised, as far as was searched.

    Parameters
    ----------
    votes
        Ranked ballots.
    count
        The rule: from ballots to whoever is elected.
    kinds
        On how many kinds of ballots at once the candidate is raised. On each, any number of its voters raise it, all
        to the same rank.
    limit
        Most changes that are tried for each candidate elected.
    seed
        Where there are more changes than that, so many of them are drawn by this seed.

    Raises
    ------
    BadInput
        When there are more changes than the limit and no seed is given, or the votes elect nobody.

    Examples
    --------
    >>> def last_two(profile):  # elects whom most put last but one
    ...     return max(profile.candidates, key=lambda c: sum(n for b, n in profile.ballots if b.ranks[-2] == (c,)))
    >>> votes = RankedVotes.of_lists("abc", ["abc", "cab"], [3, 2])
    >>> monotonicity(votes, last_two).sentence
    'b is elected, but no more when it is raised: 1 voter with a > b > c to b > a > c; then a is elected.'
    """
    profile = votes.to_profile() if isinstance(votes, RankedVotes) else votes
    winners = elected(count(profile), profile.candidates)
    tried, complete = 0, True
    for winner in winners:
        choices = [_changes(ballot, times, winner, profile.candidates) for ballot, times in profile.ballots]
        every = _how_many(choices, kinds)
        complete = complete and every <= limit
        for changes in _all(choices, kinds) if every <= limit else _drawn(choices, kinds, limit, every, seed):
            tried += 1
            after = _elected_then(count, _changed(profile, changes))
            if winner not in after:
                return _harmed(winner, winners, after, changes, tried)
    how = f"all {tried} changes" if complete else f"{tried} changes drawn by seed {seed}"
    stay = "stay" if len(winners) > 1 else "stays"
    where = f"up to {kinds} kinds of ballots" if kinds > 1 else "one kind of ballots"
    sentence = f"{', '.join(winners)} {stay} elected when raised: {how} on {where} were tried."
    facts = {"elected": winners, "tried": tried, "complete": complete, "kinds": kinds, "seed": seed}
    return Verdict("monotonicity", holds=True, sentence=sentence, facts=facts)


def raised(ballot: RankedBallot, name: str, candidates: tuple[str, ...]) -> list[RankedBallot]:
    """Return all ballots that raise the candidate to a rank of its own, the least raised first.

    Examples
    --------
    >>> [ballot.ranks for ballot in raised(RankedBallot.of("a", ("b", "c")), "c", ("a", "b", "c", "d"))]
    [(('a',), ('c',), ('b',)), (('c',), ('a',), ('b',))]
    """
    place = next((k for k, rank in enumerate(ballot.ranks) if name in rank), len(ballot.ranks))
    alone = place < len(ballot.ranks) and len(ballot.ranks[place]) == 1
    if alone:
        place -= 1
    elif place == len(ballot.ranks) and len(ballot.names()) == len(candidates) - 1:
        place -= 1  # alone in the last place though not ranked: to rank it there would change nothing
    others = [tuple(n for n in rank if n != name) for rank in ballot.ranks]
    rest = [rank for rank in others if rank]
    return [RankedBallot((*rest[:k], (name,), *rest[k:])) for k in range(place, -1, -1)]


def _changes(ballot: RankedBallot, times: int, winner: str, candidates: tuple[str, ...]) -> list[Change]:
    after = raised(ballot, winner, candidates)
    return [Change(ballot, new, voters) for new in after for voters in range(1, times + 1)]


def _how_many(choices: list[list[Change]], kinds: int) -> int:
    """Return how many ways there are to change one to so many kinds, without listing them."""
    ways = [1] + [0] * kinds
    for options in choices:
        for k in range(kinds, 0, -1):
            ways[k] += ways[k - 1] * len(options)
    return sum(ways[1:])


def _all(choices: list[list[Change]], kinds: int) -> Iterator[tuple[Change, ...]]:
    for k in range(1, kinds + 1):
        for chosen in combinations([options for options in choices if options], k):
            yield from product(*chosen)


def _drawn(
    choices: list[list[Change]], kinds: int, limit: int, every: int, seed: int | None
) -> Iterator[tuple[Change, ...]]:
    if seed is None:
        found, expected = f"{every} changes to try", f"at most {limit}, or a seed to draw so many of them"
        raise BadInput(Fault("search-large", "monotonicity", found, expected, "give a seed or a higher limit"))
    chance = Random(seed)  # noqa: S311 (a search that can be repeated, not a secret)
    possible = [options for options in choices if options]
    for _ in range(limit):
        chosen = chance.sample(possible, chance.randint(1, min(kinds, len(possible))))
        yield tuple(chance.choice(options) for options in chosen)


def _changed(profile: Profile[RankedBallot], changes: tuple[Change, ...]) -> Profile[RankedBallot]:
    left = dict(profile.ballots)
    for change in changes:
        left[change.before] -= change.voters
    rows = [(ballot, times) for ballot, times in left.items() if times]
    return Profile(profile.form, profile.candidates, (*rows, *((change.after, change.voters) for change in changes)))


def _elected_then(count: Count, profile: Profile[RankedBallot]) -> tuple[str, ...]:
    outcome = count(profile)
    result = outcome.result if isinstance(outcome, Outcome | Tally) else outcome
    return () if isinstance(result, Undecided) else elected(outcome, profile.candidates)


def _harmed(
    winner: str, winners: tuple[str, ...], after: tuple[str, ...], changes: tuple[Change, ...], tried: int
) -> Verdict:
    told = "; ".join(map(_told, changes))
    then = f"{', '.join(after) or 'nobody'} {'are' if len(after) > 1 else 'is'} elected"
    sentence = f"{winner} is elected, but no more when it is raised: {told}; then {then}."
    facts = {
        "candidate": winner,
        "elected": winners,
        "then": after,
        "changes": tuple(change.to_data() for change in changes),
        "tried": tried,
    }
    return Verdict("monotonicity", holds=False, sentence=sentence, facts=facts)


def _told(change: Change) -> str:
    who = f"{change.voters} voters" if change.voters > 1 else "1 voter"
    return f"{who} with {_words(change.before)} to {_words(change.after)}"


def _words(ballot: RankedBallot) -> str:
    return " > ".join(" = ".join(rank) for rank in ballot.ranks) or "a blank ballot"
