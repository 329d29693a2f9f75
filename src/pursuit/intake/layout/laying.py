"""Raw tables to grids: where the header stands and which lines are data."""

from __future__ import annotations

from pursuit.intake.files.raw import RawTable
from pursuit.intake.findings import Findings
from pursuit.intake.layout.grids import Grid
from pursuit.intake.layout.headers import find_header, is_crosstab, is_transposed
from pursuit.intake.layout.levels import header_lines, header_names
from pursuit.intake.layout.looks import Knows, text_of
from pursuit.intake.layout.page import Page
from pursuit.intake.layout.parts import make_grid
from pursuit.intake.layout.tables import Part, next_header, start_of, tables_below, tables_beside, title_of
from pursuit.intake.layout.units import ONE
from pursuit.intake.sheets.catalogue import find_sheet, is_readme

__all__ = ["Knows", "lay_out"]


def lay_out(raw: RawTable, findings: Findings, knows: Knows, header_row: int = 0) -> list[Grid]:
    """The tables on one sheet, usually one; none where it holds nothing.

    Titles above a header, sums, notes and headers printed again are left out, merged cells are filled and
    units are noted; each is told. What could be laid out in two ways is asked about: a fault where the sheet
    is one that is read (its title, a header on it or a declaration says so), else a warning.

    Parameters
    ----------
    raw
        The sheet as read.
    findings
        Takes a warning for every line or cell that was not taken as it stands.
    knows
        Tells headers from data.
    header_row
        Row of the header where it is declared; 0 leaves it to be found.
    """
    page = Page.of(raw, knows, findings)
    if not page.lines:
        return []
    if is_readme(raw.title):
        return [_plain(page)]
    start = next((at for at, (number, _) in enumerate(page.lines) if number >= header_row), None)
    if start is None:
        problem, mend = (
            "There is nothing at the row that is declared as the header.",
            "Correct header_row in the mapping.",
        )
        page.ask(header_row, "", problem, mend)
        return []
    parts = _declared(page, start) if header_row else _found(page)
    if parts is None:
        return []
    several = len(parts) > 1
    grids = [make_grid(page, part, _titled(page, part, several)) for part in parts]
    if several:
        _check_notes(page, grids)
    return grids


def _check_notes(page: Page, grids: list[Grid]) -> None:
    """Ask where one table of a sheet has a note about units and another has none: it may mean both."""
    noted = next((grid for grid in grids if grid.money_scale != ONE), None)
    for grid in grids:
        if noted and grid.note is None and not any(grid.units):
            problem, mend = (
                "Another table on this sheet has a note about its unit; this one has none.",
                "Write the unit above each table.",
            )
            page.ask(grid.top, noted.note.text if noted.note else "", problem, mend)


def _plain(page: Page) -> Grid:
    """The first line as the header, and nothing asked."""
    top, header = page.lines[0]
    return Grid(page.raw.file, page.raw.title, tuple(map(text_of, header)), tuple(page.lines[1:]), top=top)


def _found(page: Page) -> list[Part] | None:
    """The tables of a sheet of which nothing is declared."""
    page.ours = find_sheet(page.raw.title) is not None or any(
        page.look(at).known >= 2 for at in range(min(30, len(page.lines)))
    )
    if is_transposed(page):
        problem = "The names of the columns stand below each other, the records side by side."
        mend = "Turn the table round: copy it, and paste it with Transpose."
        page.ask(page.lines[0][0], text_of(page.lines[0][1][0]), problem, mend)
        return None
    at = find_header(page)
    below = None if at is None else tables_below(page, at)
    if below is None:
        return None
    parts: list[Part] = []
    for part in below:
        beside = None if _is_crosstab(page, part) else tables_beside(page, part)
        if beside is None:
            return None
        parts += beside
    return parts


def _is_crosstab(page: Page, part: Part) -> bool:
    """Whether a table counts periods across, and the question that follows."""
    names = header_names(page, part.first, part.last)
    cells = page.lines[part.last][1]
    if not is_crosstab(cells if part.first == part.last else names, page.look(part.last)):
        return False
    problem = "The table shows periods side by side; it cannot be read as rows."
    mend = "Give each period a row of its own: unpivot the table, or export the list it was made from."
    page.ask(page.lines[part.first][0], ", ".join(filter(None, names)), problem, mend)
    return True


def _declared(page: Page, start: int) -> list[Part]:
    """The one table whose header is declared; a table of its own below it is not read, and told."""
    first, last = header_lines(page, start, start)
    found = next((at for at in next_header(page, first, last) if at is not None), None)
    if found is None:
        return [Part(0, first, last, len(page.lines))]
    problem = "A table of its own follows the one whose header is declared; it was not read."
    mend = "Name it in the mapping, too, if it is needed."
    page.warn(page.place(page.raw.title, page.lines[found][0]), "", problem, mend)
    return [Part(0, first, last, start_of(page, found))]


def _titled(page: Page, part: Part, several: bool) -> str:
    """The title of a table: its sheet's, with the title above it where it is needed to tell what it is."""
    title, own = page.raw.title, title_of(page, part)
    if own and (several or (find_sheet(title) is None and find_sheet(own))):
        return f"{title} · {own}"
    return title
