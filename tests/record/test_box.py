"""The ballot box and the vault: what goes in stays as it is, one token one cast, and secrets can be erased."""

from collections.abc import Iterator

import pytest

from newcourse.errors import BadInput
from newcourse.record.canonical import canonical_json, digest
from newcourse.record.draft import Draft
from newcourse.record.exchange import export_record, import_record
from newcourse.record.store import Record, open_record
from tests.record.facts import NOON, TOKENS, cast_secret, codes, fill

FIRST, SECOND, THIRD = TOKENS[:3]


@pytest.fixture
def record(database_url: str) -> Iterator[Record]:
    with open_record(database_url) as opened:
        yield opened


def test_casts_come_back_by_vote_sorted_by_token(record: Record) -> None:
    with record.transaction() as draft:
        contents = {token: cast_secret(draft, "V7", token) for token in (SECOND, FIRST)}
        cast_secret(draft, "V8", THIRD)
        assert draft.deposited("V7") == contents
    assert list(record.deposited("V7").items()) == sorted(contents.items())
    assert list(record.deposited("V8")) == [THIRD]
    assert record.deposited("V9") == {}
    assert record.verify().ok


def test_the_same_cast_counts_once_and_another_under_its_token_is_refused(record: Record) -> None:
    def deposit(draft: Draft, vote: str = "V7", content: bytes = b"{}") -> bool:
        return draft.deposit(vote, FIRST, content)

    with record.transaction() as draft:
        assert deposit(draft)
        assert not deposit(draft)
        for changed in ({"content": b"{} "}, {"vote": "V8"}):
            with pytest.raises(BadInput, match="token-spent"):
                deposit(draft, **changed)
    with record.transaction() as draft:
        assert not deposit(draft)
    assert record.deposited("V7") == {FIRST: b"{}"}


@pytest.mark.parametrize(("vote", "token"), [("", FIRST), ("V7", ""), ("V7", FIRST.upper()), ("V7", "raw token")])
def test_only_the_hash_of_a_token_is_taken(record: Record, vote: str, token: str) -> None:
    with record.transaction() as draft, pytest.raises(BadInput, match=r"token-malformed|label-malformed"):
        draft.deposit(vote, token, b"{}")


def test_a_cast_without_an_entry_and_an_entry_without_its_cast_are_named(record: Record) -> None:
    with record.transaction() as draft:
        draft.deposit("V7", FIRST, b"{}")
    assert codes(record.verify()) == {"cast-added"}
    commitment = digest(b"nothing")
    record.append("cast_secret", "token holder", {"vote": "V7", "token": SECOND, "commitment": commitment}, NOON)
    assert codes(record.verify()) == {"cast-added", "cast-removed"}
    record.append("cast_secret", "token holder", {"vote": "V7", "token": FIRST, "commitment": commitment}, NOON)
    assert codes(record.verify()) == {"cast-changed", "cast-removed"}


def test_what_is_published_need_not_lie_in_the_box_of_a_copy(record: Record, tmp_path: object) -> None:
    with record.transaction() as draft:
        cast_secret(draft, "V7", FIRST)
    with open_record(f"sqlite:///{tmp_path}/copy.sqlite") as copy:
        export_record(record, tmp_path / "a.jsonl", tmp_path / "a")
        import_record(copy, tmp_path / "a.jsonl", tmp_path / "a")
        assert codes(copy.verify()) == {"cast-removed"}, "whoever copies an open secret vote loses its ballots"
        published = canonical_json({"vote": "V7", "ballots": []})
        copy.append("close_vote", "anna", {"ballots": copy.keep("ballots", "application/json", published)}, NOON)
        assert copy.verify().ok


def test_secrets_are_kept_once_and_erased_for_ever(record: Record) -> None:
    with record.transaction() as draft:
        draft.keep_secret("vote:V7", b"key")
        draft.keep_secret("vote:V7", b"key")
        assert draft.secret("vote:V7") == b"key"
        with pytest.raises(BadInput, match="secret-kept"):
            draft.keep_secret("vote:V7", b"other")
        with pytest.raises(BadInput, match="label-malformed"):
            draft.keep_secret("", b"key")
    assert record.secret("vote:V7") == b"key"
    with record.transaction() as draft:
        assert draft.erase_secret("vote:V7")
        assert not draft.erase_secret("vote:V7")
    with pytest.raises(BadInput, match="secret-unknown"):
        record.secret("vote:V7")
    assert record.verify().ok


def test_an_erased_secret_is_not_left_in_the_file(tmp_path: object) -> None:
    path = tmp_path / "record.sqlite"
    with open_record(path) as record, record.transaction() as draft:
        draft.keep_secret("vote:V7", b"the key nobody may find again")
    with open_record(path) as record, record.transaction() as draft:
        draft.erase_secret("vote:V7")
    assert not any(b"nobody may find" in file.read_bytes() for file in tmp_path.iterdir())


def test_no_export_shows_a_secret_or_what_is_still_in_the_box(record: Record, tmp_path: object) -> None:
    fill(record, 1)
    with record.transaction() as draft:
        draft.keep_secret("vote:V7", b"the key")
        cast_secret(draft, "V7", FIRST)
    record.checkpoint(NOON)
    export_record(record, tmp_path / "a.jsonl", tmp_path / "artefacts")
    shown = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.suffix == ".jsonl")
    assert b"the key" not in shown
    assert b"salt" not in shown
    assert FIRST.encode() in shown, "that a token was spent is public"
