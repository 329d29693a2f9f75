"""One door to the files of these tests: bytes in, tables and what was found out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from pursuit.errors import Fault
from pursuit.intake.files.raw import RawTable
from pursuit.intake.files.reading import read_files
from pursuit.intake.findings import Findings


class Read(NamedTuple):
    """What became of a file."""

    tables: list[RawTable]
    errors: list[Fault]
    warnings: list[Fault]


Reader = Callable[..., Read]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Writes bytes under a name and reads the file back through the one door."""

    def through(name: str, data: bytes, **declared: object) -> Read:
        path = tmp_path / name
        path.write_bytes(data)
        findings = Findings("en")
        tables, _ = read_files(path, findings, **declared)  # type: ignore[arg-type]
        return Read(tables, findings.errors, list(findings.warnings))

    return through
