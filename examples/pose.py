"""A choice posed with NumPy alone and solved. Run: python -m examples.pose [problem.npz]

Two deals, a new rig that the first one needs, one resource, three weeks, two futures: the example of
docs/selection-problem.md, where its numbers are worked out by hand.
"""

import sys
import tempfile
from pathlib import Path

import numpy as np

from pursuit.selection.archive import load_problem
from pursuit.selection.solve import solve

PROBLEM = {
    "format": "pursuit-problem/1",
    "risk_aversion": 0.5,
    # three items with two options each
    "item_ids": ["pump", "valve", "rig"],
    "option_ids": ["pump.decline", "pump.pursue", "valve.decline", "valve.pursue", "rig.no", "rig.buy"],
    "item_start": [0, 2, 4, 6],
    "value": [[0, 0], [300, -10], [0, 0], [200, 200], [0, 0], [-30, -30]],
    "won": [[False, False], [True, False], [False, False], [True, True], [False, False], [False, False]],
    # the work of either deal, if it is won: a package of 24 hours and one of 10
    "if_won": [-1, 0, -1, 1, -1, -1],
    "packages_last": [2, 1],
    "packages_due": [1, 1],
    "packages_rate": [0.5, 1.0],
    "packages_late_cost": [48.0, 0.0],
    "packages_late_cap": [60.0, 0.0],
    "packages_subcontract_cost": [np.inf, 150.0],
    "packages_subcontract_share": [0.0, 0.5],
    "packages_breach_cost": [500.0, 300.0],
    "packages_use_resource": [0, 0],
    "packages_use_hours": [24.0, 10.0],
    # ten hours a week and four of overtime, none after the horizon; the rig adds four
    "capacity": [[10.0, 10.0, 10.0]],
    "overtime": [[4.0, 4.0, 0.0]],
    "overtime_cost": [5.0],
    "gain_option": [5],
    "capacity_gain": [[[4.0, 4.0, 0.0]]],
    "need_option": [1],
    "need_provider": [5],
    # a goal: two deals, or five for each that is missing
    "rows_names": ["two deals"],
    "rows_option": [1, 3],
    "rows_coefficient": [-1.0, -1.0],
    "rows_limit": [-2.0],
    "rows_penalty": [5.0],
    # one month: twenty in hand, the rig costs thirty, the pump brings fifteen if it is won
    "cash_base": [[20.0], [20.0]],
    "cash_fixed": [[0], [0], [0], [0], [0], [-30]],
    "cash_won": [[0], [15], [0], [0], [0], [0]],
    "cash_floor": [0.0],
    "cash_penalty": 0.5,
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "problem.npz"
        np.savez(path, **PROBLEM)
        problem = load_problem(path)
    solution = solve(problem)
    print("take ", *(problem.option_ids[option] for option in solution.choice))
    print(
        "value", f"{solution.objective:.2f}", "in the futures", *(f"{value:.2f}" for value in solution.values)
    )
    print("limit", f"{solution.bound:.2f}")


if __name__ == "__main__":
    main()
