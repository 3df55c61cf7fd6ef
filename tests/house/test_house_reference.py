"""Pages made from the program say what the program says today."""

import pytest

from tests.house.project import ROOT, script

GENERATED = script("generate_reference")


@pytest.mark.parametrize("name", GENERATED["PAGES"])
def test_reference_page_has_not_drifted(name: str) -> None:
    page = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert page == GENERATED["PAGES"][name](), "run scripts/generate_reference.py"


def test_a_bar_in_a_text_does_not_break_its_table() -> None:
    assert (
        GENERATED["table"](("a", "b"), [("x|y", "two\n  lines")]) == "| a | b |\n| --- | --- |\n| x\\|y | two lines |\n"
    )


@pytest.mark.parametrize(
    ("default", "words"),
    [(None, ""), ("", "empty"), (True, "true"), (False, "false"), (1.0, "1"), (0, "0"), (float("inf"), "no limit")],
)
def test_defaults_are_written_as_a_person_reads_them(default: object, words: str) -> None:
    assert GENERATED["default_words"](default) == words
