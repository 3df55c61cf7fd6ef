"""``newcourse market``: a worked case, a mixed plan, a co-operative's offer."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

Data = Callable[..., Any]


def test_the_worked_case_in_tables_and_as_data(run: Run, data: Data) -> None:
    told = " ".join(run("market", "scissors", "--reading", "short", "--numbers").stdout.split())
    for words in ("3.10", "Goods were short", "Contested", "assumed", "literature", "Beside published figures"):
        assert words in told
    found = data("market", "scissors")
    assert [reading["reading"] for reading in found["readings"]] == ["short", "dear"]
    assert found["readings"][0]["options"][0]["periods"][0]["scissors"] == pytest.approx(3.1, abs=0.01)
    assert all(number["label"] for number in found["numbers"])


def test_the_levers_are_drawn(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "levers.svg"
    run("market", "scissors", "--reading", "dear", "--picture", out)
    assert "Levers side by side" in out.read_text(encoding="utf-8")


def test_who_joins_as_data(run: Run, data: Data) -> None:
    found = data("market", "join")
    shares = [year["share"] for year in found["years"]]
    assert shares == sorted(shares)
    assert shares[-1] > 2 * shares[0] > 0
    assert "assumed" in " ".join(found["notes"])
    assert "members" in run("market", "join").stdout


def test_an_unknown_case_or_reading_is_refused(run: Run) -> None:
    assert "scissors-1923" in run("market", "scissors", "nowhere", code=1).stderr
    assert "short, dear" in run("market", "scissors", "--reading", "x", code=1).stderr
    assert "village.json" in run("market", "join", "nowhere", code=1).stderr


def test_a_mixed_plan(run: Run, data: Data, commune: Path, tmp_path: Path) -> None:
    groups = data("plan", commune)
    assert groups
    unknown = run("market", "mix", commune, "--buy", "Gold", "--private", "nobody", code=1).stderr
    assert "process-unknown" in unknown
    levers = tmp_path / "levers.json"
    levers.write_text(json.dumps({"force": 1}), encoding="utf-8")
    assert "lever-unknown" in run("market", "mix", commune, "--buy", "food", "--levers", levers, code=1).stderr
