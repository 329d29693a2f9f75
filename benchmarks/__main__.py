"""Tables of quality, memory, time and worth: ``python -m benchmarks [--full] [--out FILE]``.

Every row is measured in a process of its own, one after the other, so that its peak memory is its own. Rows are kept in
``--out``; a long run can be stopped and taken up at the same commit. ``--docs`` puts what the file knows into
docs/benchmarks.md and its Korean page.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table as Screen

from benchmarks.selection.cases import full, measured, quick, read
from benchmarks.selection.measure import Row
from benchmarks.selection.tables import Table, tables

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "out" / "choices.jsonl"
MARKS = ("<!-- figures: made by python -m benchmarks --docs -->", "<!-- end of figures -->")
ALSO = ("intake --rows 1000 10000", "mapping --held-out", "replay --seeds 2")
ALSO_FULL = ("intake", "mapping --held-out", "replay --seeds 10")
CONSOLE = Console(width=130)


def show(table: Table) -> None:
    """One table on the screen."""
    screen = Screen(title=table.title["en"], title_justify="left")
    for column in table.columns:
        screen.add_column(column, justify="right")
    for row in table.rows:
        screen.add_row(*row)
    CONSOLE.print(screen)


def into_docs(rows: Sequence[Row]) -> None:
    """Put the tables, with the commits they were measured at, between the marks of both pages."""
    made = ", ".join(dict.fromkeys(row["commit"] for row in rows))
    notes = {"en": f"Commit {made}.", "ko": f"커밋 {made}."}
    for page, lang in (("benchmarks.md", "en"), ("benchmarks.ko.md", "ko")):
        text = (ROOT / "docs" / page).read_text("utf-8")
        before, after = text.split(MARKS[0])[0], text.split(MARKS[1])[1]
        body = "\n\n".join(
            [MARKS[0], notes[lang], *(table.markdown(lang) for table in tables(rows)), MARKS[1]]
        )
        (ROOT / "docs" / page).write_text(before + body + after, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print, or put what was measured into the pages."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--full", action="store_true", help="ten seeds of S and M, two of L, HiGHS with 300 s; a night"
    )
    parser.add_argument("--huge", action="store_true", help="with --full, XL as well")
    parser.add_argument("--choice", action="store_true", help="only the choice, not the other tables")
    parser.add_argument("--out", type=Path, default=KEPT, help="file of JSON lines to add to")
    parser.add_argument("--docs", action="store_true", help="only put that file's tables into the pages")
    told = parser.parse_args(arguments)
    if told.docs:
        into_docs(read(told.out))
        return
    rows = []
    for row in measured(full(told.huge) if told.full else quick(), told.out):
        rows.append(row)
        CONSOLE.print(
            f"[dim]{row['size']} {row['seed']} {row['tightness']} {row['peer'] or row['restrict'] or 'ours'}"
        )
    for table in tables(rows):
        show(table)
    if not told.choice:
        for command in ALSO_FULL if told.full else ALSO:
            name, *rest = command.split()
            subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *rest], check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
