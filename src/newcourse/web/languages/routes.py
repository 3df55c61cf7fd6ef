"""The switch of languages in the foot of every page."""

from typing import Final

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from newcourse.errors import BadInput, Fault
from newcourse.web.acting.own_path import own_path
from newcourse.web.languages.speaking import COOKIE, languages

A_YEAR: Final = 365 * 24 * 3600


def add_languages(app: FastAPI) -> None:
    """Add ``GET /language?to=sv&back=/plan``: the browser remembers the language, and goes back."""
    app.router.routes.append(Route("/language", switch, name="language"))


def switch(request: Request) -> Response:
    """Have the browser remember a language; nothing else changes, so it needs no form token.

    Raises
    ------
    BadInput
        If there is no such language.
    """
    wanted = request.query_params.get("to", "")
    if wanted not in languages():
        expected = ", ".join(languages())
        raise BadInput(Fault("language-unknown", "language", repr(wanted)[:40], expected, "choose one of these"))
    answer = RedirectResponse(own_path(request.query_params.get("back", "")) or "/", 303)
    answer.set_cookie(
        COOKIE, wanted, max_age=A_YEAR, httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )
    return answer
