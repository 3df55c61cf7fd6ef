"""Pieces of work on a Ray cluster (P. Moritz and others, "Ray", OSDI 2018); Ray is loaded when it is asked for."""

from collections.abc import Callable, Generator
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from newcourse.errors import BadInput, Fault
from newcourse.workers.failing import done_or_failed
from newcourse.workers.ways import AHEAD, LOOK, Ray

P = TypeVar("P")
R = TypeVar("R")


def on_ray(task: Callable[[P], R], pieces: tuple[P, ...], how: Ray) -> Generator[list[tuple[int, R]], None, None]:
    """Yield the places and results of the pieces done since the last time, none where none was.

    A cluster that is already joined is used and left as it is; one that is joined here is left at the end.

    Parameters
    ----------
    task, pieces
        As in :func:`~newcourse.workers.spreading.spread`. The cluster's machines must have New Course installed.
    how
        Which cluster.

    Raises
    ------
    BadInput
        Ray is not installed.
    """
    ray = _ray()
    joined = not ray.is_initialized()
    if joined:
        _join(ray, how)
    work, todo = ray.remote(max_retries=0)(_tried), iter(enumerate(pieces))
    most = AHEAD * (how.number or max(1, int(ray.cluster_resources().get("CPU", 1))))
    running: dict[Any, int] = {}
    try:
        while True:
            running |= {work.remote(task, piece): index for index, piece in islice(todo, most - len(running))}
            finished, _ = ray.wait(list(running), num_returns=1, timeout=LOOK)
            places = sorted((running.pop(reference), reference) for reference in finished)
            yield [(index, done_or_failed(partial(_got, ray, reference), index, pieces)) for index, reference in places]
    finally:
        for reference in running:
            ray.cancel(reference, force=True)
        if joined:
            ray.shutdown()


def _ray() -> Any:
    try:
        import ray
    except ImportError as error:
        remedy = "install the extra (newcourse[ray]), or use Processes()"
        raise BadInput(Fault("ray-missing", "workers", "Ray is not installed", "Ray", remedy)) from error
    return ray


def _join(ray: Any, how: Ray) -> None:
    """Join the cluster, or start one for this work alone, without its web page."""
    own: dict[str, Any] = {"num_cpus": how.number, "include_dashboard": False} if how.address == "local" else {}
    try:
        ray.init(how.address, log_to_driver=False, logging_level="error", **own)
    except (ConnectionError, ValueError) as error:
        remedy = "start the cluster (ray start --head), correct the address, or use Ray('local')"
        fault = Fault("ray-unreachable", f"Ray({how.address!r})", str(error), "a cluster at this address", remedy)
        raise BadInput(fault) from error


def _tried(task: Callable[[P], R], piece: P) -> tuple[R | None, Exception | None]:
    """Return the result or the error of a piece, so that the error arrives as it was raised."""
    try:
        return task(piece), None
    except Exception as error:  # noqa: BLE001  # it is raised again where the work was begun
        return None, error


def _got(ray: Any, reference: Any) -> Any:
    result, error = ray.get(reference)
    if error is not None:
        raise error
    return result
