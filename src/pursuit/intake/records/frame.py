"""The frame of a snapshot: whose it is, in which currency, as of which day, at which VAT rate."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from pursuit.intake.cells.figures import SHARED_SIGNS, Amount
from pursuit.intake.findings import Findings, Place
from pursuit.intake.records.rows import Row, Tables
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME

KOREAN_VAT = 0.1
COMPANY = SHEET_BY_NAME["company"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the ``company`` sheet says, or what stands in for it."""

    name: str
    currency: str
    as_of: date
    vat_rate: float
    currency_known: bool
    day_known: bool = True


def read_frame(tables: Tables, file: str, stem: str, as_of: date | None, findings: Findings) -> Frame:
    """The frame of the snapshot; ``as_of``, when given, goes before what the file says."""
    rows = tables["company"]
    for extra in rows[1:]:
        findings.error(extra.place(), "", "There is one firm, in one row.", "Delete this row.")
    row = rows[0] if rows else None

    def place(column: str) -> Place:
        if row:
            return row.place(column)
        lang = findings.words.lang
        return Place(file, COMPANY.title(lang), 0, COMPANY.column(column).told(lang))

    name = row["name"] if row else None
    if not name:
        findings.warn(
            place("name"),
            "",
            "The firm has no name here; the file's name stands in.",
            "Fill in name on the sheet company.",
        )
    currency = (row["currency"] if row else None) or _stated_currency(tables, place("currency"), findings)
    day = as_of or (row["as_of"] if row else None)
    if day is None and not findings.at(place("as_of")):
        findings.error(
            place("as_of"),
            "",
            "Nothing says which day this data describes.",
            "Fill in as_of on the sheet company, like 2026-03-31, or pass it.",
        )
    vat = row["vat_rate"] if row else None
    if vat is None:
        vat = KOREAN_VAT if currency == "KRW" else 0.0
        findings.warn(
            place("vat_rate"),
            "",
            "No VAT rate is stated; {rate} stands in.",
            "Fill in vat_rate on the sheet company.",
            rate=f"{vat:.0%}",
        )
    return Frame(name or stem, currency or "XXX", day or date(2000, 1, 3), vat, bool(currency), bool(day))


def _stated_currency(tables: Tables, place: Place, findings: Findings) -> str:
    """The one currency the rows speak of; a fault when there is none or more than one."""
    stated = Counter(code for rows in tables.values() for row in rows for code in _codes(row))
    if len(stated) == 1:
        (code,) = stated
        findings.warn(
            place,
            "",
            "The firm's currency is not stated; every row that names one says {code}.",
            "Fill in currency on the sheet company.",
            code=code,
        )
        return code
    if not findings.at(place):
        findings.error(
            place,
            ", ".join(stated),
            "Nothing says which currency the firm counts in.",
            "Fill in currency on the sheet company, like KRW or USD.",
        )
    return ""


def _codes(row: Row) -> set[str]:
    amounts = {value.currency for value in row.values.values() if isinstance(value, Amount)}
    return ({row["currency"]} | amounts) - {"", None, *SHARED_SIGNS}
