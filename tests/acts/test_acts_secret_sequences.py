"""Any sequence of acts in a secret vote: one token each, one ballot a token, lawful to the end (design §8.3)."""

import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from newcourse.acts.federation import Federation
from newcourse.council.secrecy import TOKEN_HOLDER, token_hash
from newcourse.errors import NewCourseError
from newcourse.record.entry import Entry
from newcourse.record.store import Record, open_record
from tests.acts.secret_votes import BALLOTS, END, Device

members = st.sampled_from((*BALLOTS, "zoe"))
ballots = st.sampled_from([*BALLOTS.values(), {"form": "choice", "choice": "yes"}])


class SecretVote(RuleBasedStateMachine):
    """Members draw, cast, cast again, with tokens of others or none; delegates extend and close."""

    start: ClassVar[Path]

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        copy = shutil.copy(self.start, Path(self.folder.name) / "record.sqlite")
        self.record: Record = open_record(copy)
        self.federation = Federation(self.record)
        self.now: datetime = END
        self.devices = {(who, seed): Device(self.federation, "V1", who, seed) for who in BALLOTS for seed in ("", "2")}
        self.sealed = self.federation.vote("V1").frozen.to_data()
        self.cast: dict[str, tuple[Any, Entry]] = {}

    def teardown(self) -> None:
        if hasattr(self, "record"):
            assert self.federation.verify().faults == ()
            self.record.close()
            self.folder.cleanup()

    @rule(days=st.integers(0, 8))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(who=st.sampled_from(tuple(BALLOTS)), seed=st.sampled_from(("", "", "2")))
    def draw(self, who: str, seed: str) -> None:
        device, before = self.devices[who, seed], self.federation.head
        try:
            device.draw(self.now)
        except NewCourseError:
            assert self.federation.head == before
            assert not device.signature

    @rule(who=st.sampled_from(tuple(BALLOTS)), seed=st.sampled_from(("", "2")), ballot=ballots)
    def cast_ballot(self, who: str, seed: str, ballot: Any) -> None:
        device, before = self.devices[who, seed], self.federation.head
        token = token_hash(device.prepared)
        try:
            entry = device.cast(ballot, self.now)
        except NewCourseError:
            assert self.federation.head == before
            return
        assert device.signature
        assert self.cast.setdefault(token, (ballot, entry)) == (ballot, entry)

    @rule(actor=members, ballot=ballots)
    def cast_by_name(self, actor: str, ballot: Any) -> None:
        device = self.devices.get((actor, ""))
        for act, what in (("cast", {"vote": "V1", "ballot": ballot}), ("cast_secret", None)):
            given = what or (device.cast_data(ballot) if device else {"vote": "V1"})
            with pytest.raises(NewCourseError):
                self.federation.perform(act, actor=actor, at=self.now, **given | ({} if what else {"salt": "11" * 16}))

    @rule(actor=st.sampled_from(("ada", "dan")), days=st.integers(1, 3))
    def extend(self, actor: str, days: int) -> None:
        self.attempt("extend_vote", actor, days=days, reason="The lines were down.")

    @rule(actor=st.sampled_from(("ada", "eva")))
    def close(self, actor: str) -> None:
        self.attempt("close_vote", actor)

    @rule(actor=st.sampled_from(("ada", "eva")))
    def count(self, actor: str) -> None:
        self.attempt("count_vote", actor)

    @rule(person=st.sampled_from(("zoe", "yan")))
    def join(self, person: str) -> None:
        self.attempt("join", "ada", vote=None, place="N", person=person)

    def attempt(self, act: str, actor: str, vote: str | None = "V1", **what: Any) -> None:
        before = self.federation.head
        try:
            self.federation.perform(act, actor=actor, at=self.now, **({"vote": vote} if vote else {}), **what)
        except NewCourseError:
            assert self.federation.head == before

    @invariant()
    def one_token_each_and_one_ballot_a_token(self) -> None:
        vote = self.federation.vote("V1")
        entries = [*self.federation.entries()]
        drawn = [entry.actor for entry in entries if entry.act == "draw_token"]
        spent = [entry.body["token"] for entry in entries if entry.act == "cast_secret"]
        assert len(drawn) == len(set(drawn)) <= len(vote.frozen.electorate)
        assert set(spent) == set(self.cast)
        assert len(spent) == len(set(spent)) <= len(drawn)
        assert all(entry.actor == TOKEN_HOLDER for entry in entries if entry.act == "cast_secret")

    @invariant()
    def what_was_fixed_stays(self) -> None:
        assert self.federation.vote("V1").frozen.to_data() == self.sealed

    @invariant()
    def ballots_are_public_after_the_close_and_not_before(self) -> None:
        vote = self.federation.vote("V1")
        assert len(vote.ballots) == 0
        if not vote.open:
            published = {row["token"]: row["ballot"] for row in self.federation.ballots("V1")}
            assert {token_hash(bytes.fromhex(token)): ballot for token, ballot in published.items()} == {
                token: ballot for token, (ballot, _) in self.cast.items()
            }
        else:
            with pytest.raises(NewCourseError):
                self.federation.ballots("V1")


@pytest.mark.slow
def test_any_sequence_of_acts_in_a_secret_vote_is_lawful(secret_stages: dict[str, Path]) -> None:
    SecretVote.start = secret_stages["opened"]
    check = settings(max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(SecretVote, settings=check)
