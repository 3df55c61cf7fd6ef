"""``newcourse plan``: the plan, its certificate, its file; and what it refuses."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newcourse.cli.plan_file import read_plan, write_plan
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.planner import make_plan
from newcourse.sources.examples import read_example
from newcourse.sources.folder import read_folder
from tests.cli.conftest import Run

Data = Callable[..., Any]


def test_a_plan_for_people(run: Run, commune: Path) -> None:
    told = run("plan", commune).stdout
    for words in (
        "How far needs are met",
        "food",
        "travel",
        "What holds the plan back",
        "Optimal:",
        "newcourse explain",
    ):
        assert words in told
    assert not any(line.endswith(" ") for line in told.splitlines())


def test_a_plan_as_data_is_the_one_the_library_makes(data: Data, commune: Path) -> None:
    found = data("plan", commune, "--periods", 2)
    plan = make_plan(read_folder(commune), Goal(), Limits(periods=2))
    assert found["certified"] is True
    assert found["fulfilment"] == plan.fulfilment().to_dict("records")
    assert [row["quantity"] for row in found["totals"]] == plan.totals()["quantity"].tolist()
    assert {row["period"] for row in found["fulfilment"]} == set(plan.periods)


def test_weights_are_completed_in_proportion(data: Data, commune: Path) -> None:
    assert data("plan", commune, "--weights", "food=0.5")["goal"]["weights"] == {"food": 0.5, "travel": 0.5}


def test_weights_from_a_file(data: Data, commune: Path, tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    file.write_text(json.dumps({"food": 0.25, "travel": 0.75}), encoding="utf-8")
    assert data("plan", commune, "--weights", file)["goal"]["weights"] == {"food": 0.25, "travel": 0.75}


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (["--weights", "wine=0.1", "--weights", "food=much"], {"group-unknown", "weight-unreadable"}),
        (["--weights", "food=0.9", "--weights", "travel=0.9"], {"weights-sum"}),
        (["--weights", "food=1.5"], {"weights-sum"}),
        (["--weights", "food=nan"], {"weights-sum"}),
        (["--weights", "nowhere.json"], {"file-unreadable"}),
        (["--limits", "speed=1", "--limits", "uptake"], {"setting-unreadable"}),
        (["--limits", "activity_rate=-1"], {"rate"}),
        (["--guarantee", "wine"], {"need-unknown"}),
    ],
)
def test_what_is_asked_for_wrongly(data: Data, commune: Path, options: list[str], codes: set[str]) -> None:
    found = data("plan", commune, *options, code=1)
    assert {fault["code"] for fault in found["faults"]} == codes


def test_limits_are_taken(data: Data, commune: Path) -> None:
    found = data("plan", commune, "--limits", "activity_rate=none", "--limits", "terminal=free")
    assert found["limits"]["activity_rate"] is None
    assert found["limits"]["terminal"] == "free"


def test_commitments_that_cannot_hold_together_end_with_four(run: Run, data: Data, commune: Path) -> None:
    options = ("plan", commune, "--guarantee", "bread-n", "--guarantee", "bus-s", "--limits", "activity_rate=none")
    assert data(*options)["certified"] is True
    needs = (commune / "needs.csv").read_text(encoding="utf-8")
    greedy = commune.parent / "greedy"
    greedy.mkdir()
    for file in commune.iterdir():
        (greedy / file.name).write_bytes(file.read_bytes())
    (greedy / "needs.csv").write_text(needs.replace(",5,40", ",39,40").replace(",20,80", ",79,80"), encoding="utf-8")
    assert (greedy / "needs.csv").read_text(encoding="utf-8") != needs
    result = run("plan", greedy, *options[2:], code=4)
    assert "Contradiction" in result.stderr
    assert "hours" in result.stderr


def test_no_time_is_no_plan(run: Run) -> None:
    assert "time limit" in run("plan", "sweden", "--time-limit", 0, code=5).stderr


def test_a_saved_plan_is_read_back_to_the_last_digit(plan_file: Path, tmp_path: Path) -> None:
    plan = read_plan(plan_file)
    write_plan(plan, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == plan_file.read_bytes()


def test_an_economy_with_infinite_quotas_is_saved_whole(tmp_path: Path) -> None:
    economy = read_example("sweden")
    assert math.isinf(economy["trade"]["import_quota"].max())
    write_plan(make_plan(economy), tmp_path / "plan.json")
    assert read_plan(tmp_path / "plan.json").economy.fingerprint == economy.fingerprint


def test_a_plan_is_written_over_an_older_plan_but_over_nothing_else(data: Data, commune: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    data("plan", commune, "--out", out)
    assert data("plan", commune, "--out", out)["file"] == str(out)
    out.write_text('{"mine": 1}', encoding="utf-8")
    assert data("plan", commune, "--out", out, code=1)["faults"][0]["code"] == "plan-unreadable"
    assert out.read_text(encoding="utf-8") == '{"mine": 1}'


def test_a_plan_that_cannot_be_written(data: Data, commune: Path, tmp_path: Path) -> None:
    found = data("plan", commune, "--out", tmp_path / "no" / "plan.json", code=1)
    assert found["faults"][0]["code"] == "file-unwritable"


@pytest.mark.parametrize("damage", [{"plan": {}}, {"economy": {"places": 1}}, {"about": {}}, {"format": "other"}])
def test_a_damaged_plan_file_is_no_plan(data: Data, plan_file: Path, damage: dict[str, Any]) -> None:
    content = json.loads(plan_file.read_text(encoding="utf-8"))
    plan_file.write_text(json.dumps({**content, **damage}), encoding="utf-8")
    assert data("explain", plan_file, code=1)["error"] == "BadInput"


def test_a_plan_with_another_economy_is_no_plan(data: Data, plan_file: Path) -> None:
    content = json.loads(plan_file.read_text(encoding="utf-8"))
    content["economy"]["factor_supply"]["quantity"][0] += 1.0
    plan_file.write_text(json.dumps(content), encoding="utf-8")
    assert data("explain", plan_file, code=1)["faults"][0]["code"] == "plan-economy"
