"""``newcourse years``: disproportion in words and as data."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from newcourse.cli.plan_file import read_plan, write_plan
from newcourse.plan.disproportion import measure_disproportion
from tests.cli.conftest import Run
from tests.plan.test_disproportion import two_departments

Data = Callable[..., Any]


def test_disproportion_in_words(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_plan(two_departments(), path)
    told = " ".join(run("years", path).stdout.split())
    for sentence in measure_disproportion(read_plan(path)).sentences:
        assert " ".join(sentence.split()) in told
    assert "balanced growth" in told
    assert "overloaded" in told or "idle" in told


def test_disproportion_as_data(data: Data, plan_file: Path) -> None:
    found = data("years", plan_file)
    assert found["balanced"] is None
    assert {row["department"] for row in found["departments"]} == {"capital", "consumption", "elsewhere", "left over"}


def test_pictures_of_it(run: Run, plan_file: Path, tmp_path: Path) -> None:
    for kind in ("disproportion", "capacity"):
        run("picture", kind, plan_file, tmp_path / f"{kind}.svg")
        assert "<svg" in (tmp_path / f"{kind}.svg").read_text(encoding="utf-8")
