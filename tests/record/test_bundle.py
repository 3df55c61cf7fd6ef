"""A bundle is the same bytes each time, holds nothing secret, and an independent program finds it sound."""

import json
import zipfile
from pathlib import Path

import pytest

from newcourse.errors import BadInput, Tampered
from newcourse.record.bundle import export_bundle
from newcourse.record.canonical import canonical_json, digest
from newcourse.record.checkpoint import Note, origin_of
from newcourse.record.exchange import verify_file
from newcourse.record.keys import WitnessKey
from newcourse.record.store import Record, open_record
from newcourse.verifier.bundle import open_bundle
from newcourse.verifier.verifying import verify
from tests.record.facts import NOON, TOKENS, by_hand, cast_secret, fill, take_guards_off
from tests.record.test_signed import check_receipt

RED = WitnessKey("red-list", bytes(range(32)))
BALLOTS = canonical_json({"vote": "V7", "ballots": []})


def fill_bundle(record: Record) -> None:
    fill(record, 3)
    ballots = record.keep("ballots", "application/json", BALLOTS)
    economy = record.keep("economy", "application/json", b"{}")
    record.keep("roll", "application/json", b"[]")
    record.append("close_vote", "anna", {"ballots": ballots, "economy": economy}, NOON)
    signed = record.checkpoint(NOON)
    line = RED.sign(Note.from_text(signed.note).text)
    record.countersign(signed.note, RED.name, RED.public_key, line.signature)
    with record.transaction() as draft:
        cast_secret(draft, "V8", TOKENS[0])
        draft.keep_secret("vote:V8", b"the private key")


def read(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def test_a_bundle_holds_what_a_recount_needs_and_nothing_secret(database_url: str, tmp_path: Path) -> None:
    path = tmp_path / "town.zip"
    with open_record(database_url) as record:
        fill_bundle(record)
        end = export_bundle(record, path, NOON, receipts=[2, 5])
        files = read(path)
        assert list(files) == [
            "bundle.json",
            "record.jsonl",
            f"artefacts/{digest(BALLOTS)}",
            "checkpoints.txt",
            "receipts.json",
        ]
        head = json.loads(files["bundle.json"])
        assert head["format"] == "newcourse-bundle/1"
        assert (head["entries"], head["origin"]) == (5, origin_of(end.public_key))
        assert sorted(head["witnesses"]) == ["red-list"]
        lines = [canonical_json(entry.to_data()) for entry in record.entries()]
        assert files["record.jsonl"] == b"".join(line + b"\n" for line in lines)
        notes = files["checkpoints.txt"].decode().split("----\n")
        assert notes == [signed.note for signed in record.checkpoints()]
        assert [check_receipt(r, end.public_key).size for r in json.loads(files["receipts.json"])] == [4, 5]
    content = b"".join(files.values())
    assert b"the private key" not in content
    assert b"salt" not in content, "what is in the box is published when its vote is closed"


def test_a_bundle_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    with open_record(tmp_path / "town.sqlite") as record:
        fill_bundle(record)
        for name in ("one.zip", "two.zip"):
            export_bundle(record, tmp_path / name, NOON)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_the_verifier_which_shares_no_code_finds_it_sound(tmp_path: Path) -> None:
    with open_record(tmp_path / "town.sqlite") as record:
        fill(record, 20)
        note = record.checkpoint(NOON).note
        record.countersign(note, RED.name, RED.public_key, RED.sign(Note.from_text(note).text).signature)
        fill(record, 13)
        export_bundle(record, tmp_path / "town.zip", NOON, receipts=[1, 20, 21, 33])
    found = list(verify(open_bundle(tmp_path / "town.zip")))
    assert {finding.verdict for finding in found} == {"sound"}, found
    assert len(found) == 8, "chain, checkpoints, witness, artefacts, four receipts"
    (tmp_path / "record.jsonl").write_bytes(read(tmp_path / "town.zip")["record.jsonl"])
    assert verify_file(tmp_path / "record.jsonl", notes=[note]).ok


def test_nothing_is_written_over_and_nothing_half(tmp_path: Path) -> None:
    with open_record(tmp_path / "town.sqlite") as record:
        fill_bundle(record)
        path = tmp_path / "town.zip"
        with pytest.raises(BadInput, match="entry-missing"):
            export_bundle(record, path, NOON, receipts=[6])
        assert not path.exists()
        export_bundle(record, path, NOON)
        with pytest.raises(BadInput, match="file-exists"):
            export_bundle(record, path, NOON)
        take_guards_off(f"sqlite:///{tmp_path / 'town.sqlite'}")
        with by_hand(f"sqlite:///{tmp_path / 'town.sqlite'}") as connection:
            connection.exec_driver_sql("UPDATE entries SET actor = 'eve' WHERE sequence = 2")
        with pytest.raises(Tampered, match="entry-changed"):
            export_bundle(record, tmp_path / "other.zip", NOON)
        assert not (tmp_path / "other.zip").exists()
