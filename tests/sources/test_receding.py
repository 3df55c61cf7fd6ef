"""Supply and use by period: what the tables become, and planning ahead and again against the same written out."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from newcourse.errors import BadInput, Contradiction
from newcourse.plan.course import Course
from newcourse.plan.receding import Sight, plan_receding
from newcourse.sources.receding import read_receding, read_receding_plan
from newcourse.sources.registry import read_source
from tests.economy.small import economy

TABLES: Mapping[str, str] = {
    "supply": "x,farm,mill,port\ngrain,10,0,0\nflour,1,8,0\ntools,0,0,5\n",
    "use_domestic": "x,farm,mill,port\ngrain,1,6,0\nflour,0,0,1\ntools,0.5,1,0.5\n",
    "use_import": "x,farm,mill,port\ngrain,0,0,0\nflour,0,0,0\ntools,0.5,0,0\n",
    "worked_hours": "x,hours\nfarm,25\nmill,3\nport,4\n",
    "depreciation": "x,kept\ngrain,0.9\nflour,1\ntools,0\n",
    "prices_import": "x,1,2\ngrain,1,1.02\nflour,2,2\ntools,1.5,1.5\n",
    "prices_export": "x,1,2\ngrain,0.9,0.9\nflour,1.8,1.8\ntools,1.4,1.4\n",
    "domestic": "x,1,2,3,4,5,6\ngrain,1,1,1,6,1,1\nflour,6,6,7,7,8,8\ntools,1,1,1,1,1,1\n",
    "exports": "x,1,2,3,4,5,6\ngrain,0,0,0,0,0,0\nflour,0,0,0,0,0,0\ntools,1,1,1,1,1,1\n",
}
HORIZON = 3


def folder(path: Path, **changed: str) -> Path:
    path.mkdir(exist_ok=True)
    for name, text in {**TABLES, **changed}.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def columns(name: str) -> np.ndarray:
    return np.array([[float(cell) for cell in line.split(",")[1:]] for line in TABLES[name].splitlines()[1:]])


def test_sectors_become_processes_and_losses_a_way_of_keeping(tmp_path: Path) -> None:
    made = read_receding(folder(tmp_path), 2016)
    assert made["processes"]["process"].tolist() == ["farm", "mill", "port", "keep:grain"]
    assert made.outputs.toarray()[:, :3] == pytest.approx(columns("supply"))
    assert made.inputs.toarray()[:, :3] == pytest.approx(columns("use_domestic") + columns("use_import"))
    assert made.outputs.toarray()[0, 3] == 0.9
    assert made["products"].set_index("product")["storable"].to_dict() == {
        "grain": False,
        "flour": True,
        "tools": False,
    }
    assert made["trade"]["import_price_growth"].tolist() == pytest.approx([0.02, 0.0, 0.0])


def test_the_base_year_balances(tmp_path: Path) -> None:
    assert read_source("receding", folder(tmp_path))["trade"]["exports"].tolist() == [0.0, 0.0, 1.0]


def test_the_course_is_that_of_the_files(tmp_path: Path) -> None:
    course = read_receding_plan(folder(tmp_path)).course
    assert np.allclose(course.targets.T, columns("domestic"))
    assert np.allclose(course.exports.T, columns("exports"))
    assert course.kept.tolist() == [0.9, 1.0, 0.0]


@pytest.mark.parametrize(("revise", "rate"), [(1, 0.1), (2, None)], ids=["paced", "free"])
def test_every_round_is_that_of_the_format_written_out_by_itself(
    tmp_path: Path, rate: float | None, revise: int
) -> None:
    read = read_receding_plan(folder(tmp_path))
    plan = plan_receding(
        read.economy, read.course, Sight(periods=2 * revise, horizon=HORIZON, revise=revise, activity_rate=rate)
    )
    surplus, balance, activity = np.zeros(3), 0.0, np.ones(3)
    for number, proof in enumerate(plan.proofs):
        over = number * revise
        best = by_definition(over, revise, surplus, balance, activity, rate)
        assert proof.certificate["objective"] == pytest.approx(best, rel=1e-6)
        year = over + revise
        row = plan["surplus"][plan["surplus"]["period"] == year]["quantity"].to_numpy()
        surplus = np.array([0.9, 1.0, 0.0]) * row
        balance = float(plan["balance"].set_index("period")["quantity"][year])
        activity = plan["activity"][plan["activity"]["period"] == year]["quantity"].to_numpy()
        assert balance >= -1e-6
    assert plan["work"]["period"].tolist() == list(range(1, 2 * revise + 1))


def by_definition(
    over: int, revise: int, surplus: np.ndarray, balance: float, activity: np.ndarray, rate: float | None
) -> float:
    """Return the least of hours and import prices over the horizon; columns x, imports, surplus by period."""
    net = columns("supply") - columns("use_domestic") - columns("use_import")
    hours, kept = columns("worked_hours")[:, 0], np.diag(columns("depreciation")[:, 0])
    goal, abroad = columns("domestic"), columns("exports")
    size, eye, nil = 9, np.eye(3), np.zeros((3, 3))
    equal, right, upper, bound = [], [], [], []
    cost = np.zeros(size * HORIZON)
    trade = np.zeros(size * HORIZON)
    earned = balance
    for t in range(HORIZON):
        price = columns("prices_import")[:, 0] * [1.02 ** (over + t), 1, 1]
        row = np.zeros((3, size * HORIZON))
        row[:, t * size : (t + 1) * size] = np.hstack([net, eye, -eye])
        if t:
            row[:, (t - 1) * size : t * size] = np.hstack([nil, nil, kept])
        equal.append(row)
        right.append(goal[:, over + t] + abroad[:, over + t] - (surplus if t == 0 else 0.0))
        cost[t * size : t * size + 6] = [*hours, *price]
        if t < revise:
            trade[t * size + 3 : t * size + 6] = price
            earned += float(columns("prices_export")[:, 0] @ abroad[:, over + t])
        for sign in (1, -1) if rate else ():
            pace = np.zeros((3, size * HORIZON))
            pace[:, t * size : t * size + 3] = sign * eye
            if t:
                pace[:, (t - 1) * size : (t - 1) * size + 3] = -sign * (1 + sign * float(rate or 0)) * eye
            upper.append(pace)
            bound.append(sign * (1 + sign * float(rate or 0)) * activity if t == 0 else np.zeros(3))
    found = linprog(
        cost,
        A_ub=np.vstack([trade, *upper]),
        b_ub=np.concatenate([[earned], *bound]),
        A_eq=np.vstack(equal),
        b_eq=np.concatenate(right),
        method="highs",
    )
    return float(found.fun)


def test_looking_further_ahead_meets_what_a_short_sight_cannot(tmp_path: Path) -> None:
    """Period 4 asks for much grain: at a pace of 2 % a year it is there only if it was stored for in time."""
    dear = "x,1\ngrain,100\nflour,200\ntools,150\n"
    asked = TABLES["domestic"].replace("grain,1,1,1,6", "grain,1,1,1,8.5")
    read = read_receding_plan(folder(tmp_path, prices_import=dear, domestic=asked))
    seen = plan_receding(read.economy, read.course, Sight(periods=4, horizon=3, activity_rate=0.02))
    assert seen["surplus"]["quantity"].max() > 0
    with pytest.raises(Contradiction):
        plan_receding(read.economy, read.course, Sight(periods=4, horizon=1, activity_rate=0.02))


def test_words_and_data(tmp_path: Path) -> None:
    read = read_receding_plan(folder(tmp_path))
    plan = plan_receding(read.economy, read.course, Sight(periods=2, horizon=2))
    assert plan.words().startswith("2 periods carried out in 2 rounds")
    assert set(plan.to_data()["tables"]) == {"activity", "imports", "surplus", "work", "balance"}


def codes(path: Path) -> list[str]:
    with pytest.raises(BadInput) as raised:
        read_receding(path)
    return [fault.code for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("use_domestic", TABLES["use_domestic"].replace("mill", "smith"), "label-unknown"),
        ("worked_hours", "x,a,b\nfarm,1,1\nmill,1,1\nport,1,1\n", "periods"),
        ("exports", "x,1,2\ngrain,0,0\nflour,0,0\ntools,1,1\n", "periods"),
        ("depreciation", "x,kept\ngrain,1.9\nflour,1\ntools,0\n", "kept"),
        ("supply", TABLES["supply"].replace("tools,0,0,5", "tools,0,0,0"), "output-nil"),
        ("prices_import", "x,1,2,3\ngrain,1,1.1,5\nflour,2,2,2\ntools,1,1,1\n", "price-uneven"),
        ("domestic", TABLES["domestic"].replace("6,6", "six,6"), "number"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, name: str, text: str, code: str) -> None:
    assert code in codes(folder(tmp_path, **{name: text}))


def test_pickles_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "spanish_economy.pkl").write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    with pytest.raises(BadInput) as raised:
        read_receding(tmp_path)
    assert all(fault.found == "a pickle, which is not read" for fault in raised.value.faults)
    assert codes(tmp_path / "nowhere") == ["folder-missing"]


def test_a_course_must_reach_and_fit(tmp_path: Path) -> None:
    read = read_receding_plan(folder(tmp_path))
    with pytest.raises(BadInput, match="course-short"):
        plan_receding(read.economy, read.course, Sight(periods=6, horizon=3))
    with pytest.raises(BadInput, match="revised within the horizon"):
        plan_receding(read.economy, read.course, Sight(periods=2, horizon=1, revise=2))
    with pytest.raises(BadInput, match="course-shape"):
        plan_receding(read.economy, Course(np.ones((6, 2)), np.ones((6, 3)), np.ones(3)), Sight(2, 2))
    with pytest.raises(BadInput, match="figure"):
        Course(-np.ones((2, 1)), np.ones((2, 1)), np.ones(1))


def test_an_economy_with_stocks_is_left_to_the_planner() -> None:
    held = economy(
        {"mill": {"makes": {"flour": 1}, "stocks": {"stone": 1}, "factors": {"work": 1}}},
        {"flour": {"target": 1}},
        stocks={"stone": {"product": "flour", "quantity": 1}},
        supply={"work": 1},
    )
    with pytest.raises(BadInput) as raised:
        plan_receding(held, Course(np.ones((2, 1)), np.ones((2, 0)), np.ones(1)), Sight(1, 2))
    assert [fault.code for fault in raised.value.faults] == ["receding-unfit"] * 2
