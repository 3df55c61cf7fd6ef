"""Text for people: bars, tables and errors on any terminal; data for programs that is always JSON."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from newcourse.cli import output
from newcourse.cli.app import app
from newcourse.cli.output import bar, plain
from newcourse.cli.records import file_of

ESCAPE = "\x1b"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(np.float64(2.5)) | st.just(Path("a")),
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_whatever_is_given_is_json(value: Any) -> None:
    json.loads(json.dumps(plain(value), allow_nan=False))


def test_numbers_of_numpy_and_what_is_no_number() -> None:
    assert plain({"a": np.float64(1.5), "b": np.int64(2), "c": math.nan, "d": -math.inf, "e": np.bool_(True)}) == {
        "a": 1.5, "b": 2, "c": None, "d": None, "e": True,
    }  # fmt: skip


@given(st.floats(allow_nan=False), st.integers(1, 60))
def test_a_bar_is_as_long_as_it_should_be(part: float, width: int) -> None:
    drawn = bar(part, width).plain
    assert len(drawn) == width
    assert drawn.count("█") <= max(0.0, min(1.0, part)) * width + 1


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_longer_bar_is_for_more(one: float, other: float) -> None:
    less, more = (bar(part, 20).plain.count("·") for part in sorted((one, other)))
    assert less >= more


def test_bars_in_plain_letters_where_there_are_no_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "can_show", lambda _letters: False)
    assert bar(0.5, 4).plain == "##.."


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_no_line_is_longer_than_the_terminal(monkeypatch: pytest.MonkeyPatch, commune: Path, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    told = CliRunner().invoke(app, ["plan", str(commune)]).stdout
    assert max(map(len, told.splitlines())) <= columns
    assert "70.0%" in told


def test_colour_only_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch, commune: Path) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert ESCAPE in CliRunner().invoke(app, ["plan", str(commune)]).stdout
    monkeypatch.delenv("FORCE_COLOR")
    monkeypatch.setenv("NO_COLOR", "1")
    assert ESCAPE not in CliRunner().invoke(app, ["plan", str(commune)]).stdout


def test_words_in_brackets_are_words(data: Callable[..., Any], run: Callable[..., Any]) -> None:
    assert "[bold]no[/bold]" in run("check", "[bold]no[/bold]", code=1).stderr


@pytest.mark.parametrize(
    ("where", "path"),
    [
        ("town.sqlite", "town.sqlite"),
        ("sqlite:////tmp/a", "/tmp/a"),
        ("postgresql://host/town", None),
        ("sqlite://", None),
    ],
)
def test_addresses_that_are_files(where: str, path: str | None) -> None:
    assert file_of(where) == (Path(path) if path else None)
