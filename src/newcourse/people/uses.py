"""When sessions and tokens were used last: known at once here, written for all of them together about once a minute.

A write for each would have everybody's first request wait for the disk. What is lost when a process is killed is the
use of the last minute, and nobody is signed in longer or shorter for it than a minute.
"""

from threading import Lock
from typing import Any, Final

from sqlalchemy import Column, Engine, bindparam, update

from newcourse.people.database import writing

EVERY: Final = 60
"""Seconds after which a later use is noted, and after which what was noted is written."""


class Uses:
    """Notes when rows of a table were used.

    Parameters
    ----------
    engine
        Of the database of people.
    name, used
        Columns of one table: the one that names a row, and the one that says when it was used.
    """

    def __init__(self, engine: Engine, name: "Column[Any]", used: "Column[Any]") -> None:
        self._engine = engine
        self._write = update(name.table).where(name == bindparam("of")).values({used: bindparam("at")})
        self._lock = Lock()
        self._noted: dict[str, int] = {}
        self._written = 0

    def last(self, name: str, stored: int | None) -> int | None:
        """Return when a row was used last, as far as is known: ``stored`` is what the row itself says, in seconds."""
        with self._lock:
            return max((at for at in (stored, self._noted.get(name)) if at is not None), default=None)

    def note(self, name: str, now: int) -> None:
        """Note that a row is used now."""
        with self._lock:
            self._noted[name] = now
            if now < self._written + EVERY:
                return
            self._written = now
        self.write()

    def write(self) -> None:
        """Write what was noted."""
        with self._lock:
            noted, self._noted = self._noted, {}
        if noted:
            with writing(self._engine) as connection:
                connection.execute(self._write, [{"of": name, "at": at} for name, at in noted.items()])
