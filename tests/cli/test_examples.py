"""The example scripts run as their first lines say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("PURSUIT_DATA", ROOT / "../shared/data"))


def example(name: str, *words: str, data: Path = DATA) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"examples.{name}", *words]
    surroundings = os.environ | {"PURSUIT_DATA": str(data), "PURSUIT_LANG": "en"}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=surroundings)


def test_library() -> None:
    """Pursuit as a library: five deals are decided, and the poor one is declined."""
    done = example("library")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 5
    assert lines[4].startswith("Deal 5 decline")


def test_real_skips_without_data(tmp_path: Path) -> None:
    """Without the data there is a plain message, no output, and no failure."""
    done = example("real", "--out", str(tmp_path / "out"), data=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Skipped")
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.skipif(
    not (DATA / "deals" / "maven_crm").is_dir(), reason="the Maven export is not here (PURSUIT_DATA)"
)
def test_real(tmp_path: Path) -> None:
    """The real export is planned whole: a decision on each of its 2,089 open deals."""
    options = ("--work-limit", "2", "--scenarios", "10", "--seconds", "5")
    done = example("real", "--out", str(tmp_path / "out"), *options)
    assert done.returncode == 0, done.stderr
    plan = json.loads((tmp_path / "out" / "plan.json").read_text("utf-8"))
    assert (len(plan["decisions"]), plan["horizon"]["weeks"]) == (2089, 13)
