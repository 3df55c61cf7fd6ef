"""EJR+ agrees with its definition over every group of voters (design §8.1)."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.approval_ballot import ApprovalBallot, PointsBallot
from newcourse.vote.axioms.ejr_plus import ejr_plus, ejr_plus_of_budget
from newcourse.vote.outcome import Selection
from newcourse.vote.profile import Profile
from newcourse.vote.rule import count

NAMES = "ABCDE"


@st.composite
def approvals(draw, max_voters=6):
    """Voters one by one, so that every group of them can be tried."""
    names = NAMES[: draw(st.integers(2, 5))]
    sets = st.lists(st.sampled_from(names), unique=True)
    return names, draw(st.lists(sets, min_size=1, max_size=max_voters))


def groups(voters):
    return [group for size in range(1, len(voters) + 1) for group in combinations(voters, size)]


def box(names, voters):
    return Profile.of("approval", names, [ApprovalBallot(tuple(voter)) for voter in voters])


@given(approvals(), st.data())
def test_the_verdict_on_committees_is_that_of_the_definition(case, data):
    names, voters = case
    seats = data.draw(st.integers(1, len(names)))
    size = data.draw(st.integers(0, seats))
    committee = set(data.draw(st.permutations(names))[:size])
    wronged = {
        candidate
        for group in groups(voters)
        for part in range(1, seats + 1)
        if Fraction(len(group), len(voters)) >= Fraction(part, seats)
        for candidate in set(names) - committee
        if all(candidate in voter and len(committee & set(voter)) < part for voter in group)
    }
    verdict = ejr_plus(box(names, voters), sorted(committee), seats)
    assert verdict.holds == (not wronged)
    if wronged:
        assert verdict.facts["candidate"] in wronged


@given(approvals(), st.data())
def test_the_verdict_on_budgets_is_that_of_the_definition(case, data):
    names, voters = case
    costs = {name: data.draw(st.fractions(Fraction(1, 3), 4, max_denominator=3)) for name in names}
    order = data.draw(st.permutations(names))
    chosen = set(order[: data.draw(st.integers(0, len(names)))])
    budget = sum(costs[name] for name in chosen) + data.draw(st.integers(0, 6))
    wronged = {
        project
        for group in groups(voters)
        for project in set(names) - chosen
        if all(project in voter for voter in group)
        and all(
            sum(costs[name] for name in chosen & set(voter)) + costs[project]
            <= Fraction(len(group), len(voters)) * budget
            for voter in group
        )
    }
    verdict = ejr_plus_of_budget(box(names, voters), sorted(chosen), costs, budget)
    assert verdict.holds == (not wronged)
    if wronged:
        assert verdict.facts["project"] in wronged


@given(approvals(), st.data())
def test_with_equal_costs_a_budget_is_a_committee(case, data):
    names, voters = case
    seats = data.draw(st.integers(1, len(names)))
    chosen = data.draw(st.permutations(names))[:seats]
    votes = box(names, voters)
    as_budget = ejr_plus_of_budget(votes, chosen, dict.fromkeys(names, 7), 7 * seats)
    assert as_budget.holds == ejr_plus(votes, chosen, seats).holds


@settings(max_examples=40)
@given(approvals(), st.data())
def test_equal_shares_keep_it_for_committees(case, data):
    """Brill and Peters 2023, proved for the method of equal shares; completions only add."""
    names, voters = case
    assume(any(voters))
    seats = data.draw(st.integers(1, len(names)))
    votes = box(names, voters)
    verdict = ejr_plus(votes, count("equal-shares", {"seats": seats}, votes), seats)
    assert verdict.holds, verdict.sentence


@settings(max_examples=40)
@given(approvals(), st.data())
def test_equal_shares_keep_it_for_budgets(case, data):
    names, voters = case
    assume(any(voters))
    costs = {name: data.draw(st.integers(1, 5)) for name in names}
    budget = data.draw(st.integers(1, sum(costs.values())))
    votes = box(names, voters)
    outcome = count("budget-equal-shares", {"budget": budget, "costs": costs, "completion": "none"}, votes)
    verdict = ejr_plus_of_budget(votes, outcome, costs, budget)
    assert verdict.holds, verdict.sentence


def test_the_most_approved_can_wrong_a_minority():
    # 6 voters for A, B, C and 3 for X: the three most approved leave a third of the voters with nothing.
    votes = ApprovalVotes.of_lists(NAMES, ["ABC", "DE"], [6, 3])
    verdict = ejr_plus(votes, ["A", "B", "C"])
    assert verdict.to_data() == {
        "axiom": "ejr-plus",
        "holds": False,
        "sentence": "3 of 9 voters approve of D, who is not elected, and are worth 1 of 3 seats; "
        "each has at most 0 elected.",
        "facts": {"candidate": "D", "voters": 3, "of": 9, "seats": 3, "worth": 1, "most": 0},
    }
    assert ejr_plus(votes, ["A", "B", "D"]).holds


def test_the_greedy_budget_can_wrong_a_minority():
    votes = ApprovalVotes.of_lists("abc", ["ab", "c"], [3, 2])
    costs = {"a": 6, "b": Fraction(7, 2), "c": Fraction(5, 2)}
    outcome = Selection(("a", "b"), Fraction(19, 2), Fraction(10))
    verdict = ejr_plus_of_budget(votes, outcome, costs, 10)
    assert verdict.sentence == (
        "2 of 5 voters approve of c, which is not selected; each has approved projects for 0 at most, "
        "and with its cost of 5/2 still no more than their part of 4 of 10."
    )
    assert verdict.to_data()["facts"]["part"] == "4"
    assert ejr_plus_of_budget(votes, ["a", "c"], costs, 10).holds


def test_what_does_not_fit_is_refused():
    votes = ApprovalVotes.of_lists("ab", ["ab"], [1])
    with pytest.raises(BadInput, match="seats-few"):
        ejr_plus(votes, ["a", "b"], 1)
    with pytest.raises(BadInput, match="form-wrong"):
        ejr_plus(Profile.of("points", "ab", [PointsBallot({"a": 1})]), ["a"])
    with pytest.raises(BadInput, match="cost-wrong at costs, b"):
        ejr_plus_of_budget(votes, ["a"], {"a": 1}, 1)
    with pytest.raises(BadInput, match="budget-exceeded"):
        ejr_plus_of_budget(votes, ["a"], {"a": 2, "b": 1}, 1)
    with pytest.raises(BadInput, match="costs-fine"):
        ejr_plus_of_budget(votes, ["a"], {"a": 2**61, "b": 2**61}, 2**62)


def test_nobody_voted_and_nobody_is_wronged():
    assert ejr_plus(ApprovalVotes.of_lists("ab", [], []), ["a"]).holds
