"""Many acts in one transaction are the same as one after another (design §3)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newcourse.acts import batch
from newcourse.acts.ask import Ask
from newcourse.acts.batch import perform_many
from newcourse.acts.federation import Federation
from newcourse.council.secrecy import TOKEN_HOLDER
from newcourse.errors import BadInput, Fault, NewCourseError, NotAllowed
from newcourse.record.entry import Entry
from newcourse.record.store import open_record
from newcourse.vote.ballot import AllocationBallot
from tests.acts.commune import CALL, START, copied
from tests.acts.secret_votes import BALLOTS, Device

Until = Callable[..., Federation]
Stage = Callable[[str], Federation]
END = START + CALL
HALF = AllocationBallot({"food": 50, "travel": 50})
ALL = AllocationBallot({"food": 100})


def one_by_one(federation: Federation, asks: list[Ask]) -> list[Any]:
    answers: list[Any] = []
    for ask in asks:
        try:
            answers.append(federation.perform(ask.act, actor=ask.actor, at=ask.at, key=ask.key, **ask.what))
        except NewCourseError as error:
            answers.append(error)
    return answers


def plain(answers: list[Any]) -> list[Any]:
    return [one if isinstance(one, Entry) else (type(one), one.faults) for one in answers]


ASKS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("cast", "ada", {"vote": "V1", "ballot": HALF}),
    ("cast", "ben", {"vote": "V1", "ballot": ALL}),
    ("cast", "cyd", {"vote": "V1", "ballot": "food"}),
    ("cast", "zoe", {"vote": "V1", "ballot": HALF}),
    ("cast", "ada", {"vote": "V2", "ballot": {"form": "choice", "choice": "yes"}}),
    ("join", "ada", {"place": "N", "person": "zoe"}),
    ("join", "zoe", {"place": "N", "person": "yan"}),
    ("open_vote", "ada", {"decision": "motion", "question": "Adjourn?"}),
    ("extend_vote", "dan", {"vote": "V1", "days": 1, "reason": "No light."}),
    ("close_vote", "ada", {"vote": "V1"}),
    ("count_vote", "ada", {"vote": "V1"}),
    ("contest_vote", "ben", {"vote": "V1", "reasons": "Odd."}),
    ("abolish", "ada", {}),
    ("cast", "ada", {"vote": "V1"}),
)
asks = st.lists(
    st.builds(
        lambda row, days, key: Ask(row[0], row[1], END + timedelta(days=days), row[2], key),
        st.sampled_from(ASKS),
        st.sampled_from((0, 0, 0, 1, 15)),
        st.sampled_from(("", "", "first", "second")),
    ),
    max_size=14,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(asks=asks)
def test_a_batch_is_the_same_as_one_after_another(turn: Federation, asks: list[Ask]) -> None:
    with open_record("sqlite://") as one, open_record("sqlite://") as many:
        alone, together = copied(turn, one, "cast"), copied(turn, many, "cast")
        expected = one_by_one(alone, asks)
        assert plain(perform_many(many, asks)) == plain(expected)
        assert [*together.entries()] == [*alone.entries()]
        assert set(many.addresses()) == set(one.addresses())
        assert together.state == alone.state
        assert together.verify().faults == ()


def test_who_is_refused_is_refused_alone(until: Until) -> None:
    federation = until("cast")
    answers = perform_many(
        federation.record,
        [
            Ask("cast", "ada", END, {"vote": "V1", "ballot": HALF}),
            Ask("cast", "stranger", END, {"vote": "V1", "ballot": HALF}),
            Ask("cast", "ada", END, {"vote": "V1", "ballot": ALL}),
            Ask("cast", "ben", END, {"vote": "V1", "ballot": ALL}),
        ],
    )
    assert [type(answer) for answer in answers] == [Entry, NotAllowed, NotAllowed, Entry]
    assert dict(federation.vote("V1").ballots) == {"ada": HALF.to_data(), "ben": ALL.to_data()}


def test_a_key_works_within_a_batch(until: Until) -> None:
    federation = until("cast")
    ask = Ask("join", "ada", END, {"place": "N", "person": "zoe"}, "k")
    first, again, other = perform_many(
        federation.record, [ask, ask, Ask("join", "ada", END, {"place": "N", "person": "yan"}, "k")]
    )
    assert first == again
    assert isinstance(other, BadInput)
    assert other.faults[0].code == "key-reused"


def test_nothing_asked_is_nothing_done(until: Until) -> None:
    federation = until("cast")
    head = federation.head
    assert perform_many(federation.record, []) == []
    assert federation.head == head


def test_a_whole_secret_vote_in_two_batches(secret_vote: Stage) -> None:
    federation = secret_vote("opened")
    devices = [Device(federation, "V1", member) for member in BALLOTS]
    draws = [Ask("draw_token", d.member, END, {"vote": "V1", "blinded": d.blinded.message.hex()}) for d in devices]
    answers = perform_many(federation.record, [*draws, *draws])
    assert answers[: len(draws)] == answers[len(draws) :]
    for device in devices:
        device.draw()  # the same answer again
    casts = [Ask("cast_secret", TOKEN_HOLDER, END, d.cast_data(BALLOTS[d.member]), "one key for all") for d in devices]
    answers = perform_many(federation.record, [*casts, casts[0]])
    assert answers[-1] == answers[0]
    assert len({answer.sequence for answer in answers if isinstance(answer, Entry)}) == 6
    assert federation.vote("V1").everybody_voted
    assert len(federation.record.deposited("V1")) == 6
    assert federation.verify().faults == ()


def test_what_cannot_be_written_spoils_nothing(until: Until, monkeypatch: pytest.MonkeyPatch) -> None:
    federation = until("cast")
    real = batch.put

    def fails(draft: Any, written: Any) -> None:
        real(draft, written)
        if written.entry.actor == "ben":
            raise BadInput(Fault("disk-odd", "here", "a fault after writing", "none", "try again"))

    monkeypatch.setattr(batch, "put", fails)
    asks = [Ask("cast", who, END, {"vote": "V1", "ballot": HALF}) for who in ("ada", "ben", "cyd")]
    answers = perform_many(federation.record, asks)
    assert all(isinstance(answer, Entry) for answer in answers)
    assert set(federation.vote("V1").ballots) == {"ada", "ben", "cyd"}
    assert federation.verify().faults == ()


def test_larger_batches_than_one_transaction_should_hold(until: Until, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "MOST_TOGETHER", 2)
    federation = until("cast")
    asks = [Ask("cast", who, END, {"vote": "V1", "ballot": HALF}) for who in ("ada", "ben", "cyd", "dan", "eva")]
    assert len(perform_many(federation.record, asks)) == 5
    assert len(federation.vote("V1").ballots) == 5


def test_a_batch_sees_what_others_wrote_meanwhile(tmp_path: Path, turn: Federation) -> None:
    with open_record(tmp_path / "r.sqlite") as one, open_record(tmp_path / "r.sqlite") as two:
        copied(turn, one, "cast")
        other = Federation(two)
        assert other.vote("V1").open
        perform_many(one, [Ask("cast", "ada", END, {"vote": "V1", "ballot": HALF})])
        second = perform_many(two, [Ask("cast", "ada", END, {"vote": "V1", "ballot": ALL})])
        assert isinstance(second[0], NotAllowed)
        assert Federation(one).state == other.state


def test_what_is_done_together_is_signed_in_the_same_transaction(until: Until) -> None:
    federation = until("cast")
    asks = [Ask("cast", who, END, {"vote": "V1", "ballot": HALF}) for who in ("ada", "ben")]
    entries = [one for one in perform_many(federation.record, asks, END) if isinstance(one, Entry)]
    (mark,) = federation.record.checkpoints()
    assert (len(entries), mark.size, mark.at) == (2, entries[-1].sequence, END)
    (refused,) = perform_many(federation.record, [Ask("cast", "zoe", END, {"vote": "V1", "ballot": HALF})], END)
    assert isinstance(refused, NotAllowed)
    assert federation.record.checkpoints() == (mark,), "nothing new, nothing signed"
