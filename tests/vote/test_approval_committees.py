"""Approval voting, equal shares and sequential Phragmén: against the definitions counted slowly, and their axioms."""

import json
from fractions import Fraction
from itertools import combinations_with_replacement

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.approval_ballot import ApprovalBallot
from newcourse.vote.approval_committees.groups import Groups
from newcourse.vote.profile import Profile
from newcourse.vote.rule import count
from newcourse.vote.rules.approval import approval
from newcourse.vote.rules.equal_shares import equal_shares
from newcourse.vote.rules.sequential_phragmen import sequential_phragmen
from newcourse.vote.ties import TieRule
from tests.vote import slow_committees as slow

COMPLETIONS = ("sequential-phragmen", "approval", "none")
RULES = ("approval", "equal-shares", "sequential-phragmen", "proportional-approval")


def box(names, ballots, times=None):
    return ApprovalVotes.of_lists(tuple(names), list(ballots), times or [1] * len(ballots))


def one_by_one(profile):
    return [ballot.approved for ballot, times in profile.ballots for _ in range(times)]


@st.composite
def elections(draw, most=5, least_voters=1):
    names = "abcdef"[: draw(st.integers(2, most))]
    ballot = st.sets(st.sampled_from(names)).map(lambda chosen: ApprovalBallot(tuple(chosen)))
    groups = draw(st.lists(st.tuples(ballot, st.integers(1, 3)), min_size=least_voters, max_size=6))
    profile = Profile("approval", tuple(names), tuple(groups))
    return profile, draw(st.integers(1, len(names)))


def same_as_slow(profile, names, seats):
    voters, votes = profile, box(names, profile)
    tally = sequential_phragmen(votes, seats)
    elected, loads = slow.phragmen(voters, names, seats)
    assert list(tally.result.elected) == elected
    assert [step.facts["load"] for step in tally.steps if step.code == "load"] == loads
    for completion in COMPLETIONS:
        tally = equal_shares(votes, seats, completion)
        elected, costs = slow.equal_shares(voters, names, seats, completion)
        assert list(tally.result.elected) == elected
        assert [step.facts["rho"] for step in tally.steps if step.code == "bought"] == costs


@pytest.mark.parametrize("voters", [1, 2, pytest.param(3, marks=pytest.mark.slow)])
def test_every_election_of_three_candidates_and_few_voters(voters):
    ballots = ["", "a", "b", "c", "ab", "ac", "bc", "abc"]
    for profile in combinations_with_replacement(ballots, voters):
        if any(profile):
            for seats in (1, 2, 3):
                same_as_slow(profile, "abc", seats)


@settings(max_examples=60)
@given(elections(most=6))
def test_groups_count_as_voters_one_by_one(election):
    profile, seats = election
    if any(ballot.approved for ballot, _ in profile.ballots):
        same_as_slow(one_by_one(profile), "".join(profile.candidates), seats)


@settings(max_examples=40)
@given(elections())
def test_arrays_and_ballots_split_or_not_count_alike(election):
    profile, seats = election
    split = box(profile.candidates, one_by_one(profile))
    for rule in RULES:
        one, other = (count(rule, {"seats": seats}, votes).to_data() for votes in (profile, split))
        assert one == other


@settings(max_examples=50)
@given(elections())
def test_equal_shares_keeps_extended_and_phragmen_proportional_justified_representation(election):
    profile, seats = election
    voters = one_by_one(profile)
    if any(voters):
        for completion in COMPLETIONS:
            elected = equal_shares(profile, seats, completion).result.elected
            assert slow.represents(voters, profile.candidates, seats, elected, extended=True)
        elected = sequential_phragmen(profile, seats).result.elected
        assert slow.represents(voters, profile.candidates, seats, elected, extended=False)


def test_the_checker_of_representation_can_say_no():
    voters = ["abc"] * 2 + ["d"] * 2
    assert not slow.represents(voters, "abcd", 2, ("a", "b"), extended=True)
    assert not slow.represents(voters, "abcd", 2, ("a", "b"), extended=False)
    assert slow.represents(voters, "abcd", 2, ("a", "d"), extended=True)


@given(elections())
def test_one_seat_more_takes_nobodys_seat(election):
    profile, seats = election
    if seats < len(profile.candidates) and any(ballot.approved for ballot, _ in profile.ballots):
        for rule in (approval, sequential_phragmen):
            assert rule(profile, seats + 1).result.elected[:seats] == rule(profile, seats).result.elected


@given(elections())
def test_money_is_kept_account_of_to_the_last_part(election):
    profile, seats = election
    tally = equal_shares(profile, seats, "none")
    for bought, step in enumerate((step for step in tally.steps if step.code == "bought"), start=1):
        facts = step.facts
        assert sum(paid * voters for paid, voters in facts["payments"]) == 1 == facts["payments_together"]
        assert max(paid for paid, _ in facts["payments"]) == facts["rho"]
        assert facts["budgets_together"] == seats - bought
        assert min(left for left, _ in facts["budgets"]) >= 0
        assert sum(voters for _, voters in facts["budgets"]) == profile.total


@given(elections())
def test_loads_together_are_the_seats_filled(election):
    profile, seats = election
    steps = [step for step in sequential_phragmen(profile, seats).steps if step.code == "load"]
    assert [step.facts["loads_together"] for step in steps] == list(range(1, len(steps) + 1))
    assert sorted(step.facts["load"] for step in steps) == [step.facts["load"] for step in steps]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=4), st.integers(1, 6))
def test_whole_lists_get_the_seats_of_dhondt(votes, seats):
    names = [f"{party}{place}" for party in range(len(votes)) for place in range(seats)]
    ballots = [[name for name in names if name.startswith(str(party))] for party in range(len(votes))]
    quotients = sorted(
        ((Fraction(number, j), -party) for party, number in enumerate(votes) for j in range(1, seats + 1)), reverse=True
    )
    if len(quotients) > seats and quotients[seats - 1][0] == quotients[seats][0]:
        return  # a tie: which list comes first is up to the tie rule
    expected = [sum(-party == p for _, party in quotients[:seats]) for p in range(len(votes))]
    for rule in ("sequential-phragmen", "proportional-approval"):
        elected = count(rule, {"seats": seats}, box(names, ballots, votes)).result.elected
        assert [sum(name.startswith(str(p)) for name in elected) for p in range(len(votes))] == expected


def test_blank_ballots_make_the_shares_smaller():
    assert equal_shares(box("ab", ["ab"], [4]), 2, "none").result.elected == ("a", "b")
    with_blank = equal_shares(box("ab", ["ab", ""], [4, 1]), 2, "none")
    assert with_blank.result.elected == ("a",)
    assert with_blank.steps[1].sentence == (
        "A seat costs 1; each of 5 voters starts with 2/5. The 1 who voted blank have it too, and pay for nobody."
    )
    assert with_blank.sentence == (
        "a is elected, and 1 of 2 seats stay empty: 1 by equal shares, none by a completion."
    )
    for rule in ("approval", "sequential-phragmen", "proportional-approval"):
        one, other = (count(rule, {"seats": 2}, votes) for votes in (box("ab", ["a"]), box("ab", ["a", ""])))
        assert one.result == other.result


@pytest.mark.parametrize("rule", RULES)
def test_what_cannot_be_counted_says_why(rule):
    with pytest.raises(BadInput, match=r"seats-wrong.*\n.*3 seats\n.*1 to 2 seats"):
        count(rule, {"seats": 3}, box("ab", ["a"]))
    with pytest.raises(BadInput, match="option-wrong"):
        count(rule, {"seats": 0}, box("ab", ["a"]))
    with pytest.raises(BadInput, match="form-wrong"):
        count(rule, {}, ApprovalVotes.of_points("ab", [{"a": 2}], [1]))
    blank = count(rule, {}, box("ab", [""], [7]))
    assert blank.result.to_data() == {
        "undecided": "no-approvals",
        "reason": "None of 7 ballots approves of anybody, so nobody is elected.",
    }


def test_wrong_arguments_without_the_door():
    with pytest.raises(BadInput, match="form-wrong"):
        approval(ApprovalVotes.of_points("ab", [{"a": 2}], [1]))
    with pytest.raises(BadInput, match="seats-wrong"):
        approval(box("ab", ["a"]), seats=True)
    with pytest.raises(BadInput, match="option-wrong"):
        equal_shares(box("ab", ["a"]), completion="guess")
    with pytest.raises(BadInput, match="times-wrong"):
        approval(box("ab", ["a", "b"], [2**53 - 1, 1]))


def test_ties_are_settled_by_the_rule_fixed_beforehand_and_recorded():
    votes, lot = box("abcd", ["ab", "cd"], [2, 2]), {"by": "lot", "seed": "draw 7"}
    order = TieRule("lot", "draw 7").order("abcd")
    for rule in RULES:
        outcome = count(rule, {"seats": 1, "ties": lot}, votes)
        assert outcome.result.elected == order[:1]
        assert outcome.ties[0].among == tuple("abcd")
        assert 'lot from the seed "draw 7"' in outcome.steps[-1].sentence


def test_candidates_nobody_approves_of_come_last_all_tied():
    votes, lot = box("abcd", ["b"], [3]), TieRule("lot", "draw 7")
    last = tuple(name for name in lot.order("abcd") if name != "b")
    for rule in (approval, sequential_phragmen, equal_shares):
        tally = rule(votes, seats=3, ties=lot)
        assert tally.result.elected == ("b", *last[:2])
        assert tally.ties[-1].among == ("a", "c", "d")
    assert sequential_phragmen(votes, seats=3).steps[-1].sentence == (
        "No ballot approves of any candidate left (a, c, d); elected, by candidate order fixed beforehand: a, c."
    )


def test_a_hundred_candidates_are_told_apart():
    names = [f"c{i}" for i in range(100)]
    groups = Groups.of(box(names, [["c0", "c99"], ["c63"], ["c99", "c0"], ["c63", "c62"], []]))
    assert sorted(groups.times.tolist()) == [1, 1, 1, 2]
    assert groups.approvals[99] == 2
    assert groups.blank == 1


def test_long_fractions_can_be_published():
    # 60 rounds among 2 000 voters: the shares have hundreds of digits, and stay exact
    rng = np.random.default_rng(4)
    given_ = sp.csr_array((rng.random((2000, 80)) < 0.1).astype(np.int64))
    votes = ApprovalVotes("approval", tuple(f"c{i}" for i in range(80)), given_, rng.integers(1, 9, 2000))
    for rule in ("equal-shares", "sequential-phragmen"):
        outcome = count(rule, {"seats": 60}, votes)
        assert len(outcome.result.elected) == 60
        assert len(json.dumps(outcome.to_data())) < 2_000_000


def test_170_million_ballots_cost_no_more_than_a_few():
    votes = box("abc", ["ab", "bc", "c"], [10**8, 5 * 10**7, 2 * 10**7])
    tally = sequential_phragmen(votes, 2)
    assert tally.result.elected == ("b", "a")
    # b loads each of 150 million with 1/150 million; a then has (1 + 2/3)/100 million, c (1 + 1/3)/70 million
    assert tally.steps[-1].facts["load"] == Fraction(1, 60_000_000)
    # with 2/170 million each, supporters of a have 100 (2/170 - 1/150) < 1 million left, those of c likewise
    assert equal_shares(votes, 2, "none").result.elected == ("b",)
