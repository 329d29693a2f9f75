"""Hostile, locked and broken files, each planted in a sound one, and a word of the reason they are refused."""

from __future__ import annotations

import random
import re
import struct
from collections.abc import Callable
from typing import NamedTuple

from tests.intake.files import biff, books
from tests.intake.files.zips import Item, deflated, deflated_blanks, zipped


class Case(NamedTuple):
    """A file that must be refused: its name, how it is made, and a piece of the problem told."""

    file: str
    make: Callable[[], bytes]
    told: str


SHEET = "xl/worksheets/sheet1.xml"
CSV = "번호,고객사\n1,가나\n".encode()
MORE_CELLS, BROKEN, CONTRADICTS = "more cells", "cut off or damaged", "contradicts itself"
UNREADABLE = "cannot be read"
ENTITIES = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def with_part(name: str, data: bytes) -> bytes:
    """The sound workbook with one part put in or put in the place of another."""
    return books.workbook(books.parts() | {name: data})


def with_rows(rows: str, before: str = "") -> bytes:
    return with_part(SHEET, books.sheet(rows, before))


def with_declaration(name: str) -> bytes:
    """A part that declares entities."""
    head, _, body = books.parts()[name].partition(b"?>")
    return with_part(name, head + b"?>" + ENTITIES.encode() + body)


def with_item(*more: Item) -> bytes:
    return zipped([*books.items(), *more])


def spoilt(**fields: object) -> bytes:
    """The sound workbook, fields of whose sheet lie."""
    return zipped([item.but(**fields) if item.name == SHEET else item for item in books.items()])


def parcel(*more: Item) -> bytes:
    """A zip of CSV files."""
    return zipped([Item("deals.csv", CSV), *more])


def quoted_overlap() -> bytes:
    """Every part runs over the header of the next to the end of the last, after Fifield, A better zip bomb (2019)."""
    whole = zipped([Item(f"{n}.csv", CSV, method=0, flags=0x808) for n in range(10)])
    end = whole.index(b"PK\1\2")
    starts = [index for index in range(end) if whole.startswith(b"PK\3\4", index)]
    lies = [
        Item(f"{n}.csv", whole[at + 35 : end], method=0, flags=0x808, at=at) for n, at in enumerate(starts)
    ]
    contents = zipped(lies)
    return whole[:end] + contents[:-6] + struct.pack("<IH", end, 0)


def far_cells(sheets: int) -> bytes:
    """Many sheets, none of which claims too much by itself."""
    one = books.sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="90000"><c r="T90000"><v>1</v></c></row>'
    )
    return books.workbook(books.parts({f"s{n}": one for n in range(sheets)}))


def amplified() -> bytes:
    """A long text that every cell of a small sheet refers to."""
    text = f'<sst xmlns="{books.MAIN}" count="1" uniqueCount="1"><si><t>{"x" * 2**20}</t></si></sst>'
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_000))
    return books.workbook(books.parts({"a": books.sheet(cells)}) | {"xl/sharedStrings.xml": text.encode()})


def foreign_prefix(prefix: str) -> bytes:
    """A sheet of far cells whose elements carry a prefix of foreign letters."""
    return with_part(
        SHEET,
        re.sub("<(/?)(?=[a-z])", rf"<\1{prefix}:", books.sheet(FAR).decode())
        .replace("xmlns=", f"xmlns:{prefix}=")
        .encode(),
    )


def other_ending() -> bytes:
    """A sheet of far cells in a part that does not look like one of XML."""
    made = books.parts() | {SHEET: books.sheet(FAR)}
    return books.workbook(
        {
            name.replace("sheet1.xml", "sheet1.dat"): xml.replace(b"sheet1.xml", b"sheet1.dat")
            for name, xml in made.items()
        }
    )


def many_names() -> bytes:
    """A book that names its one sheet fifty thousand times."""
    name = "xl/workbook.xml"
    more = b"".join(b'<sheet name="s%d" sheetId="1" r:id="rId1"/>' % n for n in range(50_000))
    return with_part(name, books.parts()[name].replace(b"</sheets>", more + b"</sheets>"))


def noise(length: int) -> bytes:
    return random.Random(7).randbytes(length)


def xls(book: bytes = b"", body: bytes = b"", kind: int = 0, **more: object) -> bytes:
    """An .xls file with records planted among its globals or in its sheet."""
    return biff.workbook({"영업기회": biff.cells([["번호"], [1]]) + body}, book=book, kind=kind, **more)


def looped_chain() -> bytes:
    """An .xls file whose directory leads back to itself."""
    data = bytearray(xls())
    data[512 + 4 : 512 + 8] = struct.pack("<I", 1)
    return bytes(data)


def sheet_at(place: int) -> bytes:
    """An .xls file that says its sheet begins elsewhere."""
    data = bytearray(xls())
    at = data.index(struct.pack("<HH", 0x0085, 16)) + 4
    data[at : at + 4] = struct.pack("<I", place)
    return bytes(data)


def link(kind: int) -> bytes:
    """A record that links to another workbook."""
    return biff.record(0x01AE, struct.pack("<HH", 1, kind) + b"\x01" + "b.xls".encode("utf-16-le"))


PASSWORD, DRM, MACROS, LINKED = (
    "locked with a password",
    "document security",
    "macros",
    "links to other files",
)
NAMED, TWICE, PAGE = "a name that leads outside", "the same name", "a web page or XML"
CASES: dict[str, Case] = {
    "claims the largest sheet": Case(
        "a.xlsx", lambda: with_rows(ONE, '<dimension ref="A1:XFD1048576"/>'), MORE_CELLS
    ),
    "two far cells": Case("a.xlsx", lambda: with_rows(FAR), MORE_CELLS),
    "a far cell in single quotes": Case(
        "a.xlsx", lambda: with_rows("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"), MORE_CELLS
    ),
    "a far cell with a prefix": Case(
        "a.xlsx", lambda: with_rows('<x:row xmlns:x="m" r="1"><x:c r="XFD1048576"/></x:row>'), MORE_CELLS
    ),
    "cells without a place": Case(
        "a.xlsx", lambda: with_rows('<row r="1048576">' + "<c><v>1</v></c>" * 40 + "</row>"), MORE_CELLS
    ),
    "a place that is none": Case(
        "a.xlsx", lambda: with_rows('<row r="1"><c r="B99999999999999"><v>1</v></c></row>'), MORE_CELLS
    ),
    "a place behind a sign that ends no tag": Case(
        "a.xlsx", lambda: with_rows('<row r="1"><c x=">" r="XFD1048576"><v>1</v></c></row>'), MORE_CELLS
    ),
    "a row behind a sign that ends no tag": Case(
        "a.xlsx", lambda: with_rows('<row x=">" r="1048575">' + "<c><v>1</v></c>" * 16 + "</row>"), MORE_CELLS
    ),
    "two places by namespaces": Case(
        "a.xlsx",
        lambda: with_rows('<row r="1"><c y:r="A1" xmlns:y="q" r="XFD1048576"><v>1</v></c></row>'),
        MORE_CELLS,
    ),
    "two places in one cell": Case(
        "a.xlsx", lambda: with_rows('<row r="1"><c r="A1" r="XFD1048576"><v>1</v></c></row>'), MORE_CELLS
    ),
    "far cells under a foreign prefix": Case("a.xlsx", lambda: foreign_prefix("é"), "more memory"),
    "a sheet in a part of another ending": Case("a.xlsx", other_ending, "more memory"),
    "more texts than there are": Case(
        "a.xlsx",
        lambda: with_part(
            "xl/sharedStrings.xml",
            books.parts()["xl/sharedStrings.xml"].replace(b'uniqueCount="3"', b'uniqueCount="4294967295"'),
        ),
        "more memory",
    ),
    "a text that is not there": Case(
        "a.xlsx", lambda: with_rows('<row r="1"><c r="A1" t="s"><v>4294967295</v></c></row>'), UNREADABLE
    ),
    "days beyond all time": Case(
        "a.xlsx", lambda: with_rows('<row r="1"><c r="A1" s="1"><v>-1e300</v></c></row>'), UNREADABLE
    ),
    "more formats than can be": Case(
        "a.xlsx",
        lambda: with_part(
            "xl/styles.xml",
            books.parts()["xl/styles.xml"].replace(b"</cellXfs>", b"<xf/>" * 10**6 + b"</cellXfs>"),
        ),
        CONTRADICTS,
    ),
    "merges over each other": Case(
        "a.xlsx",
        lambda: with_part(
            SHEET,
            books.sheet(
                after="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 400_000 + "</mergeCells>"
            ),
        ),
        "lie over each other",
    ),
    "one sheet under many names": Case("a.xlsx", many_names, CONTRADICTS),
    "a place in an entity": Case(
        "a.xlsx", lambda: with_rows('<row r="1"><c r="&#88;FD1048576"><v>1</v></c></row>'), MORE_CELLS
    ),
    "many sheets of far cells": Case("a.xlsx", lambda: far_cells(100), MORE_CELLS),
    "unpacks to a gigabyte": Case(
        "a.xlsx", lambda: with_item(Item("xl/b.xml", b"", deflated_blanks(1024), size=2**30)), "too large"
    ),
    "unpacks a thousandfold": Case(
        "a.xlsx",
        lambda: with_item(Item("xl/b.xml", b"", deflated_blanks(100), size=100 * 2**20)),
        "times its size",
    ),
    "unpacks to more than it says": Case(
        "a.xlsx", lambda: with_item(Item("xl/b.xml", b"", deflated_blanks(1024), size=1000)), CONTRADICTS
    ),
    "zip of a CSV that unpacks to more": Case(
        "a.zip", lambda: parcel(Item("b.csv", b"", deflated_blanks(1024), size=1000)), CONTRADICTS
    ),
    "two sizes for one part": Case("a.xlsx", lambda: spoilt(local_size=7), CONTRADICTS),
    "two names for one part": Case(
        "a.xlsx", lambda: spoilt(local_name="xl/worksheets/sheet2.xml"), CONTRADICTS
    ),
    "a wrong checksum": Case("a.xlsx", lambda: spoilt(crc=1), BROKEN),
    "two parts in one place": Case(
        "a.zip", lambda: parcel(Item("b.csv", CSV, deflated(CSV), at=0)), CONTRADICTS
    ),
    "parts that overlap": Case("a.zip", quoted_overlap, CONTRADICTS),
    "bytes before the zip": Case("a.xlsx", lambda: b"PK\3\4" + books.workbook(), CONTRADICTS),
    "bytes after the zip": Case("a.xlsx", lambda: books.workbook() + b"more", BROKEN),
    "two ends": Case("a.xlsx", lambda: zipped(books.items(), comment=books.workbook()[-22:]), BROKEN),
    "a hundred thousand parts": Case(
        "a.zip",
        lambda: zipped([Item(str(n), b"", method=0) for n in range(100_000)], count=0xFFFF),
        "too many parts",
    ),
    "more parts than counted": Case(
        "a.zip",
        lambda: zipped([Item(f"{n}.csv", b"", method=0) for n in range(9000)], count=3),
        "too many parts",
    ),
    "an unusual packing": Case(
        "a.xlsx", lambda: with_item(Item("xl/b.xml", b"x", b"x", method=12)), "unusual way"
    ),
    "a zip in a zip": Case("a.zip", lambda: parcel(Item("b.zip", parcel())), "Only CSV files"),
    "a workbook in a zip": Case("a.zip", lambda: parcel(Item("b.csv", books.workbook())), "Only CSV files"),
    "entities in a sheet": Case("a.xlsx", lambda: with_declaration(SHEET), "XML entities"),
    "entities in the texts": Case("a.xlsx", lambda: with_declaration("xl/sharedStrings.xml"), "XML entities"),
    "entities in the book": Case("a.xlsx", lambda: with_declaration("xl/workbook.xml"), "XML entities"),
    "entities in a part nobody names": Case(
        "a.xlsx", lambda: with_part("docProps/x.xml", ENTITIES.encode()), "XML entities"
    ),
    "a document type": Case(
        "a.xlsx",
        lambda: with_part("docProps/x.xml", b'<!DOCTYPE x SYSTEM "file:///etc/hosts"><x/>'),
        "XML entities",
    ),
    "entities in UTF-16": Case(
        "a.xlsx",
        lambda: with_part(SHEET, f"<?xml version='1.0' encoding='utf-16'?>{ENTITIES}<x/>".encode("utf-16")),
        BROKEN,
    ),
    "one text ten thousand times": Case("a.xlsx", amplified, "more memory"),
    "half a workbook": Case("a.xlsx", lambda: books.workbook()[: len(books.workbook()) // 2], BROKEN),
    "a workbook without its last byte": Case("a.xlsx", lambda: books.workbook()[:-1], BROKEN),
    "a zip without parts": Case("a.xlsx", lambda: zipped([]), "no CSV files"),
    "noise as .xlsx": Case("a.xlsx", lambda: noise(50_000), "not a text file"),
    "noise in a zip": Case("a.xlsx", lambda: b"PK\3\4" + noise(50_000), BROKEN),
    "noise as .csv": Case("a.csv", lambda: b"\xff" + noise(50_000), "text file"),
    "noise as .xls": Case("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise(50_000), BROKEN),
    "a way up": Case("a.zip", lambda: parcel(Item("../b.csv", CSV)), NAMED),
    "a way up in between": Case("a.xlsx", lambda: with_item(Item("xl/../../b.xml", b"<x/>")), NAMED),
    "an absolute path": Case("a.zip", lambda: parcel(Item("/b.csv", CSV)), NAMED),
    "a drive": Case("a.zip", lambda: parcel(Item("C:b.csv", CSV)), NAMED),
    "backslashes": Case("a.zip", lambda: parcel(Item("..\\b.csv", CSV)), NAMED),
    "a NUL in a name": Case("a.zip", lambda: parcel(Item("b.csv\0.exe", CSV)), NAMED),
    "a symbolic link": Case("a.zip", lambda: parcel(Item("b.csv", b"/dev/zero", mode=0o120777)), NAMED),
    "one name twice": Case("a.zip", lambda: parcel(Item("deals.csv", b"1,2\n")), TWICE),
    "one name twice but for its case": Case(
        "a.xlsx", lambda: with_item(Item("XL/Workbook.xml", b"<x/>")), TWICE
    ),
    "a macro": Case("a.xlsm", lambda: with_part("xl/vbaProject.bin", b"x"), MACROS),
    "a sheet of macros": Case("a.xlsx", lambda: with_part("xl/macrosheets/sheet1.xml", b"<x/>"), MACROS),
    "a type with macros": Case(
        "a.xlsm",
        lambda: with_part(
            "[Content_Types].xml",
            books.parts()["[Content_Types].xml"].replace(
                b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
                b"vnd.ms-excel.sheet.macroEnabled.main",
            ),
        ),
        MACROS,
    ),
    "links to other workbooks": Case(
        "a.xlsx", lambda: with_part("xl/externalLinks/externalLink1.xml", b"<x/>"), LINKED
    ),
    "a link under another name": Case(
        "a.xlsx",
        lambda: with_part(
            "xl/_rels/workbook.xml.rels",
            books.parts()["xl/_rels/workbook.xml.rels"].replace(
                b"</Relationships>",
                f'<Relationship Id="x" Type="{books.LINKS}/externalLink" Target="x.xml"/></Relationships>'.encode(),
            ),
        ),
        LINKED,
    ),
    "a locked zip": Case("a.zip", lambda: parcel(Item("b.csv", CSV, flags=1)), PASSWORD),
    "a workbook with a password": Case(
        "a.xlsx",
        lambda: biff.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}, ["\x06DataSpaces"]),
        PASSWORD,
    ),
    "an .xls with a password": Case("a.xls", lambda: xls(biff.record(0x002F, bytes(54))), PASSWORD),
    "rights management": Case(
        "a.xlsx", lambda: biff.compound({"EncryptedPackage": b"x", "DRMEncryptedTransform": b"x"}), DRM
    ),
    "rights management of an .xls": Case(
        "a.xls", lambda: biff.compound({"Workbook": b"x", "\x09DRMContent": b"x"}), DRM
    ),
    "SoftCamp": Case("a.xlsx", lambda: b"SCDSA002" + noise(900), DRM),
    "MarkAny": Case("a.xlsx", lambda: b"<DOCUMENT SAFER V4>" + noise(900), DRM),
    "Fasoo": Case("a.xlsx", lambda: b"\x9b DRMONE  This Document is encrypted" + noise(900), DRM),
    "Fasoo's older container": Case("a.csv", lambda: b"<!-- FasooSecureContainer " + noise(900), DRM),
    "an .xls that claims a vast sheet": Case(
        "a.xls", lambda: xls(body=biff.dimensions(2**31, 256)), MORE_CELLS
    ),
    "an .xls with a far cell": Case("a.xls", lambda: xls(body=biff.number(65_535, 16_383, 1)), MORE_CELLS),
    "an .xls with macros": Case(
        "a.xls", lambda: biff.compound({"Workbook": biff.stream({"a": b""})}, ["_VBA_PROJECT_CUR"]), MACROS
    ),
    "an .xls with a macro sheet": Case("a.xls", lambda: xls(kind=1), MACROS),
    "an .xls with links": Case("a.xls", lambda: xls(link(5)), LINKED),
    "an .xls of one sheet under many names": Case(
        "a.xls",
        lambda: xls(biff.record(0x0085, struct.pack("<IBBB", 9, 0, 0, 1) + b"\x01a\0") * 60_000),
        CONTRADICTS,
    ),
    "an .xls whose sheet is the book itself": Case("a.xls", lambda: sheet_at(0), CONTRADICTS),
    "an .xls whose sheet lies behind its end": Case("a.xls", lambda: sheet_at(0x7FFFFFF0), UNREADABLE),
    "an .xls text in crumbs": Case(
        "a.xls",
        lambda: xls(
            biff.record(0x00FC, struct.pack("<IIHB", 1, 1, 65_535, 1))
            + biff.record(0x003C, b"\x01") * 200_000
        ),
        CONTRADICTS,
    ),
    "an .xls row of more numbers than it holds": Case(
        "a.xls",
        lambda: xls(body=biff.record(0x00BD, struct.pack("<HH6xH", 1, 0, 0x3FFF))),
        UNREADABLE,
    ),
    "an .xls in a circle": Case("a.xls", looped_chain, BROKEN),
    "half an .xls": Case("a.xls", lambda: xls()[:3000], BROKEN),
    "a Word file": Case("a.xls", lambda: biff.compound({"WordDocument": b"x"}), "no workbook"),
    "an Excel 4 file": Case(
        "a.xls", lambda: b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(90), "older than Excel 97"
    ),
    "a web page as .xls": Case(
        "a.xls", lambda: "<html><table><tr><td>번호</td></tr></table></html>".encode("cp949"), PAGE
    ),
    "XML as .xls": Case(
        "a.xls",
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        PAGE,
    ),
    "a web archive as .xls": Case(
        "a.xls", lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", PAGE
    ),
    "a binary workbook": Case("a.xlsb", lambda: with_part("xl/workbook.bin", b"x"), ".xlsb"),
    "a PDF": Case("a.csv", lambda: b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "another kind of file: PDF"),
    "a CSV of too many cells": Case("a.csv", lambda: (b"," * 1000 + b"\n") * 20_000, "more cells"),
    "a CSV of one endless line": Case("a.csv", lambda: b"a,b\n1," + b"x" * 200 * 2**20, "is too long"),
    "an endless line in a zip": Case(
        "a.zip", lambda: parcel(Item("b.csv", b"", deflated_blanks(15), size=15 * 2**20)), "is too long"
    ),
    "ten million empty lines": Case("a.csv", lambda: b"a,b\n" + b"\n" * 10**7, "too many lines"),
    "ten million ends of lines as of old": Case("a.csv", lambda: b"a,b\r" + b"\r" * 10**7, "too many lines"),
    "a CSV of too many columns": Case(
        "a.csv", lambda: b"," * 20_000 + b"\n", "more cells than a sheet has columns"
    ),
    "a CSV with an open quote": Case("a.csv", lambda: b'a,b\n"1,2\n', "not well-formed"),
    "a CSV with NUL": Case("a.csv", lambda: b"a,b\n1,\x002\n", "not a text file"),
    "half a letter of UTF-16": Case(
        "a.csv", lambda: "번호,이름\n".encode("utf-16")[:-1], "neither UTF-8 nor CP949"
    ),
    "neither UTF-8 nor CP949": Case(
        "a.csv", lambda: "번호\n".encode() + b"\xb9\xf8\xc8\xa3\xff\n", "neither UTF-8 nor CP949"
    ),
}
SOUND: dict[str, Case] = {
    "workbook": Case("a.xlsx", books.workbook, ""),
    "zip of CSV files": Case("a.zip", parcel, ""),
    "old workbook": Case("a.xls", xls, ""),
    "old workbook that links to itself": Case(
        "a.xls", lambda: xls(biff.record(0x01AE, struct.pack("<HH", 1, 0x0401))), ""
    ),
    "CSV": Case("a.csv", lambda: CSV, ""),
    "one sheet of far cells": Case("a.xlsx", lambda: far_cells(1), ""),
    "well packed": Case("a.zip", lambda: zipped([Item("b.csv", b"1,2\n" * 100_000)]), ""),
}
