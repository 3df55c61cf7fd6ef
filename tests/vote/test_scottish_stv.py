"""STV by Scottish law keeps what it claims and agrees with a plain second writing of it (design §8.1)."""

import json
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.outcome import Committee
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rule import count
from newcourse.vote.rules.scottish_stv import scottish_stv
from newcourse.vote.ties import TieRule
from tests.vote.slow_stv import slow_stv
from tests.vote.strategies import NAMES, ranked_profiles

TIES = st.sampled_from([TieRule(), TieRule("lot", "draw 1"), TieRule("lot", "draw 2")])


@st.composite
def boxes(draw, most=6, max_times=9, groups=9):
    """Strict ballots as names and times, blank ones among them, and a number of seats."""
    names = "ABCDEF"[: draw(st.integers(2, most))]
    ballot = st.permutations(names).flatmap(lambda order: st.integers(0, len(order)).map(lambda k: tuple(order[:k])))
    rows = draw(st.lists(st.tuples(ballot, st.integers(1, max_times)), min_size=1, max_size=groups))
    return names, rows, draw(st.integers(1, len(names)))


def votes_of(names, rows):
    return RankedVotes.of_lists(names, [ballot for ballot, _ in rows], [times for _, times in rows])


def as_stages(result):
    return [
        (
            {name: Fraction(value) for name, value in stage.votes},
            Fraction(stage.non_transferable),
            set(stage.elected),
            stage.excluded,
        )
        for stage in result.stages
    ]


def valid(rows):
    return sum(times for ballot, times in rows if ballot)


@given(boxes(), TIES)
def test_every_stage_agrees_with_the_plain_count(box, ties):
    names, rows, seats = box
    tally = scottish_stv(votes_of(names, rows), seats, ties)
    if not valid(rows):
        assert tally.result.code == "no-ballots"
        return
    elected, quota, stages = slow_stv(names, rows, seats, ties.order(names))
    assert as_stages(tally.result) == stages
    assert (set(tally.result.elected), tally.result.quota) == (elected, quota)


@given(boxes(most=5, max_times=2**49, groups=7))
def test_many_papers_overflow_nothing(box):
    names, rows, seats = box
    if valid(rows):
        _, quota, stages = slow_stv(names, rows, seats, names)
        result = scottish_stv(votes_of(names, rows), seats).result
        assert (as_stages(result), result.quota) == (stages, quota)


@given(boxes(), st.randoms(use_true_random=False))
def test_order_and_grouping_of_ballots_do_not_matter(box, random):
    names, rows, seats = box
    single = [(ballot, 1) for ballot, times in rows for _ in range(times)]
    random.shuffle(single)
    assert scottish_stv(votes_of(names, single), seats) == scottish_stv(votes_of(names, rows), seats)
    profile = Profile("ranked", tuple(names), tuple((RankedBallot.of(*ballot), times) for ballot, times in rows))
    assert scottish_stv(profile, seats) == scottish_stv(votes_of(names, rows), seats)


@given(boxes())
def test_every_vote_is_accounted_for(box):
    names, rows, seats = box
    if not valid(rows):
        return
    before = Decimal(0)
    for stage in scottish_stv(votes_of(names, rows), seats).result.stages:
        assert sum(Decimal(value) for _, value in stage.votes) + Decimal(stage.non_transferable) == valid(rows)
        given_away = sum(parcel.papers * Decimal(parcel.after) for parcel in stage.parcels)
        received = sum(Decimal(value) for _, value in stage.transfers)
        spent = Decimal(stage.non_transferable) - before
        assert spent == given_away - received + Decimal(stage.lost)
        assert 0 <= Decimal(stage.lost) < valid(rows) * Decimal("0.00001")
        assert stage.surplus or stage.lost == "0.00000"
        before += spent


@given(boxes(groups=5))
def test_solid_coalitions_of_k_quotas_get_k_seats(box):
    names, rows, seats = box
    if not valid(rows):
        return
    result = scottish_stv(votes_of(names, rows), seats).result
    for size in range(1, len(names) + 1):
        for coalition in map(set, combinations(names, size)):
            support = sum(times for ballot, times in rows if set(ballot[:size]) == coalition)
            assert len(coalition & set(result.elected)) >= min(support // result.quota, size)


@given(ranked_profiles(), st.integers(1, 2))
def test_ballots_with_equal_ranks_are_read_up_to_there_and_counted(profile, seats):
    rows = []
    for ballot, times in profile.ballots:
        alone = [len(rank) == 1 for rank in ballot.ranks]
        readable = alone.index(False) if False in alone else len(alone)
        rows.append((tuple(rank[0] for rank in ballot.ranks[:readable]), times))
    tally = scottish_stv(profile, seats)
    assert tally.result == scottish_stv(votes_of(profile.candidates, rows), seats).result
    tied = sum(times for ballot, times in profile.ballots if any(len(rank) > 1 for rank in ballot.ranks))
    assert tally.steps == () or tally.steps[0].facts["tied"] == tied
    assert tally.steps == () or (f"{tied} ballots rank" in tally.steps[0].sentence) == bool(tied)


def test_more_candidates_than_a_byte_holds():
    size = 200
    rng = np.random.default_rng(7)
    order = np.array([rng.permutation(size)[:40] for _ in range(300)])
    names = [f"c{k}" for k in range(size)]
    votes = RankedVotes(tuple(names), order, rng.integers(1, 50, 300))
    rows = [(tuple(names[c] for c in row), int(times)) for row, times in zip(order, votes.times, strict=True)]
    elected, _, stages = slow_stv(names, rows, 12, names)
    result = scottish_stv(votes, 12).result
    assert (set(result.elected), as_stages(result)) == (elected, stages)


# Three candidates, two seats, 10 votes, quota 4: a's surplus of 2 is worth 2/6 = 0.33333 on each of six papers.
SMALL = RankedVotes.of_lists("abc", ["ab", "b", "c"], [6, 1, 3])


def test_a_small_count_in_numbers_and_words():
    tally = scottish_stv(SMALL, 2)
    assert tally.sentence == "a and c are elected; the quota was 4 of 10 votes."
    assert tally.result.to_data() == {
        "elected": ["a", "c"],
        "quota": 4,
        "stages": [
            _stage(1, "first-preferences", "6.00000", "1.00000", "3.00000", elected=["a"]),
            _stage(
                2,
                "surplus",
                "4.00000",
                "2.99998",
                "3.00000",
                non_transferable="0.00002",
                lost="0.00002",
                transfers={"b": "1.99998"},
                surplus="a",
                parcels=[{"papers": 6, "before": "1.00000", "after": "0.33333"}],
            ),
            _stage(
                3,
                "exclusion",
                "4.00000",
                "0.00000",
                "3.00000",
                non_transferable="3.00000",
                excluded=["b"],
                elected=["c"],
                filled=["c"],
                parcels=[
                    {"papers": 1, "before": "1.00000", "after": "1.00000"},
                    {"papers": 6, "before": "0.33333", "after": "0.33333"},
                ],
            ),
        ],
    }
    assert [step.sentence for step in tally.steps] == SENTENCES


SENTENCES = [
    "10 of 10 ballots are valid; the quota for 2 seats is 4 votes.",
    "Stage 1: first preferences are counted: a 6.00000, b 1.00000, c 3.00000. a has the quota of 4 and is elected.",
    (
        "Stage 2: a's surplus of 2.00000 votes is transferred, every paper at its share of the surplus. "
        "b receives 1.99998; 0.00002 votes are now not transferable."
    ),
    (
        "Stage 3: b has the fewest votes and is excluded; 2.99998 votes are transferred. "
        "Nobody receives any; 3.00000 votes are now not transferable. "
        "c is elected: as many candidates are left as seats."
    ),
]


def _stage(number, what, a, b, c, **more):
    empty = {"non_transferable": "0.00000", "transfers": {}, "elected": [], "excluded": [], "surplus": None}
    empty |= {"lost": "0.00000", "parcels": [], "filled": [], "kept": []}
    return {"stage": number, "what": what, "votes": {"a": a, "b": b, "c": c}, **empty, **more}


def test_a_tie_is_settled_by_the_latest_stage_that_differs():
    # b and c have 3 each after d's paper, but c had fewer before.
    votes = RankedVotes.of_lists("abcd", ["a", "b", "c", "dc"], [5, 3, 2, 1])
    tally = scottish_stv(votes, 1)
    (tie,) = tally.ties
    assert (tie.question, tie.among, tie.settled) == ("who is excluded in stage 3", ("b", "c"), ("b", "c"))
    assert tie.by == "votes at the end of stage 1"
    assert tally.steps[3].sentence == (
        "b and c have equally many votes; who is excluded in stage 3 is settled by votes at the end of stage 1: "
        "b, c; the last is excluded."
    )
    mirrored = RankedVotes.of_lists("abcd", ["a", "c", "b", "db"], [5, 3, 2, 1])
    assert scottish_stv(mirrored, 1).ties[0].settled == ("c", "b")


@pytest.mark.parametrize("rule", [TieRule(), TieRule("lot", "draw 1"), TieRule("lot", "draw 2")])
def test_a_tie_at_every_stage_is_settled_by_the_tie_rule(rule):
    votes = RankedVotes.of_lists("abc", ["a", "b", "c"], [3, 2, 2])
    tally = scottish_stv(votes, 1, rule)
    assert tally.ties[0].settled == rule.order("bc")
    assert tally.result.stages[1].excluded == rule.order("bc")[-1:]
    assert tally.ties[0].by == rule.settle("", "bc").by


def test_three_in_a_tie_can_be_settled_by_an_earlier_stage_alone():
    # b, c and d have 4 each after e; before, b had 3.
    votes = RankedVotes.of_lists("abcde", ["a", "b", "c", "d", "eb"], [9, 3, 4, 4, 1])
    tie = scottish_stv(votes, 1).ties[0]
    assert (tie.among, tie.settled[-1]) == (("b", "c", "d"), "b")
    assert tie.by == "votes at the end of stage 1"


def test_three_in_a_tie_can_need_an_earlier_stage_and_then_the_tie_rule():
    # b, c and d have 4 each after e; before, b and c had 3.
    votes = RankedVotes.of_lists("abcde", ["a", "b", "c", "d", "eb", "ec"], [9, 3, 3, 4, 1, 1])
    tie = scottish_stv(votes, 1).ties[0]
    assert (tie.among, tie.settled) == (("b", "c", "d"), ("d", "b", "c"))
    assert tie.by == "votes at the end of stage 1, then candidate order fixed beforehand"


def test_equal_surpluses_are_transferred_by_the_tie_rule():
    votes = RankedVotes.of_lists("abc", ["ac", "bc", "c"], [5, 5, 1])
    tally = scottish_stv(votes, 2)
    assert tally.result.elected == ("a", "b")
    assert len(tally.result.stages) == 1
    votes = RankedVotes.of_lists("abcd", ["ac", "bd", "c", "d"], [5, 5, 2, 2])
    tally = scottish_stv(votes, 3)
    assert tally.ties[0].question == "whose surplus is transferred first in stage 2"
    assert tally.result.stages[1].surplus == "a"
    for rule in (TieRule("lot", "draw 1"), TieRule("lot", "draw 2")):
        assert scottish_stv(votes, 3, rule).result.stages[1].surplus == rule.order("ab")[0]


def test_as_many_seats_as_candidates_elect_all_at_once():
    result = scottish_stv(SMALL, 3).result
    assert result.elected == ("a", "c", "b")
    assert [stage.filled for stage in result.stages] == [("b",)]


@pytest.mark.parametrize("seats", [0, -1, 4, True])
def test_seats_that_cannot_be_filled_are_refused(seats):
    with pytest.raises(BadInput, match="seats-wrong"):
        scottish_stv(SMALL, seats)


def test_nobody_is_elected_without_a_first_preference():
    for rows in ([], [((), 3)]):
        tally = scottish_stv(votes_of("ab", rows), 1)
        assert tally.result.to_data()["undecided"] == "no-ballots"
    tied = Profile("ranked", ("a", "b"), ((RankedBallot.of(("a", "b")), 2),))
    assert scottish_stv(tied, 1).result.code == "no-ballots"


@given(ranked_profiles())
def test_the_outcome_is_a_committee_and_plain_data(profile):
    outcome = count("scottish-stv", {"seats": 2, "ties": {"by": "lot", "seed": "draw 3"}}, profile)
    data = json.loads(json.dumps(outcome.to_data()))
    if outcome.decided:
        assert outcome.expect(Committee).elected == outcome.result.elected
        assert set(data["result"]) == {"elected", "quota", "stages"}
    assert count(data["rule"], data["options"], RankedVotes.of(profile)).to_data() == data
    assert set(data["candidates"]) <= set(NAMES)


@settings(max_examples=60, deadline=None)
@given(ranked_profiles(strict=False, max_groups=9), st.integers(1, 3))
def test_nobody_excluded_in_the_first_batch_could_have_been_elected(profile, seats):
    seats = min(seats, len(profile.candidates))
    together, alone = (scottish_stv(profile, seats, batch=batch).result for batch in (True, False))
    if not hasattr(together, "stages"):
        return
    assert len(together.elected) == len(alone.elected)
    batches = [stage for stage in together.stages if stage.what == "batch"]
    assert all(len(stage.excluded) > 1 for stage in batches)
    if batches:
        assert not set(batches[0].excluded) & set(alone.elected)


def test_a_batch_is_told_and_is_off_by_default():
    votes = RankedVotes.of_lists("abcd", ["a", "b", "c", "d"], [9, 7, 3, 2])
    assert [stage.what for stage in scottish_stv(votes, 1).result.stages] == [
        "first-preferences",
        "exclusion",
        "exclusion",
        "exclusion",
    ]
    tally = scottish_stv(votes, 1, batch=True)
    assert tally.result.stages[1].excluded == ("c", "d")
    assert "c and d have all together fewer votes than anybody else and are excluded" in tally.steps[2].sentence
