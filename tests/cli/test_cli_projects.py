"""``newcourse projects``: which projects are begun, and why; and a picture of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newcourse.cli.plan_file import write_plan
from newcourse.pictures.projects import projects
from newcourse.pictures.render import svg
from newcourse.plan.planner import make_plan
from newcourse.plan.projects import explain_projects
from tests.cli.conftest import Run
from tests.plan.test_projects import LIMITS, works

Data = Callable[..., Any]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "plan.json"
    economy = works({"dam": {"work": [4.0], "mills": 12.0}, "folly": {"work": [9.0], "mills": 1.0}})
    write_plan(make_plan(economy, limits=LIMITS), file)
    return file


def test_reasons_and_schedule(run: Run, data: Data, path: Path) -> None:
    found = data("projects", path)
    assert [row["begun"] for row in found["projects"]] == [True, False]
    assert {row["way"] for row in found["schedule"]} == {"takes", "gives"}
    told = " ".join(run("projects", path).stdout.split())
    for row in found["projects"]:
        assert " ".join(row["words"].split()) in told


def test_no_projects(run: Run, plan_file: Path) -> None:
    assert "no projects" in run("projects", plan_file).stdout


@pytest.mark.parametrize("width", [300, 880])
def test_picture_of_projects(width: int) -> None:
    economy = works({"dam": {"work": [4.0], "mills": 12.0}})
    plan = make_plan(economy, limits=LIMITS)
    drawn = svg(projects(plan, width=width))
    assert "Mill dam" in drawn
    assert explain_projects(plan)[0].begun
    none = make_plan(works({"dam": {"work": [9.0], "mills": 1.0}}), limits=LIMITS)
    assert "No project is begun." in svg(projects(none, width=width))
