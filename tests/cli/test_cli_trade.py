"""``newcourse trade``: make, buy or catch up in words and as data, and what the end of trade would cost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newcourse.cli.plan_file import read_plan, write_plan
from newcourse.plan.comparative import comparative_coefficients
from newcourse.plan.goal import Goal
from newcourse.plan.planner import make_plan
from tests.acts.commune import FREE
from tests.cli.conftest import Run
from tests.economy.small import economy

Data = Callable[..., Any]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of two products, one of them dear at home; tea comes from abroad only."""
    made = economy(
        {
            "bake": {"makes": {"bread": 1.0}, "factors": {"hours": 1.0}, "base": 50.0},
            "build": {"makes": {"bus": 1.0}, "factors": {"hours": 4.0}, "base": 5.0},
            "robot": {"makes": {"bus": 1.0}, "factors": {"hours": 1.0}, "stocks": {"robots": 1.0}},
        },
        {
            "bread": {"target": 60.0},
            "tea": {"target": 10.0, "minimum": 5.0},
            "bus": {"target": 40.0},
        },
        supply={"hours": 100.0},
        stocks={"robots": {"product": "bus", "quantity": 0.0, "life": 10.0}},
        trade=[
            {"product": "bread", "import_quota": 0.0, "exports": 20.0},
            {"product": "bus", "import_price": 2.0, "export_quota": 0.0, "imports": 5.0},
            {"product": "tea", "export_quota": 0.0, "imports": 10.0},
        ],
        accounts=[{"reserves": 5.0}],
    )
    path = tmp_path_factory.mktemp("port") / "plan.json"
    write_plan(make_plan(made, Goal(), FREE), path)
    return path


def test_coefficients_in_words(run: Run, port: Path) -> None:
    told = " ".join(run("trade", port).stdout.split())
    found = comparative_coefficients(read_plan(port))
    assert [row.verdict for row in found.rows] == ["catch up", "buy"]
    assert " ".join(found.rows[0].words().split()) in told
    for heading in ("Making over buying in 2001", "Where catching up would pay", "Means of payment", "Terms of trade"):
        assert heading in told


def test_coefficients_as_data(data: Data, port: Path) -> None:
    found = data("trade", port, "--quality", "bus=2.5", "--interest", "0.05")
    bus = next(row for row in found["coefficients"] if row["product"] == "bus")
    assert (bus["quality"], bus["verdict"]) == (2.5, "make")
    assert {"terms", "payments", "currency"} == set(found["series"])


def test_the_end_of_trade(run: Run, data: Data, port: Path) -> None:
    told = " ".join(run("trade", port, "--open", "0.5", "--open", "0").stdout.split())
    assert "One minimum cannot be met" in told
    assert "50%" in told
    found = data("trade", port, "--autarky")
    assert [step["openness"] for step in found["steps"]] == [1.0, 0.0]
    assert found["missed_minima"][0]["need"] == "tea"


def test_labour_alone(run: Run, data: Data) -> None:
    found = data("trade", "sweden", "--labour")
    assert found["coefficients"][0]["product"] == "A"
    assert "Agriculture, forestry and fishing" in run("trade", "sweden", "--labour").stdout
    assert found["factor"] == "Hours of work"


def test_labour_alone_needs_one_technique_for_each_product(data: Data, plan_file: Path) -> None:
    assert data("trade", plan_file, "--labour", code=1)["faults"][0]["code"] == "exports-none"


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (["--quality", "bus", "--quality", "=2", "--quality", "tea=x"], ["setting-unreadable"] * 3),
        (["--quality", "wine=1", "--interest", "-1"], ["product-unknown", "interest-value"]),
        (["--period", "1917"], ["period-unknown"]),
        (["--open", "0.2", "--open", "0.5"], ["steps"]),
    ],
)
def test_what_cannot_be_read_is_refused(data: Data, port: Path, arguments: list[str], codes: list[str]) -> None:
    assert [fault["code"] for fault in data("trade", port, *arguments, code=1)["faults"]] == codes


def test_an_economy_without_trade(run: Run, data: Data, plan_file: Path) -> None:
    assert "Nothing can be bought elsewhere" in run("trade", plan_file).stdout
    assert data("trade", plan_file, "--autarky", code=1)["faults"][0]["code"] == "trade-none"
