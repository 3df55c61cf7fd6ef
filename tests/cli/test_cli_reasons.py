"""``newcourse explain``, ``cost``, ``compare``, ``picture``: what is said and drawn of plans."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newcourse.cli.plan_file import read_plan
from newcourse.plan.changes.supply import SupplyChange
from newcourse.plan.cost import cost_changes
from newcourse.plan.explain import explain
from tests.cli.conftest import Run

Data = Callable[..., Any]


def changes(path: Path, content: object) -> Path:
    file = path / "changes.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def test_shortfalls_and_bottlenecks_in_words(run: Run, plan_file: Path) -> None:
    told = " ".join(run("explain", plan_file, "--all").stdout.split())
    found = explain(read_plan(plan_file), reliefs=3)
    for sentence in (*found.shortfalls, *found.bottlenecks):
        assert " ".join(sentence.words().split()) in told


def test_explained_as_data(data: Data, plan_file: Path) -> None:
    found = data("explain", plan_file)
    assert found["bottlenecks"]
    assert {row["need"] for row in found["shortfalls"]} <= {"bread-n", "bus-s"}


def test_one_need_is_explained_with_its_relief(run: Run, data: Data, commune: Path) -> None:
    found = data("explain", commune, "--need", "bus-s")
    assert [row["need"] for row in found["shortfalls"]] == ["bus-s"]
    assert found["shortfalls"][0]["relief"]
    assert "What holds the plan back" not in run("explain", commune, "--need", "bus-s").stdout


@pytest.mark.slow
def test_what_is_not_told_is_counted(run: Run) -> None:
    assert "more (--all)" in run("explain", "sweden", "--reliefs", 0).stdout


def test_an_unknown_need(data: Data, plan_file: Path) -> None:
    found = data("explain", plan_file, "--need", "wine", "--need", "song", code=1)
    assert [fault["code"] for fault in found["faults"]] == ["need-unknown"] * 2


def test_no_plan_and_no_folder(data: Data, tmp_path: Path) -> None:
    assert data("explain", tmp_path / "nowhere", code=1)["faults"][0]["code"] == "folder-missing"
    assert data("explain", changes(tmp_path, {}), code=1)["faults"][0]["code"] == "plan-unreadable"


def test_costs_are_those_of_the_library(run: Run, data: Data, plan_file: Path, tmp_path: Path) -> None:
    change = SupplyChange("F", "hours", 90.0)
    file = changes(tmp_path, [change.to_data()])
    costing = cost_changes(read_plan(plan_file), [change])
    found = data("cost", plan_file, file)
    assert found["groups"] == costing.to_data()["groups"]
    assert " ".join(costing.words().split()) in " ".join(run("cost", plan_file, file).stdout.split())


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ([], ["changes-malformed"]),
        ("more", ["changes-malformed"]),
        ([{"kind": "miracle"}, {"kind": "supply"}], ["change-kind", "change-fields"]),
        ({"kind": "cap", "place": "F", "emission": "noise", "quantity": 1.0}, ["change-unknown"]),
    ],
)
def test_changes_that_are_none(data: Data, plan_file: Path, tmp_path: Path, content: object, codes: list[str]) -> None:
    found = data("cost", plan_file, changes(tmp_path, content), code=1)
    assert [fault["code"] for fault in found["faults"]] == codes


@pytest.mark.slow
def test_variants_of_a_folder_side_by_side(run: Run, data: Data, commune: Path) -> None:
    found = data("compare", commune, "--variants", 2)["plans"]
    assert len(found) == 2
    assert all(plan["certified"] and plan["description"] for plan in found)
    told = run("compare", commune, "--variants", 2).stdout
    assert all(plan["name"] in told for plan in found)


def test_saved_plans_side_by_side(run: Run, data: Data, commune: Path, plan_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "hungry.json"
    run("plan", commune, "--weights", "food=0.9", "--out", other)
    found = data("compare", plan_file, other)["plans"]
    assert [plan["name"] for plan in found] == ["plan", "hungry"]
    assert found[0]["goal"] != found[1]["goal"]
    assert "hungry" in run("compare", plan_file, other).stdout


def test_one_plan_is_not_compared(data: Data, plan_file: Path) -> None:
    assert data("compare", plan_file, code=1)["faults"][0]["code"] == "plans-few"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["fulfilment", "places", "flows", "bottlenecks", "years"])
def test_every_kind_of_picture_is_drawn(data: Data, plan_file: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "picture.svg"
    found = data("picture", kind, plan_file, out)
    assert found["description"]
    assert out.read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.slow
def test_variants_are_drawn_side_by_side_as_png(run: Run, commune: Path, plan_file: Path, tmp_path: Path) -> None:
    other, out = tmp_path / "hungry.json", tmp_path / "both.png"
    run("plan", commune, "--weights", "food=0.9", "--out", other)
    run("picture", "variants", plan_file, out, "--beside", other)
    assert out.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["flows", "PLAN", "picture.gif"], "form-unknown"),
        (["flows", "PLAN", "picture.svg", "--beside", "PLAN"], "plans-many"),
        (["variants", "PLAN", "picture.svg"], "plans-few"),
    ],
)
def test_pictures_that_cannot_be(data: Data, plan_file: Path, arguments: list[str], code: str) -> None:
    given = [str(plan_file) if word == "PLAN" else word for word in arguments]
    assert data("picture", *given, code=1)["faults"][0]["code"] == code


def test_a_picture_there_is_not(run: Run, plan_file: Path) -> None:
    assert "flows" in run("picture", "portrait", plan_file, "a.svg", code=2).stderr
