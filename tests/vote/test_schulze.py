"""The Schulze method keeps what its paper proves, and counts the published example (design §8.1)."""

import json
from itertools import pairwise as neighbours
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from newcourse.vote.ballot import RankedBallot
from newcourse.vote.pairwise import pairwise
from newcourse.vote.profile import Profile
from newcourse.vote.rules.schulze import link_strengths, schulze
from newcourse.vote.ties import TieRule
from newcourse.vote.widest import widest_paths
from tests.vote.strategies import ranked_profiles, rankings

# M. Schulze's example with 45 voters and 5 candidates, as in his papers and electronic notes on the method since 2003.
FORTY_FIVE = (
    (5, "ACBED"),
    (5, "ADECB"),
    (8, "BEDAC"),
    (3, "CABED"),
    (7, "CAEBD"),
    (2, "CBADE"),
    (7, "DCEBA"),
    (8, "EBADC"),
)
PAIRWISE = ((0, 20, 26, 30, 22), (25, 0, 16, 33, 18), (19, 29, 0, 17, 24), (15, 12, 28, 0, 14), (23, 27, 21, 31, 0))
STRENGTHS = ((0, 28, 28, 30, 24), (25, 0, 28, 33, 24), (25, 29, 0, 29, 24), (25, 28, 28, 0, 24), (25, 28, 28, 31, 0))

STRENGTH_NAMES = st.sampled_from(["winning-votes", "margins"])


def box(names, *groups):
    return Profile("ranked", tuple(names), tuple((RankedBallot.of(*order), times) for times, order in groups))


def unbeaten(profile, strength="winning-votes"):
    """Potential winners: none has a stronger path to them than they have back."""
    paths = widest_paths(link_strengths(pairwise(profile), strength))
    size = range(len(profile.candidates))
    return {profile.candidates[i] for i in size if not any(paths[j][i].strength > paths[i][j].strength for j in size)}


def strongest_by_trying_all(links, start, end):
    between = [node for node in range(len(links)) if node not in (start, end)]
    routes = [(start, *middle, end) for size in range(len(between) + 1) for middle in permutations(between, size)]
    return max(min(links[a][b] for a, b in neighbours(route)) for route in routes)


def test_the_example_with_45_voters():
    profile = box("ABCDE", *FORTY_FIVE)
    assert pairwise(profile) == PAIRWISE
    paths = widest_paths(link_strengths(pairwise(profile)))
    assert tuple(tuple(path.strength[0] for path in row) for row in paths) == STRENGTHS
    tally = schulze(profile)
    assert tally.result.to_data() == {"winner": "E", "ranking": ["E", "A", "C", "B", "D"]}
    assert tally.ties == ()
    assert tally.sentence == "E wins by strongest paths; the ranking is E, A, C, B, D."


def test_the_published_file_of_the_example(shared_data):
    known = json.loads((shared_data / "votes/schulze/schulze_45_voters.json").read_text())
    names = sorted(known["pairwise"])
    profile = box(names, *known["profile"])
    tally = schulze(profile)
    assert list(tally.result.order) == known["expected_ranking"]
    assert {name: dict(row) for name, row in tally.steps[0].facts["preferring"].items()} == known["pairwise"]
    for step in tally.steps:
        for path in step.facts.get("paths", ()):
            assert path["strength"] == known["path_strengths"][path["path"][0]][path["path"][-1]]


def test_the_trace_says_the_paths_of_the_example():
    sentences = [step.sentence for step in schulze(box("ABCDE", *FORTY_FIVE)).steps]
    assert (
        "E is better than A: the strongest path from E to A is E > B > A, whose weakest link is won by 25 votes to 20; "
        "the strongest path back is A > C > E, whose weakest link is won by 24 votes to 21."
    ) in sentences
    assert sentences[-5:] == [
        f"Place {place}: {name}; none of those still to be placed is better." for place, name in enumerate("EACBD", 1)
    ]
    assert len(sentences) == 1 + 10 + 5


def test_winning_votes_and_margins_can_differ():
    # A > B by 5 to 4, B > C by 4 to 2, C > A by 6 to 3: a ring whose weakest link is B > C by winning votes (4), so
    # that C wins, but A > B by margins (1), so that B wins.
    profile = box("ABC", (3, "A"), (4, "BC"), (2, "CA"))
    assert pairwise(profile) == ((0, 5, 3), (4, 0, 4), (6, 2, 0))
    assert schulze(profile).result.order == ("C", "A", "B")
    assert schulze(profile, "margins").result.order == ("B", "C", "A")
    assert "is won by a margin of 2" in schulze(profile, "margins").steps[1].sentence


def test_equal_winning_votes_are_told_apart_by_the_votes_against():
    # Schulze 2011, definition of winning votes: with equal support the win with less opposition is stronger.
    matrix = ((0, 6, 3), (4, 0, 6), (6, 1, 0))
    links = link_strengths(matrix)
    assert links[0][1] == (6, -4) < links[2][0] == (6, -3) < links[1][2] == (6, -1)
    paths = widest_paths(links)
    assert paths[1][0].strength == (6, -3) > paths[0][1].strength == (6, -4)


@given(ranked_profiles(), STRENGTH_NAMES)
def test_paths_are_as_strong_as_the_strongest_of_all_paths(profile, strength):
    links = link_strengths(pairwise(profile), strength)
    paths = widest_paths(links)
    for start, end in permutations(range(len(links)), 2):
        path = paths[start][end]
        assert path.strength == strongest_by_trying_all(links, start, end)
        if path.nodes:
            assert (path.nodes[0], path.nodes[-1]) == (start, end)
            assert len(set(path.nodes)) == len(path.nodes)
            assert min(links[a][b] for a, b in neighbours(path.nodes)) == path.strength
        else:
            assert path.strength == (0, 0)


@given(ranked_profiles(), STRENGTH_NAMES)
def test_better_is_transitive_and_the_ranking_completes_it(profile, strength):
    paths = widest_paths(link_strengths(pairwise(profile), strength))
    size = range(len(paths))
    better = {(i, j) for i in size for j in size if paths[i][j].strength > paths[j][i].strength}
    assert all((i, k) in better for i, j in better for j2, k in better if j == j2)
    order = [profile.candidates.index(name) for name in schulze(profile, strength).result.order]
    assert sorted(order) == list(size)
    assert all(order.index(i) < order.index(j) for i, j in better)


@given(ranked_profiles(), STRENGTH_NAMES)
def test_a_condorcet_winner_wins(profile, strength):
    matrix = pairwise(profile)
    size = range(len(matrix))
    for i in size:
        if all(matrix[i][j] > matrix[j][i] for j in size if j != i):
            tally = schulze(profile, strength)
            assert tally.result.winner == profile.candidates[i]
            assert "wins over every other candidate one to one" in tally.sentence


@given(ranked_profiles(), STRENGTH_NAMES)
def test_all_of_the_smith_set_come_before_all_others(profile, strength):
    matrix = pairwise(profile)
    size = range(len(matrix))
    order = schulze(profile, strength).result.order
    for k in size:
        top, rest = order[: k + 1], order[k + 1 :]
        index = profile.candidates.index
        if all(matrix[index(a)][index(b)] > matrix[index(b)][index(a)] for a in top for b in rest):
            break
    smith = _smith_set(matrix)
    assert {index(name) for name in top} == smith


def _smith_set(matrix):
    """Least non-empty set whose every member wins over every one outside, by growing from each candidate."""
    size = range(len(matrix))
    sets = []
    for start in size:
        members = {start}
        while grown := {j for j in size if j not in members and any(matrix[j][i] >= matrix[i][j] for i in members)}:
            members |= grown
        sets.append(members)
    return min(sets, key=len)


@given(ranked_profiles(), st.permutations("ABCDE"), STRENGTH_NAMES)
def test_neutrality(profile, renamed, strength):
    new = dict(zip("ABCDE", renamed, strict=True))
    rows = tuple(
        (RankedBallot(tuple(tuple(new[n] for n in rank) for rank in ballot.ranks)), times)
        for ballot, times in profile.ballots
    )
    other = Profile("ranked", tuple(new[n] for n in profile.candidates), rows)
    assert schulze(other, strength).result.order == tuple(new[n] for n in schulze(profile, strength).result.order)


@given(ranked_profiles(), STRENGTH_NAMES)
def test_reversal_symmetry(profile, strength):
    def turned(ballot):
        unranked = tuple(n for n in profile.candidates if n not in ballot.names())
        return RankedBallot(tuple(reversed((*ballot.ranks, *((unranked,) if unranked else ())))))

    other = Profile("ranked", profile.candidates, tuple((turned(b), times) for b, times in profile.ballots))
    there = widest_paths(link_strengths(pairwise(profile), strength))
    back = widest_paths(link_strengths(pairwise(other), strength))
    for i, j in permutations(range(len(there)), 2):
        assert there[i][j].strength == back[j][i].strength


@given(ranked_profiles(), st.data(), STRENGTH_NAMES)
def test_raising_a_winner_does_not_harm_it(profile, data, strength):
    winner = data.draw(st.sampled_from(sorted(unbeaten(profile, strength))))
    place = data.draw(st.integers(0, len(profile.ballots) - 1))
    ballot, times = profile.ballots[place]
    lifted = RankedBallot(
        ((winner,), *(kept for rank in ballot.ranks if (kept := tuple(n for n in rank if n != winner))))
    )
    rows = (*profile.ballots[:place], (lifted, times), *profile.ballots[place + 1 :])
    assert winner in unbeaten(Profile("ranked", profile.candidates, rows), strength)


@given(ranked_profiles(max_candidates=4), st.data())
def test_a_clone_of_a_loser_does_not_help_or_harm_the_others(profile, data):
    cloned = data.draw(st.sampled_from(profile.candidates))
    rows = []
    for ballot, times in profile.ballots:
        ranks = [part for rank in ballot.ranks for part in _beside(rank, cloned)]
        rows.append((RankedBallot(tuple(ranks)), times))
    other = Profile("ranked", (*profile.candidates, "Z"), tuple(rows))
    assert unbeaten(profile) - {cloned} == unbeaten(other) - {cloned, "Z"}


def _beside(rank, cloned):
    return [(*rank, "Z")] if cloned in rank else [rank]


def test_ties_are_settled_as_fixed_and_recorded():
    profile = box("ABC", (1, "ABC"), (1, "CBA"))
    tally = schulze(profile)
    assert tally.result.order == ("A", "B", "C")
    assert [(tie.question, tie.among) for tie in tally.ties] == [("place 1", ("A", "B", "C")), ("place 2", ("B", "C"))]
    assert tally.sentence == "A wins after a tie; the ranking is A, B, C."
    by_lot = schulze(profile, ties=TieRule("lot", "draw 7"))
    assert by_lot.result.order == TieRule("lot", "draw 7").order("ABC")
    assert 'by lot from the seed "draw 7"' in by_lot.steps[-3].sentence


@given(ranked_profiles(), st.sampled_from(["draw 1", "draw 2"]))
def test_the_tie_rule_matters_only_where_there_is_a_tie(profile, seed):
    plain_order, lot = schulze(profile), schulze(profile, ties=TieRule("lot", seed))
    assert bool(plain_order.ties) == bool(lot.ties)
    if not lot.ties:
        assert lot.result == plain_order.result


def test_blank_ballots_prefer_nobody_and_an_empty_box_decides_nothing():
    blank = box("AB", (3, []), (1, "B"))
    assert schulze(blank).result.winner == "B"
    empty = schulze(Profile("ranked", ("A", "B"), ()))
    assert empty.result.to_data()["undecided"] == "no-ballots"


def test_one_candidate_is_the_only_candidate():
    assert schulze(box("A", (2, "A"))).sentence == "A is the only candidate."


@given(st.lists(rankings("ABCD"), min_size=1, max_size=8))
def test_the_pairwise_matrix_counts_every_ballot_that_tells_two_apart(ballots):
    matrix = pairwise(Profile.of("ranked", "ABCD", ballots))
    for i, j in permutations(range(4), 2):
        a, b = "ABCD"[i], "ABCD"[j]
        levels = [{name: k for k, rank in enumerate(ballot.ranks) for name in rank} for ballot in ballots]
        apart = sum(level.get(a, 99) != level.get(b, 99) for level in levels)
        assert matrix[i][j] + matrix[j][i] == apart


def test_fifty_candidates_are_counted():
    names = tuple(f"candidate {i}" for i in range(50))
    rows = tuple((RankedBallot.of(*names[i:], *names[:i]), 1 + i % 7) for i in range(50))
    tally = schulze(Profile("ranked", names, rows))
    assert sorted(tally.result.order) == sorted(names)
