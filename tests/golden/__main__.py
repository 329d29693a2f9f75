"""Write the golden plan anew: ``python -m tests.golden``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def summary(plan: dict[str, Any]) -> dict[str, Any]:
    """What of a plan must not change by accident."""
    names = ("expected", "worst_tenth", "objective", "bound")
    return {
        "decisions": {row["opportunity"]: [row["decision"], row["option"]] for row in plan["decisions"]},
        "value": {name: plan["value"][name] for name in names},
    }


if __name__ == "__main__":
    from pursuit.planning import make_plan
    from tests.planning.firms import QUICK, small_demo

    text = json.dumps(summary(make_plan(small_demo(), QUICK)), indent=1, ensure_ascii=False)
    Path(__file__).with_name("small-demo.json").write_text(text + "\n", encoding="utf-8")
