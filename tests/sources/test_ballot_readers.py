"""Readers of ballot files: what each form says, and what becomes of papers that are not clear."""

from typing import Any

import pytest

from newcourse.errors import BadInput
from newcourse.sources.ballots.registry import read_votes_text
from tests.sources.ballot_texts import BLT, faults_of, problems_of, rows


def strict(*lists: tuple[str, int]) -> dict[tuple[Any, ...], int]:
    return {tuple((name,) for name in names): times for names, times in lists}


def test_grouped_csv() -> None:
    read = read_votes_text('3,2,\n6,1,2,\n1,3\n"Candidate 1","Ann","P",\n""Ward 1 - X, Y"",\n', "grouped-csv")
    assert rows(read.votes) == {(("Ann",), ("2",)): 6, (("3",),): 1}
    assert (read.form, read.seats, read.title, read.problems) == ("grouped-csv", 2, "Ward 1 - X, Y", ())


@pytest.mark.parametrize(
    ("line", "code", "counted", "ballots"),
    [
        ("5,1,2,1,", "ranked-twice", "up to the 2nd preference", 5),
        ("5,1,,2,", "preference-skipped", "up to the 1st preference", 5),
        ("5,2,9,", "candidate-unknown", "up to the 1st preference", 5),
        ("5,2,0,", "candidate-unknown", "up to the 1st preference", 5),
        ("5,2,-1,", "candidate-unknown", "up to the 1st preference", 5),
        ("5,2,two,", "not-a-number", "up to the 1st preference", 5),
        ("5,2,1.0,", "not-a-number", "up to the 1st preference", 5),
        ("5,,1,", "preference-skipped", "not counted", 5),
        ("5,9,1,", "candidate-unknown", "not counted", 5),
        ("5,", "blank", "as blank", 5),
        ("5", "blank", "as blank", 5),
        ("5,,,", "blank", "as blank", 5),
        ("0,1,", "times-wrong", "not counted", 0),
        ("-3,1,", "times-wrong", "not counted", 0),
        ("many,1,", "times-wrong", "not counted", 0),
        (f"{2**64},1,", "times-beyond", "not counted", 0),
        ("9" * 5000 + ",1,", "times-wrong", "not counted", 0),
        ("", "empty-line", "not counted", 0),
        (",,", "empty-line", "not counted", 0),
    ],
)
def test_lines_that_are_not_as_they_should_be(line: str, code: str, counted: str, ballots: int) -> None:
    read = read_votes_text(f"3,1,\n2,1,\n{line}\n2,3,\n", "grouped-csv")
    assert [(p.code, p.line, p.counted, p.ballots) for p in read.problems] == [(code, 3, counted, ballots)]
    is_rejected = counted == "not counted" and ballots
    assert read.rejected == (ballots if is_rejected else 0)
    assert read.votes.total == 4 + (0 if is_rejected else ballots)


def test_padding_after_the_last_preference_is_no_problem() -> None:
    read = read_votes_text("3,1,\n2,1,,,\n1,2,3,,\n", "grouped-csv")
    assert (rows(read.votes), read.problems) == (strict(("1", 2), ("23", 1)), ())


def test_text_after_the_ballots_is_reported() -> None:
    found = problems_of('2,1,\n1,1,\n"Candidate 1","Ann"\n"Ward"\n3,2,\n"Candidate 7","Zoe"\n')
    assert found == [("text-after-end", 5, "not counted", 0), ("text-after-end", 6, "not counted", 0)]


def test_equal_names_are_told_apart_and_missing_ones_are_numbers() -> None:
    read = read_votes_text('4,1,\n1,1,\n"Candidate 1","Ann"\n"Candidate 2","Ann"\n"Candidate 4"," "\n', "grouped-csv")
    assert read.candidates == ("Ann (1)", "Ann (2)", "3", "4")


def test_names_beside_the_file() -> None:
    assert read_votes_text("2,1,\n1,2,\n", "grouped-csv", names=["X", "Y"]).candidates == ("X", "Y")
    with pytest.raises(BadInput, match="names-wrong"):
        read_votes_text("2,1,\n1,2,\n", "grouped-csv", names=["X"])


def test_blt_with_withdrawal_ties_and_comments() -> None:
    read = read_votes_text(BLT, "blt")
    assert rows(read.votes) == {
        (("Adam",), ("Charlotte",), ("Donald",)): 3,
        (("Adam",), ("Charlotte",)): 4,
        (("Donald",), ("Adam", "Charlotte")): 2,
        (): 1,
        (("Charlotte", "Donald"), ("Adam",)): 2,
        (("Charlotte",), ("Donald",)): 1,
    }
    assert (read.seats, read.withdrawn, read.title, read.problems) == (2, ("Basil",), "A title", ())


def test_blt_lines_without_their_zero_and_several_on_one_line() -> None:
    assert rows(read_votes_text("3 1\n2 1 = 2 3 0\n0\n", "blt").votes) == {(("1", "2"), ("3",)): 2}
    assert rows(read_votes_text("3 1\n35 1 2\n20  1\t3 0\n0\n", "blt").votes) == strict(("12", 35), ("13", 20))
    read = read_votes_text('3 1\n3 1 2 0 2 3 1 0 4 2 0\n0\n"a" "b" "c" "All"\n', "blt")
    assert rows(read.votes) == strict(("ab", 3), ("ca", 2), ("b", 4))
    assert read.title == "All"


def test_blt_papers_that_are_not_clear() -> None:
    text = "4 2\n5 1 - 2 0\n5 1 2=2 0\n5 1 3= 0\n5 0 1 2\n5 1 0 2\n5 0\n(a) 1 2 0\n-3 1 0\n0 1 0\n2 3 - 0\n0\n"
    assert problems_of(text, "blt")[:-1] == [
        ("preference-skipped", 2, "up to the 1st preference", 5),
        ("ranked-twice", 3, "up to the 1st preference", 5),
        ("preference-skipped", 4, "up to the 1st preference", 5),
        ("text-after-end", 5, "as blank", 0),
        ("blank", 5, "as blank", 5),
        ("text-after-end", 6, "up to the 1st preference", 0),
        ("blank", 7, "as blank", 5),
        ("times-wrong", 8, "not counted", 0),
        ("times-wrong", 9, "not counted", 0),
        ("times-wrong", 10, "not counted", 0),
    ]
    assert problems_of(text, "blt")[-1][0] == "names-missing"


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("", "header-wrong", "text, line 1"),
        ("# note\n\n4\n1 1 0\n0\n", "header-wrong", "text, line 3"),
        ("0 1\n0\n", "header-wrong", "text, line 1"),
        ("99999999 1\n0\n", "header-wrong", "text, line 1"),
        ("3 1\n-4\n1 1 0\n0\n", "withdrawn-unknown", "text, line 2"),
        ("3 1\n1 1 0\n", "ballots-unended", "text, line 2"),
        ("2 1\n-1 -2\n1 1 0\n0\n", "no-candidate", "profile"),
    ],
)
def test_blt_files_that_cannot_be_read(text: str, code: str, where: str) -> None:
    assert faults_of(text, "blt") == [(code, where)]
