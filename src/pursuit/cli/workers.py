"""Processes that replays run in side by side, and that can be stopped whatever they are doing."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from threading import Thread


def usable_cpus() -> int:
    """Processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def workers(count: int) -> Iterator[Executor]:
    """``count`` processes; on leaving they are ended at once, in the middle of a replay if need be."""
    before = set(active_children())
    threads = max(1, usable_cpus() // count)
    pool = ProcessPoolExecutor(
        count, mp_context=get_context("spawn"), initializer=_begin, initargs=(threads,)
    )
    try:
        yield pool
    finally:
        mine = set(active_children()) - before
        pool.shutdown(wait=False, cancel_futures=True)
        _wait_for_cancelled(pool)
        for child in mine:
            child.terminate()
        for child in mine:
            child.join(timeout=5)


def _wait_for_cancelled(pool: ProcessPoolExecutor) -> None:
    """Wait until the pool has dropped what was cancelled; before, a worker that ends makes its thread fail aloud.

    Python up to 3.11 sets an exception on cancelled futures then, which they refuse.
    """
    pending = getattr(pool, "_pending_work_items", {})
    until = time.monotonic() + 2
    while time.monotonic() < until and any(item.future.cancelled() for item in list(pending.values())):
        time.sleep(0.01)


def _begin(threads: int) -> None:
    """Leave Ctrl-C to the process the user speaks with, the processors to other workers, and never outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["NUMBA_NUM_THREADS"] = str(threads)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
