"""Answers to browsers: a page, or what is wrong said as a page; kept while the record does not grow."""

import inspect
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from newcourse.errors import BadInput, Fault, NewCourseError, NotAllowed, Tampered
from newcourse.record.canonical import digest
from newcourse.web.acting.done import just_done
from newcourse.web.acting.form import Typed
from newcourse.web.acting.problems import problem_response, status_of
from newcourse.web.html import Frame, environment, fault_html, page_html
from newcourse.web.languages.speaking import language_of
from newcourse.web.names import named
from newcourse.web.page import Page
from newcourse.web.signin.current import can_sign_in, current
from newcourse.web.site import Site

STATUS: Final[tuple[tuple[type[NewCourseError], int], ...]] = ((BadInput, 404), (NotAllowed, 403), (Tampered, 500))
"""What an error is called where nothing but an address was asked: bad input is "not found"."""


MEMBER: Final = "member"
"""Name under which the facts of a page are told the code of who is signed in."""


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
        return environment(self.site)

    def page(self, request: Request, page: Page) -> Response:
        """Answer with a page; to those who are not signed in, the same page of the same record is made once."""
        frame = self.frame(request, page.section)
        asked = asked_of(request, page)
        key = (page.path, frame.head, frame.language, frame.accounts, tuple(sorted(asked.items())))

        def made() -> str:
            return page_html(self.templates, page.name, frame, self.site.facts(page, asked))

        if frame.who is not None:  # what one person sees is nobody else's, and holds keys of its own
            return _own(HTMLResponse(named(request, made())))
        content = named(request, self.site.pages.get(key, made) if page.kept else made()).encode()
        answer = HTMLResponse(content, headers={"Vary": "Cookie, Accept-Language"})
        return unchanged_or(request, f'"{digest(content)[:32]}"', answer)

    def shown(
        self,
        request: Request,
        name: str,
        facts: Any,
        *,
        section: str = "",
        status: int = 200,
        typed: Typed | None = None,
    ) -> Response:
        """Answer with a template and facts of this moment, which are not kept.

        Parameters
        ----------
        request
            What was asked.
        name
            Name of the template, without its ending.
        facts
            What it shows.
        section
            Entry of the navigation.
        status
            Status of the answer.
        typed
            What was typed into a form that could not be done.
        """
        frame = replace(self.frame(request, section), typed=typed)
        return _own(HTMLResponse(named(request, page_html(self.templates, name, frame, facts)), status))

    def fault(self, request: Request, error: Exception) -> Response:
        """Answer with what is wrong, what was expected and what to do: to programs as data, to people as a page."""
        known = error if isinstance(error, NewCourseError) else _as_fault(request, error)
        status = error.status_code if isinstance(error, HTTPException) else _status(request, known)
        answer = self.refused(request, known, status)
        answer.headers.update(error.headers or {} if isinstance(error, HTTPException) else {})
        return answer

    def refused(self, request: Request, error: NewCourseError, status: int) -> Response:
        """Answer with what is wrong, under a status that is known already."""
        if request.url.path.startswith("/api"):
            return problem_response(error, request.url.path, status)
        return _own(HTMLResponse(fault_html(self.templates, self.frame(request, ""), status, error), status))

    def frame(self, request: Request, section: str) -> Frame:
        """Return what stands around a page for who asks."""
        who = current(request)
        try:
            state = self.site.federation.state
            title, head = state.title or "A federation to be", state.head
        except NewCourseError:  # a record that cannot be read must still be shown as what it is
            title, head = "A federation whose record does not verify", ""
        return Frame(
            federation=title,
            head=head,
            path=request.url.path,
            section=section,
            who=who,
            accounts=can_sign_in(request),
            language=language_of(request, who.language if who else ""),
            done=just_done(request),
        )


def unchanged_or(request: Request, tag: str, response: Response) -> Response:
    """Return "not modified" where the browser has the answer already, or else the answer with its tag."""
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response


def _own(response: Response) -> Response:
    """Return an answer that nobody keeps: it was made for one person at one moment."""
    response.headers["Cache-Control"] = "no-store"
    return response


def asked_of(request: Request, page: Page) -> dict[str, Any]:
    """Return the parameters of a page from its address, as the kinds its facts ask for, and who asks."""
    given = {**request.query_params, **request.path_params}
    asked: dict[str, Any] = {}
    for name, parameter in list(inspect.signature(page.facts).parameters.items())[1:]:
        if page.personal and name == MEMBER:
            who = current(request)
            asked[name] = who.member if who else ""
        elif name in given:
            asked[name] = _read(name, given[name], parameter.annotation)
    return asked


def _read(name: str, value: str, kind: type) -> str | int:
    if kind is not int:
        return value
    if value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    raise BadInput(Fault("number-wrong", name, value, "a whole number", "follow a link"))


def _status(request: Request, error: NewCourseError) -> int:
    """Return the status of an error: of an act or of a program's request, or else of the address of a page."""
    if request.method == "POST" or request.url.path.startswith("/api"):
        return status_of(error)
    if error.faults[0].code == "sign-in-needed":
        return 401
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def _as_fault(request: Request, error: Exception) -> NewCourseError:
    found = str(getattr(error, "detail", "a request that cannot be read"))
    return BadInput(
        Fault("address-unknown", request.url.path, found, "the address of a page", "begin at the start page")
    )
