"""Cells of a workbook that its reader leaves blank though they are not: errors, formulas without a result."""

from __future__ import annotations

import re
import zipfile
from xml.etree import ElementTree

from pursuit.intake.cells.read import NOT_CALCULATED

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_TYPE = re.compile(rb"""\bt\s*=\s*["'](\w+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")

Broken = dict[tuple[int, int], str]


def broken_cells(archive: zipfile.ZipFile) -> dict[str, Broken]:
    """By sheet name: (row, column) from 1 -> the error shown, or the sign of a formula not calculated."""
    return {name: _broken(archive.read(part)) for name, part in _parts(archive).items()}


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet names and the parts of the zip they are kept in; none where the book lists none."""
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError):
        return {}
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    parts = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            target = targets.get(relation, "")
            part = target[1:] if target.startswith("/") else f"xl/{target}"
            if part in archive.namelist():
                parts[sheet.get("name", "")] = part
    return parts


def _broken(xml: bytes) -> Broken:
    found: Broken = {}
    for attributes, body in _CELL.findall(xml):
        kind = _TYPE.search(attributes)
        place = _PLACE.search(attributes)
        value = _VALUE.search(body)
        is_error = kind is not None and kind[1] == b"e"
        is_empty = value is None and _FORMULA.search(body) and (kind is None or kind[1] != b"str")
        if place and (is_error or is_empty):
            at = int(place[2]), column_number(place[1])
            found[at] = value[1].decode(errors="replace") if is_error and value else NOT_CALCULATED
    return found


def column_number(letters: bytes) -> int:
    """``A`` is 1, ``AA`` is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
