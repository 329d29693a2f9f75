"""Outcomes on fresh futures: the plan beside choosing as people do today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pursuit.report.speaker import Speaker

_MOST_BINS = 24


def outcomes(plan: Mapping[str, Any], say: Speaker) -> dict[str, Any]:
    """Lead sentence and the small table of both distributions."""
    value = plan["value"]
    ours, today = value["outcomes"]["plan"], value["outcomes"]["today"]
    gain, floor = (value["fresh"][key] - value["today"][key] for key in ("expected", "worst_tenth"))
    return {
        "lead": say.t(
            "Mean against today's way: {mean}. Worst tenth against today's way: {worst}.",
            mean=say.signed(gain),
            worst=say.signed(floor),
        ),
        "rows": [
            _row(say.t("Mean"), value["fresh"]["expected"], value["today"]["expected"], say),
            _row(
                say.t("Mean of the worst tenth"),
                value["fresh"]["worst_tenth"],
                value["today"]["worst_tenth"],
                say,
            ),
            *(
                _row(name, _quantile(ours, share), _quantile(today, share), say)
                for name, share in (
                    (say.t("One in ten is below"), 0.1),
                    (say.t("Median"), 0.5),
                    (say.t("One in ten is above"), 0.9),
                )
                if ours and today
            ),
        ],
        "pursued": (
            f"{sum(row['decision'] == 'pursue' for row in plan['decisions']):,}",
            f"{value['today']['pursued']:,}",
        ),
        "tuned": say.t(
            "On the {count} futures the plan was made on: {expected} on average, {worst} in the worst tenth. "
            "What a plan promises there is always a little too good; the fresh futures say how much.",
            count=f"{value['scenarios']:,}",
            expected=say.money(value["expected"]),
            worst=say.money(value["worst_tenth"]),
        ),
        "scenarios": f"{value['fresh']['scenarios']:,}",
        "made_of": _made_of(plan, say),
    }


def _made_of(plan: Mapping[str, Any], say: Speaker) -> str:
    """How much of the plan's value lies in its orders, and how much in what may follow them."""
    parts = [row["effect_parts"] for row in plan["decisions"] if row["decision"] != "decline"]
    if not parts:
        return ""
    return say.t(
        "In the plan's value, {orders} come from the orders of deals pursued or deferred and {lifetime} from repeat "
        "business they may lead to later; the rest from references and trust, customers' courses, investments and "
        "deals not yet known, less what capacity costs.",
        orders=say.money(sum(part["margin"] + part["pursuit_cost"] for part in parts)),
        lifetime=say.money(sum(part["lifetime"] for part in parts)),
    )


def _row(name: str, ours: float, today: float, say: Speaker) -> dict[str, str]:
    return {
        "name": name,
        "plan": say.money(ours),
        "today": say.money(today),
        "gain": say.signed(ours - today),
    }


def _quantile(values: Sequence[float], share: float) -> float:
    return float(np.quantile(np.asarray(values, dtype=np.float64), share))


def histogram(plan: Mapping[str, Any]) -> dict[str, Any]:
    """Shares of futures by value on common bins, and the lines to mark; values in minor units."""
    value = plan["value"]
    ours = np.asarray(value["outcomes"]["plan"], dtype=np.float64)
    today = np.asarray(value["outcomes"]["today"], dtype=np.float64)
    both = np.concatenate([ours, today])
    if not both.size:
        return {"edges": [], "plan": [], "today": [], "lines": []}
    edges = np.histogram_bin_edges(both, bins=min(_MOST_BINS, max(8, round(2 * ours.size**0.5))))
    return {
        "edges": edges.tolist(),
        "plan": (np.histogram(ours, edges)[0] / max(ours.size, 1)).tolist(),
        "today": (np.histogram(today, edges)[0] / max(today.size, 1)).tolist(),
        "lines": [
            {"of": "plan", "what": "mean", "at": value["fresh"]["expected"]},
            {"of": "plan", "what": "worst", "at": value["fresh"]["worst_tenth"]},
            {"of": "today", "what": "mean", "at": value["today"]["expected"]},
            {"of": "today", "what": "worst", "at": value["today"]["worst_tenth"]},
        ],
    }
