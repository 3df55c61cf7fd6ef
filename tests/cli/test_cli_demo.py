"""``newcourse demo``: a whole turn of the cycle whose record anybody can verify; and ``newcourse serve``."""

import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from newcourse.acts.federation import Federation
from newcourse.cli.app import app
from newcourse.cli.demo.account import gather
from newcourse.cli.demo.files import DEFAULT, fresh_name
from newcourse.cli.demo.people import SYNTHETIC
from newcourse.cli.demo.sweden import SWEDEN
from newcourse.cli.demo.telling import told
from newcourse.council.secrecy import TOKEN_HOLDER
from newcourse.record.store import open_record
from tests.cli.conftest import Run

Data = Callable[..., Any]
WAIT = 180


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The record of a demonstration, and its account as data."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    result = CliRunner().invoke(app, ["demo", "--database", str(path), "--json"])
    assert result.exit_code == 0, result.output
    return path, json.loads(result.stdout)


@pytest.mark.slow
def test_the_record_of_a_demonstration_verifies(played: tuple[Path, dict[str, Any]], data: Data) -> None:
    path, account = played
    found = data("record", "verify", path)
    assert found["ok"] is found["lawful"] is True
    assert found["head"] == account["record"]["head"]
    assert account["record"]["ok"] is True


@pytest.mark.slow
def test_a_whole_turn_was_gone_round(played: tuple[Path, dict[str, Any]]) -> None:
    _, account = played
    assert len(account["proposals"]) >= 5
    assert all(proposal["costing"]["words"] and proposal["supporters"] >= 2 for proposal in account["proposals"])
    weights, choice = account["votes"]
    assert weights["ballots"] > weights["electorate"] / 2
    assert account["adopted"] == choice["result"]["winner"] == choice["result"]["ranking"][0]
    assert len(account["variants"]) == 3
    assert account["plan"]["certified"] is True
    assert account["plan"]["goal"]["weights"].keys() == weights["result"]["shares"].keys()
    assert len(account["orders"]) > 20
    assert account["shortfalls"]


@pytest.mark.slow
def test_everybody_in_the_record_is_labelled_synthetic(played: tuple[Path, dict[str, Any]]) -> None:
    with open_record(played[0], make=False) as record:
        assert all(entry.actor.endswith(SYNTHETIC) or entry.actor == TOKEN_HOLDER for entry in record.entries())
        assert all(person.endswith(SYNTHETIC) for person in Federation(record).state.members)


@pytest.mark.slow
def test_the_account_tells_what_the_record_says(played: tuple[Path, dict[str, Any]]) -> None:
    path, account = played
    with open_record(path, make=False) as record:
        terminal = Console(width=100, no_color=True, file=io.StringIO())
        assert isinstance(terminal.file, io.StringIO)
        for part in told(gather(Federation(record), SWEDEN, 7), path.name):
            terminal.print(part)
    text = " ".join(terminal.file.getvalue().split())
    winner = next(v for v in account["variants"] if v["variant"] == account["adopted"])
    assert f"The plan that was adopted: {winner['title']}" in text
    assert account["record"]["head"] in text
    assert all(proposal["title"].split()[0] in text for proposal in account["proposals"])
    assert "every vote counted again" in text
    assert "The people are not" in text
    for shortfall in account["shortfalls"][:1]:
        assert shortfall["words"].split(":")[0] in text


@pytest.mark.slow
def test_an_account_of_a_record_that_was_changed_says_so(played: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(played[0].read_bytes())
    with open_record(copy) as record:
        at = max(entry.at for entry in record.entries())
        record.append("adopt", "eve", {"cycle": 1, "variant": "none", "plan": "none"}, at)
        assert not Federation(record).verify().ok


def test_no_record_is_ever_overwritten(data: Data, tmp_path: Path) -> None:
    taken = tmp_path / "mine.sqlite"
    taken.write_bytes(b"mine")
    assert data("demo", "--database", taken, code=1)["faults"][0]["code"] == "record-there"
    assert taken.read_bytes() == b"mine"


@pytest.mark.postgresql
def test_a_database_with_a_record_is_not_used_again(data: Data, postgresql_url: str) -> None:
    from newcourse.cli.demo.files import fresh_record

    with fresh_record(postgresql_url) as record:
        record.append("note", "ada", {}, SWEDEN.begins)
    assert data("demo", "--database", postgresql_url, code=1)["faults"][0]["code"] == "record-there"


def test_names_are_numbered_when_they_are_taken(tmp_path: Path) -> None:
    first = tmp_path / DEFAULT
    assert fresh_name(tmp_path) == str(first)
    first.touch()
    assert fresh_name(tmp_path) == str(first.with_stem(f"{first.stem}-2"))


def test_a_taken_port_shows_before_the_work(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("demo", "--port", taken.getsockname()[1], code=1)
    assert "port-taken" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_served_where_there_is_no_record(run: Run, tmp_path: Path) -> None:
    assert "record-missing" in run("serve", tmp_path / "nowhere.sqlite", code=1).stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_pages_are_served_until_interrupted(played: tuple[Path, dict[str, Any]]) -> None:
    command = [sys.executable, "-m", "newcourse", "serve", str(played[0]), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "NO_COLOR": "1"}) as server:
        try:
            assert server.stdout is not None
            address = re.search(r"http://\S+", server.stdout.readline())
            assert address is not None
            with urllib.request.urlopen(address.group(), timeout=WAIT) as page:
                assert "Federation of Sweden" in page.read().decode()
            server.send_signal(signal.SIGINT)
            assert server.wait(WAIT) == 0
        finally:
            server.kill()
