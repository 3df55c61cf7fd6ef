"""A sound bundle is found sound, and whatever is changed in it is found."""

import base64
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newcourse.record.canonical import canonical_json
from newcourse.verifier.bundle import open_bundle
from newcourse.verifier.program import run
from newcourse.verifier.verifying import verify
from tests.verifier.judging import altered, leaves_of, verdicts
from tests.verifier.small_bundle import LOG, made, note, written


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return made().files()


def test_a_sound_bundle_is_sound(tmp_path: Path, files: dict[str, bytes]) -> None:
    found, code, data = verdicts(tmp_path, files)
    assert (code, data["sound"], data["entries"]) == (0, True, 32)
    assert {name for name, verdict in found.items() if verdict == "wrong"} == set()
    for vote in ("V1", "V2", "V3", "V4"):
        assert found[(f"vote {vote}", "count")] == "sound"
    assert found[("vote V2", "tokens")] == found[("record", "chain")] == found[("record", "witnesses")] == "sound"
    assert sum(check == "receipt" for _, check in found) == 3


def test_the_report_says_each_check_and_what_cannot_be_checked(tmp_path: Path, files: dict[str, bytes]) -> None:
    text, code = run(written(tmp_path / "a.zip", files))
    assert code == 0
    assert "sound        vote V2: count: counted again by schulze from 3 ballots" in text
    assert "no coercion resistance" in text
    assert text.rstrip().endswith("could not be made.")


def test_a_small_zip_does_not_fill_the_memory(tmp_path: Path, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        for name, content in (files | {"receipts.json": b" " * 2_000_000}).items():
            bomb.writestr(name, content)
    text, code = run(tmp_path / "bomb.zip")
    assert code == 2
    assert "receipts.json is packed more than 100 times" in text


def test_a_folder_is_read_like_a_zip(tmp_path: Path, files: dict[str, bytes]) -> None:
    folder = tmp_path / "bundle"
    (folder / "artefacts").mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    assert run(folder) == run(written(tmp_path / "bundle.zip", files))
    (folder / "record.jsonl").rename(tmp_path / "elsewhere")
    (folder / "record.jsonl").symlink_to(tmp_path / "elsewhere")
    assert run(folder)[1] == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda files: files.pop("record.jsonl"),
        lambda files: files.update({"bundle.json": b"{}"}),
        lambda files: files.update({"bundle.json": files["bundle.json"].replace(b"bundle/1", b"bundle/2")}),
        lambda files: files.update({"bundle.json": b"not json"}),
    ],
)
def test_what_is_no_bundle_ends_with_2(tmp_path: Path, files: dict[str, bytes], spoil: Any) -> None:
    changed = dict(files)
    spoil(changed)
    assert verdicts(tmp_path, changed)[1] == 2
    (tmp_path / "b.zip").write_bytes(b"PK nothing")
    assert run(tmp_path / "b.zip")[1] == run(tmp_path / "none.zip")[1] == 2


def test_paths_that_lead_elsewhere_are_never_read(tmp_path: Path, files: dict[str, bytes]) -> None:
    path = written(tmp_path / "a.zip", {**files, "../outside": b"x", "/etc/passwd": b"x", "artefacts/../x": b"x"})
    text, code = run(path)
    assert code == 0
    assert "were not read" in text
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as bundle:
        bundle.writestr("record.jsonl", files["record.jsonl"])
    assert run(path)[1] == 2


def test_every_altered_value_of_the_record_is_found(tmp_path: Path, files: dict[str, bytes]) -> None:
    lines = files["record.jsonl"].splitlines()
    acts: set[str] = set()
    for number, line in enumerate(lines):
        if (act := json.loads(line)["act"]) in acts:
            continue
        acts.add(act)
        data = json.loads(line)
        for leaf in leaves_of(data):
            changed = [*lines]
            changed[number] = canonical_json(altered(data, leaf))
            content = b"".join(row + b"\n" for row in changed)
            first = next(verify(open_bundle(written(tmp_path / "a.zip", {**files, "record.jsonl": content}))))
            assert (first.check, first.verdict) == ("chain", "wrong"), leaf


def test_every_altered_value_of_the_other_files_is_found(tmp_path: Path, files: dict[str, bytes]) -> None:
    for name in ("bundle.json", "receipts.json"):
        data = json.loads(files[name])
        for leaf in leaves_of(data):
            _, code, _ = verdicts(tmp_path, {**files, name: json.dumps(altered(data, leaf)).encode()})
            assert code in (2, 6), (name, leaf)
    for name in (name for name in files if name.startswith("artefacts/")):
        assert verdicts(tmp_path, {**files, name: files[name] + b" "})[1] == 6


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_altered_byte_is_found(tmp_path: Path, files: dict[str, bytes], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(files)))
    place = data.draw(st.integers(0, len(files[name]) - 1))
    byte = data.draw(st.integers(1, 255))
    content = bytearray(files[name])
    content[place] ^= byte
    _, code, report = verdicts(tmp_path, {**files, name: bytes(content)})
    strangers = [f for f in report.get("findings", ()) if f["check"] == "witnesses" and f["verdict"] == "not checked"]
    assert code or strangers  # a witness's line under another name is a stranger's: said, but not wrong


@pytest.mark.parametrize("cut", [1, 5, 20])
def test_a_record_cut_off_or_grown_past_its_signature_is_found(tmp_path: Path, cut: int) -> None:
    book = made()
    whole = book.files()
    lines = whole["record.jsonl"].splitlines(keepends=True)
    head = json.loads(whole["bundle.json"]) | {"entries": len(lines) - cut}
    short = {**whole, "record.jsonl": b"".join(lines[:-cut]), "bundle.json": canonical_json(head)}
    assert verdicts(tmp_path, short)[0][("record", "checkpoints")] == "wrong"
    book.write(90, "m-ada", "join", person="m-new", place="north")
    grown = {**book.files(), "checkpoints.txt": whole["checkpoints.txt"]}
    assert verdicts(tmp_path, grown)[0][("record", "checkpoints")] == "wrong"


def test_a_forked_checkpoint_is_found(tmp_path: Path, files: dict[str, bytes]) -> None:
    lines = files["record.jsonl"].splitlines()
    forked = note([*lines[:4], b"{}", *lines[5:]], 8)
    found, code, _ = verdicts(
        tmp_path, {**files, "checkpoints.txt": forked.encode() + b"----\n" + files["checkpoints.txt"]}
    )
    assert (code, found[("record", "checkpoints")]) == (6, "wrong")
    assert verdicts(tmp_path, {**files, "checkpoints.txt": b""})[1] == 6


def test_the_key_known_from_elsewhere_is_compared(tmp_path: Path, files: dict[str, bytes]) -> None:
    mine = base64.b64encode(LOG.public_key().public_bytes_raw()).decode()
    assert verdicts(tmp_path, files, public_key=mine)[1] == 0
    assert verdicts(tmp_path, files, public_key=base64.b64encode(bytes(32)).decode())[1] == 6
    assert verdicts(tmp_path, files, public_key="?")[1] == 2


def test_a_receipt_of_ones_own_is_checked(tmp_path: Path, files: dict[str, bytes]) -> None:
    mine = json.loads(files["receipts.json"])[1]
    (tmp_path / "mine.json").write_text(json.dumps(mine))
    assert verdicts(tmp_path, files, receipts=[tmp_path / "mine.json"])[0][("mine.json", "receipt")] == "sound"
    for leaf in leaves_of(mine):
        (tmp_path / "mine.json").write_text(json.dumps(altered(mine, leaf)))
        assert verdicts(tmp_path, files, receipts=[tmp_path / "mine.json"])[1] == 6, leaf
