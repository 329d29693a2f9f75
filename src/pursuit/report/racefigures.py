"""The figures of a race as people write them, with their intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pursuit.report.racewords import policy_name
from pursuit.report.speaker import MINUS, Speaker


def N(message: str) -> str:  # noqa: N802
    """Mark a message that is translated later."""
    return message


NBSP = "\u00a0"
"""Keeps an amount in one line."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a measure is told: its name, its note, how it is written, and whether more of it is better (+1, -1, 0)."""

    name: str
    note: str
    write: str
    better: int = 0


KINDS: Mapping[str, Kind] = {
    "profit": Kind(N("Profit"), N("all orders sold, less everything spent"), "money", 1),
    "worst_tenth": Kind(N("Worst tenth"), N("mean profit of the worst tenth of worlds"), "money", 1),
    "ahead": Kind(
        N("Against the reference"), N("world by world; in how many of them it is ahead"), "signed", 1
    ),
    "lowest_cash": Kind(N("Lowest cash"), N("at the end of a week"), "money", 1),
    "below_floor": Kind(
        N("Chance below the cash floor"), N("worlds with at least one such week"), "percent", -1
    ),
    "weeks_below": Kind(N("Weeks below the cash floor"), "", "number", -1),
    "on_time": Kind(N("On time in full"), N("of all deliveries"), "percent", 1),
    "overtime": Kind(N("Overtime"), N("of the regular hours there were"), "fine"),
    "utilisation": Kind(N("Utilisation"), N("of the fullest resource"), "percent"),
    "lost_customers": Kind(N("Customers lost"), N("failures not counted"), "number", -1),
    "won": Kind(N("Orders won"), N("call-offs included"), "number"),
    "delivered": Kind(N("Orders delivered"), "", "number"),
    "breached": Kind(N("Orders not carried out"), N("cancelled, or the customer failed"), "number", -1),
}


def best_first(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Policies by mean profit."""
    return sorted(document["policies"], key=lambda row: -row["measures"]["profit"]["mean"])


def measure_rows(document: Mapping[str, Any], say: Speaker) -> list[dict[str, Any]]:
    """The table: a row for each measure, a cell for each policy."""
    rows = []
    for code, kind in KINDS.items():
        if document["floor"] is None and code in ("below_floor", "weeks_below"):
            continue
        figures = [_figure(row, code) for row in document["policies"]]
        if not any(figures):
            continue
        means = [figure["mean"] * kind.better for figure in figures if figure]
        best = max(means) if kind.better and max(means) > min(means) else None
        cells = [_cell(document, figure, kind, best, say) for figure in figures]
        rows.append({"name": say.t(kind.name), "note": kind.note and say.t(kind.note), "cells": cells})
    return rows


def _figure(row: Mapping[str, Any], code: str) -> Mapping[str, Any] | None:
    if code == "worst_tenth":
        return {"mean": row["worst_tenth"], "low": None, "high": None}
    figure: Mapping[str, Any] | None = row["ahead"] if code == "ahead" else row["measures"][code]
    return figure


def _cell(
    document: Mapping[str, Any],
    figure: Mapping[str, Any] | None,
    kind: Kind,
    best: float | None,
    say: Speaker,
) -> dict[str, Any]:
    if figure is None:
        return {"text": "–", "interval": "", "more": say.t("reference"), "best": False}
    write = writer(kind.write, say)
    more = ""
    if "seeds" in figure:
        more = say.t("{ahead} of {count} worlds", ahead=figure["seeds"], count=len(document["seeds"]))
    return {
        "text": write(figure["mean"]),
        "interval": interval(figure, write, say, kind.write).strip(),
        "more": more,
        "best": best is not None and figure["mean"] * kind.better == best,
    }


def writer(kind: str, say: Speaker) -> Callable[[float], str]:
    """How a kind of figure is written."""
    writers: dict[str, Callable[[float], str]] = {
        "money": say.money,
        "signed": say.signed,
        "percent": say.percent,
        "fine": lambda share: say.percent(share, 1),
        "number": lambda value: f"{value:,.1f}".removesuffix(".0").replace("-", MINUS, 1),
    }
    return writers[kind]


def interval(figure: Mapping[str, Any], write: Callable[[float], str], say: Speaker, kind: str = "") -> str:
    """The interval in brackets after a figure; nothing where there is none or it has no width."""
    low, high = figure["low"], figure["high"]
    if low is None or low == high:
        return ""
    if kind in ("percent", "fine", "number"):  # what cannot be negative is not shown so
        low = max(low, 0.0)
    if kind in ("percent", "fine"):
        high = min(high, 1.0)
    ends = {"low": write(low).replace(" ", NBSP), "high": write(high).replace(" ", NBSP)}
    return f" ({say.t('{low} to {high}', **ends)})"


def ahead_text(document: Mapping[str, Any], row: Mapping[str, Any], say: Speaker) -> str:
    """By how much a policy is ahead of the reference, and in how many worlds."""
    ahead = row["ahead"]
    return say.t(
        "Against {reference}: {ahead}, ahead in {seeds} of {count} worlds",
        reference=policy_name(document["reference"], say),
        ahead=say.signed(ahead["mean"]).replace(" ", NBSP) + interval(ahead, say.signed, say),
        seeds=f"{ahead['seeds']:,}",
        count=f"{len(document['seeds']):,}",
    )
