"""Tasks over any executor: in order, equal to one after the other, and without loss when a worker dies.

Anything with the face of :class:`concurrent.futures.Executor` will do: threads, processes, a cluster (the extra
``pursuit[cluster]``, ``distributed.Client(...).get_executor()``). A task is a picklable call without side effects, so
running it twice does no harm. What many tasks share goes to them once, as a file (see :class:`Kept`), not in each.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from pursuit.selection.archive import load_problem, save_problem
from pursuit.selection.problem import SelectionProblem

Task = TypeVar("Task")
Result = TypeVar("Result")
Value = TypeVar("Value")

ATTEMPTS = 3
"""Times a task is handed to workers before its death with them counts as the task's own fault."""

LOST = ("KilledWorker", "CommClosedError", "FutureCancelledError", "FuturesTimeoutError")
"""What Dask calls a task whose worker went away; told by name, so that Dask need not be there."""


def fan_out(
    run: Callable[[Task], Result],
    tasks: Sequence[Task],
    executor: Executor | None = None,
    report: Callable[[int, int], bool] = lambda done, total: True,
) -> list[Result | None]:
    """``run`` each of ``tasks``; results in their order.

    Parameters
    ----------
    run, tasks
        What to call, and what with; both picklable where the executor needs that.
    executor
        Where; None runs here, one after the other. One that is broken for good (a process pool whose worker died)
        leaves the rest to this process.
    report
        Called with tasks done and their number; False stops: what is not done by then is None.

    Raises
    ------
    Exception
        Whatever a task raised; a task whose worker dies is not at fault until that happened ``ATTEMPTS`` times.
    """
    results: list[Result | None] = [None] * len(tasks)
    left: Sequence[int] = range(len(tasks))
    if executor is not None:
        left, going = _over(executor, run, tasks, results, report)
        if not going:
            return results
    done = len(tasks) - len(left)
    for n in left:
        results[n] = run(tasks[n])
        done += 1
        if not report(done, len(tasks)):
            break
    return results


def _over(
    executor: Executor,
    run: Callable[[Task], Result],
    tasks: Sequence[Task],
    results: list[Result | None],
    report: Callable[[int, int], bool],
) -> tuple[list[int], bool]:
    """Run what an executor can carry; the tasks it could not, and whether to go on."""
    tried = [0] * len(tasks)
    left = set(range(len(tasks)))
    waiting: dict[Future[Result], int] = {}
    try:
        for n in range(len(tasks)):
            waiting[_submit(executor, run, tasks, n, tried)] = n
        while waiting:
            for future in sorted(wait(waiting, return_when=FIRST_COMPLETED).done, key=waiting.__getitem__):
                n = waiting.pop(future)
                try:
                    results[n] = future.result()
                except Exception as error:
                    if not worker_died(error) or tried[n] >= ATTEMPTS:
                        raise
                    waiting[_submit(executor, run, tasks, n, tried)] = n
                    continue
                left.discard(n)
                if not report(len(tasks) - len(left), len(tasks)):
                    return sorted(left), False
    except _RefusedError:
        return sorted(left), True
    finally:
        for future in waiting:
            future.cancel()
    return sorted(left), True


def _submit(
    executor: Executor, run: Callable[[Task], Result], tasks: Sequence[Task], n: int, tried: list[int]
) -> Future[Result]:
    tried[n] += 1
    try:
        return executor.submit(run, tasks[n])
    except BrokenExecutor as error:
        raise _RefusedError from error


class _RefusedError(Exception):
    """An executor that takes nothing any more."""


def worker_died(error: BaseException) -> bool:
    """Whether an error says that a worker went away, not that a task failed."""
    of_dask = type(error).__module__.startswith("distributed") and type(error).__name__ in LOST
    return of_dask or isinstance(error, BrokenExecutor | CancelledError)


class Lasting(Executor):
    """An executor that outlives its workers: one that is broken is replaced by a new one.

    Parameters
    ----------
    make
        Makes an executor, such as ``partial(ProcessPoolExecutor, 4)``.
    """

    def __init__(self, make: Callable[[], Executor]) -> None:
        self._make = make
        self._now = make()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand a call to the executor there is, a new one if that is broken."""
        try:
            return self._now.submit(fn, *args, **kwargs)
        except BrokenExecutor:
            self._now.shutdown(wait=False)
            self._now = self._make()
            return self._now.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the executor there is."""
        self._now.shutdown(wait=wait, cancel_futures=cancel_futures)


@dataclass(frozen=True)
class Kept(Generic[Value]):
    """Something that many tasks share: a file that each process reads once, or the thing itself.

    Workers on other machines need the folder of temporary files in common (``TMPDIR``).
    """

    path: str = ""
    value: Value | None = None

    def get(self) -> Value:
        """The thing."""
        if self.value is not None:
            return self.value
        loaded: Value = _read(self.path)
        return loaded


@lru_cache(maxsize=2)
def _read(path: str) -> Any:
    if path.endswith(".npz"):
        return load_problem(path)
    return pickle.loads(Path(path).read_bytes())


@contextmanager
def kept(value: Value, executor: Executor | None) -> Iterator[Kept[Value]]:
    """``value`` for the tasks of an executor; no file is written where none is needed."""
    if executor is None:
        yield Kept(value=value)
        return
    suffix = ".npz" if isinstance(value, SelectionProblem) else ".pickle"
    handle, path = tempfile.mkstemp(suffix, "pursuit-")
    os.close(handle)
    try:
        if isinstance(value, SelectionProblem):
            save_problem(value, path)
        else:
            Path(path).write_bytes(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))
        yield Kept(path)
    finally:
        Path(path).unlink(missing_ok=True)
