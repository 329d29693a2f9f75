"""Workbooks, .xlsx and .xls: read by a child process that a bad file may take down with it."""

from __future__ import annotations

import io
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NoReturn

from pursuit.intake.cells.read import NOT_CALCULATED
from pursuit.intake.files import child
from pursuit.intake.files.file_error import FileError
from pursuit.intake.files.kinds import Kind
from pursuit.intake.files.limits import deadline, memory_limit
from pursuit.intake.files.raw import Block, RawTable
from pursuit.intake.findings import Findings, Place

_ALLOWED = {("datetime", name) for name in ("date", "datetime", "time", "timedelta")}


def read_workbook(path: Path, kind: Kind, measured: int, findings: Findings) -> list[RawTable]:
    """The tables of a workbook, visible or hidden.

    Parameters
    ----------
    path
        The file.
    kind
        ``ZIP`` for .xlsx, ``COMPOUND`` for .xls.
    measured
        Bytes it has unpacked; what its reader may take depends on them.
    findings
        Takes a warning for each sheet with formulas, whose stored results are read.

    Raises
    ------
    FileError
        When it cannot be read safely.
    """
    tables = build_tables(path.name, _frames(path, kind, measured))
    for table in tables:
        if table.formulas:
            findings.warn(
                Place(table.file, table.title),
                "",
                "{count} cells hold formulas; the results stored last were read.",
                "If they may be out of date, recalculate in your spreadsheet program and save it again.",
                count=f"{table.formulas:,}",
            )
    return tables


def build_tables(file: str, frames: Iterator[Any]) -> list[RawTable]:
    """The tables that the frames of `child.main` describe.

    Raises
    ------
    FileError
        As the child says, or when the frames end too soon.
    """
    tables: list[RawTable] = []
    head: child.Head | None = None
    lines: list[Any] = []
    for frame in frames:
        if isinstance(frame, list):
            lines += frame
            continue
        if head:
            name, hidden, formulas, merged, hidden_rows, hidden_columns = head
            tables.append(
                RawTable(
                    file,
                    name,
                    tuple(lines),
                    tuple(Block(*block) for block in merged),
                    frozenset(hidden_rows),
                    frozenset(hidden_columns),
                    hidden,
                    formulas,
                )
            )
        if frame == child.DONE:
            if not tables:
                raise FileError("The workbook holds no sheet.", "Export or save it again.")
            return tables
        if len(frame) == len(("problem", "mend", "value", "values")):
            problem, mend, value, values = frame
            raise FileError(problem, mend, value, **values)
        head, lines = frame, []
    _refuse_ended()


def _frames(path: Path, kind: Kind, measured: int) -> Iterator[Any]:
    """What the child writes, each frame as soon as it is there; the child is gone when this ends."""
    command = [sys.executable, "-P", "-m", child.__name__, kind, str(path.resolve()), NOT_CALCULATED]
    calm = {
        **os.environ,
        "RUST_BACKTRACE": "0",
    }  # telling where it failed takes memory its reader may not have
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=calm
    ) as process:
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(deadline(measured), stop)
        timer.start()
        try:
            assert process.stdout is not None
            yield from _unframed(process.stdout, memory_limit(kind, measured))
        finally:
            timer.cancel()
            process.kill()
        if late.is_set():
            raise FileError(
                "Reading the workbook takes too long.", "Copy the tables to a new workbook and save that."
            )


def _unframed(stream: IO[bytes], most: int) -> Iterator[Any]:
    """The frames in a stream of at most ``most`` bytes, until it ends."""
    while len(size := stream.read(4)) == 4:
        length = struct.unpack("<I", size)[0]
        most -= length
        if most < 0:
            _refuse_ended()
        data = stream.read(length)
        if len(data) == length:
            yield _Unpickler(io.BytesIO(data)).load()


class _Unpickler(pickle.Unpickler):
    """Reads values and dates and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is no cell")
        return super().find_class(module, name)


def _refuse_ended() -> NoReturn:
    raise FileError(
        "Reading the workbook takes more memory than a file of its size may.",
        "Copy the tables to a new workbook and save that.",
    )
