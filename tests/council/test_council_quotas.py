"""Quotas as numbers of seats: at least, more than and at most a share, rounded so that the share is kept."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.council.articles import ElectionRules
from newcourse.council.default_statutes import QUOTAS
from newcourse.council.faults_of_bodies import QUOTA_WORDS
from newcourse.council.quotas import bounds, quotas


def rules(**groups: dict[str, str]) -> ElectionRules:
    return ElectionRules("e", "E", quotas=groups)


@pytest.mark.parametrize(
    ("seats", "half", "majority"), [(0, 0, 0), (1, 1, 1), (2, 1, 2), (3, 2, 2), (4, 2, 3), (5, 3, 3), (6, 3, 4)]
)
def test_a_majority_is_strictly_more_than_half(seats: int, half: int, majority: int) -> None:
    least, more = bounds(rules(old={"least": "1/2"}, new={"more": "1/2"}), seats)
    assert (least.least, more.least) == (half, majority)
    assert (least.most, more.most) == (None, None)


@given(st.sampled_from(sorted(QUOTA_WORDS)), st.fractions(0, 1, max_denominator=12), st.integers(1, 40))
def test_a_number_of_seats_keeps_a_quota_exactly_where_its_share_does(word: str, share: Fraction, seats: int) -> None:
    (bound,) = bounds(rules(worker={word: str(share)}), seats)
    for held in range(seats + 1):
        part = Fraction(held, seats)
        assert bound.keeps(held) is {"least": part >= share, "more": part > share, "most": part <= share}[word]


def test_half_of_the_seats_is_no_majority_of_workers() -> None:
    candidates = {"a": ("worker",), "b": ("worker",), "c": (), "d": (), "e": ()}
    half, majority = (quotas(rules(worker={word: "1/2"}), 4, candidates, (), "E1") for word in ("least", "more"))
    assert half.faults == ()
    (fault,) = majority.faults
    assert (fault.code, fault.expected) == ("quota-unmet", "worker with at least 3 of 4 seats: 3 more")
    assert quotas(rules(worker={"more": "1/2"}), 0, {}, (), "E1").faults == ()


def test_the_seats_of_others_count_towards_a_majority() -> None:
    found = quotas(rules(worker={"more": "1/2"}), 1, {"a": (), "b": ("worker",)}, [("worker",), ()], "E1")
    assert found.groups is not None
    assert [group.least for group in found.groups.groups] == [1]


def test_usual_quotas_are_a_majority_of_workers_and_a_third_of_no_party() -> None:
    worker, free = bounds(rules(**{name: dict(quota) for name, quota in QUOTAS.items()}), 6)
    assert (worker.group, worker.least, free.group, free.least) == ("worker", 4, "non-party", 2)
