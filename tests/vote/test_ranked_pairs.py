"""Ranked pairs keep what their papers prove, and agree with two other definitions (design §8.1)."""

from itertools import combinations, permutations
from itertools import pairwise as neighbours

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newcourse.vote.ballot import RankedBallot
from newcourse.vote.outcome import Undecided
from newcourse.vote.pairwise import pairwise
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rule import count, frozen_rule
from newcourse.vote.rules.ranked_pairs import Locked, ranked_pairs
from newcourse.vote.rules.schulze import link_strengths
from newcourse.vote.ties import TieRule
from tests.vote.strategies import ranked_profiles

STRENGTHS = st.sampled_from(["winning-votes", "margins"])


def box(names, *groups):
    return Profile("ranked", tuple(names), tuple((RankedBallot.of(*order), times) for times, order in groups))


def majorities(profile, strength):
    """Winner and loser of each majority, the strongest first, and their strengths."""
    links = link_strengths(pairwise(profile), strength)
    size = range(len(links))
    return sorted(((links[i][j], i, j) for i in size for j in size if links[i][j] > (0, 0)), reverse=True)


def no_equal_majorities(profile, strength):
    strengths = [won for won, _, _ in majorities(profile, strength)]
    return len(set(strengths)) == len(strengths)


@given(ranked_profiles(), STRENGTHS)
def test_the_ranking_breaks_no_majority_that_a_ranking_agreeing_with_all_stronger_ones_could_keep(profile, strength):
    """Of all rankings it keeps the strongest majority, of those that do the next, and so on (S. Eppley's reading)."""
    assume(no_equal_majorities(profile, strength))
    won = majorities(profile, strength)

    def kept(order):
        return [order.index(i) < order.index(j) for _, i, j in won]

    ours = [profile.candidates.index(name) for name in ranked_pairs(profile, strength).result.order]
    assert kept(ours) == max(kept(order) for order in permutations(range(len(profile.candidates))))


@given(ranked_profiles(), STRENGTHS)
def test_the_ranking_is_a_stack(profile, strength):
    """Zavist and Tideman 1989: each is above another by a way down the ranking at least as strong as the way back."""
    links = link_strengths(pairwise(profile), strength)
    order = [profile.candidates.index(name) for name in ranked_pairs(profile, strength).result.order]
    for above, below in combinations(range(len(order)), 2):
        back = links[order[below]][order[above]]
        reached = {above}
        for there in range(above + 1, below + 1):
            if any(links[order[k]][order[there]] >= back for k in reached):
                reached.add(there)
        assert below in reached or back == (0, 0)


@given(ranked_profiles(), STRENGTHS)
def test_a_condorcet_winner_wins_and_says_so(profile, strength):
    matrix = pairwise(profile)
    size = range(len(matrix))
    for i in size:
        if all(matrix[i][j] > matrix[j][i] for j in size if j != i):
            tally = ranked_pairs(profile, strength)
            assert tally.result.winner == profile.candidates[i]
            assert "wins over every other candidate one to one" in tally.sentence


@given(ranked_profiles(), STRENGTHS)
def test_the_trace_tells_every_majority_once_and_why_it_was_locked_or_left_out(profile, strength):
    tally = ranked_pairs(profile, strength)
    told = [step for step in tally.steps if step.code in ("lock", "skip")]
    names = profile.candidates
    assert sorted(step.facts["pair"] for step in told) == sorted(
        (names[i], names[j]) for _, i, j in majorities(profile, strength)
    )
    locked = set()
    for step in told:
        one, other = step.facts["pair"]
        if step.code == "lock":
            locked.add((one, other))
        else:
            ring = step.facts["path"]
            assert (ring[0], ring[-1]) == (other, one)
            assert set(neighbours(ring)) <= locked
            assert " > ".join(ring) in step.sentence
    order = tally.result.order
    assert all(order.index(one) < order.index(other) for one, other in locked)


@given(ranked_profiles(), st.permutations("ABCDE"), STRENGTHS)
def test_neutrality(profile, renamed, strength):
    new = dict(zip("ABCDE", renamed, strict=True))
    rows = tuple(
        (RankedBallot(tuple(tuple(new[n] for n in rank) for rank in ballot.ranks)), times)
        for ballot, times in profile.ballots
    )
    other = Profile("ranked", tuple(new[n] for n in profile.candidates), rows)
    expected = tuple(new[n] for n in ranked_pairs(profile, strength).result.order)
    assert ranked_pairs(other, strength).result.order == expected


@given(ranked_profiles(), st.data(), STRENGTHS)
def test_raising_the_winner_keeps_it(profile, data, strength):
    winner = ranked_pairs(profile, strength).result.winner
    place = data.draw(st.integers(0, len(profile.ballots) - 1))
    ballot, times = profile.ballots[place]
    others = tuple(kept for rank in ballot.ranks if (kept := tuple(n for n in rank if n != winner)))
    rows = (*profile.ballots[:place], (RankedBallot(((winner,), *others)), times), *profile.ballots[place + 1 :])
    assert ranked_pairs(Profile("ranked", profile.candidates, rows), strength).result.winner == winner


@given(ranked_profiles(max_candidates=4), st.data(), STRENGTHS)
def test_a_clone_beside_its_like_neither_helps_nor_harms(profile, data, strength):
    cloned = data.draw(st.sampled_from(profile.candidates))
    above = data.draw(st.lists(st.booleans(), min_size=len(profile.ballots), max_size=len(profile.ballots)))
    rows = []
    for (ballot, times), clone_first in zip(profile.ballots, above, strict=True):
        ranks = [part for rank in ballot.ranks for part in _beside(rank, cloned, clone_first)]
        rows.append((RankedBallot(tuple(ranks)), times))
    at = profile.candidates.index(cloned)
    names = (*profile.candidates[: at + 1], "Z", *profile.candidates[at + 1 :])
    before = ranked_pairs(profile, strength).result.winner
    after = ranked_pairs(Profile("ranked", names, tuple(rows)), strength).result.winner
    assert before == (cloned if after == "Z" else after)


def _beside(rank, cloned, clone_first):
    if cloned not in rank:
        return [rank]
    if len(rank) > 1:
        return [(*rank, "Z")]
    return [("Z",), rank] if clone_first else [rank, ("Z",)]


@given(ranked_profiles(), STRENGTHS)
def test_ballots_and_arrays_count_alike(profile, strength):
    assert ranked_pairs(RankedVotes.of(profile), strength) == ranked_pairs(profile, strength)


@given(ranked_profiles(), st.sampled_from(["draw 1", "draw 2"]))
def test_the_tie_rule_matters_only_where_a_tie_is_recorded(profile, seed):
    plain_order, lot = ranked_pairs(profile), ranked_pairs(profile, ties=TieRule("lot", seed))
    if not plain_order.ties or not lot.ties:
        assert plain_order.ties == lot.ties
        assert lot.result == plain_order.result


def test_equal_majorities_in_a_ring_are_taken_as_the_tie_rule_says():
    # Each of A over B, B over C, C over A is won by 2 votes to 1: only two of the three can be locked in.
    ring = box("ABC", (1, "ABC"), (1, "BCA"), (1, "CAB"))
    tally = ranked_pairs(ring)
    assert tally.result.order == ("A", "B", "C")
    assert [step.code for step in tally.steps[1:5]] == ["equal-majorities", "lock", "lock", "skip"]
    assert tally.steps[1].sentence == (
        "Not all of these equal majorities can be locked in: A over B, B over C, C over A; "
        "by candidate order fixed beforehand those of A come first."
    )
    assert [tie.among for tie in tally.ties] == [("A", "B", "C")]
    assert tally.sentence == "A wins after a tie; the ranking is A, B, C."
    by_lot = TieRule("lot", "draw 7")
    assert ranked_pairs(ring, ties=by_lot).result.winner == by_lot.order("ABC")[0]


def test_equal_majorities_that_can_all_be_locked_in_are_no_tie():
    tally = ranked_pairs(box("ABC", (3, "ABC")))
    assert tally.ties == ()
    assert [step.code for step in tally.steps] == ["pairwise", "lock", "lock", "lock", "place", "place", "place"]


def test_candidates_whom_no_majority_tells_apart_are_ranked_by_the_tie_rule():
    tally = ranked_pairs(box("AB", (1, "AB"), (1, "BA")))
    assert tally.result.order == ("A", "B")
    assert [(tie.question, tie.among) for tie in tally.ties] == [("place 1", ("A", "B"))]
    assert tally.sentence == "A wins after a tie; the ranking is A, B."


def test_nothing_cast_and_nobody_else():
    assert isinstance(ranked_pairs(Profile("ranked", ("A", "B"), ())).result, Undecided)
    assert ranked_pairs(box("A", (2, "A"))).sentence == "A is the only candidate."


def test_it_is_counted_by_name():
    frozen = frozen_rule("ranked-pairs", {"strength": "margins"})
    assert frozen["options"] == {"strength": "margins", "ties": {"by": "candidate-order"}}
    outcome = count("ranked-pairs", frozen["options"], box("AB", (2, "BA"), (1, "AB")))
    assert outcome.to_data()["result"] == {"winner": "B", "ranking": ["B", "A"]}


def test_a_way_that_is_not_there_is_not_told():
    with pytest.raises(ValueError, match="not locked in"):
        Locked(2).path(0, 1)


def test_fifty_candidates_are_counted():
    names = tuple(f"candidate {i}" for i in range(50))
    rows = tuple((RankedBallot.of(*names[i:], *names[:i]), 1 + i % 7) for i in range(50))
    tally = ranked_pairs(Profile("ranked", names, rows))
    assert sorted(tally.result.order) == sorted(names)
