"""Somebody who is signed in at the pages of a federation, without a network: by a browser's session or a token."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
from fastapi import FastAPI

from newcourse.acts.federation import Federation
from newcourse.people.people import People
from newcourse.web import clock
from newcourse.web.signin.cookies import SESSION

ADDRESS = "http://localhost"


@dataclass(frozen=True)
class Person:
    """Asks an application, signed in or not."""

    app: FastAPI
    headers: dict[str, str]
    csrf: str = ""

    def ask(self, method: str, path: str, content: str = "", **headers: str) -> httpx.Response:
        sent = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}

        async def go() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
                return await client.request(method, path, headers=sent, content=content or None)

        return asyncio.run(go())

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.ask("GET", path, **headers)

    def form(self, act: str, fields: dict[str, str], **changed: str) -> httpx.Response:
        content = urlencode({"csrf": self.csrf, **changed, **fields})
        return self.ask("POST", f"/acts/{act}", content, content_type="application/x-www-form-urlencoded")

    def act(self, act: str, what: dict[str, Any] | None = None, **more: Any) -> httpx.Response:
        headers = {"x_csrf_token": self.csrf} if self.csrf else {}
        content = json.dumps({"what": what or {}, **more})
        return self.ask("POST", f"/api/acts/{act}", content, content_type="application/json", **headers)


def nobody(app: FastAPI) -> Person:
    """Somebody who is not signed in."""
    return Person(app, {})


def at_browser(app: FastAPI, people: People, member: str) -> Person:
    """A member at a browser."""
    now = clock.now()
    people.account(member, now)
    number = people.sessions.begin(member, now, "test")
    found = people.sessions.find(number, now)
    assert found is not None
    return Person(app, {"cookie": f"{SESSION}={number}"}, found.session.csrf)


def program_of(app: FastAPI, people: People, member: str) -> Person:
    """A program with a token of a member."""
    now = clock.now()
    people.account(member, now)
    return Person(app, {"authorization": f"Bearer {people.tokens.make(member, 'test', now)}"})


@dataclass(frozen=True)
class Town:
    """A federation with an open cycle, and people at its pages."""

    federation: Federation
    app: FastAPI
    people: People
    browsers: dict[str, Person] = field(default_factory=dict)

    @property
    def ada(self) -> Person:
        """A founder and delegate, at a browser."""
        return self.at_browser("ada")

    @property
    def fay(self) -> Person:
        """A member, at a browser."""
        return self.at_browser("fay")

    @property
    def stranger(self) -> Person:
        """Somebody with an account who is no member."""
        return self.at_browser("zed")

    @property
    def nobody(self) -> Person:
        return nobody(self.app)

    @property
    def program(self) -> Person:
        """A program with a token of a member."""
        return program_of(self.app, self.people, "eva")

    def at_browser(self, member: str) -> Person:
        if member not in self.browsers:
            self.browsers[member] = at_browser(self.app, self.people, member)
        return self.browsers[member]

    def count(self) -> int:
        return self.federation.head.count
