"""Acting through the interface for programs: every act has its address under ``/api/acts``."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from newcourse.acts.act import Act
from newcourse.acts.reading import read_json_values
from newcourse.acts.registry import ACTS
from newcourse.council.authority import authority
from newcourse.council.words import ACTS as WORDS
from newcourse.errors import BadInput, Fault, NotAllowed
from newcourse.record.canonical import read_json
from newcourse.web.acting import schemas
from newcourse.web.acting.bodies import body_of
from newcourse.web.acting.doing import LONG, TOGETHER, WITHOUT_LOGIN, Doing
from newcourse.web.acting.receipts import answer_data
from newcourse.web.jobs.queue import Jobs
from newcourse.web.jobs.store import Job
from newcourse.web.signin.current import current

_PROBLEM_CODES = (400, 401, 403, 404, 409, 413, 422, 429, 500, 503)


def add_acts(app: FastAPI, doing: Doing, jobs: Jobs | None) -> None:
    """Add every act, whether one may do it, and the work in the background.

    Parameters
    ----------
    app
        The application.
    doing
        Does acts.
    jobs
        Takes what calculates long, if there is a queue; without one, whoever asks waits.
    """
    for act in sorted(ACTS.values(), key=lambda one: one.name not in TOGETHER):
        _add_act(app, act, doing, jobs if act.name in LONG else None)
    _add(app, "/api/may", "GET", _may(doing), "may", "Whether you may do an act now, and why", schemas.MAY, _MAY_QUERY)
    if jobs is not None:
        answer = _job(jobs)
        _add(
            app, "/api/jobs/{job}", "GET", answer, "job", "How far a work in the background is", schemas.JOB, _JOB_PATH
        )


_MAY_QUERY = [
    {"name": "act", "in": "query", "required": True, "schema": {"type": "string", "enum": sorted(ACTS)}},
    {"name": "place", "in": "query", "required": False, "schema": {"type": "string", "maxLength": 200}},
]
_JOB_PATH = [{"name": "job", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}]


def _add(
    app: FastAPI,
    path: str,
    method: str,
    endpoint: Callable[..., Any],
    name: str,
    summary: str,
    schema: Mapping[str, Any],
    parameters: list[dict[str, Any]],
) -> None:
    app.add_api_route(
        path,
        endpoint,
        methods=[method],
        name=name,
        operation_id=f"api_{name}",
        summary=summary,
        response_model=None,
        openapi_extra={
            "parameters": parameters,
            "responses": {"200": _json("The answer.", schema), **problems(_PROBLEM_CODES)},
        },
    )


def _add_act(app: FastAPI, act: Act, doing: Doing, jobs: Jobs | None) -> None:
    """Add one act."""

    async def endpoint(request: Request) -> Response:
        what, key = await _asked(request, act, doing)
        who = current(request)
        ask = doing.ask(act.name, who.member if who else None, what, key)
        if jobs is not None:
            name = await run_in_threadpool(jobs.put, ask)
            job = await run_in_threadpool(jobs.get, name)
            return JSONResponse(job_data(job), 202, {"Location": f"/api/jobs/{name}"})
        return JSONResponse(answer_data(await doing.do_signed(ask)))

    words = WORDS.get(act.name, act.name)
    responses = {"200": _json("It is done and on the record.", {"$ref": "#/components/schemas/Done"})}
    if jobs is not None:
        responses = {"202": _json("It is being done.", {"$ref": "#/components/schemas/Job"})}
    header = {"name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string"}}
    app.add_api_route(
        f"/api/acts/{act.name}",
        endpoint,
        methods=["POST"],
        name=f"/api/acts/{act.name}",
        operation_id=f"act_{act.name}",
        summary=words[:1].upper() + words[1:],
        description=_description(act),
        response_model=None,
        status_code=202 if jobs is not None else 200,
        openapi_extra={
            "parameters": [header],
            "security": [{}] if act.name in WITHOUT_LOGIN else [{"session": []}, {"bearer": []}],
            "requestBody": {
                "required": bool(act.needs),
                "content": {"application/json": {"schema": schemas.request_schema(act)}},
            },
            "responses": {**responses, **problems(_PROBLEM_CODES)},
        },
    )


def _description(act: Act) -> str:
    if act.name in WITHOUT_LOGIN:
        return "Done without sign-in: the token says that its holder may, and nothing says who it is."
    return "Done by who is signed in, by a browser's session or a program's token. Nothing is allowed by default."


async def _asked(request: Request, act: Act, doing: Doing) -> tuple[dict[str, Any], str]:
    """Return parameters and key of a request, with everything that is wrong with it at once."""
    raw = await body_of(request)
    data = _object(raw, act)
    faults = [
        Fault("request-wrong", f"{name:.80}", f"{name:.80}", "what and key", "leave it out")
        for name in data
        if name not in ("what", "key")
    ]
    what, key = data.get("what", {}), data.get("key")
    if not isinstance(what, dict):
        faults.append(Fault("what-wrong", "what", repr(what)[:80], "an object of parameters", "correct it"))
    if key is not None and not (isinstance(key, str) and key):
        faults.append(Fault("key-wrong", "key", repr(key)[:80], "1 to 200 printable characters", "correct it"))
    if faults:
        raise BadInput(faults)
    if "economy" in what:  # fetched from where it is kept; all else is read from the request at once
        values = await run_in_threadpool(read_json_values, act, what, doing.economy)
    else:
        values = read_json_values(act, what, doing.economy)
    return values, key or request.headers.get("idempotency-key", "")


def _object(raw: bytes, act: Act) -> dict[str, Any]:
    if not raw and not act.needs:
        return {}
    try:
        data = read_json(raw.decode())
    except UnicodeDecodeError as error:
        found = f"bytes that are not UTF-8 ({error.reason})"
        raise BadInput(Fault("not-json", "request", found, "a JSON object", "send JSON")) from error
    if isinstance(data, dict):
        return data
    raise BadInput(Fault("not-json", "request", repr(data)[:80], "a JSON object with what and key", "send one"))


def _may(doing: Doing) -> Callable[..., Any]:
    def endpoint(request: Request) -> Response:
        act, place = request.query_params.get("act", ""), request.query_params.get("place", "")
        state, who = doing.federation.state, current(request)
        if act not in ACTS:
            raise BadInput(Fault("act-wrong", "act", repr(act)[:80], f"one of {', '.join(ACTS)}", "name a known act"))
        if place and place not in state.tree:
            raise BadInput(Fault("place-unknown", "place", repr(place)[:80], "a place of the federation", "correct it"))
        actor = who.member if who else WITHOUT_LOGIN.get(act, "somebody who is not signed in")
        answer = authority(state, actor, act, place)
        return JSONResponse({"allowed": answer.allowed, "expected": "", "remedy": "", **asdict(answer)})

    return endpoint


def _job(jobs: Jobs) -> Callable[..., Any]:
    def endpoint(request: Request) -> Response:
        return JSONResponse(job_data(own_job(request, jobs)))

    return endpoint


def own_job(request: Request, jobs: Jobs) -> Job:
    """Return the job that a request names, to who asked for it and nobody else.

    Raises
    ------
    BadInput
        If there is no such job of theirs.
    NotAllowed
        If nobody is signed in.
    """
    who = current(request)
    if who is None:
        expected = "the one who asked for it, signed in"
        raise NotAllowed(Fault("sign-in-needed", "job", "nobody is signed in", expected, "sign in at /sign-in"))
    job = jobs.get(str(request.path_params["job"]))
    if job.actor != who.member:
        raise BadInput(Fault("job-unknown", "jobs", f"{job.id:.80}", "a job that you asked for", "follow a link"))
    return job


def job_data(job: Job) -> dict[str, Any]:
    """Return a job as programs see it."""
    faults = [fault.as_dict() for fault in job.faults]
    return {
        "id": job.id, "act": job.act, "state": job.state, "stage": job.stage, "part": job.part, "entry": job.entry,
        "faults": faults,
    }  # fmt: skip


def problems(codes: tuple[int, ...]) -> dict[str, Any]:
    """Return what OpenAPI says of answers that say what is wrong."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {str(code): {"description": "What is wrong, and what to do.", "content": content} for code in codes}


def _json(description: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": dict(schema)}}}
