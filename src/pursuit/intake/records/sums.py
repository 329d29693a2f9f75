"""Sums of money in rows: which currency each is in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pursuit.intake.cells.figures import SHARED_SIGNS, Amount
from pursuit.intake.findings import Findings
from pursuit.intake.records.frame import Frame
from pursuit.intake.records.rows import Row, Tables
from pursuit.intake.records.vat import NET_COLUMN, settle_net
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME
from pursuit.units import Money, minor_digits


def settle_sums(tables: Tables, frame: Frame, findings: Findings) -> None:
    """Turn every Amount in ``tables`` into Money, and fill in net amounts where only gross ones stand.

    A sum is in the currency its cell names, else its row's, else (options, courses, modes) that of the record
    the row belongs to, else the firm's.
    """
    currencies: dict[tuple[str, Any], str] = {}
    for name in ("opportunities", "accounts", "projects"):
        for row in tables[name]:
            currencies[name, row["id"]] = row["currency"] or frame.currency
    for name, rows in tables.items():
        sums = [column.name for column in SHEET_BY_NAME[name].columns if column.kind == "money"]
        for row in rows:
            parent = (row.sheet.parent, row[row.sheet.key[0]]) if row.sheet.parent else ("", "")
            code = row["currency"] or currencies.get(parent, frame.currency)
            for column in sums:
                value = row[column]
                if isinstance(value, Amount):
                    row.values[column] = _money(row, column, value, code, findings)
            if name in NET_COLUMN:
                settle_net(row, frame, findings)


def _money(row: Row, column: str, amount: Amount, code: str, findings: Findings) -> Money:
    if shared := SHARED_SIGNS.get(amount.currency):
        if code not in shared:
            problem, mend = (
                "The sign of the currency belongs to several.",
                "Write its three letters, like USD.",
            )
            findings.error(row.place(column), amount.currency, problem, mend)
        amount = Amount(amount.value)
    if amount.currency and row["currency"] and amount.currency != row["currency"]:
        findings.error(
            row.place(column),
            amount.currency,
            "The cell names another currency than its row ({code}).",
            "Correct one of them.",
            code=row["currency"],
        )
    code = amount.currency or code
    money = Money.of(amount.value, code)
    if abs(money.major - amount.value) * 10 ** minor_digits(code) > Decimal("0.000001"):
        findings.warn(
            row.place(column),
            amount.value,
            "The amount was rounded to whole minor units of {code}.",
            "Round it yourself if that matters.",
            code=code,
        )
    return money
