"""The race of all firms and policies: ``python -m benchmarks.replay --seeds 5 --out results.jsonl``.

Each run is a JSON line, written as soon as its seed is whole; a seed that is in the file already, at the same commit,
is not run again, so that a long race can be stopped and taken up. ``--docs results.jsonl`` puts the table into
docs/replay.md and its Korean page.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import fmean
from typing import Any

from pursuit.backtest.measures import Measures
from pursuit.backtest.policies import POLICIES
from pursuit.backtest.race import Figure, Race, Run, figure_of, race
from pursuit.cli.natures import FirmType, Made
from pursuit.cli.workers import usable_cpus, workers
from pursuit.words import format_money, format_percent

Line = dict[str, Any]
FIRM_SEED = 7
DOCS = Path(__file__).parents[1] / "docs"
MARKS = ("<!-- figures: made by python -m benchmarks.replay --docs -->", "<!-- end of figures -->")
HEADS = {
    "en": "firm|policy|profit, mean (95 % CI)|worst tenth|against `amount` (95 % CI)|ahead in|lowest cash|below floor|"
    "on time in full|overtime|utilisation|customers lost|not carried out|CPU s",
    "ko": "회사|결정 방식|이익 평균(95% 신뢰구간)|하위 10%|`amount` 대비(95% 신뢰구간)|앞선 횟수|최저 현금|"
    "하한 밑돌 확률|납기준수율|초과근무|가동률|이탈 고객사|계약 불이행|CPU 초",
}


def measured(
    firms: Sequence[str], policies: Sequence[str], seeds: int, weeks: int, count: int, known: Sequence[Line]
) -> Iterator[list[Line]]:
    """Lines of every seed of every firm that is not known yet, as they are done."""
    now = (weeks, commit())
    have = {
        (row["firm"], row["seed"], row["policy"]) for row in known if (row["weeks"], row["commit"]) == now
    }
    made = {name: POLICIES[name] for name in policies}
    with workers(count) as pool:
        for firm in firms:
            missing = [s for s in range(1, seeds + 1) if any((firm, s, p) not in have for p in policies)]
            for at in range(0, len(missing), count):
                part = missing[at : at + count]
                lived = race(Made(firm, FIRM_SEED), made, part, weeks=weeks, executor=pool)
                yield [_line(firm, weeks, run) for runs in lived.runs.values() for run in runs]


def _line(firm: str, weeks: int, run: Run) -> Line:
    told = {"firm": firm, "policy": run.policy, "seed": run.seed, "weeks": weeks, "commit": commit()}
    return told | {"cpu_seconds": round(run.cpu_seconds, 2)} | asdict(run.measures)


def commit() -> str:
    """The commit the program stands at, with a + where files differ from it."""
    command = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def race_of(lines: Sequence[Line], firm: str) -> Race:
    """The race of a firm put together from its lines, of the seeds that every policy has run."""
    names = list(Measures.__dataclass_fields__)
    found: dict[str, dict[int, Run]] = {}
    for row in lines:
        if row["firm"] == firm:
            run = Run(
                row["policy"], row["seed"], Measures(*(row[n] for n in names)), (), (), row["cpu_seconds"]
            )
            found.setdefault(run.policy, {})[run.seed] = run
    whole = sorted(set.intersection(*(set(runs) for runs in found.values())))
    return Race({name: tuple(runs[seed] for seed in whole) for name, runs in found.items()})


def table(lines: Sequence[Line], lang: str) -> str:
    """The race of every firm in the lines as a Markdown table."""
    heads = HEADS[lang].split("|")
    rows = [heads, ["---"] * 2 + ["---:"] * (len(heads) - 2)]
    for firm in dict.fromkeys(row["firm"] for row in lines):
        lived = race_of(lines, firm)
        rows += [[firm, f"`{name}`", *_cells(lived, name, lang)] for name in lived.runs]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _cells(lived: Race, name: str, lang: str) -> list[str]:
    def money(amount: float) -> str:
        return format_money(amount, lang).replace("-", "−", 1)

    def ends(figure: Figure) -> str:
        return f"{money(figure.mean)} ({money(figure.low)} ~ {money(figure.high)})"

    def share(field: str, digits: int = 0) -> str:
        return format_percent(lived.figure(name, field).mean, lang, digits)

    runs = lived.runs[name]
    many = len(runs) > 1
    profit, ahead = lived.figure(name, "profit"), lived.ahead(name, "amount")
    better = sum(
        a.measures.profit > b.measures.profit for a, b in zip(runs, lived.runs["amount"], strict=True)
    )
    other = name != "amount"
    return [
        ends(profit) if many else money(profit.mean),
        money(lived.worst_tenth(name)),
        (ends(ahead) if many else money(ahead.mean)) if other else "–",
        f"{better}/{len(runs)}" if other else "–",
        money(lived.figure(name, "lowest_cash").mean),
        format_percent(figure_of([float(run.measures.weeks_below > 0) for run in runs]).mean, lang),
        share("on_time"),
        share("overtime", 1),
        share("utilisation"),
        f"{lived.figure(name, 'lost_customers').mean:.1f}",
        f"{lived.figure(name, 'breached').mean:.1f}",
        f"{fmean(run.cpu_seconds for run in runs):.1f}",
    ]


def into_docs(lines: Sequence[Line]) -> None:
    """Put the table, with what it was made of, between the marks of both pages."""
    made = ", ".join(dict.fromkeys(row["commit"] for row in lines))
    weeks = ", ".join(dict.fromkeys(str(row["weeks"]) for row in lines))
    counts = sorted({len(next(iter(race_of(lines, f).runs.values()))) for f in {r["firm"] for r in lines}})
    seeds = " / ".join(map(str, counts))
    notes = {
        "en": f"Commit {made}; {weeks} weeks, {seeds} seeds for each firm (firm seed {FIRM_SEED}).",
        "ko": f"커밋 {made}. {weeks}주, 회사마다 시드 {seeds}개(회사 시드 {FIRM_SEED}).",
    }
    for page, lang in (("replay.md", "en"), ("replay.ko.md", "ko")):
        text = (DOCS / page).read_text("utf-8")
        before, after = text.split(MARKS[0])[0], text.split(MARKS[1])[1]
        body = f"{MARKS[0]}\n\n{notes[lang]}\n\n{table(lines, lang)}\n\n{MARKS[1]}"
        (DOCS / page).write_text(before + body + after, encoding="utf-8")


def _read(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def main(arguments: Sequence[str] | None = None) -> None:
    """Race and print, or put what was raced into the pages."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replay", description=__doc__)
    parser.add_argument("--firm", action="append", choices=[f.value for f in FirmType])
    parser.add_argument("--policy", action="append", choices=list(POLICIES))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--workers", type=int, default=usable_cpus())
    parser.add_argument("--out", type=Path, help="file of JSON lines to add to")
    parser.add_argument("--docs", type=Path, metavar="FILE", help="only put this file's table into the pages")
    told = parser.parse_args(arguments)
    if told.docs:
        into_docs(_read(told.docs))
        return
    lines = _read(told.out) if told.out else []
    firms = told.firm or [firm.value for firm in FirmType]
    policies = list(dict.fromkeys(["amount", *(told.policy or POLICIES)]))  # what all are compared with
    for found in measured(firms, policies, told.seeds, told.weeks, told.workers, lines):
        lines += found
        if told.out:
            with told.out.open("a", encoding="utf-8") as stream:
                stream.writelines(json.dumps(line) + "\n" for line in found)
    print(table([row for row in lines if row["firm"] in firms], "en"))


if __name__ == "__main__":
    main()
