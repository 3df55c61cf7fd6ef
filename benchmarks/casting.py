"""Votes accepted per second, each with its receipt, beside the plainest insert on the same database and disk.

``python -m benchmarks.casting`` prints a table for SQLite and, where a server can be had, for PostgreSQL with its disk
waited for: casts by name and secret casts through the door, 256 in a transaction; the same over HTTP from several
processes against ``newcourse serve``; one row a transaction; 256 rows a transaction; and what a cast cannot cost less
than. ``--sizes`` says after how many ballots the speed is taken, ``--only`` names parts.
"""

import argparse
import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from benchmarks.polls import choice, done, found, now, opened, portions, tokens_drawn
from newcourse.acts.ask import Ask
from newcourse.acts.federation import Federation
from newcourse.council.secrecy import TOKEN_HOLDER
from newcourse.people.database import beside
from newcourse.people.people import open_people
from newcourse.record.store import Record, open_record
from newcourse.tokens.verifying import verify

TOGETHER = 256
SECRET, HTTP, CLIENTS, THREADS = 1000, 600, 3, 12
PLAIN_ALONE, PLAIN_TOGETHER, PLAIN_BYTES = 500, 20_000, 600
Row = dict[str, Any]


def say(row: Row) -> Row:
    """Print one measurement as it is made."""
    print(" | ".join(f"{value:,.4g}" if isinstance(value, float) else str(value) for value in row.values()), flush=True)
    return row


def with_receipts(record: Record, asks: list[Ask]) -> dict[str, float]:
    """Do acts, many in a transaction, and make the receipt of each; how many a second, and how long each computes."""
    began, computed = time.perf_counter(), time.process_time()
    for portion in portions(asks, TOGETHER):
        entries = done(record, portion)
        record.receipt(entries[-1].sequence, at=now())
        for entry in entries:
            record.receipt(entry.sequence)
    computed = time.process_time() - computed
    return {"a second": len(asks) / (time.perf_counter() - began), "processor, ms each": 1000 * computed / len(asks)}


def by_name(database: str, where: str, sizes: list[int]) -> list[Row]:
    """Cast ballots by name; the speed of the last thousand before each size."""
    rows = []
    with open_record(where) as record:
        members = found(record, sizes[-1])
        vote = opened(record, "open")
        before = 0
        for size in sizes:
            asks = [
                Ask("cast", member, now(), {"vote": vote, "ballot": choice(number)}, "once")
                for number, member in enumerate(members[before:size])
            ]
            done(record, asks[:-1000]) if len(asks) > 1000 else None
            speed = with_receipts(record, asks[-1000:])
            rows.append(say({"on": database, "what": "by name", "ballots": size, **speed}))
            before = size
    return rows


def secretly(database: str, where: str) -> list[Row]:
    """Draw tokens, and cast secret ballots with them."""
    with open_record(where) as record:
        seconds, casts = tokens_drawn(record, found(record, SECRET)[:SECRET])
        rows = [say({"on": database, "what": "tokens drawn", "ballots": SECRET, "a second": SECRET / seconds})]
        speed = with_receipts(record, [Ask("cast_secret", TOKEN_HOLDER, now(), cast) for cast in casts])
        rows.append(say({"on": database, "what": "secretly", "ballots": SECRET, **speed}))
    return rows


@contextmanager
def serving(where: str, folder: Path) -> Iterator[int]:
    """Serve a record in a process of its own; the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "newcourse", "serve", where, "--port", str(port)]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def over_http(database: str, where: str, folder: Path) -> list[Row]:
    """Cast over HTTP from several processes: by name with a token of the interface, then secretly without login."""
    with open_record(where) as record:
        members = found(record, HTTP)[:HTTP]
        vote = opened(record, "open")
        casts = tokens_drawn(record, members)[1]
    with open_people(beside(where)) as people:
        tokens = [people.tokens.make(people.account(member, now()).member, "benchmark", now()) for member in members]
    named = [{"act": "cast", "token": token, "what": {"vote": vote, "ballot": choice(number)}}
             for number, token in enumerate(tokens)]  # fmt: skip
    unnamed = [{"act": "cast_secret", "token": "", "what": cast} for cast in casts]
    rows = []
    with serving(where, folder) as port:
        for what, requests in (("by name over HTTP", named), ("secretly over HTTP", unnamed)):
            seconds = _asked(port, requests, folder)
            rows.append(say({"on": database, "what": what, "ballots": HTTP, "a second": HTTP / seconds}))
    return rows


def _asked(port: int, requests: list[Row], folder: Path) -> float:
    """Have client processes send all requests; seconds from when all are ready until the last answer."""
    processes = []
    for number in range(CLIENTS):
        path = folder / f"{uuid.uuid4().hex}.json"
        path.write_text(json.dumps(requests[number::CLIENTS]))
        command = [sys.executable, "-m", "benchmarks.casting_client", str(port), str(path), str(THREADS)]
        processes.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
    for process in processes:
        _line(process)
    began = time.perf_counter()
    for process in processes:
        process.communicate("go\n")
    seconds = time.perf_counter() - began
    if any(process.returncode for process in processes):
        raise SystemExit("a client was refused")
    return seconds


def _line(process: "subprocess.Popen[str]") -> None:
    if process.stdout is None or process.stdout.readline() != "ready\n":
        raise SystemExit("a client did not begin")


def plain(database: str, insert: Callable[[int, int], None]) -> list[Row]:
    """Insert rows of the size of a cast, one in each transaction and many."""
    rows = []
    for what, number, together in (("one row each", PLAIN_ALONE, 1), ("many rows", PLAIN_TOGETHER, TOGETHER)):
        began = time.perf_counter()
        insert(number, together)
        rate = number / (time.perf_counter() - began)
        rows.append(say({"on": database, "what": f"plain insert, {what}", "ballots": number, "a second": rate}))
    return rows


def plain_sqlite(path: Path) -> Callable[[int, int], None]:
    def insert(number: int, together: int) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("CREATE TABLE IF NOT EXISTS plain (number INTEGER PRIMARY KEY, body TEXT)")
            for portion in portions(range(number), together):
                connection.execute("BEGIN IMMEDIATE")
                rows = [("x" * PLAIN_BYTES,) for _ in portion]
                connection.executemany("INSERT INTO plain (body) VALUES (?)", rows)
                connection.execute("COMMIT")

    return insert


def plain_postgresql(url: str) -> Callable[[int, int], None]:
    import psycopg

    def insert(number: int, together: int) -> None:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS plain (number SERIAL PRIMARY KEY, body TEXT)")
            connection.commit()
            for portion in portions(range(number), together):
                with connection.cursor() as cursor:
                    cursor.executemany("INSERT INTO plain (body) VALUES (%s)", [("x" * PLAIN_BYTES,) for _ in portion])
                connection.commit()

    return insert


def floor(folder: Path, casts: list[dict[str, Any]], public: bytes) -> Row:
    """Return what a cast cannot cost less than, in seconds: one wait for the disk, one check of a signature."""
    with (folder / "fsync").open("wb") as file:
        began = time.perf_counter()
        for _ in range(100):
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
        disk = (time.perf_counter() - began) / 100
    began = time.perf_counter()
    for cast in casts[:500]:
        if not verify(public, bytes.fromhex(cast["token"]), bytes.fromhex(cast["signature"])):
            raise SystemExit("a signature is wrong")
    return say({"on": "floor", "disk, s": disk, "signature, s": (time.perf_counter() - began) / len(casts[:500])})


def on_sqlite(folder: Path, sizes: list[int], only: list[str]) -> list[Row]:
    parts: dict[str, Callable[[], list[Row]]] = {
        "plain": lambda: plain("SQLite", plain_sqlite(folder / "plain.sqlite")),
        "name": lambda: by_name("SQLite", str(folder / "name.sqlite"), sizes),
        "secret": lambda: secretly("SQLite", str(folder / "secret.sqlite")),
        "http": lambda: over_http("SQLite", str(folder / "http.sqlite"), folder),
    }
    return [row for name in only for row in parts[name]()]


def on_postgresql(server: str, folder: Path, sizes: list[int], only: list[str]) -> list[Row]:
    from tests.record.postgresql_server import fresh_database

    rows: list[Row] = []
    for name in only:
        with fresh_database(server, f"benchmark_{uuid.uuid4().hex}") as url:
            parts: dict[str, Callable[[], list[Row]]] = {
                "plain": lambda url=url: plain("PostgreSQL", plain_postgresql(url)),
                "name": lambda url=url: by_name("PostgreSQL", url, sizes),
                "secret": lambda url=url: secretly("PostgreSQL", url),
                "http": lambda url=url: over_http("PostgreSQL", url, folder),
            }
            rows += parts[name]()
    return rows


@contextmanager
def postgresql() -> Iterator[str]:
    """Give a server: that of ``NEWCOURSE_TEST_POSTGRESQL``, or one of our own that waits for the disk."""
    if given := os.environ.get("NEWCOURSE_TEST_POSTGRESQL"):
        yield given
        return
    from tests.record.postgresql_server import binaries, running_server, unprivileged

    folder, user = binaries(), unprivileged()
    if folder is None or user is None:
        yield ""
        return
    with running_server(folder, user, fsync="on") as url:
        yield url


def main(sizes: list[int], only: list[str], databases: list[str]) -> None:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_record(folder / "floor.sqlite") as record:
            casts = tokens_drawn(record, found(record, 500)[:500])[1]
            public = b64decode(Federation(record).vote("V1").frozen.token_key)
        rows.append(floor(folder, casts, public))
        if "sqlite" in databases:
            rows += on_sqlite(folder, sizes, only)
        if "postgresql" in databases:
            with postgresql() as server:
                rows += on_postgresql(server, folder, sizes, only) if server else []
    json.dump(rows, sys.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="*", type=int, default=[1000, 10_000, 100_000])
    parts = ["plain", "name", "secret", "http"]
    parser.add_argument("--only", nargs="*", default=parts, choices=parts)
    parser.add_argument("--databases", nargs="*", default=["sqlite", "postgresql"])
    asked = parser.parse_args()
    main(asked.sizes, asked.only, asked.databases)
