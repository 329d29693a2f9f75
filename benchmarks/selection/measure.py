"""One choice, made and judged: by Pursuit or by a peer, on its own futures and on fresh ones."""

from __future__ import annotations

import resource
import subprocess
import time
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from benchmarks.generator import SIZES, Size, Vendor, make_vendor
from benchmarks.highs import carried_out as least_cost
from benchmarks.selection.peers import Found, by_peer
from pursuit.selection.compiled import compile_problem
from pursuit.selection.problem import Floats, Ints, SelectionProblem
from pursuit.selection.solve import solve
from pursuit.selection.worth import blend, carried_out, worst_tenth_mean

Row = dict[str, Any]
FRESH = {"L": 500, "XL": 256}
"""Futures the choice was not tuned on; 2,000 where not named."""
BATCH = 500
"""Fresh futures drawn at a time."""
SMALL = ("XS", "S", "M")
"""Sizes at which the loading of a few futures is also done by HiGHS."""
RESTRICTIONS = {
    "normal": ("heavy",),
    "standard": ("other",),
    "no-deferral": ("defer",),
    "no-investment": ("now", "later"),
    "plain": ("heavy", "other", "defer", "now", "later"),
}
"""Options that are taken away to see what they bring, by the last word of their name."""


@dataclass(frozen=True)
class Case:
    """One thing to measure; ``work_limit`` None is the solver's default."""

    size: str
    seed: int
    tightness: float
    peer: str | None = None
    lumpy: bool = False
    restrict: str | None = None
    work_limit: int | None = None
    seconds: float | None = None
    fresh: int | None = None

    @property
    def futures(self) -> int:
        """Number of fresh futures."""
        return FRESH.get(self.size, 2_000) if self.fresh is None else self.fresh


def measure(case: Case) -> Row:
    """Choose and judge.

    Times count from the problem to the choice, kernels compiled before; ``peak_mb`` is of the whole process until
    then, the vendor's making included.
    """
    warm()
    vendor = vendor_of(case)
    problem = posed(case, vendor)
    cpu, wall = time.process_time(), time.perf_counter()
    found = ours(problem, case.work_limit) if case.peer is None else by_peer(problem, case.peer, case.seconds)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    row: Row = asdict(case) | {
        "status": found.status, "value": found.value, "bound": found.bound, "gap": gap(found.value, found.bound),
        "cpu_seconds": round(cpu, 2), "wall_seconds": round(wall, 2), "peak_mb": peak_mb(), "expected": None,
        "worst_tenth": None, "fresh": case.futures, "fresh_expected": None, "fresh_worst_tenth": None,
        "loading_gap": None, "curve": found.curve, "commit": commit(),
    }  # fmt: skip
    if found.choice is not None:
        row |= judged(problem, vendor, case, found)
    return row


def vendor_of(case: Case) -> Vendor:
    """The vendor asked for."""
    return make_vendor(SIZES[case.size], case.seed, case.tightness, lumpy=case.lumpy)


def posed(case: Case, vendor: Vendor | None = None) -> SelectionProblem:
    """The problem asked for."""
    problem = (vendor or vendor_of(case)).draw(case.seed)
    return restricted(problem, case.restrict) if case.restrict else problem


def warm() -> None:
    """Compile the kernels, so that no clock runs meanwhile."""
    problem = make_vendor(Size(), 0, 1.5).draw(0)
    solve(problem, work_limit=20)


def ours(problem: SelectionProblem, work_limit: int | None) -> Found:
    """Pursuit's own choice."""
    solution = solve(problem) if work_limit is None else solve(problem, work_limit=work_limit)
    curve = tuple((round(m.seconds, 3), known(m.value), known(m.bound)) for m in solution.history)
    return Found(solution.choice, solution.status, solution.objective, solution.bound, curve, solution.values)


def judged(problem: SelectionProblem, vendor: Vendor, case: Case, found: Found) -> Row:
    """What a choice is worth in its own futures and in fresh ones, and the objective where its maker has none."""
    assert found.choice is not None
    own = worth_of(problem, found.choice) if found.values is None else found.values
    row: Row = {"expected": float(own.mean()), "worst_tenth": worst_tenth_mean(own)}
    if found.value is None:
        row["value"] = blend(own, problem.risk_aversion) - row_cost(problem, found.choice)
    if case.size in SMALL:
        row["loading_gap"] = loading_gap(problem, found.choice, own)
    if case.futures:
        values = fresh_values(vendor, case.seed, found.choice, case.futures)
        row |= {"fresh_expected": float(values.mean()), "fresh_worst_tenth": worst_tenth_mean(values)}
    return row


def fresh_values(vendor: Vendor, seed: int, choice: Ints, futures: int) -> Floats:
    """(futures,) worth of a choice in futures nobody saw when it was made, the same ones for every choice."""
    parts = []
    for k, start in enumerate(range(0, futures, BATCH)):
        drawn = vendor.draw(1_000_003 * (k + 1) + seed, scenarios=min(BATCH, futures - start))
        parts.append(worth_of(drawn, choice))
    return np.concatenate(parts)


def worth_of(p: SelectionProblem, choice: Ints) -> Floats:
    """(S,) worth of a choice, its work carried out at least cost."""
    return carried_out(compile_problem(p), choice)[0].values


def row_cost(p: SelectionProblem, choice: Ints) -> float:
    """Money that missed goals cost."""
    over = np.maximum(p.rows.use(choice, p.options) - p.rows.limit, 0.0)
    soft = np.isfinite(p.rows.penalty)
    return float(over[soft] @ p.rows.penalty[soft])


def loading_gap(p: SelectionProblem, choice: Ints, values: Floats, futures: int = 8) -> float:
    """By how much the worth (S,) of a choice falls short of loading its work by linear programming, in some futures."""
    some = np.arange(min(futures, p.scenarios))
    cost, _ = least_cost(p, choice, some.tolist())
    balance = (
        p.cash.base[some] + p.cash.fixed[choice].sum(axis=0) + p.won[choice][:, some].T @ p.cash.won[choice]
    )
    short = p.cash.penalty * np.maximum(p.cash.floor - balance, 0.0).sum(axis=1)
    best = p.base_value[some] + p.value[choice][:, some].sum(axis=0) - cost - short
    return float((best - values[some]).mean() / max(abs(float(best.mean())), 1e-12))


def restricted(p: SelectionProblem, word: str) -> SelectionProblem:
    """The same choice without some kinds of options; the first option of an item always stays."""
    last = np.array([name.rpartition(".")[2] for name in p.option_ids])
    allowed = p.allowed & ~np.isin(last, RESTRICTIONS[word])
    allowed[p.item_start[:-1]] = True
    return replace(p, allowed=allowed)


def gap(value: float | None, bound: float | None) -> float | None:
    """(bound - value) / |bound|, where both are known."""
    return None if value is None or bound is None else max(bound - value, 0.0) / max(abs(bound), 1e-12)


def known(number: float | None) -> float | None:
    """The number, None where it is endless or missing: JSON has no word for infinity."""
    return None if number is None or not np.isfinite(number) else float(number)


def peak_mb() -> float:
    """Largest memory of this process so far, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def commit() -> str:
    """The commit the program stands at, with a + where files differ from it."""
    command = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
