"""``newcourse vote``: outcomes with every step, ballots as files hold them, rules with their sources."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from newcourse.vote.ballot import RankedBallot
from newcourse.vote.profile import Profile
from newcourse.vote.rule import RULES, count
from tests.cli.conftest import Run

Data = Callable[..., Any]
CYCLE = Profile(
    "ranked",
    ("a", "b", "c"),
    (
        (RankedBallot.of("a", "b", "c"), 4),
        (RankedBallot.of("b", "c", "a"), 3),
        (RankedBallot.of("c", "a", "b"), 2),
    ),
)
WARD = """3,2,
6,1,2,
3,3,
2,2,
1,2,2,
4,7,
x,1,
"Candidate 1","Ann"
"Candidate 2","Bo"
"Candidate 3","Cy"
"Ward 1",
"""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    file = tmp_path / "profile.json"
    file.write_text(json.dumps(CYCLE.to_data()), encoding="utf-8")
    return file


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    file = tmp_path / "ward.csv"
    file.write_text(WARD, encoding="utf-8")
    return file


def test_outcome_and_every_step_in_words(run: Run, profile: Path) -> None:
    outcome = count("schulze", {}, CYCLE)
    told = " ".join(run("vote", "count", profile, "--rule", "schulze").stdout.split())
    assert outcome.sentence in told
    assert all(" ".join(step.sentence.split()) in told for step in outcome.steps)
    assert outcome.steps[0].sentence not in run("vote", "count", profile, "--rule", "schulze", "--no-trace").stdout


def test_outcome_as_data_with_its_result_at_the_top(data: Data, profile: Path) -> None:
    given = ("--option", "strength=margins", "--option", 'ties={"by": "lot", "seed": "draw 7"}')
    found = data("vote", "count", profile, "--rule", "schulze", *given)
    options = {"strength": "margins", "ties": {"by": "lot", "seed": "draw 7"}}
    expected = json.loads(json.dumps(count("schulze", options, CYCLE).to_data()))
    result = expected.pop("result")
    about = {"title": "", "official_rule": None, "withdrawn": [], "rejected": 0, "problems": []}
    assert found == {**expected, **result, **about}
    assert "steps" not in data("vote", "count", profile, "--rule", "schulze", "--no-trace")


def test_seats_of_the_file_and_others(data: Data, ward: Path) -> None:
    found = data("vote", "count", ward, "--rule", "scottish-stv")
    assert (found["options"]["seats"], found["elected"], found["quota"]) == (2, ["Ann", "Bo"], 5)
    assert found["stages"][0]["votes"] == {"Ann": "6.00000", "Bo": "3.00000", "Cy": "3.00000"}
    assert (found["title"], found["ballots"], found["rejected"]) == ("Ward 1", 12, 4)
    assert [problem["code"] for problem in found["problems"]] == ["ranked-twice", "candidate-unknown", "times-wrong"]
    assert data("vote", "count", ward, "--rule", "scottish-stv", "--seats", 1)["elected"] == ["Ann"]
    assert data("vote", "count", ward, "--rule", "scottish-stv", "--option", "seats=1")["elected"] == ["Ann"]


def test_stages_and_problems_in_words(run: Run, ward: Path) -> None:
    told = run("vote", "count", ward, "--rule", "scottish-stv", "--no-trace").stdout
    assert [line.split()[:3] for line in told.splitlines() if line.startswith("Ann  ")] == [["Ann", "6.00000", "✓"]]
    assert "3 lines are not as they should be; 4 ballots are rejected:" in told
    assert "line 5, 1,2,2,: candidate 2 stands twice; counted up to the 1st preference (1 ballot)." in told


@pytest.mark.parametrize(("rule", "drawn"), [("scottish-stv", "last seat"), ("schulze", "prefer")])
def test_the_picture_fits_the_outcome(run: Run, ward: Path, profile: Path, rule: str, drawn: str) -> None:
    file, out = (ward if rule == "scottish-stv" else profile), ward.with_suffix(".svg")
    assert "Drawn in" in run("vote", "count", file, "--rule", rule, "--no-trace", "--picture", out).stdout
    assert drawn in out.read_text(encoding="utf-8")


def test_a_picture_that_cannot_be_written_is_refused_before_the_count(data: Data, ward: Path) -> None:
    found = data("vote", "count", ward, "--rule", "scottish-stv", "--picture", ward.with_suffix(".gif"), code=1)
    assert found["faults"][0]["code"] == "form-unknown"


def test_wide_counts_are_folded_to_the_terminal(run: Run, ward: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    told = run("vote", "count", ward, "--rule", "scottish-stv", "--no-trace").stdout
    assert told.count("not transferable") == 2
    assert all(len(line) <= 40 for line in told.splitlines())


def test_the_first_ten_problems_are_told(run: Run, data: Data, tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    file.write_text("2,1,\n1,1,\n" + "1,9,\n" * 13, encoding="utf-8")
    told = run("vote", "count", file, "--rule", "schulze").stdout
    assert told.count("there is no candidate 9") == 10
    assert "… and 3 more" in told
    assert len(data("vote", "count", file, "--rule", "schulze")["problems"]) == 13


@pytest.mark.parametrize("content", ["X\nY\nZ\n", '{"candidates": {"1": "X", "2": "Y", "3": "Z"}}', '["X", "Y", "Z"]'])
def test_names_given_beside_the_file(data: Data, ward: Path, tmp_path: Path, content: str) -> None:
    names = tmp_path / "names"
    names.write_text(content, encoding="utf-8")
    assert data("vote", "count", ward, "--rule", "scottish-stv", "--names", names)["elected"] == ["X", "Y"]


@pytest.mark.parametrize("content", ["X\nY\n", '{"1": "X", "7": "Y", "3": "Z"}', "[1, 2, 3]", "{", "[[]]"])
def test_names_that_are_none(data: Data, ward: Path, tmp_path: Path, content: str) -> None:
    names = tmp_path / "names"
    names.write_text(content, encoding="utf-8")
    told = data("vote", "count", ward, "--rule", "scottish-stv", "--names", names, code=1)
    assert told["faults"][0]["code"] == "names-wrong"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--rule", "shouting"], "rule-unknown"),
        (["--rule", "majority"], "form-wrong"),
        (["--rule", "schulze", "--option", "strength"], "setting-unreadable"),
        (["--rule", "schulze", "--option", "strength=great"], "option-wrong"),
        (["--rule", "schulze", "--seats", "2"], "option-unknown"),
        (["--rule", "scottish-stv", "--seats", "2", "--option", "seats=2"], "setting-twice"),
        (["--rule", "scottish-stv", "--seats", "9"], "seats-wrong"),
        (["--rule", "schulze", "--encoding", "klingon"], "file-undecodable"),
        (["--rule", "schulze", "--names", "nowhere.txt"], "file-unreadable"),
    ],
)
def test_counts_that_cannot_be(data: Data, profile: Path, options: list[str], code: str) -> None:
    assert data("vote", "count", profile, *options, code=1)["faults"][0]["code"] == code


@pytest.mark.parametrize("content", ["not JSON", "[]", '{"form": "ranked"}'])
def test_profiles_that_are_none(run: Run, tmp_path: Path, content: str) -> None:
    file = tmp_path / "profile.json"
    file.write_text(content, encoding="utf-8")
    assert "BadInput" in run("vote", "count", file, "--rule", "schulze", code=1).stderr


@pytest.mark.parametrize("ending", [".blt", ".soi", ".json"])
def test_ballots_written_in_another_form_count_the_same(run: Run, data: Data, ward: Path, ending: str) -> None:
    out = ward.with_suffix(ending)
    told = " ".join(run("vote", "convert", ward, out).stdout.split()).replace(f"{out.parent}/", "")
    assert f"12 ballots written to {out.name}" in told
    wanted = data("vote", "count", ward, "--rule", "scottish-stv")
    found = data("vote", "count", out, "--rule", "scottish-stv", "--seats", 2)
    assert found["stages"] == wanted["stages"]
    assert found["problems"] == []


@pytest.mark.parametrize(("ending", "code"), [(".soc", "form-wrong"), (".cat", "form-wrong"), (".xls", "form-unknown")])
def test_forms_that_do_not_fit(data: Data, ward: Path, ending: str, code: str) -> None:
    out = ward.with_suffix(ending)
    assert data("vote", "convert", ward, out, code=1)["faults"][0]["code"] == code
    assert not out.exists()


def test_rules_with_their_sources(run: Run, data: Data) -> None:
    assert [rule["rule"] for rule in data("vote", "rules")["rules"]] == list(RULES)
    told = run("vote", "rules").stdout
    assert all(name in told for name in RULES)


PABULIB = """META
key;value
description;Squares
budget;100
vote_type;approval
rule;greedy-no-skip
PROJECTS
project_id;cost
park;70.5
pool;60
path;20
VOTES
voter_id;vote
1;park,pool
2;park,pool,path
3;park,swings
"""


def test_budgets_and_costs_are_those_of_the_file(run: Run, data: Data, tmp_path: Path) -> None:
    file = tmp_path / "squares.pb"
    file.write_text(PABULIB, encoding="utf-8")
    told = data("vote", "count", file, "--rule", "budget-greedy")
    assert (told["selected"], told["cost"], told["options"]["costs"]["park"]) == (["park"], "141/2", "70.5")
    assert told["options"]["beyond"] == "stop"
    assert (told["title"], told["official_rule"]) == ("Squares", "budget-greedy")
    assert [problem["counted"] for problem in told["problems"]] == ["without that project"]
    skipping = data("vote", "count", file, "--rule", "budget-greedy", "--option", "beyond=skip")
    assert skipping["selected"] == ["park", "path"]
    words = run("vote", "count", file, "--rule", "budget-greedy", "--option", "budget=130.5").stdout
    assert [line.split()[1:] for line in words.splitlines() if line[:3] in ("1  ", "2  ")] == [
        ["park", "70.5"],
        ["pool", "60"],
    ]


@pytest.mark.slow
@pytest.mark.shared_data
def test_wards_are_counted_as_published(data: Data, shared_data: Path) -> None:
    folder = shared_data / "votes/scotland_2017"
    for official_file in sorted((folder / "official").glob("*.json"))[5::12]:
        official = json.loads(official_file.read_text(encoding="utf-8"))
        told = data("vote", "count", folder / official["ballots"], "--rule", "scottish-stv", "--names", official_file)
        numbers = {name: str(number) for number, name in enumerate(told["candidates"], start=1)}
        assert sorted(int(numbers[name]) for name in told["elected"]) == official["elected"]
        assert (told["quota"], told["problems"], told["rejected"]) == (official["quota"], [], 0)
        assert len(told["stages"]) == len(official["stages"])
        first = {numbers[name]: Decimal(votes) for name, votes in told["stages"][0]["votes"].items()}
        assert first == {number: Decimal(votes) for number, votes in official["stages"][0].items()}


def test_a_vacated_seat_is_refilled_from_the_ballots(run: Run, data: Data, ward: Path) -> None:
    elected = data("vote", "count", ward, "--rule", "scottish-stv")["elected"]
    found = data("vote", "countback", ward, "--vacated", elected[0])
    assert found["vacated"] == elected[0]
    assert found["elected"][0] not in elected
    assert found["sentence"] in " ".join(run("vote", "countback", ward, "--vacated", elected[0]).stdout.split())
    assert data("vote", "countback", ward, "--vacated", "Nobody", code=1)["faults"]
    wrong = data("vote", "countback", ward, "--vacated", elected[0], "--rule", "schulze", code=1)
    assert wrong["faults"][0]["code"] == "countback-rule"
