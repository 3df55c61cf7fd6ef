"""``newcourse futures``: the same numbers as the library, for people and as data, and refusals with a remedy."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newcourse.plan.futures.open_plan import make_open_plan
from newcourse.plan.futures.usual import usual_tree
from newcourse.plan.limits import Limits
from newcourse.sources.example_trees import example_tree, read_tree
from newcourse.sources.folder import read_folder
from tests.cli.conftest import Run

Data = Callable[..., Any]
LEAN = {"kind": "scale", "table": "outputs", "column": "quantity", "factor": 0.8, "where": {"process": "bake"}}
TREE = {
    "title": "Harvest",
    "source": "assumed",
    "nodes": [
        {"name": "now"},
        {"name": "good", "parent": "now", "period": 2, "weight": 0.7},
        {"name": "bad", "title": "A bad harvest", "parent": "now", "period": 2, "weight": 0.3, "changes": [LEAN]},
    ],
}
CSV = """name,title,parent,period,weight,sudden,kind,table,column,factor,where
now,,,,,,,,,,
good,,now,2,0.7,,,,,,
bad,A bad harvest,now,2,0.3,,scale,outputs,quantity,0.8,process=bake
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    path = tmp_path / "tree.json"
    path.write_text(json.dumps(TREE), encoding="utf-8")
    return path


def test_data_are_those_of_the_library(data: Data, commune: Path, tree: Path) -> None:
    found = data("futures", commune, "--tree", tree, "--options", 2)
    plan = make_open_plan(read_folder(commune), limits=Limits(2), tree=read_tree(tree))
    assert found["bands"] == plan.bands().to_dict("records")
    assert found["weights"] == {"good": 0.7, "bad": 0.3}
    assert found["certified"]
    assert found["worth"]["values"]["perfect_information"] >= -1e-6
    assert found["hedging"] is None


def test_for_people(run: Run, commune: Path, tree: Path) -> None:
    told = run("futures", commune, "--tree", tree, "--options", 1).stdout
    for words in ("Conditional on these futures", "A bad harvest", "expected", "What it is worth", "Optimal"):
        assert words in told


def test_a_tree_as_csv_is_the_same(tree: Path, tmp_path: Path) -> None:
    path = tmp_path / "Harvest.csv"
    path.write_text(CSV, encoding="utf-8")
    one, other = (read_tree(each).to_data() for each in (tree, path))
    one["nodes"][2]["changes"][0]["where"] = {"process": ["bake"]}
    assert one == other


def test_planned_again_after_an_observation(data: Data, commune: Path, tree: Path) -> None:
    found = data("futures", commune, "--tree", tree, "--observe", "bad", "--options", 0)
    assert found["weights"] == {"bad": 1.0}


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_hedging_over_workers(data: Data, commune: Path, tree: Path, workers: int) -> None:
    found = data("futures", commune, "--tree", tree, "--workers", workers, "--gap", 0.01, "--options", 0)
    hedged = found["hedging"]
    assert hedged["reached"]
    assert hedged["value"] == pytest.approx(found["worth"]["values"]["together"], rel=0.01)
    assert hedged["bound"] >= found["worth"]["values"]["together"] * (1 - 1e-6)


def test_without_a_tree_one_is_assumed(data: Data, commune: Path) -> None:
    found = data("futures", commune, "--options", 0)
    assert found["tree"] == usual_tree(read_folder(commune)).to_data()
    assert found["tree"]["source"] == "assumed"


def test_refusals(data: Data, commune: Path, tmp_path: Path) -> None:
    def refused(content: object) -> list[str]:
        path = tmp_path / "wrong.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        return [fault["code"] for fault in data("futures", commune, "--tree", path, code=1)["faults"]]

    assert refused([]) == ["tree-form"]
    assert refused({"nodes": [{"name": "now"}, {"name": "a", "parent": "now", "period": 2, "weight": 0.4}]}) == [
        "node-weights"
    ]
    assert refused({"nodes": [{"name": "now", "changes": [{**LEAN, "where": {"process": "fly"}}]}]}) == [
        "change-unknown"
    ]
    assert data("futures", commune, "--tree", "nowhere.json", code=1)["faults"][0]["code"] == "tree-unreadable"
    assert data("futures", commune, "--observe", "nothing", code=1)["faults"][0]["code"] == "node-unknown"


@pytest.mark.parametrize(("name", "leaves"), [("sweden", 4), ("world", 2)])
def test_trees_of_the_examples_say_that_they_are_assumed(name: str, leaves: int) -> None:
    found = example_tree(name)
    assert found.source == "assumed"
    assert len(found.leaves) == leaves
