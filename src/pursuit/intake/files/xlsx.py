"""The parts of an .xlsx workbook, read through once before its reader may make room for what they claim.

Most sheets are looked at quickly, by their cell references alone; a stretch with formulas, errors or cells without a
reference is read closely, cell by cell. Every pattern here takes time in proportion to the text, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from pursuit.intake.files.facts import Facts, check_spans, column_number
from pursuit.intake.files.file_error import FileError
from pursuit.intake.files.limits import MOST_COLUMNS
from pursuit.intake.files.packing import Part, refuse_contradiction, unpack

_NO_CELL = 2**16
"""Bytes without the beginning of a cell or row, after which a part may be cut anywhere."""
_READ = (".xml", ".rels", ".vml")
_BOOK, _LINKS, _TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[content_types].xml"
_STYLES, _MOST_FORMATS = "xl/styles.xml", 65_490  # as Excel's specifications and limits say
_PREFIXED = re.compile(rb":(?:row|c)[\s/>]")
_PLAIN_ROW = re.compile(rb"<row(?=[\s/>])([^>]*)>")
_USUAL_PLACE = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_PLAIN_PLACE = re.compile(rb"""<c\s[^>]*?\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_FORMULA = re.compile(rb"<f[\s/>]")
_CLOSELY = re.compile(
    rb"<(?:\w+:)?(?:row(?=[\s/>])([^>]*)>|c(?=[\s/>])([^>]*)>"
    rb"(?:\s*<(?:\w+:)?f(?=[\s/>])([^>]*?)(?:/>|>[^<]*</(?:\w+:)?f\s*>))?"
    rb"(?:\s*<(?:\w+:)?v(?=[\s/>])[^>]*>([^<]*))?)"
)
_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d{1,7})["']""")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([^"']*)["']""")
_PLACE = re.compile(rb"([A-Za-z]{1,3})(\d{1,7})")
_TYPE = re.compile(rb"""\bt\s*=\s*["'](\w+)["']""")
_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_COLUMNS = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ENDS = re.compile(rb"""\b(min|max)\s*=\s*["'](\d{1,7})["']""")
_DIMENSION = re.compile(rb"""<(?:\w+:)?dimension\s[^>]*?\bref\s*=\s*["']([^"']*)["']""")
_EXTENT = re.compile(rb"(?:[A-Za-z]{1,3}\d{1,7}:)?([A-Za-z]{1,3})(\d{1,7})")


def check_names(parts: Iterable[Part]) -> None:
    """Refuse a workbook by the names of its parts: one with macros, with links to other files, or of another kind."""
    names = {part.name.casefold() for part in parts}
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        refuse_macros()
    if any(name.startswith("xl/externallinks/") for name in names):
        refuse_links()
    if "xl/workbook.bin" in names:
        raise FileError("This is a binary workbook (.xlsb).", "Save it again as .xlsx.")
    if "content.xml" in names and "mimetype" in names:
        raise FileError("This is an OpenDocument file.", "Save it again as .xlsx.")


def is_workbook(parts: Iterable[Part]) -> bool:
    """Whether a zip is meant as an Office document and not as a parcel of tables."""
    return any(part.name.casefold() == _TYPES or part.name.casefold().startswith("xl/") for part in parts)


def measure(stream: BinaryIO, parts: list[Part]) -> dict[str, Facts]:
    """By sheet name, what every sheet of a workbook holds besides its values.

    Raises
    ------
    FileError
        When a part is not what it claims, defines entities, or spans too much; when there are macros or links.
    """
    kept: dict[str, bytes] = {}
    facts: dict[str, Facts] = {}
    for part in parts:
        name = part.name.casefold()
        if not name.endswith(_READ):
            continue
        pieces = _safe(unpack(stream, part))
        if name == _STYLES:
            pieces = _few_formats(pieces)
        if name in (_BOOK, _LINKS, _TYPES):
            kept[name] = b"".join(pieces)
        else:
            facts[name] = _scan(pieces)
    if b"macroEnabled" in kept.get(_TYPES, b""):
        refuse_macros()
    if b'/externalLink"' in kept.get(_LINKS, b"") or b"/externalLink'" in kept.get(_LINKS, b""):
        refuse_links()
    check_spans(facts.values())
    return {sheet: facts[name] for sheet, name in _sheets(kept).items() if name in facts}


def _safe(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a part, as long as it is plain XML in UTF-8 that defines nothing of its own."""
    tail = b""
    for piece in pieces:
        seen = tail + piece
        if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
            raise FileError(
                "The file defines XML entities; no spreadsheet program does.", "Save it again as .xlsx."
            )
        if b"\0" in piece:
            raise FileError("The file is cut off or damaged.", "Export or save it again.")
        tail = seen[-8:]
        yield piece


def _few_formats(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of the styles, as long as they are no more than a spreadsheet program can keep."""
    formats = 0
    for piece in pieces:
        formats += piece.count(b"xf ") + piece.count(b"xf/")
        if formats > 2 * _MOST_FORMATS:
            refuse_contradiction()
        yield piece


def _scan(pieces: Iterable[bytes]) -> Facts:
    """What a part holds, if it is a sheet; looked at in stretches that end between two cells."""
    scanner = _Scanner()
    rest: list[bytes] = []
    for piece in pieces:
        cut = max(piece.rfind(b"<row"), piece.rfind(b"<c "), piece.rfind(b":c "))
        no_sheet = cut < 0 and len(piece) > _NO_CELL
        cut = piece.rfind(b"<", 0, None if no_sheet else cut + 1)
        if cut > 0:
            scanner.look(b"".join((*rest, piece[:cut])))
            rest = [piece[cut:]]
        else:
            rest.append(piece)
    scanner.look(b"".join(rest))
    return scanner.facts


class _Scanner:
    """Gathers the facts of one sheet; knows the row and column it has come to."""

    def __init__(self) -> None:
        self.facts = Facts()
        self._row = self._column = 0

    def look(self, text: bytes) -> None:
        if found := b"dimension" in text and _DIMENSION.search(text):
            self._claim(found[1])
        if not self.facts.cells:
            self._enter_columns(text)
        self.facts.merged += text.count(b"mergeCell ")
        prefixed = _PREFIXED.search(text) is not None
        if prefixed or b'"e"' in text or b"'e'" in text or _FORMULA.search(text):
            self._look_closely(text)
            return
        cells = text.count(b"<c") - text.count(b"<col")
        places = _USUAL_PLACE.findall(text)
        if len(places) != cells:
            places = _PLAIN_PLACE.findall(text)
        if len(places) != cells:
            self._look_closely(text)
            return
        self.facts.cells += cells
        rows = _PLAIN_ROW.findall(text)
        for attributes in rows if b"hidden" in text else rows[-1:]:  # the others are known by their cells
            self._enter_row(attributes)
        if places:
            self._reach(
                max(map(int, {number for _, number in places})),
                max(map(column_number, {letters for letters, _ in places})),
            )
            if text.rfind(b"<row") < text.rfind(b"<c"):
                self._row, self._column = int(places[-1][1]), column_number(places[-1][0])

    def _look_closely(self, text: bytes) -> None:
        for tag in _CLOSELY.finditer(text):
            if tag[1] is not None:
                self._enter_row(tag[1])
            else:
                self._enter_cell(tag[2], tag[3] is not None, tag[4] or b"")

    def _enter_columns(self, text: bytes) -> None:
        for attributes in _COLUMNS.findall(text):
            ends = dict(_ENDS.findall(attributes))
            if _HIDDEN.search(attributes) and len(ends) == 2:
                last = min(int(ends[b"max"]), MOST_COLUMNS)
                self.facts.hidden_columns.update(range(int(ends[b"min"]), last + 1))

    def _enter_row(self, attributes: bytes) -> None:
        number = _NUMBER.search(attributes)
        self._row = int(number[1]) if number else self._row + 1
        self._column = 0
        self._reach(self._row, 0)
        if b"hidden" in attributes and _HIDDEN.search(attributes):
            self.facts.hidden_rows.add(self._row)

    def _enter_cell(self, attributes: bytes, formula: bool, value: bytes) -> None:
        if reference := _REFERENCE.search(attributes):
            if place := _PLACE.fullmatch(reference[1]):
                self._row, self._column = int(place[2]), column_number(place[1])
            else:  # no program writes such a place, and a reader may take it for a vast one
                self._claim(b"")
        else:
            self._column += 1
        self._reach(self._row, self._column)
        self.facts.cells += 1
        self.facts.formulas += formula
        kind = _TYPE.search(attributes)
        if kind and kind[1] == b"e":
            self.facts.broken[self._row, self._column] = value.decode("utf-8", "replace")
        elif formula and not value and not (kind and kind[1] == b"str"):
            self.facts.broken[self._row, self._column] = ""

    def _claim(self, extent: bytes) -> None:
        place = _EXTENT.fullmatch(extent)
        if place:
            self._reach(int(place[2]), column_number(place[1]))
        else:
            self._reach(2**20, 2**14)

    def _reach(self, row: int, column: int) -> None:
        self.facts.rows = max(self.facts.rows, row)
        self.facts.columns = max(self.facts.columns, column)


def _sheets(kept: dict[str, bytes]) -> dict[str, str]:
    """Sheet names and the parts they are kept in, by name in small letters."""
    targets = {
        link.get("Id", ""): link.get("Target", "")
        for link in _elements(kept.get(_LINKS, b""), "Relationship")
    }
    sheets = {}
    for attributes in _elements(kept.get(_BOOK, b""), "sheet"):
        link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        target = targets.get(link, "")
        name = target[1:] if target.startswith("/") else f"xl/{target}"
        sheets[attributes.get("name", "")] = name.casefold()
    if len(set(sheets.values())) < len(sheets):
        refuse_contradiction()
    return sheets


def _elements(xml: bytes, name: str) -> list[dict[str, str]]:
    """The attributes of the elements of a name, whatever its prefix; none where it is no XML."""
    found: list[dict[str, str]] = []

    def keep(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == name:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = keep
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        return []
    return found


def refuse_macros() -> NoReturn:
    """Refuse a workbook with macros."""
    raise FileError(
        "The workbook holds macros; such files are not opened.", "Save it as .xlsx, without macros."
    )


def refuse_links() -> NoReturn:
    """Refuse a workbook whose values come from other files."""
    raise FileError(
        "The workbook links to other files; what it shows may be out of date.",
        "Break the links (Data > Edit Links > Break Link) and save it again.",
    )
