"""Scenarios dealt out to threads: compiled loops that let go of the interpreter, each scenario with one writer."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

import numba

T = TypeVar("T")

PARTS = 4
"""Portions per thread, so that none waits long for the last one."""


def spread(count: int, work: Callable[[int, int], T]) -> list[T]:
    """What ``work(low, high)`` makes of portions of ``0 .. count-1``, as many threads at once as Numba would use."""
    threads = min(numba.get_num_threads(), count)
    if threads <= 1:
        return [work(0, count)]
    parts = min(PARTS * threads, count)
    ends = [part * count // parts for part in range(parts + 1)]
    return list(_pool(threads, os.getpid()).map(work, ends[:-1], ends[1:]))


@lru_cache(maxsize=4)
def _pool(threads: int, process: int) -> ThreadPoolExecutor:
    """Threads of this process: those of a parent do not live on in its children."""
    return ThreadPoolExecutor(threads, thread_name_prefix="loading")
