"""Run as ``python -m pursuit.intake.files.child KIND PATH SIGN``: a workbook's sheets, framed on standard output.

A reader of hostile files may be made to ask for all memory or to end its process; here that process is this one, held
to a limit that grows with what the file was measured to be. It imports little, so that it starts in a blink.

Frames are a length of four bytes and a pickle: ``Sheet`` heads and lists of lines by turns, then ``DONE``; or a
refusal as ``(problem, mend, value, values)``.
"""

from __future__ import annotations

import contextlib
import pickle
import struct
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from pursuit.intake.files.facts import Facts, check_spans
from pursuit.intake.files.file_error import FileError
from pursuit.intake.files.kinds import Kind
from pursuit.intake.files.limits import deadline, memory_limit

DONE = "done"
_LINES = 2000
_LONGEST_REASON = 200
OUT_OF_MEMORY = 3
"""Exit code where Python itself could not get the memory it asked for."""

Head = tuple[str, bool, int, list[tuple[int, int, int, int]], list[int], list[int]]
"""Name, whether it is hidden, number of formulas, merged cells, hidden rows, hidden columns."""


def main(kind: str, path: str, sign: str) -> None:
    """Write the frames of the workbook at ``path``; ``sign`` stands for a formula without a result."""
    for frame in frames(Kind(kind), Path(path), sign):
        data = pickle.dumps(frame, protocol=5)
        sys.stdout.buffer.write(struct.pack("<I", len(data)) + data)
    sys.stdout.buffer.flush()


def frames(kind: Kind, path: Path, sign: str, confined: bool = True) -> Iterator[Any]:
    """What `main` writes; ``confined`` puts this process under its limits."""
    try:
        for sheet, facts in _sheets(kind, path, confined):
            yield from _framed(sheet, facts, sign)
        yield DONE
    except FileError as refusal:
        yield (refusal.problem, refusal.mend, refusal.value, refusal.values)
    except (GeneratorExit, KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        yield ("The workbook cannot be read.", "Save it again as .xlsx.", str(error)[:_LONGEST_REASON], {})


def _sheets(kind: Kind, path: Path, confined: bool) -> Iterator[tuple[tuple[Any, bool], Facts]]:
    """Every worksheet as its reader has it, whether it is hidden, and the facts."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with path.open("rb") as stream:
        known = _measured(kind, stream, confined)
        stream.seek(0)
        with CalamineWorkbook.from_filelike(stream) as book:
            for number, meta in enumerate(book.sheets_metadata):
                if meta.typ == SheetTypeEnum.WorkSheet:
                    hidden = meta.visible != SheetVisibleEnum.Visible
                    facts = known.get(meta.name) or known.get(number) or Facts()
                    yield (book.get_sheet_by_index(number), hidden), facts


def _measured(kind: Kind, stream: BinaryIO, confined: bool) -> Mapping[Any, Facts]:
    """The facts of every sheet, by its name or number; from here on this process is ``confined``."""
    if kind is Kind.ZIP:
        from pursuit.intake.files import packing, xlsx

        parts = packing.list_parts(stream)
        if confined:
            _confine(kind, sum(part.unpacked for part in parts))
        return xlsx.measure(stream, parts)
    from pursuit.intake.files import biff

    if confined:
        _confine(kind, stream.seek(0, 2))
        stream.seek(0)
    return dict(enumerate(biff.measure(stream.read())))


def _framed(read: tuple[Any, bool], facts: Facts, sign: str) -> Iterator[Any]:
    sheet, hidden = read
    start = sheet.start
    pad = ("",) * (start[1] if start else 0)
    height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    check_spans([Facts(height, width, facts.cells)])  # as its reader understood it
    merged = [
        (top + 1, left + 1, min(bottom + 1, height), min(right + 1, width))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if top < height and left < width
    ]
    rows, columns = sorted(facts.hidden_rows), sorted(facts.hidden_columns)
    yield (sheet.name, hidden, facts.formulas, merged, rows, columns)
    texts: dict[str, str] = {}
    lines: list[tuple[int, tuple[Any, ...]]] = []
    for number, cells in enumerate(_rows(sheet, pad, facts, sign), start=1):
        if cells.count("") == len(cells):
            cells = ()
        lines.append((number, tuple(texts.setdefault(c, c) if c.__class__ is str else c for c in cells)))
        if len(lines) == _LINES:
            yield lines
            texts, lines = {}, []
    yield lines


def _rows(sheet: Any, pad: tuple[str, ...], facts: Facts, sign: str) -> Iterator[tuple[Any, ...]]:
    """Rows as read, with what the reader left blank though something is broken there put back in."""
    broken: dict[int, dict[int, str]] = {}
    for (row, column), error in facts.broken.items():
        broken.setdefault(row, {})[column] = error or sign
    number = 0
    for number, cells in enumerate(sheet.iter_rows() if sheet.end else (), start=1):
        yield _mended((*pad, *cells), broken.get(number, {}))
    for row in range(number + 1, max(broken, default=0) + 1):
        yield _mended((), broken.get(row, {}))


def _mended(cells: tuple[Any, ...], broken: dict[int, str]) -> tuple[Any, ...]:
    if not broken:
        return cells
    row = list(cells)
    row.extend("" for _ in range(max(broken) - len(row)))
    for column, text in broken.items():
        row[column - 1] = text
    return tuple(row)


def _confine(kind: Kind, measured: int) -> None:
    """Hold this process to what a file of this size may take; where the system cannot, its deadline still holds."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        memory = pages * resource.getpagesize() + memory_limit(kind, measured)
        seconds = int(deadline(measured)) + 1
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    except BrokenPipeError:
        sys.exit(1)
