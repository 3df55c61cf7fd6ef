"""Votes end to end: nobody can change what was fixed; a cycle never gets stuck (design §4, §8.1)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from newcourse.acts.federation import Federation
from newcourse.council.freeze import commitment_to
from newcourse.errors import BadInput, NotAllowed
from newcourse.vote.ballot import AllocationBallot, ChoiceBallot, RankedBallot
from tests.acts.commune import CALL, MEMBERS, SECRET, START, VOTE, decided

Until = Callable[..., Federation]
END = START + CALL
AFTER = END + VOTE


def test_who_joins_later_cannot_vote_in_an_open_vote(until: Until) -> None:
    federation = until("cast")
    federation.perform("join", actor="ada", at=END, place="N", person="zoe")
    with pytest.raises(NotAllowed, match="not-entitled"):
        federation.perform("cast", actor="zoe", at=END, vote="V1", ballot=AllocationBallot({"food": 100}))


def test_the_last_moment_still_counts(until: Until) -> None:
    federation = until("cast")
    federation.perform("cast", actor="ada", at=AFTER, vote="V1", ballot=AllocationBallot({"food": 100}))
    decided(federation, "V1", AFTER)
    assert federation.cycle().weights == {"food": "1", "travel": "0"}


def test_a_missed_quorum_lets_the_vote_be_held_again(until: Until) -> None:
    federation = until("cast")
    decided(federation, "V1", AFTER)
    result = federation.vote("V1").result
    assert result is not None
    assert result.data["undecided"] == "quorum-missed"
    assert federation.trace("V1")["outcome"]["decided"] is False
    federation.perform("open_vote", actor="ada", at=AFTER, decision="weights")
    assert federation.vote("V2").open


def test_a_withheld_line_after_a_tie_lets_the_vote_be_held_again(until: Until) -> None:
    federation = until("cast", 7)
    one, two = (variant.variant for variant in federation.cycle().variants[:2])
    for member, order in (("ada", (one, two)), ("ben", (two, one))):
        federation.perform("cast", actor=member, at=END, vote="V2", ballot=RankedBallot.of(*order))
    decided(federation, "V2", AFTER)
    result = federation.vote("V2").result
    assert result is not None
    assert result.data["undecided"] == "lot-withheld"
    federation.perform("open_vote", actor="dan", at=AFTER, decision="variant", commitment=commitment_to(SECRET))
    assert federation.verify().faults == ()


def test_nobody_but_the_opener_withholds_the_line(until: Until) -> None:
    federation = until("cast", 7)
    late = AFTER + timedelta(days=7)
    for at in (AFTER, late - timedelta(seconds=1)):
        with pytest.raises(NotAllowed, match="line-awaited"):
            federation.perform("close_vote", actor="dan", at=at, vote="V2")
    federation.perform("close_vote", actor="dan", at=late, vote="V2")
    assert not federation.vote("V2").open


def test_a_withheld_line_does_not_matter_without_a_tie(until: Until) -> None:
    federation = until("close_vote", 2)
    decided(federation, "V2", AFTER)
    assert federation.cycle().winner


def test_a_trace_is_there_once_the_vote_is_closed(until: Until) -> None:
    federation = until("cast")
    with pytest.raises(BadInput, match="vote-open"):
        federation.trace("V1")
    with pytest.raises(BadInput, match="vote-unknown"):
        federation.trace("V9")


def test_ballots_are_published_at_the_close_and_counted_from_there(until: Until) -> None:
    federation = until("count_vote")
    assert federation.vote("V1").result is None
    assert federation.cycle().weights == {}
    assert [row["voter"] for row in federation.ballots("V1")] == sorted(MEMBERS)
    with pytest.raises(NotAllowed, match="vote-running"):
        federation.perform("open_vote", actor="ada", at=END, decision="weights")
    federation.perform("count_vote", actor="eva", at=END, vote="V1")
    assert federation.cycle().weights
    with pytest.raises(NotAllowed, match="counted-already"):
        federation.perform("count_vote", actor="eva", at=END, vote="V1")


def test_an_open_vote_is_not_counted(until: Until) -> None:
    with pytest.raises(NotAllowed, match="vote-open"):
        until("cast").perform("count_vote", actor="eva", at=AFTER, vote="V1")


def test_the_roll_is_kept_beside_the_vote(until: Until) -> None:
    federation = until("cast")
    entry = next(entry for entry in federation.entries() if entry.act == "open_vote")
    assert federation.archive.data(entry.body["roll"]) == {"vote": "V1", "roll": sorted(MEMBERS)}
    assert entry.body["frozen"]["electorate"] == {"size": 6, "root": federation.vote("V1").frozen.root}


def test_a_published_outcome_names_nobody(until: Until) -> None:
    federation = until("make_variants")
    trace = str(federation.trace("V1")["profile"]) + str(federation.trace("V1")["outcome"])
    assert not any(member in trace for member in MEMBERS)


def test_a_cycle_that_comes_to_no_plan_is_ended_by_a_motion(until: Until) -> None:
    federation = until("make_variants")
    federation.perform("open_vote", actor="ada", at=END, decision="motion", question="End cycle 1 without a plan")
    for delegate in ("ada", "dan"):
        federation.perform("cast", actor=delegate, at=END, vote="V2", ballot=ChoiceBallot("yes"))
    with pytest.raises(NotAllowed, match="not-moved"):
        federation.perform("end_cycle", actor="dan", at=END, vote="V2")
    decided(federation, "V2", END)
    federation.perform("end_cycle", actor="dan", at=END, vote="V2")
    assert federation.state.cycle is None
    assert federation.cycle().stage == "nothing: it was ended without a plan"
    assert federation.verify().faults == ()


def test_another_motion_does_not_end_the_cycle(until: Until) -> None:
    federation = until("make_variants")
    federation.perform("open_vote", actor="ada", at=END, decision="motion", question="Thank the bakers")
    for delegate in ("ada", "dan"):
        federation.perform("cast", actor=delegate, at=END, vote="V2", ballot=ChoiceBallot("yes"))
    decided(federation, "V2", END)
    with pytest.raises(NotAllowed, match="Thank the bakers"):
        federation.perform("end_cycle", actor="dan", at=END, vote="V2")


def test_only_delegates_vote_on_motions(until: Until) -> None:
    federation = until("open_vote")
    federation.perform("open_vote", actor="ada", at=START, decision="motion", question="Adjourn?")
    assert federation.vote("V1").frozen.electorate == ("ada", "dan")
    with pytest.raises(NotAllowed, match="Article 7"):
        federation.perform("cast", actor="ben", at=START, vote="V1", ballot=ChoiceBallot("yes"))


def test_a_new_need_becomes_part_of_what_is_voted_and_planned(until: Until) -> None:
    federation = until("open_vote")
    new = {"place": "N", "need": "bus-n", "product": "bus", "name": "Buses in the north", "group": "travel"}
    federation.perform("file_need", actor="ben", at=START, minimum=1.0, target=4.0, **new)
    asked = federation.economy_asked()["needs"].set_index("need")
    assert asked.loc["bus-n", ["place", "product", "minimum", "target"]].tolist() == ["N", "bus", 1.0, 4.0]
    federation.perform("file_need", actor="ben", at=START, **{**new, "group": "visits"}, minimum=1.0, target=4.0)
    federation.perform("open_vote", actor="ada", at=END, decision="weights")
    assert federation.vote("V1").frozen.candidates == ("food", "travel", "visits")
