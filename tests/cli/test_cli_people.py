"""People from the command line: invited, listed, handed out, erased; links that sign in once; the setup address."""

import logging
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newcourse.people.people import open_people
from newcourse.record.store import open_record
from tests.acts.commune import founded
from tests.people.facts import account

WAIT = 90


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("people") / "town.sqlite"
    with open_record(where) as record:
        founded(record)
    return where


def test_an_invitation_is_made_in_the_name_of_a_member(data: Callable[..., Any], town: Path) -> None:
    made = data("people", "invite", town, "N", "--by", "ben", "--address", "https://town.example/")
    code = made["invitation"].removeprefix("https://town.example/invitation/")
    with open_people(f"{town}.people") as people:
        found = people.codes.find(code, datetime.now(UTC), "invitation")
    assert (found.by, found.place) == ("ben", "N")


def test_an_invitation_needs_somebody_who_may_vouch(run: Callable[..., Any], town: Path) -> None:
    assert "member-unknown" in run("people", "invite", town, "N", "--by", "nobody", code=1).stderr
    with open_record(town) as record:
        from newcourse.acts.federation import Federation

        federation = Federation(record)
        allowed = {name: federation.may(name, "join", "S").allowed for name in ("ben", "cyd", "eva")}
    refused = [name for name, may in allowed.items() if not may]
    assert refused, "somebody may not vouch for people elsewhere"
    assert "Article" in run("people", "invite", town, "S", "--by", refused[0], code=3).stderr


def test_a_link_signs_in_and_says_so_in_the_log(
    data: Callable[..., Any], run: Callable[..., Any], town: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    made = data("people", "link", town, "ada")
    code = made["link"].removeprefix("http://localhost:8000/sign-in/link/")
    assert "a sign-in link was made for ada" in caplog.text
    assert code not in caplog.text
    with open_people(f"{town}.people") as people:
        assert people.codes.use_link(code, datetime.now(UTC)) == "ada"
    assert "fifteen minutes" in run("people", "link", town, "ada").stdout
    assert "member-unknown" in run("people", "link", town, "nobody", code=1).stderr


def test_people_are_listed_handed_out_and_erased(data: Callable[..., Any], run: Callable[..., Any], town: Path) -> None:
    with open_people(f"{town}.people") as people:
        people.accounts.make(account())
    member = "m-abcdefghij"
    assert [row["name"] for row in data("people", "list", town)["people"]] == ["Ada Lovelace"]
    assert "Ada Lovelace" in run("people", "list", town).stdout
    assert data("people", "export", town, member)["account"]["email"] == "ada@example.org"
    assert "ada@example.org" in run("people", "export", town, member).stdout
    assert "erasure-unsure" in run("people", "erase", town, member, code=1).stderr
    assert data("people", "erase", town, member, "--yes") == {"erased": member}
    for command in (("export",), ("erase", "--yes")):
        assert "account-unknown" in run("people", command[0], town, member, *command[1:], code=1).stderr
    assert data("people", "list", town)["people"] == []
    assert data("record", "verify", town)["ok"]


def test_nothing_is_made_beside_a_record_that_is_not_there(run: Callable[..., Any], tmp_path: Path) -> None:
    assert "record-missing" in run("people", "list", tmp_path / "nowhere.sqlite", code=1).stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_first_person_is_told_once_where_to_sign_up(tmp_path: Path) -> None:
    where = tmp_path / "new.sqlite"
    command = [sys.executable, "-m", "newcourse", "serve", str(where), "--new", "--port", "0"]
    told = []
    for _ in range(2):
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200"}
        ) as server:
            try:
                assert server.stdout is not None
                pages = re.search(r"http://\S+", server.stdout.readline())
                setup = re.search(r"http://localhost:\d+(/invitation/[a-z2-7]{26})", server.stdout.readline())
                assert pages is not None
                assert setup is not None
                with urllib.request.urlopen(pages.group().rstrip("/") + setup[1], timeout=WAIT) as page:
                    assert "You are the first person here" in page.read().decode()
                told.append(setup[1])
                server.send_signal(signal.SIGINT)
                assert server.wait(WAIT) == 0
            finally:
                server.kill()
    assert told[0] != told[1], "a new address each time, and only the last is good"
