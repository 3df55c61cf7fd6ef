"""Anyone can verify the files; a record comes back from them whole or not at all."""

import json
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from newcourse.errors import BadInput, Tampered
from newcourse.record.exchange import export_record, import_record, verify_file
from newcourse.record.store import Record, open_record
from newcourse.record.verify import Head
from tests.record.facts import NOON, codes, fill


@pytest.fixture
def exported(tmp_path: Path) -> tuple[Path, Path, Head]:
    with open_record(tmp_path / "original.sqlite") as record:
        fill(record, 4)
        plan = record.keep("plan", "application/json", b"[7]" * 40)
        record.append("plan-adopted", "kongress åäö", {"plan": plan, "share": 1e-7}, NOON)
        end = export_record(record, tmp_path / "entries.jsonl", tmp_path / "artefacts")
        assert end == record.head()
    return tmp_path / "entries.jsonl", tmp_path / "artefacts", end


def test_the_file_verifies(exported: tuple[Path, Path, Head]) -> None:
    entries, _, end = exported
    found = verify_file(entries, [end])
    assert (found.ok, found.count, found.head) == (True, 5, end.hash)


def test_the_hashes_can_be_computed_with_the_standard_library_alone(exported: tuple[Path, Path, Head]) -> None:
    """An independent reader: no code of ours, and no number here that Python would write otherwise than the RFC."""
    entries, artefacts, end = exported
    previous = "0" * 64
    for line in entries.read_text("utf-8").splitlines():
        entry = json.loads(line, parse_float=str)
        claimed = entry.pop("hash")
        text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert entry["previous"] == previous
        previous = sha256(text.replace('"share":"1e-7"', '"share":1e-7').encode()).hexdigest()
        assert previous == claimed
    assert previous == end.hash
    for file in artefacts.iterdir():
        assert file.name in ("index.jsonl", sha256(file.read_bytes()).hexdigest())


def test_the_record_comes_back_whole(exported: tuple[Path, Path, Head], database_url: str, tmp_path: Path) -> None:
    entries, artefacts, end = exported
    with open_record(database_url) as record, open_record(tmp_path / "original.sqlite") as original:
        assert import_record(record, entries, artefacts, [end]) == end
        assert list(record.entries()) == list(original.entries())
        assert [record.fetch(a) for a in record.addresses()] == [original.fetch(a) for a in original.addresses()]
        assert record.verify([end]).ok


def line_of(number: int, change: Callable[[bytes], bytes]) -> Callable[[list[bytes]], list[bytes]]:
    return lambda lines: [change(line) if i == number else line for i, line in enumerate(lines, start=1)]


CHANGES = {
    "changed": (line_of(2, lambda line: line.replace(b"anna", b"eve")), {"entry-changed"}),
    "spaced": (line_of(2, lambda line: line.replace(b",", b", ", 1)), {"line-not-canonical"}),
    "removed": (lambda lines: lines[:1] + lines[2:], {"entry-removed"}),
    "swapped": (lambda lines: [lines[1], lines[0], *lines[2:]], {"entry-reordered"}),
    "doubled": (lambda lines: [*lines[:2], *lines[1:]], {"entry-duplicate"}),
    "no JSON": (line_of(2, lambda line: line[5:]), {"line-unreadable", "entry-removed"}),
    "no text": (line_of(2, lambda line: line.replace(b"anna", b"\xff")), {"line-unreadable", "entry-removed"}),
    "no mapping": (line_of(2, lambda _: b"[]\n"), {"line-unreadable", "entry-removed"}),
    "other fields": (line_of(2, lambda line: line.replace(b'"act"', b'"acs"')), {"entry-malformed", "entry-removed"}),
    "odd number": (line_of(2, lambda line: line.replace(b'":2}', b'":"2"}')), {"entry-malformed", "entry-removed"}),
    "too big": (
        line_of(2, lambda line: line.replace(b'"number":2', b'"number":1e999')),
        {"line-unreadable", "entry-removed"},
    ),
    "unended": (lambda lines: [*lines[:-1], lines[-1].rstrip()], {"line-not-canonical"}),
    "cut off": (lambda lines: lines[:-1], {"witness-contradicted"}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_any_change_of_the_file_is_named(name: str, exported: tuple[Path, Path, Head], tmp_path: Path) -> None:
    entries, artefacts, end = exported
    change, expected = CHANGES[name]
    entries.write_bytes(b"".join(change(entries.read_bytes().splitlines(keepends=True))))
    assert codes(verify_file(entries, [end])) == expected
    with open_record(tmp_path / "other.sqlite") as record:
        with pytest.raises(Tampered):
            import_record(record, entries, artefacts, [end])
        assert_untouched(record)


def test_changed_artefacts_are_not_taken(exported: tuple[Path, Path, Head], tmp_path: Path) -> None:
    entries, artefacts, _ = exported
    (kept,) = (file for file in artefacts.iterdir() if file.name != "index.jsonl")
    with open_record(tmp_path / "other.sqlite") as record:
        kept.write_bytes(b"[8]")
        with pytest.raises(Tampered, match="artefact-changed"):
            import_record(record, entries, artefacts)
        kept.unlink()
        with pytest.raises(Tampered, match="no such file"):
            import_record(record, entries, artefacts)
        (artefacts / "index.jsonl").write_bytes(b'{"address":"sha256:../../x","kind":"a","media_type":"b"}\n')
        with pytest.raises((Tampered, BadInput)):
            import_record(record, entries, artefacts)
        assert_untouched(record)


def test_entries_whose_artefacts_are_missing_are_not_taken(exported: tuple[Path, Path, Head], tmp_path: Path) -> None:
    entries, _, _ = exported
    with open_record(tmp_path / "other.sqlite") as record:
        with pytest.raises(BadInput, match="artefact-unknown"):
            import_record(record, entries)
        assert_untouched(record)


def test_only_an_empty_record_is_filled(exported: tuple[Path, Path, Head], tmp_path: Path) -> None:
    entries, artefacts, _ = exported
    with open_record(tmp_path / "original.sqlite") as record, pytest.raises(BadInput, match="record-not-empty"):
        import_record(record, entries, artefacts)


def test_nothing_is_written_over(exported: tuple[Path, Path, Head], tmp_path: Path) -> None:
    entries, artefacts, _ = exported
    with open_record(tmp_path / "original.sqlite") as record, pytest.raises(BadInput) as caught:
        export_record(record, entries, artefacts)
    assert [fault.where for fault in caught.value.faults] == ["entries.jsonl", "artefacts"]


def test_verifying_a_file_loads_no_database() -> None:
    code = "import sys, newcourse.record.exchange; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def assert_untouched(record: Record) -> None:
    assert record.head().count == 0
    assert record.addresses() == []
    assert list(record.entries()) == []
