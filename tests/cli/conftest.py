"""What the tests of the command line share: a runner, a small economy as a folder, and a plan of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from newcourse.cli.app import app
from newcourse.sources.folder import write_folder
from tests.acts.commune import two_products

Run = Callable[..., Any]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs ``newcourse`` with arguments in a terminal of a hundred letters, without colour."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")

    def invoke(*arguments: object, code: int = 0) -> Any:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        unforeseen = result.exception if not isinstance(result.exception, SystemExit) else None
        assert unforeseen is None, result.output
        assert result.exit_code == code, result.output
        return result

    return invoke


@pytest.fixture
def data(run: Run) -> Callable[..., Any]:
    """Runs ``newcourse`` with ``--json`` and returns the data: nothing else may be on standard output."""

    def invoke(*arguments: object, code: int = 0) -> Any:
        return json.loads(run(*arguments, "--json", code=code).stdout)

    return invoke


@pytest.fixture(scope="session")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of an economy that makes bread and buses."""
    return write_folder(two_products(), tmp_path_factory.mktemp("economies") / "commune")


@pytest.fixture
def plan_file(run: Run, commune: Path, tmp_path: Path) -> Path:
    """A plan for it, saved by the command."""
    path = tmp_path / "plan.json"
    run("plan", commune, "--out", path)
    return path
