"""A PostgreSQL server of our own for one test session, reached only through a socket in its own folder."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

SECONDS_TO_START = 60


def binaries() -> Path | None:
    """Folder of initdb and postgres: on the path, or where Debian puts its newest version."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(debian, key=lambda path: float(path.parent.name), reverse=True)
    return next((path for path in folders if (path / "initdb").exists() and (path / "postgres").exists()), None)


def unprivileged() -> pwd.struct_passwd | None:
    """Who shall run the server: ourselves, unless we are root, whom PostgreSQL refuses."""
    users = pwd.getpwall()
    if os.geteuid() != 0:
        return next((user for user in users if user.pw_uid == os.geteuid()), None)
    by_name = {user.pw_name: user for user in users}
    return by_name.get("postgres") or by_name.get("nobody")


@contextmanager
def running_server(bin_folder: Path, user: pwd.struct_passwd, fsync: str = "off") -> Iterator[str]:
    """Start a server and give the URL of its first database; stop it and remove everything at the end.

    Nothing in tests must survive a power cut, so they do not wait for the disk; whoever measures does.
    """
    # Not below pytest's own folder: that one is closed to other users, and too long for a socket's name.
    folder = Path(tempfile.mkdtemp(prefix="newcourse-pg-", dir="/tmp"))
    try:
        owner = {}
        if os.geteuid() == 0:
            os.chown(folder, user.pw_uid, user.pw_gid)
            owner = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        _initialise(bin_folder, folder, owner)
        yield from _served(bin_folder, folder, owner, fsync)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(bin_folder: Path, folder: Path, owner: dict[str, object]) -> None:
    options = ["--username=tester", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run(
        [bin_folder / "initdb", f"--pgdata={folder / 'data'}", *options],
        capture_output=True, text=True, check=False, cwd=folder, **owner,
    )  # fmt: skip
    assert made.returncode == 0, f"initdb failed:\n{made.stdout}\n{made.stderr}"


def _served(bin_folder: Path, folder: Path, owner: dict[str, object], fsync: str) -> Iterator[str]:
    settings = {"listen_addresses": "", "unix_socket_directories": folder, "fsync": fsync, "max_connections": 50}
    options = [f"--{name}={value}" for name, value in settings.items()]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [bin_folder / "postgres", "-D", folder / "data", *options],
            stdout=log, stderr=log, cwd=folder, start_new_session=True, **owner,
        )  # fmt: skip
    try:
        url = f"postgresql://tester@/postgres?host={folder}"
        _wait_for(server, url, folder / "log")
        yield url
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            assert server.poll() is None, f"the server stopped:\n{log.read_text()}"
            assert time.monotonic() < deadline, f"the server does not answer:\n{log.read_text()}"
            time.sleep(0.05)
        else:
            return


@contextmanager
def fresh_database(server_url: str, name: str, copied: str = "") -> Iterator[str]:
    """Make an empty database on a server, or a copy of one that nobody uses, and give its URL; drop it at the end."""
    quoted = sql.Identifier(name)
    template = sql.Identifier(make_url(copied).database or "") if copied else sql.Identifier("template1")
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(quoted, template))
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(quoted))
