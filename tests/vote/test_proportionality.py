"""Indices of proportionality: values by hand, published values, and what each says by definition."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.vote.lists.apportion import apportion
from newcourse.vote.lists.divisor import DIVISOR_METHODS
from newcourse.vote.lists.quota import QUOTA_METHODS
from newcourse.vote.proportionality import (
    effective_number,
    gallagher,
    gallagher_square,
    loosemore_hanby,
    proportionality,
    rae,
    sainte_lague,
    shares,
)

amounts = (
    st.lists(st.integers(0, 200), min_size=3, max_size=3).filter(any).map(lambda n: dict(zip("ABC", n, strict=True)))
)


def test_values_by_hand():
    votes, seats = {"A": 50, "B": 30, "C": 20}, {"A": 6, "B": 4}
    # gaps: 10, 10 and -20 per cent
    assert gallagher_square(votes, seats) == Fraction(100 + 100 + 400, 2 * 10_000)
    assert gallagher(votes, seats, 4) == "17.3205"
    assert loosemore_hanby(votes, seats) == Fraction(1, 5)
    assert rae(votes, seats) == Fraction(2, 15)
    assert sainte_lague(votes, seats) == Fraction(1, 50) + Fraction(1, 30) + Fraction(1, 5)
    assert effective_number(votes) == 1 / (Fraction(25, 100) + Fraction(9, 100) + Fraction(4, 100))
    found = proportionality(votes, seats)
    assert found.effective_by_seats == Fraction(25, 13)
    assert (found.gallagher, found.rae) == ("17.32", Fraction(2, 15))


@given(st.integers(1, 30))
def test_equal_parties_are_as_many_as_they_are(number):
    assert effective_number({str(i): 7 for i in range(number)}) == number


@given(amounts)
def test_seats_in_proportion_have_no_distance(votes):
    doubled = {name: 2 * number for name, number in votes.items()}
    assert gallagher_square(votes, doubled) == loosemore_hanby(votes, doubled) == rae(votes, doubled) == 0
    assert sainte_lague(votes, doubled) == 0
    assert 1 <= effective_number(votes) <= 3


@given(amounts, amounts)
def test_distances_are_between_nought_and_one_and_blind_to_names(votes, seats):
    turned = [{name: table[other] for name, other in zip("ABC", "CAB", strict=True)} for table in (votes, seats)]
    for index in (gallagher_square, loosemore_hanby, rae):
        assert 0 <= index(votes, seats) <= 1
        assert index(*turned) == index(votes, seats)
    assert loosemore_hanby(votes, seats) == sum(
        max(Fraction(0), a - b) for a, b in zip(shares(seats).values(), shares(votes).values(), strict=True)
    )


@settings(max_examples=30)
@given(st.lists(st.integers(1, 60), min_size=3, max_size=3), st.integers(1, 7))
def test_each_method_is_best_by_its_own_index(numbers, house):
    votes = dict(zip("ABC", numbers, strict=True))
    tables = [dict(zip("ABC", t, strict=True)) for t in product(range(house + 1), repeat=3) if sum(t) == house]
    webster = dict(apportion(votes, house, DIVISOR_METHODS["sainte-lague"]).result.seats)
    assert sainte_lague(votes, webster) == min(sainte_lague(votes, table) for table in tables)
    hamilton = dict(apportion(votes, house, QUOTA_METHODS["hare"]).result.seats)
    for index in (gallagher_square, loosemore_hanby, rae):
        assert index(votes, hamilton) == min(index(votes, table) for table in tables)


@pytest.mark.parametrize(
    ("votes", "code"),
    [({"A": 0}, "amounts-missing"), ({}, "amounts-missing"), ({"A": -1}, "amount-wrong"), ({"A": 0.5}, "amount-wrong")],
)
def test_amounts_that_are_none_are_refused(votes, code):
    with pytest.raises(BadInput, match=code):
        effective_number(votes)


def test_seats_without_votes_have_no_index_of_sainte_lague():
    with pytest.raises(BadInput, match="votes-missing"):
        sainte_lague({"A": 1}, {"A": 1, "B": 1})
    assert loosemore_hanby({"A": 1}, {"A": 1, "B": 1}) == Fraction(1, 2)
