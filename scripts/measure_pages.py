"""Measures how long every page of a record takes: first asked for, and asked for again.

    python scripts/measure_pages.py newcourse-demo.sqlite

Follows the links from the start page (at most a few of each kind), over a real server on this machine.
"""

import argparse
import re
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OF_A_KIND, AGAIN = 2, 7
HREF = re.compile(r'(?:href|src|srcset)="(/[^"#]*)')


def kind_of(path: str) -> str:
    """Return the address with what varies from page to page left out."""
    return re.sub(r"sha256:[0-9a-f]+|[0-9a-f]{64}|(?<=/)[A-Z]*[0-9]+|[0-9]{4}", "…", path.partition("?")[0])


def measure(address: str) -> list[tuple[str, float, float, int]]:
    """Return for each page: address, milliseconds at first, median of the next ones, and bytes."""
    import httpx

    rows, waiting, seen, kinds = [], ["/"], set(), Counter()
    with httpx.Client(base_url=address, timeout=300) as client:
        while waiting:
            path = waiting.pop(0)
            if path in seen or kinds[kind_of(path)] >= OF_A_KIND:
                continue
            seen.add(path)
            kinds[kind_of(path)] += 1
            times = []
            for _ in range(1 + AGAIN):
                begun = time.perf_counter()
                answer = client.get(path)
                times.append(1000 * (time.perf_counter() - begun))
            if answer.headers["content-type"].startswith("text/html"):
                waiting += HREF.findall(answer.text)
            rows.append((path, times[0], statistics.median(times[1:]), len(answer.content)))
    return rows


def main(database: str) -> None:
    """Serve a record and print what was measured, slowest first."""
    from tests.browser.conftest import serving

    from newcourse.record.store import open_record
    from newcourse.web.app import create_app

    with open_record(database) as record, serving(create_app(record)) as address:
        rows = sorted(measure(address), key=lambda row: -row[2])
    print(f"{'first ms':>10} {'then ms':>10} {'kB':>8}  page")
    for path, first, then, size in rows:
        print(f"{first:10.1f} {then:10.1f} {size / 1000:8.1f}  {path[:100]}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", help="SQLite file or URL of a record")
    main(parser.parse_args().database)
