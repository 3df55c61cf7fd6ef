"""A polling place of its own for the scripts of the voter's device: a page, a signer, a box and a real record.

What it serves is as strict as the real pages: nothing but its own scripts, no inline ones.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from newcourse.record.canonical import canonical_json, digest
from newcourse.record.entry import Entry
from newcourse.record.store import Record
from newcourse.tokens.keys import new_key, public_key
from newcourse.tokens.signer import blind_sign
from newcourse.tokens.verifying import verify

AT = datetime(2030, 1, 1, tzinfo=UTC)
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'none'"
)
PAGE = """<!doctype html><html lang="en"><title>Vote</title><body>
<form data-secret-ballot {data}>{fields}
<button type="button" data-step="draw" disabled>Draw</button>
<button type="submit" data-step="cast" disabled>Cast</button>
<div data-status></div></form>
<section data-record-check {check}><button type="button" data-step="check">Check</button><ol data-steps></ol></section>
<form data-receipt-check {pasted}><textarea name="receipt"></textarea><button type="submit" id="paste">Check</button>
<ol data-steps></ol></form>
<script type="module" src="/static/ballot.js"></script><script type="module" src="/static/record.js"></script>"""
RANKED = "".join(f'<label>{n}<input name="rank:{n}"></label>' for n in ("bread", "buses", "baths"))


@dataclass
class Polling:
    """What happens at the polling place, and what the tests change about it."""

    record: Record
    private: bytes = field(default_factory=new_key)
    fields: str = RANKED
    data: dict[str, str] = field(default_factory=lambda: {"data-form": "ranked"})
    lose: int = 0
    """So many next answers are lost after the work was done."""
    spoil: bool = False
    """Whether the signer answers with something else."""
    refuse: bool = False
    swap: bool = False
    """Whether receipts are for another entry."""
    drawn: dict[str, Entry] = field(default_factory=dict)
    casts: list[dict[str, Any]] = field(default_factory=list)
    seen: list[dict[str, Any]] = field(default_factory=list)

    @property
    def public(self) -> bytes:
        return public_key(self.private)

    @property
    def key(self) -> str:
        return base64.b64encode(self.public).decode()

    def page(self, _request: Request) -> Response:
        data = {
            "data-vote": "V1",
            "data-key": self.key,
            "data-draw": "/draw",
            "data-cast": "/cast",
            "data-csrf": "the-csrf",
            "data-holder": "m-aaaaaaaaaa",
            **self.data,
        }
        check = {
            "data-receipt": "/receipt/1",
            "data-consistency": "/consistency",
            **{name: value for name, value in data.items() if name == "data-log-key"},
        }
        pasted = {name: value for name, value in data.items() if name == "data-log-key"}
        page = PAGE.format(data=_written(data), fields=self.fields, check=_written(check), pasted=_written(pasted))
        answer = HTMLResponse(page, headers={"Content-Security-Policy": POLICY})
        answer.set_cookie("session", "secret-of-ada", httponly=True, samesite="strict")
        return answer

    async def draw(self, request: Request) -> Response:
        what = (await request.json())["what"]
        self.seen.append({"path": "draw", "headers": dict(request.headers), "cookies": request.cookies, "what": what})
        signature = bytearray(blind_sign(self.private, bytes.fromhex(what["blinded"])))
        signature[9] ^= self.spoil
        if what["blinded"] not in self.drawn:
            body = {**what, "blind_signature": bytes(signature).hex()}
            self.drawn[what["blinded"]] = self.record.append("draw_token", "ada", body, AT)
        return self._answer({"entry": self.drawn[what["blinded"]].to_data()})

    async def cast(self, request: Request) -> Response:
        what = (await request.json())["what"]
        self.seen.append({"path": "cast", "headers": dict(request.headers), "cookies": request.cookies, "what": what})
        if self.refuse:
            fault = {"code": "x", "where": "y", "found": "too late", "expected": "a ballot in time", "remedy": "wait"}
            return JSONResponse({"error": "BadInput", "faults": [fault]}, status_code=400)
        prepared = bytes.fromhex(what["token"])
        assert verify(self.public, prepared, bytes.fromhex(what["signature"]))
        entries = [cast["entry"] for cast in self.casts if cast["what"] == what]
        commitment = digest(canonical_json({"ballot": what["ballot"], "salt": what["salt"]}))
        body = {"vote": what["vote"], "token": digest(prepared), "commitment": commitment}
        entry = entries[0] if entries else self.record.append("cast_secret", "token holder", body, AT)
        self.casts.append({"what": what, "entry": entry})
        receipt = self.record.receipt(1 if self.swap else entry.sequence, AT)
        return self._answer({"entry": entry.to_data(), "receipt": receipt})

    def receipt(self, request: Request) -> Response:
        return JSONResponse(self.record.receipt(int(request.path_params["number"]), AT))

    def consistency(self, request: Request) -> Response:
        first, second = (int(request.path_params[name]) for name in ("first", "second"))
        return JSONResponse({"proof": [hashed.hex() for hashed in self.record.consistency(first, second)]})

    def _answer(self, content: Mapping[str, Any]) -> Response:
        if self.lose:
            self.lose -= 1
            return Response("lost", status_code=502)
        return Response(json.dumps(content), media_type="application/json")

    def app(self) -> FastAPI:
        app = FastAPI()
        app.router.routes += [
            Route("/", self.page),
            Route("/draw", self.draw, methods=["POST"]),
            Route("/cast", self.cast, methods=["POST"]),
            Route("/receipt/{number}", self.receipt),
            Route("/consistency/{first}/{second}", self.consistency),
        ]
        app.mount("/static", StaticFiles(packages=[("newcourse.web", "static")]))
        return app


def _written(attributes: Mapping[str, str]) -> str:
    return " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
