"""Divisor and quota methods: each is what it is defined to be, and keeps what it claims."""

import json
from fractions import Fraction
from itertools import product
from math import ceil, floor

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.lists.apportion import apportion
from newcourse.vote.lists.decimals import decimal, floor_root
from newcourse.vote.lists.divisor import DIVISOR_METHODS, DivisorMethod, power_mean, stationary
from newcourse.vote.lists.margin import Settling
from newcourse.vote.lists.quota import HIGHEST_AVERAGE, LARGEST_REMAINDER, QUOTA_METHODS
from newcourse.vote.lists.thresholds import Threshold, natural_thresholds
from newcourse.vote.outcome import Seats, Undecided
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rule import count
from newcourse.vote.ties import TieRule

NAMES = "ABCDE"
ALL_DIVISORS = [*DIVISOR_METHODS.values(), stationary(Fraction(1, 2)), *(power_mean(k) for k in (-3, -1, 0, 1, 2))]
ALL_METHODS = [*DIVISOR_METHODS.values(), *QUOTA_METHODS.values()]
methods = st.sampled_from(ALL_METHODS)
houses = st.integers(1, 25)


@st.composite
def elections(draw, least=0, most=300):
    size = draw(st.integers(1, 5))
    given = draw(st.lists(st.integers(least, most), min_size=size, max_size=size).filter(any))
    return dict(zip(NAMES, given, strict=False))


def seats(tally):
    return dict(tally.result.seats)


@given(elections(), houses, methods, st.sampled_from([LARGEST_REMAINDER, HIGHEST_AVERAGE]))
def test_all_seats_are_given_and_none_without_a_vote(votes, house, method, remaining):
    tally = apportion(votes, house, method, remaining=remaining)
    assert sum(seats(tally).values()) == house
    assert list(seats(tally)) == list(votes)
    assert all(votes[name] for name, number in seats(tally).items() if number)
    assert all(step.sentence.endswith(".") for step in tally.steps)
    json.dumps([step.to_data() for step in tally.steps])


@given(elections(least=1), houses, st.sampled_from(ALL_DIVISORS))
def test_divisor_methods_are_what_the_min_max_inequality_says(votes, house, method):
    # Balinski and Young (2001), appendix: seats are right exactly when no quotient with a seat is below one without.
    held = seats(apportion(votes, house, method))
    served = [method.quotient(Fraction(votes[n]), k - 1) for n, k in held.items() if k]
    waiting = [method.quotient(Fraction(votes[n]), k) for n, k in held.items()]
    assert min(served) >= max(waiting)


@given(elections(least=1), houses, st.sampled_from(ALL_DIVISORS))
def test_a_larger_house_takes_no_seat_away_by_divisors(votes, house, method):
    smaller, larger = (seats(apportion(votes, h, method)) for h in (house, house + 1))
    assert all(larger[name] >= smaller[name] for name in votes)


@given(elections(), houses, methods, st.integers(2, 9), st.fractions(Fraction(1, 9), 9))
def test_only_proportions_count(votes, house, method, times, by):
    if method.name == "droop":  # its quota is rounded, so only the others are blind to size
        return
    for factor in (times, by):
        scaled = {name: number * factor for name, number in votes.items()}
        assert seats(apportion(scaled, house, method)) == seats(apportion(votes, house, method))


@given(elections(), houses)
def test_the_hare_quota_with_remainders_keeps_within_one_seat_of_the_share(votes, house):
    total = sum(votes.values())
    for name, number in seats(apportion(votes, house, QUOTA_METHODS["hare"])).items():
        share = Fraction(votes[name] * house, total)
        assert floor(share) <= number <= ceil(share)


@given(elections(), houses)
def test_the_hare_quota_with_remainders_is_nearest_to_the_shares(votes, house):
    assume(house <= 8 and len(votes) <= 4)
    total = sum(votes.values())

    def distance(table):
        return sum(
            abs(number - Fraction(votes[name] * house, total)) for name, number in zip(votes, table, strict=True)
        )

    found = distance(seats(apportion(votes, house, QUOTA_METHODS["hare"])).values())
    assert found == min(distance(t) for t in product(range(house + 1), repeat=len(votes)) if sum(t) == house)


@given(elections(), houses)
def test_dhondt_never_gives_less_than_the_share_rounded_down_and_adams_never_more_than_up(votes, house):
    total = sum(votes.values())
    low, high = (seats(apportion(votes, house, DIVISOR_METHODS[m])) for m in ("dhondt", "adams"))
    assert all(low[name] >= floor(Fraction(v * house, total)) for name, v in votes.items())
    if house >= len(votes):
        assert all(high[name] <= ceil(Fraction(v * house, total)) for name, v in votes.items())


@given(elections(), houses)
def test_averages_after_quotas_up_to_hagenbach_bischoffs_are_dhondt(votes, house):
    for quota in ("hare", "droop", "hagenbach-bischoff"):
        tally = apportion(votes, house, QUOTA_METHODS[quota], remaining=HIGHEST_AVERAGE)
        dhondt = apportion(votes, house, DIVISOR_METHODS["dhondt"])
        assert tally.ties or dhondt.ties or seats(tally) == seats(dhondt)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("sainte-lague", stationary(Fraction(1, 2))),
        ("sainte-lague", power_mean(1)),
        ("dhondt", stationary(Fraction(1))),
        ("adams", stationary(Fraction(0))),
        ("danish", stationary(Fraction(1, 3))),
        ("huntington-hill", power_mean(0)),
        ("dean", power_mean(-1)),
    ],
)
@settings(max_examples=30)
@given(votes=elections(), house=houses)
def test_methods_that_are_members_of_families(name, other, votes, house):
    assert seats(apportion(votes, house, DIVISOR_METHODS[name])) == seats(apportion(votes, house, other))


def test_the_first_divisors_are_those_of_the_laws():
    def first(name, count=4):
        return [str(DIVISOR_METHODS[name].divisor(k)) for k in range(count)]

    assert first("dhondt") == ["1", "2", "3", "4"]
    assert first("sainte-lague") == ["1", "3", "5", "7"]
    assert first("sainte-lague-1.4") == ["7/5", "3", "5", "7"]
    assert first("sainte-lague-1.2") == ["6/5", "3", "5", "7"]
    assert first("adams") == ["0", "1", "2", "3"]
    assert first("huntington-hill") == ["0", "2", "6", "12"]
    assert first("dean") == ["0", "4/3", "12/5", "24/7"]
    assert first("danish") == ["1", "4", "7", "10"]
    assert first("imperiali") == ["1", "3/2", "2", "5/2"]
    assert first("macanese") == ["1", "2", "4", "8"]
    assert [DIVISOR_METHODS["estonian"].divisor(k) for k in (0, 1)] == [1, 2**9]


@given(elections(least=1), st.integers(5, 25), st.integers(1, 4), methods)
def test_minima_are_kept_and_what_is_above_them_is_as_the_method_says(votes, house, minimum, method):
    tally = apportion(votes, house, method, minimum=minimum)
    if minimum * len(votes) > house:
        assert tally.result.code == "minimum-too-many"
        return
    held = seats(tally)
    assert sum(held.values()) == house
    assert min(held.values()) >= minimum
    if isinstance(method, DivisorMethod):
        served = [method.quotient(Fraction(votes[n]), k - 1) for n, k in held.items() if k > minimum]
        assert not served or min(served) >= max(method.quotient(Fraction(votes[n]), k) for n, k in held.items())


def test_seats_won_in_districts_stay_and_are_counted():
    votes = {"A": 700, "B": 200, "C": 100}
    tally = apportion(votes, 10, DIVISOR_METHODS["dhondt"], reserved={"C": 3})
    assert seats(tally) == {"A": 6, "B": 1, "C": 3}
    assert tally.steps[1].sentence == "Fixed beforehand as a minimum: C 3."


def test_small_lists_stand_aside_where_their_minima_need_too_many_seats():
    votes = {"A": 500, "B": 490, "C": 5, "D": 5}
    tally = apportion(votes, 5, QUOTA_METHODS["hare"], minimum=1)
    assert seats(tally) == {"A": 2, "B": 1, "C": 1, "D": 1}
    assert apportion(votes, 4, QUOTA_METHODS["hare"], minimum=1).result.seats == (
        ("A", 1),
        ("B", 1),
        ("C", 1),
        ("D", 1),
    )
    assert "aside" in [step.code for step in apportion(votes, 4, QUOTA_METHODS["hare"], minimum=1).steps]


def test_a_small_quota_that_gives_too_many_seats_is_made_larger():
    votes = {"A": 40, "B": 40, "C": 20}
    tally = apportion(votes, 3, QUOTA_METHODS["imperiali"])
    quotas = [(step.facts["divisor"], step.facts["quota"], step.facts["too_many"]) for step in tally.steps[1:3]]
    # 100 / 5 = 20 would give 2 + 2 + 1 seats; 100 / 4 = 25 gives 1 + 1 + 0, and the last goes by remainders 15, 15, 20
    assert quotas == [(5, 20, True), (4, 25, False)]
    assert seats(tally) == {"A": 1, "B": 1, "C": 1}
    assert "the count is repeated" in tally.steps[1].sentence
    both = apportion({"A": 60, "B": 60}, 3, QUOTA_METHODS["hagenbach-bischoff"])
    assert [step.facts["divisor"] for step in both.steps if step.code == "quota"] == [4, 3]


def test_equal_quotients_are_settled_only_where_seats_run_out():
    votes = {"A": 60, "B": 60, "C": 30}
    assert apportion(votes, 2, DIVISOR_METHODS["dhondt"]).ties == ()
    tally = apportion(votes, 3, DIVISOR_METHODS["dhondt"])  # third seat: 30, 30, 30
    assert seats(tally) == {"A": 2, "B": 1, "C": 0}
    assert [tie.to_data() for tie in tally.ties] == [
        {
            "question": "seat 3, equal quotients",
            "among": ["A", "B", "C"],
            "settled": ["A", "B", "C"],
            "by": "candidate order fixed beforehand",
        }
    ]
    assert "have the same quotient, 30.00, but seats for 1 only" in next(
        s.sentence for s in tally.steps if s.code == "tie"
    )


def test_more_votes_first_and_then_the_tie_rule():
    votes = {"C": 30, "A": 60, "B": 60}
    plain = apportion(votes, 3, DIVISOR_METHODS["dhondt"])
    assert seats(plain) == {"C": 1, "A": 1, "B": 1}
    lot = Settling(TieRule("lot", "draw 3"), votes_first=True)
    tally = apportion(votes, 3, DIVISOR_METHODS["dhondt"], how=lot)
    assert seats(tally)["C"] == 0
    assert tally.ties[0].by == 'more votes first, then lot from the seed "draw 3"'
    one = apportion({"C": 30, "A": 60}, 2, DIVISOR_METHODS["dhondt"], how=Settling(votes_first=True))
    assert seats(one) == {"C": 0, "A": 2}
    assert one.ties[0].by == "more votes first"
    remainders = apportion({"A": 15, "B": 25}, 2, QUOTA_METHODS["hare"], how=Settling(votes_first=True))
    assert seats(remainders) == {"A": 1, "B": 1}
    assert remainders.ties == ()


@pytest.mark.parametrize(
    ("threshold", "admitted"),
    [
        (Threshold(), "ABC"),
        (Threshold(Fraction(1, 20)), "ABC"),
        (Threshold(Fraction(1, 20), strictly=True), "AB"),
        (Threshold(Fraction(1, 5)), "AB"),
        (Threshold(Fraction(1, 5), exempt=("C", "D")), "ABC"),
        (Threshold(whole_quota=True), "AB"),
        (Threshold(Fraction(1, 2)), "A"),
        (Threshold(Fraction(9, 10)), ""),
    ],
)
def test_thresholds(threshold, admitted):
    tally = apportion({"A": 700, "B": 250, "C": 50, "D": 0}, 10, DIVISOR_METHODS["dhondt"], threshold=threshold)
    assert "".join(tally.steps[0].facts["admitted"]) == admitted
    assert isinstance(tally.result, Seats if admitted else Undecided)


@settings(max_examples=40)
@given(st.integers(1, 5), st.integers(2, 4), st.data())
def test_natural_thresholds_let_in_and_keep_out(house, lists, data):
    assume(lists <= house + 1)
    votes = dict(zip(NAMES, data.draw(st.lists(st.integers(1, 60), min_size=lists, max_size=lists)), strict=False))
    for name in ("dhondt", "sainte-lague", "hare"):
        tally = apportion(votes, house, (DIVISOR_METHODS | QUOTA_METHODS)[name])
        low, high = natural_thresholds(name, house, lists)
        for party, number in seats(tally).items():
            share = Fraction(votes[party], sum(votes.values()))
            assert number == 0 or share >= low
            assert number > 0 or share <= high


@pytest.mark.parametrize("name", ["dhondt", "sainte-lague", "hare"])
def test_natural_thresholds_are_reached_up_to_one_vote(name):
    total, house = 36, 3
    won, lost = [], []
    for a, b in product(range(1, total), repeat=2):
        if a <= b < total - a:
            held = seats(
                apportion({"A": a, "B": b, "C": total - a - b}, house, (DIVISOR_METHODS | QUOTA_METHODS)[name])
            )
            for votes, number in zip((a, b, total - a - b), held.values(), strict=True):
                (won if number else lost).append(Fraction(votes, total))
    low, high = natural_thresholds(name, house, 3)
    assert low <= min(won) <= low + Fraction(1, total)
    assert high - Fraction(1, total) <= max(lost) <= high


def test_natural_thresholds_of_other_methods_are_not_known():
    with pytest.raises(BadInput, match="threshold-unknown"):
        natural_thresholds("adams", 3, 3)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"votes": {"A": -1}}, "votes-wrong"),
        ({"votes": {"A": 0.5}}, "votes-wrong"),
        ({"votes": {"A": True}}, "votes-wrong"),
        ({"seats": 0}, "seats-wrong"),
        ({"seats": True}, "seats-wrong"),
        ({"minimum": -1}, "seats-wrong"),
        ({"reserved": {"A": -1}}, "seats-wrong"),
        ({"reserved": {"Z": 1}}, "list-unknown"),
        ({"threshold": Threshold(exempt=("Z",))}, "list-unknown"),
    ],
)
def test_what_does_not_fit_is_refused(change, code):
    given = {"votes": {"A": 1}, "seats": 1, "method": DIVISOR_METHODS["dhondt"]} | change
    with pytest.raises(BadInput, match=code):
        apportion(given.pop("votes"), given.pop("seats"), given.pop("method"), **given)


def test_thresholds_that_cannot_be():
    with pytest.raises(BadInput, match="threshold-wrong"):
        Threshold(Fraction(1))
    with pytest.raises(BadInput, match="exempt-twice"):
        Threshold(exempt=("A", "A"))


def ballots():
    rows = [(RankedBallot.of("A"), 100), (RankedBallot.of("B", "A"), 80), (RankedBallot.of("C"), 30)]
    rows += [(RankedBallot.of("D"), 20), (RankedBallot(()), 4), (RankedBallot.of(("A", "B")), 3)]
    return Profile("ranked", tuple("ABCD"), tuple(rows))


def test_the_rules_count_first_preferences_and_say_what_counts_for_none():
    outcome = count("divisor-method", {"seats": 8}, ballots())
    assert seats(outcome) == {"A": 4, "B": 3, "C": 1, "D": 0}
    assert outcome.steps[0].facts["for_none"] == 7
    assert outcome.steps[0].sentence == (
        "230 ballots put one list first: A 100, B 80, C 30, D 20. "
        "7 ballots name none, or several first, and count for no list."
    )
    assert count("divisor-method", {"seats": 8}, RankedVotes.of(ballots())) == outcome
    assert seats(count("quota-method", {"seats": 8}, ballots())) == {"A": 3, "B": 3, "C": 1, "D": 1}
    seat = outcome.steps[2]
    assert seat.sentence == "Seat 1 goes to A: 100 votes divided by 1 give 100.00, the largest quotient left."


def test_options_reach_the_count():
    data = {"seats": 8, "method": "stationary", "parameter": "1/2", "threshold": "1/10", "exempt": ["D"]}
    outcome = count("divisor-method", data, ballots())
    assert seats(outcome) == {"A": 3, "B": 3, "C": 1, "D": 1}
    lifted = count("divisor-method", data | {"exempt": []}, ballots())
    assert seats(lifted)["D"] == 0
    assert count("divisor-method", {"seats": 2, "method": "power-mean", "parameter": -1}, ballots()).decided
    data = {"seats": 3, "reserved": {"D": 1}, "minimum": 0, "votes_first": True}
    assert seats(count("divisor-method", data, ballots())) == {"A": 1, "B": 1, "C": 0, "D": 1}


@pytest.mark.parametrize(
    "options",
    [
        {"method": "stationary"},
        {"method": "stationary", "parameter": "3/2"},
        {"method": "power-mean", "parameter": "1/2"},
        {"method": "power-mean", "parameter": 21},
        {"method": "dhondt", "parameter": 1},
        {"parameter": "a half"},
        {"parameter": True},
        {"threshold": 1},
        {"exempt": "A"},
        {"exempt": ["A", "A"]},
        {"reserved": ["A"]},
        {"reserved": {"A": -1}},
        {"seats": 0},
    ],
)
def test_options_that_do_not_fit_are_refused(options):
    with pytest.raises(BadInput, match=r"parameter-wrong|option-wrong"):
        count("divisor-method", options, ballots())


@pytest.mark.parametrize("rule", ["divisor-method", "quota-method", "biproportional"])
def test_without_valid_ballots_nothing_is_decided(rule):
    blank = Profile("ranked", ("A", "B"), ((RankedBallot(()), 3),))
    assert count(rule, {}, blank).expect(Undecided).code == "no-valid-ballots"
    assert count(rule, {}, Profile("ranked", ("A", "B"), ())).expect(Undecided).code == "no-ballots"


def test_minima_beyond_the_seats_leave_it_undecided():
    outcome = count("quota-method", {"seats": 3, "minimum": 1}, ballots())
    assert outcome.expect(Undecided).code == "minimum-too-many"
    assert outcome.sentence == "The minima fixed beforehand need 4 seats, but there are 3."


@given(st.fractions(0, 1000), st.integers(0, 4), st.integers(1, 3))
def test_decimals_are_rounded_half_up_exactly(value, digits, root):
    found = Fraction(decimal(value, digits, root))
    half = Fraction(1, 2 * 10**digits)
    assert max(found - half, 0) ** root <= value < (found + half) ** root
    low = floor_root(value, root)
    assert low**root <= value < (low + 1) ** root
