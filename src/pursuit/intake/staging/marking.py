"""An input and everything found in it, as a workbook with the faulty cells marked."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

from pursuit.errors import Fault
from pursuit.intake.binder.binder import is_binder
from pursuit.intake.binder.current import Current, current_files
from pursuit.intake.cells.habits import UNKNOWN, Habits
from pursuit.intake.exports.spec import load_mapping
from pursuit.intake.files.raw import RawTable
from pursuit.intake.files.reading import read_files
from pursuit.intake.findings import Findings
from pursuit.intake.reading import read_into
from pursuit.intake.writing.marked import write_marked


def check_marked(
    path: str | Path,
    out: str | Path,
    *,
    mapping: str | Path | None = None,
    as_of: date | None = None,
    habits: Habits = UNKNOWN,
    lang: str = "en",
) -> tuple[Fault, ...]:
    """Check an input as `pursuit.intake.check` does, and write its tables to ``out`` with every fault marked.

    Parameters
    ----------
    path, mapping, as_of, habits, lang
        As in `pursuit.intake.check`; ``path`` may be a binder too.
    out
        The .xlsx file to write.

    Returns
    -------
    tuple
        Every error, then one warning of each kind.

    Raises
    ------
    InputError
        When ``out`` cannot be written.
    """
    findings = Findings(lang)
    with ExitStack() as stack:
        aside = Path(mapping) if mapping else None
        source: Current | None = Current(Path(path), aside, as_of, habits.dates, habits.decimals)
        if is_binder(Path(path)):
            kept = stack.enter_context(current_files(Path(path), findings))
            source = kept and Current(
                kept.folder,
                aside or kept.mapping,
                as_of or kept.as_of,
                habits.dates or kept.dates,
                habits.decimals or kept.decimals,
            )
        raws: list[RawTable] = []
        if source is not None:
            declared = replace(habits, dates=source.dates, decimals=source.decimals)
            read_into(findings, source.folder, source.mapping, source.as_of, declared)
            raws = _tables(source)
    errors = tuple(sorted(findings.errors))
    write_marked(out, raws, (*errors, *sorted(findings.every_warning)), lang)
    return (*errors, *findings.warnings)


def _tables(source: Current) -> list[RawTable]:
    """The tables as read; their faults were told already."""
    unheard = Findings("en")
    if not source.folder.exists():
        return []
    spec = load_mapping(source.mapping, unheard) if source.mapping else None
    if spec is None:
        return read_files(source.folder, unheard)[0]
    delimiters = {file.file: file.delimiter for file in spec.files.values()}
    return read_files(source.folder, unheard, set(delimiters), delimiters)[0]
