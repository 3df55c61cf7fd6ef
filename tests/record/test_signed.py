"""The record signs itself, witnesses countersign, and anybody can check a receipt."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, text

from newcourse.errors import BadInput, Tampered
from newcourse.record.canonical import canonical_json
from newcourse.record.checkpoint import Checkpoint, Note, origin_of, public_key_of
from newcourse.record.keys import WitnessKey
from newcourse.record.merkle import EMPTY_ROOT, consistent, includes, leaf_hash
from newcourse.record.store import Record, open_record
from newcourse.record.tree import _AT
from tests.record.facts import NOON, by_hand, codes, fill, take_guards_off

RED = WitnessKey("red-list", bytes(range(32)))


@pytest.fixture
def record(database_url: str) -> Iterator[Record]:
    with open_record(database_url) as opened:
        yield opened


def countersign(record: Record, note: str, key: WitnessKey = RED) -> str:
    line = key.sign(Note.from_text(note).text)
    return record.countersign(note, key.name, key.public_key, line.signature).note


def test_the_tree_is_that_over_the_lines_of_the_export(record: Record) -> None:
    assert record.root() == EMPTY_ROOT
    lines = [leaf_hash(canonical_json(entry.to_data())) for entry in fill(record, 37)]
    assert record.root(0) == EMPTY_ROOT
    assert record.root(1) == lines[0]
    for size in (1, 7, 32, 37):
        for index in range(size):
            assert includes(lines[index], index, size, record.inclusion(index + 1, size), record.root(size))
        for first in (0, 1, 5, size):
            if first <= size:
                proof = record.consistency(first, size)
                assert consistent(first, size, proof, record.root(first), record.root(size))
    assert record.inclusion(3) == record.inclusion(3, 37)
    assert record.root() == record.root(37)


def test_the_tree_grows_the_same_in_one_transaction_or_many_and_by_several(record: Record, database_url: str) -> None:
    with open_record(database_url) as other:
        for number in range(1, 12):
            fill(record if number % 3 else other, number)
        assert record.root() == other.root()
    assert record.verify().ok


def test_a_transaction_that_fails_leaves_the_tree_as_it_was(record: Record) -> None:
    fill(record, 3)
    before = record.root()

    def fail() -> None:
        with record.transaction() as draft:
            draft.append("need-filed", "anna", {}, NOON)
            draft.checkpoint(NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert record.root() == before
    assert record.checkpoints() == ()
    fill(record, 2)
    assert record.verify().ok


@pytest.mark.parametrize(("sequence", "size"), [(0, None), (4, None), (3, 2), (1, 4), (-1, 2), (1, -1)])
def test_no_proof_of_what_is_not_there(record: Record, sequence: int, size: int | None) -> None:
    fill(record, 3)
    with pytest.raises(BadInput, match=r"entry-missing|size-unknown"):
        record.inclusion(sequence, size)
    with pytest.raises(BadInput, match="size-unknown"):
        record.consistency(4)


def test_a_checkpoint_says_what_the_record_holds_once_a_size(record: Record) -> None:
    empty = record.checkpoint(NOON)
    assert empty.checkpoint.root == EMPTY_ROOT
    fill(record, 5)
    signed = record.checkpoint(NOON + timedelta(hours=1))
    assert record.checkpoint(NOON + timedelta(hours=2)) == signed
    assert (signed.size, signed.checkpoint.root, signed.at) == (5, record.root(), NOON + timedelta(hours=1))
    assert signed.checkpoint.origin == empty.checkpoint.origin == origin_of(signed.public_key)
    note = Note.from_text(signed.note)
    assert Checkpoint.from_text(note.text) == signed.checkpoint
    assert note.signatures[0].is_by(signed.public_key, note.text)
    assert record.checkpoints() == (empty, signed)
    assert public_key_of(record.secret("log")) == signed.public_key
    with pytest.raises(BadInput, match="time-without-zone"):
        fill(record, 1) and record.checkpoint(NOON.replace(tzinfo=None))
    assert record.verify(notes=[empty.note, signed.note]).ok


def test_the_log_is_signed_with_one_key_or_not_at_all(record: Record) -> None:
    record.checkpoint(NOON)
    fill(record, 1)
    with record.transaction() as draft:
        assert draft.erase_secret("log")
    with pytest.raises(Tampered, match="log-key-differs"):
        record.checkpoint(NOON)
    with record.transaction() as draft:
        draft.keep_secret("log", bytes(32))
    with pytest.raises(Tampered, match="log-key-differs"):
        record.checkpoint(NOON)
    assert codes(record.verify()) == {"log-key-differs"}


def test_a_witness_adds_its_line(record: Record) -> None:
    fill(record, 3)
    signed = record.checkpoint(NOON)
    note = countersign(record, signed.note)
    assert note == f"{signed.note}{RED.sign(Note.from_text(signed.note).text)}\n"
    assert countersign(record, note) == note, "once however often"
    fill(record, 2)
    assert record.checkpoints()[0].note == note
    assert record.witnesses() == {"red-list": RED.public_key}
    assert record.receipt(2)["checkpoint"] == note
    assert record.verify(notes=[note]).ok


def test_what_no_witness_may_sign(record: Record) -> None:
    fill(record, 3)
    signed = record.checkpoint(NOON)
    body = Note.from_text(signed.note)
    good = RED.sign(body.text).signature
    other = WitnessKey("red-list", bytes(32))
    log = WitnessKey(signed.checkpoint.origin, bytes(32))
    with pytest.raises(BadInput, match="does not verify"):
        record.countersign(signed.note, "red-list", RED.public_key, good[:-1] + b"x")
    with pytest.raises(BadInput, match="does not verify"):
        record.countersign(signed.note, "red-list", other.public_key, good)
    with pytest.raises(BadInput, match="witness-refused"):
        record.countersign(signed.note, "red list", RED.public_key, good)
    with pytest.raises(BadInput, match="witness-refused"):
        countersign(record, signed.note, log)
    countersign(record, signed.note)
    with pytest.raises(BadInput, match="another key"):
        countersign(record, signed.note, other)
    with pytest.raises(BadInput, match="note-malformed"):
        record.countersign("no note", "red-list", RED.public_key, good)
    assert record.verify().ok


def test_a_note_that_the_record_does_not_hold_is_refused(record: Record, tmp_path: object) -> None:
    """A split view: the same log showed somebody else another history."""
    fill(record, 3)
    signed = record.checkpoint(NOON)
    with open_record(f"sqlite:///{tmp_path}/other.sqlite") as other:
        other.append("need-filed", "eve", {}, NOON)
        fill(other, 3)
        with other.transaction() as draft:
            draft.keep_secret("log", record.secret("log"))
        shown = other.checkpoint(NOON)
        with pytest.raises(BadInput, match="size-unknown"):
            countersign(record, shown.note)
        fill(record, 2)
        with pytest.raises(BadInput, match="checkpoint-unknown"):
            countersign(record, shown.note)
        with pytest.raises(BadInput, match="checkpoint-unknown"):
            countersign(other, signed.note)
    lie = Checkpoint(signed.checkpoint.origin, 3, bytes(32))
    with pytest.raises(BadInput, match="checkpoint-contradicted"):
        countersign(record, str(Note(lie.text, (RED.sign(lie.text),))))
    assert codes(record.verify(notes=[shown.note])) == {"checkpoint-contradicted"}
    assert codes(record.verify(notes=["no note"])) == {"note-malformed"}


def check_receipt(receipt: dict[str, object], public_key: bytes) -> Checkpoint:
    """What anybody does with a receipt."""
    assert sorted(receipt) == ["checkpoint", "entry", "index", "proof"]
    note = Note.from_text(receipt["checkpoint"])
    assert note.signatures[0].is_by(public_key, note.text)
    signed = Checkpoint.from_text(note.text)
    proof = [bytes.fromhex(hashed) for hashed in receipt["proof"]]
    assert includes(leaf_hash(receipt["entry"].encode()), receipt["index"], signed.size, proof, signed.root)
    return signed


def test_a_receipt_stays_right_and_the_same(record: Record) -> None:
    entries = fill(record, 5)
    with pytest.raises(BadInput, match="checkpoint-missing"):
        record.receipt(3)
    receipt = record.receipt(3, NOON)
    assert receipt["entry"].encode() == canonical_json(entries[2].to_data())
    key = record.checkpoints()[0].public_key
    assert check_receipt(receipt, key).size == 5
    fill(record, 4)
    assert record.receipt(3, NOON) == receipt, "no new checkpoint is needed"
    assert check_receipt(record.receipt(9, NOON), key).size == 9
    for missing in (0, 10):
        with pytest.raises(BadInput, match="entry-missing"):
            record.receipt(missing)


def test_receipts_read_together_are_those_read_alone(record: Record) -> None:
    fill(record, 3)
    record.checkpoint(NOON)
    fill(record, 6)
    wanted = [9, 1, 2, 5, 6, 2]
    together = record.receipts(wanted, NOON)
    assert together == {sequence: record.receipt(sequence) for sequence in wanted}
    assert [mark.size for mark in record.checkpoints()] == [3, 9]
    assert record.receipts([], NOON) == {}
    with pytest.raises(BadInput, match="entry-missing"):
        record.receipts([1, 10])


def test_no_receipt_of_another_entry_where_one_was_removed(record: Record, database_url: str) -> None:
    fill(record, 5)
    record.checkpoint(NOON)
    take_guards_off(database_url)
    with by_hand(database_url) as connection:
        connection.execute(text("DELETE FROM entries WHERE sequence = 3"))
    with pytest.raises(Tampered, match="entry-removed"):
        record.receipts([2, 3])


def test_a_draft_signs_what_it_added(record: Record) -> None:
    with record.transaction() as draft:
        draft.append("need-filed", "anna", {}, NOON)
        signed = draft.checkpoint(NOON)
    assert signed.size == 1
    assert record.checkpoints() == (signed,)
    assert record.verify().ok
    with pytest.raises(RuntimeError, match="closed"):
        draft.checkpoint(NOON)


def test_a_proof_takes_two_questions_and_growing_few_rows(tmp_path: object) -> None:
    """O(log n): the database is asked for the head and once for all nodes, however long the record is."""
    with open_record(f"sqlite:///{tmp_path}/long.sqlite") as record:
        fill(record, 1000)
        asked: list[str] = []

        def noting(*told: object) -> None:
            if told[2] != "BEGIN" and told[2] != "BEGIN IMMEDIATE":
                asked.append(told[2])

        event.listen(record._engine, "before_cursor_execute", noting)
        record.inclusion(300)
        assert len(asked) == 2
        with by_hand(f"sqlite:///{tmp_path}/long.sqlite") as connection:
            steps = connection.execute(text(f"EXPLAIN QUERY PLAN {re.sub(':[a-z]+[0-9]+', '1', str(_AT))}")).all()
        assert steps
        assert not any("SCAN" in step.detail for step in steps), "each node by its key"
        asked.clear()
        record.append("need-filed", "anna", {}, NOON)
        assert len(asked) == 5, "head, last entry, entry, nodes, head"
        with by_hand(f"sqlite:///{tmp_path}/long.sqlite") as connection:
            nodes = connection.execute(text("SELECT count(*) FROM nodes")).scalar_one()
        assert nodes == sum(1001 >> level for level in range(10))


def test_times_are_kept_in_utc(record: Record) -> None:
    assert record.checkpoint(datetime(2026, 5, 1, 14, tzinfo=UTC) + timedelta(microseconds=7)).at.tzinfo is UTC
    assert record.checkpoints()[0].at == datetime(2026, 5, 1, 14, 0, 0, 7, tzinfo=UTC)


@pytest.mark.parametrize("statement", ["DELETE FROM nodes WHERE level = 0 AND position = 2", "DELETE FROM nodes"])
def test_nothing_is_added_to_a_tree_that_does_not_end_where_the_record_does(record: Record, statement: str) -> None:
    fill(record, 3)
    url = record._engine.url.render_as_string(hide_password=False)
    with by_hand(url) as connection:
        drop = "DROP TRIGGER nodes_no_delete" if url.startswith("sqlite") else "DROP TRIGGER nodes_rows_stay ON nodes"
        connection.execute(text(drop))
        connection.execute(text(statement))
    with open_record(url) as again, pytest.raises(Tampered, match=r"tree-differs|node-changed"):
        again.append("need-filed", "anna", {}, NOON)
    assert codes(record.verify()) == {"node-changed"}
