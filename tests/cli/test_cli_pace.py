"""``newcourse pace``: the frontier as a table, as data, and as a picture."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newcourse.cli.plan_file import write_plan
from newcourse.plan.pace import pace_frontier
from tests.cli.conftest import Run
from tests.plan.test_disproportion import two_departments

Data = Callable[..., Any]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "plan.json"
    write_plan(two_departments(), file)
    return file


def test_frontier_as_data_and_picture(data: Data, path: Path, tmp_path: Path) -> None:
    found = data("pace", path, "--points", 2, "--picture", tmp_path / "pace.svg")
    expected = pace_frontier(two_departments(), 2)
    assert [row["today"] for row in found["points"]] == pytest.approx([p.today for p in expected.points])
    assert found["words"] == expected.words()
    assert "Today's consumption" in (tmp_path / "pace.svg").read_text(encoding="utf-8")


def test_frontier_as_a_table(run: Run, path: Path) -> None:
    told = run("pace", path, "--points", 2).stdout
    assert "Consumption today and later" in told
    assert "the plan" in told


def test_one_year_has_no_later(data: Data, plan_file: Path) -> None:
    assert data("pace", plan_file, code=1)["faults"][0]["code"] == "pace-span"
