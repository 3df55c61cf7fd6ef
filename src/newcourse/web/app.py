"""The application: pages for people, the same facts for programs, acts for both, pictures and files (design §13)."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from newcourse.errors import NewCourseError
from newcourse.record.canonical import digest
from newcourse.record.store import Record
from newcourse.web.acting.api import add_acts
from newcourse.web.acting.described import describe
from newcourse.web.acting.doing import Doing
from newcourse.web.acting.routes import add_forms
from newcourse.web.answers import Answers, unchanged_or
from newcourse.web.bundles import add_bundle
from newcourse.web.downloads import ballots_json, plan_csv, plan_json, trace_json
from newcourse.web.drawing import drawn, prepare
from newcourse.web.guard import Guard
from newcourse.web.interface import add_facts
from newcourse.web.jobs.queue import Jobs
from newcourse.web.jobs.routes import add_jobs
from newcourse.web.lab_results import LabResults
from newcourse.web.languages.routes import add_languages
from newcourse.web.live.events import add_live
from newcourse.web.proofs import add_proofs
from newcourse.web.registry import PAGES
from newcourse.web.shrinking import Shrinking
from newcourse.web.signin.current import names_of
from newcourse.web.signin.entrance import Entrance
from newcourse.web.signin.routes import add_sign_in
from newcourse.web.site import Site

DESCRIPTION: Final = (
    "The facts of the pages of a federation, and every act, for programs. Whoever acts is signed in, by a browser's "
    "session or by a token (Authorization: Bearer …) that a member makes in their account; what they may do the "
    "statutes say. What is wrong is told as Problem JSON (RFC 9457) with all faults at once."
)


def create_app(
    record: Record,
    *,
    warm: bool = False,
    entrance: Entrance | None = None,
    jobs: Jobs | None = None,
    lab: LabResults | None = None,
) -> FastAPI:
    """Return the application that shows the federation of a record.

    Parameters
    ----------
    record
        The record. It stays the caller's to close.
    warm
        Whether to prepare beside serving, as soon as the server runs, what takes long: the pictures of the current
        plan and the reasons of its shortfalls.
    entrance
        By which people sign in. Without it these pages only read.
    jobs
        Queue for what calculates long; without it, whoever asks waits. A worker does what is in it
        (:func:`newcourse.web.jobs.worker.run_worker`).
    lab
        Results of the laboratory to show (:func:`newcourse.web.lab_results.read_results`).

    Examples
    --------
    >>> from newcourse.record.store import open_record
    >>> app = create_app(open_record("sqlite://"))
    >>> "/api/plan" in app.openapi()["paths"]
    True
    """
    site = Site(record, lab)
    answers = Answers(site)
    app = FastAPI(
        title="New Course",
        summary="What a federation plans, votes and does",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=partial(_lifespan, site=site if warm else None),
        middleware=[Middleware(Guard, entrance=entrance, refuse=answers.refused), Middleware(Shrinking)],
    )
    app.state.record = record
    doing = Doing(site.federation)
    add_acts(app, doing, jobs)  # before all others: a route is found by trying one after another, and casts come most
    for page in PAGES:
        app.router.routes.append(Route(page.path, partial(answers.page, page=page), name=page.path))
        add_facts(app, site, page)
    _add_acting(app, answers, doing, jobs)
    if entrance is not None:
        add_sign_in(app, answers, entrance)
    _add_files(app, site)
    app.mount("/static", StaticFiles(packages=[("newcourse.web", "static")]), name="static")
    for kind in (NewCourseError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, answers.fault)
    describe(app)
    return app


def _add_acting(app: FastAPI, answers: Answers, doing: Doing, jobs: Jobs | None) -> None:
    """Add forms, what goes on, proofs, and the languages."""
    add_forms(app, answers, doing, jobs)
    add_live(app, answers.site.federation, jobs)
    add_languages(app)
    add_proofs(app, answers.site.federation.record)
    add_bundle(app, answers.site.federation.record)
    if jobs is not None:
        add_jobs(app, answers, jobs)


@asynccontextmanager
async def _lifespan(_app: FastAPI, site: Site | None) -> AsyncIterator[None]:
    if site is None:
        yield
        return
    ended = threading.Event()
    beside = threading.Thread(target=prepare, args=(site, ended))
    beside.start()
    yield
    ended.set()
    await asyncio.to_thread(beside.join)  # an interpreter that ends under a solver at work is aborted by it


def _add_files(app: FastAPI, site: Site) -> None:
    """Add pictures and downloads."""

    def answer(request: Request, content: bytes, kind: str) -> Response:
        return unchanged_or(request, f'"{digest(content)[:32]}"', Response(content, media_type=kind))

    def picture(request: Request) -> Response:
        content = drawn(site, **request.path_params, called=partial(names_of, request)).encode()
        return answer(request, content, "image/svg+xml")

    def file(path: str, kind: str, make: Callable[..., bytes]) -> None:
        def endpoint(request: Request) -> Response:
            return answer(request, make(site, **request.path_params), kind)

        app.router.routes.append(Route(path, endpoint, name=path))

    app.router.routes.append(Route("/pictures/{kind}/{key}/{name}", picture, name="picture"))
    file("/files/plan/{address}.json", "application/json", plan_json)
    file("/files/plan/{address}/{table}.csv", "text/csv; charset=utf-8", plan_csv)
    file("/files/votes/{vote}.json", "application/json", trace_json)
    file("/files/votes/{vote}/ballots.json", "application/json", ballots_json)
