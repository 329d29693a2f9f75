"""The top of the report: the plan in a few sentences and two small pictures of how good it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pursuit.report.labels import label
from pursuit.report.speaker import Speaker


def headline(plan: Mapping[str, Any], say: Speaker) -> dict[str, Any]:
    """Sentences, key figures and bars for the head of the page."""
    value = plan["value"]
    counts = Counter(row["decision"] for row in plan["decisions"])
    fresh, today = value["fresh"], value["today"]
    return {
        "choice": say.t(
            "Of {total} open opportunities, pursue {pursue}, defer {defer} and decline {decline}.",
            total=f"{len(plan['decisions']):,}",
            pursue=f"{counts['pursue']:,}",
            defer=f"{counts['defer']:,}",
            decline=f"{counts['decline']:,}",
        ),
        "worth": say.t(
            "The plan is worth {expected} on average and {worst} in the worst tenth of futures.",
            expected=say.money(fresh["expected"]),
            worst=say.money(fresh["worst_tenth"]),
        ),
        "against": _against_today(fresh["expected"] - today["expected"], today["expected"], say),
        "figures": _figures(value, say),
        "today_bars": _today_bars(fresh, today, say),
        "bound_bars": _bound_bars(value, say),
        "room": say.t(
            "Weighed for risk, this plan is worth {objective}. No plan in this model can reach more than "
            "{bound}: that is proven, so at most {gap} is still to be gained.",
            bound=say.money(value["bound"]),
            objective=say.money(value["objective"]),
            gap=say.percent(value["gap"], 1),
        ),
        "measure": _measure(value["risk_aversion"], say),
        "status": label(say, "status", plan["status"]),
    }


def _gain(amount: float, base: float, say: Speaker) -> str:
    """A difference in money, with its share where the base makes one meaningful."""
    if base <= 0:
        return say.money(amount)
    return f"{say.money(amount)} ({say.percent(amount / base, 0 if abs(amount / base) >= 0.095 else 1)})"


def _against_today(difference: float, base: float, say: Speaker) -> str:
    if difference >= 0:
        return say.t(
            "Choosing as people do today, by amount times probability, is worth less on the same futures. "
            "Gained by this plan: {gain}.",
            gain=_gain(difference, base, say),
        )
    return say.t(
        "On the same futures this plan is worth less than choosing by amount times probability, as people do "
        "today. Difference: {gain}.",
        gain=_gain(difference, base, say),
    )


def _figures(value: Mapping[str, Any], say: Speaker) -> list[dict[str, str]]:
    fresh, today = value["fresh"], value["today"]
    return [
        {
            "name": say.t("Expected value"),
            "figure": say.money(fresh["expected"]),
            "note": say.t("mean of {count} fresh futures", count=f"{fresh['scenarios']:,}"),
        },
        {
            "name": say.t("Mean of the worst tenth"),
            "figure": say.money(fresh["worst_tenth"]),
            "note": say.t("today's way: {amount}", amount=say.money(today["worst_tenth"])),
        },
        {
            "name": say.t("Against today's way"),
            "figure": say.signed(fresh["expected"] - today["expected"]),
            "note": say.t("today's way: {amount}", amount=say.money(today["expected"])),
        },
        {
            "name": say.t("Still to be gained, at most"),
            "figure": say.percent(value["gap"], 1),
            "note": say.t("proven limit, weighed for risk: {amount}", amount=say.money(value["bound"])),
        },
    ]


def _bars(rows: list[tuple[str, float, str]], say: Speaker) -> list[dict[str, Any]]:
    """Bars on one scale from zero (or the lowest loss) to the largest value, in percent of the width."""
    low = min(0.0, *(amount for _, amount, _ in rows))
    high = max(0.0, *(amount for _, amount, _ in rows))
    span = (high - low) or 1.0
    return [
        {
            "name": name,
            "text": say.money(amount),
            "kind": kind,
            "left": round((min(amount, 0.0) - low) / span * 100, 2),
            "width": round(abs(amount) / span * 100, 2),
        }
        for name, amount, kind in rows
    ]


def _today_bars(fresh: Mapping[str, Any], today: Mapping[str, Any], say: Speaker) -> list[dict[str, Any]]:
    return _bars(
        [
            (say.t("This plan, mean"), fresh["expected"], "plan"),
            (say.t("Today's way, mean"), today["expected"], "today"),
            (say.t("This plan, worst tenth"), fresh["worst_tenth"], "plan"),
            (say.t("Today's way, worst tenth"), today["worst_tenth"], "today"),
        ],
        say,
    )


def _bound_bars(value: Mapping[str, Any], say: Speaker) -> list[dict[str, Any]]:
    return _bars(
        [
            (say.t("This plan, weighed for risk"), value["objective"], "plan"),
            (say.t("Proven limit"), value["bound"], "bound"),
        ],
        say,
    )


def _measure(risk_aversion: float, say: Speaker) -> str:
    return say.t(
        "Weighed for risk: {mean} of the mean plus {worst} of the worst tenth, less what missed goals cost.",
        mean=say.percent(1 - risk_aversion),
        worst=say.percent(risk_aversion),
    )
