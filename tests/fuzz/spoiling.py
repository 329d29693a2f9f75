"""Sound files and ways to spoil them, each case from a seed of its own so that it can be made again."""

from __future__ import annotations

import random
import re
import struct
from collections.abc import Callable

from tests.intake.files import biff, books
from tests.intake.files.zips import Item, zipped

BASES = [
    (
        '번호,고객사,금액\n1,가나산업,"1,234.5"\n2,다라,-3\n',
        ("utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le"),
    ),
    ('id;name;value\r\n1;Pump;1,5\r\n2;"a\r\nb";2,5\r\n', ("utf-8", "utf-16-be")),
    ("sep=|\na|b\n'=1+1|@x\n", ("utf-8", "cp949")),
    ("매출 현황\n(단위: 천원)\n고객\t금액\n가\t1\n\n나\t2\n", ("cp949", "utf-8")),
]
NASTY = [
    *[
        b'"',
        b'""',
        b"'",
        b"\r",
        b"\n",
        b"\r\n",
        b"\0",
        b",",
        b";",
        b"\t",
        b"|",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xfe\xff",
    ],
    *[
        b"sep=;\n",
        b"sep=",
        b"=1+1",
        b"\xb0\xa1",
        b"\xc7",
        "가".encode(),
        b"<html>",
        b"PK\3\4",
        b"\x1a",
        b"," * 300,
    ],
]
NUMBERS = [
    "0",
    "-1",
    "1",
    "65536",
    "1048576",
    "1048577",
    "2147483648",
    "4294967295",
    "99999999999999999999",
    "1e400",
    "x",
]
XML = [
    *[
        "<!-- c -->",
        "<![CDATA[x]]>",
        "&amp;",
        "&#x110000;",
        "&#0;",
        "&lol;",
        "<?x y?>",
        "<!DOCTYPE a>",
        "\0",
        "<",
        ">",
    ],
    *[
        '<c r="XFD1048576"><v>1</v></c>',
        '<row r="0">',
        '<c r="A0"/>',
        "<f/>",
        "<v/>",
        '<c t="s"><v>99</v></c>',
        "</row>",
    ],
    *[
        '<c t="d"><v>2026-13-45</v></c>',
        '<c t="b"><v>7</v></c>',
        '<c t="e"><v>#X!</v></c>',
        "<is><t>가</t></is>",
    ],
    *[
        '<dimension ref="B2:A1"/>',
        '<mergeCell ref="A1"/>',
        '<mergeCells><mergeCell ref="C3:A1"/></mergeCells>',
    ],
]
TAG = re.compile(r"<[^<>]*>")
VALUE = re.compile(r'"[^"<>]*"')
NAMES = [
    "../a.csv",
    "/a.csv",
    "a\\b.csv",
    "C:a.csv",
    "a.csv",
    "A.CSV",
    "",
    "x/",
    "a.zip",
    "xl/workbook.xml",
    "가.csv",
    "a\0b",
]
CODES = [
    0x0006,
    0x000A,
    0x0022,
    0x002F,
    0x003C,
    0x007D,
    0x0085,
    0x00BD,
    0x00BE,
    0x00E5,
    0x00FC,
    0x00FD,
    0x0200,
    0x0203,
]
CODES += [
    0x0204,
    0x0205,
    0x0207,
    0x0208,
    0x0221,
    0x027E,
    0x041E,
    0x00E0,
    0x0809,
    0x01AE,
    0x0017,
    0x0018,
    0x0042,
]


def spoil_bytes(dice: random.Random, data: bytes, tokens: list[bytes] = NASTY) -> bytes:
    """Bytes flipped, cut, doubled, moved or put in."""
    out = bytearray(data)
    for _ in range(dice.choice([1, 1, 2, 4, 16])):
        at = dice.randrange(len(out) + 1)
        end = min(len(out), at + dice.choice([1, 2, 4, 8, 64, 512]))
        match dice.randrange(6):
            case 0 if at < len(out):
                out[at] ^= 1 << dice.randrange(8)
            case 1:
                out[at:end] = dice.randbytes(end - at)
            case 2:
                del out[at:end]
            case 3:
                out[at:at] = out[at:end]
            case 4:
                out[at:at] = dice.choice(tokens)
            case _:
                out[at:end] = struct.pack("<I", dice.choice([0, 1, 0xFF, 0xFFFF, 2**31, 2**32 - 1]))[
                    : end - at
                ]
    return bytes(out)


def csv_case(dice: random.Random) -> bytes:
    """A text file: its text spoilt before it is encoded, or its bytes after."""
    text, encodings = dice.choice(BASES)
    data = (text * dice.choice([1, 1, 3])).encode(dice.choice(encodings))
    match dice.randrange(10):
        case 0:
            return dice.randbytes(dice.randrange(200))
        case 1:
            other, kinds = dice.choice(BASES)
            return data[: dice.randrange(len(data))] + other.encode(dice.choice(kinds))
        case _:
            return spoil_bytes(dice, data)


def spoil_xml(dice: random.Random, data: bytes) -> bytes:
    """A part of a workbook with tags moved, doubled or lost, values made vast, or strange text put in."""
    text = data.decode("utf-8", "replace")
    for _ in range(dice.choice([1, 1, 2, 5])):
        tags = [found.span() for found in TAG.finditer(text)]
        values = [found.span() for found in VALUE.finditer(text)]
        start, end = dice.choice(tags) if tags else (0, len(text))
        match dice.randrange(6):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:end] + text[start:end] * dice.choice([1, 3, 200]) + text[end:]
            case 2 if values:
                start, end = dice.choice(values)
                text = f'{text[:start]}"{dice.choice(NUMBERS)}"{text[end:]}'
            case 3:
                other = dice.choice(tags)[0] if tags else 0
                text = text[:other] + text[start:end] + text[other:]
            case 4:
                text = text[:start] + dice.choice(XML) + text[start:]
            case _:
                text = spoil_bytes(dice, text.encode("utf-8", "replace")).decode("utf-8", "replace")
    return text.encode("utf-8", "replace")


def spoil_items(dice: random.Random, items: list[Item]) -> bytes:
    """A zip whose fields lie, or whose bytes are spoilt, now and then."""
    if dice.random() < 0.2:
        at = dice.randrange(len(items))
        lie = dice.choice([0, 1, 7, 2**16, 2**31, 2**32 - 1])
        field = dice.choice(
            ["size", "local_size", "crc", "flags", "local_flags", "method", "mode", "local_name", "name"]
        )
        fields: dict[str, object] = {
            field: lie % 2**16 if field in ("flags", "local_flags", "method", "mode") else lie
        }
        if field in ("local_name", "name"):
            fields = {field: dice.choice(NAMES)}
        if field in ("method",):
            fields["packed"] = items[at].data
        items[at] = items[at].but(**fields)
    if dice.random() < 0.1:
        items.insert(dice.randrange(len(items)), dice.choice(items))
    data = zipped(items)
    match dice.randrange(12):
        case 0:
            return spoil_bytes(dice, data)
        case 1:
            return data[: dice.randrange(len(data))]
        case 2:
            return data[:-22] + spoil_bytes(dice, data[-22:])
        case _:
            return data


SHEET = (
    '<row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c>'
    '<c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="e"><v>#N/A</v></c></row>'
    '<row r="3"><c r="B3" s="1"><v>46112</v></c><c><v>1</v></c><c t="inlineStr"><is><t>가</t></is></c></row>'
)


def xlsx_case(dice: random.Random) -> bytes:
    """A workbook with one or two parts spoilt and packed anew, so that they get past the checksums."""
    after = '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    page = books.sheet(SHEET, '<dimension ref="A1:D3"/><cols><col min="1" max="2" hidden="1"/></cols>', after)
    parts = books.parts({"영업기회": page, "b": books.sheet()})
    for _ in range(dice.choice([0, 1, 1, 1, 2])):
        name = dice.choice(list(parts))
        parts[name] = spoil_xml(dice, parts[name]) if dice.random() < 0.9 else parts[dice.choice(list(parts))]
    if dice.random() < 0.05:
        del parts[dice.choice(list(parts))]
    return spoil_items(dice, books.items(parts))


def zip_case(dice: random.Random) -> bytes:
    """A zip of text files, spoilt inside or outside."""
    names = ["deals.csv", "accounts.tsv", "sub/notes.txt", "readme.md"]
    items = [
        Item(name, csv_case(dice), method=dice.choice([0, 8, 8])) for name in names[: dice.randint(1, 4)]
    ]
    return spoil_items(dice, items)


def xls_case(dice: random.Random) -> bytes:
    """An old workbook whose records are spoilt one by one, or whose container is."""
    body = biff.cells([["번호", "고객사"], [17, "가나"]]) + biff.row(1, hidden=True) + biff.error(2, 0, 42)
    body += biff.formula(2, 1, 2.5) + biff.number(2, 2, 46112, style=1) + biff.merged(0, 0, 1, 1)
    records = split(biff.stream({"자료": body, "b": biff.cells([["x"]])}))
    for _ in range(dice.choice([0, 1, 1, 2, 6])):
        at = dice.randrange(len(records))
        code, data = records[at]
        match dice.randrange(6):
            case 0:
                records[at] = (code, spoil_bytes(dice, data)[:8000])
            case 1:
                del records[at]
            case 2:
                records.insert(at, records[dice.randrange(len(records))])
            case 3:
                records.insert(
                    at, (dice.choice(CODES), dice.randbytes(dice.choice([0, 2, 4, 8, 14, 20, 200])))
                )
            case 4:
                records[at] = (dice.choice(CODES), data)
            case _:
                records[at] = (code, data[: dice.randrange(len(data) + 1)])
        records = records or [(0x000A, b"")]
    stream = b"".join(biff.record(code, data) for code, data in records)
    whole = biff.compound({dice.choice(["Workbook"] * 9 + ["Book"]): stream})
    match dice.randrange(8):
        case 0:
            return spoil_bytes(dice, whole)
        case 1:
            return whole[: dice.randrange(len(whole))]
        case 2:
            return spoil_bytes(dice, whole[:2048]) + whole[2048:]
        case _:
            return whole


def split(stream: bytes) -> list[tuple[int, bytes]]:
    """The records of a workbook stream."""
    records, at = [], 0
    while at + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, at)
        records.append((code, stream[at + 4 : at + 4 + length]))
        at += 4 + length
    return records


FORMATS: dict[str, Callable[[random.Random], bytes]] = {
    "csv": csv_case,
    "xlsx": xlsx_case,
    "xls": xls_case,
    "zip": zip_case,
}


def make(form: str, seed: int, number: int) -> bytes:
    """The case of a format with this number; the same ever and again."""
    return FORMATS[form](random.Random(f"{form}/{seed}/{number}"))
