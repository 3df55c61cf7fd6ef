"""Several processes, and processes that are killed: the chain never forks and nothing acknowledged is lost."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from newcourse.record.store import open_record
from tests.record.facts import NOON

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


@contextmanager
def writers(url: str, *arguments: tuple[str, str]) -> Iterator[list[subprocess.Popen[str]]]:
    command = [sys.executable, "-W", "error", "-m", "tests.record.writer", url]
    started = [subprocess.Popen([*command, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True) for words in arguments]
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


def test_processes_that_open_and_write_at_once_make_one_chain(database_url: str) -> None:
    """The database is new: they also race to make its tables."""
    names = ("anna", "bert", "cleo", "dora")
    with writers(database_url, *((name, "15") for name in names)) as processes:
        acknowledged = [int(line) for process in processes for line in process.communicate()[0].split()]
        assert [process.returncode for process in processes] == [0] * 4
    with open_record(database_url) as record:
        entries = list(record.entries())
        assert record.verify().ok
        assert len(record.addresses()) == 60
    assert len(entries) == 120
    assert sorted(acknowledged) == list(range(2, 121, 2))
    for begun, ended in list(pairwise(entries))[::2]:  # no other writer comes between the two facts of a transaction
        assert (begun.act, ended.act) == ("begun", "ended")
        assert (begun.actor, begun.body["pair"]) == (ended.actor, ended.body["pair"])


def test_of_a_process_killed_within_a_transaction_nothing_remains(database_url: str) -> None:
    with open_record(database_url) as record:
        kept = record.append("need-filed", "anna", {}, NOON)
        with writers(database_url, ("bert", "hang")) as (process,):
            assert process.stdout is not None
            assert process.stdout.readline() == "written\n"
            process.kill()
            process.wait()
        after = record.append("need-filed", "cleo", {}, NOON)
        assert list(record.entries()) == [kept, after]
        assert record.addresses() == []
        assert record.verify().ok


def test_nothing_acknowledged_is_lost_when_writers_are_killed(database_url: str) -> None:
    with writers(database_url, ("anna", "100000"), ("bert", "100000")) as processes:
        acknowledged = []
        for process in processes:
            assert process.stdout is not None
            acknowledged += [int(process.stdout.readline()) for _ in range(10)]
        for process in processes:
            process.kill()
        for process in processes:
            acknowledged += [
                int(line) for line in process.communicate()[0].splitlines(keepends=True) if line[-1] == "\n"
            ]
    with open_record(database_url) as record:
        ended = {entry.sequence for entry in record.entries() if entry.act == "ended"}
        assert record.verify().ok
        assert record.append("need-filed", "cleo", {}, NOON).sequence == 2 * len(ended) + 1
    assert ended.issuperset(acknowledged)
    assert len(ended) <= len(acknowledged) + 2, "at most one transaction of each was done and not yet acknowledged"
