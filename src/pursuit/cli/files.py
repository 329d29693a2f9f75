"""A plan's files: written whole or not at all, and read back."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from pursuit.errors import Fault, InputError
from pursuit.words import Words

PLAN = "plan.json"
REPORT = "plan.html"


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """A file to write beside ``path``, which takes its place only if all goes well."""
    part = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def save_plan(plan: Mapping[str, Any], folder: Path, lang: str) -> None:
    """Write ``plan.json`` and ``plan.html``, both or none."""
    from pursuit.report import write_report

    with staged(folder / PLAN) as data, staged(folder / REPORT) as page:
        data.write_text(json.dumps(plan, ensure_ascii=False, indent=1, allow_nan=False), encoding="utf-8")
        write_report(plan, page, lang)


def load_plan(path: Path, words: Words) -> Any:
    """The document in a plan file or in a folder that holds ``plan.json``; not judged yet.

    Raises
    ------
    InputError
        When there is none, or it is no JSON.
    """
    file = path / PLAN if path.is_dir() else path
    try:
        return json.loads(file.read_text("utf-8"), parse_constant=_refuse)
    except FileNotFoundError:
        problem, mend = words("There is no such file."), words("Make a plan with: pursuit plan INPUT -o DIR")
    except (ValueError, RecursionError):
        problem, mend = words("This is no plan."), words("Name a plan.json or the folder that holds it.")
    raise InputError([Fault(str(file), "", 0, "", "", problem, mend)])


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def save_faults(faults: Iterable[Fault], path: Path) -> None:
    """Write faults as a CSV file that spreadsheet programs open with Korean intact."""
    from pursuit.intake.files.delimited import guard

    with staged(path) as part, part.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("severity", "file", "sheet", "row", "column", "value", "problem", "mend"))
        for f in faults:
            texts = (f.severity, f.file, f.sheet, str(f.row or ""), f.column, f.value, f.problem, f.mend)
            writer.writerow([guard(text) for text in texts])
