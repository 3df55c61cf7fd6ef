"""Synthetic people and ballots: labelled, in proportion, and voting for what they like."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.cli.demo.ballots import Offer, Voter, offer, points, ranking, voter
from newcourse.cli.demo.drafting import tiers
from newcourse.cli.demo.people import SYNTHETIC, apportioned, named, spread
from newcourse.cli.demo.scenario import Scenario
from newcourse.cli.demo.sweden import SWEDEN
from newcourse.cli.demo.world import WORLD
from newcourse.plan.changes.registry import apply_changes
from newcourse.plan.goal import Goal, neutral_weights
from newcourse.plan.planner import make_plan
from newcourse.sources.examples import read_example
from tests.acts.commune import two_products

SIZES = st.dictionaries(st.text(min_size=1), st.floats(0.01, 1e6), min_size=1, max_size=12)


@given(st.lists(st.text(min_size=1), min_size=1, unique=True), st.integers(0, 200))
def test_names_differ_and_say_that_they_are_made_up(given_names: list[str], count: int) -> None:
    names = named(given_names, count)
    assert len(set(names)) == count
    assert all(name.endswith(SYNTHETIC) for name in names)


@given(SIZES, st.integers(0, 40))
def test_every_seat_is_given_and_every_place_has_one(sizes: dict[str, float], more: int) -> None:
    given_seats = apportioned(sizes, len(sizes) + more)
    assert sum(given_seats.values()) == len(sizes) + more
    assert min(given_seats.values()) >= 1
    assert all(given_seats[a] >= given_seats[b] for a in sizes for b in sizes if sizes[a] > sizes[b])


@given(SIZES, st.integers(0, 40))
def test_people_live_where_seats_are(sizes: dict[str, float], more: int) -> None:
    people = [f"p{number}" for number in range(len(sizes) + more)]
    places = spread(people, sizes)
    assert list(places) == people
    seats = apportioned(sizes, len(people))
    assert {place: sum(own == place for own in places.values()) for place in sizes} == seats


@given(st.lists(st.floats(0.001, 1.0), min_size=1, max_size=15))
def test_a_hundred_points_come_near_the_shares(raw: list[float]) -> None:
    shares = {f"g{i}": value / sum(raw) for i, value in enumerate(raw)}
    ballot = points(shares)
    assert sum(value for _, value in ballot.pairs) == 100
    assert all(abs(100 * share - 100 * float(ballot.share(group))) < 1 + 1e-9 for group, share in shares.items())


def test_tastes_follow_from_the_seed_and_the_place() -> None:
    neutral = {"Health": 0.5, "Food": 0.5}
    drawn = [voter(np.random.default_rng(3), neutral, {}) for _ in range(2)]
    assert drawn[0] == drawn[1]
    caring = voter(np.random.default_rng(3), neutral, {"Health": 10.0})
    assert caring.shares["Health"] > drawn[0].shares["Health"]
    assert sum(caring.shares.values()) == pytest.approx(1.0)


def test_a_member_ranks_by_what_plans_bring() -> None:
    offers = {"more": Offer({"Food": 1.0}, 1.0, 1.0), "rest": Offer({"Food": 0.9}, 0.8, 1.0)}
    hungry, tired = Voter({"Food": 1.0}, 0.1, 0.0, (True, True)), Voter({"Food": 1.0}, 1.0, 0.0, (True, True))
    assert ranking(hungry, offers).names() == ("more", "rest")
    assert ranking(tired, offers).names() == ("rest", "more")


def test_an_offer_is_what_the_plan_says() -> None:
    plan = make_plan(two_products())
    seen = offer(plan)
    totals = plan.totals().set_index("measure")
    assert seen.fulfilment == pytest.approx(dict(plan.fulfilment()[["group", "fulfilment"]].itertuples(index=False)))
    assert seen.hours == pytest.approx(totals.loc["hours", "quantity"] / totals.loc["hours", "base"])


@pytest.mark.parametrize("scenario", [SWEDEN, WORLD], ids=lambda scenario: scenario.example)
def test_a_scenario_fits_its_example(scenario: Scenario) -> None:
    economy = read_example(scenario.example)
    drafts = scenario.drafts(economy)
    assert len(drafts) >= 5
    places = set(economy["places"]["place"])
    assert {draft.place for draft in drafts} <= set(scenario.sizes(economy)) <= places
    assert set(scenario.tastes) <= places
    groups = set(neutral_weights(economy))
    assert {group for taste in scenario.tastes.values() for group in taste} <= groups
    for draft in drafts:
        changed, _ = apply_changes(draft.changes, economy, Goal())
        assert changed.fingerprint != economy.fingerprint
        assert all(change.words(economy) for change in draft.changes)
    for wish in scenario.wishes:
        minimum, target = tiers(economy, wish.need)
        assert minimum * wish.minimum <= target * wish.target
    assert scenario.members >= len(scenario.sizes(economy)) + scenario.at_large
    assert sum(current.share for current in scenario.currents) < 1
