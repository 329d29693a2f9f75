"""The table of precision and recall: ``python -m benchmarks.mapping [--held-out] [--misses]``."""

from __future__ import annotations

import argparse

from benchmarks.mapping.measure import measure
from benchmarks.mapping.sets import header_sets


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mapping", description=__doc__)
    parser.add_argument("--held-out", action="store_true", help="also the sets that nothing is tuned to")
    parser.add_argument(
        "--misses", action="store_true", help="what was asked, left out or wrong among the others"
    )
    told = parser.parse_args()
    sets = header_sets()
    parts = {"tuned": [s for s in sets if not s.held_out]}
    if told.held_out:
        parts["held out, made"] = [s for s in sets if s.held_out and not s.found]
        parts["held out, found"] = [s for s in sets if s.found]
    print("sets                 n  sheets  columns  precision  recall  recall, asking  asked in vain")
    for name, part in parts.items():
        s = measure(part)
        print(
            f"{name:18}{s.sets:4}{s.sheets / s.sets:8.0%}{s.wanted:9}{s.precision:11.1%}"
            f"{s.recall:8.1%}{s.recall_asking:16.1%}{s.asked_in_vain:15}"
        )
        if told.misses and name == "tuned":
            print(*(f"  {miss}" for miss in s.misses), sep="\n")


if __name__ == "__main__":
    main()
