"""Monotonicity by search: what it finds is real, and what it tries is all there is (design §8.1)."""

from functools import partial
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.axioms.monotonicity import monotonicity, raised
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.outcome import Undecided
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rule import count
from tests.vote.strategies import ranked_profiles, rankings

INSTANT_RUNOFF = partial(count, "instant-runoff", {})
# 39 voters for A, 35 for B, 26 for C. C goes out first and A wins; if ten more voters move A up to the first place, B
# goes out first instead, and C wins.
CLASSIC = RankedVotes.of_lists("ABC", ["ABC", "BCA", "CAB"], [39, 35, 26])


def test_instant_runoff_is_not_monotone():
    verdict = monotonicity(CLASSIC, INSTANT_RUNOFF)
    assert not verdict.holds
    assert verdict.sentence == (
        "A is elected, but no more when it is raised: 10 voters with B > C > A to A > B > C; then C is elected."
    )
    (change,) = verdict.facts["changes"]
    assert change["voters"] == 10
    assert verdict.to_data()["facts"]["then"] == ["C"]


def test_what_was_found_can_be_counted_again():
    (change,) = monotonicity(CLASSIC, INSTANT_RUNOFF).facts["changes"]
    rows = dict(CLASSIC.to_profile().ballots)
    before, after = (RankedBallot.from_data(dict(change[key])) for key in ("before", "after"))
    rows[before] -= change["voters"]
    rows[after] = rows.get(after, 0) + change["voters"]
    assert INSTANT_RUNOFF(Profile("ranked", CLASSIC.candidates, tuple(rows.items()))).result.elected == ("C",)


def test_a_drawn_search_finds_it_too_and_says_so_where_it_finds_nothing():
    assert not monotonicity(CLASSIC, INSTANT_RUNOFF, kinds=2, limit=300, seed=1).holds
    verdict = monotonicity(CLASSIC, partial(count, "schulze", {}), kinds=2, limit=20, seed=1)
    assert (
        verdict.sentence
        == "A stays elected when raised: 20 changes drawn by seed 1 on up to 2 kinds of ballots were tried."
    )
    assert verdict.facts["complete"] is False
    with pytest.raises(BadInput, match="search-large"):
        monotonicity(CLASSIC, INSTANT_RUNOFF, kinds=2, limit=300)


@settings(max_examples=30)
@given(ranked_profiles(max_candidates=4, max_groups=3), st.sampled_from(["schulze", "ranked-pairs"]))
def test_schulze_and_ranked_pairs_are_monotone(profile, rule):
    verdict = monotonicity(profile, partial(count, rule, {}), limit=60, seed=3)
    assert verdict.holds, verdict.sentence


@given(rankings("ABCD"), st.sampled_from("ABCD"))
def test_raising_is_every_way_up_and_nothing_else(ballot, name):
    """Compare with all weak orders in which the candidate has a rank of its own and the others stand as they did."""

    def levels(ranks):
        level = {n: k for k, rank in enumerate(ranks) for n in rank}
        return {n: level.get(n, 99) for n in "ABCD"}

    def order(ranks):
        at = levels(ranks)
        return {(a, b): (at[a] > at[b]) - (at[a] < at[b]) for a, b in combinations("ABCD", 2)}

    def above(ranks):
        at = levels(ranks)
        return {n for n in "ABCD" if n != name and at[n] <= at[name]}

    found = raised(ballot, name, tuple("ABCD"))
    before = order(ballot.ranks)
    for new in found:
        after = order(new.ranks)
        assert all(after[pair] == before[pair] for pair in before if name not in pair)
        assert above(new.ranks) < above(ballot.ranks)
        assert all(levels(new.ranks)[n] != levels(new.ranks)[name] for n in "ABCD" if n != name)
    assert len({tuple(sorted(order(new.ranks).items())) for new in found}) == len(found)
    at = levels(ballot.ranks)
    assert len(found) == len({at[n] for n in "ABCD" if n != name and at[n] <= at[name]})


def test_all_changes_are_tried_once():
    seen = []

    def first_name(profile):
        seen.append(profile)
        return "A"

    box = Profile("ranked", ("A", "B", "C"), ((RankedBallot.of(*"BAC"), 2), (RankedBallot.of(*"BCA"), 1)))
    verdict = monotonicity(box, first_name, kinds=2)
    one, two = 1 * 2, 2 * 1
    assert verdict.facts["tried"] == one + two + one * two == len(seen) - 1
    assert all(profile.total == 3 for profile in seen)


def test_committees_are_searched_for_each_elected_and_nobody_is_an_answer():
    box = Profile("ranked", ("A", "B"), ((RankedBallot.of("B", "A"), 1),))
    assert monotonicity(box, lambda _: ["A", "B"]).facts["elected"] == ("A", "B")

    def shy(profile):
        return "A" if profile == box else Undecided("shy", "Nobody dares.")

    assert monotonicity(box, shy).sentence.endswith("1 voter with B > A to A > B; then nobody is elected.")
