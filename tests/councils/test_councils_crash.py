"""Servers that are killed while many processes vote: nothing acknowledged is lost, nothing counted twice (§8.3)."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.record.bundle import export_bundle
from newcourse.record.store import open_record
from newcourse.verifier.program import run
from tests.councils.polls import OPENER, POLLS, open_polls, write_tokens

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
VOTERS, PROCESSES, KILLS = 30, 3, 2
ACTS, ANSWERS = 3, 5
"""What each voter does, and how often it is answered: casts are sent twice."""


class Server:
    """``newcourse serve`` in a process of its own, at one port through all its lives."""

    def __init__(self, where: str, log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._command = [sys.executable, "-m", "newcourse", "serve", where, "--port", str(self.port)]
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, cwd=ROOT, stdout=log, stderr=log)

    def kill(self) -> None:
        """End it as a power cut ends it: it learns nothing of it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


@contextmanager
def voting(port: int, files: list[Path], key: str) -> Iterator[tuple[list[dict[str, Any]], list[threading.Thread]]]:
    """Processes of voters, with the answers they got so far."""
    command = [sys.executable, "-m", "tests.councils.voter", str(port)]
    processes = [
        subprocess.Popen([*command, str(file), key], cwd=ROOT, stdout=subprocess.PIPE, text=True) for file in files
    ]
    answers: list[dict[str, Any]] = []

    def read(process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        answers.extend(json.loads(line) for line in process.stdout)

    readers = [threading.Thread(target=read, args=(process,)) for process in processes]
    for reader in readers:
        reader.start()
    try:
        yield answers, readers
        for reader in readers:
            reader.join()
        assert [process.wait() for process in processes] == [0] * len(processes)
    finally:
        for process, reader in zip(processes, readers, strict=True):
            process.kill()
            process.wait()
            reader.join()
            assert process.stdout is not None
            process.stdout.close()


def test_nothing_acknowledged_is_lost_and_nothing_counted_twice(database_url: str, tmp_path: Path) -> None:
    members = open_polls(database_url, VOTERS)
    files = write_tokens(database_url, members, tmp_path, PROCESSES)
    server = Server(database_url, tmp_path / "log")
    server.start()
    try:
        with open_record(database_url) as record:
            begun, key = record.head().count, Federation(record).vote("V2").frozen.token_key
            with voting(server.port, files, key) as (answers, readers):
                for kill in range(1, KILLS + 1):
                    wanted = begun + kill * ACTS * VOTERS // (KILLS + 1)
                    while record.head().count < wanted and any(reader.is_alive() for reader in readers):
                        time.sleep(0.03)
                    assert any(reader.is_alive() for reader in readers), "all had voted before the server was killed"
                    server.kill()
                    server.start()
    finally:
        server.kill()
    assert "Traceback" not in (tmp_path / "log").read_text()
    require_all_there(database_url, members, answers, tmp_path)


def require_all_there(where: str, members: list[str], answers: list[dict[str, Any]], folder: Path) -> None:
    """Check the record against what the voters were told, and count; then the same by the stand-alone verifier."""
    assert Counter(answer["member"] for answer in answers) == dict.fromkeys(members, ANSWERS)
    with open_record(where) as record:
        federation = Federation(record)
        require_receipts(federation, answers)
        assert federation.vote("V1").cast == federation.vote("V2").cast == len(members)
        now = datetime.now(UTC)
        for vote in POLLS:
            federation.perform("close_vote", actor=OPENER, at=now, vote=vote)
            counted = federation.perform("count_vote", actor=OPENER, at=now, vote=vote)
            assert counted.body["ballots"] == len(members)
            assert counted.body["result"]["yes"] == sum(int(member[1:]) % 3 > 0 for member in members)
        assert federation.verify().faults == ()
        export_bundle(record, folder / "bundle.zip", now)
    receipts = []
    for number, answer in enumerate(answers):
        receipts.append(folder / f"receipt-{number}.json")
        receipts[-1].write_text(json.dumps(answer["receipt"]))
    text, code = run(folder / "bundle.zip", receipts, as_json=True)
    assert code == 0, text
    checked = [finding for finding in json.loads(text)["findings"] if finding["check"] == "receipt"]
    assert [finding["verdict"] for finding in checked] == ["sound"] * len(answers)


def require_receipts(federation: Federation, answers: list[dict[str, Any]]) -> None:
    """Check that every acknowledged act is in the record once, and that it was acknowledged as it is there."""
    entries = {entry.sequence: entry for entry in federation.entries()}
    told = {(answer["what"], answer["member"]): answer["entry"]["sequence"] for answer in answers}
    for answer in answers:
        entry = entries[answer["entry"]["sequence"]]
        assert entry.hash == answer["entry"]["hash"]
        assert entry.act == answer["what"]
        assert told[answer["what"], answer["member"]] == entry.sequence, "the same request, the same entry"
    assert len(set(told.values())) == len(told)
    acts = Counter(entry.act for entry in entries.values())
    for act in ("cast", "draw_token", "cast_secret"):
        assert acts[act] == len([what for what, _ in told if what == act])
