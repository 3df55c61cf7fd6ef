"""``newcourse statutes``: the examples hold, faults are named, and what is shown can be checked again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newcourse.council.default_statutes import default_data, default_statutes
from newcourse.council.fitting import fitting_faults
from newcourse.council.statutes import Statutes
from newcourse.council.tree import Place, Tree
from newcourse.record.store import open_record
from tests.acts.forum import forum
from tests.cli.conftest import Run

Data = Callable[..., Any]

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "statutes"

PLACES = {
    "co-operatives": (
        ("F", "federation", ""),
        ("R", "region", "F"),
        ("C", "enterprise", "R"),
        ("D", "enterprise", "R"),
    ),
    "city": (("F", "city", ""), ("D", "district", "F"), ("N", "neighbourhood", "D"), ("M", "neighbourhood", "D")),
    "union-branch": (("B", "branch", ""),),
}


@pytest.mark.parametrize("name", PLACES)
def test_the_examples_hold_by_themselves_and_with_their_places(data: Data, name: str) -> None:
    answer = data("statutes", "check", EXAMPLES / f"{name}.json")
    assert answer["ok"] is True
    law = Statutes.from_data(json.loads((EXAMPLES / f"{name}.json").read_text()))
    assert answer["councils"] == [*law.councils]
    tree = Tree(tuple(Place(place, place, level, parent) for place, level, parent in PLACES[name]))
    assert fitting_faults(law, tree) == []


def test_every_example_is_tested() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.json")} == set(PLACES)


def test_a_check_says_what_there_is(run: Run) -> None:
    out = run("statutes", "check", EXAMPLES / "city.json").stdout
    assert "neighbourhood" in out
    assert "19 articles, without contradictions or dead ends" in " ".join(out.split())


def test_every_fault_is_named(data: Data, run: Run, tmp_path: Path) -> None:
    spoiled = default_data()
    spoiled["articles"][4]["cycle"]["support"] = 0
    spoiled["articles"][14].pop("recall")
    path = tmp_path / "spoiled.json"
    path.write_text(json.dumps(spoiled))
    result = run("statutes", "check", path, code=1)
    assert "support-wrong" in result.output
    assert "recall-rules" in result.output
    run("statutes", "check", tmp_path / "nothing.json", code=1)


def test_places_show_more_faults(run: Run, commune: Path) -> None:
    assert "level-unknown" in run("statutes", "check", EXAMPLES / "city.json", "--economy", commune, code=1).output
    run("statutes", "check", EXAMPLES / "union-branch.json", "--economy", commune)


def test_what_is_shown_can_be_checked(data: Data, tmp_path: Path) -> None:
    shown = data("statutes", "show")
    assert Statutes.from_data(shown) == default_statutes()
    path = tmp_path / "shown.json"
    path.write_text(json.dumps(shown))
    assert data("statutes", "check", path)["ok"] is True


def test_one_article_is_shown(run: Run, data: Data) -> None:
    assert run("statutes", "show", "--article", "15").stdout.startswith("15. Recall\n")
    assert data("statutes", "show", "--article", "15")["recall"]["refill"] == "countback"
    assert "article-unknown" in run("statutes", "show", "--article", "99", code=1).output


def test_the_statutes_of_a_federation_are_shown(run: Run, data: Data, tmp_path: Path) -> None:
    path = tmp_path / "forum.sqlite"
    with open_record(path) as record:
        forum(record)
    assert "Version 1" in run("statutes", "show", "--db", path).stdout
    decisions = [row for article in data("statutes", "show", "--db", path)["articles"] for row in
                 article.get("decisions", ())]  # fmt: skip
    assert {row["ballot"] for row in decisions} == {"open"}
    empty = tmp_path / "empty.sqlite"
    with open_record(empty):
        pass
    assert "not-founded" in run("statutes", "show", "--db", empty, code=1).output
