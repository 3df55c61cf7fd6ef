"""Condorcet's criterion and the Smith set, on any outcome (design §8.1)."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.axioms.condorcet import condorcet_efficient, condorcet_winner
from newcourse.vote.axioms.smith import dominant_sets, smith_members, smith_order, smith_set
from newcourse.vote.axioms.verdict import Verdict, elected
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.outcome import Allocation, Committee, Ranking, Selection, Undecided
from newcourse.vote.pairwise import pairwise
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rule import count
from tests.vote.strategies import ranked_profiles

RULES = st.sampled_from(["schulze", "ranked-pairs"])
STRENGTHS = st.sampled_from(["winning-votes", "margins"])
# A capital for Tennessee: most live near Memphis, Nashville wins over each of the others.
TENNESSEE = RankedVotes.of_lists("MNCK", ["MNCK", "NCKM", "CKNM", "KCNM"], [42, 26, 15, 17])


@given(ranked_profiles(), RULES, STRENGTHS)
def test_schulze_and_ranked_pairs_keep_condorcet_and_smith_in_the_whole_ranking(profile, rule, strength):
    outcome = count(rule, {"strength": strength}, profile)
    assert condorcet_efficient(profile, outcome).holds
    assert smith_members(profile, outcome).holds
    assert smith_order(profile, outcome).holds


@given(ranked_profiles())
def test_dominant_sets_are_those_found_by_trying_all(profile):
    matrix = pairwise(profile)
    size = range(len(matrix))
    every = [set(chosen) for k in range(1, len(matrix) + 1) for chosen in combinations(size, k)]
    wanted = [s for s in every if all(matrix[i][j] > matrix[j][i] for i in s for j in size if j not in s)]
    assert [set(found) for found in dominant_sets(matrix)] == wanted


@given(ranked_profiles(), st.permutations("ABCDE"))
def test_a_ranking_is_refused_exactly_where_somebody_of_a_dominant_set_comes_late(profile, order):
    order = tuple(name for name in order if name in profile.candidates)
    wrong = any(set(order[: len(s)]) != {profile.candidates[i] for i in s} for s in dominant_sets(pairwise(profile)))
    assert smith_order(profile, Ranking(order)).holds == (not wrong)


@given(ranked_profiles())
def test_one_dominant_candidate_is_the_condorcet_winner(profile):
    smith = smith_set(profile)
    assert condorcet_winner(profile) == (smith[0] if len(smith) == 1 else None)


def test_plurality_fails_on_tennessee():
    verdict = condorcet_efficient(TENNESSEE, "M")
    assert not verdict.holds
    assert verdict.to_data() == {
        "axiom": "condorcet",
        "holds": False,
        "sentence": "N is not elected, but wins one to one over every other candidate: "
        "over M by 58 to 42, over C by 68 to 32, over K by 68 to 32.",
        "facts": {"winner": "N", "elected": ["M"], "duels": {"M": [58, 42], "C": [68, 32], "K": [68, 32]}},
    }
    assert smith_members(TENNESSEE, "M").sentence == "Elected from outside the Smith set: M; that is N alone."


def test_a_committee_has_the_condorcet_winner_among_it():
    assert condorcet_efficient(TENNESSEE, Committee(("M", "N"))).holds
    assert smith_members(TENNESSEE, ["M", "N"]).sentence == "All of the Smith set are elected: that is N alone."
    assert not condorcet_efficient(TENNESSEE, Committee(("M", "C"))).holds
    assert smith_order(TENNESSEE, Ranking(("N", "C", "K", "M"))).holds
    assert smith_order(TENNESSEE, Ranking(("N", "K", "C", "M"))).sentence == (
        "K stands before C, though everybody among N, C wins one to one over everybody else."
    )


def test_nothing_is_asked_where_nobody_wins_over_all():
    ring = RankedVotes.of_lists("abc", ["abc", "bca", "cab"], [1, 1, 1])
    verdict = condorcet_efficient(ring, "c")
    assert (verdict.holds, verdict.facts["winner"]) == (True, None)
    assert condorcet_efficient(RankedVotes.of_lists("a", ["a"], [1]), "a").sentence == "a is the only candidate."


def test_whoever_is_elected_is_read_from_any_outcome():
    assert elected(Selection(("b",), Fraction(1), Fraction(2)), "ab") == ("b",)
    outcome = count("schulze", {}, Profile.of("ranked", "ab", [RankedBallot.of("b")]))
    assert elected(outcome, "ab") == elected(outcome.tally, "ab") == ("b",)


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Undecided("no-ballots", "No ballot was cast."), "result-unfit"),
        (Allocation((("a", Fraction(1)),)), "result-unfit"),
        ("z", "candidate-unknown"),
        (["a", "a"], "elected-twice"),
    ],
)
def test_outcomes_that_elect_nobody_of_these_are_refused(outcome, code):
    with pytest.raises(BadInput, match=code):
        elected(outcome, "ab")


def test_a_committee_is_no_ranking():
    with pytest.raises(BadInput, match="a result of kind committee"):
        smith_order(TENNESSEE, Committee(("M", "N")))


def test_verdicts_cannot_be_changed():
    verdict = Verdict("x", holds=True, sentence="Fine.", facts={"a": [1]})
    with pytest.raises(TypeError):
        verdict.facts["a"] = 2
