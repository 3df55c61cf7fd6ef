"""A process of clients: ``python -m benchmarks.casting_client PORT FILE THREADS`` waits for a line, then sends all.

Each thread keeps one connection, from an address of its own on the loopback network, as a workplace would have.
"""

import http.client
import itertools
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import local
from typing import Any

_HERE = local()
_NUMBERS = itertools.count(2)


def connection(port: int) -> http.client.HTTPConnection:
    """Return this thread's connection."""
    if not hasattr(_HERE, "connection"):
        source = (f"127.{os.getpid() % 200 + 1}.{os.getpid() // 200 % 250}.{next(_NUMBERS)}", 0)
        _HERE.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=source)
    return _HERE.connection


def send(port: int, request: dict[str, Any]) -> int:
    """Send one act and read its answer, receipt and all."""
    headers = {"content-type": "application/json"}
    if request["token"]:
        headers["authorization"] = f"Bearer {request['token']}"
    asked = connection(port)
    asked.request("POST", f"/api/acts/{request['act']}", json.dumps({"what": request["what"]}), headers)
    answer = asked.getresponse()
    content = answer.read()
    if answer.status != 200 or b'"proof"' not in content:
        raise SystemExit(f"{answer.status} {content.decode()[:500]}")
    return len(content)


def main(port: int, file: Path, threads: int) -> None:
    requests = json.loads(file.read_text())
    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda request: send(port, request), requests))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
