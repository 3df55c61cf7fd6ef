"""Condorcet rules on published examples, and what each of them is known to keep there."""

import json

import pytest

from newcourse.vote.axioms.condorcet import condorcet_efficient, condorcet_winner
from newcourse.vote.axioms.smith import smith_order, smith_set
from newcourse.vote.pairwise import pairwise
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rule import count
from newcourse.vote.rules.schulze import link_strengths
from newcourse.vote.widest import widest_paths


def order(rule, votes, **options):
    return "".join(count(rule, options, votes).result.order)


# M. Schulze, Social Choice and Welfare 36 (2011), section 3.1: 21 voters, 4 candidates.
SCHULZE_21 = RankedVotes.of_lists("abcd", ["acdb", "badc", "cdba", "dbac", "dcba"], [8, 2, 4, 4, 3])

# The capital of Tennessee, as in most introductions: Memphis, Nashville, Chattanooga, Knoxville.
TENNESSEE = RankedVotes.of_lists("MNCK", ["MNCK", "NCKM", "CKNM", "KCNM"], [42, 26, 15, 17])

# Condorcet's ring, and a fourth candidate whom everybody puts last: the Smith set is the ring.
RING = RankedVotes.of_lists("xabc", ["abcx", "bcax", "cabx"], [4, 3, 2])


def test_schulze_with_21_voters():
    assert pairwise(SCHULZE_21) == ((0, 8, 14, 10), (13, 0, 6, 2), (7, 15, 0, 12), (11, 19, 9, 0))
    paths = widest_paths(link_strengths(pairwise(SCHULZE_21)))
    assert [[path.strength[0] for path in row] for row in paths] == [
        [0, 14, 14, 12],
        [13, 0, 13, 12],
        [13, 15, 0, 12],
        [13, 19, 13, 0],
    ]
    assert order("schulze", SCHULZE_21) == "dacb"


def test_ranked_pairs_with_the_same_21_voters():
    # By hand: d > b (19), c > b (15), a > c (14) are locked in; b > a (13) would close b > a > c > b; c > d (12) is
    # locked in; d > a (11) would close d > a > c > d.
    outcome = count("ranked-pairs", {}, SCHULZE_21)
    told = [("".join(step.facts["pair"]), step.code) for step in outcome.steps if step.code in ("lock", "skip")]
    assert told == [("db", "lock"), ("cb", "lock"), ("ac", "lock"), ("ba", "skip"), ("cd", "lock"), ("da", "skip")]
    assert "".join(outcome.result.order) == "acdb"
    assert outcome.steps[4].sentence == (
        "b over a, won by 13 votes to 8, is left out: it would close a ring with a > c > b, locked in before."
    )


def test_the_45_voters_as_arrays(shared_data):
    known = json.loads((shared_data / "votes/schulze/schulze_45_voters.json").read_text())
    names = sorted(known["pairwise"])
    times, ballots = zip(*known["profile"], strict=True)
    votes = RankedVotes.of_lists(names, ballots, times)
    matrix = pairwise(votes)
    assert {a: dict(zip(names, row, strict=True)) for a, row in zip(names, matrix, strict=True)} == known["pairwise"]
    strengths = [[path.strength[0] for path in row] for row in widest_paths(link_strengths(matrix))]
    assert strengths == [[known["path_strengths"][a][b] for b in names] for a in names]
    assert list(count("schulze", {}, votes).result.order) == known["expected_ranking"]
    # By hand: BD 33, ED 31, AD 30, CB 29, EB 27, AC 26, CE 24 are locked in; DC 28, BA 25, EA 23 would close rings.
    assert order("ranked-pairs", votes) == "ACEBD"


@pytest.mark.parametrize("rule", ["schulze", "ranked-pairs"])
@pytest.mark.parametrize("strength", ["winning-votes", "margins"])
def test_the_capital_of_tennessee(rule, strength):
    assert condorcet_winner(TENNESSEE) == "N"
    assert order(rule, TENNESSEE, strength=strength) == "NCKM"


@pytest.mark.parametrize("rule", ["schulze", "ranked-pairs"])
def test_a_ring_stays_before_whom_all_its_members_beat(rule):
    assert smith_set(RING) == ("a", "b", "c")
    outcome = count(rule, {}, RING)
    assert outcome.result.order == ("a", "b", "c", "x")
    assert smith_order(RING, outcome).holds


def test_instant_runoff_can_fail_condorcet():
    # Tennessee by instant runoff: Chattanooga goes out first, then Nashville; Knoxville wins.
    outcome = count("instant-runoff", {}, TENNESSEE)
    assert outcome.result.elected == ("K",)
    assert not condorcet_efficient(TENNESSEE, outcome).holds
