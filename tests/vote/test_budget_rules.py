"""Shared budgets: worked examples, the same counts written plainly once more, and what always holds."""

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.approval_ballot import ApprovalBallot, PointsBallot
from newcourse.vote.budgets.guess import Guess, Unclear
from newcourse.vote.budgets.instance import Instance, decimals, grouped
from newcourse.vote.budgets.purse import Purse
from newcourse.vote.budgets.shares import Shares
from newcourse.vote.outcome import Selection, Undecided
from newcourse.vote.profile import Profile
from newcourse.vote.rules.budget_equal_shares import RULE as EQUAL_SHARES
from newcourse.vote.rules.budget_greedy import RULE as GREEDY
from newcourse.vote.rules.budget_phragmen import RULE as PHRAGMEN
from newcourse.vote.ties import TieRule
from tests.vote import budget_brute as brute

RULES = (EQUAL_SHARES, GREEDY, PHRAGMEN)


def box(*ballots, names=None, times=None):
    names = names or sorted({name for ballot in ballots for name in ballot})
    return ApprovalVotes.of_lists(names, ballots, times or [1] * len(ballots))


def selected(rule, votes, **options):
    return rule.count(votes, options).expect(Selection).selected


@st.composite
def elections(draw, most_projects=6, most_voters=7, most_cost=12):
    """Voters as lists of projects, costs, and a budget; small numbers, so that ties and edges are common."""
    names = [f"p{i}" for i in range(draw(st.integers(1, most_projects)))]
    voters = draw(st.lists(st.lists(st.sampled_from(names), unique=True), min_size=1, max_size=most_voters))
    parts = draw(st.sampled_from((1, 1, 2, 3, 10)))
    costs = {name: Fraction(draw(st.integers(1, most_cost)), parts) for name in names}
    return names, voters, costs, Fraction(draw(st.integers(0, 3 * most_cost)), draw(st.sampled_from((1, 2, 7))))


# Worked examples.


def test_two_halves_of_a_town_get_half_of_the_money_each():
    # Equal shares give each half its part; by votes alone the larger half decides everything.
    north, south = ["n1", "n2", "n3"], ["s1", "s2", "s3"]
    votes = box(north, south, times=[51, 49])
    given = {"budget": 6, "costs": dict.fromkeys([*north, *south], 2)}
    assert selected(GREEDY, votes, **given) == ("n1", "n2", "n3")
    assert set(selected(EQUAL_SHARES, votes, completion="none", **given)) == {"n1", "s1"}
    assert len(selected(EQUAL_SHARES, votes, **given)) == 3


def test_a_payment_takes_all_of_those_who_have_less():
    # Three voters with 10 each; after a (9, all three) each has 7; b (16) by two: 7 from each are too few.
    votes = box(["a", "b"], ["a", "b"], ["a", "c"])
    given = {"budget": 30, "costs": {"a": 9, "b": 16, "c": 7}, "completion": "none"}
    outcome = EQUAL_SHARES.count(votes, given)
    assert outcome.expect(Selection).selected == ("a", "c")
    bought = [step.facts for step in outcome.steps if step.code == "bought"]
    assert [(fact["payment"], fact["effective"], fact["empty"]) for fact in bought] == [
        ("3.000000", "3.000000", 0),
        ("7.000000", "1.000000", 1),
    ]


def test_raising_the_start_money_spends_what_was_left_over():
    votes = box(["a", "b"], ["a", "b"], ["a", "c"])
    given = {"budget": 30, "costs": {"a": 9, "b": 16, "c": 7}}
    outcome = EQUAL_SHARES.count(votes, given | {"completion": "add1"})
    assert outcome.expect(Selection).selected == ("a", "c")
    start = next(step for step in outcome.steps if step.code == "start")
    assert start.facts["end"] == "overspent" or start.facts["raises"] >= 0


def test_a_rise_that_overspends_is_not_made():
    votes = box(["a"], ["b"])
    given = {"budget": 10, "costs": {"a": 6, "b": 6}, "completion": "add1"}
    outcome = EQUAL_SHARES.count(votes, given)
    assert outcome.expect(Selection).selected == ()
    start = next(step for step in outcome.steps if step.code == "start")
    assert start.facts == {"each": 5, "raises": 0, "end": "overspent", "beyond": 12}
    assert start.sentence == (
        "Each of 2 voters starts with 5.00, 0 raises included; "
        "one raise more would spend 12 or more, beyond the budget."
    )
    assert selected(EQUAL_SHARES, votes, **given | {"completion": "add1-utilitarian"}) == ("a",)


def test_the_choice_by_votes_takes_the_place_where_more_prefer_it():
    votes = box(["big", "one"], ["big", "two"], ["big"], ["small"], names=["big", "small", "one", "two"])
    given = {"budget": 8, "costs": {"big": 8, "small": 2, "one": 2, "two": 2}, "completion": "none"}
    assert set(selected(EQUAL_SHARES, votes, **given)) == {"small", "one", "two"}
    outcome = EQUAL_SHARES.count(votes, given | {"comparison": "projects"})
    # One voter of each pair is as well off either way; the third prefers big, the fourth small: no majority.
    assert outcome.steps[-1].facts["replaced"] is False
    more = box(["big", "one"], ["big"], ["big"], ["small"], names=["big", "small", "one"])
    given["costs"] = {"big": 8, "small": 2, "one": 2}
    for comparison in ("projects", "any"):
        outcome = EQUAL_SHARES.count(more, given | {"comparison": comparison})
        assert outcome.expect(Selection).selected == ("big",)
        assert outcome.steps[-1].facts == {"for": 1, "against": 2, "by votes": ("big",), "replaced": True}


def test_of_equal_projects_the_cheaper_and_then_the_more_voted_for_comes_first():
    votes = box(["a", "b"], ["a", "b"])
    given = {"budget": 8, "costs": {"a": 4, "b": 4}, "completion": "none"}
    outcome = EQUAL_SHARES.count(votes, given | {"ties": {"by": "lot", "seed": "draw 3"}})
    (tie,) = outcome.ties
    assert tie.among == ("a", "b")
    assert tie.by == 'lower cost, then more votes, then lot from the seed "draw 3"'
    given["costs"] = {"a": 4, "b": 3}
    assert EQUAL_SHARES.count(votes, given).ties[0].settled == ("b", "a")


@pytest.mark.parametrize(("beyond", "chosen"), [("skip", ("a", "c")), ("stop", ("a",))])
def test_greedy_skips_or_stops(beyond, chosen):
    votes = box(["a", "b"], ["a", "b"], ["a", "c"])
    costs = {"a": 6, "b": 6, "c": 4}
    assert selected(GREEDY, votes, budget=10, costs=costs, beyond=beyond) == chosen


def test_greedy_leaves_out_below_a_number_of_votes_and_what_another_excludes():
    votes = box(["a", "b"], ["a", "b"], ["a", "c"])
    given = {"budget": 10, "costs": {"a": 1, "b": 1, "c": 1}}
    assert selected(GREEDY, votes, **given, least=2) == ("a", "b")
    assert selected(GREEDY, votes, **given, exclusive=[["b", "a"]]) == ("a", "c")
    assert selected(GREEDY, votes, **given, share="5") == ("a", "b")
    with pytest.raises(BadInput, match="project-unknown at option exclusive"):
        GREEDY.count(votes, given | {"exclusive": [["a", "x"]]})


def test_greedy_counts_points_as_votes():
    votes = ApprovalVotes.of_points(["a", "b"], [{"a": 1, "b": 3}, {"a": 1}], [1, 1])
    assert selected(GREEDY, votes, budget=5, costs={"a": 5, "b": 5}) == ("b",)
    profile = Profile.of("points", ("a", "b"), [PointsBallot({"a": 1, "b": 3}), PointsBallot({"a": 1})])
    assert selected(GREEDY, profile, budget=5, costs={"a": 5, "b": 5}) == ("b",)


def test_phragmen_waits_until_supporters_have_the_cost():
    # a at 4/2 = 2; then its voters start again: b at (3 + 2)/1 = 5, c (1 voter, never paid) at 4.
    votes = box(["a", "b"], ["a"], ["c"])
    outcome = PHRAGMEN.count(votes, {"budget": 20, "costs": {"a": 4, "b": 3, "c": 4}})
    assert outcome.expect(Selection).selected == ("a", "c", "b")
    assert [step.facts["earned"] for step in outcome.steps[1:]] == ["2.000000", "4.000000", "5.000000"]


def test_phragmen_with_equal_costs_is_that_of_committees():
    # Example 12 of the book "Multi-winner voting with approval preferences" (Lackner, Skowron 2023): b, c, d.
    votes = box(["c", "d"], ["a", "b"], ["a", "c"], ["b", "d"], times=[3, 2, 2, 1])
    costs = dict.fromkeys("abcd", 1)
    outcome = PHRAGMEN.count(votes, {"budget": 3, "costs": costs})
    earned = [step.facts["earned"] for step in outcome.steps if step.code == "bought"]
    assert outcome.expect(Selection).selected == ("c", "b", "d")
    assert earned == ["0.200000", "0.333333", "0.483333"]


def test_equal_shares_with_equal_costs_are_those_of_committees():
    # The same example: first c for 1/5 each, then a for 13/40, and nothing after it.
    votes = box(["c", "d"], ["a", "b"], ["a", "c"], ["b", "d"], times=[3, 2, 2, 1])
    outcome = EQUAL_SHARES.count(votes, {"budget": 3, "costs": dict.fromkeys("abcd", 1), "completion": "none"})
    assert outcome.expect(Selection).selected == ("c", "a")
    assert [s.facts["payment"] for s in outcome.steps if s.code == "bought"] == ["0.200000", "0.325000"]


# The same, written plainly.


@settings(max_examples=150)
@given(elections(), st.sampled_from(("cost", "cardinality")))
def test_equal_shares_are_those_of_the_plain_count(election, utility):
    names, voters, costs, budget = election
    given_ = {"budget": budget, "costs": costs, "utility": utility, "completion": "none"}
    fitting = [c for c in names if costs[c] <= budget]
    expected = brute.shares(voters, costs, fitting, budget / len(voters), utility)
    assert selected(EQUAL_SHARES, box(*voters, names=names), **given_) == tuple(expected)


@settings(max_examples=120)
@given(
    elections(most_projects=5, most_voters=5),
    st.sampled_from(("cost", "cardinality")),
    st.sampled_from((Fraction(1), Fraction(1, 3), Fraction(1, 20))),
    st.sampled_from(("full", "overspent")),
)
def test_raised_money_is_that_of_raising_it_step_by_step(election, utility, increment, until):
    names, voters, costs, budget = election
    given_ = {"budget": budget, "costs": costs, "utility": utility, "increment": increment, "until": until}
    outcome = EQUAL_SHARES.count(box(*voters, names=names), given_ | {"completion": "add1"})
    expected, raises = brute.add1(voters, costs, names, budget, utility, increment, until)
    assert outcome.expect(Selection).selected == tuple(expected)
    assert next(step for step in outcome.steps if step.code == "start").facts["raises"] == raises


@settings(max_examples=60)
@given(elections(), st.sampled_from(("skip", "stop")))
def test_greedy_and_phragmen_are_those_of_the_plain_count(election, beyond):
    names, voters, costs, budget = election
    given_ = {"budget": budget, "costs": costs, "beyond": beyond}
    votes = box(*voters, names=names)
    assert selected(GREEDY, votes, **given_) == tuple(brute.greedy(voters, costs, names, budget, beyond))
    assert selected(PHRAGMEN, votes, **given_) == tuple(brute.phragmen(voters, costs, names, budget, beyond))


@settings(max_examples=60)
@given(elections(), st.fractions(0, 20, max_denominator=9), st.data())
def test_every_guess_holds_the_exact_payment(election, each, data):
    names, voters, costs, budget = election
    instance = Instance.of(box(*voters, names=names), max(budget, Fraction(1)), costs, fitting=False)
    guess, purse, left = Guess(instance, each), Purse(instance, each), list(range(len(names)))
    while left:
        project = data.draw(st.sampled_from(left))
        left.remove(project)
        exact = purse.payment(project)
        supporters = instance.supporters[project]
        try:
            about = guess.payment(project, 0.0) if len(supporters) else None
        except Unclear:
            return
        assert (about is None) == (exact is None)
        if about and exact is not None:
            assert Fraction(about.low) <= exact <= Fraction(about.high)
            assert about.high - about.low <= 1e-9
            guess.buy(project, about)
            purse.buy(project)


@settings(max_examples=60)
@given(elections(), st.integers(1, 40), st.integers(1, 7))
def test_what_is_alike_in_a_span_is_bought_with_every_start_money_in_it(election, start, steps):
    names, voters, costs, budget = election
    shares = Shares(Instance.of(box(*voters, names=names), budget, costs), "cost", TieRule())
    low, high = Fraction(start, 4), Fraction(start, 4) + Fraction(steps, 8)
    alike = shares.alike(low, high)
    if alike is not None:
        for step in range(steps + 1):
            run = shares.run(low + Fraction(step, 8))
            assert (run.bought, run.overspent) == (alike.bought, alike.overspent)


# What always holds.


@settings(max_examples=60)
@given(elections(), st.sampled_from(RULES))
def test_no_rule_overspends_and_every_outcome_is_told_exactly(election, rule):
    names, voters, costs, budget = election
    outcome = rule.count(box(*voters, names=names), {"budget": budget, "costs": costs})
    result = outcome.expect(Selection)
    assert result.cost == sum(costs[name] for name in result.selected) <= budget
    assert len(set(result.selected)) == len(result.selected)
    data = json.loads(json.dumps(outcome.to_data()))
    assert list(data["result"]) == ["selected", "cost", "budget"]
    assert all(step["sentence"].endswith(".") for step in data["steps"])
    again = rule.count(box(*voters, names=names), data["options"])
    assert again.to_data() == outcome.to_data()


@given(elections(), st.integers(2, 5), st.sampled_from(RULES))
def test_counting_every_voter_several_times_and_paying_so_much_more_changes_nothing(election, times, rule):
    names, voters, costs, budget = election
    once = selected(rule, box(*voters, names=names), budget=budget, costs=costs)
    more = {"budget": budget * times, "costs": {name: cost * times for name, cost in costs.items()}}
    assert selected(rule, box(*voters, names=names, times=[times] * len(voters)), **more) == once


def test_profiles_and_arrays_count_alike():
    ballots = [ApprovalBallot(("a", "b")), ApprovalBallot(("b",)), ApprovalBallot(())]
    profile = Profile.of("approval", ("a", "b"), ballots)
    given_ = {"budget": 3, "costs": {"a": 1, "b": 2}}
    for rule in RULES:
        assert rule.count(profile, given_) == rule.count(ApprovalVotes.of(profile), given_)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_an_empty_box_decides_nothing(rule):
    outcome = rule.count(Profile(rule.form, ("a",), ()), {"budget": 1, "costs": {"a": 1}})
    assert outcome.expect(Undecided).code == "no-ballots"


def test_blank_ballots_only_choose_nothing_by_shares():
    votes = box([], [], names=["a"])
    given_ = {"budget": 4, "costs": {"a": 2}}
    assert selected(EQUAL_SHARES, votes, **given_, completion="add1") == ()
    assert selected(PHRAGMEN, votes, **given_) == ()
    assert selected(GREEDY, votes, **given_, least=1) == ()


def test_many_small_raises_are_made_at_once():
    # A council of five: a million steps in a few runs.
    votes = box(["a", "b"], ["a"], ["a"], ["c"], ["b"])
    given_ = {"budget": 10**9, "costs": {"a": 5 * 10**8, "b": 6 * 10**8, "c": 3 * 10**8}, "completion": "add1"}
    outcome = EQUAL_SHARES.count(votes, given_)
    start = next(step for step in outcome.steps if step.code == "start")
    assert outcome.expect(Selection).selected == ("a", "c")
    assert (start.facts["end"], start.facts["raises"]) == ("full", 10**8)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_options_that_are_missing_or_wrong_are_told_together(rule):
    with pytest.raises(BadInput) as error:
        rule.read({"costs": {"a": "x", "b": 0}, "share": "-1", "ties": {"by": "coin"}})
    codes = [fault.code for fault in error.value.faults]
    assert codes == ["option-wrong", "cost-wrong", "cost-wrong", "option-wrong", "tie-rule-unknown"]
    with pytest.raises(BadInput, match="no cost of a") as error:
        rule.count(box(["a"]), {"budget": 1, "costs": {"b": 1}})
    assert [fault.code for fault in error.value.faults] == ["cost-missing", "project-unknown"]


def test_too_many_voters_are_refused():
    with pytest.raises(BadInput, match="times-wrong"):
        GREEDY.count(box(["a"], ["a"], times=[2**52, 2**52]), {"budget": 1, "costs": {"a": 1}})


def test_an_increment_of_nothing_is_refused():
    with pytest.raises(BadInput, match="an amount above zero"):
        EQUAL_SHARES.read({"budget": 1, "costs": {"a": 1}, "increment": 0})


@given(st.lists(st.lists(st.integers(0, 129), unique=True, max_size=4), max_size=8))
def test_equal_ballots_are_put_together(ballots):
    names = [f"p{i}" for i in range(130)]
    votes = box(*[[names[c] for c in ballot] for ballot in ballots], names=names)
    rows, times = grouped(votes.given, votes.times)
    assert int(times.sum()) == len(ballots)
    if ballots:
        assert len(times) == len({frozenset(ballot) for ballot in ballots})
    assert (np.asarray(times @ rows) == votes.totals()).all()


def test_decimals_are_cut_off():
    assert [decimals(Fraction(2, 3), 2), decimals(Fraction(5), 3)] == ["0.66", "5.000"]
