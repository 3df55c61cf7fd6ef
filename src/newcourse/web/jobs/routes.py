"""The page of a work in the background: how far it is, and where it leads."""

from dataclasses import dataclass
from urllib.parse import quote

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from newcourse.council.words import ACTS as WORDS
from newcourse.errors import Fault
from newcourse.web.acting.api import own_job
from newcourse.web.answers import Answers
from newcourse.web.jobs.queue import Jobs
from newcourse.web.jobs.store import DONE


@dataclass(frozen=True, slots=True)
class JobPage:
    """What the page shows: the act in words, how far it is, what was wrong, where it leads back to."""

    id: str
    words: str
    state: str
    stage: str
    percent: int
    faults: tuple[Fault, ...]
    back: str


def add_jobs(app: FastAPI, answers: Answers, jobs: Jobs) -> None:
    """Add the page of each job."""

    def endpoint(request: Request) -> Response:
        job = own_job(request, jobs)
        if job.state == DONE:
            return RedirectResponse(f"{job.back or f'/record/{job.entry}'}?done={job.entry}", 303)
        facts = JobPage(
            id=quote(job.id),
            words=WORDS.get(job.act, job.act),
            state=job.state,
            stage=job.stage,
            percent=round(100 * job.part),
            faults=job.faults,
            back=job.back or f"/acts/{job.act}",
        )
        return answers.shown(request, "job", facts)

    app.router.routes.append(Route("/jobs/{job}", endpoint, name="job page"))
