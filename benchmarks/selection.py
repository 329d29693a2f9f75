"""One measured choice, printed and kept as one line of JSON.

``python -m benchmarks.selection --size S --seed 1 --tightness 2.0 --work-limit default --out results.jsonl``
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path
from typing import Any

from benchmarks.generator import SIZES, Size, make_vendor
from benchmarks.highs import Answer, extensive
from benchmarks.rules import RULES
from pursuit.selection.compiled import compile_problem
from pursuit.selection.firm import Firm, worst_tenth_mean
from pursuit.selection.problem import SelectionProblem
from pursuit.selection.solve import DEFAULT_WORK, solve

FRESH = 200
"""Futures the choice was not tuned on."""


def measure(
    size: str, seed: int, tightness: float, peer: str | None, work_limit: int, seconds: float
) -> dict[str, Any]:
    """Choose, by Pursuit or by a peer, and judge the choice on its own futures and on fresh ones.

    Times count from the compiled problem to the choice; ``peak_mb`` is of the whole process.
    """
    solve(make_vendor(Size(), 0, 1.5).draw(0), work_limit=20)  # kernels are compiled before the clock runs
    vendor = make_vendor(SIZES[size], seed, tightness)
    problem = vendor.draw(seed)
    cpu, wall = time.process_time(), time.perf_counter()
    answer, status = _choose(problem, peer, work_limit, seconds)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    known = answer.bound if answer.bound < float("inf") else None
    row: dict[str, Any] = {
        "size": size, "seed": seed, "tightness": tightness, "peer": peer, "status": status,
        "value": answer.value, "bound": known, "gap": _gap(answer.value, known),
        "cpu_seconds": round(cpu, 2), "wall_seconds": round(wall, 2), "peak_mb": _peak_mb(),
        "expected": None, "worst_tenth": None, "fresh_expected": None, "fresh_worst_tenth": None,
    }  # fmt: skip
    if answer.choice is not None:
        for prefix, futures in (("", problem), ("fresh_", vendor.draw(seed + 1_000_003, FRESH))):
            worth = Firm(compile_problem(futures), answer.choice).worth()
            row[f"{prefix}expected"] = float(worth.values.mean())
            row[f"{prefix}worst_tenth"] = worst_tenth_mean(worth.values)
            if not prefix:
                row["value"] = worth.objective
    return row


def _choose(
    problem: SelectionProblem, peer: str | None, work_limit: int, seconds: float
) -> tuple[Answer, str]:
    if peer is None:
        solution = solve(problem, work_limit=work_limit)
        return Answer(solution.objective, solution.bound, solution.choice), solution.status
    if peer == "highs":
        answer = extensive(problem, seconds=seconds)
        return answer, "no choice" if answer.choice is None else "optimal" if _met(answer) else "time"
    choice = RULES[peer](compile_problem(problem))
    return Answer(None, float("inf"), choice), "rule"


def _met(answer: Answer) -> bool:
    return answer.value is not None and answer.bound - answer.value <= 1e-6 * abs(answer.bound)


def _gap(value: float | None, bound: float | None) -> float | None:
    return None if value is None or bound is None else max(bound - value, 0.0) / max(abs(bound), 1e-12)


def _peak_mb() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, measure, print, append."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.selection", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="S")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tightness", type=float, default=2.0)
    parser.add_argument("--work-limit", default="default", help="a number, or 'default'")
    parser.add_argument("--peer", choices=["highs", *RULES], default=None)
    parser.add_argument("--seconds", type=float, default=60.0, help="clock for --peer highs")
    parser.add_argument("--out", type=Path, default=None, help="file the line is appended to")
    a = parser.parse_args(arguments)
    work = DEFAULT_WORK if a.work_limit == "default" else int(a.work_limit)
    line = json.dumps(measure(a.size, a.seed, a.tightness, a.peer, work, a.seconds))
    print(line)
    if a.out is not None:
        with a.out.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


if __name__ == "__main__":
    main()
