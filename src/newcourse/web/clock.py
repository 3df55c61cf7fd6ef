"""The clock of the pages: the one place where they learn what time it is.

Acts and accounts are told the time by whoever calls them. Nothing that is asked over the network can set it.
"""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the time, in UTC. Call it as ``clock.now()``, so that tests can put another clock here."""
    return datetime.now(UTC)
