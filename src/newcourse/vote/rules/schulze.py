"""The Schulze method: a Condorcet rule by strongest paths, with a witness for every path (design §4.5, §8.1).

Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
election method", Social Choice and Welfare 36 (2011) 267-303.

Candidate a is *better* than b when the strongest path from a to b is stronger than the strongest path back. This
relation is transitive; the ranking completes it. Kept: Condorcet winner, Smith set, monotonicity, clone independence,
reversal symmetry. Not kept by any Condorcet rule: participation, later-no-harm.

The trace tells the paths between any two candidates; with more than ten candidates it tells those of the winner and of
neighbours in the ranking in words, and the strengths of all as numbers, so that it stays readable.
"""

from collections.abc import Sequence
from typing import Final

from newcourse.vote.ballot import RankedBallot
from newcourse.vote.definition import Option, Rule, one_of
from newcourse.vote.outcome import Ranking, Step, Tally, Undecided
from newcourse.vote.pairwise import Matrix, pairwise
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.ties import Tie, TieRule
from newcourse.vote.widest import Path, Strength, widest_paths

WINNING_VOTES: Final = "winning-votes"
MARGINS: Final = "margins"

ALL_TOLD: Final = 10
"""Most candidates with whom the paths between any two are told in words."""


def schulze(
    profile: Profile[RankedBallot] | RankedVotes, strength: str = WINNING_VOTES, ties: TieRule | None = None
) -> Tally:
    """Return the ranking of all candidates by the Schulze method.

    Parameters
    ----------
    profile
        Ranked ballots, as ballots or as arrays.
    strength
        How a pairwise win is measured: ``winning-votes`` (first the votes for it, then the fewer against it) or
        ``margins`` (votes for it less votes against it).
    ties
        Tie rule; candidate order where none is given.

    Returns
    -------
    Tally
        A :class:`~newcourse.vote.outcome.Ranking`. At each place stands one of the candidates than whom none of those
        still to be placed is better; where there are several, the tie rule decides and the tie is recorded. Undecided
        where no ballot was cast.

    Examples
    --------
    >>> votes = [RankedBallot.of("a", "b", "c")] * 3 + [RankedBallot.of("b", "c", "a")] * 2
    >>> schulze(Profile.of("ranked", ["a", "b", "c"], votes)).sentence
    'a wins over every other candidate one to one; the ranking is a, b, c.'
    """
    votes = RankedVotes.of(profile)
    if not votes.total:
        reason = "No ballot was cast, so no candidate can be ranked."
        return Tally(Undecided("no-ballots", reason), reason, ())
    names, matrix = votes.candidates, pairwise(votes)
    links = link_strengths(matrix, strength)
    paths = widest_paths(links)
    order, placing, settled = _place(names, paths, ties or TieRule())
    steps = (pairwise_step(names, matrix, votes.total), *_duels(names, paths, order, strength), *placing)
    return Tally(Ranking(order), _sentence(names, matrix, order, settled), steps, settled)


def link_strengths(matrix: Matrix, strength: str = WINNING_VOTES) -> tuple[tuple[Strength, ...], ...]:
    """Return the strength of each pairwise win, (0, 0) where there is none; strengths compare as tuples.

    By winning votes a win of N over M is (N, -M): Schulze (2011) compares the votes for it and, where these are
    equal, the votes against it. By margins it is (N - M, 0).
    """
    return tuple(
        tuple(_link(matrix[i][j], matrix[j][i], strength) for j in range(len(matrix))) for i in range(len(matrix))
    )


def _link(votes: int, against: int, strength: str) -> Strength:
    if votes <= against:
        return (0, 0)
    return (votes, -against) if strength == WINNING_VOTES else (votes - against, 0)


def _place(
    names: tuple[str, ...], paths: Sequence[Sequence[Path]], ties: TieRule
) -> tuple[tuple[str, ...], list[Step], tuple[Tie, ...]]:
    left = list(range(len(names)))
    order: list[str] = []
    steps: list[Step] = []
    settled: list[Tie] = []
    while left:
        best = [i for i in left if not any(paths[j][i].strength > paths[i][j].strength for j in left)]
        place, among = len(order) + 1, tuple(names[i] for i in best)
        chosen, sentence = among[0], f"Place {place}: {among[0]}; none of those still to be placed is better."
        if len(among) > 1:
            tie = ties.settle(f"place {place}", among)
            settled.append(tie)
            chosen = tie.first
            sentence = f"Place {place}: none is better than any of {_list(among)}; by {tie.by}, {chosen} comes first."
        steps.append(Step("place", sentence, {"place": place, "unbeaten": among, "placed": chosen}))
        order.append(chosen)
        left.remove(names.index(chosen))
    return tuple(order), steps, tuple(settled)


def pairwise_step(names: tuple[str, ...], matrix: Matrix, total: int) -> Step:
    """Return the step that tells the pairwise matrix."""
    rows = {name: dict(zip(names, row, strict=True)) for name, row in zip(names, matrix, strict=True)}
    sentence = f"{total} ballots are compared pair by pair: in each row, how many prefer that candidate to each other."
    return Step("pairwise", sentence, {"ballots": total, "preferring": rows})


def _duels(
    names: tuple[str, ...], paths: Sequence[Sequence[Path]], order: tuple[str, ...], strength: str
) -> list[Step]:
    size = range(len(names))
    pairs = [(i, j) for i in size for j in size if i < j]
    if len(names) <= ALL_TOLD:
        return [_duel(names, paths[i][j], paths[j][i], i, j, strength) for i, j in pairs]
    place = [order.index(name) for name in names]
    told = [(i, j) for i, j in pairs if 0 in (place[i], place[j]) or abs(place[i] - place[j]) == 1]
    duels = [_duel(names, paths[i][j], paths[j][i], i, j, strength) for i, j in told]
    return [_strengths_step(names, paths, strength, len(told)), *duels]


def _strengths_step(names: tuple[str, ...], paths: Sequence[Sequence[Path]], strength: str, told: int) -> Step:
    sentence = (
        f"Between any two of the {len(names)} candidates the strongest paths were found; their strengths are in the "
        f"facts of this step. Told below are {told} pairs: the winner and each other, and neighbours in the ranking."
    )
    facts: dict[str, object] = {"told": told, "strength": _square(names, paths, 0, 1)}
    if strength == WINNING_VOTES:
        facts["against"] = _square(names, paths, 1, -1)
    return Step("strengths", sentence, facts)


def _square(names: tuple[str, ...], paths: Sequence[Sequence[Path]], part: int, sign: int) -> dict[str, dict[str, int]]:
    return {
        one: {other: sign * path.strength[part] for other, path in zip(names, row, strict=True) if other != one}
        for one, row in zip(names, paths, strict=True)
    }


def _duel(names: tuple[str, ...], there: Path, back: Path, i: int, j: int, strength: str) -> Step:
    if there.strength < back.strength:
        return _duel(names, back, there, j, i, strength)
    one, other = names[i], names[j]
    if there.strength == back.strength:
        verdict = f"Neither of {one} and {other} is better"
    else:
        verdict = f"{one} is better than {other}"
    sentence = (
        f"{verdict}: the strongest path from {one} to {other} {_path_words(names, there, strength)}; "
        f"the strongest path back {_path_words(names, back, strength)}."
    )
    facts = {
        "pair": (one, other),
        "better": one if there.strength > back.strength else None,
        "paths": (_path_facts(names, there, strength), _path_facts(names, back, strength)),
    }
    return Step("paths", sentence, facts)


def _path_words(names: tuple[str, ...], path: Path, strength: str) -> str:
    if not path.nodes:
        return "does not exist"
    route = " > ".join(names[node] for node in path.nodes)
    return f"is {route}, whose weakest link {_strength_words(path.strength, strength)}"


def _strength_words(value: Strength, strength: str) -> str:
    if strength == WINNING_VOTES:
        return f"is won by {value[0]} votes to {-value[1]}"
    return f"is won by a margin of {value[0]}"


def _path_facts(names: tuple[str, ...], path: Path, strength: str) -> dict[str, object]:
    facts: dict[str, object] = {"strength": path.strength[0], "path": tuple(names[node] for node in path.nodes)}
    return facts | ({"against": -path.strength[1]} if strength == WINNING_VOTES else {})


def _sentence(names: tuple[str, ...], matrix: Matrix, order: tuple[str, ...], ties: tuple[Tie, ...]) -> str:
    if len(order) == 1:
        return f"{order[0]} is the only candidate."
    winner = names.index(order[0])
    beats_all = all(matrix[winner][j] > matrix[j][winner] for j in range(len(names)) if j != winner)
    tied = any(tie.question == "place 1" for tie in ties)
    if beats_all:
        how = "wins over every other candidate one to one"
    elif tied:
        how = "wins after a tie"
    else:
        how = "wins by strongest paths"
    return f"{order[0]} {how}; the ranking is {', '.join(order)}."


def _list(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


RULE: Final = Rule(
    name="schulze",
    kind="ranking",
    form=RankedBallot.form,
    reference="M. Schulze, Social Choice and Welfare 36 (2011) 267-303",
    options=(
        Option("strength", "How a pairwise win is measured.", WINNING_VOTES, one_of(WINNING_VOTES, MARGINS)),
        Option("ties", "How ties are settled.", TieRule().to_data(), TieRule.from_data),
    ),
    tally=schulze,
)
