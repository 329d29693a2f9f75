"""Files of another program, recognised by their columns, to the tables of the input."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from pursuit.intake.cells.habits import UNKNOWN, Habits
from pursuit.intake.cells.read import is_blank
from pursuit.intake.exports.binding import bind
from pursuit.intake.exports.known import ExportSpec, library, used_columns
from pursuit.intake.exports.mapping import latest_day, make_grids
from pursuit.intake.exports.naming import name_missing
from pursuit.intake.exports.records import Columns, Source, key
from pursuit.intake.exports.tablespec import ExportFileSpec
from pursuit.intake.findings import Findings, Place
from pursuit.intake.layout.grids import Grid
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME, find_column, find_sheet
from pursuit.intake.sheets.table import plain


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised: the tables made of it, the tables that are something else, and what was read as what."""

    made: list[Grid]
    rest: list[Grid]
    read_as: dict[str, str] = field(default_factory=dict)


ENOUGH = 4
"""Columns an export must have in common with a table before it is said to look like it."""


class _Match(NamedTuple):
    export: str
    file: str
    columns: frozenset[str]


def recognise(
    grids: Sequence[Grid], findings: Findings, as_of: date | None = None, habits: Habits = UNKNOWN
) -> Recognised:
    """Turn the tables of known exports into tables of the input; all others are handed back untouched.

    Tables in our own form go first: they are never taken for an export, and what they say of the firm, its
    accounts and its products counts. Several tables may belong to one export, and several may be the same
    file of it. A table that could be two exports is a fault, never a guess.

    Parameters
    ----------
    grids
        Every table that was laid out.
    findings
        Takes a warning per table with what it was read as and which of its columns were not used.
    as_of
        The day of the data, where it is given; else, without our own sheet ``company``, the latest day in
        the export stands in and is told.
    habits
        How the user says that days and decimals are written.
    """
    rest: list[Grid] = []
    bound: dict[str, dict[str, list[Grid]]] = {}
    read_as: dict[str, str] = {}
    for grid in grids:
        match = None if _is_ours(grid) else _recognised(grid, findings)
        if match is None:
            rest.append(grid)
        else:
            bound.setdefault(match.export, {}).setdefault(match.file, []).append(grid)
            spec = library()[match.export]
            read_as[f"{grid.file} {grid.title}"] = f"{spec.export.name} {spec.files[match.file].label}"
    made = [
        made for name, tables in bound.items() for made in _read(name, tables, rest, findings, as_of, habits)
    ]
    return Recognised(name_missing(made, rest, ("accounts", "products"), findings), rest, read_as)


def _is_ours(grid: Grid) -> bool:
    """Whether a table is one of our own sheets: named like it, with every column that must be there."""
    sheet = find_sheet(grid.title)
    if sheet is None:
        return False
    present = {column.name for header in grid.header if (column := find_column(sheet, header))}
    return bool(present) and all(column.name in present for column in sheet.columns if column.required)


def _recognised(grid: Grid, findings: Findings) -> _Match | None:
    """The one file of the one export that a table is; None for none, and where it could be two."""
    matches = [
        match
        for name, spec in library().items()
        for file, table in spec.files.items()
        if (match := _match(grid, name, file, table))
    ]
    best = [match for match in matches if all(match.columns >= other.columns for other in matches)]
    if not matches and find_sheet(grid.title) is None:
        _tell_near(grid, findings)
    if len(best) == 1 or not matches:
        return best[0] if best else None
    names = " / ".join(_label(match) for match in best or matches)
    problem, mend = "This could be more than one export: {names}.", "Say what it is with a mapping."
    findings.error(Place(grid.file, grid.title), "", problem, mend, names=names)
    return None


def _tell_near(grid: Grid, findings: Findings) -> None:
    """Say which export a table nearly is: all but one column of a signature, and much else, are there."""
    present = {key(grid.name(at)) for at in range(len(grid.header))}
    near: dict[int, dict[str, str]] = {}
    for spec in library().values():
        for table in (table for table in spec.files.values() if not table.titles):
            at = Columns(grid, table).at
            known = len({at[name] for name in table.columns if at[name] >= 0})
            for headers in table.signature if known >= ENOUGH else ():
                missing = [header for header in headers if key(header) not in present]
                if len(missing) == 1:
                    near.setdefault(known, {}).setdefault(f"{spec.export.name} {table.label}", missing[0])
    for label, column in near[max(near)].items() if near else ():
        problem, mend = (
            "It looks like {label}, but has no column {column}.",
            "Export that column too, or use a mapping.",
        )
        findings.warn(Place(grid.file, grid.title, grid.top), "", problem, mend, label=label, column=column)


def _label(match: _Match) -> str:
    spec = library()[match.export]
    return f"{spec.export.name} {spec.files[match.file].label}"


def _match(grid: Grid, export: str, file: str, spec: ExportFileSpec) -> _Match | None:
    if spec.titles and plain(grid.title.partition(".")[0]) not in map(plain, spec.titles):  # demand.part1
        return None
    present = {key(grid.name(at)) for at in range(len(grid.header))}
    if not any(present.issuperset(map(key, headers)) for headers in spec.signature):
        return None
    columns = Columns(grid, spec)
    return _Match(
        export, file, frozenset(grid.header[at] for name in spec.columns if (at := columns.at[name]) >= 0)
    )


def _read(
    name: str,
    tables: dict[str, list[Grid]],
    rest: Sequence[Grid],
    findings: Findings,
    as_of: date | None,
    habits: Habits,
) -> list[Grid]:
    """The tables of the input that the files of one export make."""
    before, spec = len(findings.errors), library()[name]
    specs = {own: table.told(habits) for own, table in spec.tables().items()}
    sources = bind(tables, specs, findings)
    for file, source in sources.items():
        _tell(spec, spec.files[file], used_columns(name, file), source, findings)
    if len(findings.errors) > before:
        return []
    made = make_grids(spec.sheets, sources, spec.export.name, findings) or []
    made = [grid for grid in made if grid.rows]
    if as_of is None and not any(_says_day(grid) for grid in rest):
        made += _dated(spec, sources, findings)
    return made


def _tell(
    spec: ExportSpec, table: ExportFileSpec, used: Collection[str], source: Source, findings: Findings
) -> None:
    """Say what each table was read as, what of it was not used, and what it lacks."""
    for part in source.parts:
        place = Place(part.grid.file, part.grid.title, part.grid.top)
        label = f"{spec.export.name} {table.label}"
        left = ", ".join(part.columns.left_out(used))
        problem = "Read as: {label}. Columns not used: {columns}." if left else "Read as: {label}."
        mend = "If it is something else, say so with a mapping."
        findings.warn(place, "", problem, mend, label=label, columns=left)
        if missing := part.columns.missing(table.useful):
            shown = ", ".join(table.columns[name][0] for name in missing)
            problem = "The export has no column {columns}; what depends on it stays empty."
            findings.warn(place, "", problem, "Add it to the export if it is kept.", columns=shown)


def _says_day(grid: Grid) -> bool:
    """Whether a table is the sheet company and its column of the day is filled in."""
    sheet = find_sheet(grid.title)
    if sheet is None or sheet.name != "company":
        return False
    columns = (find_column(sheet, header) for header in grid.header)
    at = next((at for at, column in enumerate(columns) if column and column.name == "as_of"), None)
    return at is not None and any(at < len(cells) and not is_blank(cells[at]) for _, cells in grid.rows)


def _dated(spec: ExportSpec, sources: dict[str, Source], findings: Findings) -> list[Grid]:
    """A frame of the latest day in the export, told; nothing where no day is found."""
    parts = [part for source in sources.values() for part in source.parts]
    known = [reference for reference in spec.export.latest if sources[reference.partition(".")[0]].parts]
    sheet, lang = SHEET_BY_NAME["company"], findings.words.lang
    place = Place(parts[0].grid.file, sheet.title(lang), 0, sheet.column("as_of").told(lang))
    day = latest_day(known, sources, place, findings)
    if day is None:
        return []
    problem = "Nothing says which day this data describes; the latest day in it, {day}, stands in."
    findings.warn(place, day, problem, "Pass the day, or add a sheet company with as_of.", day=day)
    header = ("as_of",)
    return [Grid(parts[0].grid.file, sheet.title(lang), header, ((0, (day,)),), (place.column,))]
