"""Many casts in one transaction (group commit): while one batch is written to disk, the next one gathers.

Nobody waits for company: a request that comes alone is done at once. What is answered is on disk.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from newcourse.acts.ask import Ask
from newcourse.acts.batch import perform_many
from newcourse.acts.door import perform
from newcourse.errors import NewCourseError
from newcourse.record.entry import Entry
from newcourse.record.store import Record
from newcourse.web import clock

MOST: Final = 256
"""How many requests share one transaction at most."""


class Signed(NamedTuple):
    """An entry with its receipt."""

    entry: Entry
    receipt: Mapping[str, Any]


Waiting = tuple[Ask, "asyncio.Future[Signed]"]
Answer = Signed | NewCourseError
Many = Callable[[Record, Sequence[Ask]], Sequence[Answer]]


def signed_together(record: Record, asks: Sequence[Ask]) -> Sequence[Answer]:
    """Do acts in one transaction that also signs the record, and make the receipts of all of them."""
    now = clock.now()
    answers = perform_many(record, asks, now)
    receipts = record.receipts({answer.sequence for answer in answers if isinstance(answer, Entry)}, now)
    return [Signed(answer, receipts[answer.sequence]) if isinstance(answer, Entry) else answer for answer in answers]


def perform_ask(record: Record, ask: Ask) -> Entry:
    """Do one act."""
    return perform(record, ask.act, actor=ask.actor, at=ask.at, key=ask.key, **ask.what)


def signed_alone(record: Record, ask: Ask) -> Signed:
    """Do one act, and sign the record for its receipt."""
    entry = perform_ask(record, ask)
    return Signed(entry, record.receipt(entry.sequence, at=clock.now()))


class Together:
    """Gathers requests and does them together.

    Parameters
    ----------
    record
        The record.
    many
        Does several acts and answers each, in order, with its entry and receipt or with its error.
    """

    def __init__(self, record: Record, many: Many = signed_together) -> None:
        self._record = record
        self._many = many
        self._gathering: WeakKeyDictionary[asyncio.AbstractEventLoop, _Gathering] = WeakKeyDictionary()

    async def perform(self, ask: Ask) -> Signed:
        """Do an act together with those that are asked for meanwhile.

        Raises
        ------
        NewCourseError
            What the act is refused with.
        """
        loop = asyncio.get_running_loop()
        gathering = self._gathering.setdefault(loop, _Gathering())
        answer: asyncio.Future[Signed] = loop.create_future()
        gathering.waiting.append((ask, answer))
        if gathering.task is None or gathering.task.done():
            gathering.task = loop.create_task(self._write(gathering))
        return await answer

    async def alone(self, ask: Ask) -> Entry:
        """Do an act in a transaction of its own."""
        return await asyncio.to_thread(perform_ask, self._record, ask)

    async def signed_alone(self, ask: Ask) -> Signed:
        """Do an act in a transaction of its own, and sign the record for its receipt."""
        return await asyncio.to_thread(signed_alone, self._record, ask)

    async def _write(self, gathering: "_Gathering") -> None:
        await asyncio.sleep(0)  # all that have come in this turn of the loop go together
        while gathering.waiting:
            batch, gathering.waiting = gathering.waiting[:MOST], gathering.waiting[MOST:]
            try:
                answers = await asyncio.to_thread(partial(self._many, self._record, [ask for ask, _ in batch]))
            except Exception as error:  # noqa: BLE001  # each of those who wait must be told, whatever it was
                answers = [error] * len(batch)  # type: ignore[list-item]
            for (_, future), answer in zip(batch, answers, strict=True):
                _answer(future, answer)


class _Gathering:
    """What waits in one event loop, and the task that writes it."""

    def __init__(self) -> None:
        self.waiting: list[Waiting] = []
        self.task: asyncio.Task[None] | None = None


def _answer(future: "asyncio.Future[Signed]", answer: Signed | Exception) -> None:
    if future.done():  # whoever asked has gone
        return
    if isinstance(answer, Exception):
        future.set_exception(answer)
    else:
        future.set_result(answer)
