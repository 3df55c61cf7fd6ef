"""Answers to browsers: a page, or what is wrong said as a page; kept while the record does not grow."""

import inspect
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from newcourse.errors import BadInput, Fault, NewCourseError, NotAllowed, Tampered
from newcourse.record.canonical import digest
from newcourse.web.html import Frame, environment, fault_html, page_html
from newcourse.web.page import Page
from newcourse.web.site import Site

STATUS: Final[tuple[tuple[type[NewCourseError], int], ...]] = ((BadInput, 404), (NotAllowed, 403), (Tampered, 500))
"""What an error is called in HTTP: addresses are all that can be asked wrongly here, so bad input is "not found"."""


class Answers:
    """Makes answers for one site.

    Parameters
    ----------
    site
        The federation.
    """

    def __init__(self, site: Site) -> None:
        self.site = site

    @cached_property
    def templates(self) -> Environment:
        """The templates, read once."""
        return environment()

    def page(self, request: Request, page: Page) -> Response:
        """Answer with a page; the same page of the same record is made once."""
        head = str(self.site.federation.head)
        asked = _asked(page, {**request.query_params, **request.path_params})
        key = (page.path, head, tuple(sorted(asked.items())))

        def made() -> tuple[str, bytes]:
            html = page_html(
                self.templates, page.name, self._frame(request, page.section), self.site.facts(page, asked)
            )
            content = html.encode()
            return f'"{digest(content)[:32]}"', content

        tag, content = self.site.pages.get(key, made) if page.kept else made()
        return unchanged_or(request, tag, HTMLResponse(content))

    def fault(self, request: Request, error: Exception) -> Response:
        """Answer with what is wrong, what was expected and what to do: to programs as data, to people as a page."""
        known = error if isinstance(error, NewCourseError) else _as_fault(request, error)
        status = error.status_code if isinstance(error, HTTPException) else _status(known)
        if request.url.path.startswith("/api"):
            return JSONResponse(known.as_dict(), status)
        return HTMLResponse(fault_html(self.templates, self._frame(request, ""), status, known), status)

    def _frame(self, request: Request, section: str) -> Frame:
        try:
            state = self.site.federation.state
        except NewCourseError:  # a record that cannot be read must still be shown as what it is
            return Frame("A federation whose record does not verify", "", request.url.path, section)
        return Frame(state.title or "A federation to be", state.head, request.url.path, section)


def unchanged_or(request: Request, tag: str, response: Response) -> Response:
    """Return "not modified" where the browser has the answer already, or else the answer with its tag."""
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response


def _asked(page: Page, given: Mapping[str, str]) -> dict[str, Any]:
    """Return the parameters of a page from its address, as the kinds its facts ask for."""
    asked: dict[str, Any] = {}
    for name, parameter in list(inspect.signature(page.facts).parameters.items())[1:]:
        if name in given:
            asked[name] = _read(name, given[name], parameter.annotation)
    return asked


def _read(name: str, value: str, kind: type) -> str | int:
    if kind is not int:
        return value
    if value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    raise BadInput(Fault("number-wrong", name, value, "a whole number", "follow a link"))


def _status(error: NewCourseError) -> int:
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def _as_fault(request: Request, error: Exception) -> NewCourseError:
    found = str(getattr(error, "detail", "a request that cannot be read"))
    return BadInput(
        Fault("address-unknown", request.url.path, found, "the address of a page", "begin at the start page")
    )
