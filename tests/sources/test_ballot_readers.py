"""Readers of ballot files: what each form says, and what becomes of papers that are not clear."""

import gzip
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from newcourse.errors import BadInput
from newcourse.sources.ballots.blt import write_blt
from newcourse.sources.ballots.preflib import preflib_kind, write_preflib
from newcourse.sources.ballots.registry import FORMS, read_votes, read_votes_text
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rule import count

BLT = """# a model
4 2
-2
3 1 3 4 0
4 1 3 2 0
2 4 1=3 0
1 2 0
2 2=4=3 1 0
1 3 4 2 0   # a late paper
0
"Adam"
"Basil"
"Charlotte"
"Donald"
"A  title"
"""

SOI = """# FILE NAME: x.soi
# TITLE: Sushi
# DATA TYPE: toi
# NUMBER ALTERNATIVES: 4
# ALTERNATIVE NAME 1: Ebi
# ALTERNATIVE NAME 2: Anago: grilled
# ALTERNATIVE NAME 4: Ika
5: 1,2,3
2: {3,4},1
1: 4
"""

CAT = """# DATA TYPE: cat
# NUMBER ALTERNATIVES: 3
# NUMBER CATEGORIES: 3
5: {1,2},3,{}
2: 3,{},{1,2}
1: {},{1,2,3}
1: {1,1},{1},7
"""


def rows(votes: Any) -> dict[tuple[Any, ...], int]:
    return {ballot.ranks: times for ballot, times in votes.to_profile().ballots}


def strict(*lists: tuple[str, int]) -> dict[tuple[Any, ...], int]:
    return {tuple((name,) for name in names): times for names, times in lists}


def problems_of(text: str, form: str = "grouped-csv") -> list[tuple[str, int, str, int]]:
    return [(p.code, p.line, p.counted, p.ballots) for p in read_votes_text(text, form).problems]


def faults_of(text: str, form: str) -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as caught:
        read_votes_text(text, form)
    return [(fault.code, fault.where) for fault in caught.value.faults]


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


def test_preflib_orders() -> None:
    read = read_votes_text(SOI, "preflib")
    assert rows(read.votes) == {
        (("Ebi",), ("Anago: grilled",), ("3",)): 5,
        (("3", "Ika"), ("Ebi",)): 2,
        (("Ika",),): 1,
    }
    assert (read.title, read.problems) == ("Sushi", ())
    found = problems_of(SOI + "3: 1,{2,1}\n3: {1\n\n# end\n3:\n3 1,2\n1: 2,3: 4\n", "preflib")
    assert found == [
        ("ranked-twice", 11, "up to the 1st preference", 3),
        ("not-a-number", 12, "not counted", 3),
        ("empty-line", 13, "not counted", 0),
        ("blank", 15, "as blank", 3),
        ("times-wrong", 16, "not counted", 0),
        ("not-a-number", 17, "up to the 1st preference", 1),
    ]


def test_preflib_categories() -> None:
    read = read_votes_text(CAT, "preflib")
    assert read.votes.form == "approval"
    assert read.votes.totals().tolist() == [5, 5, 2]
    assert [(p.code, p.counted) for p in read.problems] == [
        ("ranked-twice", "without candidate 1"),
        ("candidate-unknown", "without 7"),
    ]
    assert read_votes_text(CAT, "preflib", approved=2).votes.totals().tolist() == [6, 6, 8]


def test_preflib_files_that_cannot_be_read() -> None:
    assert faults_of("# TITLE: x\n1: 2\n", "preflib") == [("header-wrong", "text, line 1")]
    assert faults_of("# NUMBER ALTERNATIVES: 2\n", "preflib") == [("no-ballots", "text, line 2")]
    text = "# NUMBER ALTERNATIVES: 1\n# ALTERNATIVE NAME 2: a\n# ALTERNATIVE NAME 3: b\n1: 1\n"
    assert [code for code, _ in faults_of(text, "preflib")] == ["candidate-unknown"] * 2


def test_pabulib_with_budget_and_problems() -> None:
    text = (
        "META\nkey;value\nbudget;100\nvote_type;approval\nrule;greedy\nPROJECTS\nproject_id;cost\npark;60\npool;40.5\n"
    )
    read = read_votes_text(text + "VOTES\nvoter_id;vote\n1;park,pool\n2;pool,swings\n", "pabulib")
    assert (read.budget, read.costs, read.rule) == (100, {"park": 60, "pool": Fraction(81, 2)}, "budget-greedy")
    assert read.votes.totals().tolist() == [1, 2]
    assert [(p.code, p.line, p.counted) for p in read.problems] == [("project-unknown", 13, "without that project")]


def test_the_open_form_and_its_faults() -> None:
    profile = Profile.of("ranked", ["a", "b"], [RankedBallot.of("b")])
    assert read_votes_text(json.dumps(profile.to_data()), "profile").votes == profile
    published = {"vote": "V1", "question": "Which?", "profile": profile.to_data(), "outcome": {}}
    read = read_votes_text(json.dumps(published), "profile")
    assert (read.votes, read.title) == (profile, "Which?")
    many = {"times": 2**60, "ballot": {"form": "ranked", "ranks": [["a"]]}}
    text = json.dumps({"form": "ranked", "candidates": ["a"], "ballots": [many]})
    assert faults_of(text, "profile") == [("times-wrong", "text")]


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.csv", "2,1,\n1,1,\n", "grouped-csv"),
        ("a.txt", BLT, "blt"),
        ("a.dat", BLT, "blt"),
        ("a.txt", SOI, "preflib"),
        ("a.SOI", SOI, "preflib"),
        ("a.txt", json.dumps(Profile.of("ranked", ["a"], [RankedBallot.of("a")]).to_data()), "profile"),
    ],
)
def test_forms_are_known_by_ending_or_content(tmp_path: Path, name: str, content: str, form: str) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    assert read_votes(file).form == form
    packed = tmp_path / f"{name}.gz"
    packed.write_bytes(gzip.compress(content.replace("\n", "\r\n").encode()))
    assert read_votes(packed).form == form


@pytest.mark.parametrize("size", [63, 64, 127, 128, 200])
def test_repeats_are_found_among_any_number_of_candidates(size: int) -> None:
    lines = [f"1,{size},{k},{k + 1}," for k in range(1, size - 1)] + [
        f"1,{size},1,{size},",
        f"1,{size - 1},{size + 1},",
    ]
    read = read_votes_text("\n".join([f"{size},1,", *lines]), "grouped-csv")
    assert [(p.code, p.line) for p in read.problems] == [("ranked-twice", size), ("candidate-unknown", size + 1)]
    assert read.votes.order[: size - 2, 1].tolist() == list(range(size - 2))


@pytest.mark.parametrize("content", [b"", b"hello\n", b"\x1f\x8bno", b"\xff\n"])
def test_files_in_no_known_form(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a"
    file.write_bytes(content)
    with pytest.raises(BadInput):
        read_votes(file)


def test_encodings(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes('2,1,\n1,2,\n"Candidate 1","Łódź"\n"Candidate 2","Ż"\n'.encode("cp1250"))
    assert read_votes(file, encoding="cp1250").candidates == ("Łódź", "Ż")
    with pytest.raises(BadInput, match="line 3"):
        read_votes(file)
    file.write_bytes(b"\xef\xbb\xbf2,1,\n1,2,\n")
    assert read_votes(file).votes.total == 1


@pytest.mark.parametrize("text", [BLT, "3 1\n2 3 0\n5 0\n0\n"])
def test_what_is_written_is_read_again(text: str) -> None:
    read = read_votes_text(text, "blt")
    again = read_votes_text(write_blt(read.votes, 2, read.title), "blt")
    assert (rows(again.votes), again.title, again.seats) == (rows(read.votes), read.title, 2)
    other = read_votes_text(write_preflib(read.votes, read.title), "preflib")
    assert (rows(other.votes), other.title) == (rows(read.votes), read.title)


def test_approvals_written_as_categories() -> None:
    votes = ApprovalVotes.of_lists(["a", "b", "c"], [["a", "c"], [], ["b"]], [3, 2, 1])
    read = read_votes_text(write_preflib(votes), "preflib")
    assert (read.votes.given.toarray() == votes.given.toarray()).all()
    assert read.votes.times.tolist() == [3, 2, 1]
    with pytest.raises(BadInput, match="form-wrong"):
        write_preflib(ApprovalVotes.of_points(["a"], [{"a": 2}], [1]))


def test_kinds_of_preflib_files() -> None:
    assert preflib_kind(RankedVotes.of_lists("ab", ["ab"], [1])) == "soc"
    assert preflib_kind(RankedVotes.of_lists("ab", ["a"], [1])) == "soi"
    assert preflib_kind(read_votes_text(SOI, "preflib").votes) == "toi"


def test_many_lines_are_read_fast_and_told(tmp_path: Path) -> None:
    order = np.argsort(np.random.default_rng(7).random((60_000, 12)), axis=1) + 1
    lines = [",".join(["2", *map(str, row), ""]) for row in order.tolist()]
    lines[40_000] = "2,1,1,"
    file = tmp_path / "many.csv"
    file.write_text("\n".join(["12,3,", *lines]), encoding="utf-8")
    told: list[float] = []
    read = read_votes(file, tell=lambda _, part: told.append(part))
    assert [(p.line, p.code) for p in read.problems] == [(40_002, "ranked-twice")]
    assert (read.votes.total, told[-1], sorted(told)) == (120_000, 1.0, told)
    assert (read.votes.order[:40_000] == order[:40_000] - 1).all()


@pytest.mark.shared_data
def test_wards_have_as_many_ballots_as_published(shared_data: Path) -> None:
    folder = shared_data / "votes/scotland_2017"
    for file in sorted((folder / "ballots").glob("*.csv")):
        official = json.loads((folder / "official" / f"{file.stem}.json").read_text(encoding="utf-8"))
        read = read_votes(file)
        assert (read.votes.total, read.seats, read.problems) == (official["valid_poll"], official["seats"], ()), file
        assert read.title == "" or "ard" in read.title or not read.title.isdigit()


@pytest.mark.shared_data
def test_the_model_election_of_1997_is_read_and_written(shared_data: Path) -> None:
    read = read_votes(shared_data / "votes/ers97/ers97_model_election.blt")
    assert (read.votes.total, read.seats, read.title) == (753, 6, "ERS97 Model Election")
    assert read.votes.first().tolist() == [134, 81, 27, 24, 105, 91, 64, 59, 55, 23, 90]
    assert rows(read_votes_text(write_blt(read.votes), "blt").votes) == rows(read.votes)


@pytest.mark.slow
@pytest.mark.shared_data
def test_wards_elect_whom_they_elected(shared_data: Path) -> None:
    folder = shared_data / "votes/scotland_2017"
    for file in sorted((folder / "ballots").glob("*.csv"))[::12]:
        official = json.loads((folder / "official" / f"{file.stem}.json").read_text(encoding="utf-8"))
        read = read_votes(file, names=[str(k + 1) for k in range(len(official["candidates"]))])
        outcome = count("scottish-stv", {"seats": read.seats}, read.votes)
        assert sorted(map(int, outcome.result.to_data()["elected"])) == official["elected"], file


def test_every_form_has_a_reader_of_its_own() -> None:
    assert len({form.name for form in FORMS}) == len({form.read for form in FORMS}) == len(FORMS)
