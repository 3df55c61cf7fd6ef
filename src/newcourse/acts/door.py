"""The one door: authority, act and record in one transaction, or nothing at all (design §3)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, NamedTuple

from newcourse.acts.act import Act, Deed, OnProgress, Tools
from newcourse.acts.artefacts import Archive
from newcourse.acts.ask import Ask
from newcourse.acts.memory import caught_up, remember, state_of
from newcourse.acts.registry import ACTS
from newcourse.council.authority import Refusal, authority
from newcourse.council.concerns import concerned_place
from newcourse.council.fold import step
from newcourse.council.secrecy import TOKEN_HOLDER
from newcourse.council.state import State
from newcourse.errors import BadInput, Fault, NewCourseError
from newcourse.record.draft import Draft
from newcourse.record.entry import Entry, seal
from newcourse.record.store import Record

ATTEMPTS: Final = 5
"""How often a long calculation is made again because what it relied on has changed meanwhile."""


class Written(NamedTuple):
    """What an act writes: the deed, its entry, and the state after it."""

    deed: Deed
    entry: Entry
    after: State


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
    kind = kind_of(ask)
    tools = tools_of(record, on_progress)
    for _ in range(ATTEMPTS):
        if (entry := _attempt(record, kind, ask, tools)) is not None:
            return entry
    raise restless(ask)


def restless(ask: Ask) -> NewCourseError:
    """Return the error of an act whose basis never holds still."""
    found = f"what the calculation relied on has changed {ATTEMPTS} times while it was made"
    return NewCourseError(Fault("state-restless", ask.where, found, "a state that holds still", "try again later"))


def tools_of(record: Record, on_progress: OnProgress | None = None) -> Tools:
    """Return what acts may use while they prepare."""
    return Tools(Archive(record.fetch), on_progress or _silent, record.secret, record.deposited)


def _attempt(record: Record, kind: Act, ask: Ask, tools: Tools) -> Entry | None:
    """Calculate outside the transaction and write inside it; nothing where the basis has changed between the two."""
    state = state_of(record)
    if (known := already(kind, state, ask, record.entries)) is not None:
        return known
    prepared = prepared_for(kind, state, ask, tools)
    with record.transaction() as draft:
        now = caught_up(state, draft.head, draft.entries)
        if (known := already(kind, now, ask, draft.entries)) is not None:
            return known
        require_lawful(kind, now, ask)
        if kind.basis(now, ask) != kind.basis(state, ask):
            return None
        entry, after = write(draft, now, ask, kind, prepared)
    remember(record, after)
    return entry


def kind_of(ask: Ask) -> Act:
    """Return the act that is asked for.

    Raises
    ------
    BadInput
        If there is no such act, the time has no zone, or parameters are missing or unknown.
    """
    if ask.act not in ACTS:
        raise BadInput(Fault("act-unknown", ask.where, repr(ask.act), f"one of {', '.join(ACTS)}", "name a known act"))
    if ask.at.tzinfo is None:
        raise BadInput(Fault("time-without-zone", ask.where, str(ask.at), "a time with its zone", "pass UTC time"))
    kind = ACTS[ask.act]
    kind.require_parameters(ask)
    return kind


def prepared_for(kind: Act, state: State, ask: Ask, tools: Tools) -> object:
    """Return what an act calculates before the transaction, once it is known to be lawful now."""
    require_lawful(kind, state, ask)
    return kind.prepare(state, judged(state, ask), tools)


def require_lawful(kind: Act, state: State, ask: Ask) -> None:
    """Raise where the actor has no authority, or the state does not admit the act."""
    answer = authority(state, ask.actor, ask.act, concerned_place(state, ask.act, ask.actor, ask.what))
    if isinstance(answer, Refusal):
        raise answer.error()
    kind.check(state, judged(state, ask))


def judged(state: State, ask: Ask) -> Ask:
    """Return the request at the time by which its deadlines are judged: a slow clock gains nothing."""
    return ask if ask.at >= state.latest else replace(ask, at=state.clock(ask.at))


def write(draft: Draft, state: State, ask: Ask, kind: Act, prepared: object) -> tuple[Entry, State]:
    """Write what the act does; the new entry must fold, or nothing of it is written."""
    written = composed(draft, state, ask, kind, prepared)
    put(draft, written)
    return written.entry, written.after


def composed(draft: Draft, state: State, ask: Ask, kind: Act, prepared: object) -> Written:
    """Return what the act writes, and the state after it; nothing is written yet."""
    deed = kind.do(state, judged(state, ask), prepared)
    body = dict(deed.body)
    if ask.key and ask.actor != TOKEN_HOLDER:
        body |= {"key": ask.key, "asked": ask.fingerprint()}
    entry = seal(draft.head.count + 1, ask.at, ask.actor, ask.act, body, draft.head.hash)
    return Written(deed, entry, step(state, entry))


def put(draft: Draft, written: Written) -> None:
    """Write it."""
    deed = written.deed
    for deposit in deed.deposits:
        draft.deposit(*deposit)
    for artefact in deed.artefacts:
        draft.keep(artefact.kind, artefact.media_type, artefact.content)
    for name, secret in deed.secrets.items():
        draft.keep_secret(name, secret)
    for name in deed.erases:
        draft.erase_secret(name)
    draft.add(written.entry)


def already(kind: Act, state: State, ask: Ask, entries: Callable[[int], Iterator[Entry]]) -> Entry | None:
    """Return the entry that this very request led to before: under its key, or because the act is idempotent."""
    sequence = state.keys.get((ask.actor, ask.key)) if ask.key and ask.actor != TOKEN_HOLDER else None
    if sequence is None:
        return _done_before(kind, state, ask, entries)
    entry = next(iter(entries(sequence - 1)))
    if entry.body.get("asked") == ask.fingerprint():
        return entry
    found = f"the key {ask.key!r}, under which {ask.actor} has asked for something else (entry {sequence})"
    raise BadInput(Fault("key-reused", ask.where, found, "one key for one request", "send it under a new key"))


def _done_before(kind: Act, state: State, ask: Ask, entries: Callable[[int], Iterator[Entry]]) -> Entry | None:
    sequence = kind.done(state, ask)
    if not sequence:
        return None
    entry = next(iter(entries(sequence - 1)))
    return entry if kind.same(entry, ask) else None


def _silent(_stage: str, _part: float) -> None:
    """Tell nobody."""
