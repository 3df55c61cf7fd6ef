"""``newcourse variants``, ``replan`` and ``robust``: as tables, as data, as pictures, and refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newcourse.cli.plan_file import write_plan
from newcourse.plan.planner import make_plan
from newcourse.sources.folder import write_folder
from tests.cli.conftest import Run
from tests.economy.small import YEAR
from tests.plan.test_pareto import works
from tests.plan.test_replan import LIMITS, town

Data = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("works") / "works"
    write_folder(works(), made)
    return made


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("plans") / "plan.json"
    write_plan(make_plan(town(), limits=LIMITS), file)
    return file


def news(folder: Path, **said: object) -> Path:
    file = folder / "news.json"
    file.write_text(json.dumps(said), encoding="utf-8")
    return file


LESS = {"kind": "supply", "place": "P", "factor": "labour", "quantity": 9.5}


def test_choices_as_data_and_picture(data: Data, folder: Path, tmp_path: Path) -> None:
    drawn = tmp_path / "choices.svg"
    free = ("--limits", "activity_rate=none")
    found = data("variants", folder, "--aims", "needs,hours", "--count", 2, "--steps", 3, *free, "--picture", drawn)
    assert [aim["name"] for aim in found["aims"]] == ["needs", "hours"]
    assert len(found["chosen"]) == 2
    assert all(one["certified"] for one in found["chosen"])
    assert "What can be had together" in drawn.read_text(encoding="utf-8")


def test_choices_as_a_table(run: Run, folder: Path) -> None:
    told = run("variants", folder, "--aims", "needs,emissions", "--count", 2, "--steps", 2).stdout
    assert "Most needs met" in told
    assert "efficient plans were found" in told


def test_an_unknown_aim_is_refused(data: Data, folder: Path) -> None:
    assert data("variants", folder, "--aims", "needs,beauty", code=1)["faults"][0]["code"] == "aim-unknown"


def test_replanned_without_news(data: Data, plan: Path, tmp_path: Path) -> None:
    found = data("replan", plan, "--happened", news(tmp_path, through=YEAR + 1))
    assert found["changed"] == []
    assert found["certified"]


def test_replanned_with_news_as_words_picture_and_file(run: Run, plan: Path, tmp_path: Path) -> None:
    happened = news(tmp_path, through=YEAR + 1, changes=[LESS])
    out, drawn = tmp_path / "again.json", tmp_path / "changes.svg"
    told = run("replan", plan, "--happened", happened, "--prices", "--picture", drawn, "--out", out).stdout
    assert "orders change" in told
    assert "What fewer changed orders cost" in told
    assert "Orders that change" in drawn.read_text(encoding="utf-8")
    again = run("replan", out, "--happened", news(tmp_path, through=YEAR + 1)).stdout
    assert again.startswith("0 of ")


@pytest.mark.parametrize("option", [("--picture", "changes.gif"), ("--out", "no/again.json")])
def test_files_that_cannot_be_written_are_refused_before_anything_is_done(
    data: Data, plan: Path, tmp_path: Path, option: tuple[str, str]
) -> None:
    happened, out = news(tmp_path, through=YEAR + 1), tmp_path / "again.json"
    asked = {"--out": out, option[0]: tmp_path / option[1]}
    data("replan", plan, "--happened", happened, *[part for pair in asked.items() for part in pair], code=1)
    assert not out.exists()


def test_what_happened_is_refused_with_all_its_faults(data: Data, plan: Path, tmp_path: Path) -> None:
    found = data("replan", plan, "--happened", news(tmp_path, facts=[{"table": "x"}]), code=1)
    assert [fault["code"] for fault in found["faults"]] == ["through", "fact-fields"]


def test_the_price_of_robustness(data: Data, run: Run, folder: Path) -> None:
    asked = ("robust", folder, "--less", "output::heat=0.5", "--budget", 1, "--limits", "activity_rate=none")
    prices = data(*asked)["prices"]
    assert [row["budget"] for row in prices] == [0.0, 1.0]
    assert prices[1]["price"] > 0
    assert "The price of robustness" in run(*asked).stdout
    assert data("robust", folder, "--less", "heat", code=1)["faults"][0]["code"] == "interval-malformed"
