"""What the measured choices say, as tables for the screen and for docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from benchmarks.selection.measure import Row

Key = tuple[str, float]
GOALS = {"S": (1.0, 120, 500), "M": (0.7, 60, 500), "L": (0.2, 120, 1000), "XL": (0.2, 400, 4000)}
"""Gap in per cent, CPU seconds, MB."""
MARKS = (1, 2, 5, 10, 20, 50, 100, 200, 400)
"""CPU seconds at which the curve is read."""


@dataclass(frozen=True)
class Table:
    """A title by language, columns, and cells as they are shown."""

    title: dict[str, str]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self, lang: str) -> str:
        """The table for a page."""
        lines = [self.columns, ("---",) * 2 + ("---:",) * (len(self.columns) - 2), *self.rows]
        return f"**{self.title[lang]}**\n\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines)


def tables(rows: Sequence[Row]) -> list[Table]:
    """Every table that the rows have something for."""
    made = [quality(rows), curve(rows), against(rows), sources(rows), highs(rows)]
    return [table for table in made if table.rows]


def _pure(row: Row) -> bool:
    return row["restrict"] is None and not row["lumpy"]


def _groups(rows: Sequence[Row]) -> Iterator[tuple[Key, list[Row]]]:
    keys = dict.fromkeys((row["size"], row["tightness"]) for row in rows)
    for key in keys:
        yield key, [row for row in rows if (row["size"], row["tightness"]) == key]


def _percent(share: float | None, digits: int = 1) -> str:
    return "–" if share is None else f"{100 * share:.{digits}f}".replace("-", "−")


def _money(amount: float | None) -> str:
    return "–" if amount is None else f"{amount:,.0f}".replace("-", "−")


def quality(rows: Sequence[Row]) -> Table:
    """The proven gap with time and memory beside the goals; smooth and lumpy."""
    lines = []
    for lumpy in (False, True):
        ours = [r for r in rows if r["peer"] is None and r["restrict"] is None and r["lumpy"] is lumpy]
        for (size, tightness), found in _groups(ours):
            gaps = [100 * r["gap"] for r in found]
            cpu = [r["cpu_seconds"] for r in found]
            ahead = [
                1 - r["fresh_expected"] / r["expected"] for r in found if r["fresh_expected"] is not None
            ]
            goal = GOALS.get(size)
            loading = [r["loading_gap"] for r in found if r["loading_gap"] is not None]
            name = size + (" lumpy" if lumpy else "")
            lines.append((
                name, f"{tightness}", str(len(found)), f"{fmean(gaps):.2f}", f"{max(gaps):.2f}",
                f"{goal[0]}" if goal and not lumpy else "–", f"{fmean(cpu):.0f}", f"{max(cpu):.0f}",
                f"{goal[1]}" if goal else "–", f"{max(r['peak_mb'] for r in found):.0f}", f"{goal[2]}" if goal else "–",
                _percent(fmean(ahead), 2) if ahead else "–", _percent(fmean(loading), 2) if loading else "–",
            ))  # fmt: skip
    title = {
        "en": "Proven gap (%), CPU seconds and MB beside their goals; promised minus fresh, loading against HiGHS (%)",
        "ko": "증명된 격차(%), CPU 초와 MB(목표와 함께), 약속한 값과 새 미래의 차이, HiGHS 대비 배치 손실(%)",
    }
    heads = ("size", "load", "seeds", "gap", "worst", "goal", "CPU s", "worst", "goal", "MB", "goal")
    return Table(title, (*heads, "own − fresh", "loading"), tuple(lines))


def curve(rows: Sequence[Row]) -> Table:
    """The gap against CPU time, mean over the seeds that have a choice by then."""
    lines = []
    for (size, tightness), found in _groups([r for r in rows if r["peer"] is None and _pure(r)]):
        cells = [size, f"{tightness}"]
        last = max(r["cpu_seconds"] for r in found)
        for k, mark in enumerate(MARKS):
            gaps = [gap for r in found if (gap := gap_at(r, mark)) is not None]
            over = k > 0 and last < MARKS[k - 1]
            cells.append("" if over else f"{100 * fmean(gaps):.2f}" if len(gaps) == len(found) else "–")
        lines.append(tuple(cells))
    title = {"en": "Gap (%) after so many CPU seconds", "ko": "CPU 초에 따른 격차(%)"}
    return Table(title, ("size", "load", *(f"{mark} s" for mark in MARKS)), tuple(lines))


def gap_at(row: Row, seconds: float) -> float | None:
    """Gap of the best value and bound known by then."""
    seen = [point for point in row["curve"] if point[0] <= seconds]
    values = [value for _, value, _ in seen if value is not None]
    bounds = [bound for _, _, bound in seen if bound is not None]
    if not values or not bounds:
        return None
    return (min(bounds) - max(values)) / max(abs(min(bounds)), 1e-12)


def gains(rows: Sequence[Row], peer: str, figure: str) -> list[float]:
    """(ours - peer) / |ours| by seed, where both have a choice."""
    ours = {r["seed"]: r[figure] for r in rows if r["peer"] is None and _pure(r)}
    theirs = {r["seed"]: r[figure] for r in rows if r["peer"] == peer and _pure(r)}
    both = [s for s in ours if s in theirs and ours[s] is not None and theirs[s] is not None]
    return [(ours[s] - theirs[s]) / max(abs(ours[s]), 1e-12) for s in both]


def against(rows: Sequence[Row]) -> Table:
    """What other ways to choose are worth in futures that nobody saw."""
    lines = []
    for (size, tightness), found in _groups([r for r in rows if _pure(r)]):
        for peer in dict.fromkeys(r["peer"] for r in found if r["peer"] is not None):
            mean, tenth = gains(found, peer, "fresh_expected"), gains(found, peer, "fresh_worst_tenth")
            mine = [r for r in found if r["peer"] == peer]
            if mean:
                lines.append((
                    size, f"{tightness}", peer, str(len(mean)), _percent(fmean(mean)), _percent(min(mean)),
                    str(sum(g < 0 for g in mean)), _percent(fmean(tenth)), _percent(min(tenth)),
                    str(sum(g < 0 for g in tenth)), str(sum(r["fresh_expected"] is None for r in mine)),
                    f"{fmean(r['cpu_seconds'] for r in mine):.0f}",
                ))  # fmt: skip
    title = {
        "en": "Ours over others in fresh futures, (ours − other) / |ours| in %: mean, and mean of the worst tenth",
        "ko": "새 미래에서 다른 방식보다 나은 정도, (우리 − 상대) / |우리| %: 평균과 하위 10% 평균",
    }
    heads = (
        "size",
        "load",
        "other",
        "seeds",
        "mean",
        "least",
        "below 0",
        "tenth",
        "least",
        "below 0",
        "none",
        "CPU s",
    )
    return Table(title, heads, tuple(lines))


def sources(rows: Sequence[Row]) -> Table:
    """What is lost when a kind of option is taken away."""
    lines = []
    for (size, tightness), found in _groups([r for r in rows if r["peer"] is None and not r["lumpy"]]):
        whole = {r["seed"]: r for r in found if r["restrict"] is None}
        for word in dict.fromkeys(r["restrict"] for r in found if r["restrict"]):
            pairs = [(whole[r["seed"]], r) for r in found if r["restrict"] == word and r["seed"] in whole]
            lost = [
                [(a[figure] - b[figure]) / max(abs(a[figure]), 1e-12) for a, b in pairs]
                for figure in ("fresh_expected", "fresh_worst_tenth")
            ]
            if pairs:
                cells = (_percent(fmean(part)) for part in lost)
                lines.append((size, f"{tightness}", word, str(len(pairs)), *cells))
    title = {
        "en": "Where it comes from: what is lost (%) in fresh futures without a kind of option",
        "ko": "어디서 오는가: 선택지 한 종류를 뺐을 때 새 미래에서 잃는 것(%)",
    }
    return Table(title, ("size", "load", "without", "seeds", "mean", "worst tenth"), tuple(lines))


def highs(rows: Sequence[Row]) -> Table:
    """What HiGHS has on the extensive form, and how soon ours has as much."""
    lines = []
    ours = {(r["size"], r["tightness"], r["seed"]): r for r in rows if r["peer"] is None and _pure(r)}
    for r in rows:
        mine = ours.get((r["size"], r["tightness"], r["seed"]))
        if r["peer"] != "highs" or not _pure(r) or mine is None:
            continue
        reached = next(
            (p[0] for p in r["curve"] if p[1] is not None and p[1] >= (r["value"] or 0.0) - 1e-6), None
        )
        sooner = time_to(mine, r["value"])
        times = "–" if sooner is None or reached is None else f"{reached / max(sooner, 1e-3):.0f}"
        lines.append((
            r["size"], f"{r['tightness']}", str(r["seed"]), f"{r['cpu_seconds']:.0f}", _money(r["value"]),
            _percent(r["gap"], 2), "–" if reached is None else f"{reached:.0f}", _money(mine["value"]),
            _percent(mine["gap"], 2), f"{mine['cpu_seconds']:.0f}", "–" if sooner is None else f"{sooner:.2f}", times,
        ))  # fmt: skip
    title = {
        "en": "HiGHS on the extensive form beside ours: value, gap (%), CPU s, and how soon ours has HiGHS's value",
        "ko": "확장형을 푼 HiGHS와 우리: 값, 격차(%), CPU 초, 우리가 HiGHS의 값에 이르는 시간",
    }
    heads = (
        "size",
        "load",
        "seed",
        "its CPU s",
        "its value",
        "its gap",
        "found at",
        "our value",
        "gap",
        "CPU s",
    )
    return Table(title, (*heads, "ours there at", "times sooner"), tuple(lines))


def time_to(row: Row, value: float | None) -> float | None:
    """CPU seconds until a choice's value reached ``value``."""
    if value is None:
        return None
    return next((p[0] for p in row["curve"] if p[1] is not None and p[1] >= value), None)
