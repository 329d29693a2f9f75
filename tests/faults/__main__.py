"""Plant each fault in a copy of the program and see its test fail. Run: python -m tests.faults"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.faults.planted import PLANTED, Planted

ROOT = Path(__file__).parents[2]


def run_tests(source: Path, *tests: str) -> tuple[int, str]:
    """Exit code and output of some tests against the program in ``source``; kernels run as plain Python."""
    env = os.environ | {"PYTHONPATH": str(source), "NUMBA_DISABLE_JIT": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def verdict(fault: Planted, source: Path) -> str:
    """The test that caught the fault, or nothing; the copy is whole again afterwards."""
    path = source / "pursuit" / fault.file
    sound = path.read_text("utf-8")
    path.write_text(sound.replace(fault.sound, fault.faulty), "utf-8")
    try:
        code, output = run_tests(source, fault.test)
    finally:
        path.write_text(sound, "utf-8")
    failed = re.search(r"^FAILED (.+?)(?: - |$)", output, re.MULTILINE)
    return failed[1] if code == 1 and failed else ""


def main() -> int:
    """Print which test caught which fault; 1 when one was not caught."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "src"
        shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
        code, output = run_tests(source, *(fault.test for fault in PLANTED))
        if code:
            print(output)
            print("The tests do not pass on the sound program; nothing is planted.")
            return 1
        missed = 0
        for fault in PLANTED:
            caught = verdict(fault, source)
            missed += not caught
            print(
                f"{'caught' if caught else 'MISSED'}  {fault.name}\n        {caught or fault.test}",
                flush=True,
            )
    print(f"{len(PLANTED) - missed} of {len(PLANTED)} faults caught")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
