"""``newcourse import``: a whole folder, or nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from newcourse.sources.examples import example_folder, read_example
from newcourse.sources.folder import read_folder
from newcourse.sources.registry import SOURCES
from tests.cli.conftest import Run

Data = Callable[..., Any]


def test_the_sources_are_listed(run: Run, data: Data) -> None:
    assert {source["source"] for source in data("import", "--list")["sources"]} == set(SOURCES)
    told = run("import", "--list").stdout
    assert all(name in told for name in SOURCES)


def test_a_folder_is_imported_whole(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "copy"
    told = run("import", "folder", example_folder("sweden"), out).stdout
    assert "Sweden 2008 written to" in told
    assert read_folder(out).fingerprint == read_example("sweden").fingerprint


def test_imported_as_data_in_parquet(data: Data, tmp_path: Path) -> None:
    found = data("import", "folder", example_folder("sweden"), tmp_path / "copy", "--form", "parquet")
    assert found["fingerprint"] == read_example("sweden").fingerprint
    assert (tmp_path / "copy" / "inputs.parquet").is_file()


def test_nothing_is_overwritten_unless_asked(data: Data, tmp_path: Path) -> None:
    out = tmp_path / "taken"
    out.mkdir()
    (out / "letter.txt").write_text("mine", encoding="utf-8")
    assert data("import", "folder", example_folder("sweden"), out, code=1)["faults"][0]["code"] == "path-taken"
    assert [path.name for path in out.iterdir()] == ["letter.txt"]


def test_an_unknown_source(data: Data, tmp_path: Path) -> None:
    assert data("import", "oracle", tmp_path, tmp_path / "out", code=1)["faults"][0]["code"] == "source-unknown"
    assert not (tmp_path / "out").exists()


def test_missing_arguments_are_an_error_of_use(run: Run) -> None:
    assert "all needed" in run("import", "folder", code=2).stderr
