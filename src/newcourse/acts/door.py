"""The one door: authority, act and record in one transaction, or nothing at all (design §3)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from newcourse.acts.act import Act, OnProgress, Tools
from newcourse.acts.artefacts import Archive
from newcourse.acts.ask import Ask
from newcourse.acts.memory import caught_up, remember, state_of
from newcourse.acts.registry import ACTS
from newcourse.council.authority import Refusal, authority
from newcourse.council.fold import step
from newcourse.council.state import State
from newcourse.errors import BadInput, Fault, NewCourseError
from newcourse.record.draft import Draft
from newcourse.record.entry import Entry
from newcourse.record.store import Record

ATTEMPTS: Final = 5
"""How often a long calculation is made again because what it relied on has changed meanwhile."""


def perform(
    record: Record,
    act: str,
    *,
    actor: str,
    at: datetime,
    key: str = "",
    on_progress: OnProgress | None = None,
    **what: Any,
) -> Entry:
    """Do an act: check authority and state, calculate, write the record.

    Parameters
    ----------
    record
        The record of the federation.
    act
        Name of the act, one of :data:`newcourse.acts.registry.ACTS`.
    actor
        Who acts. Faces pass who is signed in, never what a request claims.
    at
        When, with a time zone.
    key
        Text by which the actor knows this request; sent again under it, the entry already there is the answer.
    on_progress
        Told what is going on, and which part of the way it stands at, where the act calculates long.
    what
        Parameters of the act; each file in ``acts/`` names them.

    Returns
    -------
    Entry
        The entry in the record.

    Raises
    ------
    NotAllowed
        If the actor has no authority, or the state does not admit the act; with the article and the reason.
    BadInput
        If what was asked is wrong, or the key was used for another request.
    """
    ask = Ask(act, actor, at, what, key)
    kind = _kind(ask)
    kind.require_parameters(ask)
    tools = Tools(Archive(record.fetch), on_progress or _silent)
    for _ in range(ATTEMPTS):
        if (entry := _attempt(record, kind, ask, tools)) is not None:
            return entry
    found = f"what the calculation relied on has changed {ATTEMPTS} times while it was made"
    raise NewCourseError(Fault("state-restless", ask.where, found, "a state that holds still", "try again later"))


def _attempt(record: Record, kind: Act, ask: Ask, tools: Tools) -> Entry | None:
    """Calculate outside the transaction and write inside it; nothing where the basis has changed between the two."""
    state = state_of(record)
    if (known := _already(state, ask, record.entries)) is not None:
        return known
    _require_lawful(kind, state, ask)
    prepared = kind.prepare(state, ask, tools)
    with record.transaction() as draft:
        now = caught_up(state, draft.head, draft.entries)
        if (known := _already(now, ask, draft.entries)) is not None:
            return known
        _require_lawful(kind, now, ask)
        if kind.basis(now, ask) != kind.basis(state, ask):
            return None
        entry, after = _write(draft, now, ask, kind, prepared)
    remember(record, after)
    return entry


def _kind(ask: Ask) -> Act:
    if ask.act not in ACTS:
        raise BadInput(Fault("act-unknown", ask.where, repr(ask.act), f"one of {', '.join(ACTS)}", "name a known act"))
    if ask.at.tzinfo is None:
        raise BadInput(Fault("time-without-zone", ask.where, str(ask.at), "a time with its zone", "pass UTC time"))
    return ACTS[ask.act]


def _require_lawful(kind: Act, state: State, ask: Ask) -> None:
    answer = authority(state, ask.actor, ask.act, kind.place(ask))
    if isinstance(answer, Refusal):
        raise answer.error()
    kind.check(state, _judged(state, ask))


def _judged(state: State, ask: Ask) -> Ask:
    """Return the request at the time by which its deadlines are judged: a slow clock gains nothing."""
    return replace(ask, at=state.clock(ask.at))


def _write(draft: Draft, state: State, ask: Ask, kind: Act, prepared: object) -> tuple[Entry, State]:
    """Write what the act does; the new entry must fold, or the transaction ends without it."""
    deed = kind.do(state, _judged(state, ask), prepared)
    for artefact in deed.artefacts:
        draft.keep(artefact.kind, artefact.media_type, artefact.content)
    body = dict(deed.body)
    if ask.key:
        body |= {"key": ask.key, "asked": ask.fingerprint()}
    entry = draft.append(ask.act, ask.actor, body, ask.at)
    return entry, step(state, entry)


def _already(state: State, ask: Ask, entries: Callable[[int], Iterator[Entry]]) -> Entry | None:
    """Return the entry that this very request led to before, if it was sent under a key."""
    sequence = state.keys.get((ask.actor, ask.key)) if ask.key else None
    if sequence is None:
        return None
    entry = next(iter(entries(sequence - 1)))
    if entry.body.get("asked") == ask.fingerprint():
        return entry
    found = f"the key {ask.key!r}, under which {ask.actor} has asked for something else (entry {sequence})"
    raise BadInput(Fault("key-reused", ask.where, found, "one key for one request", "send it under a new key"))


def _silent(_stage: str, _part: float) -> None:
    """Tell nobody."""
