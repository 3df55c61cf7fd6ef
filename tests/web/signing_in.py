"""A browser that keeps cookies and fills in forms, and a federation whose members can sign in."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from newcourse.acts.federation import Federation
from newcourse.people.people import People, open_people
from newcourse.record.store import open_record
from newcourse.web.app import create_app
from newcourse.web.signin.cookies import SESSION
from newcourse.web.signin.entrance import Entrance
from newcourse.web.signin.rates import Rates
from tests.acts.commune import OPEN_STATUTES, founded
from tests.people.authenticator import Authenticator
from tests.people.facts import NOON

ORIGIN = "https://town.example"
EASY = Rates(*["1000/second"] * 4)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Town:
    """A federation with accounts: record, people, application, clock."""

    federation: Federation
    people: People
    app: FastAPI
    clock: Clock

    def browser(self, address: str = "192.0.2.1") -> "Browser":
        return Browser(self.app, address)

    def member(self, member: str = "ada") -> "Browser":
        """A browser at which a member has signed in by a link."""
        browser = self.browser()
        answer = browser.post(f"/sign-in/link/{self.people.codes.link(member, self.clock())}")
        assert answer.status_code == 303, answer.text
        return browser


@dataclass
class Browser:
    """Sends cookies back, and says where a request comes from as browsers do."""

    app: FastAPI
    address: str = "192.0.2.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, **content: Any) -> httpx.Response:
        async def go() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, client=(self.address, 4711))
            async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=self.cookies) as client:
                return await client.request(method, path, headers=headers, **content)

        answer = asyncio.run(go())
        for name, value in answer.cookies.items():
            self.cookies[name] = value
        for line in answer.headers.get_list("set-cookie"):
            name, _, rest = line.partition("=")
            if "Max-Age=0" in rest or rest.startswith('""'):
                self.cookies.pop(name, None)
        return answer

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.ask("GET", path, {"accept": "text/html", **headers})

    def post(self, path: str, headers: dict[str, str] | None = None, **content: Any) -> httpx.Response:
        own = {"origin": ORIGIN, "sec-fetch-site": "same-origin", "accept": "text/html"}
        return self.ask("POST", path, {**own, **(headers or {})}, **content)

    def send(self, path: str, **fields: str) -> httpx.Response:
        """Send a form of these pages, with the token of the session."""
        return self.post(path, data={"csrf": self.csrf(), **fields})

    def csrf(self) -> str:
        """The token that forms of this session hold."""
        page = self.get("/account").text
        return page.partition('name="csrf" value="')[2].partition('"')[0]

    @property
    def session(self) -> str:
        return self.cookies.get(f"__Host-{SESSION}", "")

    def passkey(self, device: Authenticator, ask: str, answer: str, **fields: str) -> httpx.Response:
        """Do a ceremony as the script does: ask, have the device answer, send the answer."""
        headers = {"x-csrf-token": self.csrf()} if self.session else {}
        asked = self.post(ask, headers, json=fields)
        if asked.status_code != 200:
            return asked
        made = device.create(asked.json()) if "rp" in asked.json() else device.get(asked.json())
        return self.post(answer, headers, json={**fields, "answer": made})


@contextmanager
def town(
    folder: Path, *, empty: bool = False, rates: Rates = EASY, vouching: int = 1000, **given: Any
) -> Iterator[Town]:
    """Make a federation with accounts in a folder, in which one member vouches for so many people."""
    clock = Clock()
    with open_record(folder / "town.sqlite") as record, open_people(folder / "town.sqlite.people") as people:
        federation = Federation(record) if empty else founded(record, statutes=_law(vouching))
        entrance = Entrance(people, ORIGIN, now=clock, rates=rates, **given)
        yield Town(federation, people, create_app(record, entrance=entrance), clock)


def _law(vouching: int) -> dict[str, Any]:
    law = deepcopy(OPEN_STATUTES)
    next(article for article in law["articles"] if "vouching" in article)["vouching"]["most"] = vouching
    return law
