"""Server-sent events (HTML standard, section 9.2): a page is told what has changed since it was made.

A vote is told by its turnout and its stage; ballots are never counted before the vote is closed, and a secret ballot is
never told at all: who looks at the moment of a cast learns no more than the record says.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from typing import Any, Final

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from newcourse.acts.federation import Federation
from newcourse.council.voting import Vote
from newcourse.errors import Fault, NewCourseError
from newcourse.web.acting.api import own_job
from newcourse.web.acting.problems import problem_response
from newcourse.web.jobs.queue import Jobs
from newcourse.web.jobs.store import WAITING, Job
from newcourse.web.languages.speaking import gettext, language_of, speaking
from newcourse.web.signin.current import current
from newcourse.web.signin.rates import address_of

LOOK_SECONDS: Final = 1.0
"""How often is looked whether something has changed."""
LONGEST_SECONDS: Final = 300.0
"""After this the browser asks again, so that nothing is held for ever."""
MOST: Final = 500
"""How many may look at once; others look again by hand."""
MOST_FROM_ONE: Final = 20
"""How many of them from one address; a workplace may have one for all."""
AGAIN_SECONDS: Final = 30
"""After this, who was refused may ask again."""

Look = Callable[[], tuple[dict[str, Any], bool]]


class Live:
    """Tells those who look what has changed.

    Parameters
    ----------
    federation
        The federation.
    jobs
        Work in the background, if there is a queue.
    """

    def __init__(self, federation: Federation, jobs: Jobs | None) -> None:
        self._federation = federation
        self._jobs = jobs
        self._looking: Counter[str] = Counter()

    async def vote(self, request: Request) -> Response:
        """Answer with the turnout of a vote, each time it changes, until the vote is decided."""
        code = str(request.path_params["code"])
        await run_in_threadpool(self._federation.vote, code)

        def look() -> tuple[dict[str, Any], bool]:
            vote = self._federation.vote(code)
            return vote_event(vote), vote.result is not None

        return self._stream(request, look)

    async def job(self, request: Request) -> Response:
        """Answer with how far a work is, until it is over."""
        jobs = self._jobs
        if jobs is None:
            return Response(status_code=404)
        name = (await run_in_threadpool(own_job, request, jobs)).id

        def look() -> tuple[dict[str, Any], bool]:
            job = jobs.get(name)
            return job_event(job), job.over

        return self._stream(request, look)

    def _stream(self, request: Request, look: Look) -> Response:
        if self._looking.total() >= MOST:
            return Response(status_code=503, headers={"Retry-After": f"{AGAIN_SECONDS}"})
        if self._looking[address_of(request.scope.get("client"))] >= MOST_FROM_ONE:
            return _too_many(request)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._events(request, look), media_type="text/event-stream", headers=headers)

    async def _events(self, request: Request, look: Look) -> AsyncIterator[str]:
        who = current(request)
        language = language_of(request, who.language if who else "")
        address = address_of(request.scope.get("client"))
        self._looking[address] += 1
        try:
            told = ""
            for _ in range(int(LONGEST_SECONDS / LOOK_SECONDS)):
                with speaking(language):
                    data, over = await run_in_threadpool(look)
                said = json.dumps(data, ensure_ascii=False, sort_keys=True)
                if said != told:
                    yield f"event: {'over' if over else 'change'}\ndata: {said}\n\n"
                    told = said
                if over or await request.is_disconnected():
                    return
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            self._looking[address] -= 1
            self._looking += Counter()  # nobody who looks no more is remembered


def _too_many(request: Request) -> Response:
    found, expected = f"{MOST_FROM_ONE} that are open already", f"at most {MOST_FROM_ONE} from one address"
    remedy = "close some pages of votes, or load this page again by hand"
    error = NewCourseError(Fault("streams-too-many", "live news", found, expected, remedy))
    answer = problem_response(error, request.url.path, 429)
    answer.headers["Retry-After"] = f"{AGAIN_SECONDS}"
    return answer


def add_live(app: FastAPI, federation: Federation, jobs: Jobs | None) -> None:
    """Add the streams of votes and jobs."""
    live = Live(federation, jobs)
    app.router.routes.append(Route("/live/votes/{code}", live.vote, name="live vote"))
    app.router.routes.append(Route("/live/jobs/{job}", live.job, name="live job"))


def vote_event(vote: Vote) -> dict[str, Any]:
    """Return what is told of a vote: how many have voted of how many, and its stage; never for whom."""
    cast, entitled = turnout(vote), entitled_to(vote)
    stage = stage_of(vote)
    said = gettext("%(cast)s of %(entitled)s have voted") % {"cast": cast, "entitled": entitled}
    return {
        "cast": cast,
        "entitled": entitled,
        "percent": round(100 * cast / entitled) if entitled else 0,
        "stage": stage,
        "turnout": said,
        "words": f"{said}. {gettext(STAGES[stage])}",
    }


STAGES: Final = {
    "open": "The vote is open.",
    "closed": "The vote is closed and waits to be counted.",
    "counted": "The vote is counted.",
}


def turnout(vote: Vote) -> int:
    """Return how many have cast a ballot."""
    return vote.cast


def entitled_to(vote: Vote) -> int:
    """Return how many may."""
    return len(vote.frozen.electorate)


def stage_of(vote: Vote) -> str:
    """Return where a vote stands: ``open``, ``closed`` or ``counted``."""
    if vote.result is not None:
        return "counted"
    return "open" if vote.open else "closed"


def job_event(job: Job) -> dict[str, Any]:
    """Return what is told of a job."""
    begun = job.stage[:1].upper() + job.stage[1:] or gettext("It has begun.")
    words = gettext("It waits for its turn.") if job.state == WAITING else begun
    return {"state": job.state, "percent": round(100 * job.part), "words": words}
