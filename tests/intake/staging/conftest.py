"""A binder with one published version, and the helpers that import into it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pursuit.intake.binder.manifest import Version
from pursuit.intake.staging import Staged, stage

NOW = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)

Bring = Callable[..., Staged]


@pytest.fixture
def now() -> datetime:
    """The time every test publishes at."""
    return NOW


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    """Stages files, given as name -> text, into the binder ``firm``."""

    def write_and_stage(files: dict[str, str], **wishes: Any) -> Staged:
        incoming = tmp_path / "incoming"
        incoming.mkdir(exist_ok=True)
        for old in incoming.iterdir():
            old.unlink()
        paths = []
        for name, text in files.items():
            path = incoming / (name if "." in name else f"{name}.csv")
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        return stage(paths, tmp_path / "firm", **wishes)

    return write_and_stage


@pytest.fixture
def first(bring: Bring, sound: dict[str, str]) -> Version:
    """The sound firm, published as version 1."""
    return bring(sound).publish(NOW)


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder: when it was written and what it holds."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def snapshot(tmp_path: Path) -> Callable[[], dict[str, tuple[int, bytes]]]:
    """Takes a picture of the binder, down to the times of its files."""
    return lambda: tree(tmp_path / "firm")
