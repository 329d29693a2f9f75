"""What a made-up vendor looks like: ``python -m benchmarks.generator --size M --seed 1 --tightness 2.0``."""

from __future__ import annotations

import argparse

import numpy as np

from benchmarks.generator import SIZES, make_vendor
from benchmarks.generator.options import KINDS
from benchmarks.generator.orders import OVERRUN, load_of
from benchmarks.generator.sheet import Sheet
from benchmarks.generator.vendor import Vendor
from pursuit.selection.problem import SelectionProblem

WORK = (
    "orders",
    "presales",
    "presales",
    "deferred",
    "care",
    "care",
    "care",
    "projects",
    "projects",
    "projects",
)


def told(v: Vendor, p: SelectionProblem) -> list[str]:
    """Lines about its work, money and load."""
    k, lines = p.packages, []
    orders = v.sheets[0]
    counts = [int((np.char.endswith(p.option_ids, "." + kind)).sum()) for kind in KINDS]
    lines.append(f"{p.items} items, {p.options} options; of deals: " + ", ".join(
        f"{n} {kind}" for n, kind in zip(counts, KINDS, strict=True)))  # fmt: skip
    lines.append(f"{p.packages.bundles} bundles, {len(k)} packages, {len(k.use_hours)} uses")
    mine = orders.bundle < v.size.opportunities
    per = np.bincount(orders.bundle[mine], minlength=v.size.opportunities)
    chained = len(set(orders.bundle[mine & (orders.before >= 0)].tolist())) / v.size.opportunities
    lines.append(
        f"standard orders: {per.mean():.2f} packages, {(orders.resource[mine, 1] >= 0).mean():.0%} on two resources, "
        f"{chained:.0%} with a chain, {(orders.least > 0).mean():.0%} with a least share, "
        f"window {(orders.due - orders.first + 1)[mine].mean():.1f} weeks, takes {(1 / orders.rate[mine]).mean():.1f}"
    )
    normal = np.flatnonzero(np.char.endswith(p.option_ids, ".normal"))
    hours = np.bincount(orders.bundle[mine], weights=orders.hours[mine].sum(axis=1))
    gain = v.gain[normal]
    lines.append(
        f"normal effort: chance {v.chance[normal].mean():.2f}, gain mean {gain.mean():,.0f} (sd {gain.std():,.0f}), "
        f"per hour {gain.sum() / hours.sum():.1f}, with hours correlated {np.corrcoef(gain, hours)[0, 1]:.2f}"
    )
    peak = _weekly_share(v, orders)
    lines.append(
        f"largest share of a resource's week one package takes: {peak.max():.2f}, mean {peak.mean():.2f}"
    )
    loads = _loads(v, normal)
    whole = sum(loads.values())
    for name, load in loads.items():
        lines.append(f"{name:>10}: {load.sum() / whole.sum():6.1%} of the load")
    regular = p.capacity.sum(axis=1)
    lines.append(f"load / capacity {whole.sum() / regular.sum():.2f}; by resource " + " ".join(
        f"{a:.2f}" for a in whole / regular))  # fmt: skip
    arriving = k.bundle_start[p.base_bundle[0]]
    uses = slice(int(k.use_start[arriving]), None)
    hours_s = k.use_hours[uses].sum() / p.scenarios
    lines.append(
        f"arrivals: {(len(k) - arriving) / p.scenarios:.0f} packages a future, "
        f"{hours_s / regular.sum():.1%} of capacity, "
        f"worth {p.base_value.mean():,.0f}; all deals at normal effort {p.value[normal].mean(axis=1).sum():,.0f}, "
        f"committed {-v.cost[np.char.endswith(p.option_ids, '.planned')].sum():,.0f}, "
        f"accounts {p.value[np.char.endswith(p.option_ids, '.keep')].mean(axis=1).sum():,.0f}"
    )
    lines.append(
        f"rows {len(p.rows)}, needs {len(p.need_option)}, expansions {len(p.gain_option)} options costing "
        + " ".join(f"{c:,.0f}" for c in v.cost[p.gain_option][:8])
    )
    tech = np.flatnonzero(np.char.endswith(p.option_ids, ".now") & np.char.startswith(p.option_ids, "tech"))
    lines.append("technologies cost " + " ".join(f"{c:,.0f}" for c in v.cost[tech][:10]))
    return lines


def _weekly_share(v: Vendor, s: Sheet) -> np.ndarray:
    used = s.resource >= 0
    hours = (s.hours * s.rate[:, None])[used] * OVERRUN
    return hours / v.hours.week[s.resource[used]]


def _loads(v: Vendor, normal: np.ndarray) -> dict[str, np.ndarray]:
    """(R,) hours by kind of work if everything is pursued with normal effort."""
    R, s = v.size.resources, v.sheets
    odds = np.append(v.chance[normal], np.zeros(s[0].bundles - len(normal)))[s[0].bundle][:, None]
    return {
        "orders": load_of(R, s[0].resource, s[0].hours * odds),
        "presales": load_of(R, s[1].resource, s[1].hours),
        "care": load_of(R, s[4].resource, s[4].hours),
        "projects": load_of(R, s[7].resource, s[7].hours),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generator", description=__doc__)
    parser.add_argument("--size", choices=list(SIZES), default="M")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tightness", type=float, default=2.0)
    parser.add_argument("--lumpy", action="store_true")
    a = parser.parse_args()
    vendor = make_vendor(SIZES[a.size], a.seed, a.tightness, lumpy=a.lumpy)
    print("\n".join(told(vendor, vendor.draw(a.seed))))
