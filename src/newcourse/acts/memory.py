"""The state of each record that is open, kept up to date by reading only what was added (design §3)."""

from collections.abc import Callable, Iterator
from threading import Lock
from weakref import WeakKeyDictionary

from newcourse.council.fold import fold, step
from newcourse.council.state import State
from newcourse.record.entry import Entry
from newcourse.record.store import Record
from newcourse.record.verify import Head

_STATES: WeakKeyDictionary[Record, State] = WeakKeyDictionary()
_LOCK = Lock()


def state_of(record: Record) -> State:
    """Return the state of a federation as its record says now."""
    with _LOCK:
        known = _STATES.get(record, State())
    state = caught_up(known, record.head(), record.entries)
    remember(record, state)
    return state


def remember(record: Record, state: State) -> None:
    """Keep a state that the record bears out."""
    with _LOCK:
        _STATES[record] = state


def caught_up(state: State, head: Head, entries: Callable[[int], Iterator[Entry]]) -> State:
    """Return the state at the head, from one before it; from nothing where the record is not the one it was.

    Parameters
    ----------
    state
        A state that was true at some time.
    head
        Where the record ends now.
    entries
        Reads the entries after a number.
    """
    if (head.count, head.hash) == (state.sequence, state.head):
        return state
    if head.count > state.sequence:
        added = iter(entries(state.sequence))
        first = next(added)
        if first.previous == state.head:
            return fold(added, step(state, first))
    return fold(entries(0))
