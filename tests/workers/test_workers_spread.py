"""The same results in the same order whichever way; errors name their piece; work stops when it is asked to."""

import multiprocessing
import sys
import warnings
from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest

from newcourse.errors import BadInput, NewCourseError, NotCertified
from newcourse.workers.chance import seeds
from newcourse.workers.failing import PieceFailed, Stopped
from newcourse.workers.spreading import spread
from newcourse.workers.ways import Here, Processes, Ray, Way
from tests.workers import tasks


@pytest.fixture(scope="module")
def cluster() -> Iterator[Ray]:
    """Join a local Ray cluster of two cores for all tests that need one."""
    ray = pytest.importorskip("ray", reason="Ray, the extra 'ray', is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Ray's own start
        try:
            ray.init("local", num_cpus=2, include_dashboard=False, logging_level="error", log_to_driver=False)
        except Exception as error:  # noqa: BLE001  # whatever keeps a cluster from starting is the reason given
            pytest.skip(f"no local Ray cluster starts here: {error}")
        yield Ray()
        ray.shutdown()


@pytest.fixture(
    params=[Here(), Processes(2), pytest.param("ray", marks=pytest.mark.slow)], ids=["here", "processes", "ray"]
)
def way(request: pytest.FixtureRequest) -> Way:
    chosen: Way = request.getfixturevalue("cluster") if request.param == "ray" else request.param
    return chosen


def test_same_results_in_order_whichever_way(way: Way) -> None:
    pieces = seeds(1917, 12)
    told: list[tuple[int, int]] = []
    results = spread(tasks.walk, pieces, how=way, progress=lambda done, number: told.append((done, number)))
    assert results == [tasks.walk(seed) for seed in seeds(1917, 12)]
    assert told == [(k, 12) for k in range(1, 13)]


def test_an_error_carries_its_piece(way: Way) -> None:
    with pytest.raises(PieceFailed) as caught:
        spread(tasks.refuse_three, [1, 2, 3, 4], how=way)
    assert (caught.value.index, caught.value.piece, caught.value.exit_code) == (2, 3, BadInput.exit_code)
    assert caught.value.faults[0].where == "piece 3 of 4 (3): the number"
    cause = caught.value.__cause__
    assert isinstance(cause, BadInput)
    assert str(cause).startswith("three at the number")


def test_an_error_that_is_none_of_ours_is_told_too(way: Way) -> None:
    with pytest.raises(PieceFailed, match="piece 2 of 2 \\(0\\)") as caught:
        spread(tasks.divide, [1, 0], how=way)
    assert caught.value.faults[0].found == "ZeroDivisionError: division by zero"
    assert caught.value.exit_code == NewCourseError.exit_code


def test_work_stops_when_asked(way: Way) -> None:
    done: list[int] = []
    with pytest.raises(Stopped, match="of 60 done") as caught:
        spread(tasks.slowly, range(60), how=way, progress=lambda k, _: done.append(k), stop=lambda: len(done) >= 2)
    assert 2 <= caught.value.done < 20


def test_no_pieces_are_no_work() -> None:
    assert spread(tasks.square, [], how=Processes(2)) == []


def test_a_task_with_settings_can_be_spread() -> None:
    assert spread(partial(pow, exp=3), [2, 3], how=Processes(1)) == [8, 27]


def test_workers_use_one_thread_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    assert spread(tasks.threads, [0], how=Processes(1)) == ["1"]


def test_a_task_that_cannot_be_given_away_is_refused() -> None:
    with pytest.raises(BadInput, match="task-not-importable"):
        spread(lambda piece: piece, [1], how=Processes(1))


def test_a_worker_that_dies_is_told() -> None:
    with pytest.raises(NotCertified, match="worker-died"):
        spread(tasks.die, [1], how=Processes(1))


def test_nothing_is_left_running() -> None:
    spread(tasks.square, range(4), how=Processes(2))
    assert multiprocessing.active_children() == []


def test_ray_is_joined_and_left(cluster: Ray, monkeypatch: pytest.MonkeyPatch) -> None:
    import ray

    calls: list[str] = []
    names = {name: getattr(ray, name) for name in ("remote", "wait", "get", "cancel", "cluster_resources")}
    seen = {"init": lambda address, **_: calls.append(address), "shutdown": lambda: calls.append("left")}
    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(is_initialized=lambda: False, **names, **seen))
    assert spread(tasks.square, [2, 3], how=Ray("ray://elsewhere:10001")) == [4, 9]
    assert calls == ["ray://elsewhere:10001", "left"]


def test_a_cluster_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    ray = pytest.importorskip("ray", reason="Ray, the extra 'ray', is not installed")

    def nobody(*_: object, **__: object) -> None:
        raise ConnectionError("nobody answers")

    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "init", nobody)
    with pytest.raises(BadInput, match="ray-unreachable"):
        spread(tasks.square, [1], how=Ray("auto"))


def test_without_ray_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(BadInput, match="newcourse\\[ray\\]"):
        spread(tasks.square, [1], how=Ray())


@pytest.mark.parametrize("make", [lambda: Processes(0), lambda: Ray(number=0)])
def test_no_workers_are_refused(make: type) -> None:
    with pytest.raises(BadInput, match="at least one"):
        make()


def test_seeds_are_independent_and_do_not_depend_on_their_number() -> None:
    first = [np.random.default_rng(seed).random() for seed in seeds(7, 50)]
    assert len(set(first)) == 50
    assert first[:10] == [np.random.default_rng(seed).random() for seed in seeds(7, 10)]
