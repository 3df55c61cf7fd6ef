"""Quotas of groups: the search against all committees, and single transferable vote within them."""

from itertools import combinations, combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.groups import Group, Groups, groups_from_data
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rule import count, frozen_rule
from newcourse.vote.rules.scottish_stv import scottish_stv

NAMES = ("a", "b", "c", "d", "e", "f")


def within(groups, committee):
    """Whether a committee, as names, is within every quota."""
    return all(
        group.least
        <= len(set(group.members) & set(committee))
        <= (len(committee) if group.most is None else group.most)
        for group in groups.groups
    )


def committees(groups, names, seats):
    return [set(chosen) for chosen in combinations(names, seats) if within(groups, chosen)]


@st.composite
def quotas(draw, most_candidates=6):
    names = NAMES[: draw(st.integers(2, most_candidates))]
    groups = []
    for g in range(draw(st.integers(0, 3))):
        members = draw(st.lists(st.sampled_from(names), unique=True, min_size=1))
        least = draw(st.integers(0, len(members)))
        most = draw(st.none() | st.integers(least, len(members)))
        groups.append(Group(f"group {g}", tuple(members), least, most))
    return names, draw(st.integers(1, len(names))), Groups(tuple(groups))


@st.composite
def boxes(draw, names):
    ballot = st.lists(st.sampled_from(names), unique=True, min_size=1)
    rows = draw(st.lists(st.tuples(ballot, st.integers(1, 9)), min_size=1, max_size=7))
    return RankedVotes.of_lists(names, [row for row, _ in rows], [times for _, times in rows])


@given(quotas(), st.data())
def test_the_search_finds_a_committee_just_when_there_is_one(case, data):
    names, seats, groups = case
    if not committees(groups, names, seats):
        with pytest.raises(BadInput, match="quotas-infeasible"):
            groups.guard(names, seats)
        return
    guard = groups.guard(names, seats)
    state = data.draw(st.lists(st.sampled_from("ecx"), min_size=len(names), max_size=len(names)))
    elected = frozenset(i for i, what in enumerate(state) if what == "e")
    continuing = frozenset(i for i, what in enumerate(state) if what == "c")
    some = [
        c
        for c in committees(groups, names, seats)
        if {names[i] for i in elected} <= c <= {names[i] for i in elected | continuing}
    ]
    assert guard.feasible(elected, continuing) == bool(some)
    assert bool(guard.conflict(elected, continuing)) <= (not some)
    assert guard.keep(elected, continuing) == {i for i in continuing if all(names[i] in c for c in some)}
    assert guard.stop(elected, continuing) == {i for i in continuing if all(names[i] not in c for c in some)}


@given(quotas(), st.data())
def test_the_committee_is_within_the_quotas_whenever_one_is(case, data):
    names, seats, groups = case
    votes = data.draw(boxes(names))
    if not committees(groups, names, seats):
        with pytest.raises(BadInput, match="quotas-infeasible"):
            scottish_stv(votes, seats, groups=groups)
        return
    tally = scottish_stv(votes, seats, groups=groups)
    assert len(tally.result.elected) == seats
    assert set(tally.result.elected) in committees(groups, names, seats)
    plain = scottish_stv(votes, seats)
    if all(within(groups, chosen) for chosen in combinations(names, seats)):
        assert tally.result == plain.result


@pytest.mark.slow
@pytest.mark.parametrize("seats", [1, 2])
def test_every_pair_of_quotas_of_three_candidates(seats):
    """All 703 pairs of groups with every least and most: feasible whenever there is a feasible committee."""
    names = NAMES[:3]
    votes = RankedVotes.of_lists(names, ["abc", "ba", "c"], [9, 5, 2])
    members = [some for size in range(1, 4) for some in combinations(names, size)]
    quotas = [(some, least, most) for some in members for most in range(len(some) + 1) for least in range(most + 1)]
    found = 0
    for (one, *bounds), (other, *limits) in combinations_with_replacement(quotas, 2):
        groups = Groups((Group("one", one, *bounds), Group("other", other, *limits)))
        if committees(groups, names, seats):
            assert within(groups, scottish_stv(votes, seats, groups=groups).result.elected)
            found += 1
        else:
            with pytest.raises(BadInput, match="quotas-infeasible"):
                groups.guard(names, seats)
    assert found > 100


def test_a_candidate_is_kept_and_the_trace_says_why():
    votes = RankedVotes.of_lists(["ann", "bo", "cy", "di"], [["ann"], ["bo"], ["cy"], ["di", "ann"]], [4, 4, 1, 3])
    groups = Groups((Group("workers", ("cy",), least=1),))
    tally = scottish_stv(votes, 2, groups=groups)
    assert tally.result.elected == ("ann", "cy")
    told = next(step for step in tally.steps if "reasons" in step.facts)
    assert told.facts["reasons"] == {
        "cy": "Without cy, 2 seats would be left, but workers must have at least 1 of 2 seats, have 0, and 0 could "
        "follow."
    }
    assert told.facts["excluded"] == ("di",)
    assert "cy is passed over" in told.sentence
    assert told.sentence.endswith("have 0, and 0 could follow.")


def test_a_candidate_is_stopped_and_the_trace_says_why():
    votes = RankedVotes.of_lists(["ann", "bo", "cy", "di"], [["ann"], ["bo"], ["cy"], ["di"]], [9, 8, 2, 1])
    groups = Groups((Group("party", ("ann", "bo"), most=1),))
    tally = scottish_stv(votes, 2, groups=groups)
    assert tally.result.elected == ("ann", "cy")
    told = next(step for step in tally.steps if "reasons" in step.facts)
    assert told.facts["what"] == "doomed"
    assert told.facts["reasons"] == {
        "bo": "With bo elected, 0 seats would be left, but party must have at most 1 of 2 seats, have 2, and 0 could "
        "follow."
    }


@given(quotas(4), st.data())
def test_whoever_is_kept_or_stopped_has_a_reason(case, data):
    names, seats, groups = case
    if not committees(groups, names, seats):
        return
    tally = scottish_stv(data.draw(boxes(names)), seats, groups=groups)
    for step in tally.steps:
        named = set(step.facts.get("kept", ()))
        named |= set(step.facts["excluded"]) if step.facts.get("what") == "doomed" else set()
        assert set(step.facts.get("reasons", {})) == named
        for name in named:
            assert name in step.facts["reasons"][name]
            assert "must have" in step.facts["reasons"][name]


def test_half_workers_and_a_third_without_party():
    names = [f"w{i}" for i in range(6)] + [f"o{i}" for i in range(6)]
    party = [name for name in names if name[1] in "0123"]
    votes = RankedVotes.of_lists(names, [[f"o{i}" for i in range(6)], ["w0", "w1"]], [90, 10])
    data = {
        "workers": {"members": [f"w{i}" for i in range(6)], "least": 3},
        "non-party": {"members": [name for name in names if name not in party], "least": 2},
    }
    outcome = count("scottish-stv", {"seats": 6, "groups": data}, votes)
    elected = outcome.to_data()["result"]["elected"]
    assert sum(name.startswith("w") for name in elected) == 3
    assert sum(name not in party for name in elected) >= 2
    frozen = frozen_rule("scottish-stv", {"seats": 6, "groups": data})
    assert frozen["options"]["groups"]["workers"]["least"] == 3


def test_many_groups_that_overlap_are_searched_in_no_time():
    names = [f"c{i}" for i in range(60)]
    groups = Groups(
        tuple(Group(f"g{g}", tuple(n for i, n in enumerate(names) if i * (g + 1) % 7 < 3), 4, 9) for g in range(5))
    )
    guard = groups.guard(names, 15)
    everybody = frozenset(range(60))
    assert guard.keep(frozenset(), everybody) == frozenset()
    assert guard.stop(frozenset(), everybody) == frozenset()


def test_plain_data_there_and_back():
    groups = Groups((Group("workers", ("a", "b"), 1), Group("party", ("c",), 0, 1)))
    assert groups_from_data(groups.to_data()) == groups
    assert groups_from_data(None) is None
    assert groups_from_data({}) is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ([], "groups-malformed"),
        ({"g": ["a"]}, "groups-malformed"),
        ({"g": {"members": "ab"}}, "groups-malformed"),
        ({"g": {"members": [1]}}, "groups-malformed"),
        ({"g": {"members": ["a"], "lest": 1}}, "groups-malformed"),
        ({"g": {"members": ["a", "a"]}}, "member-twice"),
        ({"g": {"members": ["a"], "least": 2}}, "quota-wrong"),
        ({"g": {"members": ["a", "b"], "least": 2, "most": 1}}, "quota-wrong"),
        ({"g": {"members": ["a"], "least": -1}}, "quota-wrong"),
        ({"g": {"members": ["a"], "most": "1"}}, "quota-wrong"),
        ({"g": {"members": ["a"], "least": True}}, "quota-wrong"),
    ],
)
def test_wrong_groups_are_refused(data, code):
    with pytest.raises(BadInput) as caught:
        groups_from_data(data)
    assert code in {fault.code for fault in caught.value.faults}


def test_unknown_members_and_quotas_that_contradict_each_other_are_named():
    with pytest.raises(BadInput) as caught:
        Groups((Group("g", ("z",)),)).guard(["a"], 1)
    assert caught.value.faults[0].code == "candidate-unknown"
    groups = Groups((Group("old", ("a", "b"), 2), Group("new", ("c", "d"), 2), Group("idle", ("a",), 0, 1)))
    with pytest.raises(BadInput) as caught:
        groups.guard(["a", "b", "c", "d"], 3)
    fault = caught.value.faults[0]
    assert fault.code == "quotas-infeasible"
    assert "old" in fault.found
    assert "new" in fault.found
    assert "idle" not in fault.found
    with pytest.raises(BadInput, match="group-twice"):
        Groups((Group("g", ("a",)), Group("g", ("b",))))


def test_the_example_of_hill_and_otten():
    """I. D. Hill, Voting matters 9 (1998), as reworked by J. Otten, Voting matters 13 (2001).

    Fourteen seats: seven English, six Scottish, one Welsh; seven men, seven women; eight possibilities. With three
    English men elected and two Scottish women left, both these women must be elected, and no further English man can.
    """
    sizes = {"EM": 5, "EW": 7, "SM": 6, "SW": 3, "WM": 1, "WW": 1}
    names = [f"{kind}{i}" for kind, size in sizes.items() for i in range(size)]
    data = {
        "English": {"members": [n for n in names if n[0] == "E"], "least": 7, "most": 7},
        "Scottish": {"members": [n for n in names if n[0] == "S"], "least": 6, "most": 6},
        "Welsh": {"members": [n for n in names if n[0] == "W"], "least": 1, "most": 1},
        "men": {"members": [n for n in names if n[1] == "M"], "least": 7, "most": 7},
        "women": {"members": [n for n in names if n[1] == "W"], "least": 7, "most": 7},
    }
    guard = groups_from_data(data).guard(names, 14)
    possible = 0
    for chosen in product(*[range(size + 1) for size in sizes.values()]):
        if sum(chosen) == 14:
            wanted = dict(zip(sizes, chosen, strict=True))
            committee = frozenset(i for i, name in enumerate(names) if int(name[2:]) < wanted[name[:2]])
            possible += guard.feasible(committee, frozenset())
    assert possible == 8
    elected = frozenset(i for i, name in enumerate(names) if name in ("EM0", "EM1", "EM2"))
    continuing = frozenset(range(len(names))) - elected - {names.index("SW2")}
    assert {names[c] for c in guard.keep(elected, continuing)} == {"SW0", "SW1", "WW0"}
    assert {names[c] for c in guard.stop(elected, continuing)} == {"EM3", "EM4", "WM0"}
