"""PAV: the best committee, by two ways, against every committee scored in fractions; and proved, not believed."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import NotCertified
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.approval_committees import search, thiele
from newcourse.vote.approval_committees.bounds import Relaxation
from newcourse.vote.approval_committees.groups import Groups
from newcourse.vote.approval_committees.search import Search
from newcourse.vote.approval_committees.thiele import Scores
from newcourse.vote.rule import count
from newcourse.vote.rules.proportional_approval import proportional_approval
from newcourse.vote.ties import TieRule
from tests.vote import slow_committees as slow
from tests.vote.test_approval_committees import box, elections, one_by_one


def at_random(seed, candidates, ballots, chance, most_times=1):
    rng = np.random.default_rng(seed)
    approved = sp.csr_array((rng.random((ballots, candidates)) < chance).astype(np.int64))
    times = rng.integers(1, most_times + 1, ballots)
    return ApprovalVotes("approval", tuple(f"c{i}" for i in range(candidates)), approved, times)


@settings(max_examples=80)
@given(elections(most=6), st.text("abc", min_size=1, max_size=3))
def test_both_ways_find_the_best_of_all_committees_first_by_the_tie_rule(election, seed):
    profile, seats = election
    if not any(ballot.approved for ballot, _ in profile.ballots):
        return
    committees, score = slow.best_committees(one_by_one(profile), profile.candidates, seats)
    order = TieRule("lot", seed).order(profile.candidates)
    first = min(committees, key=lambda committee: sorted(map(order.index, committee)))
    tally = proportional_approval(profile, seats, TieRule("lot", seed))
    assert tally.result.elected == first
    assert tally.steps[1].facts["score"] == score
    differ = set().union(*committees) - set(committees[0]).intersection(*committees)
    assert {name for tie in tally.ties for name in tie.among} == differ
    scores = Scores(Groups.of(profile), seats)
    positions = [profile.candidates.index(name) for name in order]
    assert Search(scores).optimum(positions) == scores.compare_all(positions)


@settings(max_examples=40)
@given(elections())
def test_extended_justified_representation(election):
    profile, seats = election
    if any(ballot.approved for ballot, _ in profile.ballots):
        elected = proportional_approval(profile, seats).result.elected
        assert slow.represents(one_by_one(profile), profile.candidates, seats, elected, extended=True)


@settings(max_examples=60)
@given(elections(), st.lists(st.floats(-1, 5), min_size=6, max_size=6))
def test_any_prices_bound_the_score(election, prices):
    profile, seats = election
    groups = Groups.of(profile)
    if groups.blank == groups.total:
        return
    scores = Scores(groups, seats)
    relaxation = Relaxation(scores)
    approving = int((np.diff(groups.approved.indptr) > 0).sum())
    bound = relaxation.bound(np.array(prices[:approving]))
    most = bound.at_most(seats, frozenset(), frozenset())
    assert most * scores.scale >= scores.compare_all(range(len(groups.candidates))).score * relaxation.unit


@pytest.mark.parametrize("lie", ["nothing", "noise", "not a number"])
def test_a_solver_that_lies_changes_nothing(monkeypatch, lie):
    votes = at_random(3, 9, 25, 0.4, 5)
    scores = Scores(Groups.of(votes), 4)
    expected = scores.compare_all(range(9))
    rng = np.random.default_rng(0)

    def solve(self, inside, outside):
        parts, prices = {
            "nothing": (np.zeros(9), np.zeros(len(self._times))),
            "noise": (rng.random(9), 9 * rng.random(len(self._times))),
            "not a number": (np.full(9, np.nan), np.zeros(len(self._times))),
        }[lie]
        return parts, self.bound(prices)

    monkeypatch.setattr(Relaxation, "solve", solve)
    assert Search(scores).optimum(range(9)) == expected


@pytest.mark.parametrize(("seed", "most_times"), [(0, 1), (1, 3), (2, 10**12)])
def test_larger_votes_by_both_ways(seed, most_times):
    scores = Scores(Groups.of(at_random(seed, 16, 60, 0.25, most_times)), 5)
    order = np.random.default_rng(seed).permutation(16).tolist()
    assert Search(scores).optimum(order) == scores.compare_all(order)


def test_thirty_candidates_are_searched(monkeypatch):
    votes = at_random(1, 30, 120, 0.15)
    tally = proportional_approval(votes, 8)
    assert not Scores(Groups.of(votes), 8).can_compare_all
    assert len(tally.result.elected) == 8
    monkeypatch.setattr(search, "MOST_PARTS", 3)
    with pytest.raises(NotCertified, match="committee-not-certified"):
        proportional_approval(votes, 8)
    monkeypatch.setattr(search, "MOST_COLUMNS", 3)
    with pytest.raises(NotCertified, match="118 different ballots of 120, 8 seats"):
        proportional_approval(votes, 8)


def test_among_three_million_million_voters_one_vote_decides(monkeypatch):
    # the scores of ac and bc differ by one in 3 · 10^12: far below what floating point tells apart in a sum of terms
    million = 10**12
    votes = box("abc", ["a", "b", "c", "ac", "bc"], [million, million + 1, million, 7, 7])
    assert proportional_approval(votes, 2).result.elected == ("b", "c")
    monkeypatch.setattr(thiele, "MOST_CANDIDATES", 0)
    assert proportional_approval(votes, 2).result.elected == ("b", "c")
    even = box("abc", ["a", "b", "c", "ac", "bc"], [million, million, million, 7, 7])
    assert proportional_approval(even, 2).ties[0].among == ("a", "b")


def test_fifty_seats_are_scored_exactly_though_their_denominator_has_19_digits():
    names = [f"{party}{place}" for party in "ab" for place in range(45)]
    votes = box(names, [names[:45], names[45:]], [300, 200])
    tally = proportional_approval(votes, 50)
    assert sum(name.startswith("a") for name in tally.result.elected) == 30
    assert tally.result.elected == (*names[:30], *names[45:65])
    assert tally.ties[0].among == tuple(names)
    assert Scores(Groups.of(votes), 50).scale > 2**63


def test_nothing_in_the_trace_tells_by_which_way_it_was_counted(monkeypatch):
    votes = at_random(8, 8, 20, 0.4)
    one = count("proportional-approval", {"seats": 3}, votes).to_data()
    monkeypatch.setattr(thiele, "MOST_CANDIDATES", 0)
    assert count("proportional-approval", {"seats": 3}, votes).to_data() == one
