"""Rules that divide a whole: exact, and each keeps the axioms it states (design §4.5, §8.1)."""

from fractions import Fraction
from statistics import median as median_of

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.vote.ballot import AllocationBallot
from newcourse.vote.outcome import Allocation
from newcourse.vote.profile import Profile
from newcourse.vote.rules.independent_markets import clearing_spacing, independent_markets, level, support
from newcourse.vote.rules.mean_allocation import mean_allocation
from newcourse.vote.rules.median_allocation import median_allocation
from newcourse.vote.shares import votes_by_part
from tests.vote.strategies import NAMES, allocation_ballots, allocation_profiles

RULES = [independent_markets, mean_allocation, median_allocation]


def box(parts, *ballots):
    rows = [AllocationBallot(dict(zip(parts, points, strict=True))) for points in ballots]
    return Profile.of("allocation", parts, rows)


def expanded(profile):
    return [ballot for ballot, times in profile.ballots for _ in range(times)]


def by_writing_out_all_phantoms(profile, spacing):
    """The definition itself: the median of n votes and n + 1 phantoms, part by part."""
    ballots = expanded(profile)
    phantoms = [min(k * spacing, Fraction(1)) for k in range(len(ballots) + 1)]
    return {part: median_of([*(b.share(part) for b in ballots), *phantoms]) for part in profile.candidates}


def distance(allocation, ballot, parts):
    return sum(abs(allocation.share(part) - ballot.share(part)) for part in parts)


@given(allocation_profiles(), st.sampled_from(RULES))
def test_shares_add_up_to_exactly_one_and_stay_between_the_ballots(profile, rule):
    result = rule(profile).result
    if not isinstance(result, Allocation):
        assert rule is median_allocation
        return
    assert sum(share for _, share in result.shares) == 1
    assert [part for part, _ in result.shares] == list(profile.candidates)


@given(allocation_profiles())
def test_independent_markets_is_the_median_with_phantoms(profile):
    result = independent_markets(profile).result
    spacing = independent_markets(profile).steps[0].facts["spacing"]
    assert dict(result.shares) == by_writing_out_all_phantoms(profile, spacing)


@given(allocation_profiles(), st.fractions(0, 1))
def test_a_level_is_the_median_at_every_spacing(profile, spacing):
    levels = {part: level(support(votes), spacing) for part, votes in votes_by_part(profile).items()}
    assert levels == by_writing_out_all_phantoms(profile, spacing)


@given(allocation_profiles())
def test_the_spacing_is_the_least_that_clears(profile):
    ladders = [support(votes) for votes in votes_by_part(profile).values()]
    spacing = clearing_spacing(ladders)
    assert sum(level(ladder, spacing) for ladder in ladders) == 1
    assert sum(level(ladder, spacing * Fraction(999, 1000)) for ladder in ladders) < 1


@given(st.lists(st.integers(0, 100), min_size=1, max_size=9))
def test_with_two_parts_independent_markets_is_the_uniform_phantom_median(points):
    # Freeman et al. (2021), section 4: with two parts the phantoms stand at k/n.
    profile = box("AB", *((p, 100 - p) for p in points))
    n = len(points)
    expected = median_of([*(Fraction(p, 100) for p in points), *(Fraction(k, n) for k in range(n + 1))])
    assert independent_markets(profile).result.share("A") == expected


@given(
    st.lists(st.sampled_from("ABCD"), min_size=1, max_size=12), st.sampled_from([independent_markets, mean_allocation])
)
def test_parts_of_single_minded_voters_get_their_share_of_voters(wanted, rule):
    profile = Profile.of("allocation", "ABCD", [AllocationBallot({part: 100}) for part in wanted])
    result = rule(profile).result
    assert all(result.share(part) == Fraction(wanted.count(part), len(wanted)) for part in "ABCD")


@given(allocation_ballots(NAMES), st.integers(1, 1000), st.sampled_from(RULES))
def test_unanimity(ballot, times, rule):
    result = rule(Profile("allocation", NAMES, ((ballot, times),))).result
    assert all(result.share(part) == ballot.share(part) for part in NAMES)


@given(allocation_profiles(min_parts=2), st.sampled_from(RULES), st.randoms(use_true_random=False))
def test_neutrality(profile, rule, random):
    renamed = list(profile.candidates)
    random.shuffle(renamed)
    new = dict(zip(profile.candidates, renamed, strict=True))
    rows = tuple((AllocationBallot({new[n]: points for n, points in b.pairs}, b.whole), t) for b, t in profile.ballots)
    one, other = rule(profile).result, rule(Profile("allocation", tuple(renamed), rows)).result
    if isinstance(one, Allocation):
        assert {new[part]: share for part, share in one.shares} == dict(other.shares)


@given(allocation_profiles(max_times=3), st.integers(2, 5), st.sampled_from(RULES))
def test_only_proportions_of_ballots_count(profile, factor, rule):
    many = Profile("allocation", profile.candidates, tuple((b, factor * t) for b, t in profile.ballots))
    assert rule(many).result == rule(profile).result


@settings(max_examples=300)
@given(allocation_profiles(min_parts=2), st.data())
def test_no_voter_gains_by_a_false_ballot_under_independent_markets(profile, data):
    parts = profile.candidates
    true_ballot, false_ballot = data.draw(allocation_ballots(parts)), data.draw(allocation_ballots(parts))

    def result(ballot):
        return independent_markets(Profile("allocation", parts, (*profile.ballots, (ballot, 1)))).result

    assert distance(result(true_ballot), true_ballot, parts) <= distance(result(false_ballot), true_ballot, parts)


def test_exaggeration_pays_under_the_mean():
    """Why the mean is not the default: the axiom it lacks, shown on two voters."""
    true_ballot = AllocationBallot({"A": 60, "B": 40})
    honest = mean_allocation(box("AB", (60, 40), (40, 60))).result
    exaggerated = mean_allocation(box("AB", (80, 20), (40, 60))).result
    assert distance(exaggerated, true_ballot, "AB") < distance(honest, true_ballot, "AB")


def test_the_mean_by_hand():
    result = mean_allocation(box("ABC", (50, 30, 20), (10, 10, 80), (0, 100, 0))).result
    assert dict(result.shares) == {"A": Fraction(1, 5), "B": Fraction(7, 15), "C": Fraction(1, 3)}


def test_the_median_by_hand():
    tally = median_allocation(box("ABC", (50, 30, 20), (10, 10, 80), (0, 100, 0)))
    # medians 10, 30, 20 add up to 60
    assert dict(tally.result.shares) == {"A": Fraction(1, 6), "B": Fraction(1, 2), "C": Fraction(1, 3)}
    assert tally.steps[-1].facts["sum"] == Fraction(3, 5)


@given(allocation_profiles())
def test_medians_are_those_of_statistics(profile):
    steps = [step for step in median_allocation(profile).steps if step.code == "median"]
    for step in steps:
        assert step.facts["median"] == median_of(b.share(step.facts["part"]) for b in expanded(profile))


def test_medians_that_are_all_zero_decide_nothing_unless_the_mean_was_fixed_for_it():
    scattered = box("ABC", (100, 0, 0), (0, 100, 0), (0, 0, 100))
    assert median_allocation(scattered).result.to_data()["undecided"] == "all-medians-zero"
    instead = median_allocation(scattered, all_zero="mean")
    assert instead.result == mean_allocation(scattered).result
    assert "As fixed beforehand, the mean is taken instead." in " ".join(step.sentence for step in instead.steps)


def test_independent_markets_by_hand():
    # n = 2: support of A: 1 by one, 0 by two; B: 1/2 by one; C: 1/2 by one. Levels min(1,t), min(1/2,t), min(1/2,t):
    # they clear at t = 1/3.
    tally = independent_markets(box("ABC", (100, 0, 0), (0, 50, 50)))
    assert set(dict(tally.result.shares).values()) == {Fraction(1, 3)}
    assert tally.steps[0].facts["spacing"] == Fraction(1, 3)
    assert tally.steps[1].sentence == (
        "A: the median of ballots and phantoms is 33.3 %; 1 of 2 ballots give it more, 1 give it less."
    )


@pytest.mark.parametrize("rule", RULES)
def test_an_empty_box_divides_nothing(rule):
    assert rule(Profile("allocation", ("A",), ())).result.to_data()["undecided"] == "no-ballots"


@pytest.mark.parametrize("rule", RULES)
def test_170_million_ballots_cost_no_more_than_a_few(rule):
    rows = ((AllocationBallot({"A": 70, "B": 30}), 10**8), (AllocationBallot({"A": 20, "B": 80}), 7 * 10**7))
    assert sum(share for _, share in rule(Profile("allocation", ("A", "B"), rows)).result.shares) == 1
