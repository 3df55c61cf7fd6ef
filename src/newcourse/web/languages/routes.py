"""The switch of languages in the foot of every page."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qsl

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from newcourse.errors import BadInput, Fault
from newcourse.web.acting.bodies import body_of
from newcourse.web.acting.own_path import own_path
from newcourse.web.languages.speaking import COOKIE, languages
from newcourse.web.signin.current import require_signed_in

A_YEAR: Final = 365 * 24 * 3600


def add_languages(app: FastAPI) -> None:
    """Add ``/language``: the browser remembers a language, or the account of who is signed in does."""
    app.router.routes.append(Route("/language", switch, methods=["GET"], name="language"))
    app.router.routes.append(Route("/language", keep, methods=["POST"], name="language of an account"))


def switch(request: Request) -> Response:
    """Have the browser remember a language (``?to=sv&back=/plan``); nothing else changes, so it needs no form token.

    Raises
    ------
    BadInput
        If there is no such language.
    """
    return _remembered(request, request.query_params)


async def keep(request: Request) -> Response:
    """Have the account of who is signed in remember a language, and the browser too.

    Raises
    ------
    BadInput
        If there is no such language.
    """
    asked = dict(parse_qsl((await body_of(request)).decode("utf-8", "replace")))
    answer = _remembered(request, asked)
    await run_in_threadpool(_keep, request, asked["to"])
    return answer


def _remembered(request: Request, asked: Mapping[str, str]) -> Response:
    wanted = asked.get("to", "")
    if wanted not in languages():
        expected = ", ".join(languages())
        raise BadInput(Fault("language-unknown", "language", repr(wanted)[:40], expected, "choose one of these"))
    answer = RedirectResponse(own_path(asked.get("back", "")) or "/", 303)
    answer.set_cookie(
        COOKIE, wanted, max_age=A_YEAR, httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )
    return answer


def _keep(request: Request, language: str) -> None:
    member, people = require_signed_in(request).member, request.app.state.people
    about = people.account(member, datetime.now(UTC)).about
    people.accounts.change(member, replace(about, language=language))
