"""Which choices ``make bench`` measures, each in a process of its own; what a file knows already is not run again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path

from benchmarks.selection.measure import RESTRICTIONS, Case, Row, commit

TIGHTNESS = (1.2, 2.0)
RULES = ("sort", "greedy", "ev", "all")
EV = {"M": 300.0}
"""CPU seconds for the expected-value problem where a minute is not enough for its first relaxation."""


def quick() -> list[Case]:
    """A look at the smallest size, and at S without what takes minutes."""
    cases = [Case("XS", seed, t, peer) for t in TIGHTNESS for seed in (1, 2) for peer in (None, *RULES)]
    cases += [Case("XS", 1, t, "highs", seconds=30) for t in TIGHTNESS]
    cases += [Case("XS", 1, t, restrict=word) for t in TIGHTNESS for word in RESTRICTIONS]
    return cases + [Case("S", 1, t, peer) for t in TIGHTNESS for peer in (None, "sort", "greedy", "all")]


def full(huge: bool = False) -> list[Case]:
    """Everything docs/benchmarks.md shows: a night or so on two cores; ``huge`` adds XL."""
    cases = []
    for size, seeds in (("S", range(1, 11)), ("M", range(1, 11)), ("L", (1, 2))):
        peers = (None, *RULES) if size != "L" else (None, "sort", "greedy", "all")
        cases += [Case(size, seed, t, peer, seconds=EV.get(size) if peer == "ev" else None)
                  for t in TIGHTNESS for seed in seeds for peer in peers]  # fmt: skip
    cases += [Case("S", seed, t, "highs") for t in TIGHTNESS for seed in (1, 2, 3)]
    cases += [Case("M", 1, t, "highs") for t in TIGHTNESS]
    cases += [
        Case(size, seed, t, restrict=word)
        for size, seeds in (("S", (1, 2, 3)), ("M", (1, 2)))
        for t in TIGHTNESS
        for seed in seeds
        for word in RESTRICTIONS
    ]
    cases += [Case(size, seed, t, lumpy=True) for size in ("S", "M") for t in TIGHTNESS for seed in (1, 2, 3)]
    return cases + ([Case("XL", 1, t) for t in TIGHTNESS] if huge else [])


def measured(cases: Sequence[Case], kept: Path | None) -> Iterator[Row]:
    """A row for every case; rows of this very commit in the file ``kept`` are taken from there, others added."""
    known = read(kept) if kept else []
    now = commit()
    for case in cases:
        row = next((r for r in known if r["commit"] == now and not now.endswith("+") and _is(r, case)), None)
        if row is None:
            row = fresh_process(case)
            if kept:
                kept.parent.mkdir(parents=True, exist_ok=True)
                with kept.open("a", encoding="utf-8") as stream:
                    stream.write(json.dumps(row) + "\n")
        yield row


def read(path: Path) -> list[Row]:
    """Rows of a file of JSON lines; none where there is no file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def _is(row: Row, case: Case) -> bool:
    asked = asdict(case) | {"fresh": case.futures}
    return all(row[name] == value for name, value in asked.items())


def fresh_process(case: Case) -> Row:
    """The case measured in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, "-m", "benchmarks.selection"]
    for field in fields(case):
        value = getattr(case, field.name)
        if value is True:
            command.append(f"--{field.name}")
        elif value is not None and value is not False:
            command += [f"--{field.name.replace('_', '-')}", str(value)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[1:])} failed:\n{done.stderr}")
    return dict(json.loads(done.stdout.splitlines()[-1]))
