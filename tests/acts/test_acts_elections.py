"""Elections: from the call to the seats, quotas, rotation, contests, and every refusal (design §8.2)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.council.fold import fold
from newcourse.council.freeze import commitment_to
from newcourse.record.store import Record, open_record
from newcourse.vote.ballot import RankedBallot
from tests.acts.assembly import (
    CANDIDATES,
    LINE,
    NOMINATE,
    NORTH,
    PEOPLE,
    THREE_SEATS,
    VOTE,
    YEAR,
    assembly,
    counted,
    elected,
    nominated,
    opened,
    refusal,
    refusals,
    sitting,
    taken,
    voted,
)
from tests.acts.commune import START

SECOND = timedelta(seconds=1)
VOTING = START + NOMINATE
OVER = VOTING + VOTE


@pytest.fixture
def record() -> Iterator[Record]:
    with open_record("sqlite://") as kept:
        yield kept


def test_a_whole_election_seats_the_delegates_for_a_term(record: Record) -> None:
    federation = assembly(record)
    over = elected(federation, THREE_SEATS, CANDIDATES)
    assert federation.vote("V1").result.sentence == "n1, n2 and n5 are elected; the quota was 3 of 9 votes."  # type: ignore[union-attr]
    assert sitting(federation) == {"n1", "n2", "n5"}
    mandate = federation.state.mandates["M1"]
    assert (mandate.person, mandate.body, mandate.constituency, mandate.vote) == ("n1", "congress", "N", "V1")
    assert (mandate.begins, mandate.ends, mandate.taken_at) == (over, over + YEAR, over)
    assert federation.state.elections["E1"].vote == "V1"
    assert federation.verify().ok


def test_the_vote_is_frozen_with_candidates_in_alphabetical_order_for_the_constituency_alone(record: Record) -> None:
    federation = assembly(record)
    election = nominated(federation, "N", ("n7", "n2", "n1"))
    frozen = federation.vote(opened(federation, election, VOTING)).frozen
    assert frozen.candidates == ("n1", "n2", "n7")
    assert frozen.electorate == NORTH
    assert (frozen.subject, frozen.about, frozen.place, frozen.ties) == ("election", "E1", "N", "lot")
    assert frozen.options["seats"] == 3
    fault = refusal(federation, "cast", "s1", VOTING, vote="V1", ballot={"form": "ranked", "ranks": [["n1"]]})
    assert fault.code == "not-entitled"


def test_who_is_elected_acts_only_after_taking_the_mandate_up(record: Record) -> None:
    federation = assembly(record)
    election = nominated(federation, "N", CANDIDATES)
    voted(federation, opened(federation, election, VOTING), THREE_SEATS, VOTING)
    assert sitting(federation) == set()
    assert not federation.may("n1", "open_cycle").allowed
    federation.perform("take_mandate", actor="n1", at=OVER, mandate="M1")
    assert federation.may("n1", "open_cycle").allowed
    assert not federation.may("n2", "open_cycle").allowed


def test_a_provisional_delegate_keeps_the_seat_until_the_successor_takes_it(record: Record) -> None:
    federation = assembly(record)
    seats = {"N": ["n8", "n9"], "S": ["s1"]}
    federation.perform("seat_delegates", actor="fay", at=START, council="congress", seats=seats)
    election = nominated(federation, "N", CANDIDATES)
    voted(federation, opened(federation, election, VOTING), THREE_SEATS, VOTING)
    assert sitting(federation) == {"n8", "n9"}
    assert [federation.state.mandates[code].replaces for code in ("M1", "M2", "M3")] == ["n8", "n9", ""]
    federation.perform("take_mandate", actor="n2", at=OVER, mandate="M2")
    assert sitting(federation) == {"n8", "n2"}
    taken(federation, OVER)
    assert sitting(federation) == {"n1", "n2", "n5"}
    assert sitting(federation, place="S") == {"s1"}


def test_a_new_term_ends_the_old_mandates_one_by_one(record: Record) -> None:
    federation = assembly(record)
    over = elected(federation, THREE_SEATS, CANDIDATES)
    call = over + YEAR - timedelta(days=35)
    assert refusal(federation, "open_nominations", "n4", call - SECOND, body="congress", place="N").code == (
        "term-running"
    )
    election = nominated(federation, "N", ("n2", "n7", "n8"), call)
    ballots = {"n4": ("n7", "n8", "n2"), "n6": ("n8", "n2", "n7")}
    voted(federation, opened(federation, election, call + NOMINATE), ballots, call + NOMINATE)
    assert sitting(federation) == {"n1", "n2", "n5"}
    again = next(m for m in federation.state.mandates.values() if m.person == "n2" and m.vote == "V2")
    assert again.replaces == "n2"
    taken(federation, call + NOMINATE + VOTE)
    assert sitting(federation) == {"n2", "n7", "n8"}
    assert {federation.state.mandates[code].ended_by for code in ("M1", "M2", "M3")} == {"succeeded"}
    assert sum(seat.person == "n2" for seat in federation.state.seats["congress"]) == 1


def test_a_vote_is_held_for_as_few_candidates_as_there_are(record: Record) -> None:
    federation = assembly(record)
    election = nominated(federation, "S", ("s1", "s2"))
    vote = opened(federation, election, VOTING)
    assert federation.vote(vote).frozen.options["seats"] == 2
    voted(federation, vote, {"s3": ("s1", "s2"), "s4": ("s2",)}, VOTING)
    taken(federation, OVER)
    assert sitting(federation, place="S") == {"s1", "s2"}
    federation.perform("open_nominations", actor="s3", at=OVER, body="congress", place="S")
    more = federation.state.elections["E2"]
    assert (more.seats, more.reason, more.ends) == (1, "vacancy:", OVER + YEAR)


def test_an_election_where_nobody_stands_is_over(record: Record) -> None:
    federation = assembly(record)
    nominated(federation, "S", ())
    federation.perform("close_nominations", actor="s1", at=VOTING, election="E1")
    commitment = commitment_to(LINE)
    fault = refusal(federation, "open_election", "s1", VOTING, election="E1", commitment=commitment)
    assert (fault.code, fault.remedy) == ("nobody-stands", "open nominations again")
    federation.perform("open_nominations", actor="s1", at=VOTING, body="congress", place="S")
    assert refusal(federation, "open_election", "s1", VOTING, election="E1", commitment=commitment).code == (
        "election-superseded"
    )


QUOTAS = {"worker": {"least": "1/2"}, "clerk": {"most": "1/3"}}


def test_quotas_become_seats_rounded_so_that_the_share_is_kept(record: Record) -> None:
    federation = assembly(record, election={"quotas": QUOTAS})
    groups = {"n1": ["clerk"], "n2": ["clerk"], "n5": ["clerk"], "n6": ["worker"], "n7": ["worker"], "n8": ["worker"]}
    election = nominated(federation, "N", groups)
    vote = opened(federation, election, VOTING)
    frozen = federation.vote(vote).frozen.options["groups"]
    assert (frozen["worker"]["least"], frozen["clerk"]["most"]) == (2, 1)
    ballots = {person: tuple(n for n in order if n in groups) for person, order in THREE_SEATS.items()}
    voted(federation, vote, ballots, VOTING)
    taken(federation, OVER)
    assert {"n1", "n2", "n5"} & sitting(federation) == {"n1"}
    assert len(sitting(federation)) == 3


def test_more_than_a_share_is_strictly_more_in_what_is_frozen_and_in_who_is_elected(record: Record) -> None:
    federation = assembly(record, election={"quotas": {"worker": {"more": "2/3"}}})
    groups = dict.fromkeys(CANDIDATES, ()) | dict.fromkeys(("n3", "n6", "n7"), ("worker",))
    vote = opened(federation, nominated(federation, "N", groups), VOTING)
    assert federation.vote(vote).frozen.options["groups"]["worker"]["least"] == 3
    voted(federation, vote, THREE_SEATS, VOTING)
    taken(federation, OVER)
    assert sitting(federation) == {"n3", "n6", "n7"}
    assert federation.verify().ok


def test_no_vote_is_opened_where_no_committee_is_within_the_quotas(record: Record) -> None:
    federation = assembly(record, election={"quotas": QUOTAS})
    election = nominated(federation, "N", {"n1": ["clerk"], "n2": ["clerk"], "n6": ["worker"], "n7": []})
    federation.perform("close_nominations", actor="n1", at=VOTING, election=election)
    fault = refusal(federation, "open_election", "n1", VOTING, election=election, commitment=commitment_to(LINE))
    assert fault.code == "quota-unmet"
    assert fault.found == "1 candidates who stand as worker, where 0 seats are held by worker"
    assert fault.expected == "Article 13, Elections: worker with at least 2 of 3 seats: 2 more"
    assert fault.remedy == "find candidates who stand as worker"
    federation.perform("open_nominations", actor="n1", at=VOTING, body="congress", place="N")


def test_too_many_of_a_group_are_named_too(record: Record) -> None:
    federation = assembly(record, election={"quotas": QUOTAS})
    groups = {"n1": ["clerk"], "n2": ["clerk"], "n6": ["worker", "clerk"], "n7": ["worker", "clerk"]}
    election = nominated(federation, "N", groups)
    federation.perform("close_nominations", actor="n1", at=VOTING, election=election)
    fault = refusal(federation, "open_election", "n1", VOTING, election=election, commitment=commitment_to(LINE))
    assert fault.code == "quotas-infeasible"
    assert "clerk must have at most 1 of 3 seats" in fault.found


def test_rotation_keeps_a_delegate_out_after_the_terms_in_a_row(record: Record) -> None:
    federation = assembly(record, election={"terms": 1, "pause_days": 100})
    over = elected(federation, THREE_SEATS, CANDIDATES)
    call = over + YEAR - timedelta(days=35)
    election = nominated(federation, "N", ("n6", "n7", "n8"), call)
    fault = refusal(federation, "nominate", "n1", call, election=election, person="n1")
    assert fault.code == "terms-over"
    assert fault.found == "n1 has sat in Congress of delegates for 1 terms in a row, until 2031-01-29"
    assert fault.expected == "Article 13, Elections: at most 1 in a row, then a pause of 100 days"
    assert fault.remedy == "stand again from 2031-05-09 on"
    vote = opened(federation, election, call + NOMINATE)
    voted(federation, vote, {"n4": ("n6", "n7", "n8")}, call + NOMINATE)
    taken(federation, call + NOMINATE + VOTE)
    later = call + NOMINATE + VOTE + YEAR
    second = nominated(federation, "N", ("n1",), later)
    assert "n1" in federation.state.elections[second].candidates


def test_a_term_left_before_its_half_is_not_counted(record: Record) -> None:
    federation = assembly(record, election={"terms": 1, "pause_days": 100})
    over = elected(federation, THREE_SEATS, CANDIDATES)
    federation.perform("lay_down_mandate", actor="n1", at=over + YEAR / 3, mandate="M1")
    federation.perform("lay_down_mandate", actor="n2", at=over + YEAR * 2 / 3, mandate="M2")
    call = over + YEAR - timedelta(days=35)
    election = nominated(federation, "N", ("n1",), call)
    assert refusal(federation, "nominate", "n2", call, election=election, person="n2").code == "terms-over"


def test_an_upheld_contest_ends_the_mandates_and_the_election_is_held_again(record: Record) -> None:
    federation = assembly(record)
    over = elected(federation, THREE_SEATS, CANDIDATES)
    federation.perform("contest_vote", actor="n9", at=over, vote="V1", reasons="The box was open.")
    south = elected(federation, {"s4": ("s1", "s2")}, ("s1", "s2"), "S", over)
    federation.perform("decide_contest", actor="s1", at=south, vote="V1", upheld=True, reasons="It was.")
    assert sitting(federation) == set()
    assert {m.ended_by for m in federation.state.mandates.values() if m.vote == "V1"} == {"contested"}
    federation.perform("open_nominations", actor="n1", at=south, body="congress", place="N")
    assert federation.state.elections["E3"].reason == "repeat"
    assert federation.verify().ok


def test_a_mandate_that_ended_before_the_result_fell_leaves_no_vacancy(record: Record) -> None:
    federation = assembly(record)
    over = elected(federation, THREE_SEATS, CANDIDATES)
    federation.perform("lay_down_mandate", actor="n1", at=over, mandate="M1")
    federation.perform("contest_vote", actor="n9", at=over, vote="V1", reasons="The box was open.")
    south = elected(federation, {"s1": ("s1",)}, ("s1",), "S", at=over)
    federation.perform("decide_contest", actor="s1", at=south, vote="V1", upheld=True, reasons="It was.")
    assert federation.state.mandates["M1"].ended_by == "contested"
    assert federation.state.mandates["M1"].ended_at == over
    election = federation.perform("open_nominations", actor="n4", at=south, body="congress", place="N").body
    assert (election["reason"], election["seats"], election["ends"]) == ("repeat", 3, "")


def test_an_election_without_quorum_elects_nobody_and_another_can_be_called(record: Record) -> None:
    federation = assembly(record, election={"quorum": "1/2"})
    election = nominated(federation, "N", CANDIDATES)
    vote = opened(federation, election, VOTING)
    voted(federation, vote, {"n1": ("n1",)}, VOTING)
    assert not federation.state.mandates
    federation.perform("open_nominations", actor="n1", at=OVER, body="congress", place="N")
    assert federation.state.elections["E2"].reason == "term"


def test_refusals_around_nominations(record: Record) -> None:
    federation = assembly(record)
    body: dict[str, Any] = {"body": "congress", "place": "N"}
    assert refusal(federation, "open_nominations", "n1", START, body="senate", place="N").code == "body-unknown"
    fault = refusal(federation, "open_nominations", "fay", START, body="congress", place="F")
    assert (fault.code, fault.expected) == ("constituency-unknown", "one of N, S")
    assert refusal(federation, "open_nominations", "s1", START, **body).code == "no-authority"
    nominated(federation, "N", ("n1",))
    fault = refusal(federation, "open_nominations", "n1", START, **body)
    assert fault.code == "election-running"
    assert fault.found == "election E1 of place N to Congress of delegates is not over"
    assert refusal(federation, "nominate", "n1", START, election="E9", person="n2").code == "election-unknown"
    fault = refusal(federation, "nominate", "s1", START, election="E1", person="n2")
    assert fault.code == "nominator-stranger"
    assert fault.expected == "Article 13, Elections: nominations by the members at place N and beneath it"
    assert refusal(federation, "nominate", "n2", START, election="E1", person="n1").code == "nominated-already"
    fault = refusal(federation, "nominate", "n1", START, election="E1", person="s1")
    assert fault.code == "candidate-stranger"
    assert fault.found == "s1, who is no member at place N or beneath it"
    assert refusal(federation, "accept_nomination", "n3", START, election="E1").code == "not-nominated"
    assert refusal(federation, "withdraw_nomination", "n3", START, election="E1").code == "not-nominated"
    fault = refusal(federation, "close_nominations", "n1", VOTING - SECOND, election="E1")
    assert (fault.code, fault.remedy) == ("nominations-running", "wait until then")
    assert refusal(federation, "nominate", "n3", VOTING + SECOND, election="E1", person="n3").code == "nominations-over"


def test_groups_that_nobody_can_stand_in_are_refused_together(record: Record) -> None:
    federation = assembly(record, election={"quotas": QUOTAS})
    federation.perform("form_tendency", actor="n2", at=START, name="Sluice", platform="Open the sluices.")
    nominated(federation, "N", ("n1",))
    faults = refusals(federation, "accept_nomination", "n1", START, election="E1", groups=["boss", "T1", "worker"])
    assert [fault.code for fault in faults] == ["group-unknown", "tendency-stranger"]
    assert faults[0].expected == "clerk, worker, T1"
    assert faults[1].found == "n1, who does not belong to Sluice"
    assert refusal(federation, "accept_nomination", "n1", START, election="E1", groups="worker").code == "groups-wrong"
    federation.perform("join_tendency", actor="n1", at=START, tendency="T1")
    federation.perform("accept_nomination", actor="n1", at=START, election="E1", groups=["T1", "worker"])
    assert federation.state.elections["E1"].candidates["n1"].groups == ("T1", "worker")


def test_refusals_around_the_vote(record: Record) -> None:
    federation = assembly(record)
    election = nominated(federation, "N", ("n1", "n2"))
    fault = refusal(federation, "open_election", "n1", VOTING, election=election, commitment=commitment_to(LINE))
    assert (fault.code, fault.remedy) == ("nominations-open", "close them first")
    federation.perform("close_nominations", actor="n1", at=VOTING, election=election)
    assert refusal(federation, "close_nominations", "n1", VOTING, election=election).code == "nominations-closed"
    assert refusal(federation, "open_election", "n1", VOTING, election=election).code == "commitment-missing"
    federation.perform("open_election", actor="n1", at=VOTING, election=election, commitment=commitment_to(LINE))
    fault = refusal(federation, "open_election", "n1", VOTING, election=election, commitment=commitment_to(LINE))
    assert fault.code == "election-opened"
    fault = refusal(federation, "withdraw_nomination", "n1", VOTING, election=election)
    assert (fault.code, fault.remedy) == ("election-opened", "lay the mandate down if you are elected")


def test_who_withdraws_or_moves_away_is_not_on_the_ballot(record: Record) -> None:
    federation = assembly(record)
    election = nominated(federation, "N", ("n1", "n2", "n3", "n4"))
    federation.perform("withdraw_nomination", actor="n1", at=VOTING, election=election)
    federation.perform("transfer", actor="n2", at=VOTING, place="S")
    federation.perform("leave", actor="n3", at=VOTING)
    federation.perform("close_nominations", actor="n4", at=VOTING, election=election)
    federation.perform("open_election", actor="n4", at=VOTING, election=election, commitment=commitment_to(LINE))
    assert federation.vote("V1").frozen.candidates == ("n4",)


def test_who_leaves_during_the_vote_gets_a_mandate_that_has_ended(record: Record) -> None:
    federation = assembly(record)
    election = nominated(federation, "N", CANDIDATES)
    vote = opened(federation, election, VOTING)
    for person, order in THREE_SEATS.items():
        federation.perform("cast", actor=person, at=VOTING, vote=vote, ballot=RankedBallot.of(*order))
    federation.perform("leave", actor="n1", at=VOTING)
    federation.perform("close_vote", actor="n2", at=OVER, vote=vote, secret=LINE)
    federation.perform("count_vote", actor="n2", at=OVER, vote=vote)
    assert federation.state.mandates["M1"].ended_by == "left"
    federation.perform("fill_vacancy", actor="n4", at=OVER, mandate="M1")
    assert federation.state.mandates["M4"].person == "n3"


def test_a_vote_that_can_never_be_closed_does_not_keep_its_constituency_from_electing(record: Record) -> None:
    federation = assembly(record)
    lost = opened(federation, nominated(federation, "N", ("n1",)), VOTING)
    federation.perform("cast", actor="n1", at=VOTING, vote=lost, ballot=RankedBallot.of("n1"))
    late = OVER + timedelta(days=30)
    again: dict[str, Any] = {"body": "congress", "place": "N"}
    assert refusal(federation, "open_nominations", "n1", late, **again).code == "election-running"
    over = elected(federation, {"n2": ("n2",)}, ("n2",), at=late + timedelta(seconds=1))
    assert sitting(federation) == {"n2"}
    counted(federation, lost, over, LINE)  # its ballots were found again: too late
    assert sitting(federation) == {"n2"}
    assert [mandate.person for mandate in federation.state.mandates.values()] == ["n2"]
    assert federation.verify().ok


def test_who_moves_has_one_vote_in_one_round(record: Record) -> None:
    federation = assembly(record)
    vote = opened(federation, nominated(federation, "N", ("n1",)), VOTING)
    for person in ("n2", "n4"):
        federation.perform("cast", actor=person, at=VOTING, vote=vote, ballot=RankedBallot.of("n1"))
    for person in ("n2", "n3"):
        federation.perform("transfer", actor=person, at=VOTING, place="S")
    south = opened(federation, nominated(federation, "S", ("s1",), VOTING), OVER)
    ballot = RankedBallot.of("s1")
    fault = refusal(federation, "cast", "n2", OVER, vote=south, ballot=ballot)
    assert (fault.code, fault.found) == (
        "voted-elsewhere",
        "n2, who has voted for the same body in vote V1, before moving",
    )
    federation.perform("cast", actor="n3", at=OVER, vote=south, ballot=ballot)
    with record.transaction() as draft:
        draft.append("cast", "n2", {"vote": south, "ballot": ballot.to_data()}, OVER)
    assert [fault.code for fault in federation.verify().faults] == ["voted-elsewhere"]


def test_the_same_nomination_sent_twice_under_a_key_is_made_once(record: Record) -> None:
    federation = assembly(record)
    nominated(federation, "N", ())
    what: dict[str, Any] = {"actor": "n1", "at": START, "key": "k", "election": "E1", "person": "n1"}
    assert federation.perform("nominate", **what) == federation.perform("nominate", **what)


def test_secret_elections_of_the_few_go_on_paper() -> None:
    with open_record("sqlite://") as record:
        federation = assembly(record, dict(list(PEOPLE.items())[:4]), election={"ballot": "secret"})
        election = nominated(federation, "N", ("n1", "n2"))
        assert federation.vote(opened(federation, election, VOTING)).frozen.ballot == "paper"


def test_a_count_repeated_is_refused(record: Record) -> None:
    federation = assembly(record)
    vote = opened(federation, nominated(federation, "S", ("s1",)), VOTING)
    federation.perform("cast", actor="s2", at=VOTING, vote=vote, ballot={"form": "ranked", "ranks": [["s1"]]})
    counted(federation, vote, OVER, LINE)
    assert refusal(federation, "count_vote", "s1", OVER, vote=vote).code == "counted-already"


@pytest.mark.parametrize(
    "changed", [{"seats": 2}, {"reason": "repeat"}, {"place": "F"}, {"term_days": 9999}, {"body": "senate"}]
)
def test_an_election_that_was_written_past_the_acts_cannot_be_read(record: Record, changed: dict[str, Any]) -> None:
    federation = assembly(record)
    call: dict[str, Any] = {"election": "E1", "body": "congress", "place": "N", "seats": 3, "reason": "term"}
    call |= {"term_days": 365, "ends": "", "nominations_end": "2030-01-15T09:00:00.000000Z"}
    with record.transaction() as draft:
        draft.append("open_nominations", "n1", {**call, **changed}, START)
    assert not federation.verify().ok


def test_a_federation_is_read_again_to_the_same_state(record: Record) -> None:
    federation = assembly(record)
    elected(federation, THREE_SEATS, CANDIDATES)
    assert fold(federation.entries()) == federation.state
    assert isinstance(Federation(record).state.seats["congress"], tuple)
