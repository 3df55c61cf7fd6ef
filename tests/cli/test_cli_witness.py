"""``newcourse record checkpoint, witness, prove, export --bundle``: the record signed, countersigned and proved."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newcourse.record.checkpoint import Note
from newcourse.record.store import open_record
from tests.cli.conftest import Run

Data = Callable[..., Any]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    path = tmp_path / "town.sqlite"
    with open_record(path) as record:
        for number in range(5):
            record.append("note", "ada", {"number": number}, datetime(2030, 1, 1, tzinfo=UTC))
    return path


def test_a_checkpoint_is_printed_as_it_is_signed(run: Run, data: Data, town: Path, tmp_path: Path) -> None:
    note = run("record", "checkpoint", town).stdout
    told = data("record", "checkpoint", town)
    assert told["note"] == note
    assert (told["size"], told["origin"]) == (5, note.split("\n")[0])
    kept = tmp_path / "town.note"
    kept.write_text(note, encoding="utf-8")
    assert data("record", "verify", town, "--chain-only", "--note", kept)["ok"] is True
    with open_record(tmp_path / "other.sqlite") as other:
        other.append("note", "eve", {}, datetime(2030, 1, 1, tzinfo=UTC))
    found = data("record", "verify", tmp_path / "other.sqlite", "--chain-only", "--note", kept, code=6)
    assert [fault["code"] for fault in found["faults"]] == ["checkpoint-contradicted"]
    found = data("record", "verify", town, "--note", tmp_path / "none", code=1)
    assert found["faults"][0]["code"] == "note-unreadable"


def test_witnesses_sign_here_or_apart(run: Run, data: Data, town: Path, tmp_path: Path) -> None:
    red, blue, note, signed = (tmp_path / name for name in ("red.key", "blue.key", "town.note", "signed.note"))
    assert data("record", "witness", town, "--key", red, "--new-key", "red", code=1)["faults"][0]["code"] == (
        "checkpoint-missing"
    )
    note.write_text(run("record", "checkpoint", town).stdout, encoding="utf-8")
    here = data("record", "witness", town, "--key", red)
    apart = data("record", "witness", note, "--key", blue, "--new-key", "blue")
    signed.write_text(apart["note"], encoding="utf-8")
    both = run("record", "witness", town, "--note", signed, "--public-key", apart["public_key"]).stdout
    assert [line.name for line in Note.from_text(here["note"]).signatures[1:]] == ["red"]
    assert [line.name for line in Note.from_text(both).signatures[1:]] == ["blue", "red"]
    assert data("record", "verify", town, "--chain-only")["ok"] is True


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), "witness-unclear"),
        (("--key", "red.key", "--note", "town.note"), "witness-unclear"),
        (("--note", "town.note"), "witness-unclear"),
        (("--key", "none.key"), "key-unreadable"),
        (("--key", "red.key", "--new-key", "two words"), "key-unreadable"),
        (("--note", "none.note", "--public-key", "blue+00000000+AQ=="), "key-unreadable"),
    ],
)
def test_what_cannot_be_countersigned_is_said_so(
    data: Data, town: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], code: str
) -> None:
    monkeypatch.chdir(town.parent)
    assert data("record", "witness", town, *options, code=1)["faults"][0]["code"] == code


def test_a_note_without_the_line_of_that_witness(run: Run, data: Data, town: Path, tmp_path: Path) -> None:
    note, blue = tmp_path / "town.note", tmp_path / "blue.key"
    note.write_text(run("record", "checkpoint", town).stdout, encoding="utf-8")
    public = data("record", "witness", note, "--key", blue, "--new-key", "blue")["public_key"]
    found = data("record", "witness", town, "--note", note, "--public-key", public, code=1)
    assert found["faults"][0]["code"] == "witness-refused"


def test_an_entry_is_proved_and_signed_first_where_needed(run: Run, data: Data, town: Path) -> None:
    receipt = json.loads(run("record", "prove", town, "2").stdout)
    assert receipt == data("record", "prove", town, "2")
    assert (receipt["index"], json.loads(receipt["entry"])["sequence"]) == (1, 2)
    assert data("record", "prove", town, "6", code=1)["faults"][0]["code"] == "entry-missing"


def test_a_bundle_with_receipts(run: Run, data: Data, town: Path, tmp_path: Path) -> None:
    told = data("record", "export", town, "--bundle", tmp_path / "town.zip", "--receipt", "1", "--receipt", "5")
    assert told["entries"] == 5
    with zipfile.ZipFile(tmp_path / "town.zip") as bundle:
        assert [receipt["index"] for receipt in json.loads(bundle.read("receipts.json"))] == [0, 4]
    assert "newcourse verify" in run("record", "export", town, "--bundle", tmp_path / "again.zip").stdout
    for options in (
        (),
        (tmp_path / "x.jsonl", "--bundle", tmp_path / "x.zip"),
        (tmp_path / "x.jsonl", "--receipt", "1"),
    ):
        assert data("record", "export", town, *options, code=1)["faults"][0]["code"] == "export-unclear"
