"""Where pieces of work are done: here, in processes of this machine, or on a Ray cluster."""

import os
from dataclasses import dataclass, field

from newcourse.errors import BadInput, Fault

LOOK = 0.1
"""Seconds between two looks at whether the work is to stop."""

AHEAD = 3
"""Pieces handed out for each worker, so that none waits for the next and few are lost when the work stops."""


@dataclass(frozen=True)
class Here:
    """One piece after the other, in this process."""


def _cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Processes:
    """Several at a time, in new processes of this machine.

    The processes are started afresh (``spawn``), so they share no memory, locks or threads with this one. Each costs
    about a second to start and loads what the task needs once; what is done in less is done sooner in this process.

    Parameters
    ----------
    number
        How many processes, at least one. One for each core that may be used where not given.
    """

    number: int = field(default_factory=_cores)

    def __post_init__(self) -> None:
        if self.number < 1:
            remedy = "give at least 1, or Here() for no further process"
            raise BadInput(Fault("workers-number", "Processes", f"{self.number} processes", "at least one", remedy))


@dataclass(frozen=True)
class Ray:
    """Several at a time, on a Ray cluster (https://docs.ray.io; the extra ``ray`` installs it).

    Parameters
    ----------
    address
        Of the cluster, as Ray takes it: ``auto`` for the one this machine belongs to, ``ray://HOST:PORT`` for a client,
        ``local`` for one that is started on this machine and ends with the work.
    number
        How many pieces are handed out at a time; one for each core of the cluster where not given.
    """

    address: str = "local"
    number: int | None = None

    def __post_init__(self) -> None:
        if self.number is not None and self.number < 1:
            remedy = "give at least 1, or none for one a core"
            raise BadInput(Fault("workers-number", "Ray", f"{self.number} at a time", "at least one", remedy))


Way = Here | Processes | Ray
"""Any of them."""
