"""``newcourse vote``: outcomes with every step, rules with their sources."""

import json
from collections.abc import Callable
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


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    file = tmp_path / "profile.json"
    file.write_text(json.dumps(CYCLE.to_data()), encoding="utf-8")
    return file


def test_outcome_and_every_step_in_words(run: Run, profile: Path) -> None:
    outcome = count("schulze", {}, CYCLE)
    told = " ".join(run("vote", "count", profile, "--rule", "schulze").stdout.split())
    assert outcome.sentence in told
    assert all(" ".join(step.sentence.split()) in told for step in outcome.steps)
    assert outcome.steps[0].sentence not in run("vote", "count", profile, "--rule", "schulze", "--no-trace").stdout


def test_outcome_as_data(data: Data, profile: Path) -> None:
    given = ("--option", "strength=margins", "--option", 'ties={"by": "lot", "seed": "draw 7"}')
    found = data("vote", "count", profile, "--rule", "schulze", *given)
    options = {"strength": "margins", "ties": {"by": "lot", "seed": "draw 7"}}
    assert found == json.loads(json.dumps(count("schulze", options, CYCLE).to_data()))


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--rule", "shouting"], "rule-unknown"),
        (["--rule", "majority"], "form-wrong"),
        (["--rule", "schulze", "--option", "strength"], "setting-unreadable"),
        (["--rule", "schulze", "--option", "strength=great"], "option-wrong"),
    ],
)
def test_counts_that_cannot_be(data: Data, profile: Path, options: list[str], code: str) -> None:
    assert data("vote", "count", profile, *options, code=1)["faults"][0]["code"] == code


@pytest.mark.parametrize("content", ["not JSON", "[]", '{"form": "ranked"}'])
def test_profiles_that_are_none(run: Run, tmp_path: Path, content: str) -> None:
    file = tmp_path / "profile.json"
    file.write_text(content, encoding="utf-8")
    assert "BadInput" in run("vote", "count", file, "--rule", "schulze", code=1).stderr


def test_rules_with_their_sources(run: Run, data: Data) -> None:
    assert [rule["rule"] for rule in data("vote", "rules")["rules"]] == list(RULES)
    told = run("vote", "rules").stdout
    assert all(name in told for name in RULES)
