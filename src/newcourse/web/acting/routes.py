"""Acting through pages, without a script: a form is sent, the act is done, and the browser is led back.

``POST /acts/{act}`` does an act and answers 303; what cannot be done shows the form again with what was typed and each
fault beside its field. ``GET /acts/{act}`` shows that form alone.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from newcourse.acts.parameters import PARAMETERS
from newcourse.acts.reading import read_typed
from newcourse.acts.registry import ACTS
from newcourse.council.words import ACTS as WORDS
from newcourse.errors import BadInput, Fault, NewCourseError, NotAllowed
from newcourse.web.acting.ballot_fields import PREFIX, ballot_typed
from newcourse.web.acting.bodies import body_of
from newcourse.web.acting.doing import LONG, Doing
from newcourse.web.acting.done import with_done
from newcourse.web.acting.form import Typed
from newcourse.web.acting.law_fields import PREFIX as LAW_PREFIX
from newcourse.web.acting.law_fields import changes_typed
from newcourse.web.acting.own_path import own_path
from newcourse.web.acting.problems import status_of
from newcourse.web.answers import Answers
from newcourse.web.jobs.queue import Jobs
from newcourse.web.signin.current import SignedIn, current

OURS: Final = ("csrf", "key", "back", "fields")
"""Fields of a form that are not parameters of the act."""


@dataclass(frozen=True, slots=True)
class ActPage:
    """The page with the form of one act: its name and words, what is filled in, the fields, where it leads back to."""

    act: str
    words: str
    hidden: Mapping[str, str]
    fields: tuple[str, ...] | None
    back: str

    @property
    def given(self) -> tuple[tuple[str, str], ...]:
        """What is filled in already, in words: nobody sends what a link filled in without seeing it."""
        return tuple((PARAMETERS[name].words, text) for name, text in self.hidden.items())


class Forms:
    """Answers forms.

    Parameters
    ----------
    answers
        Makes pages.
    doing
        Does acts.
    jobs
        Takes what calculates long, if there is a queue.
    """

    def __init__(self, answers: Answers, doing: Doing, jobs: Jobs | None) -> None:
        self._answers = answers
        self._doing = doing
        self._jobs = jobs

    def show(self, request: Request) -> Response:
        """Answer with the form of one act, filled in with what the address says."""
        act = _known(request)
        given = {name: text for name, text in request.query_params.items() if name not in OURS}
        known = (*ACTS[act].needs, *ACTS[act].takes)
        hidden = {name: text for name, text in given.items() if name in known}
        facts = ActPage(act, WORDS.get(act, act), hidden, None, own_path(request.query_params.get("back", "")))
        return self._answers.shown(request, "act_page", facts)

    async def send(self, request: Request) -> Response:
        """Do what a form asks for, and lead the browser on."""
        typed = dict(parse_qsl((await body_of(request)).decode("utf-8", "replace"), keep_blank_values=True))
        act, who = _known(request), current(request)
        back = own_path(typed.get("back", ""))
        try:
            require_form_of(who, typed.get("csrf", ""))
            what = {name: text for name, text in typed.items() if name not in OURS}
            return await self._done(request, act, what, typed.get("key", ""), back)
        except NewCourseError as error:
            return await run_in_threadpool(self._again, request, act, typed, error)

    async def _done(self, request: Request, act: str, typed: Mapping[str, str], key: str, back: str) -> Response:
        who = current(request)
        values = await run_in_threadpool(self._read, act, typed)
        ask = self._doing.ask(act, who.member if who else None, values, key)
        if self._jobs is not None and act in LONG:
            job = await run_in_threadpool(self._jobs.put, ask, back)
            return RedirectResponse(f"/jobs/{job}", 303)
        entry = await self._doing.do(ask)
        return RedirectResponse(with_done(back or f"/record/{entry.sequence}", entry), 303)

    def _read(self, act: str, typed: Mapping[str, str]) -> dict[str, Any]:
        """Return the parameters that were typed; the parts of a ballot, or of a change of law, together are one."""
        plain = {name: text for name, text in typed.items() if not name.startswith((PREFIX, LAW_PREFIX))}
        changes = changes_typed(self._doing.federation.state, typed)
        if changes is not None:
            plain["changes"] = plain.get("changes", "").strip() or "[]"
            read = read_typed(ACTS[act], plain, self._doing.economy)
            return {**read, "changes": [*changes, *read["changes"]]}
        ballot = ballot_typed(typed)
        if ballot is None:
            return read_typed(ACTS[act], plain, self._doing.economy)
        return {**read_typed(ACTS[act], {**plain, "ballot": "{}"}, self._doing.economy), "ballot": ballot}

    def _again(self, request: Request, act: str, typed: Mapping[str, str], error: NewCourseError) -> Response:
        """Show the form again: what was typed stays, and each fault stands beside its field."""
        fields = tuple(name for name in typed.get("fields", "").split() if name in (*ACTS[act].needs, *ACTS[act].takes))
        hidden = {
            name: text
            for name, text in typed.items()
            if name not in (*OURS, *fields) and name in (*ACTS[act].needs, *ACTS[act].takes)
        }
        back = own_path(typed.get("back", ""))
        facts = ActPage(act, WORDS.get(act, act), hidden, fields if "fields" in typed else None, back)
        said = Typed(act, {name: text for name, text in typed.items() if name not in OURS}, error.faults)
        return self._answers.shown(request, "act_page", facts, status=status_of(error), typed=said)


def add_forms(app: FastAPI, answers: Answers, doing: Doing, jobs: Jobs | None) -> None:
    """Add the forms of all acts."""
    forms = Forms(answers, doing, jobs)
    app.router.routes.append(Route("/acts/{act}", forms.show, methods=["GET"], name="act"))
    app.router.routes.append(Route("/acts/{act}", forms.send, methods=["POST"], name="act sent"))


def require_form_of(who: SignedIn | None, csrf: str) -> None:
    """Raise ``NotAllowed`` where a form does not come from a page that this site made for who is signed in."""
    if who is None or who.way == "token":
        return
    if not who.csrf or not hmac.compare_digest(who.csrf.encode(), csrf.encode()):
        raise NotAllowed(
            Fault(
                "csrf-wrong",
                "the form",
                "a form that this site did not make for you, or an old one",
                "a form of a page that was loaded since you signed in",
                "look through what you typed, and send it again from here",
            )
        )


def _known(request: Request) -> str:
    act = str(request.path_params["act"])
    if act not in ACTS:
        raise BadInput(Fault("act-unknown", "acts", repr(act)[:80], f"one of {', '.join(ACTS)}", "follow a link"))
    return act
