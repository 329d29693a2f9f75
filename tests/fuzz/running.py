"""Runs cases in a process that a reader may take down with it, and takes note of how each ended."""

from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import os
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest import mock

from pursuit.intake.cells.read import NOT_CALCULATED
from pursuit.intake.files import child, workbook
from pursuit.intake.files.kinds import Kind
from pursuit.intake.files.reading import read_files
from pursuit.intake.findings import Findings
from tests.fuzz.spoiling import make

LONGEST = 20.0
"""Seconds after which a case counts as hanging."""
_MEMORY = 2**30
_THROUGH_THE_CHILD = 1000


@dataclass
class Tally:
    """How the cases of a format ended."""

    cases: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    failed: dict[int, str] = field(default_factory=dict)
    slowest: tuple[float, int] = (0.0, 0)
    seconds: float = 0.0


def run(form: str, seed: int, first: int, cases: int) -> Tally:
    """Make and read the cases ``first`` to ``first + cases``."""
    tally, began, end = Tally(), time.monotonic(), first + cases
    while tally.cases < cases:
        for number, outcome, seconds in _in_a_worker(form, seed, first + tally.cases, end):
            kind, _, trace = outcome.partition(": ")
            tally.cases += 1
            tally.ended[kind] += 1
            tally.slowest = max(tally.slowest, (seconds, number))
            if kind in ("exception", "hang"):
                tally.failed[number] = trace
    tally.seconds = time.monotonic() - began
    return tally


def _in_a_worker(form: str, seed: int, first: int, end: int) -> Iterator[tuple[int, str, float]]:
    """Outcomes from one worker; where it dies, the case it died of is read as a user's would be."""
    mine, theirs = multiprocessing.Pipe(duplex=False)
    worker = multiprocessing.get_context("spawn").Process(target=_work, args=(theirs, form, seed, first, end))
    worker.start()
    theirs.close()
    number = first
    try:
        while number < end:
            if not mine.poll(LONGEST):
                yield number, "hang: no answer", LONGEST
                return
            try:
                number, outcome, seconds = mine.recv()
            except EOFError:
                with tempfile.TemporaryDirectory() as folder:
                    alone = outcome_of(Path(folder) / f"a.{form}", make(form, seed, number), in_process=False)
                yield number, "the reader died, a fault" if alone == "fault" else f"exception: {alone}", 0.0
                return
            yield number, outcome, seconds
            number += 1
    finally:
        worker.kill()
        worker.join()
        mine.close()


def _work(pipe: Connection, form: str, seed: int, first: int, end: int) -> None:
    with contextlib.suppress(ImportError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ["RUST_BACKTRACE"] = "0"
    faulthandler.disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a reader that panics or aborts writes there
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{form}"
        for number in range(first, end):
            began = time.monotonic()
            outcome = outcome_of(path, make(form, seed, number), in_process=number % _THROUGH_THE_CHILD != 0)
            pipe.send((number, outcome, time.monotonic() - began))


def outcome_of(path: Path, data: bytes, in_process: bool) -> str:
    """How reading ``data`` ends: tables, tables with faults, fault, or an exception with its trace."""
    path.write_bytes(data)
    findings = Findings("en")

    def frames(file: Path, kind: Kind, measured: int) -> Iterator[Any]:
        return child.frames(kind, file, NOT_CALCULATED, confined=False)

    here = mock.patch.object(workbook, "_frames", frames) if in_process else contextlib.nullcontext()
    try:
        with here:
            tables, _ = read_files(path, findings)
    except Exception:
        return f"exception: {traceback.format_exc()}"
    for table in tables:
        numbers = [number for number, _ in table.lines]
        if numbers != sorted(set(numbers)) or (numbers and numbers[0] < 1):
            return "exception: the rows are not in order"
    if not tables and not findings.errors:
        return "exception: neither a table nor a fault" if data else "nothing"
    if findings.errors:
        return "tables and faults" if tables else "fault"
    return "tables"
