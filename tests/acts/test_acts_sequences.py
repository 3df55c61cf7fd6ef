"""Any sequence of acts by anybody: the record verifies, every entry was lawful, nobody votes twice (design §8.3)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from newcourse.acts.federation import Federation
from newcourse.council.freeze import commitment_to
from newcourse.council.voting import Vote
from newcourse.errors import BadInput, NewCourseError, NotAllowed
from newcourse.record.entry import time_text
from newcourse.record.store import Record, open_record
from newcourse.record.verify import Head
from newcourse.vote.ballot import AllocationBallot, ChoiceBallot, RankedBallot
from tests.acts.commune import MEMBERS, SECRET, START, copied

if TYPE_CHECKING:
    from newcourse.record.entry import Entry

ACTORS = (*MEMBERS, "zoe", "yan")
BEGINNINGS = (
    ("seat_delegates", 1),
    ("open_cycle", 1),
    ("file_need", 1),
    ("open_vote", 1),
    ("cast", 1),
    ("cast", 4),
    ("close_vote", 1),
    ("open_vote", 2),
    ("cast", 7),
    ("cast", 11),
    ("close_vote", 2),
    ("adopt", 1),
)
"""Entries of the turn before which a sequence begins."""

BALLOTS = (
    AllocationBallot({"food": 100}),
    AllocationBallot({"food": 30, "travel": 70}),
    RankedBallot.of("needs", "even"),
    RankedBallot.of("even", "needs"),
    ChoiceBallot("yes"),
    ChoiceBallot("no"),
)

actors = st.sampled_from(ACTORS)
delegates = st.sampled_from(("ada", "dan", "ben"))
places = st.sampled_from(("F", "N", "S", "X"))
codes = st.sampled_from(("V1", "V2", "V3"))


class Sequences(RuleBasedStateMachine):
    """Acts in any order, beginning anywhere in a turn of the cycle; acts that plan anew only as the turn made them."""

    turn: ClassVar[Federation]

    @initialize(beginning=st.sampled_from(BEGINNINGS))
    def begin(self, beginning: tuple[str, int]) -> None:
        self.record: Record = open_record("sqlite://")
        self.federation = copied(self.turn, self.record, *beginning)
        self.now: datetime = max(START, self.federation.state.latest)
        self.sealed: dict[str, str] = {}
        self.sent: list[tuple[str, dict[str, Any], Entry]] = []

    def teardown(self) -> None:
        if hasattr(self, "record"):
            assert self.federation.verify().faults == ()
            self.record.close()

    def act(self, act: str, actor: str, **what: Any) -> None:
        before = self.federation.head
        asked = {"actor": actor, "key": f"{act} {len(self.sent)}", **what}
        try:
            entry = self.federation.perform(act, at=self.now, **asked)
        except NewCourseError as error:
            self.refused(error, before)
        else:
            assert (entry.sequence, entry.actor, entry.act) == (before.count + 1, actor, act)
            self.sent.append((act, asked, entry))

    def refused(self, error: NewCourseError, before: Head) -> None:
        assert self.federation.head == before
        assert all(fault.found and fault.expected and fault.remedy for fault in error.faults)
        if isinstance(error, NotAllowed):
            assert all("Article" in fault.expected for fault in error.faults)

    @rule(days=st.integers(0, 20))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(actor=actors, person=actors, place=places)
    def join(self, actor: str, person: str, place: str) -> None:
        self.act("join", actor, person=person, place=place)

    @rule(actor=actors, north=st.lists(actors, max_size=2), south=st.lists(actors, max_size=2))
    def seat(self, actor: str, north: list[str], south: list[str]) -> None:
        self.act("seat_delegates", actor, council="congress", seats={"N": north, "S": south})

    @rule(actor=actors, place=places, minimum=st.floats(0.0, 9.0), more=st.floats(-1.0, 30.0))
    def need(self, actor: str, place: str, minimum: float, more: float) -> None:
        need = {"N": "bread-n", "S": "bus-s"}.get(place, "bus-f")
        self.act("file_need", actor, place=place, need=need, minimum=minimum, target=minimum + more)

    @rule(actor=actors, proposal=st.sampled_from(("P1", "P2", "P3")))
    def support(self, actor: str, proposal: str) -> None:
        self.act("support_proposal", actor, proposal=proposal)

    @rule(actor=delegates, decision=st.sampled_from(("weights", "variant", "motion")))
    def open_vote(self, actor: str, decision: str) -> None:
        question = {"question": "End cycle 1 without a plan"} if decision == "motion" else {}
        self.act("open_vote", actor, decision=decision, commitment=commitment_to(SECRET), **question)

    @rule(actor=actors, vote=codes, ballot=st.sampled_from(BALLOTS))
    def cast_anything(self, actor: str, vote: str, ballot: Any) -> None:
        self.act("cast", actor, vote=vote, ballot=ballot)

    @precondition(lambda self: self.running())
    @rule(actors=st.lists(actors, min_size=1, max_size=4), data=st.data())
    def cast_what_fits(self, actors: list[str], data: st.DataObject) -> None:
        vote = data.draw(st.sampled_from(self.running()))
        form = {"weights": BALLOTS[:2], "variant": BALLOTS[2:4], "motion": BALLOTS[4:]}[vote.frozen.subject]
        for actor in actors:
            self.act("cast", actor, vote=vote.vote, ballot=data.draw(st.sampled_from(form)))

    @precondition(lambda self: self.running())
    @rule(actor=delegates, data=st.data(), secret=st.sampled_from((SECRET, "")))
    def close(self, actor: str, data: st.DataObject, secret: str) -> None:
        self.act("close_vote", actor, vote=data.draw(st.sampled_from(self.running())).vote, secret=secret)

    @rule(actor=actors, vote=codes)
    def count(self, actor: str, vote: str) -> None:
        self.act("count_vote", actor, vote=vote)

    @rule(actor=delegates, vote=codes, days=st.integers(0, 9))
    def extend(self, actor: str, vote: str, days: int) -> None:
        self.act("extend_vote", actor, vote=vote, days=days, reason="The hall was flooded.")

    @rule(actor=actors, vote=codes)
    def contest(self, actor: str, vote: str) -> None:
        self.act("contest_vote", actor, vote=vote, reasons="The hall was flooded.")

    @rule(actor=delegates, vote=codes, upheld=st.booleans())
    def decide(self, actor: str, vote: str, *, upheld: bool) -> None:
        self.act("decide_contest", actor, vote=vote, upheld=upheld, reasons="We saw the water.")

    @rule(actor=actors, vote=codes)
    def close_anything(self, actor: str, vote: str) -> None:
        self.act("close_vote", actor, vote=vote)

    def running(self) -> list[Vote]:
        return [vote for vote in self.federation.state.votes.values() if vote.open]

    @rule(actor=delegates, number=st.integers(0, 2))
    def adopt(self, actor: str, number: int) -> None:
        cycle = self.federation.state.cycle
        variants = [variant.variant for variant in cycle.variants] if cycle else []
        self.act("adopt", actor, variant=variants[number] if number < len(variants) else "none")

    @rule(actor=delegates)
    def hand_down(self, actor: str) -> None:
        self.act("hand_down_orders", actor)

    @rule(actor=actors, vote=codes)
    def end(self, actor: str, vote: str) -> None:
        self.act("end_cycle", actor, vote=vote)

    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        if not self.sent:
            return
        act, asked, entry = data.draw(st.sampled_from(self.sent))
        before = self.federation.head
        assert self.federation.perform(act, at=self.now, **asked) == entry
        assert self.federation.head == before
        with pytest.raises(BadInput, match="key-reused"):
            self.federation.perform("join", actor=asked["actor"], at=self.now, key=asked["key"], place="N", person="xi")

    @invariant()
    def what_is_sealed_stays(self) -> None:
        for code, vote in self.federation.state.votes.items():
            assert self.sealed.setdefault(code, vote.sealed) == vote.sealed == vote.frozen.hash

    @invariant()
    def no_vote_is_shortened(self) -> None:
        for vote in self.federation.state.votes.values():
            assert time_text(vote.closes_at) >= vote.frozen.closes

    @invariant()
    def what_has_fallen_decides_nothing(self) -> None:
        for vote in self.federation.state.votes.values():
            assert not (vote.void and vote.result is not None and vote.result.decided)

    @invariant()
    def nobody_votes_twice_or_without_right(self) -> None:
        casts = [(entry.body["vote"], entry.actor) for entry in self.federation.entries() if entry.act == "cast"]
        assert len(casts) == len(set(casts))
        for code, actor in casts:
            assert actor in self.federation.vote(code).frozen.electorate

    @invariant()
    def seats_are_held_by_members_once(self) -> None:
        people = [seat.person for seats in self.federation.state.seats.values() for seat in seats]
        assert len(people) == len(set(people))
        assert set(people) <= set(self.federation.state.members)

    @invariant()
    def only_the_winner_is_adopted(self) -> None:
        for cycle in (*self.federation.state.past, *filter(None, [self.federation.state.cycle])):
            adopted = {variant.plan for variant in cycle.variants if variant.variant == cycle.winner}
            assert not cycle.adopted or {cycle.adopted} == adopted


@pytest.mark.slow
def test_any_sequence_of_acts_keeps_the_record_lawful(turn: Federation) -> None:
    Sequences.turn = turn
    check = settings(max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Sequences, settings=check)
