"""A small sound workbook as the parts of its zip, which a test may spoil one by one."""

from __future__ import annotations

from collections.abc import Mapping

from tests.intake.files.zips import Item, zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
    '<row r="2"><c r="A2"><v>17</v></c><c r="B2" t="inlineStr"><is><t>가나산업</t></is></c>'
    '<c r="C2" s="1"><v>46112</v></c></row>'
)
LINES = ((1, ("번호", "고객사", "날짜")),)
"""The first line of the sound sheet as it should be read."""


def sheet(rows: str = ROWS, before: str = "", after: str = "") -> bytes:
    """The part of a sheet."""
    return (
        f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{LINKS}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    ).encode()


def parts(sheets: Mapping[str, bytes] | None = None, date1904: bool = False) -> dict[str, bytes]:
    """The parts of a workbook of ``sheets``, by name."""
    pages = dict(sheets or {"영업기회": sheet()})
    numbers = range(1, len(pages) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{KIND}.worksheet+xml"/>'
        for n in numbers
    )
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in zip(numbers, pages, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    strings = "".join(f"<si><t>{text}</t></si>" for text in ("번호", "고객사", "날짜"))
    texts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>{overrides}'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{LINKS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><workbookPr date1904="{int(date1904)}"/>'
            f"<sheets>{listed}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
            f'<Relationship Id="rId98" Type="{LINKS}/styles" Target="styles.xml"/>'
            f'<Relationship Id="rId99" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" count="3" uniqueCount="3">{strings}</sst>',
        "xl/styles.xml": (
            f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
            '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
            '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
        ),
    }
    made = {name: (XML + text).encode() for name, text in texts.items()}
    return made | {f"xl/worksheets/sheet{n}.xml": xml for n, xml in zip(numbers, pages.values(), strict=True)}


def items(made: Mapping[str, bytes] | None = None) -> list[Item]:
    """The parts as items of a zip."""
    return [Item(name, data) for name, data in (made or parts()).items()]


def workbook(made: Mapping[str, bytes] | None = None) -> bytes:
    """The bytes of the workbook."""
    return zipped(items(made))
