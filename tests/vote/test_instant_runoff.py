"""Instant-runoff voting is the single seat of STV (design §8.1)."""

from hypothesis import given
from hypothesis import strategies as st

from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rule import count
from newcourse.vote.rules.instant_runoff import instant_runoff
from newcourse.vote.ties import TieRule
from tests.vote.slow_stv import slow_runoff
from tests.vote.test_scottish_stv import boxes, valid, votes_of

TIES = st.sampled_from([TieRule(), TieRule("lot", "draw 1")])


@given(boxes(), TIES)
def test_the_winner_is_the_one_of_a_plain_count(box, ties):
    names, rows, _ = box
    if valid(rows):
        assert instant_runoff(votes_of(names, rows), ties).result.elected == (
            slow_runoff(names, rows, ties.order(names)),
        )


@given(boxes())
def test_who_is_first_on_most_ballots_wins_at_once(box):
    names, rows, _ = box
    first = {name: sum(times for ballot, times in rows if ballot[:1] == (name,)) for name in names}
    best = max(names, key=first.__getitem__)
    if 2 * first[best] > valid(rows):
        result = instant_runoff(votes_of(names, rows)).result
        assert (result.elected, len(result.stages)) == ((best,), 1)
        assert result.quota == valid(rows) // 2 + 1


@given(boxes())
def test_who_loses_to_every_other_one_to_one_does_not_win(box):
    names, rows, _ = box
    if not valid(rows) or len(names) < 2:
        return
    (winner,) = instant_runoff(votes_of(names, rows)).result.elected

    def prefer(a, b):
        return sum(t for ballot, t in rows if a in ballot and (b not in ballot or ballot.index(a) < ballot.index(b)))

    assert any(prefer(winner, other) >= prefer(other, winner) for other in names if other != winner)


def test_exhausted_ballots_let_the_last_one_left_win_with_less_than_the_quota():
    votes = RankedVotes.of_lists("abc", ["a", "b", "c"], [4, 3, 2])
    outcome = count("instant-runoff", {}, votes)
    assert outcome.sentence == "a is elected; the quota was 5 of 9 votes."
    last = outcome.result.stages[-1]
    assert (dict(last.votes)["a"], last.non_transferable, last.filled) == ("4.00000", "5.00000", ("a",))
