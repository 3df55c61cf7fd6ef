"""A count that asks a guard ends with a committee that the guard allows, whenever there is one (design §8.1)."""

from dataclasses import dataclass
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rules.scottish_stv import scottish_stv
from tests.vote.test_scottish_stv import boxes, valid, votes_of


@dataclass(frozen=True)
class Listed:
    """Allows the committees of a list, and looks through all of it for every question."""

    allowed: tuple[frozenset[int], ...]

    def possible(self, elected, continuing):
        return any(elected <= committee <= elected | continuing for committee in self.allowed)

    def keep(self, elected, continuing):
        return frozenset(c for c in continuing if not self.possible(elected, continuing - {c}))

    def stop(self, elected, continuing):
        return frozenset(c for c in continuing if not self.possible(elected | {c}, continuing - {c}))


def committees(names, seats):
    return [frozenset(members) for members in combinations(range(len(names)), seats)]


@given(boxes(), st.data())
def test_whatever_is_allowed_somebody_of_it_is_elected(box, data):
    names, rows, seats = box
    if not valid(rows):
        return
    allowed = data.draw(st.lists(st.sampled_from(committees(names, seats)), min_size=1, max_size=4, unique=True))
    tally = scottish_stv(votes_of(names, rows), seats, guard=Listed(tuple(allowed)))
    assert frozenset(names.index(name) for name in tally.result.elected) in allowed
    total = valid(rows)
    for stage in tally.result.stages:
        assert sum(float(value) for _, value in stage.votes) + float(stage.non_transferable) == pytest.approx(total)


@given(boxes())
def test_a_guard_that_allows_everything_changes_nothing(box):
    names, rows, seats = box
    if valid(rows):
        free = scottish_stv(votes_of(names, rows), seats).result
        guarded = scottish_stv(votes_of(names, rows), seats, guard=Listed(tuple(committees(names, seats)))).result
        assert [(s.votes, s.excluded, set(s.elected)) for s in free.stages] == [
            (s.votes, s.excluded, set(s.elected)) for s in guarded.stages
        ]


@given(boxes())
def test_a_guard_that_allows_nothing_is_refused(box):
    names, rows, seats = box
    if valid(rows):
        with pytest.raises(BadInput, match="quotas-infeasible"):
            scottish_stv(votes_of(names, rows), seats, guard=Listed(()))


VOTES = RankedVotes.of_lists("abcd", ["a", "b", "c", "d"], [5, 4, 2, 1])


def test_who_is_kept_is_passed_over_and_the_stage_says_why():
    votes = RankedVotes.of_lists("abcde", ["a", "b", "c", "da", "e"], [5, 4, 3, 2, 1])
    tally = scottish_stv(votes, 2, guard=Listed(tuple(frozenset({c, 4}) for c in range(4))))
    assert tally.result.elected == ("a", "e")
    assert [stage.excluded for stage in tally.result.stages] == [(), ("d",), ("b", "c")]
    assert [stage.kept for stage in tally.result.stages] == [(), ("e",), ()]
    assert tally.steps[2].sentence == (
        "Stage 2: e is passed over, because without this candidate no committee would be within the quotas of groups. "
        "d has the fewest votes of the others and is excluded; 2.00000 votes are transferred. "
        "a receives 2.00000; 0.00000 votes are now not transferable. a has the quota of 6 and is elected."
    )


def test_who_is_doomed_is_excluded_at_once_and_the_stage_says_why():
    tally = scottish_stv(VOTES, 1, guard=Listed((frozenset({2}), frozenset({3}))))
    assert tally.result.elected == ("c",)
    first, doomed, last = tally.result.stages
    assert (first.elected, doomed.what, doomed.excluded) == ((), "doomed", ("a", "b"))
    assert (last.excluded, last.filled) == (("d",), ("c",))
    assert tally.steps[2].sentence == (
        "Stage 2: a and b are excluded, because with any one of them elected no committee would be within the quotas "
        "of groups; 9.00000 votes are transferred. Nobody receives any; 9.00000 votes are now not transferable."
    )


def test_a_candidate_with_the_quota_can_be_doomed():
    votes = RankedVotes.of_lists("abc", ["ab", "b", "c"], [6, 2, 1])
    tally = scottish_stv(votes, 1, guard=Listed((frozenset({1}), frozenset({2}))))
    assert tally.result.elected == ("b",)
    assert dict(tally.result.stages[1].transfers) == {"b": "6.00000"}
