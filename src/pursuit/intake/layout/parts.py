"""One table of a sheet to a grid: what is no record left out, what holds for several rows filled in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pursuit.intake.cells.read import is_blank
from pursuit.intake.findings import Place
from pursuit.intake.layout.grids import Grid
from pursuit.intake.layout.levels import Rows, fill_merged, header_names
from pursuit.intake.layout.lines import find_notes, find_repeats, looks_grouped
from pursuit.intake.layout.looks import holds, text_of
from pursuit.intake.layout.notes import note_above, note_below
from pursuit.intake.layout.page import Page, cell, listed
from pursuit.intake.layout.tables import Part
from pursuit.intake.layout.totals import check_sums, find_totals, label_of
from pursuit.intake.layout.units import read_note, split_header
from pursuit.intake.sheets.catalogue import is_mark_header

_RATE = re.compile(
    r"단가|율$|률$|평균|가격|확률|price|rate|average|avg|probability|percent|%|share", re.IGNORECASE
)
FINE = "Nothing, if that is right."


def make_grid(page: Page, part: Part, title: str) -> Grid:
    """The grid of one table, everything not taken as it stands told."""
    rows = page.lines[part.last + 1 : part.end]
    top = page.lines[part.first][0]
    _tell_above(page, part, title)
    _tell_hidden(page, rows, top, title)
    rows = _without_repeats(page, part, rows, title)
    rows = _filled(page, rows, title)
    header, rows, left = _cut(header_names(page, part.first, part.last), rows, part)
    header, rows = _fitted(page, header, rows, top)
    units = [split_header(name) for name in header]
    rows, below = _without_notes(page, header, rows, title)
    rows = _without_totals(page, header, rows, title)
    _tell_grouped(page, header, rows, top, title)
    note = note_above(page, part)
    if note is None and not any(unit for _, unit in units):
        note_below(page, below)
    has_units = any(unit for _, unit in units)
    return Grid(
        page.raw.file,
        title,
        header,
        tuple(rows),
        top=top,
        left=left + 1,
        names=tuple(name for name, _ in units) if has_units else (),
        units=tuple(unit for _, unit in units) if has_units else (),
        note=note,
    )


def _tell_above(page: Page, part: Part, title: str) -> None:
    """Lines above a header are titles; those that look like data are told."""
    above = [at for at in range(part.above, part.first) if page.look(at).width > 2 and page.look(at).typed]
    if above:
        numbers = [page.lines[at][0] for at in above]
        problem = "Lines above the header were not read (rows {rows})."
        page.warn(
            page.place(title, numbers[0]),
            _shown(page.lines[above[0]][1]),
            problem,
            FINE,
            rows=listed(numbers),
        )


def _tell_hidden(page: Page, rows: Rows, top: int, title: str) -> None:
    mend = "Delete what should not count: a filter only hides it."
    numbers = [number for number, _ in rows if number in page.raw.hidden_rows] if page.raw.hidden_rows else []
    if numbers:
        problem = "Hidden rows were read like the others (rows {rows})."
        page.warn(page.place(title, numbers[0]), "", problem, mend, rows=listed(numbers))
    if page.raw.hidden_columns and rows:
        problem = "Hidden columns were read like the others (columns {columns})."
        page.warn(page.place(title, top), "", problem, mend, columns=listed(sorted(page.raw.hidden_columns)))
    if page.raw.hidden and page.ours and rows:
        page.warn(page.place(title, top), "", "This sheet is hidden; it was read like the others.", mend)


def _without_repeats(page: Page, part: Part, rows: Rows, title: str) -> Rows:
    header, above = page.lines[part.first : part.last + 1], page.lines[part.above : part.first]
    repeats = find_repeats(rows, header, above)
    if repeats:
        numbers = [rows[at][0] for at in sorted(repeats)]
        problem = "The header is printed again below and was left out there (rows {rows})."
        page.warn(page.place(title, numbers[0]), "", problem, FINE, rows=listed(numbers))
    return _without(rows, repeats)


def _without(rows: Rows, left_out: Sequence[int] | set[int]) -> Rows:
    return [row for at, row in enumerate(rows) if at not in left_out] if left_out else rows


def _filled(page: Page, rows: Rows, title: str) -> Rows:
    """Rows with the values merged down over them."""
    if not page.raw.merged:
        return rows
    last = rows[-1][0] if rows else 0
    area = sum(min(block.bottom, last) - block.top for block in page.raw.merged if block.top <= last)
    if area > (last + 1) * max(len(cells) for _, cells in page.lines):
        problem, mend = "Merged cells lie over each other.", "Undo the merges, and save the file again."
        page.ask(rows[0][0], "", problem, mend)
        return rows
    _ask_about_figures(page, rows)
    rows, numbers = fill_merged(rows, page.raw.merged)
    if numbers:
        problem = "The value of merged cells was taken for every row they cover (rows {rows})."
        page.warn(page.place(title, numbers[0]), "", problem, FINE, rows=listed(numbers))
    return rows


def _ask_about_figures(page: Page, rows: Rows) -> None:
    """Ask what a figure merged down over several records is: that of each, or the sum of them all."""
    cells_of = dict(rows)
    for block in page.raw.merged:
        value = cell(cells_of.get(block.top, ()), block.left - 1)
        covered = [number for number in range(block.top, block.bottom + 1) if number in cells_of]
        if len(covered) > 1 and isinstance(value, int | float) and not isinstance(value, bool):
            problem, mend = (
                "A figure stands in one cell merged over several rows; it may be that of each, or their sum.",
                "Undo the merge, and write the figure of each row.",
            )
            page.ask(block.top, value, problem, mend)


def _cut(header: tuple[str, ...], rows: Rows, part: Part) -> tuple[tuple[str, ...], Rows, int]:
    """Header and rows without the columns that belong to other tables, or are blank at the left."""
    left, right = part.left, part.right
    while right is None and left < len(header) and not header[left] and _is_blank(rows, left):
        left += 1
    if left == 0 and right is None:
        return header, rows, 0
    cut = [(number, cells[left:right]) for number, cells in rows]
    return header[left:right], [row for row in cut if holds(row[1])], left


def _is_blank(rows: Rows, column: int) -> bool:
    return all(is_blank(cell(cells, column)) for _, cells in rows)


def _fitted(page: Page, header: tuple[str, ...], rows: Rows, top: int) -> tuple[tuple[str, ...], Rows]:
    """The header without blank columns and notes about units at its end; rows that are longer are asked about."""
    width = len(header)
    longer = [number for number, cells in rows if len(cells) > width and holds(cells[width:])]
    if longer:
        problem = "Rows hold more cells than the header has names (rows {rows})."
        mend = "Name every column; put a figure with a comma in quotation marks, for a comma parts cells."
        page.ask(longer[0], "", problem, mend, rows=listed(longer))
    names = list(header)
    for at in range(width - 1, -1, -1):
        noted = names[at] and not page.is_known(names[at]) and read_note(names[at])
        if (names[at] and not noted) or not _is_blank(rows, at):
            break
        names.pop()
    return tuple(names), rows


def _without_notes(
    page: Page, header: tuple[str, ...], rows: Rows, title: str
) -> tuple[Rows, list[tuple[int, str]]]:
    """Rows without the notes below them, and the notes."""
    notes = find_notes(rows, sum(map(bool, header)))
    texts = [(rows[at][0], _shown(rows[at][1])) for at in notes]
    if notes:
        problem = "Notes below the table were left out (rows {rows})."
        numbers = [number for number, _ in texts]
        page.warn(page.place(title, numbers[0]), texts[0][1], problem, FINE, rows=listed(numbers))
    return _without(rows, set(notes)), texts


def _without_totals(page: Page, header: tuple[str, ...], rows: Rows, title: str) -> Rows:
    """Rows without the lines of sums, which are counted, named and checked."""
    sums, kept = find_totals(rows, sum(map(bool, header)))
    for at in sorted(kept):
        problem = "This row looks like a sum, but is not that of the rows above; it was read as a record."
        page.warn(page.place(title, rows[at][0]), _shown(rows[at][1]), problem, "Delete it, if it is a sum.")
    if not sums:
        return rows
    ordered = sorted(sums)
    numbers = [rows[at][0] for at in ordered]
    labels = [label_of(rows[at][1]) for at in ordered]
    problem = "{count} lines of sums were left out (rows {rows})."
    shown = "; ".join(dict.fromkeys(labels))
    page.warn(page.place(title, numbers[0]), shown, problem, FINE, count=len(numbers), rows=listed(numbers))
    rates = {at for at, name in enumerate(header) if _RATE.search(name)}
    gaps, _ = check_sums(rows, sums, rates=rates)
    for gap in gaps:
        place = Place(page.raw.file, title, gap.row, header[gap.column] if gap.column < len(header) else "")
        problem = "The sum written here differs by {gap} from the rows above it ({sum})."
        mend = "Look for rows that are missing or counted twice."
        page.findings.warn(
            place, f"{gap.figure:,f}", problem, mend, gap=f"{gap.figure - gap.rows:+,f}", sum=f"{gap.rows:,f}"
        )
    return _without(rows, sums)


def _tell_grouped(page: Page, header: tuple[str, ...], rows: Rows, top: int, title: str) -> None:
    """A first column that stands once per group is read as it is, and told."""
    at = next((at for at, name in enumerate(header) if name and not is_mark_header(name)), None)
    grouped = looks_grouped(rows, at) if at is not None else None
    if at is not None and grouped:
        problem = "Blank cells in this column look like merged ones; they were read as blank ({count} rows)."
        mend = "Fill them in, if the value above holds for them, too."
        place = Place(page.raw.file, title, grouped[0], header[at])
        page.findings.warn(place, "", problem, mend, count=f"{grouped[1]:,}")


def _shown(cells: Sequence[Any]) -> str:
    return ", ".join(filter(None, map(text_of, cells)))
