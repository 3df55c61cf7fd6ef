"""Forms of ballot files: PrefLib, Pabulib, the open form, how forms are known, and what is written."""

import gzip
import json
from fractions import Fraction
from pathlib import Path

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
from tests.sources.ballot_texts import BLT, faults_of, problems_of, rows

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
