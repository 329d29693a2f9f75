"""Hostile and broken files are refused with the reason, and the sound ones they were made of are read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pursuit.intake.files import child, workbook
from pursuit.intake.files.kinds import Kind
from pursuit.intake.files.reading import read_files
from pursuit.intake.findings import Findings
from pursuit.words import Words
from tests.intake.files import biff, books
from tests.intake.files.conftest import Reader
from tests.intake.files.hostile import CASES, FAR, SOUND, Case, with_rows


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_refused(case: Case, read: Reader) -> None:
    """Each of them gives no table and one fault, which says what is wrong and what to do."""
    found = read(case.file, case.make())
    (fault,) = found.errors
    assert case.told in fault.problem
    assert fault.mend
    assert all(not table.lines or table.file != fault.file for table in found.tables)


@pytest.mark.parametrize("case", SOUND.values(), ids=SOUND)
def test_the_sound_ones_are_read(case: Case, read: Reader) -> None:
    """The files the faults were planted in have none, so that what is refused above is what was planted."""
    found = read(case.file, case.make())
    assert (found.errors, found.warnings) == ([], [])
    assert all(table.lines for table in found.tables)


def test_drm_in_korean() -> None:
    """A file under a document security lock is told in Korean how to be freed."""
    assert Words("ko")("Remove the DRM lock and save it again.") == "DRM 해제 후 저장하세요."


def test_measured_before_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader that would make room for a vast sheet is never called."""
    import python_calamine

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", None)
    path = tmp_path / "far.xlsx"
    path.write_bytes(with_rows(FAR))
    (refusal,) = child.frames(Kind.ZIP, path, "", confined=False)
    assert "more cells" in refusal[0]


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the system holds no process to a memory limit"
)
def test_a_reader_out_of_memory(tmp_path: Path) -> None:
    """Should a vast sheet get past the measuring, its reader ends at its limit, and nothing but it."""
    path = tmp_path / "far.xlsx"
    path.write_bytes(with_rows(FAR))
    calm = {**os.environ, "RUST_BACKTRACE": "0"}
    script = f"""
from pursuit.intake.files import child, xlsx
xlsx.check_spans = lambda sheets: None
child.main("zip", {str(path)!r}, "")
"""
    done = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, check=False, env=calm)
    assert done.returncode < 0 or done.returncode == child.OUT_OF_MEMORY
    with pytest.raises(workbook.FileError, match="more memory"):
        workbook.build_tables("far.xlsx", iter([]))


def test_a_reader_too_slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader past its deadline is ended, and that is told."""
    monkeypatch.setattr(workbook, "deadline", lambda measured: 0.0)
    started: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: started.append(start(*a, **k)) or started[-1])
    path = tmp_path / "a.xlsx"
    path.write_bytes(books.workbook())
    findings = Findings("en")
    assert read_files(path, findings)[0] == []
    assert [fault.problem for fault in findings.errors] == ["Reading the workbook takes too long."]
    assert started
    assert all(reader.returncode is not None for reader in started)  # ended and taken note of


def test_a_reader_that_panics(read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault inside the reader itself ends it at once, even where the user's own settings ask it to tell all."""
    monkeypatch.setenv("RUST_BACKTRACE", "full")
    monkeypatch.setattr(workbook, "deadline", lambda measured: 60.0)
    found = read("a.xls", biff.workbook({"s": biff.cells([["x"]]) + biff.record(0x00E5)}))
    assert [fault.problem for fault in found.errors] == ["The workbook cannot be read."]


def test_only_values_come_back() -> None:
    """What a reader sends may hold dates and plain values; anything else is not even built."""
    import io
    import pickle
    import struct
    from datetime import date

    def framed(value: object) -> io.BytesIO:
        data = pickle.dumps(value)
        return io.BytesIO(struct.pack("<I", len(data)) + data)

    assert list(workbook._unframed(framed([1.5, "x", date(2026, 3, 31)]), 2**20)) == [
        [1.5, "x", date(2026, 3, 31)]
    ]
    with pytest.raises(pickle.UnpicklingError, match="is no cell"):
        list(workbook._unframed(framed(os.system), 2**20))
    with pytest.raises(workbook.FileError, match="more memory"):
        list(workbook._unframed(framed("x" * 5000), 4000))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no such device")
def test_a_device_is_no_file() -> None:
    """An endless device under the name of a file is not read."""
    findings = Findings("en")
    read_files(Path("/dev/zero"), findings)
    assert [fault.problem for fault in findings.errors] == ["This is not an ordinary file."]
