"""Incidents and contests: extended for all, contested in time, decided by somebody who is not concerned."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.council.contests import contest_ends
from newcourse.council.freeze import commitment_to
from newcourse.council.judging import partial
from newcourse.council.voting import Contest, Verdict
from newcourse.errors import NewCourseError
from newcourse.vote.ballot import AllocationBallot, ChoiceBallot
from tests.acts.commune import CALL, SECRET, START, VOTE, decided

Until = Callable[..., Federation]
END = START + CALL
AFTER = END + VOTE
DAY = timedelta(days=1)
HALF = AllocationBallot({"food": 50, "travel": 50})


def refused(federation: Federation, act: str, actor: str, at: Any = END, **what: Any) -> str:
    before = federation.head
    with pytest.raises(NewCourseError) as caught:
        federation.perform(act, actor=actor, at=at, **what)
    assert federation.head == before
    assert all("Article" in fault.expected for fault in caught.value.faults)
    return caught.value.faults[0].code


def contested(federation: Federation, vote: str = "V1", by: str = "eva") -> Federation:
    federation.perform("contest_vote", actor=by, at=END, vote=vote, reasons="The room was locked.")
    return federation


def decide(federation: Federation, *, upheld: bool, vote: str = "V1", by: str = "dan") -> None:
    what: dict[str, Any] = {"vote": vote, "upheld": upheld, "reasons": "We asked the porter."}
    federation.perform("decide_contest", actor=by, at=END, **what)


def test_extensions_add_up_for_all_and_nothing_frozen_changes(until: Until) -> None:
    federation = until("cast")
    before = federation.vote("V1")
    federation.perform("extend_vote", actor="ada", at=END, vote="V1", days=2, reason="No light.")
    federation.perform("extend_vote", actor="dan", at=AFTER, vote="V1", days=3, reason=" No water. ")
    vote = federation.vote("V1")
    assert vote.closes_at == AFTER + 5 * DAY
    assert vote.incidents == ("No light.", "No water.")
    assert vote.frozen.to_data() == before.frozen.to_data()
    assert (vote.sealed, vote.frozen.closes) == (before.sealed, before.frozen.closes)
    assert refused(federation, "close_vote", "ada", AFTER + 5 * DAY - timedelta(seconds=1), vote="V1") == "vote-running"
    federation.perform("cast", actor="ben", at=AFTER + 5 * DAY, vote="V1", ballot=HALF)
    decided(federation, "V1", AFTER + 5 * DAY)
    assert federation.verify().faults == ()


def test_an_extension_must_reach_beyond_now_and_come_from_a_delegate(until: Until) -> None:
    federation = until("cast")
    what = {"vote": "V1", "days": 1, "reason": "No light."}
    assert refused(federation, "extend_vote", "eva", **what) == "no-authority"
    assert refused(federation, "extend_vote", "ada", AFTER + DAY, **what) == "days-past"
    federation.perform("extend_vote", actor="ada", at=AFTER + DAY, **what | {"days": 2})
    assert federation.vote("V1").closes_at == AFTER + 2 * DAY


def test_extensions_come_to_an_end(until: Until) -> None:
    federation = until("cast")
    what: dict[str, Any] = {"vote": "V1", "reason": "No light."}
    federation.perform("extend_vote", actor="ada", at=END, days=40, **what)
    assert refused(federation, "extend_vote", "ada", days=21, **what) == "days-many"
    federation.perform("extend_vote", actor="ada", at=END, days=20, **what)
    assert refused(federation, "extend_vote", "dan", AFTER + 59 * DAY, days=1, **what) == "days-many"


def test_an_upheld_contest_takes_the_weights_back_and_the_vote_is_held_again(until: Until) -> None:
    federation = contested(until("make_variants"))
    assert federation.cycle().weights
    decide(federation, upheld=True)
    vote = federation.vote("V1")
    assert vote.void
    assert vote.result is not None
    assert not vote.result.decided
    assert vote.result.sentence.startswith("The result fell")
    assert federation.cycle().weights == {}
    federation.perform("open_vote", actor="ada", at=END, decision="weights")
    assert refused(federation, "contest_vote", "ben", vote="V1", reasons="Again.") == "void-already"
    assert federation.trace("V1")["outcome"]["decided"]
    assert federation.verify().faults == ()


def test_a_dismissed_contest_leaves_the_result_and_another_member_may_contest(until: Until) -> None:
    federation = contested(until("make_variants"))
    weights = federation.cycle().weights
    decide(federation, upheld=False)
    assert federation.cycle().weights == weights
    (contest,) = federation.vote("V1").contests
    assert (contest.by, contest.outcome) == ("eva", "dismissed")
    assert contest.verdicts == (Verdict("dan", False, "We asked the porter."),)
    assert refused(federation, "decide_contest", "dan", vote="V1", upheld=True, reasons="No.") == "not-contested"
    assert refused(federation, "contest_vote", "eva", vote="V1", reasons="Again.") == "contested-twice"
    contested(federation, by="ben")
    assert federation.verify().faults == ()


def test_contests_come_in_time_from_the_roll_and_once_from_each(until: Until) -> None:
    federation = until("make_variants")
    federation.perform("join", actor="ada", at=END, place="N", person="zoe")
    what = {"vote": "V1", "reasons": "Odd."}
    assert refused(federation, "contest_vote", "zoe", **what) == "not-entitled"
    assert refused(federation, "contest_vote", "eva", END + 7 * DAY + timedelta(seconds=1), **what) == "contest-late"
    federation.perform("contest_vote", actor="eva", at=END + 7 * DAY, **what)
    assert refused(federation, "contest_vote", "eva", END + 7 * DAY, **what) == "contested-twice"
    federation.perform("contest_vote", actor="ben", at=END + 7 * DAY, **what)
    assert [contest.by for contest in federation.vote("V1").contests] == ["eva", "ben"]


def test_a_frivolous_contest_keeps_nobody_from_a_serious_one(until: Until) -> None:
    federation = until("make_variants")
    for person in ("eva", "ben", "cyd"):
        contested(federation, by=person)
    what: dict[str, Any] = {"vote": "V1", "upheld": True, "reasons": "The list was wrong."}
    assert refused(federation, "decide_contest", "dan", **what) == "contest-unnamed"
    assert refused(federation, "decide_contest", "dan", **what, person="fay") == "not-contested"
    federation.perform("decide_contest", actor="dan", at=END, **{**what, "upheld": False}, person="eva")
    assert not federation.vote("V1").void
    assert refused(federation, "make_variants", "ada") == "contested"
    federation.perform("decide_contest", actor="dan", at=END, **what, person="cyd")
    vote = federation.vote("V1")
    assert [(one.by, one.outcome) for one in vote.contests] == [
        ("eva", "dismissed"),
        ("ben", "moot"),
        ("cyd", "upheld"),
    ]
    assert vote.void
    assert federation.cycle().weights == {}
    assert refused(federation, "decide_contest", "dan", **what, person="ben") == "not-contested"
    assert federation.verify().faults == ()


def test_who_contests_judges_no_other_contest_of_the_same_vote(until: Until) -> None:
    federation = contested(contested(until("make_variants")), by="ada")
    what: dict[str, Any] = {"vote": "V1", "person": "eva", "upheld": True, "reasons": "So."}
    assert refused(federation, "decide_contest", "ada", **what) == "judge-partial"


def test_nobody_decides_in_their_own_matter(until: Until) -> None:
    federation = contested(until("make_variants"), by="ada")
    what = {"vote": "V1", "upheld": True, "reasons": "So."}
    assert refused(federation, "decide_contest", "ada", **what) == "judge-partial"
    assert refused(federation, "decide_contest", "eva", **what) == "no-authority"
    federation.perform("decide_contest", actor="dan", at=END, **what)


def test_candidates_do_not_judge_and_elections_have_days_of_their_own(until: Until) -> None:
    federation = until("make_variants")
    vote, state = federation.vote("V1"), federation.state
    assert vote.result is not None
    assert contest_ends(state, vote, vote.result) == END + 7 * DAY
    rules = next(iter(state.law.elections.values()))
    elected = replace(
        vote, frozen=replace(vote.frozen, subject="election", decision=rules.election, candidates=("ada", "ben"))
    )
    assert contest_ends(state, elected, vote.result) == END + rules.contest_days * DAY
    assert partial(state, elected, "ada") == "is a candidate in the vote"
    assert partial(state, replace(elected, contests=(Contest("dan", END, "Odd."),)), "dan") == "contests the result"
    assert partial(state, elected, "dan") == ""


def test_a_result_on_which_something_was_built_cannot_fall(until: Until) -> None:
    what = {"upheld": True, "reasons": "So."}
    built = contested(until("open_vote", 2))
    assert refused(built, "decide_contest", "dan", vote="V1", **what) == "built-upon"
    decide(built, upheld=False)
    adopted = contested(until("hand_down_orders"), "V2")
    assert refused(adopted, "decide_contest", "dan", vote="V2", **what) == "built-upon"


@pytest.mark.parametrize(("act", "vote"), [("make_variants", "V1"), ("adopt", "V2")])
def test_nothing_is_built_on_a_contested_result(until: Until, act: str, vote: str) -> None:
    federation = contested(until(act), vote)
    what = {"variant": federation.cycle().winner} if act == "adopt" else {}
    assert refused(federation, act, "ada", END + 7 * DAY, **what) == "contested"
    decide(federation, upheld=False, vote=vote)
    if act == "adopt":
        federation.perform(act, actor="ada", at=END, **what)
        assert federation.cycle().adopted


def test_an_upheld_contest_takes_the_winner_back(until: Until) -> None:
    federation = contested(until("adopt"), "V2")
    winner = federation.cycle().winner
    decide(federation, upheld=True, vote="V2")
    assert federation.cycle().winner == ""
    assert refused(federation, "adopt", "ada", variant=winner) == "not-voted"
    federation.perform("open_vote", actor="ada", at=END, decision="variant", commitment=commitment_to(SECRET))
    assert federation.verify().faults == ()


def test_a_motion_that_fell_ends_no_cycle_and_one_that_ended_it_cannot_fall(until: Until) -> None:
    def moved() -> Federation:
        federation = until("make_variants")
        federation.perform("open_vote", actor="ada", at=END, decision="motion", question="End cycle 1 without a plan")
        for delegate in ("ada", "dan"):
            federation.perform("cast", actor=delegate, at=END, vote="V2", ballot=ChoiceBallot("yes"))
        decided(federation, "V2", END)
        return contested(federation, "V2", by="ada")

    fallen = moved()
    decide(fallen, upheld=True, vote="V2")
    assert refused(fallen, "end_cycle", "dan", vote="V2") == "not-moved"
    ended = moved()
    ended.perform("end_cycle", actor="dan", at=END, vote="V2")
    what = {"vote": "V2", "upheld": True, "reasons": "So."}
    assert refused(ended, "decide_contest", "dan", **what) == "built-upon"


@pytest.mark.parametrize(
    ("act", "actor", "at", "body", "code"),
    [
        ("contest_vote", "eva", END + 8 * DAY, {"reasons": "Odd."}, "contest-late"),
        ("decide_contest", "dan", END, {"person": "eva", "upheld": True, "reasons": "So.", "outcome": "upheld"},
         "entry-impossible"),
        ("extend_vote", "ada", END, {"days": 1, "reason": "x", "closes": "x"}, "extended-late"),
        ("count_vote", "ada", END, {"decided": False, "result": {}, "sentence": "", "ballots": 0, "outcome": "x"},
         "count-differs"),
    ],
)  # fmt: skip
def test_contests_written_past_the_acts_are_found(
    until: Until, act: str, actor: str, at: Any, body: dict[str, Any], code: str
) -> None:
    federation = until("make_variants")
    federation.record.append(act, actor, {"vote": "V1", **body}, at)
    assert code in [fault.code for fault in federation.verify().faults]


@pytest.mark.parametrize(
    ("actor", "built", "code"),
    [("ada", False, "judge-partial"), ("dan", True, "built-upon"), ("eva", False, "no-authority")],
)
def test_unlawful_decisions_are_found(until: Until, actor: str, built: bool, code: str) -> None:
    federation = contested(until("open_vote", 2) if built else until("make_variants"), by="ada")
    body = {"vote": "V1", "person": "ada", "upheld": True, "reasons": "So.", "outcome": "upheld"}
    federation.record.append("decide_contest", actor, body, END)
    assert code in [fault.code for fault in federation.verify().faults]


def test_an_extension_that_says_another_time_is_found(until: Until) -> None:
    federation = until("cast")
    body = {"vote": "V1", "days": 1, "reason": "No light.", "closes": "2030-03-01T09:00:00.000000Z"}
    federation.record.append("extend_vote", "ada", body, END)
    assert [fault.code for fault in federation.verify().faults] == ["extension-wrong"]
    shorter = until("cast")
    shorter.record.append("extend_vote", "ada", {**body, "days": -1}, END)
    assert "entry-impossible" in [fault.code for fault in shorter.verify().faults]
