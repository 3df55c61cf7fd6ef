"""``newcourse record``: what was tampered with is named, and nothing is made or changed by looking."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newcourse.record.store import open_record
from tests.cli.conftest import Run

Data = Callable[..., Any]


@pytest.fixture
def record_file(turned_record: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "commune.sqlite"
    copy.write_bytes(turned_record.read_bytes())
    return copy


def tamper(path: Path, statement: str) -> None:
    """Write past the record, its guards removed, as somebody with the file in hand could."""
    with sqlite3.connect(path) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in names:
            database.execute(f'DROP TRIGGER "{name}"')
        assert database.execute(statement).rowcount > 0
    database.close()


def test_a_sound_record(run: Run, data: Data, record_file: Path) -> None:
    found = data("record", "verify", record_file)
    assert found["ok"] is True
    assert found["lawful"] is True
    told = run("record", "verify", record_file).stdout
    assert "sound" in told
    assert found["head"] in told
    assert data("record", "verify", record_file, "--witness", found["head"])["ok"] is True


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE entries SET actor = 'eve' WHERE sequence = 3", "entry-changed"),
        ("DELETE FROM entries WHERE sequence = 3", "entry-removed"),
        ("DELETE FROM entries WHERE sequence = (SELECT max(sequence) FROM entries)", "end-removed"),
    ],
)
def test_tampering_is_named_and_ends_with_six(data: Data, record_file: Path, statement: str, code: str) -> None:
    tamper(record_file, statement)
    found = data("record", "verify", record_file, code=6)
    assert found["error"] == "Tampered"
    assert code in {fault["code"] for fault in found["faults"]}


def test_a_record_that_denies_what_a_witness_noted(data: Data, record_file: Path) -> None:
    found = data("record", "verify", record_file, "--witness", f"3:{'0' * 64}", code=6)
    assert found["faults"][0]["code"] == "witness-contradicted"


def test_an_unlawful_entry_is_found_though_its_hash_is_right(data: Data, record_file: Path) -> None:
    with open_record(record_file) as record:
        at = next(reversed(list(record.entries()))).at
        record.append("adopt", "eve", {"cycle": 1, "variant": "none", "plan": "none"}, at)
    assert data("record", "verify", record_file, "--chain-only")["ok"] is True
    found = data("record", "verify", record_file, code=6)
    assert any("eve" in fault["where"] + fault["found"] for fault in found["faults"])


def test_exported_and_verified_without_a_database(run: Run, data: Data, record_file: Path, tmp_path: Path) -> None:
    lines, artefacts = tmp_path / "commune.jsonl", tmp_path / "artefacts"
    told = data("record", "export", record_file, lines, "--artefacts", artefacts)
    assert data("record", "verify", lines)["head"] == told["head"] == data("record", "verify", record_file)["head"]
    assert (artefacts / "index.jsonl").is_file()
    assert data("record", "export", record_file, lines, code=1)["faults"][0]["code"] == "file-exists"
    text = lines.read_text(encoding="utf-8")
    lines.write_text(text.replace('"actor":"ben"', '"actor":"eve"', 1), encoding="utf-8")
    assert "entry-changed" in run("record", "verify", lines, code=6).stderr


def test_entries_are_shown(run: Run, data: Data, record_file: Path) -> None:
    every = data("record", "show", record_file, "--last", 0)["entries"]
    assert [entry["sequence"] for entry in every] == list(range(1, len(every) + 1))
    assert [entry["act"] for entry in data("record", "show", record_file, "--act", "adopt")["entries"]] == ["adopt"]
    assert data("record", "show", record_file, "--last", 2)["entries"] == every[-2:]
    told = run("record", "show", record_file, "--last", 2).stdout
    assert f"2 of {len(every)} entries." in told
    assert every[0]["hash"] in run("record", "show", record_file, "--entry", 1).stdout
    assert data("record", "show", record_file, "--entry", 999, code=1)["faults"][0]["code"] == "entry-missing"


def test_looking_for_a_record_makes_none(data: Data, tmp_path: Path) -> None:
    path = tmp_path / "nowhere.sqlite"
    for command in (("verify", path), ("show", path), ("export", path, tmp_path / "out.jsonl")):
        assert data("record", *command, code=1)["faults"][0]["code"] == "record-missing"
    assert list(tmp_path.iterdir()) == []


def test_an_unreadable_witness(data: Data, record_file: Path) -> None:
    found = data("record", "verify", record_file, "--witness", "7", "--witness", "x:y", code=1)
    assert [fault["code"] for fault in found["faults"]] == ["witness-unreadable"] * 2


@pytest.mark.postgresql
def test_a_record_on_postgresql(data: Data, postgresql_url: str) -> None:
    with open_record(postgresql_url) as record:
        record.append("note", "ada", {}, datetime(2030, 1, 1, tzinfo=UTC))
    assert data("record", "verify", postgresql_url, "--chain-only")["entries"] == 1
