"""Tables of quality, memory and work: ``python -m benchmarks [--full]``.

Every row is measured in a process of its own, one after the other, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import replay

Row = dict[str, Any]
SEEDS = (1, 2)
TIGHTNESS = (1.2, 2.0)


def measured(size: str, seed: int, tightness: float, peer: str | None, seconds: int) -> Row:
    """One row of ``benchmarks.selection``, from a fresh process."""
    command = [sys.executable, "-m", "benchmarks.selection", "--size", size, "--seed", str(seed)]
    command += ["--tightness", str(tightness), "--seconds", str(seconds)]
    command += ["--peer", peer] if peer else []
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def show(title: str, columns: list[str], rows: list[list[object]]) -> None:
    """One table on the screen."""
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(*(_text(cell) for cell in row))
    Console(width=110).print(table)


def _text(cell: object) -> str:
    if cell is None:
        return "none"
    return f"{cell:,.1f}" if isinstance(cell, float) else str(cell)


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def quality(ours: dict[tuple[str, int, float], Row], seconds: int) -> None:
    """Gap to the proven bound, and to what HiGHS finds and proves in ``seconds``."""
    rows: list[list[object]] = []
    for (size, seed, tightness), mine in ours.items():
        peer = measured(size, seed, tightness, "highs", seconds)
        tightest = min(b for b in (mine["bound"], peer["bound"]) if b is not None)
        best = peer["value"]
        rows.append([
            size, seed, tightness, mine["value"], _percent(mine["gap"]), mine["cpu_seconds"], mine["peak_mb"],
            best, _percent(peer["gap"]), peer["cpu_seconds"], peer["peak_mb"],
            _percent((tightest - mine["value"]) / abs(tightest)),
        ])  # fmt: skip
    columns = ["size", "seed", "tight", "value", "gap %", "CPU s", "MB"]
    columns += ["HiGHS", "its gap %", "CPU s", "MB", "to best bound %"]
    show(f"Quality of the choice; HiGHS on the extensive form, {seconds} s", columns, rows)


def against_rules(ours: dict[tuple[str, int, float], Row]) -> None:
    """The same firm, judged in futures that nobody saw when choosing."""
    rows: list[list[object]] = []
    for (size, seed, tightness), mine in ours.items():
        found = {"pursuit": mine} | {
            r: measured(size, seed, tightness, r, 0) for r in ("sort", "greedy", "all")
        }
        for name, row in found.items():
            less = _percent(1 - row["fresh_expected"] / mine["fresh_expected"])
            rows.append(
                [
                    size,
                    seed,
                    tightness,
                    name,
                    row["fresh_expected"],
                    less,
                    row["fresh_worst_tenth"],
                    row["expected"],
                ]
            )
    columns = [
        "size",
        "seed",
        "tight",
        "rule",
        "mean, fresh",
        "less than ours %",
        "worst tenth, fresh",
        "mean, own",
    ]
    show(
        "Against rules people use: amount x probability, margin per bottleneck hour, everything",
        columns,
        rows,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--full", action="store_true", help="size S to HiGHS with 300 s, and size M; an hour or so"
    )
    full = parser.parse_args().full
    sizes = ("XS", "S")
    cases = [(z, seed, t) for z in sizes for seed in SEEDS for t in TIGHTNESS]
    ours = {case: measured(*case, None, 0) for case in cases}
    quality(ours if full else {k: v for k, v in ours.items() if k[0] == "XS"}, 300 if full else 20)
    if full:
        ours |= {("M", 1, t): measured("M", 1, t, None, 0) for t in TIGHTNESS}
    columns = ["size", "seed", "tight", "value", "bound", "gap %", "CPU s", "wall s", "MB", "status"]
    rows: list[list[object]] = [
        [
            *case, r["value"], r["bound"], _percent(r["gap"]), r["cpu_seconds"], r["wall_seconds"], r["peak_mb"],
            r["status"],
        ]
        for case, r in ours.items()
    ]  # fmt: skip
    show("Proven gap, time and memory at the default work limit", columns, rows)
    against_rules(ours)
    replay.main(["--seeds", "10" if full else "2"])


if __name__ == "__main__":
    main()
