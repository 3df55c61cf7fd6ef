"""``newcourse what-if``, ``content``, and the ranges and bounds in ``cost`` and ``compare``."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newcourse.cli.plan_file import read_plan
from newcourse.plan.changes.supply import SupplyChange
from newcourse.plan.content import content
from newcourse.plan.cost import compare
from newcourse.plan.cost_estimate import estimate
from tests.cli.conftest import Run

Data = Callable[..., Any]


def words_of(text: str) -> str:
    return " ".join(text.split())


def test_what_would_have_to_be_true(run: Run, data: Data, plan_file: Path) -> None:
    found = data("what-if", plan_file, "--deliver", "bus-s", "--use-at-most", "hours=90", "--meet", "0.5")
    told = words_of(
        run("what-if", plan_file, "--deliver", "bus-s", "--use-at-most", "hours=90", "--meet", "0.5").stdout
    )
    assert len(found["aims"]) == 3
    assert not found["possible"]
    assert all(words_of(sentence) in told for sentence in found["sentences"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], "aims-none"),
        (["--deliver", "unicorn"], "need-unknown"),
        (["--deliver", "bus-s=many"], "number-wrong"),
        (["--emit-at-most", "smoke"], "number-wrong"),
        (["--meet", "0.5", "--process", "unicorn"], "process-unknown"),
    ],
)
def test_questions_that_cannot_be_asked(data: Data, plan_file: Path, arguments: list[str], code: str) -> None:
    assert data("what-if", plan_file, *arguments, code=1)["faults"][0]["code"] == code


def test_contents_by_path(run: Run, data: Data, plan_file: Path) -> None:
    plan = read_plan(plan_file)
    place, product = plan.economy["outputs"].iloc[0][["place", "product"]]
    found = data("content", plan_file, product, "--place", place, "--paths", 3)
    assert found["words"] == content(plan, product, place, paths=3).words()
    told = words_of(run("content", plan_file, product, "--place", place, "--paths", 3).stdout)
    assert words_of(found["words"]) in told
    assert "largest paths" in told
    assert data("content", plan_file, "unicorn", code=1)["faults"][0]["code"] == "product-unknown"


def test_costs_come_with_their_bound(run: Run, data: Data, plan_file: Path, tmp_path: Path) -> None:
    change = SupplyChange("F", "hours", 90.0)
    file = tmp_path / "changes.json"
    file.write_text(json.dumps([change.to_data()]), encoding="utf-8")
    found = data("cost", plan_file, file)
    bound = estimate(read_plan(plan_file), [change])
    assert found["estimate"]["gain"] == pytest.approx(bound.gain)
    assert found["satisfaction"] <= found["estimate"]["gain"] + 1e-6
    assert words_of(bound.words()) in words_of(run("cost", plan_file, file).stdout)


def test_two_plans_are_compared_in_words(run: Run, data: Data, commune: Path, plan_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "hungry.json"
    run("plan", commune, "--weights", "food=0.9", "--out", other)
    (found,) = data("compare", plan_file, other)["differences"]
    assert found["words"] == compare(read_plan(plan_file), read_plan(other)).words()
    assert not found["same_goal"]
    assert words_of(found["words"]) in words_of(run("compare", plan_file, other).stdout)
