"""The example ``dam``: made from ``sweden``, and a project that the plan builds or leaves."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from newcourse.economy.economy import Economy
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from newcourse.plan.project_schedule import project_schedule, project_years
from newcourse.sources.examples import example_folder, read_example

ROOT = Path(__file__).parents[2]


@cache
def dam() -> Economy:
    return read_example("dam")


@cache
def planned(growth: float, periods: int) -> Plan:
    economy = dam()
    caps = economy["emission_caps"].assign(growth=growth)
    return make_plan(economy.replace(emission_caps=caps), limits=Limits(periods))


def begun(plan: Plan) -> dict[str, int]:
    chosen = plan["projects"][plan["projects"]["quantity"] > 0]
    return dict(zip(chosen["project"], chosen["period"], strict=True))


def test_totals_are_those_of_sweden() -> None:
    sweden, made = read_example("sweden"), dam()
    assert made.base_activity.sum() == pytest.approx(sweden.base_activity.sum())
    assert made.final_use.sum() == pytest.approx(sweden.final_use.sum())
    for use in ("factor_use", "emission_use"):
        assert (getattr(made, use) @ made.base_activity)[0] == pytest.approx(
            (getattr(sweden, use) @ sweden.base_activity)[0]
        )
    worn = [float((economy["stocks"]["quantity"] / economy["stocks"]["life"]).sum()) for economy in (sweden, made)]
    plants = sweden["stocks"]["holder"] == "D35:wind"
    wind = sweden["stocks"][plants]
    assert worn[1] == pytest.approx(worn[0] - float((wind["quantity"] / wind["life"]).sum()))


def test_every_assumption_is_labelled() -> None:
    rows = dam()["assumptions"]
    assert set(rows["kind"]) <= {"official", "literature", "assumed"}
    assert (rows.loc[rows["kind"] != "assumed", "source"] != "").all()
    assert "{" not in "".join(rows["text"])


@pytest.mark.slow
def test_built_under_a_falling_cap_and_left_under_a_steady_one() -> None:
    assert begun(planned(-0.02, 8)) == {"dam": 2009}
    assert begun(planned(0.0, 8)) == {}
    assert begun(planned(-0.02, 6)) == {}


@pytest.mark.slow
def test_schedule_of_the_dam() -> None:
    plan = planned(-0.02, 8)
    schedule, years = project_schedule(plan), project_years(plan)
    goods = schedule[schedule["kind"] == "product"]
    assert goods["quantity"].sum() == pytest.approx(1000 * 1900 * 7.2 / 1e3 * 1.3)
    assert years["taken"].sum() == pytest.approx(goods["quantity"].sum())
    assert years.loc[years["period"] < 2013, "made"].tolist() == [0.0] * 4
    assert (years.loc[years["period"] >= 2013, "made"] <= 4380 * 0.5 * (1 + 1e-9)).all()
    assert project_schedule(planned(0.0, 8)).empty


def test_made_again_byte_for_byte(tmp_path: Path) -> None:
    script = ROOT / "scripts" / "make_example_dam.py"
    subprocess.run(
        [sys.executable, script, example_folder("sweden"), tmp_path / "dam"], check=True, capture_output=True
    )
    made = {file.name: file.read_bytes() for file in (tmp_path / "dam").iterdir()}
    assert made == {file.name: file.read_bytes() for file in example_folder("dam").iterdir()}
