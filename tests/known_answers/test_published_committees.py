"""Committees by approval: worked examples of the literature, number by number.

* M. Lackner and P. Skowron, Multi-Winner Voting with Approval Preferences (Springer 2023): examples 2.1 to 2.12.
* E. Phragmén's own example of 1894, in S. Janson, arXiv:1611.08826, and M. Brill and others, "Phragmén's voting methods
  and justified representation", Mathematical Programming 203 (2024) 47-76.
* T. N. Thiele's example of 1895 in which adding one by one misses the best committee, in Janson, 13.3.
* D. Peters and P. Skowron, "Proportionality and the limits of welfarism", EC 2020, figure 1.
"""

from fractions import Fraction

import numpy as np
import pytest

from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.rule import count
from newcourse.vote.rules.equal_shares import equal_shares
from newcourse.vote.rules.proportional_approval import proportional_approval
from newcourse.vote.rules.sequential_phragmen import sequential_phragmen

RUNNING = ApprovalVotes.of_lists("abcdefgh", ["ab", "ac", "ad", "bcf", "e", "f", "g"], [3, 3, 2, 1, 1, 1, 1])
SHARES = ApprovalVotes.of_lists("abcd", ["cd", "ab", "ac", "bd"], [3, 2, 2, 1])
PHRAGMEN = ApprovalVotes.of_lists("ABCPQR", ["ABC", "PQR", "ABQ", "APQ"], [1034, 519, 90, 47])
THIELE = ApprovalVotes.of_lists(
    "abcd",
    ["acd", "bcd", "bc", "ab", "ad", "ac", "bd", "d", "c", "b"],
    [960, 3000, 520, 1620, 1081, 1240, 360, 360, 120, 60],
)


def part(text):
    return [Fraction(number) for number in text.split()]


def facts(tally, code, fact):
    return [step.facts[fact] for step in tally.steps if step.code == code]


@pytest.mark.parametrize(
    ("votes", "seats", "rule", "elected"),
    [
        (RUNNING, 4, "approval", "abcd"),
        (RUNNING, 4, "proportional-approval", "abcf"),
        (RUNNING, 4, "sequential-phragmen", "abcd"),
        (RUNNING, 4, "equal-shares", "abcd"),
        (SHARES, 3, "equal-shares", "cad"),
        (SHARES, 3, "sequential-phragmen", "cbd"),
        (PHRAGMEN, 3, "approval", "ABC"),
        (PHRAGMEN, 3, "sequential-phragmen", "AQB"),
        (PHRAGMEN, 3, "proportional-approval", "ABQ"),
        (THIELE, 2, "proportional-approval", "ab"),
    ],
)
def test_who_is_elected(votes, seats, rule, elected):
    assert count(rule, {"seats": seats}, votes).result.elected == tuple(elected)


def test_the_running_example_under_approval_has_a_tie_for_the_last_seat():
    outcome = count("approval", {"seats": 4}, RUNNING)
    assert [tie.among for tie in outcome.ties] == [("b", "c"), ("d", "f")]
    assert outcome.ties[1].question == "seat 4"


def test_the_running_example_under_phragmen():
    tally = sequential_phragmen(RUNNING, 4)
    assert facts(tally, "load", "load") == part("1/8 11/32 55/128 5/8")
    assert tally.steps[-1].facts["loads"] == (
        (0, 3), (Fraction(11, 32), 3), (Fraction(55, 128), 4), (Fraction(5, 8), 2),
    )  # fmt: skip
    assert [tie.among for tie in tally.ties] == [("b", "c")]


def test_the_running_example_under_equal_shares():
    tally = equal_shares(RUNNING, 4)
    assert facts(tally, "bought", "rho") == part("1/8")
    assert facts(tally, "bought", "budgets") == [((Fraction(5, 24), 8), (Fraction(1, 3), 4))]
    assert facts(tally, "load", "load") == part("1/96 37/384 7/24")
    assert equal_shares(RUNNING, 4, "none").result.elected == ("a",)
    assert tally.sentence == "a, b, c and d are elected: 1 by equal shares, 3 by sequential-phragmen."


def test_example_2_12_in_which_equal_shares_and_phragmen_differ():
    tally = equal_shares(SHARES, 3)
    assert facts(tally, "bought", "rho") == part("1/5 13/40")
    assert facts(tally, "bought", "payments")[1] == ((Fraction(7, 40), 2), (Fraction(13, 40), 2))
    assert facts(tally, "bought", "budgets")[1] == (
        (0, 2), (Fraction(1, 20), 2), (Fraction(7, 40), 3), (Fraction(3, 8), 1),
    )  # fmt: skip
    assert facts(tally, "load", "load") == part("1/40")
    assert facts(sequential_phragmen(SHARES, 3), "load", "load") == part("1/5 1/3 29/60")
    assert tally.steps[3].sentence == (
        "Seat 2: a costs each supporter least: 2 pay 13/40 each, 2 pay less, all they had left."
    )


def test_example_2_5_in_which_adding_one_by_one_would_miss_the_best():
    votes = ApprovalVotes.of_lists("abcd", ["ab", "ad", "b", "c", "cd"], [3, 6, 4, 5, 5])
    tally = proportional_approval(votes, 2)
    assert tally.result.elected == ("a", "c")
    assert tally.steps[1].facts["score"] == 19
    assert tally.steps[1].facts["approve_of"] == (4, 19, 0)
    assert not tally.ties


def test_phragmen_s_own_example():
    # A 1171 votes; then Q: 656 voters, 137 of whom carry 1/1171; then B: 1034 at 1/1171 and 90 at Q's load
    loads = facts(sequential_phragmen(PHRAGMEN, 3), "load", "load")
    q = (1 + Fraction(137, 1171)) / 656
    assert loads == [Fraction(1, 1171), q, (1 + Fraction(1034, 1171) + 90 * q) / 1124]


def test_six_voters_whose_halves_get_half_the_seats_only_where_shares_are_equal():
    # 12 seats; voters 1 to 3 agree on 1, 2, 3 and have one more each, voters 4 to 6 have three each for themselves
    names = tuple(str(i) for i in range(1, 16))
    ballots = [["1", "2", "3", str(i)] for i in (4, 5, 6)] + [[str(i), str(i + 1), str(i + 2)] for i in (7, 10, 13)]
    votes = ApprovalVotes.of_lists(names, ballots, [1] * 6)
    welfare = proportional_approval(votes, 12)
    assert set(welfare.result.elected) == set(names) - {"4", "5", "6"}
    assert not welfare.ties
    for tally in (equal_shares(votes, 12, "none"), sequential_phragmen(votes, 12)):
        elected = set(tally.result.elected)
        assert set(names[:6]) <= elected
        assert [len(elected & set(ballot)) for ballot in ballots] == [4, 4, 4, 2, 2, 2]


def test_phragmen_s_rule_can_deny_a_group_what_equal_shares_gives_it():
    # 4 of 24 voters agree on a and b; 12 seats are one for every two voters
    c = [f"c{i}" for i in range(1, 13)]
    votes = ApprovalVotes.of_lists(
        ["a", "b", *c], [["a", "b", "c1"], ["a", "b", "c2"], c, c[1:], c[2:]], [2, 2, 6, 5, 9]
    )
    assert set(sequential_phragmen(votes, 12).result.elected) == set(c)
    assert {"a", "b"} <= set(equal_shares(votes, 12, "none").result.elected)


def test_as_abcvoting_counts():
    """Every rule and completion on elections drawn at random, where the peer is installed."""
    rules = pytest.importorskip("abcvoting.abcrules")
    preferences = pytest.importorskip("abcvoting.preferences")
    rng, names = np.random.default_rng(2023), "abcdef"
    peers = {
        ("approval", ""): ("av", "standard"),
        ("proportional-approval", ""): ("pav", "brute-force"),
        ("sequential-phragmen", ""): ("seqphragmen", "standard-fractions"),
        ("equal-shares", "sequential-phragmen"): ("equal-shares-with-seqphragmen-completion", "standard-fractions"),
        ("equal-shares", "approval"): ("equal-shares-with-av-completion", "standard-fractions"),
        ("equal-shares", "none"): ("equal-shares-without-completion", "standard-fractions"),
    }
    for _ in range(40):
        ballots = [[c for c in range(6) if rng.random() < 0.4] or [0] for _ in range(8)]
        seats, theirs = int(rng.integers(1, 6)), preferences.Profile(6)
        theirs.add_voters(ballots)
        votes = ApprovalVotes.of_lists(names, [[names[c] for c in ballot] for ballot in ballots], [1] * 8)
        for (rule, completion), (peer, way) in peers.items():
            options = {"seats": seats, **({"completion": completion} if completion else {})}
            elected = {names.index(name) for name in count(rule, options, votes).result.elected}
            possible = rules.compute(peer, theirs, committeesize=seats, algorithm=way, resolute=False)
            assert elected in [set(committee) for committee in possible]
