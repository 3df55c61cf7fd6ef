"""One door: statutes name a rule and options as data, and the data decide the count (design §4, §8.1)."""

import json
from fractions import Fraction

import pytest
from hypothesis import given

from newcourse.errors import BadInput
from newcourse.vote.approval_ballot import ApprovalBallot, PointsBallot
from newcourse.vote.ballot import AllocationBallot, ChoiceBallot, RankedBallot
from newcourse.vote.outcome import Allocation, Committee, Decision, Ranking, Seats, Selection, Undecided
from newcourse.vote.profile import Profile
from newcourse.vote.rule import RULES, count, frozen_rule, rule_named
from tests.vote.strategies import ranked_profiles

BOXES = {
    "ranked": Profile.of("ranked", ("a", "b"), [RankedBallot.of("b", "a")]),
    "allocation": Profile.of("allocation", ("a", "b"), [AllocationBallot({"a": 25, "b": 75})]),
    "approval": Profile.of("approval", ("a", "b"), [ApprovalBallot(("b",))]),
    "points": Profile.of("points", ("a", "b"), [PointsBallot({"b": 2})]),
    "choice": Profile.of("choice", ("m",), [ChoiceBallot("yes")]),
}
RESULTS = {
    "ranking": Ranking,
    "committee": Committee,
    "allocation": Allocation,
    "decision": Decision,
    "seats": Seats,
    "budget": Selection,
}


def needed(rule, box):
    """What has no default: a budget and what projects cost."""
    return {"budget": 1, "costs": dict.fromkeys(box.candidates, 1)} if rule.kind == "budget" else {}


def test_the_rules_are_these():
    assert {name: (rule.kind, rule.form) for name, rule in RULES.items()} == {
        "schulze": ("ranking", "ranked"),
        "ranked-pairs": ("ranking", "ranked"),
        "independent-markets": ("allocation", "allocation"),
        "median-allocation": ("allocation", "allocation"),
        "mean-allocation": ("allocation", "allocation"),
        "majority": ("decision", "choice"),
        "scottish-stv": ("committee", "ranked"),
        "instant-runoff": ("committee", "ranked"),
        "meek-stv": ("committee", "ranked"),
        "divisor-method": ("seats", "ranked"),
        "quota-method": ("seats", "ranked"),
        "approval": ("committee", "approval"),
        "equal-shares": ("committee", "approval"),
        "sequential-phragmen": ("committee", "approval"),
        "proportional-approval": ("committee", "approval"),
        "biproportional": ("seats", "ranked"),
        "budget-equal-shares": ("budget", "approval"),
        "budget-greedy": ("budget", "approval"),
        "budget-phragmen": ("budget", "approval"),
    }


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_counts_its_form_gives_its_kind_and_refuses_the_others(rule):
    outcome = count(rule.name, needed(rule, BOXES[rule.form]), BOXES[rule.form])
    assert isinstance(outcome.expect(RESULTS[rule.kind]), RESULTS[rule.kind])
    assert rule.reference
    for form, box in BOXES.items():
        if form not in (rule.form, *rule.also):
            with pytest.raises(BadInput, match="form-wrong"):
                count(rule.name, needed(rule, box), box)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_leaves_an_empty_box_undecided(rule):
    box = Profile(rule.form, ("m",), ())
    outcome = count(rule.name, needed(rule, box), box)
    assert outcome.expect(Undecided).code == "no-ballots"
    assert not outcome.decided


@pytest.mark.parametrize("name", RULES)
def test_an_outcome_is_json_and_counting_again_from_it_gives_the_same(name):
    box = BOXES[RULES[name].form]
    data = json.loads(json.dumps(count(name, needed(RULES[name], box), box).to_data()))
    assert count(data["rule"], data["options"], box).to_data() == data
    assert data["ballots"] == 1
    assert all(step["sentence"].endswith(".") for step in data["steps"])


@pytest.mark.parametrize("name", RULES)
def test_freezing_twice_changes_nothing(name):
    frozen = frozen_rule(name, needed(RULES[name], BOXES[RULES[name].form]))
    assert frozen_rule(frozen["rule"], json.loads(json.dumps(frozen["options"]))) == frozen
    assert set(frozen["options"]) == {option.name for option in RULES[name].options}


@given(ranked_profiles())
def test_defaults_written_out_count_as_defaults_left_out(profile):
    frozen = frozen_rule("schulze", {})
    assert count("schulze", frozen["options"], profile) == count("schulze", {}, profile)


def test_unknown_rules_and_options_are_refused_with_what_there_is():
    with pytest.raises(BadInput, match="schulze or ranked-pairs"):
        rule_named("borda")
    with pytest.raises(BadInput) as error:
        frozen_rule("schulze", {"strength": "losing", "tie": {}, "ties": {"by": "coin"}})
    assert [fault.code for fault in error.value.faults] == ["option-unknown", "option-wrong", "tie-rule-unknown"]


def test_a_result_of_another_kind_is_refused_in_words():
    with pytest.raises(BadInput, match="expected: a result of kind ranking"):
        count("majority", {}, BOXES["choice"]).expect(Ranking)


def test_shares_that_do_not_add_up_cannot_exist():
    with pytest.raises(BadInput, match="shares-wrong"):
        Allocation((("a", Fraction(2, 3)),))
