"""Sums of money in rows: which currency each is in, and net told apart from gross of VAT."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pursuit.intake.cells.figures import SHARED_SIGNS, Amount
from pursuit.intake.findings import Findings
from pursuit.intake.records.frame import Frame
from pursuit.intake.records.rows import Row, Tables
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME
from pursuit.units import Money, minor_digits

_NET_COLUMN = {"opportunities": "amount", "quotes": "net_amount", "invoices": "net_amount"}


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
            if name in _NET_COLUMN:
                _settle_net(row, _NET_COLUMN[name], frame, findings)


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


def _settle_net(row: Row, column: str, frame: Frame, findings: Findings) -> None:
    """Fill in the net amount from the gross one where only that stands; report what contradicts itself."""
    net, gross, vat = row[column], row["gross_amount"], row["vat"]
    if len({money.currency for money in (net, gross, vat) if money}) > 1:
        mend = "Write them in one currency."
        findings.error(
            row.place(column), "", "Net amount, VAT and gross amount are in several currencies.", mend
        )
    elif net is None and gross is None:
        if column == "net_amount":
            row.values[column] = Money(0, frame.currency)
            if not (findings.at(row.place(column)) or findings.at(row.place("gross_amount"))):
                text = findings.words(row.sheet.column(column).help)
                findings.error(row.place(column), "", "This cell must be filled in.", "{help}", help=text)
    elif net is None:
        rate = Decimal(str(frame.vat_rate))
        row.values[column] = net = gross - vat if vat else Money.of(gross.major / (1 + rate), gross.currency)
        problem = "Only the amount with VAT is given; the net amount was reckoned from it at {rate}."
        findings.warn(
            row.place("gross_amount"), gross.major, problem, "Fill in the net amount.", rate=f"{rate:.0%}"
        )
    elif gross is not None and vat is not None and net + vat != gross:
        problem, mend = "Net amount and VAT do not add up to it.", "Correct one of the three."
        findings.error(row.place("gross_amount"), gross.major, problem, mend)
    elif gross is not None and abs(gross.amount) < abs(net.amount):
        problem, mend = "The amount with VAT is smaller than the net amount.", "Correct one of them."
        findings.error(row.place("gross_amount"), gross.major, problem, mend)
    if row.sheet.name == "invoices" and vat is None and net and gross and net.currency == gross.currency:
        row.values["vat"] = gross - net
