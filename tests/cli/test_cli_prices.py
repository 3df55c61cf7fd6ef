"""``newcourse prices`` and ``newcourse old-plan``: in words, as data, and as changes for the next plan."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run
from tests.known_answers.test_five_year_plans import IRON, written
from tests.sources.test_receding import folder as course

Data = Callable[..., Any]


def test_prices_in_words_and_next_targets(run: Run, plan_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "next.json"
    told = run("prices", plan_file, "--rounds", 3, "--out", out).stdout
    assert "Round by round" in told
    assert "at the prices they paid" in " ".join(told.split()) or "at the prices paid" in " ".join(told.split())
    changes = json.loads(out.read_text(encoding="utf-8"))
    assert {change["kind"] for change in changes} == {"need"}
    run("cost", plan_file, out)
    assert "path-taken" in run("prices", plan_file, "--rounds", 1, "--out", out, code=1).output


def test_prices_as_data_follow_tastes(data: Data, plan_file: Path) -> None:
    plain = data("prices", plan_file, "--rounds", 1)
    code = plain["products"][0]
    keen = data("prices", plan_file, "--rounds", 1, "--taste", f"{code}=1.05")
    assert keen["rounds"][0]["prices"][0] > plain["rounds"][0]["prices"][0]
    assert plain["next"][0]["need"] == code


def test_wrong_tastes_are_refused(run: Run, plan_file: Path) -> None:
    assert "taste" in run("prices", plan_file, "--taste", "bread=much", code=1).output
    assert "taste" in run("prices", plan_file, "--taste", "nectar=2", code=1).output


def test_a_plan_in_kind_in_words_and_as_data(run: Run, data: Data, tmp_path: Path) -> None:
    folder = written(tmp_path, IRON)
    assert "15.9%" in run("old-plan", "five-year", folder).stdout
    found = data("old-plan", "five-year", folder, "--aim", "worst-year")
    assert min(found["fulfilment"].values()) > 0.4999


def test_a_receding_horizon(run: Run, data: Data, tmp_path: Path) -> None:
    folder = course(tmp_path / "course")
    told = run("old-plan", "receding", folder, "--periods", 2, "--horizon", 2).stdout
    assert "trade surplus so far" in told
    found = data("old-plan", "receding", folder, "--periods", 2, "--horizon", 2, "--revise", 2)
    assert len(found["proofs"]) == 1


def test_other_forms_are_refused(run: Run, tmp_path: Path) -> None:
    assert "form-unknown" in run("old-plan", "gosplan", tmp_path, code=1).output
