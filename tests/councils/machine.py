"""Acts in any order by anybody in a federation of two tiers: a machine that Hypothesis drives."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from newcourse.acts.federation import Federation
from newcourse.council.freeze import commitment_to
from newcourse.council.secrecy import TOKEN_HOLDER
from newcourse.council.state import State
from newcourse.council.voting import Vote
from newcourse.errors import BadInput, NewCourseError, NotAllowed
from newcourse.record.entry import Entry
from newcourse.tokens.holder import finalize
from tests.acts.secret_votes import Device
from tests.councils.town import LINE, PEOPLE, STAGES, Opened
from tests.councils.watch import watch_all, watch_state, watch_step

ACTORS = (*PEOPLE, "zoe", "yan")
actors = st.sampled_from(ACTORS)
some = st.integers(0, 5)


class Acting(RuleBasedStateMachine):
    """A federation, the time, and the one way by which everything is done and looked at."""

    opened: ClassVar[Opened]
    done: ClassVar[Counter[str]]

    @initialize(stage=st.sampled_from(STAGES[::-1]))
    def begin(self, stage: str) -> None:
        self.stack = ExitStack()
        self.federation = Federation(self.stack.enter_context(self.opened(stage)))
        self.now: datetime = self.federation.state.latest
        self.devices: dict[tuple[str, str], Device] = {}
        self.sent: list[tuple[str, dict[str, Any], Entry]] = []

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            try:
                watch_all(self.federation)
            finally:
                self.stack.close()

    @property
    def state(self) -> State:
        return self.federation.state

    def do(self, act: str, actor: str, **what: Any) -> Entry | None:
        """Try an act: either it is done and everything holds, or it is refused with reasons and nothing is written."""
        head, before = self.federation.head, self.state
        asked = {"actor": actor, "key": f"{act} {len(self.sent)} {head.count}", **what}
        try:
            entry = self.federation.perform(act, at=self.now, **asked)
        except (NotAllowed, BadInput) as error:
            self._refused(error)
            assert self.federation.head == head
            assert self.state == before
            return None
        if entry.sequence <= head.count:  # the answer to an earlier request that was the same
            assert act in ("draw_token", "cast_secret")
            assert self.federation.head == head
            return entry
        assert (entry.sequence, entry.actor, entry.act) == (head.count + 1, actor, act)
        after = self.state
        watch_step(before, after, entry)
        watch_state(after)
        self.sent.append((act, asked, entry))
        self.done[act] += 1
        return entry

    def _refused(self, error: NewCourseError) -> None:
        for fault in error.faults:
            assert fault.code
            assert fault.found
            assert fault.expected
            assert fault.remedy
            assert not isinstance(error, NotAllowed) or "Article " in fault.expected, fault

    def wait_until(self, time: datetime) -> None:
        self.now = max(self.now, time)

    def votes(self, **having: str) -> list[Vote]:
        return [v for v in self.state.votes.values() if all(getattr(v.frozen, k) == x for k, x in having.items())]

    def running(self) -> list[Vote]:
        return [vote for vote in self.votes() if vote.open]

    @rule(days=st.sampled_from((1, 2, 4, 6, 30, 370)))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        act, asked, entry = data.draw(st.sampled_from(self.sent[-6:]))
        head = self.federation.head
        if act != "cast_secret":
            assert self.federation.perform(act, at=self.now, **asked) == entry
            with pytest.raises(BadInput, match="key-reused"):
                self.federation.perform("leave", actor=asked["actor"], at=self.now, key=asked["key"], reason="x")
        assert self.federation.head == head


class Voting(Acting):
    """What is done in votes of every kind."""

    @precondition(lambda self: self.running())
    @rule(data=st.data(), part=st.sampled_from((99, 99, 99, 5, 1)), ends=st.booleans(), honest=st.booleans())
    def a_vote_runs(self, data: st.DataObject, part: int, ends: bool, honest: bool) -> None:
        vote = data.draw(st.sampled_from(self.running()))
        given = {voter: data.draw(ballots(vote)) for voter in vote.frozen.electorate[:part]}
        self.cast_all(vote, given)
        if ends:
            self.end(vote, list(given.values()), honest)

    def whole(self, data: st.DataObject, opened: Entry | None) -> None:
        """Have everybody vote in what was opened, and end it as it should be."""
        if opened is not None:
            vote = self.state.votes[opened.body["frozen"]["vote"]]
            given = {voter: data.draw(ballots(vote, kindly=True)) for voter in vote.frozen.electorate}
            self.cast_all(vote, given)
            self.end(vote, list(given.values()), honest=True)

    def cast_all(self, vote: Vote, given: Mapping[str, dict[str, Any]]) -> None:
        for voter, ballot in given.items():
            if vote.frozen.ballot == "open":
                self.do("cast", voter, vote=vote.vote, ballot=ballot)
            elif vote.frozen.ballot == "secret":
                self.draw(vote, voter)
                self.cast_secret(vote, voter, ballot)

    def end(self, vote: Vote, papers: list[dict[str, Any]], honest: bool) -> None:
        self.wait_until(vote.closes_at)
        closer = vote.frozen.opener
        if vote.frozen.ballot == "paper":
            first, *others = vote.frozen.electorate
            self.do("enter_paper_ballots", first, vote=vote.vote, ballots=papers)
            self.do("confirm_paper_ballots", others[0] if others and honest else first, vote=vote.vote)
        self.do("close_vote", closer, vote=vote.vote, secret=LINE if honest else "another line")
        self.do("close_vote", closer, vote=vote.vote)
        self.do("count_vote", closer, vote=vote.vote)
        if vote.frozen.subject == "statutes":
            self.wait_until(self.now + timedelta(days=8))  # until nobody can contest it
            self.do("enact_statutes", closer, draft=vote.frozen.about)
        for mandate in self.state.mandates.values():
            if honest and mandate.vote == vote.vote and mandate.held and mandate.taken_at is None:
                self.do("take_mandate", mandate.person, mandate=mandate.mandate)

    @precondition(lambda self: self.votes())
    @rule(data=st.data(), actor=actors, act=st.sampled_from(("close_vote", "count_vote", "cast", "extend_vote")))
    def meddle(self, data: st.DataObject, actor: str, act: str) -> None:
        vote = data.draw(st.sampled_from(self.votes()))
        more: dict[str, Any] = {"extend_vote": {"days": 3, "reason": "A storm."}, "cast": {}}.get(act, {})
        if act == "cast":
            more = {"ballot": data.draw(ballots(data.draw(st.sampled_from(self.votes()))))}
        self.do(act, actor, vote=vote.vote, **more)

    @precondition(lambda self: self.votes(ballot="secret"))
    @rule(
        data=st.data(), actor=actors, how=st.sampled_from(("again", "other token", "other vote", "by name", "forged"))
    )
    def cheat_with_a_token(self, data: st.DataObject, actor: str, how: str) -> None:
        vote = data.draw(st.sampled_from(self.votes(ballot="secret")))
        ballot, other = data.draw(ballots(vote)), data.draw(st.sampled_from(self.votes()))
        device = self.devices.get((vote.vote, actor))
        spent = len(self.state.votes[vote.vote].spent)
        if how == "other token":
            blinded = Device(self.federation, vote.vote, actor, "second").blinded.message.hex()
            self.do("draw_token", actor, vote=vote.vote, blinded=blinded)
        if device is None or not device.signature:
            return
        asked = device.cast_data(ballot)
        if how == "again":
            self.do("cast_secret", TOKEN_HOLDER, **asked)
        elif how == "other vote" and other.vote != vote.vote:
            assert self.do("cast_secret", TOKEN_HOLDER, **{**asked, "vote": other.vote}) is None
        elif how == "by name":
            self.do("cast_secret", actor, **asked)
        elif how == "forged":
            false = {**asked, "token": "11" * 64}
            assert self.do("cast_secret", TOKEN_HOLDER, **false) is None
            assert len(self.state.votes[vote.vote].spent) == spent

    def draw(self, vote: Vote, voter: str) -> None:
        if (vote.vote, voter) in self.devices:
            return
        device = Device(self.federation, vote.vote, voter)
        entry = self.do("draw_token", voter, vote=vote.vote, blinded=device.blinded.message.hex())
        if entry is not None:
            answer = bytes.fromhex(entry.body["blind_signature"])
            device.signature = finalize(device.public, device.prepared, answer, device.blinded)
            self.devices[vote.vote, voter] = device

    def cast_secret(self, vote: Vote, voter: str, ballot: dict[str, Any]) -> None:
        device = self.devices.get((vote.vote, voter))
        if device is None:
            return
        first, second = (self.do("cast_secret", TOKEN_HOLDER, **device.cast_data(ballot)) for _ in range(2))
        assert first == second, "the same cast sent twice is one entry"
        if first is not None:
            text = str(dict(first.body)) + first.actor
            assert voter not in text.split("'"), "a secret cast names nobody"

    @precondition(lambda self: self.votes())
    @rule(data=st.data(), actor=actors, judge=actors, upheld=st.booleans())
    def contest(self, data: st.DataObject, actor: str, judge: str, upheld: bool) -> None:
        vote = data.draw(st.sampled_from(self.votes()))
        who = vote.frozen.electorate[0] if upheld and vote.frozen.electorate else actor
        for by in (who, *vote.frozen.electorate[1:2]):
            self.do("contest_vote", by, vote=vote.vote, reasons="The box stood open.")
        about = {"vote": vote.vote, "person": who, "upheld": upheld, "reasons": "It is as it is."}
        for decides in (judge, *sorted({seat.person for row in self.state.seats.values() for seat in row})):
            if self.do("decide_contest", decides, **about):
                break

    @rule(data=st.data(), actor=actors)
    def open_motion(self, data: st.DataObject, actor: str) -> None:
        place = data.draw(st.sampled_from(("", "N", "S", "W1")))
        kind = "region-motion" if place else "motion"
        sitting = [s.person for s in self.state.seats.get(f"region:{place}" if place else "congress", ())]
        opener = data.draw(st.sampled_from([*sitting, actor]))
        self.do("open_vote", opener, decision=kind, place=place, question="Build the bridge")


def ballots(vote: Vote, *, kindly: bool = False) -> st.SearchStrategy[dict[str, Any]]:
    """Ballots that fit a vote; those that carry what is asked, where they are kindly."""
    candidates = list(vote.frozen.candidates)
    if vote.frozen.subject == "election":
        orders = st.lists(st.sampled_from(candidates), min_size=1, unique=True)
        return orders.map(lambda order: {"form": "ranked", "ranks": [[one] for one in order]})
    choices = st.sampled_from(("yes",) if kindly else ("yes", "no", "abstain"))
    return choices.map(lambda choice: {"form": "choice", "choice": choice})


def commitment() -> str:
    """What the opener of a lot is committed to."""
    return commitment_to(LINE)


def chosen(data: st.DataObject, things: Iterator[Any]) -> Any:
    """Return one of some things; nothing where there is none."""
    known = list(things)
    return data.draw(st.sampled_from(known)) if known else None
