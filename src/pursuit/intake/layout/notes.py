"""Notes about units above a table and below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pursuit.intake.layout.looks import text_of
from pursuit.intake.layout.page import Page
from pursuit.intake.layout.tables import Part
from pursuit.intake.layout.units import ONE, Note, read_note

_SPEAKS = re.compile(r"단위\s*[:：는은]|[천만억]\s*원|\b(?:thousand|million|billion)s?\b", re.IGNORECASE)


def note_above(page: Page, part: Part) -> Note | None:
    """What the lines above a table, or a cell beside its header, say its figures are counted in.

    A unit that is not known, or that could belong to several columns, is asked about.
    """
    above, header = page.lines[part.above : part.first], page.lines[part.first : part.last + 1]
    cells = [(number, text_of(value)) for number, line in above for value in line if isinstance(value, str)]
    cells += [(number, text_of(v)) for number, line in header for v in line if not page.is_known(v)]
    found = [(number, note) for number, text in cells if (note := read_note(text))]
    if not found:
        return None
    number, note = found[0]
    if any(other.units != note.units for _, other in found):
        note = Note(
            "; ".join(each.text for _, each in found), tuple(u for _, each in found for u in each.units)
        )
    return note if _is_sound(page, number, note) else None


def _is_sound(page: Page, row: int, note: Note) -> bool:
    """Whether a note says one thing about sums of money and nothing that cannot be applied."""
    money = [unit for unit in note.units if unit.kind in ("money", "figure")]
    if not note.units:
        problem, mend = (
            "The unit in this note is not known.",
            "Write it like (단위: 천원) or Unit: KRW thousand.",
        )
        page.ask(row, note.text, problem, mend)
    elif len(set(money)) > 1 or any(unit.kind == "pieces" and unit.scale != ONE for unit in note.units):
        problem, mend = (
            "The note does not say which columns are counted in which unit.",
            "Write the unit into the header of each column.",
        )
        page.ask(row, note.text, problem, mend)
    elif any(unit.unclear for unit in money):
        problem, mend = "The sign of the currency belongs to several.", "Write its three letters, like USD."
        page.ask(row, note.text, problem, mend)
    else:
        return True
    return False


def note_below(page: Page, notes: Sequence[tuple[int, str]]) -> None:
    """Ask about notes below a table that speak of a unit: they may concern its sums."""
    for number, text in notes:
        if read_note(text) or _SPEAKS.search(text):
            problem, mend = (
                "A note below the table speaks of a unit, which was not applied.",
                "Write it above the table, like (단위: 천원).",
            )
            page.ask(number, text, problem, mend)
