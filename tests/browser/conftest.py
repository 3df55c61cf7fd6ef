"""A server of its own on this machine, and a browser that looks at it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from selenium import webdriver

from newcourse.record.store import open_record
from newcourse.web.app import create_app
from tests.browser.chromium import chromium, programs


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port of this machine; yields its address."""
    door = socket.socket(proto=socket.IPPROTO_TCP)  # else asyncio leaves small packets waiting for 40 ms
    door.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        door.close()


@pytest.fixture(scope="session")
def address(turned_record: Path) -> Iterator[str]:
    """Where a federation that has gone round the cycle once can be looked at."""
    with open_record(turned_record) as record, serving(create_app(record)) as where:
        yield where


@pytest.fixture(scope="session")
def browser() -> Iterator[webdriver.Chrome]:
    """Chromium, without a window."""
    if programs() is None:
        pytest.skip("Chromium or its driver is not installed (on Debian: chromium and chromium-driver)")
    with chromium() as driver:
        yield driver
