"""Countback: examples by hand, and what it promises for any election."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.countback import Refilled, countback
from newcourse.vote.groups import Group, Groups
from newcourse.vote.holdings import holding
from newcourse.vote.outcome import Undecided
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rules.instant_runoff import instant_runoff
from newcourse.vote.rules.meek_stv import meek_stv
from newcourse.vote.rules.scottish_stv import scottish_stv
from newcourse.vote.ties import TieRule
from tests.vote.strategies import NAMES

COUNTS = {"scottish": scottish_stv, "meek": meek_stv}


@pytest.fixture
def council():
    """Two seats, quota 10. First a is elected with 20 papers; its surplus of 10 gives b 5 votes and e 5.

    Then e is lowest and its papers run out, d is excluded for c, and b has 5 + 6 = 11 votes.
    """
    ballots = [["a", "b", "c"], ["a", "e"], ["b", "d"], ["c"], ["d", "c"]]
    return RankedVotes.of_lists(["a", "b", "c", "d", "e"], ballots, [10, 10, 6, 2, 1])


def test_papers_of_a_member_elected_on_first_preferences(council):
    result = scottish_stv(council, 2).result
    assert result.elected == ("a", "b")
    found = holding(council, result, "a")
    assert (found.votes.total, found.worth) == (20, 20 * 10**5)
    tally = countback(council, result, "a", ["c", "e"])
    assert tally.result.to_data()["stages"][0]["votes"] == {"c": "10.00000", "e": "10.00000"}
    assert tally.result.elected == ("c",)
    assert tally.ties[0].among == ("c", "e")


def test_papers_count_what_they_were_worth_when_they_elected(council):
    result = scottish_stv(council, 2).result
    found = holding(council, result, "b")
    assert sorted(zip(found.value.tolist(), found.votes.times.tolist(), strict=True)) == [(50_000, 10), (100_000, 6)]
    tally = countback(council, result, "b", ["c", "d"])
    assert tally.result.elected == ("d",)  # six whole papers for d outweigh ten halves for c
    assert tally.sentence == "d takes the seat of b, with 6.00000 of 11.00000 votes."
    assert tally.steps[0].sentence == "b was elected with 16 papers worth 11.00000 votes; these are counted back."


def test_the_lowest_is_excluded_until_one_has_more_than_half():
    ballots = [["a", "b"], ["a", "c", "b"], ["a", "d", "c", "b"], ["e"]]
    votes = RankedVotes.of_lists(["a", "b", "c", "d", "e"], ballots, [5, 4, 3, 11])
    result = scottish_stv(votes, 2).result
    tally = countback(votes, result, "a", ["b", "c", "d"])
    assert [stage.excluded for stage in tally.result.stages] == [(), ("d",)]
    assert tally.result.elected == ("c",)
    assert dict(tally.result.stages[1].votes) == {"b": "5.00000", "c": "7.00000", "d": "0.00000"}


def test_with_a_second_quota_of_its_own_voters_a_coalition_keeps_its_seat():
    ballots = [["r1", "r2", "b2"], ["r2", "r1"], ["b1", "b2"], ["b2", "b1"]]
    votes = RankedVotes.of_lists(["r1", "r2", "b1", "b2"], ballots, [21, 9, 20, 10])
    for tally in (scottish_stv(votes, 2), meek_stv(votes, 2)):
        assert tally.result.elected == ("r1", "b1")
        assert countback(votes, tally.result, "r1", ["r2", "b2"]).result.elected == ("r2",)
        assert countback(votes, tally.result, "b1", ["r2", "b2"]).result.elected == ("b2",)


def test_a_single_candidate_is_elected_at_once_and_nobody_is_undecided(council):
    result = scottish_stv(council, 2).result
    tally = countback(council, result, "b", ["e"])
    assert tally.result == Refilled(("e",), "b", ())
    assert tally.sentence == "e takes the seat of b, as the only candidate."
    assert countback(council, result, "b", []).result.code == "nobody-eligible"


def test_papers_that_name_nobody_eligible_leave_it_undecided():
    votes = RankedVotes.of_lists(["a", "b", "c"], [["a"], ["b"], ["c"]], [5, 2, 1])
    result = countback(votes, scottish_stv(votes, 1).result, "a", ["b", "c"]).result
    assert isinstance(result, Undecided)
    assert result.code == "papers-silent"


def test_ties_look_back_and_then_follow_the_tie_rule():
    ballots = [["a", "b"], ["a", "c"], ["a", "d", "c"]]
    votes = RankedVotes.of_lists(["a", "b", "c", "d"], ballots, [4, 3, 1])
    result = scottish_stv(votes, 1).result
    tally = countback(votes, result, "a", ["b", "c", "d"])
    assert tally.result.elected == ("b",)  # four each, but c had three before
    assert tally.ties[0].by == "votes at the end of stage 1"
    ballots = [["a", "b"], ["a", "c"]]
    votes = RankedVotes.of_lists(["a", "b", "c"], ballots, [4, 4])
    result, lot = scottish_stv(votes, 1).result, TieRule("lot", "draw 3")
    assert countback(votes, result, "a", ["b", "c"], lot).result.elected == lot.order(("b", "c"))[:1]


def test_quotas_of_groups_still_hold_after_the_seat_is_refilled(council):
    result = scottish_stv(council, 2).result
    guard = Groups((Group("workers", ("b", "c"), least=1),)).guard(council.candidates, 2)
    tally = countback(council, result, "b", ["c", "d"], guard=guard)
    assert tally.result.elected == ("c",)
    stopped = next(step for step in tally.steps if step.code == "stopped")
    assert stopped.sentence == (
        "d cannot take the seat: workers must have at least 1 of 2 seats, have 0, and 0 could follow."
    )


def test_a_refilled_seat_is_refilled_again_from_the_same_papers(council):
    result = scottish_stv(council, 2).result
    first = countback(council, result, "b", ["c", "d"]).result.elected[0]
    again = countback(council, result, "b", ["c", "e"], members=["a"])
    assert first == "d"
    assert again.result.elected == ("c",)


def test_by_meek_a_paper_is_worth_what_the_member_keeps(council):
    result = meek_stv(council, 2).result
    for member in result.elected:
        assert holding(council, result, member).worth == result.stages[-1].votes[member]


@pytest.mark.parametrize(
    ("vacated", "eligible", "code"),
    [
        ("c", ["d"], "not-elected"),
        ("a", ["z"], "candidate-unknown"),
        ("a", ["b"], "already-member"),
        ("a", ["a"], "already-member"),
    ],
)
def test_wrong_names_are_refused(council, vacated, eligible, code):
    with pytest.raises(BadInput) as caught:
        countback(council, scottish_stv(council, 2).result, vacated, eligible)
    assert code in {fault.code for fault in caught.value.faults}


def test_other_ballots_than_those_counted_are_refused(council):
    result = scottish_stv(council, 2).result
    other = RankedVotes(council.candidates, council.order, council.times + 1)
    with pytest.raises(BadInput, match="ballots-other"):
        countback(other, result, "a", ["c"])
    with pytest.raises(BadInput, match="ballots-other"):
        countback(RankedVotes(tuple("vwxyz"), council.order, council.times), result, "a", ["x"])


@st.composite
def elections(draw):
    names = NAMES[: draw(st.integers(3, 5))]
    ballot = st.lists(st.sampled_from(names), unique=True, min_size=1)
    rows = draw(st.lists(st.tuples(ballot, st.integers(1, 9)), min_size=1, max_size=8))
    votes = RankedVotes.of_lists(names, [row for row, _ in rows], [times for _, times in rows])
    return votes, draw(st.integers(1, len(names) - 1)), draw(st.sampled_from(sorted(COUNTS)))


@given(elections(), st.data())
def test_the_new_member_is_eligible_and_more_than_half_in_worth_keep_the_seat(case, data):
    votes, seats, count = case
    result = COUNTS[count](votes, seats).result
    vacated = data.draw(st.sampled_from(result.elected))
    free = [name for name in votes.candidates if name not in result.elected]
    eligible = data.draw(st.lists(st.sampled_from(free), unique=True, min_size=1))
    tally = countback(votes, result, vacated, eligible)
    if isinstance(tally.result, Undecided):
        assert tally.result.code == "papers-silent"
        return
    assert tally.result.elected[0] in eligible
    held = holding(votes, result, vacated)
    wanted = [[name for name in ballot.names() if name in eligible] for ballot, _ in _rows(held.votes)]
    worth = [int(value) * int(times) for value, times in zip(held.value, held.votes.times, strict=True)]
    for size in range(1, len(eligible)):
        for group in {frozenset(names[:size]) for names in wanted if len(names) >= size}:
            behind = sum(w for names, w in zip(wanted, worth, strict=True) if frozenset(names[:size]) == group)
            if 2 * behind > sum(worth):
                assert tally.result.elected[0] in group


def _rows(votes):
    """The ballots of arrays one by one, in the order of the rows."""
    return [
        RankedVotes(votes.candidates, votes.order[row : row + 1], votes.times[row : row + 1]).to_profile().ballots[0]
        for row in range(len(votes.times))
    ]


@given(elections())
def test_with_one_seat_counting_back_is_the_count_without_the_winner(case):
    votes, _, _ = case
    result = instant_runoff(votes).result
    winner = result.elected[0]
    found = holding(votes, result, winner)
    assert all(value == 10**5 for value in found.value)
    free = [name for name in votes.candidates if name != winner]
    tally = countback(votes, result, winner, free)
    left = [[name for name in ballot.names() if name != winner] for ballot, _ in _rows(found.votes)]
    if not any(left) or len(free) == 1:
        return
    again = instant_runoff(RankedVotes.of_lists(free, left, found.votes.times.tolist()))
    if not tally.ties and not again.ties:
        assert tally.result.elected == again.result.elected


@given(elections())
def test_holdings_are_the_published_votes(case):
    votes, seats, count = case
    result = COUNTS[count](votes, seats).result
    for member in result.elected:
        assert holding(votes, result, member).worth >= 0


@pytest.mark.shared_data
def test_holdings_in_official_counts_are_what_was_published(shared_data):
    """Every eighth ward of Scotland in 2017: what a member's papers were worth is in the published stages."""
    members = 0
    for path in sorted((shared_data / "votes/scotland_2017/ballots").glob("*.csv"))[::8]:
        with path.open(newline="") as file:
            rows = list(csv.reader(file))
        names = [str(number) for number in range(1, int(rows[0][0]) + 1)]
        ballots = [row for row in rows[1:] if row[0].isdigit()]
        preferences = [[name for name in row[1:] if name] for row in ballots]
        votes = RankedVotes.of_lists(names, preferences, [int(row[0]) for row in ballots])
        result = scottish_stv(votes, int(rows[0][1])).result
        free = [name for name in names if name not in result.elected]
        for member in result.elected:  # ballots that do not add up to the published votes would be refused
            assert countback(votes, result, member, free).result.elected[0] in free
            members += 1
    assert members > 40
