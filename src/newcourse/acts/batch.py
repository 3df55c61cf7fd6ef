"""Many quick acts in one transaction, each as if it were performed alone, one after another (design §3).

What costs most in writing one entry is to have it on disk; many share that here. The answer is the same as that of
:func:`newcourse.acts.door.perform` for each request in turn: who is refused is refused alone.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from newcourse.acts.act import Act, Tools
from newcourse.acts.ask import Ask
from newcourse.acts.door import (
    ATTEMPTS,
    Written,
    already,
    composed,
    kind_of,
    perform,
    prepared_for,
    put,
    require_lawful,
    restless,
    tools_of,
)
from newcourse.acts.memory import caught_up, remember, state_of
from newcourse.council.state import State
from newcourse.errors import NewCourseError
from newcourse.record.draft import Draft
from newcourse.record.entry import Entry
from newcourse.record.store import Record

MOST_TOGETHER: Final = 1000
"""Most requests in one transaction: other writers wait as long as it lasts."""

Answer = Entry | NewCourseError


class _Ready(NamedTuple):
    """A request with what was calculated for it, and what that relied on; ``error`` where it cannot be asked at all."""

    ask: Ask
    kind: Act | None
    made: object = None
    basis: object = None
    error: NewCourseError | None = None


class _Spoilt(Exception):
    """What should have been written could not be: the whole transaction must end without it."""


def perform_many(record: Record, asks: Sequence[Ask], signed_at: datetime | None = None) -> list[Answer]:
    """Do many acts, in the order given.

    Parameters
    ----------
    record
        The record of the federation.
    asks
        The requests; one that calculates long holds up those after it.
    signed_at
        When to sign the record with each transaction, in the same one, so that whoever asked can have a receipt at
        once. Where this is left out nothing is signed.

    Returns
    -------
    list
        For each request the entry it led to, or the error by which it was refused.
    """
    answers: list[Answer] = []
    tools, stuck = tools_of(record), 0
    while len(answers) < len(asks):
        begun = len(answers)
        portion = asks[begun : begun + MOST_TOGETHER]
        try:
            answers += _portion(record, portion, tools, signed_at)
        except _Spoilt:
            answers += [_alone(record, ask) for ask in portion]
        stuck = stuck + 1 if len(answers) == begun else 0
        if stuck == ATTEMPTS:
            answers.append(restless(portion[0]))
            stuck = 0
    return answers


def _portion(record: Record, asks: Sequence[Ask], tools: Tools, signed_at: datetime | None) -> list[Answer]:
    """Answer as many of the first requests as can share one transaction; none where the basis has changed."""
    before = state_of(record)
    ready = _made_ready(record, before, asks, tools)
    answers: list[Answer] = []
    with record.transaction() as draft:
        state = caught_up(before, draft.head, draft.entries)
        entries = _Entries(draft)
        for one in ready:
            try:
                answer = _answer(draft, state, one, entries)
            except NewCourseError as error:
                answer = error
            if answer is None:
                break
            if isinstance(answer, Written):
                _put(draft, answer)
                entries.written[answer.entry.sequence] = answer.entry
                state = answer.after
                answers.append(answer.entry)
            else:
                answers.append(answer)
        if signed_at is not None and entries.written:
            draft.checkpoint(signed_at)
    remember(record, state)
    return answers


def _made_ready(record: Record, state: State, asks: Sequence[Ask], tools: Tools) -> list[_Ready]:
    """Return the first requests that can be tried together, with what had to be calculated for them.

    Where a calculation is refused in the state before all of them, it may be because it needs what another of them
    does: the request then begins a transaction of its own, and the refusal counts only there.
    """
    ready: list[_Ready] = []
    for ask in asks:
        try:
            kind = kind_of(ask)
        except NewCourseError as error:
            ready.append(_Ready(ask, None, error=error))
            continue
        if not kind.prepares:
            ready.append(_Ready(ask, kind))
            continue
        try:
            ready.append(_calculated(record, state, ask, kind, tools))
        except NewCourseError as error:
            return ready or [_Ready(ask, kind, error=error)]
    return ready


def _calculated(record: Record, state: State, ask: Ask, kind: Act, tools: Tools) -> _Ready:
    if already(kind, state, ask, record.entries) is not None:
        return _Ready(ask, kind)
    made = prepared_for(kind, state, ask, tools)
    return _Ready(ask, kind, made, kind.basis(state, ask))


class _Entries:
    """Reads the entries after a number: those of the same transaction from memory."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self.written: dict[int, Entry] = {}

    def __call__(self, since: int) -> Iterator[Entry]:
        return iter([self.written[since + 1]]) if since + 1 in self.written else self._draft.entries(since)


def _answer(draft: Draft, state: State, ready: _Ready, entries: _Entries) -> Answer | Written | None:
    """Return the answer to one request, or what it writes; nothing where it must be prepared again."""
    ask, kind = ready.ask, ready.kind
    if kind is None or ready.error is not None:
        return ready.error
    known = already(kind, state, ask, entries)
    if known is not None:
        return known
    require_lawful(kind, state, ask)
    if kind.prepares and kind.basis(state, ask) != ready.basis:
        return None
    return composed(draft, state, ask, kind, ready.made)


def _put(draft: Draft, written: Written) -> None:
    try:
        put(draft, written)
    except NewCourseError as error:
        raise _Spoilt from error


def _alone(record: Record, ask: Ask) -> Answer:
    try:
        return perform(record, ask.act, actor=ask.actor, at=ask.at, key=ask.key, **ask.what)
    except NewCourseError as error:
        return error
