"""Tasks fanned out come back in order and equal to serial, with processes, threads and a cluster, whoever dies."""

import os
import signal
import time
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from pursuit.selection.archive import problem_hash
from pursuit.selection.fanout import ATTEMPTS, Kept, Lasting, fan_out, kept, worker_died
from tests.selection.problems import random_problem

TASKS = [3, 1, 4, 1, 5, 9, 2, 6]
PROCESSES = partial(ProcessPoolExecutor, 2, mp_context=get_context("spawn"))


def squared(number):
    return number * number


def dies_once(task):
    """The first worker that meets 5 is killed in the middle of it; a file remembers that it happened."""
    number, mark, parent = task
    if number == 5 and os.getpid() != parent and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.01)
    return number * number


def always_dies(parent):
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return "here"


def fails(number):
    if number == 4:
        raise ValueError("four")
    return number


def worth(task):
    problem, scenario = task
    return float(problem.get().value[:, scenario].sum())


def mortal(tmp_path):
    return [(n, str(tmp_path / "died"), os.getpid()) for n in TASKS]


@pytest.mark.parametrize("make", [lambda: None, lambda: ThreadPoolExecutor(3)])
def test_results_come_in_order(make):
    """Whatever finishes first, results stand in the order of their tasks."""
    executor = make()
    assert fan_out(squared, TASKS, executor) == [n * n for n in TASKS]
    assert fan_out(squared, [], executor) == []
    if executor is not None:
        executor.shutdown()


@pytest.mark.parametrize("make", [PROCESSES, lambda: Lasting(PROCESSES)])
def test_a_worker_killed_midway_loses_nothing(make, tmp_path):
    """A process killed inside a task: the results are those of a serial run, from new workers or from here."""
    executor = make()
    assert fan_out(dies_once, mortal(tmp_path), executor) == [n * n for n in TASKS]
    assert (tmp_path / "died").exists()
    executor.shutdown()


def test_a_task_that_kills_every_worker_ends_as_an_error():
    """A lasting executor is renewed only so often: who kills all workers does not go on killing for ever."""
    executor = Lasting(partial(ProcessPoolExecutor, 1, mp_context=get_context("spawn")))
    with pytest.raises(BrokenExecutor):
        fan_out(always_dies, [os.getpid()], executor)
    executor.shutdown()


def test_a_refused_task_runs_here():
    """A plain pool takes nothing after a death: the rest is done in this process."""
    executor = PROCESSES()
    assert fan_out(always_dies, [os.getpid()] * 3, executor) == ["here"] * 3


@pytest.mark.parametrize("executor", [None, ThreadPoolExecutor(2)])
def test_a_failing_task_is_not_tried_again(executor):
    """An error of the task itself comes out as it is."""
    with pytest.raises(ValueError, match="four"):
        fan_out(fails, TASKS, executor)


@pytest.mark.parametrize("executor", [None, ThreadPoolExecutor(1)])
def test_told_to_stop(executor):
    """On False nothing more is waited for; what was done is handed back in its place."""
    seen = []

    def report(done, total):
        seen.append((done, total))
        return done < 3

    results = fan_out(squared, TASKS, executor, report)
    assert seen == [(1, 8), (2, 8), (3, 8)]
    assert sum(result is not None for result in results) == 3
    assert all(result in (None, n * n) for result, n in zip(results, TASKS, strict=True))


def test_a_problem_goes_to_the_tasks_as_one_file():
    """Tasks carry a path, not the arrays; the file is gone afterwards, and what is read is what was written."""
    p = random_problem(1)
    with PROCESSES() as executor, kept(p, executor) as shared:
        assert shared.value is None
        assert shared.path.endswith(".npz")
        assert problem_hash(shared.get()) == problem_hash(p)
        tasks = [(shared, s) for s in range(p.scenarios)]
        assert fan_out(worth, tasks, executor) == [float(p.value[:, s].sum()) for s in range(p.scenarios)]
    assert not Path(shared.path).exists()
    with kept(p, None) as here:
        assert here.get() is p
    with ThreadPoolExecutor(1) as threads, kept({"a": 1}, threads) as other:
        assert other.get() == {"a": 1}


def test_which_errors_mean_a_death():
    """Errors of the task are its own; a broken pool and Dask's word for a lost worker are not."""
    killed = type("KilledWorker", (Exception,), {"__module__": "distributed.scheduler"})()
    assert worker_died(killed)
    assert worker_died(BrokenExecutor())
    assert not worker_died(ValueError())
    assert not worker_died(type("KilledWorker", (Exception,), {"__module__": "mine"})())
    assert ATTEMPTS > 1
    assert Kept(value=np.zeros(1)).get().shape == (1,)


@pytest.fixture(scope="module")
def cluster():
    """Two real worker processes on this machine."""
    distributed = pytest.importorskip("distributed", reason="the extra pursuit[cluster] is not installed")
    import dask

    dask.config.set({"distributed.scheduler.allowed-failures": 0})  # the first death is told, not hidden
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=50,
        ) as local,
        distributed.Client(local) as client,
    ):
        client.wait_for_workers(2)
        yield client


def test_a_cluster_of_two_processes_gives_the_serial_results(cluster):
    """Dask workers, one problem as a file: equal to serial."""
    p = random_problem(2)
    executor = cluster.get_executor(pure=False)
    with kept(p, executor) as shared:
        tasks = [(shared, s) for s in range(p.scenarios)]
        assert fan_out(worth, tasks, executor) == [float(p.value[:, s].sum()) for s in range(p.scenarios)]


def test_a_cluster_worker_killed_midway_loses_nothing(cluster, tmp_path):
    """A worker process killed inside a task: its tasks are run again elsewhere."""
    executor = cluster.get_executor(pure=False)
    assert fan_out(dies_once, mortal(tmp_path), executor) == [n * n for n in TASKS]
    assert (tmp_path / "died").exists()
