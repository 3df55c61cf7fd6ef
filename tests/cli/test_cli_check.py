"""``newcourse check``: every fault at once, or what the economy is."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newcourse.sources.examples import example_folder
from tests.cli.conftest import Run

Data = Callable[..., Any]


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Sweden with a missing unit, a negative use and a number that is none."""
    folder = tmp_path / "broken"
    shutil.copytree(example_folder("sweden"), folder)
    for file, old, new in (
        ("factors.csv", "hours,Hours of work,Mhour", "hours,Hours of work,"),
        ("inputs.csv", "A,SE,A,0.1", "A,SE,A,-0.1"),
        ("factor_supply.csv", "7528.926", "NaN"),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_an_example_has_no_fault_and_says_what_it_is(run: Run) -> None:
    told = run("check", "sweden").stdout
    assert "No fault found: Sweden 2008" in told
    assert "fingerprint" in told


def test_an_example_as_data(data: Data) -> None:
    found = data("check", "sweden")
    assert found["faults"] == []
    assert found["economy"]["currency"] == "MSEK"
    assert found["tables"]["products"] == 30


def test_every_fault_is_named_at_once_and_ends_with_one(run: Run, broken: Path) -> None:
    result = run("check", broken, code=1)
    assert result.stdout == ""
    for words in ("unit-missing at factors.csv", "value-out-of-range at inputs.csv", "factor_supply.csv", "to do:"):
        assert words in result.stderr


def test_faults_as_data(data: Data, broken: Path) -> None:
    found = data("check", broken, code=1)
    assert found["error"] == "BadInput"
    assert found["exit_code"] == 1
    codes = {fault["code"] for fault in found["faults"]}
    assert {"unit-missing", "value-out-of-range", "missing-value"} <= codes
    assert all(set(fault) == {"code", "where", "found", "expected", "remedy"} for fault in found["faults"])


def test_nothing_there(data: Data, tmp_path: Path) -> None:
    assert data("check", tmp_path / "nowhere", code=1)["faults"][0]["code"] == "folder-missing"


def test_a_file_wants_its_source(data: Data, tmp_path: Path) -> None:
    file = tmp_path / "table.xlsx"
    file.write_bytes(b"")
    assert data("check", file, code=1)["faults"][0]["code"] == "source-missing"


@pytest.mark.slow
@pytest.mark.shared_data
def test_an_unbalanced_product_of_a_national_workbook_is_named(data: Data, shared_data: Path) -> None:
    workbook = next(shared_data.rglob("nrio_sut*.xlsx"))
    found = data("check", workbook, "--source", "sweden", "--year", 2016, code=1)
    assert any("L68A" in fault["where"] for fault in found["faults"])
