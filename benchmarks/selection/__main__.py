"""One measured choice, printed and kept as one line of JSON.

``python -m benchmarks.selection --size S --seed 1 --tightness 2.0 --work-limit default --out results.jsonl``
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generator import SIZES
from benchmarks.selection.again import measure_frontier, measure_replan
from benchmarks.selection.effects import measure_effects
from benchmarks.selection.measure import RESTRICTIONS, Case, measure
from benchmarks.selection.peers import PEERS


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, measure, print, append."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.selection", description=__doc__)
    parser.add_argument("--size", choices=list(SIZES), default="S")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tightness", type=float, default=2.0)
    parser.add_argument("--work-limit", default="default", help="a number, or 'default'")
    parser.add_argument(
        "--peer", choices=PEERS, help="choose by this instead of Pursuit; 'all' takes everything"
    )
    parser.add_argument("--seconds", type=float, help="CPU seconds of --peer highs (300) or ev (60)")
    parser.add_argument("--lumpy", action="store_true", help="one package may take a resource's whole week")
    parser.add_argument(
        "--restrict", choices=list(RESTRICTIONS), help="take options away, to see what they bring"
    )
    parser.add_argument("--fresh", type=int, help="futures to judge on (2000; L 500, XL 256)")
    parser.add_argument(
        "--effects",
        type=int,
        metavar="N",
        help="hold the effects of N opportunities against plans made again",
    )
    parser.add_argument("--replan", action="store_true", help="choose again after news, against from nothing")
    parser.add_argument("--frontier", action="store_true", help="nine risk aversions, against one solve")
    parser.add_argument("--out", type=Path, help="file the line is appended to")
    a = parser.parse_args(arguments)
    limit = None if a.work_limit == "default" else int(a.work_limit)
    case = Case(a.size, a.seed, a.tightness, a.peer, a.lumpy, a.restrict, limit, a.seconds, a.fresh)
    if a.effects:
        row = measure_effects(case, a.effects)
    elif a.replan:
        row = measure_replan(case)
    else:
        row = measure_frontier(case) if a.frontier else measure(case)
    line = json.dumps(row)
    print(line)
    if a.out is not None:
        with a.out.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


if __name__ == "__main__":
    main()
