"""The record on both databases: what goes in comes out, together or not at all."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from newcourse.databases.opening import engine_for
from newcourse.errors import BadInput, NewCourseError
from newcourse.record.artefact import Artefact
from newcourse.record.entry import GENESIS, seal
from newcourse.record.store import Record, open_record
from newcourse.record.verify import Head
from tests.record.facts import NOON, codes, fill


@pytest.fixture
def record(database_url: str) -> Iterator[Record]:
    with open_record(database_url) as opened:
        yield opened


def test_a_new_record_is_empty_and_sound(record: Record) -> None:
    assert record.head() == Head(0, GENESIS)
    assert list(record.entries()) == []
    assert record.verify().ok


def test_facts_come_back_in_order_and_later(record: Record, database_url: str) -> None:
    first = record.append("need-filed", "anna", {"need": "bröd", "much": 0.1, "nul": "\0"}, NOON)
    second = record.append("need-filed", "bert", {"need": "rye"}, NOON - timedelta(days=1))
    with open_record(database_url) as again:
        assert list(again.entries()) == [first, second]
        assert list(again.entries(since=1)) == [second]
        assert list(again.entries(since=2)) == []
        assert again.head() == Head(2, second.hash)
        assert again.verify().ok
    assert first.body == {"need": "bröd", "much": 0.1, "nul": "\0"}


def test_entries_are_read_in_batches_while_others_append(record: Record) -> None:
    sealed = fill(record, 2500)
    reading = record.entries()
    read = [next(reading)]
    late = record.append("need-filed", "anna", {}, NOON)
    assert [*read, *reading] == [*sealed, late]


def test_reading_beyond_the_end_is_refused(record: Record) -> None:
    fill(record, 2)
    for since in (3, -1):
        with pytest.raises(BadInput, match="since-beyond-end"):
            next(record.entries(since=since))


def test_of_a_transaction_that_fails_nothing_remains(record: Record) -> None:
    kept = record.append("need-filed", "anna", {}, NOON)
    address = Artefact("note", "text/plain", b"lost").address

    def fail() -> None:
        with record.transaction() as draft:
            draft.append("need-filed", "bert", {}, NOON)
            assert draft.keep("note", "text/plain", b"lost") == address
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(record.entries()) == [kept]
    assert record.head() == Head(1, kept.hash)
    with pytest.raises(BadInput, match="artefact-unknown"):
        record.fetch(address)
    assert record.append("need-filed", "bert", {}, NOON).previous == kept.hash


def test_a_draft_sees_the_record_with_what_it_added(record: Record) -> None:
    before = record.append("need-filed", "anna", {}, NOON)
    with record.transaction() as draft:
        assert draft.head == Head(1, before.hash)
        address = draft.keep("note", "text/plain", b"seen")
        entry = draft.append("noted", "bert", {"note": address}, NOON)
        assert list(draft.entries()) == [before, entry]
        assert list(draft.entries(since=1)) == [entry]
        assert draft.head == Head(2, entry.hash)
        assert draft.fetch(address) == Artefact("note", "text/plain", b"seen")
        assert record.head() == Head(1, before.hash), "others see nothing before the end"
    assert record.head() == Head(2, entry.hash)


def test_a_fact_that_was_refused_leaves_the_transaction_usable(record: Record) -> None:
    with record.transaction() as draft:
        with pytest.raises(BadInput):
            draft.append("", "anna", {}, NOON)
        draft.append("need-filed", "anna", {}, NOON)
    assert record.head().count == 1
    assert record.verify().ok


def test_a_draft_ends_with_its_transaction(record: Record) -> None:
    with record.transaction() as draft:
        pass
    for late in (
        lambda: draft.append("need-filed", "anna", {}, NOON),
        lambda: draft.keep("note", "text/plain", b""),
        lambda: draft.fetch("sha256:" + GENESIS),
        draft.entries,
    ):
        with pytest.raises(RuntimeError, match="closed"):
            late()


def test_a_transaction_within_a_transaction_is_refused_at_once(record: Record) -> None:
    with record.transaction(), pytest.raises(RuntimeError, match="use its draft"):
        record.append("need-filed", "anna", {}, NOON)
    record.append("need-filed", "anna", {}, NOON)


def test_an_entry_sealed_elsewhere_must_follow(record: Record) -> None:
    with record.transaction() as draft:
        with pytest.raises(BadInput, match="does-not-follow"):
            draft.add(seal(2, NOON, "anna", "need-filed", {}, GENESIS))
        with pytest.raises(BadInput, match="does-not-follow"):
            draft.add(seal(1, NOON, "anna", "need-filed", {}, "1" * 64))
        draft.add(seal(1, NOON, "anna", "need-filed", {}, GENESIS))
    assert record.verify().ok


def test_threads_append_one_after_another(record: Record) -> None:
    def work(name: str) -> None:
        for number in range(10):
            record.append("need-filed", name, {"number": number}, NOON)

    threads = [threading.Thread(target=work, args=(f"member-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert record.head().count == 40
    assert record.verify().ok


@pytest.mark.parametrize("content", [b"", b"short", b"long " * 10_000, bytes(range(256))])
def test_artefacts_come_back_under_the_hash_of_their_content(record: Record, content: bytes) -> None:
    address = record.keep("economy", "application/json", content)
    assert record.keep("economy", "application/json", content) == address
    assert record.fetch(address) == Artefact("economy", "application/json", content)
    assert record.addresses() == [address]
    assert record.verify().ok


def test_one_content_has_one_label(record: Record) -> None:
    record.keep("economy", "application/json", b"{}")
    with pytest.raises(BadInput, match="artefact-relabelled"):
        record.keep("plan", "application/json", b"{}")
    with pytest.raises(BadInput) as caught:
        record.keep("", "\n", b"")
    assert [fault.where for fault in caught.value.faults] == ["artefact, kind", "artefact, media_type"]


def test_what_is_cited_must_be_kept(record: Record) -> None:
    strange = "sha256:" + "1" * 64
    with pytest.raises(BadInput, match="artefact-unknown"):
        record.append("plan-adopted", "anna", {"plans": [{strange: 1}]}, NOON)
    plan = record.keep("plan", "application/json", b"{}")
    entry = record.append("plan-adopted", "anna", {"plans": [{plan: 1}], "seed": "1" * 64}, NOON)
    assert record.head() == Head(1, entry.hash)


@pytest.mark.parametrize("address", ["", "1" * 64, "sha256:" + "1" * 64, "sha256:" + "A" * 64])
def test_an_unknown_address_is_refused(record: Record, address: str) -> None:
    with pytest.raises(BadInput, match="artefact-unknown"):
        record.fetch(address)


def test_a_witness_holds_the_record_to_its_word(record: Record) -> None:
    fill(record, 3)
    noted = record.head()
    fill(record, 3)
    assert record.verify([noted]).ok
    assert codes(record.verify([Head(3, "1" * 64)])) == {"witness-contradicted"}


def test_a_thousand_facts_take_less_than_a_moment(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.sqlite") as record:
        started = time.process_time()
        fill(record, 1000)
        assert time.process_time() - started < 2.0, "far above what it takes, so that only a change of order fails"


def test_a_path_is_an_sqlite_file_that_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "åäö 100%.sqlite"
    for where in (path, str(path)):
        with open_record(where) as record:
            record.append("need-filed", "anna", {}, NOON)
    with open_record(f"sqlite:///{path}") as record:
        assert record.head().count == 2
    with engine_for(path).connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    connection.engine.dispose()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.parametrize("where", ["mysql://root:secret@host/name", "no thing://", "sqlite+aiosqlite:///x"])
def test_other_databases_are_refused_without_showing_a_password(where: str) -> None:
    with pytest.raises(BadInput, match="database-unknown") as caught:
        open_record(where)
    assert "secret" not in str(caught.value)


def test_a_database_that_does_not_answer_is_said_so(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    for where in (tmp_path / "no folder" / "record.sqlite", f"postgresql://anna:secret@/x?host={tmp_path}"):
        with pytest.raises(NewCourseError, match="record-unavailable") as caught:
            open_record(where)
        assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear council, " * 100)
    with pytest.raises(NewCourseError, match="record-unavailable"):
        open_record(path)
    assert path.read_text() == "Dear council, " * 100
