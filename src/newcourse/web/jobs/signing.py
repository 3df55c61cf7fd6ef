"""Signs the record on a schedule, so that witnesses and receipts find a checkpoint nobody had to ask for."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Final

from newcourse.errors import NewCourseError
from newcourse.record.store import Record

USUALLY: Final = timedelta(hours=1)
"""After this long the record is signed, where something was written since."""
LOOK: Final = timedelta(seconds=30)
"""How often is looked whether it is time."""
AT_ONCE: Final = ("close_vote", "count_vote")
"""After these acts the record is signed at the next look: what was published must stay as it is."""

_LOG = logging.getLogger("newcourse.jobs")


class Signing:
    """Signs a record when it is time. Any number of workers may do so: one size is signed once.

    Parameters
    ----------
    record
        The record.
    every
        After how long what was written is signed.
    """

    def __init__(self, record: Record, every: timedelta = USUALLY) -> None:
        self._record = record
        self._every = every
        self._looked = datetime.min.replace(tzinfo=UTC)
        self._seen = 0

    def look(self, now: datetime) -> bool:
        """Sign the record if it is time; say whether it was signed."""
        if now - self._looked < LOOK:
            return False
        self._looked = now
        try:
            if not self._due(now):
                return False
            self._record.checkpoint(now)
        except NewCourseError:  # the work of the queue goes on; the page of the record says when it was signed last
            _LOG.exception("the record cannot be signed; trying again")
            return False
        return True

    def _due(self, now: datetime) -> bool:
        count = self._record.head().count
        newest = next(iter(self._record.newest_checkpoints()), None)
        signed = newest.size if newest else 0
        if signed >= count:
            return False
        if newest is None or now - newest.at >= self._every:
            return True
        at_once = any(entry.act in AT_ONCE for entry in self._record.entries(max(signed, self._seen)))
        if not at_once:
            self._seen = count
        return at_once
