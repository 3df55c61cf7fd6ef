"""``newcourse act``: an act on the database itself, by the same rules as on the pages."""

import json
from pathlib import Path

import pytest

from newcourse.record.store import open_record
from tests.acts.commune import founded
from tests.cli.conftest import Run


@pytest.fixture
def town(tmp_path: Path) -> Path:
    path = tmp_path / "town.sqlite"
    with open_record(path) as record:
        founded(record)
    return path


def entries(path: Path) -> list[str]:
    with open_record(path) as record:
        return [entry.act for entry in record.entries()]


def test_an_act_is_done_once_under_its_key(run: Run, town: Path) -> None:
    asked = ("act", town, "join", "place=N", "person=gus", "--actor", "ada", "--key", "join-gus", "--json")
    first, again = (json.loads(run(*asked).stdout) for _ in range(2))
    assert first == again
    assert first["entry"]["act"] == "join"
    assert first["entry"]["actor"] == "ada"
    assert first["receipt"]["index"] == first["entry"]["sequence"] - 1
    assert entries(town).count("join") == 1
    assert "entry" in run("act", town, "join", "place=N", "person=hal", "--actor", "ada").stdout


def test_all_faults_are_told_at_once(run: Run, town: Path) -> None:
    told = json.loads(
        run("act", town, "file_need", "minimum=x", "colour=red", "--actor", "ada", "--json", code=1).stdout
    )
    found = {(fault["code"], fault["where"]) for fault in told["faults"]}
    assert ("parameter-wrong", "minimum") in found
    assert ("parameter-unknown", "colour") in found
    assert ("parameter-missing", "place") in found


def test_who_may_not_reads_the_article(run: Run, town: Path) -> None:
    told = json.loads(run("act", town, "open_cycle", "--actor", "zed", "--json", code=3).stdout)
    (fault,) = told["faults"]
    assert fault["code"] == "no-authority"
    assert "zed" in fault["found"]


@pytest.mark.parametrize("given", ["place", "place=@/nowhere/at/all"])
def test_what_cannot_be_read_is_refused(run: Run, town: Path, given: str) -> None:
    run("act", town, "join", given, "--actor", "ada", code=1)


def test_no_such_act(run: Run, town: Path) -> None:
    assert "open_vote" in run("act", town, "conquer", "--actor", "ada", code=1).output


def test_a_value_may_come_from_a_file(run: Run, town: Path, tmp_path: Path) -> None:
    (tmp_path / "person.txt").write_text("gus\n")
    run("act", town, "join", "place=N", f"person=@{tmp_path / 'person.txt'}", "--actor", "ada")
    with open_record(town) as record:
        last = [*record.entries()][-1]
    assert last.body["person"] == "gus"
