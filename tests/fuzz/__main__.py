"""``python -m tests.fuzz``: broken files by the thousand, and a table of what the hostile ones cost.

A case is made from its format, seed and number; ``--first N --cases 1`` makes one again. Failing ones are kept.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.fuzz.running import run
from tests.fuzz.spoiling import FORMATS, make
from tests.intake.files.hostile import CASES, SOUND

CASES_PER_FORMAT = 100_000
SECONDS, MEGABYTES = 1.0, 200
KEPT = Path("out/fuzz")
_ONE = """
import json, resource, sys, time
from pathlib import Path
from pursuit.intake.files.reading import read_files
from pursuit.intake.findings import Findings
findings, began = Findings("en"), time.monotonic()
tables, _ = read_files(Path(sys.argv[1]), findings)
seconds = time.monotonic() - began
own = next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]
peak = (int(own) + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024
print(json.dumps([seconds, peak, [fault.problem for fault in findings.errors]]))
"""


def measure_hostile() -> int:
    """Seconds and megabytes (of all processes) that each hostile file takes to be refused; how many take too much."""
    table = Table("case", "s", "MB", "told", title=f"Hostile files: at most {SECONDS} s and {MEGABYTES} MB")
    over = 0
    KEPT.mkdir(parents=True, exist_ok=True)
    for name, case in {**CASES, **SOUND}.items():
        path = KEPT / case.file
        path.write_bytes(case.make())
        run_ = subprocess.run(
            [sys.executable, "-c", _ONE, str(path)], capture_output=True, text=True, check=True
        )
        seconds, megabytes, told = json.loads(run_.stdout)
        path.unlink()
        bad = bool(case.told) and (seconds > SECONDS or megabytes > MEGABYTES or not told)
        over += bad
        table.add_row(
            name, f"{seconds:.2f}", f"{megabytes:.0f}", (told or ["read"])[0], style="red" if bad else ""
        )
    Console(width=150).print(table)
    return over


def fuzz(forms: list[str], seed: int, first: int, cases: int) -> int:
    """Run the cases and print how they ended; the number of those that failed."""
    table = Table("format", "cases", "failed", "ended", "slowest s (case)", "s", title=f"seed {seed}")
    failures = 0
    for form in forms:
        tally = run(form, seed, first, cases)
        failures += len(tally.failed)
        ended = ", ".join(f"{kind} {number:,}" for kind, number in tally.ended.most_common())
        slowest = f"{tally.slowest[0]:.2f} ({tally.slowest[1]})"
        table.add_row(
            form, f"{tally.cases:,}", str(len(tally.failed)), ended, slowest, f"{tally.seconds:.0f}"
        )
        for number, trace in tally.failed.items():
            KEPT.mkdir(parents=True, exist_ok=True)
            kept = KEPT / f"{seed}-{number}.{form}"
            kept.write_bytes(make(form, seed, number))
            print(
                f"{kept}: --formats {form} --seed {seed} --first {number} --cases 1\n{trace}", file=sys.stderr
            )
    Console(width=150).print(table)
    return failures


def main() -> int:
    """The number of failures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--formats", nargs="*", default=list(FORMATS), choices=list(FORMATS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--cases", type=int, default=CASES_PER_FORMAT)
    parser.add_argument("--hostile", action="store_true", help="only measure the hostile files")
    given = parser.parse_args()
    failures = 0 if given.hostile else fuzz(given.formats, given.seed, given.first, given.cases)
    if given.hostile or given.cases > 1:
        failures += measure_hostile()
    return failures


if __name__ == "__main__":
    sys.exit(min(main(), 1))
