"""How long pages and casts take under two hundred users, on a federation of some three hundred councils.

``python -m benchmarks.pages`` makes the federation by acts, serves it by ``newcourse serve`` on the loopback network,
and prints the half and the hundredth part of latencies for the start page, a vote, a body, one's own page, and a cast:
first with users who read for about five seconds between two requests, then with users who ask again at once.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

from benchmarks.casting import serving
from benchmarks.polls import OPENER, REGIONS, choice, done, found, now, opened, portions
from newcourse.acts.ask import Ask
from newcourse.acts.federation import Federation
from newcourse.people.database import beside
from newcourse.people.people import open_people
from newcourse.record.store import Record, open_record

USERS, DISTRICTS, VOTERS, BALLOTS = 200, 300, 3000, 1000
READING, PATIENCE = 5.0, 60.0
PAGES = {"start": "/", "vote": "/votes/{vote}", "body": "/bodies/region:{region}", "me": "/me"}
Latencies = dict[str, list[float]]


def council_town(record: Record) -> tuple[str, list[str]]:
    """Make the federation: councils of regions that are elected, districts with councils, a poll; its code, members."""
    members = found(record, VOTERS, DISTRICTS)
    people = [(f"p{n:05}", f"D{n % DISTRICTS}") for n in range(DISTRICTS * 3)]
    done(record, [Ask("join", OPENER, now(), {"person": person, "place": place}) for person, place in people])
    vote = opened(record, "open")
    asks = [Ask("cast", m, now(), {"vote": vote, "ballot": choice(n)}) for n, m in enumerate(members[:BALLOTS])]
    for portion in portions(asks, 256):
        done(record, portion)
    return vote, members


def elections(record: Record) -> None:
    """Hold nominations for the council of each region; three stand for the first district of each."""
    called = [
        Ask("open_nominations", OPENER, now(), {"body": f"region:{region}", "place": f"D{n}"})
        for n, region in enumerate(REGIONS)
    ]
    for n, entry in enumerate(done(record, called)):
        election = entry.body["election"]
        asks = [
            Ask(act, f"p{n + DISTRICTS * k:05}", now(), {"election": election, **more})
            for k in range(3)
            for act, more in (("nominate", {"person": f"p{n + DISTRICTS * k:05}"}), ("accept_nomination", {}))
        ]
        done(record, asks)


class User:
    """Somebody at the pages: asks for one thing after the other, and notes how long each took."""

    def __init__(self, number: int, port: int, token: str, names: dict[str, str], latencies: Latencies) -> None:
        self._chance = random.Random(number)  # a benchmark, no secret
        self._client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE)
        self._headers = {"authorization": f"Bearer {token}", "accept": "text/html"}
        self._names = names
        self._latencies = latencies
        self._cast = number

    async def use(self, until: float, reading: float) -> None:
        """Go on until a time."""
        async with self._client:
            await asyncio.sleep(self._chance.random() * reading)
            while time.monotonic() < until:
                what = self._chance.choice([*PAGES, "cast"] if self._cast >= 0 else [*PAGES])
                began = time.monotonic()
                answer = await self._ask(what)
                self._latencies[what].append(time.monotonic() - began)
                if answer.status_code != 200:
                    raise SystemExit(f"{what}: {answer.status_code} {answer.text[:300]}")
                await asyncio.sleep(reading * 2 * self._chance.random())

    async def _ask(self, what: str) -> httpx.Response:
        if what in PAGES:
            return await self._client.get(PAGES[what].format(**self._names), headers=self._headers)
        number, self._cast = self._cast, -1
        content = {"what": {"vote": self._names["vote"], "ballot": choice(number)}}
        return await self._client.post("/api/acts/cast", json=content, headers=self._headers)


async def used(port: int, tokens: list[str], names: dict[str, str], seconds: float, reading: float) -> Latencies:
    """Have all users use the pages for some seconds."""
    latencies: Latencies = {name: [] for name in (*PAGES, "cast")}
    users = [User(number, port, token, names, latencies) for number, token in enumerate(tokens)]
    until = time.monotonic() + seconds
    await asyncio.gather(*(user.use(until, reading) for user in users))
    return latencies


def shown(how: str, latencies: Latencies, seconds: float) -> dict[str, Any]:
    """Print and return what was measured."""
    rows: dict[str, Any] = {"how": how}
    for name, found_here in latencies.items():
        ordered = sorted(found_here) or [float("nan")]
        half, hundredth = (ordered[min(len(ordered) - 1, int(len(ordered) * part))] for part in (0.5, 0.99))
        rows[name] = {"requests": len(found_here), "p50": half, "p99": hundredth}
        print(f"| {how} | {name} | {len(found_here)} | {half * 1000:,.0f} | {hundredth * 1000:,.0f} |", flush=True)
    rows["a second"] = sum(map(len, latencies.values())) / seconds
    print(f"| {how} | all, a second | {rows['a second']:.1f} | | |", flush=True)
    return rows


def main(users: int, seconds: float, where: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        where = where or str(folder / "town.sqlite")
        began = time.perf_counter()
        with open_record(where) as record:
            vote, members = council_town(record)
            elections(record)
            bodies = len({*Federation(record).state.tree.by_code})
            print(f"made in {time.perf_counter() - began:.1f} s: {record.head().count} entries, {bodies} places")
        voters = members[BALLOTS : BALLOTS + 2 * users]
        with open_people(beside(where)) as people:
            tokens = [people.tokens.make(people.account(m, now()).member, "benchmark", now()) for m in voters]
        names = {"vote": vote, "region": REGIONS[0]}
        print("| users | what | requests | p50, ms | p99, ms |\n| --- | --- | ---: | ---: | ---: |")
        rows = []
        with serving(where, folder) as port:
            httpx.get(f"http://127.0.0.1:{port}/", timeout=PATIENCE)
            for how, reading, mine in (("reading", READING, tokens[:users]), ("at once", 0.0, tokens[users:])):
                began = time.perf_counter()
                latencies = asyncio.run(used(port, mine, names, seconds, reading))
                rows.append(shown(f"{users}, {how}", latencies, time.perf_counter() - began))
        json.dump(rows, sys.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=USERS)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--database", default="", help="an empty PostgreSQL database; SQLite if left out")
    asked = parser.parse_args()
    main(asked.users, asked.seconds, asked.database)
