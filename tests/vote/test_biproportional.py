"""Seats for districts and parties at once: published examples, brute force, and the proof of every answer."""

import json
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput, NotCertified
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.lists.apportion import apportion
from newcourse.vote.lists.biproportional import ROUNDINGS, Biproportional, NoSolution, biproportional
from newcourse.vote.lists.divisor import DIVISOR_METHODS
from newcourse.vote.lists.proof import flaws
from newcourse.vote.outcome import Undecided
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rule import count
from newcourse.vote.rules import biproportional as biproportional_rules
from newcourse.vote.rules.biproportional import DistrictSeats

WEBSTER = ROUNDINGS["sainte-lague"]


def parties_first(votes, house):
    """Seats of parties by their votes everywhere."""
    totals = {str(j): sum(row[j] for row in votes) for j in range(len(votes[0]))}
    return [seats for _, seats in apportion(totals, house, WEBSTER).result.seats]


def tables(district_seats, party_seats):
    """Every table of whole numbers with these totals."""
    if len(district_seats) == 1:
        yield (tuple(party_seats),)
        return
    for row in product(*(range(min(district_seats[0], p) + 1) for p in party_seats)):
        if sum(row) == district_seats[0]:
            for rest in tables(district_seats[1:], [p - r for p, r in zip(party_seats, row, strict=True)]):
                yield (row, *rest)


def merit(votes, table, method):
    """Product of votes over divisors of all seats: Balinski and Demange's solutions are those that make it largest."""
    value = Fraction(1)
    for row, seats in zip(votes, table, strict=True):
        for given_votes, number in zip(row, seats, strict=True):
            for k in range(number):
                value *= Fraction(given_votes) / method.divisor(k)
    return value


@st.composite
def elections(draw, most=40):
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    row = st.lists(st.just(0) | st.integers(0, most), min_size=columns, max_size=columns)
    votes = draw(st.lists(row, min_size=rows, max_size=rows))
    district_seats = draw(st.lists(st.integers(0, 3), min_size=rows, max_size=rows))
    assume(sum(district_seats) > 0)
    cuts = sorted(draw(st.lists(st.integers(0, sum(district_seats)), min_size=columns - 1, max_size=columns - 1)))
    edges = [0, *cuts, sum(district_seats)]
    return votes, district_seats, [edges[j + 1] - edges[j] for j in range(columns)]


def test_three_parties_in_three_regions() -> None:
    # The example of Wikipedia, "Biproportional apportionment": regions I, II, III and parties A, B, C, 20 seats.
    votes = [[123, 912, 312], [45, 714, 255], [815, 414, 215]]
    assert parties_first(votes, 20) == [5, 11, 4]
    regions = apportion({str(i): sum(row) for i, row in enumerate(votes)}, 20, WEBSTER).result.seats
    assert [seats for _, seats in regions] == [7, 5, 8]
    found = biproportional(votes, [7, 5, 8], [5, 11, 4])
    assert found.seats == ((1, 4, 2), (0, 4, 1), (4, 3, 1))
    assert found.open == ()
    assert flaws(found, votes, [7, 5, 8], [5, 11, 4], WEBSTER) == []


def test_three_parties_in_three_constituencies() -> None:
    # The example of Wikipedia in German, "Doppeltproportionales Zuteilungsverfahren".
    votes = [[5100, 6000, 6300], [9800, 10000, 10200], [4500, 12000, 14400]]
    assert parties_first(votes, 15) == [4, 5, 6]
    assert biproportional(votes, [4, 5, 6], [4, 5, 6]).seats == ((1, 1, 2), (2, 2, 1), (1, 2, 3))


def test_rounding_down_both_ways() -> None:
    # Two parties in three districts by d'Hondt: a test example of the program Apportionment.jl.
    votes = [[770, 130], [20, 380], [10, 190]]
    found = biproportional(votes, [7, 5, 3], [8, 7], ROUNDINGS["dhondt"])
    assert found.seats == ((7, 0), (1, 4), (0, 3))


@settings(max_examples=150)
@given(elections(), st.sampled_from(sorted(ROUNDINGS)))
def test_brute_force_finds_the_same_or_nothing_either(election, name) -> None:
    votes, district_seats, party_seats = election
    method = ROUNDINGS[name]
    found = biproportional(votes, district_seats, party_seats, method)
    merits = {table: merit(votes, table, method) for table in tables(district_seats, party_seats)}
    best = max(merits.values())
    if isinstance(found, NoSolution):
        assert best == 0
        return
    assert flaws(found, votes, district_seats, party_seats, method) == []
    winners = [table for table, value in merits.items() if value == best]
    assert best > 0
    assert found.seats in winners
    assert bool(found.open) == (len(winners) > 1)
    assert set(found.open) == {
        (i, j) for i in range(len(votes)) for j in range(len(votes[0])) if len({table[i][j] for table in winners}) > 1
    }
    in_order = max(winners, key=lambda table: [number for row in table for number in row])
    assert found.seats == in_order


@settings(max_examples=60)
@given(elections(most=3), st.randoms(use_true_random=False))
def test_ties_go_to_the_first_in_the_order_that_can_have_the_seat(election, chance) -> None:
    votes, district_seats, party_seats = election
    cells = [(i, j) for i in range(len(votes)) for j in range(len(votes[0]))]
    chance.shuffle(cells)
    found = biproportional(votes, district_seats, party_seats, WEBSTER, cells)
    if isinstance(found, NoSolution):
        return
    merits = {table: merit(votes, table, WEBSTER) for table in tables(district_seats, party_seats)}
    winners = [table for table, value in merits.items() if value == max(merits.values())]
    assert found.seats == max(winners, key=lambda table: [table[i][j] for i, j in cells])


@given(elections())
def test_what_makes_it_impossible_is_true(election) -> None:
    votes, district_seats, party_seats = election
    found = biproportional(votes, district_seats, party_seats)
    if not isinstance(found, NoSolution):
        return
    assert found.party_seats == sum(party_seats[j] for j in found.parties)
    assert found.district_seats == sum(district_seats[i] for i in found.districts)
    assert found.party_seats > found.district_seats
    outside = set(range(len(votes))) - set(found.districts)
    assert all(votes[i][j] == 0 for i in outside for j in found.parties)


@given(elections(), st.integers(2, 7), st.integers(2, 7))
def test_weighing_a_district_or_a_party_changes_nothing(election, one, other) -> None:
    votes, district_seats, party_seats = election
    weighed = [
        [v * (one if i == 0 else 1) * (other if j == 0 else 1) for j, v in enumerate(r)] for i, r in enumerate(votes)
    ]
    found, again = (biproportional(table, district_seats, party_seats) for table in (votes, weighed))
    assert type(found) is type(again)
    assert isinstance(found, NoSolution) or found.seats == again.seats


def test_sixty_districts() -> None:
    votes = [[(i * 7919 + j * 104729 + i * j * 31) % 9973 + 20 * j for j in range(8)] for i in range(60)]
    district_seats = [3 + i % 5 for i in range(60)]
    party_seats = parties_first(votes, sum(district_seats))
    found = biproportional(votes, district_seats, party_seats)
    assert isinstance(found, Biproportional)
    assert flaws(found, votes, district_seats, party_seats, WEBSTER) == []


def test_numbers_beyond_floats_count_as_others() -> None:
    votes = [[123, 912, 312], [45, 714, 255], [815, 414, 215]]
    for factor in (10**400, Fraction(1, 10**400)):
        large = [[value * (factor if i == 0 else 1) for value in row] for i, row in enumerate(votes)]
        assert biproportional(large, [7, 5, 8], [5, 11, 4]).seats == ((1, 4, 2), (0, 4, 1), (4, 3, 1))
    spread = [[1, 10**400], [10**400, 10**800]]
    found = biproportional(spread, [3, 4], [3, 4])
    assert flaws(found, spread, [3, 4], [3, 4], WEBSTER) == []


def test_a_false_answer_does_not_pass() -> None:
    votes = [[123, 912, 312], [45, 714, 255], [815, 414, 215]]
    found = biproportional(votes, [7, 5, 8], [5, 11, 4])
    moved = Biproportional(((2, 3, 2), (0, 4, 1), (3, 4, 1)), found.districts, found.parties)
    assert len(flaws(moved, votes, [7, 5, 8], [5, 11, 4], WEBSTER)) == 4
    short = Biproportional(((1, 4, 2), (0, 4, 1), (4, 3, 0)), found.districts, (Fraction(0), *found.parties[1:]))
    with pytest.raises(ZeroDivisionError):
        flaws(short, votes, [7, 5, 8], [5, 11, 4], WEBSTER)


@pytest.mark.parametrize(
    ("votes", "districts", "parties", "method", "code"),
    [
        ([[1, 2]], [1, 1], [1, 1], WEBSTER, "votes-shape"),
        ([[1, 2], [3]], [1, 1], [1, 1], WEBSTER, "votes-shape"),
        ([], [], [], WEBSTER, "votes-shape"),
        ([[1, -2]], [2], [1, 1], WEBSTER, "votes-wrong"),
        ([[1, 2]], [3], [1, 1], WEBSTER, "seats-wrong"),
        ([[1, 2]], [2], [1, 1], DIVISOR_METHODS["adams"], "method-wrong"),
        ([[1, 2]], [2], [1, 1], DIVISOR_METHODS["huntington-hill"], "method-wrong"),
    ],
)
def test_what_does_not_fit_is_refused(votes, districts, parties, method, code) -> None:
    with pytest.raises(BadInput, match=code):
        biproportional(votes, districts, parties, method)


DISTRICTS = {
    "I": {"seats": 7, "lists": {"A I": "A", "B I": "B", "C I": "C"}},
    "II": {"seats": 5, "lists": {"A II": "A", "B II": "B", "C II": "C"}},
    "III": {"seats": 8, "lists": {"A III": "A", "B III": "B", "C III": "C"}},
}
NAMES = [name for district in DISTRICTS.values() for name in district["lists"]]
NUMBERS = [123, 912, 312, 45, 714, 255, 815, 414, 215]


def box(numbers=NUMBERS, names=NAMES):
    rows = [(n, v) for n, v in zip(names, numbers, strict=True) if v]
    return RankedVotes.of_lists(names, [[n] for n, _ in rows], [v for _, v in rows])


def test_the_rule_counts_ballots_and_tells_how() -> None:
    outcome = count("biproportional", {"districts": DISTRICTS}, box())
    result = outcome.expect(DistrictSeats)
    assert [seats for _, seats in result.seats] == [1, 4, 2, 0, 4, 1, 4, 3, 1]
    assert result.parties == (("A", 5), ("B", 11), ("C", 4))
    data = json.loads(json.dumps(outcome.to_data()))
    assert count(data["rule"], data["options"], box()).to_data() == data
    told = [step.sentence for step in outcome.steps if step.code == "district"]
    assert [sentence.partition(":")[0] for sentence in told] == ["I, 7 seats", "II, 5 seats", "III, 8 seats"]
    assert count("biproportional", {"districts": DISTRICTS}, box().to_profile()) == outcome


def test_a_party_is_let_in_by_its_share_everywhere_or_in_one_district() -> None:
    numbers = [600, 300, 0, 600, 300, 0, 600, 300, 100]
    shares = {
        (0, None): 1,
        ("1/20", None): 0,
        ("1/20", "1/10"): 1,
        ("1/20", "1/9"): 0,
        (0, "1/9"): 0,
        (0, "1/10"): 1,
    }
    for (everywhere, somewhere), seats in shares.items():
        options = {"districts": DISTRICTS, "threshold": everywhere, "district_threshold": somewhere}
        result = count("biproportional", options, box(numbers)).expect(DistrictSeats)
        assert dict(result.parties)["C"] == seats
        assert dict(result.seats)["C III"] == seats


def test_parties_with_votes_in_too_few_districts_leave_it_undecided() -> None:
    outcome = count("biproportional", {"districts": DISTRICTS}, box([10, 10, 5000, 10, 10, 0, 10, 10, 0]))
    assert outcome.expect(Undecided).code == "no-solution"
    assert outcome.sentence == ("No seats fit: C must get 20 seats with votes only in I, where there are 7.")


def test_without_a_party_over_the_threshold_nothing_is_decided() -> None:
    outcome = count("biproportional", {"districts": DISTRICTS, "threshold": "9/10"}, box())
    assert outcome.expect(Undecided).code == "no-list-admitted"


def test_seats_that_fail_their_check_are_not_given_out(monkeypatch) -> None:
    monkeypatch.setattr(biproportional_rules, "flaws", lambda *_: ["district 1 has 6 seats, not 7"])
    with pytest.raises(NotCertified, match="district 1 has 6 seats, not 7"):
        count("biproportional", {"districts": DISTRICTS}, box())


def test_equal_quotients_are_settled_by_the_tie_rule_and_told() -> None:
    two = {
        "north": {"seats": 1, "lists": {"A north": "A", "B north": "B"}},
        "south": {"seats": 1, "lists": {"A south": "A", "B south": "B"}},
    }
    names = ["A north", "B north", "A south", "B south"]
    outcome = count("biproportional", {"districts": two}, box([10, 10, 10, 10], names))
    assert [seats for _, seats in outcome.result.seats] == [1, 0, 0, 1]
    assert [tie.settled for tie in outcome.ties] == [tuple(names)]
    assert any(step.code == "tie" for step in outcome.steps)
    lot = {"districts": two, "ties": {"by": "lot", "seed": "draw 3"}}
    drawn = count("biproportional", lot, box([10, 10, 10, 10], names))
    assert dict(drawn.result.seats)[drawn.ties[-1].first] == 1


@pytest.mark.parametrize(
    ("districts", "code"),
    [
        ({"I": {"seats": 1, "lists": {"a": "A"}}}, "list-without-district"),
        ({"I": {"seats": 1, "lists": {"a": "A", "b": "B", "c": "C"}}}, "list-unknown"),
        ({"I": {"seats": 1, "lists": {"a": "A", "b": "A"}}}, "named-twice"),
        ({"I": {"seats": 0, "lists": {"a": "A", "b": "B"}}}, "district-missing"),
        ({"I": {"seats": True, "lists": {"a": "A", "b": "B"}}}, "seats-wrong"),
        ({"I": {"seats": 1, "lists": ["a", "b"]}}, "districts-malformed"),
        ({"I": 1}, "districts-malformed"),
        ({}, "district-missing"),
        ({"I": {"seats": 1, "lists": {"a": "A"}}, "II": {"seats": -1, "lists": {"b": "B"}}}, "seats-wrong"),
        ("I", "districts-malformed"),
    ],
)
def test_districts_that_do_not_fit_are_refused(districts, code) -> None:
    votes = Profile.of("ranked", ["a", "b"], [RankedBallot.of("a")])
    with pytest.raises(BadInput, match=code):
        count("biproportional", {"districts": districts}, votes)


def test_a_rule_for_one_district_is_the_divisor_method() -> None:
    one = {"all": {"seats": 8, "lists": {name: name for name in "ABCD"}}}
    votes = box([1000, 800, 300, 200], list("ABCD"))
    for method in ("dhondt", "sainte-lague", "danish"):
        both = count("biproportional", {"districts": one, "method": method}, votes)
        single = count("divisor-method", {"seats": 8, "method": method}, votes)
        assert both.result.seats == single.result.seats
