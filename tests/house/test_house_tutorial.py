"""The tutorial can be followed: its commands, in its order, do what they say."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from newcourse.cli.app import app
from tests.house.project import ROOT

TUTORIAL = (ROOT / "docs" / "tutorial" / "first-plan.md").read_text(encoding="utf-8")
PART = re.compile(
    r"file `(?P<file>[\w-]+\.json)`:\n\n```json\n(?P<content>.*?)```|```console\n(?P<calls>.*?)```", re.DOTALL
)
SERVES = "newcourse demo"


@pytest.mark.slow
def test_every_command_of_the_tutorial_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    done = []
    for part in PART.finditer(TUTORIAL):
        if part["file"]:
            Path(part["file"]).write_text(part["content"], encoding="utf-8")
        for call in (part["calls"] or "").splitlines():
            if call != SERVES:
                result = CliRunner().invoke(app, shlex.split(call)[1:])
                assert result.exit_code == 0, f"{call}\n{result.output}"
                done.append(call.split()[1])
    assert set(done) >= {"demo", "check", "plan", "explain", "cost", "compare", "picture", "record"}
