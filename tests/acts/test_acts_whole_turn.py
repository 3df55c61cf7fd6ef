"""One whole turn of the cycle (design §4), and that everything in it follows from the record alone."""

from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from newcourse.acts.federation import Federation
from newcourse.acts.registry import ACTS
from newcourse.council.default_statutes import default_statutes
from newcourse.council.fold import FOLDS, fold
from newcourse.council.words import ACTS as WORDS
from newcourse.errors import NotAllowed
from newcourse.execution.orders import sum_faults
from newcourse.record.store import Record, open_record
from newcourse.vote.profile import Profile
from newcourse.vote.rule import count
from tests.acts.commune import MEMBERS, START, choose, whole_turn


def test_a_turn_ends_with_orders_that_add_up_to_the_adopted_plan(turn: Federation) -> None:
    cycle = turn.cycle()
    plan = turn.adopted_plan()
    assert turn.state.cycle is None
    assert cycle.stage == "execution"
    assert plan is not None
    assert plan.certified
    orders = turn.orders()
    assert sum_faults(plan, orders) == []
    assert {order.place for order in orders} == {"N", "S"}
    assert turn.orders(place="N") == tuple(order for order in orders if order.place == "N")
    baked = sum(line.quantity for order in orders for line in order.lines if line.code == "bake")
    assert baked == pytest.approx(plan["activity"].set_index("process").loc["bake", "quantity"])


def test_the_record_of_a_turn_verifies_and_every_act_was_lawful(turn: Federation) -> None:
    assert turn.verify().faults == ()


def test_every_act_is_in_the_words_the_folds_and_the_registry() -> None:
    assert set(ACTS) == set(FOLDS) == set(WORDS)
    assert all(default_statutes().article_on_act(act) for act in ACTS)


def test_a_turn_uses_the_acts_of_the_cycle(turn: Federation) -> None:
    assert {entry.act for entry in turn.entries()} == {
        "found", "seat_delegates", "open_cycle", "file_need", "file_proposal", "support_proposal", "open_vote", "cast",
        "close_vote", "count_vote", "make_variants", "adopt", "hand_down_orders",
    }  # fmt: skip


def test_the_state_folds_entry_by_entry_to_the_same(turn: Federation) -> None:
    entries = [*turn.entries()]
    state = fold([])
    for entry in entries:
        state = fold([entry], state)
    assert state == fold(entries) == turn.state


def test_weights_are_the_median_of_the_votes_and_reach_the_plan_exactly(turn: Federation) -> None:
    shares = {group: Fraction(share) for group, share in turn.cycle().weights.items()}
    assert sum(shares.values()) == 1
    for variant in turn.cycle().variants:
        goal = turn.plan(variant.plan).goal
        assert dict(goal.weights) == {group: float(share) for group, share in shares.items()}


def test_needs_filed_in_the_call_are_in_every_variant(turn: Federation) -> None:
    asked = turn.economy_asked()["needs"].set_index("need")
    assert asked.loc["bus-s", "target"] == 45.0
    for variant in turn.cycle().variants:
        assert turn.plan(variant.plan).economy["needs"].set_index("need").loc["bus-s", "target"] == 45.0


def test_variants_carry_supported_proposals_and_differ(turn: Federation) -> None:
    variants = turn.cycle().variants
    assert {code for variant in variants for code in variant.proposals} == {"P1", "P2"}
    assert len({variant.plan for variant in variants}) == len(variants) >= 2
    assert all(variant.description.count(".") >= 2 for variant in variants)


def test_a_proposal_is_costed_at_once(turn: Federation) -> None:
    more, less = (turn.costing(code) for code in ("P1", "P2"))
    hours = [next(t for t in costing["totals"] if t["what"] == "hours") for costing in (more, less)]
    assert hours[0]["difference"] == pytest.approx(10.0)
    assert hours[1]["difference"] == pytest.approx(-10.0)
    assert turn.proposal("P1").costs == more["words"]


def test_anybody_can_count_a_vote_again_from_its_trace(turn: Federation) -> None:
    for code in ("V1", "V2"):
        trace = turn.trace(code)
        again = count(trace["outcome"]["rule"], trace["outcome"]["options"], Profile.from_data(trace["profile"]))
        assert again.to_data() == trace["outcome"]


def test_plans_and_economies_read_back_are_the_same_to_the_last_digit(turn: Federation) -> None:
    plan = turn.adopted_plan()
    assert plan is not None
    fresh = Federation(turn.record)
    address = fresh.cycle().adopted
    again = fresh.archive._plan(address)
    for name, table in plan.tables.items():
        pd.testing.assert_frame_equal(again[name], table, check_exact=True)
    assert again.economy.fingerprint == plan.economy.fingerprint


def test_a_second_cycle_can_be_opened_after_the_orders(until) -> None:
    federation = until("")
    federation.perform("open_cycle", actor="ada", at=START)
    assert federation.cycle().number == 2
    assert federation.proposals() == ()
    assert federation.proposals(cycle=1)[0].proposal == "P1"
    with pytest.raises(NotAllowed, match="Article 6"):
        federation.perform("support_proposal", actor="ada", at=START, proposal="P1")


@pytest.mark.slow
@pytest.mark.postgresql
def test_a_whole_turn_works_on_postgresql_too(postgresql_url: str) -> None:
    with open_record(postgresql_url) as record:
        whole_turn(record)
    with open_record(postgresql_url) as record:
        require_turned(record)


def test_a_whole_turn_is_there_when_it_is_opened_again(turned_record: Path) -> None:
    with open_record(turned_record) as record:
        require_turned(record)


def require_turned(record: Record) -> None:
    """Check that a record holds the whole turn, lawfully."""
    again = Federation(record)
    assert again.verify().faults == ()
    assert again.cycle().stage == "execution"
    assert set(again.state.members) == set(MEMBERS)


@pytest.mark.slow
def test_the_variant_with_the_most_second_places_can_win(until) -> None:
    ballots = {"ada": (0, 1), "ben": (0, 1), "cyd": (1, 0), "dan": (2, 1), "eva": (2, 1), "fay": (1, 2)}
    federation = until("open_vote", 2)
    choose(federation, ballots)
    assert federation.cycle().winner == federation.cycle().variants[1].variant
