"""The commands of the laboratory: hypotheses, scenarios, codings, data, and a scenario run, for people and programs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newcourse.formations.banner import BANNER
from newcourse.formations.hypotheses.registry import HYPOTHESES
from newcourse.formations.observables.words import WORDS
from newcourse.sources.formations import CODINGS
from newcourse.sources.formations.scenario_files import scenario_names
from tests.cli.conftest import Run

Data = Callable[..., Any]


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_every_hypothesis_has_its_null_its_sources_and_its_critics(data: Data, run: Run) -> None:
    found = data("lab", "hypotheses")
    assert [each["code"] for each in found] == list(HYPOTHESES)
    assert all(each["null"] and each["sources"] and each["counter"] for each in found)
    shown = _flat(run("lab", "hypotheses", "H5").stdout)
    assert "no socialism in one country" in shown
    assert "Against it" in shown
    assert "h5.isolation" in shown
    assert BANNER not in shown
    assert f"H1: {BANNER}" in _flat(run("lab", "hypotheses", "H1").stdout)
    assert [each["code"] for each in found if each["banner"]] == ["H1", "H4b", "H7"]


def test_an_unknown_hypothesis_is_refused_with_the_known_ones(run: Run) -> None:
    assert "H10" in run("lab", "hypotheses", "H99", code=1).stderr


def test_scenarios_show_every_number_with_its_label(data: Data, run: Run) -> None:
    assert [each["name"] for each in data("lab", "scenarios")] == scenario_names()
    shown = _flat(run("lab", "scenarios", "restoration-1989").stdout)
    assert shown.startswith("Conditional on hypotheses H0")
    assert "assumed" in shown
    assert "What happened" in shown
    assert BANNER[1:] not in shown
    assert BANNER[1:] in _flat(run("lab", "scenarios", "russia-1917").stdout)


def test_words_of_the_essay_stand_with_what_they_are_not_and_a_number(data: Data, run: Run) -> None:
    found = {each["word"]: each for each in data("lab", "words")}
    assert list(found) == list(WORDS)
    assert all(each["is_not"] and each["fails"] and each["banner"] == BANNER for each in found.values())
    assert [n["value"] for n in found["collapse"]["numbers"]] == pytest.approx([0.5308], abs=1e-4)
    assert _flat(run("lab", "words").stdout).startswith(f"Q{BANNER[1:]}")
    shown = _flat(run("lab", "words", "decoherence").stdout)
    assert "Dephasing speeds transitions up while" in shown
    assert "known answer 0.00027027: 2h²Γ/(Γ² + Δ²)" in shown
    assert data("lab", "words", "entanglement") == [found["entanglement"]]
    assert "entanglement" in run("lab", "words", "spin", code=1).stderr


def test_codings_show_whose_reading_they_are_and_who_reads_otherwise(data: Data, run: Run) -> None:
    assert {each["name"] for each in data("lab", "codings")} == set(CODINGS)
    shown = _flat(run("lab", "codings", "degenerated-1924").stdout)
    assert "Read otherwise" in shown
    assert "Russia" in shown
    assert "no table of spells" in _flat(run("lab", "codings", "va-poreg").stdout)
    assert "degenerated-1924" in run("lab", "codings", "nobody", code=1).stderr


def test_data_show_changes_and_sources(run: Run, data: Data, shared_data: Path) -> None:
    folder = shared_data / "formations"
    shown = _flat(run("lab", "data", folder, "--first", "1914", "--last", "1930").stdout)
    assert "1917 Russia (Soviet Union) pre-capitalist workers' state leap" in shown
    told = data("lab", "data", folder, "--coding", "state-capitalism", "--last", "1930")
    assert told["coding"] == "state-capitalism"
    assert not any(event["to"] == "workers" and event["year"] > 1930 for event in told["events"])
    assert told["left_out"]


def test_a_scenario_is_run_with_its_rival_beside_and_drawn(data: Data, tmp_path: Path) -> None:
    drawn, map_ = tmp_path / "bands.svg", tmp_path / "waves.svg"
    told = data("lab", "run", "restoration-1989", "--runs", "2", "--picture", drawn, "--waves", map_)
    assert told["title"].startswith("Conditional on hypotheses")
    assert {each["by"] for each in told["ensembles"]} >= {"model", "rival"}
    assert all(0 <= row["low"] <= row["median"] <= row["high"] <= 1 for row in told["answers"])
    assert "Best classical rival" in drawn.read_text()
    assert "degenerated" in map_.read_text()
    again = data("lab", "run", "restoration-1989", "--runs", "2")
    assert again["answers"] == told["answers"]


@pytest.mark.parametrize(("option", "words"), [
    (("--country", "XXX"), "at --country"), (("--branch", "nowhere"), "at --branch"),
    (("--workers", "2", "--ray", "local"), "both"),
])  # fmt: skip
def test_what_cannot_be_run_or_drawn_is_refused_before_the_work(run: Run, option: tuple[str, ...], words: str) -> None:
    assert words in run("lab", "run", "restoration-1989", *option, code=1).stderr


def test_a_map_of_lands_that_lie_nowhere_is_refused_before_the_work(run: Run, tmp_path: Path) -> None:
    assert "no-tile" in run("lab", "run", "three-lands", "--waves", tmp_path / "map.svg", code=1).stderr
