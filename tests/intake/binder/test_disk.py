"""Files that are written whole, and a lock that one holder has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pursuit.intake.binder import disk
from pursuit.intake.binder.disk import PART, LockedError, locked, whole_file


def test_nothing_shows_before_it_is_whole(tmp_path: Path) -> None:
    """Who reads while the file is written sees the old bytes."""
    path = tmp_path / "deep" / "file"
    for text in (b"old" * 1000, b"new"):
        before = path.read_bytes() if path.exists() else None
        with whole_file(path) as stream:
            stream.write(text)
            stream.flush()
            assert (path.read_bytes() if path.exists() else None) == before
        assert path.read_bytes() == text


@pytest.mark.skipif(os.name != "posix", reason="other systems do not replace a file that is open")
def test_the_name_moves_and_not_the_bytes(tmp_path: Path) -> None:
    """The new file takes the old one's name in one step: an open old file stays whole."""
    path = tmp_path / "file"
    path.write_bytes(b"old" * 1000)
    with path.open("rb") as reader:
        with whole_file(path) as stream:
            stream.write(b"new")
        assert reader.read() == b"old" * 1000
    assert path.read_bytes() == b"new"


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    """An error while writing leaves the old file and no other."""
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(TypeError), whole_file(path) as stream:
        stream.writelines([b"half", "no bytes"])  # type: ignore[list-item]
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == b"old"
    assert PART not in path.name


def test_bytes_are_safe_before_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are on the disk before the name points to them, and the name before the work is done."""
    done: list[str] = []
    for name in ("fsync", "replace"):
        step = getattr(os, name)
        monkeypatch.setattr(disk.os, name, lambda *a, name=name, step=step: (done.append(name), step(*a))[1])
    with whole_file(tmp_path / "file") as stream:
        stream.write(b"new")
    assert done == (["fsync", "replace", "fsync"] if os.name == "posix" else ["fsync", "replace"])


HOLD = """
import sys
from pathlib import Path
from pursuit.intake.binder.disk import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_lock_is_one_holders_and_dies_with_it(tmp_path: Path) -> None:
    """Another process is kept out while one holds the lock, and let in once that is killed."""
    path = tmp_path / "firm" / ".lock"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LockedError), locked(path):
            pass
        holder.kill()
    with locked(path):
        pass
