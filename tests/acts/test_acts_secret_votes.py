"""Secret votes: one token each, cast without a name, nothing known before the close (design §8.3)."""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.council.default_statutes import default_data
from newcourse.council.freeze import roll_root
from newcourse.council.secrecy import TOKEN_HOLDER, commitment_of, token_hash
from newcourse.errors import BadInput, NewCourseError, NotAllowed, Tampered
from newcourse.record.canonical import canonical_json, read_json
from newcourse.record.store import open_record
from newcourse.tokens.holder import finalize
from newcourse.tokens.signer import blind_sign
from newcourse.tokens.verifying import verify
from newcourse.vote.ballot import AllocationBallot, ChoiceBallot
from newcourse.vote.profile import Profile
from newcourse.vote.rule import count
from tests.acts.commune import VOTE, decided, founded, statutes_with
from tests.acts.secret_votes import BALLOTS, END, SIX, Device, secret_federation

Stage = Callable[[str], Federation]
AFTER = END + VOTE
OTHER = AllocationBallot({"food": 100}).to_data()


def refused(federation: Federation, act: str, actor: str, at: Any = END, **what: Any) -> str:
    """The code of the refusal; nothing may have been written."""
    before = federation.head
    with pytest.raises(NewCourseError) as caught:
        federation.perform(act, actor=actor, at=at, **what)
    assert federation.head == before
    return caught.value.faults[0].code


def test_a_secret_vote_decides_as_an_open_one_and_every_entry_was_lawful(secret_vote: Stage) -> None:
    federation = secret_vote("cast")
    entry = decided(federation, "V1", END)
    assert entry.body["ballots"] == 6
    assert federation.cycle().weights == entry.body["result"]["shares"]
    ballots = [AllocationBallot.from_data(ballot) for ballot in BALLOTS.values()]
    openly = count("independent-markets", {}, Profile.of("allocation", ("food", "travel"), ballots))
    assert openly.result.to_data() == entry.body["result"]
    assert federation.verify().faults == ()


def test_published_ballots_are_those_that_were_cast_under_tokens_that_name_nobody(secret_vote: Stage) -> None:
    federation = secret_vote("cast")
    federation.perform("close_vote", actor="eva", at=END, vote="V1")
    rows, vote = federation.ballots("V1"), federation.vote("V1")
    assert sorted(map(canonical_json, (row["ballot"] for row in rows))) == sorted(map(canonical_json, BALLOTS.values()))
    assert set(rows[0]) == {"token", "signature", "ballot", "salt"}
    tokens = [token_hash(bytes.fromhex(row["token"])) for row in rows]
    assert tokens == sorted(tokens)
    assert set(tokens) == set(vote.spent)
    for token, row in zip(tokens, rows, strict=True):
        assert commitment_of(row["ballot"], row["salt"]) == vote.spent[token].commitment
        assert verify(b64decode(vote.frozen.token_key), bytes.fromhex(row["token"]), bytes.fromhex(row["signature"]))
    assert not any(f'"{member}"' in canonical_json(rows).decode() for member in SIX)


def test_anybody_can_count_again_from_the_trace(secret_vote: Stage) -> None:
    federation = secret_vote("cast")
    decided(federation, "V1", END)
    trace = federation.trace("V1")
    read = [AllocationBallot.from_data(row["ballot"]) for row in trace["ballots"]]
    profile = Profile.of("allocation", tuple(trace["frozen"]["candidates"]), read)
    assert count(trace["frozen"]["rule"], trace["frozen"]["options"], profile).to_data() == trace["outcome"]
    assert trace["frozen"]["electorate"] == {"size": 6, "root": roll_root(SIX)}


def test_before_the_close_nothing_tells_how_anybody_voted(secret_vote: Stage) -> None:
    federation = secret_vote("cast")
    seen = [repr(federation.state), repr(federation.vote("V1"))]
    seen += [entry.content for entry in federation.entries()]
    seen += [federation.record.fetch(address).content.decode() for address in federation.record.addresses()[:3]]
    seen += [str(federation.vote("V1").frozen.to_data())]
    with pytest.raises(BadInput, match="vote-open") as no_trace:
        federation.trace("V1")
    with pytest.raises(BadInput, match="vote-open") as no_ballots:
        federation.ballots("V1")
    seen += [str(no_trace.value), str(no_ballots.value)]
    for ballot in BALLOTS.values():
        points = ballot["points"]["food"]
        assert not any(canonical_json(ballot).decode() in text or f"food': {points}" in text for text in seen)
    casts = [entry for entry in federation.entries() if entry.act == "cast_secret"]
    assert {entry.actor for entry in casts} == {TOKEN_HOLDER}
    assert all(set(entry.body) == {"vote", "token", "commitment"} for entry in casts)


def test_a_token_is_drawn_once_and_its_answer_given_again(secret_vote: Stage) -> None:
    federation = secret_vote("opened")
    device = Device(federation, "V1", "ben")
    entry = device.draw()
    assert entry.actor == "ben"
    assert device.draw(at=END + timedelta(days=1)) == entry
    assert device.draw(key="again") == entry
    assert device.draw(at=AFTER + timedelta(days=3)) == entry
    other = Device(federation, "V1", "ben", seed="other").blinded.message.hex()
    assert refused(federation, "draw_token", "ben", vote="V1", blinded=other) == "token-drawn"


@pytest.mark.parametrize(
    ("actor", "at", "blinded", "code"),
    [
        ("zoe", END, "00" * 256, "no-authority"),
        ("ada", AFTER + timedelta(seconds=1), "00" * 256, "ballot-late"),
        ("ada", END, "00", "blinded-wrong"),
        ("ada", END, "ZZ" * 256, "blinded-wrong"),
        ("ada", END, "AA" * 256, "blinded-wrong"),
        ("ada", END, 7, "blinded-wrong"),
        ("ada", END, "ff" * 256, "blinded-range"),
    ],
)
def test_tokens_are_refused(secret_vote: Stage, actor: str, at: Any, blinded: Any, code: str) -> None:
    assert refused(secret_vote("opened"), "draw_token", actor, at, vote="V1", blinded=blinded) == code


def test_who_joined_later_draws_no_token(secret_vote: Stage) -> None:
    federation = secret_vote("opened")
    federation.perform("join", actor="ada", at=END, place="N", person="zoe")
    blinded = Device(federation, "V1", "zoe").blinded.message.hex()
    assert refused(federation, "draw_token", "zoe", vote="V1", blinded=blinded) == "not-entitled"


def test_a_cast_sent_again_is_the_same_entry_and_another_one_is_refused(secret_vote: Stage) -> None:
    federation = secret_vote("opened")
    device = Device(federation, "V1", "ben")
    device.draw()
    entry, head = device.cast(BALLOTS["ben"]), federation.head
    assert device.cast(BALLOTS["ben"]) == entry
    assert device.cast(BALLOTS["ben"], at=AFTER + timedelta(days=9)) == entry
    assert device.cast(AllocationBallot.from_data(BALLOTS["ben"])) == entry
    keyed = federation.perform("cast_secret", actor=TOKEN_HOLDER, at=END, key="k", **device.cast_data(BALLOTS["ben"]))
    assert keyed == entry
    assert federation.head == head
    assert refused(federation, "cast_secret", TOKEN_HOLDER, **device.cast_data(OTHER)) == "token-spent"
    salted = device.cast_data(BALLOTS["ben"]) | {"salt": "00" * 16}
    assert refused(federation, "cast_secret", TOKEN_HOLDER, **salted) == "token-spent"
    assert federation.vote("V1").cast == 1


def test_tokens_that_nobody_drew_are_found(secret_vote: Stage) -> None:
    federation = secret_vote("opened")
    made = Device(federation, "V1", "eva")
    signed = blind_sign(federation.record.secret("vote:V1"), made.blinded.message)  # by whoever reads the vault
    made.signature = finalize(made.public, made.prepared, signed, made.blinded)
    made.cast(BALLOTS["eva"])
    decided(federation, "V1", AFTER)
    assert [fault.code for fault in federation.verify().faults] == ["tokens-many"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"token": "00" * 64}, "token-false"),
        ({"signature": "00" * 256}, "token-false"),
        ({"signature": ""}, "token-false"),
        ({"token": "00" * 63}, "token-wrong"),
        ({"token": "xy" * 64}, "token-wrong"),
        ({"token": ["00"]}, "token-wrong"),
        ({"signature": "no"}, "signature-wrong"),
        ({"salt": "00" * 15}, "salt-wrong"),
        ({"salt": "00" * 33}, "salt-wrong"),
        ({"salt": "0 " * 16}, "salt-wrong"),
        ({"ballot": ChoiceBallot("yes").to_data()}, "form-mixed"),
        ({"ballot": AllocationBallot({"tanks": 100}).to_data()}, "candidate-unknown"),
        ({"ballot": "food"}, "ballot-malformed"),
    ],
)
def test_false_tokens_and_unfit_ballots_are_refused(secret_vote: Stage, changed: dict[str, Any], code: str) -> None:
    federation = secret_vote("opened")
    device = Device(federation, "V1", "ben")
    device.draw()
    cast = device.cast_data(BALLOTS["ben"]) | changed
    assert refused(federation, "cast_secret", TOKEN_HOLDER, **cast) == code
    assert federation.record.deposited("V1") == {}


def test_secret_ballots_are_cast_without_a_name_in_time_and_in_no_other_way(secret_vote: Stage) -> None:
    federation = secret_vote("opened")
    device = Device(federation, "V1", "ben")
    device.draw()
    cast = device.cast_data(BALLOTS["ben"])
    assert refused(federation, "cast_secret", "ben", **cast) == "actor-named"
    assert refused(federation, "cast_secret", TOKEN_HOLDER, AFTER + timedelta(seconds=1), **cast) == "ballot-late"
    assert refused(federation, "cast", "ben", vote="V1", ballot=BALLOTS["ben"]) == "ballot-kind"
    assert refused(federation, "cast_secret", TOKEN_HOLDER, **cast | {"vote": "V9"}) == "vote-unknown"


def test_a_token_of_one_vote_is_none_in_another(secret_vote: Stage) -> None:
    federation = secret_vote("opened")
    device = Device(federation, "V1", "ben")
    device.draw()
    decided(federation, "V1", AFTER)
    federation.perform("open_vote", actor="ada", at=AFTER, decision="weights")
    cast = device.cast_data(BALLOTS["ben"]) | {"vote": "V2"}
    assert refused(federation, "cast_secret", TOKEN_HOLDER, AFTER, **cast) == "token-false"


def test_the_key_of_the_tokens_is_kept_apart_and_erased_at_the_close(secret_vote: Stage) -> None:
    federation = secret_vote("cast")
    key = federation.record.secret("vote:V1")
    assert not any(key.hex() in entry.content for entry in federation.entries())
    federation.perform("close_vote", actor="eva", at=END, vote="V1")
    with pytest.raises(BadInput, match="secret-unknown"):
        federation.record.secret("vote:V1")


def test_a_vote_with_drawn_tokens_outstanding_is_not_closed_early(secret_vote: Stage) -> None:
    federation = secret_vote("opened")
    Device(federation, "V1", "ben").draw()
    assert refused(federation, "close_vote", "ada", vote="V1") == "vote-running"


@pytest.mark.parametrize("spoil", ["delete", "change", "add"])
def test_a_box_that_was_meddled_with_is_not_published(
    secret_vote: Stage, spoil: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    federation = secret_vote("cast")
    kept = federation.record.deposited("V1")
    token, content = next(iter(kept.items()))
    other = canonical_json({**read_json(content.decode()), "ballot": OTHER})
    spoilt = {
        "delete": {name: cast for name, cast in kept.items() if name != token},
        "change": kept | {token: other},
        "add": kept | {"00" * 32: other},
    }[spoil]
    monkeypatch.setattr(federation.record, "deposited", lambda _vote: spoilt)
    with pytest.raises(Tampered, match="box-"):
        federation.perform("close_vote", actor="eva", at=END, vote="V1")
    assert federation.vote("V1").open


def test_too_few_for_secrecy_vote_on_paper_or_not_at_all() -> None:
    few = {"ada": "N", "ben": "N", "dan": "S"}
    with open_record("sqlite://") as record:
        federation = secret_federation(record, few)
        federation.perform("open_vote", actor="ada", at=END, decision="weights")
        assert federation.vote("V1").frozen.ballot == "paper"
        assert federation.vote("V1").frozen.token_key == ""
        assert federation.verify().faults == ()
    with open_record("sqlite://") as record:
        federation = founded(record, members=few, statutes=statutes_with("secret", below="refuse"))
        federation.perform("open_cycle", actor="ada", at=END - timedelta(days=30))
        before = federation.head
        with pytest.raises(NotAllowed, match="electorate-small") as caught:
            federation.perform("open_vote", actor="ada", at=END, decision="weights")
        assert "place above" in str(caught.value)
        assert "paper" in str(caught.value)
        assert federation.head == before


def test_the_default_statutes_have_members_vote_secretly_and_delegates_openly() -> None:
    decisions = [row for article in default_data()["articles"] for row in article.get("decisions", ())]
    for row in decisions:
        openly = row.get("electorate") == "delegates"
        assert row.get("ballot", "open") == ("open" if openly else "secret"), row


def test_what_a_state_holds_of_a_cast_is_the_commitment_alone(secret_vote: Stage) -> None:
    vote = secret_vote("cast").vote("V1")
    assert len(vote.ballots) == 0
    assert replace(vote, spent=type(vote.spent)()).cast == 0
    assert all(len(spent.commitment) == 64 for spent in vote.spent.values())
