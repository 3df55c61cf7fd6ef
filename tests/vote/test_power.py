"""Power indices: published values, enumeration of all coalitions and orders, and estimates inside their error bars."""

import json
from fractions import Fraction
from itertools import combinations, permutations, product
from math import comb, factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.power.banzhaf import banzhaf
from newcourse.vote.power.game import WeightedVote
from newcourse.vote.power.sampled import interval, sampled_banzhaf, sampled_shapley_shubik
from newcourse.vote.power.shapley_shubik import shapley_shubik
from newcourse.vote.power.tiers import (
    Council,
    Voters,
    decisive,
    optimal_quota,
    square_root_weights,
    voter_power,
    yes,
)

SECURITY_COUNCIL = WeightedVote({**{f"P{i}": 7 for i in range(5)}, **{f"E{i}": 1 for i in range(10)}}, 39)


@st.composite
def votes(draw, most_members=7, most_weight=9):
    weights = draw(st.lists(st.integers(0, most_weight), min_size=1, max_size=most_members).filter(any))
    return WeightedVote({str(i): w for i, w in enumerate(weights)}, draw(st.integers(1, sum(weights))))


def swings_by_enumeration(vote):
    found = dict.fromkeys(vote.weights, 0)
    for name, weight in vote.weights.items():
        others = [w for other, w in vote.weights.items() if other != name]
        for size in range(len(others) + 1):
            for coalition in combinations(others, size):
                found[name] += sum(coalition) < vote.quota <= sum(coalition) + weight
    return found


def pivots_by_enumeration(vote):
    found = dict.fromkeys(vote.weights, 0)
    for order in permutations(vote.weights):
        total = 0
        for name in order:
            total += vote.weights[name]
            if total >= vote.quota:
                found[name] += 1
                break
    return {name: Fraction(number, factorial(len(vote.weights))) for name, number in found.items()}


@pytest.mark.shared_data
def test_the_council_of_the_european_economic_community_1958(shared_data):
    known = json.loads((shared_data / "votes/power_indices/eec1958.json").read_text())
    vote = WeightedVote(known["weights"], known["quota"])
    assert list(banzhaf(vote).swings.values()) == known["banzhaf_swings"]
    assert [float(value) for value in banzhaf(vote).normalised.values()] == known["banzhaf_normalised"]
    assert [float(value) for value in shapley_shubik(vote).values()] == known["shapley_shubik"]


def test_the_council_of_1958_in_fractions():
    vote = WeightedVote({"D": 4, "F": 4, "I": 4, "N": 2, "B": 2, "L": 1}, 12)
    assert banzhaf(vote).normalised["D"] == Fraction(10, 42)
    assert shapley_shubik(vote) == {
        **dict.fromkeys("DFI", Fraction(7, 30)),
        **dict.fromkeys("NB", Fraction(3, 20)),
        "L": 0,
    }


def test_the_security_council_of_the_united_nations():
    # An elected member decides with all five permanent and three other elected ones: C(9, 3) coalitions, 8! 6! orders.
    elected = Fraction(comb(9, 3) * factorial(8) * factorial(6), factorial(15))
    index = shapley_shubik(SECURITY_COUNCIL)
    assert index["E0"] == elected == Fraction(4, 2145)
    assert index["P0"] == (1 - 10 * elected) / 5 == Fraction(421, 2145)
    assert round(float(index["P0"]), 4) == 0.1963
    swings = banzhaf(SECURITY_COUNCIL).swings
    assert (swings["P0"], swings["E0"]) == (sum(comb(10, k) for k in range(4, 11)), comb(9, 3))
    assert (swings["P0"], swings["E0"]) == (848, 84)


def test_nassau_county_1964():
    # J. F. Banzhaf's example: three of six districts never decide.
    vote = WeightedVote({"H1": 31, "H2": 31, "Oyster Bay": 28, "North": 21, "Long Beach": 2, "Glen Cove": 2}, 58)
    assert list(banzhaf(vote).normalised.values()) == [Fraction(1, 3)] * 3 + [0, 0, 0]


@given(votes())
def test_exact_counts_agree_with_all_coalitions_and_all_orders(vote):
    assert banzhaf(vote).swings == swings_by_enumeration(vote)
    if len(vote.weights) <= 6:
        assert shapley_shubik(vote) == pivots_by_enumeration(vote)


@settings(max_examples=10)
@given(votes(most_members=10))
def test_ten_members(vote):
    assert banzhaf(vote).swings == swings_by_enumeration(vote)


@given(votes(most_members=12, most_weight=50))
def test_shares_add_up_and_larger_weights_have_no_less(vote):
    index, part = shapley_shubik(vote), banzhaf(vote).normalised
    assert sum(index.values()) == sum(part.values()) == 1
    ordered = sorted(vote.weights, key=lambda name: vote.weights[name])
    for values in (index, part):
        assert [values[name] for name in ordered] == sorted(values.values())


@given(votes(), st.integers(2, 5))
def test_scaling_and_the_dual_vote_change_nothing(vote, times):
    scaled = WeightedVote({n: w * times for n, w in vote.weights.items()}, vote.quota * times - (times - 1))
    dual = WeightedVote(vote.weights, vote.total - vote.quota + 1)
    assert banzhaf(vote) == banzhaf(scaled) == banzhaf(dual)
    assert shapley_shubik(vote) == shapley_shubik(scaled) == shapley_shubik(dual)


@pytest.mark.parametrize(
    ("weights", "quota", "code"),
    [
        ({}, 1, "member-missing"),
        ({"A": -1}, 1, "weight-wrong"),
        ({"A": True}, 1, "weight-wrong"),
        ({"A": 1}, 2, "quota-wrong"),
        ({"A": 1}, 0, "quota-wrong"),
    ],
)
def test_votes_that_cannot_be_are_refused(weights, quota, code):
    with pytest.raises(BadInput, match=code):
        WeightedVote(weights, quota)


def test_weights_too_large_for_an_exact_count_are_refused_with_the_way_out():
    with pytest.raises(BadInput, match="sample the power"):
        banzhaf(WeightedVote({"A": 10**9 + 7, "B": 10**9, "C": 10**8 + 1}, 10**9 + 1))


def test_estimates_lie_around_the_exact_values_and_repeat():
    for sampled, exact in (
        (sampled_banzhaf, banzhaf(SECURITY_COUNCIL).probability),
        (sampled_shapley_shubik, shapley_shubik(SECURITY_COUNCIL)),
    ):
        found = sampled(SECURITY_COUNCIL, 20_000, seed=7, confidence=Fraction(999, 1000))
        assert all(found[name].low <= exact[name] <= found[name].high for name in exact)
        assert all(estimate.high - estimate.low < Fraction(4, 100) for estimate in found.values())
        assert found == sampled(SECURITY_COUNCIL, 20_000, seed=7, confidence=Fraction(999, 1000))
        assert found != sampled(SECURITY_COUNCIL, 20_000, seed=8, confidence=Fraction(999, 1000))


def test_intervals_contain_the_truth_as_often_as_they_say():
    vote = WeightedVote({"A": 3, "B": 2, "C": 2, "D": 1}, 5)
    exact = banzhaf(vote).probability
    inside = 0
    for seed in range(200):
        found = sampled_banzhaf(vote, 100, seed)
        inside += sum(found[name].low <= exact[name] <= found[name].high for name in exact)
    assert inside >= 0.95 * 800


def test_a_large_body_is_sampled_in_parts():
    body = WeightedVote({str(i): i + 1 for i in range(800)}, 160_201)
    found = sampled_shapley_shubik(body, 5_000, seed=1)
    assert sum(estimate.value for estimate in found.values()) == 1
    # a body without a dictator and many members: index near weight over total
    assert abs(sum(found[str(i)].value for i in range(400, 800)) - Fraction(3, 4)) < Fraction(3, 100)


def test_the_interval_at_its_ends():
    assert interval(10, 10, Fraction(95, 100))[1] == 1
    assert interval(5, 10, Fraction(95, 100)) == (Fraction(187086, 10**6), Fraction(812914, 10**6))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"samples": 0}, "samples-wrong"),
        ({"seed": -1}, "seed-wrong"),
        ({"confidence": Fraction(1)}, "confidence-wrong"),
    ],
)
def test_samples_that_cannot_be_are_refused(change, code):
    with pytest.raises(BadInput, match=code):
        sampled_banzhaf(SECURITY_COUNCIL, **({"samples": 10, "seed": 1} | change))
    with pytest.raises(BadInput, match="weights-large"):
        sampled_banzhaf(WeightedVote({"A": 2**62}, 1), 10, 1)


def says_yes(tier, choices):
    """Whether the tier says yes, each group's voters taken from the iterator in order."""
    if isinstance(tier, Voters):
        return 2 * sum(next(choices) for _ in range(tier.number)) > tier.number
    # every member must take its voters, so no short cut
    return sum([weight * says_yes(member, choices) for weight, member in tier.members]) >= tier.quota


def groups(tier):
    return [tier] if isinstance(tier, Voters) else [g for _, member in tier.members for g in groups(member)]


@st.composite
def trees(draw, depth=2):
    names = iter("ABCDEFGHI")

    def node(level):
        if level == 0 or draw(st.integers(0, 3)) == 0:
            return Voters(next(names), draw(st.integers(1, 3)))
        members = tuple(
            (draw(st.integers(1, 3)), node(level - 1)) for _ in range(draw(st.integers(1, 3 if level == 2 else 2)))
        )
        return Council(str(level), draw(st.integers(1, sum(w for w, _ in members))), members)

    return node(depth)


@settings(max_examples=60)
@given(trees())
def test_tiers_agree_with_every_way_to_vote(tree):
    leaves = groups(tree)
    voters = sum(group.number for group in leaves)
    if voters > 9:
        return
    power, start = voter_power(tree), 0
    ways = list(product((0, 1), repeat=voters))
    assert yes(tree) == Fraction(sum(says_yes(tree, iter(way)) for way in ways), len(ways))
    for group in leaves:
        turned = 0
        for way in ways:
            if way[start] == 0:
                other = (*way[:start], 1, *way[start + 1 :])
                turned += says_yes(tree, iter(way)) != says_yes(tree, iter(other))
        assert power[group.name] == Fraction(turned, 2 ** (voters - 1))
        start += group.number


@given(st.integers(1, 200))
def test_one_of_many_decides_as_often_as_two_over_pi_n_says(number):
    from math import pi, sqrt

    # Stirling: within one part in number
    assert abs(float(decisive(number)) / sqrt(2 / (pi * number)) - 1) <= 1 / number


def test_square_root_weights_make_voters_nearly_equal():
    sizes = dict(zip("ABCDEFG", (9, 25, 49, 81, 121, 169, 225), strict=True))
    weights = square_root_weights(sizes)
    quota = optimal_quota(weights)

    def spread(by):
        total = sum(by.values())
        needed = quota if by is weights else total // 2 + 1
        power = voter_power(Council("all", needed, tuple((by[n], Voters(n, sizes[n])) for n in sizes)))
        return max(power.values()) / min(power.values())

    assert spread(weights) < Fraction(12, 10) < 2 < spread(sizes)


def test_trees_that_cannot_be_are_refused():
    with pytest.raises(BadInput, match="voters-wrong"):
        Voters("A", 0)
    with pytest.raises(BadInput, match="weight-wrong"):
        Council("all", 3, ((1, Voters("A", 3)), (1, Voters("B", 3))))
    with pytest.raises(BadInput, match="weight-wrong"):
        Council("all", 1, ())
    with pytest.raises(BadInput, match="named-twice"):
        voter_power(Council("all", 2, ((1, Voters("A", 3)), (1, Voters("A", 3)))))
