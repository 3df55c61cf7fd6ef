"""``newcourse verify``: exit codes that mean something, and the program written once."""

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run
from tests.verifier.small_bundle import made, written


def test_a_sound_bundle_ends_with_0_and_a_wrong_one_with_6(run: Run, data: Any, tmp_path: Path) -> None:
    files = made().files()
    sound = written(tmp_path / "sound.zip", files)
    assert "Nothing wrong was found" in run("verify", sound).stdout
    (tmp_path / "mine.json").write_text(json.dumps(json.loads(files["receipts.json"])[0]))
    assert data("verify", sound, "--receipt", tmp_path / "mine.json")["sound"] is True
    wrong = written(tmp_path / "wrong.zip", {**files, "checkpoints.txt": b""})
    assert "NOT SOUND" in run("verify", wrong, code=6).stdout


def test_what_is_no_bundle_ends_with_2(run: Run, data: Any, tmp_path: Path) -> None:
    assert data("verify", tmp_path / "none.zip", code=2)["sound"] is None
    run("verify", code=2)


def test_the_program_is_written_and_overwrites_nothing(run: Run, data: Any, tmp_path: Path) -> None:
    path = tmp_path / "verify.pyz"
    assert "verify.pyz BUNDLE" in run("verify", "--write-program", path).stdout
    assert path.read_bytes().startswith(b"#!")
    assert data("verify", "--write-program", path, code=1)["faults"][0]["code"] == "file-unwritable"
