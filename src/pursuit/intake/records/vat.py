"""Net amount (공급가액), VAT and gross amount of a row: what is missing is reckoned, contradictions are reported."""

from __future__ import annotations

from decimal import Decimal

from pursuit.intake.findings import Findings
from pursuit.intake.records.frame import Frame
from pursuit.intake.records.row import Row
from pursuit.units import Money

NET_COLUMN = {
    "opportunities": "amount",
    "projects": "amount",
    "quotes": "net_amount",
    "invoices": "net_amount",
}
_UNTAXED = ("zero_rated", "exempt")


def settle_net(row: Row, frame: Frame, findings: Findings) -> None:
    """Fill in the net amount from the gross one or from the VAT where only that stands."""
    column = NET_COLUMN[row.sheet.name]
    net, gross, vat = row[column], row["gross_amount"], row["vat"]
    rate = Decimal(0) if row["tax"] in _UNTAXED else Decimal(str(frame.vat_rate))
    if len({money.currency for money in (net, gross, vat) if money}) > 1:
        mend = "Write them in one currency."
        findings.error(
            row.place(column), "", "Net amount, VAT and gross amount are in several currencies.", mend
        )
        row.values[column] = net or Money(0, frame.currency)
    elif row["tax"] in _UNTAXED and vat and vat.amount:
        problem, mend = "A sale without VAT carries VAT.", "Correct the kind of tax or the VAT."
        findings.error(row.place("vat"), vat.major, problem, mend)
    elif net is not None:
        _compare(row, net, gross, vat, findings)
    elif gross is not None:
        _from_gross(row, column, gross, vat, rate, findings)
    elif vat is not None:
        _from_vat(row, column, vat, rate, frame, findings)
    elif row.sheet.name != "opportunities":
        row.values[column] = Money(0, frame.currency)
        if not (findings.at(row.place(column)) or findings.at(row.place("gross_amount"))):
            text = findings.words(row.sheet.column(column).help)
            findings.error(row.place(column), "", "This cell must be filled in.", "{help}", help=text)
    net, gross = row[column], row["gross_amount"]
    if row.sheet.name == "invoices" and vat is None and net and gross and net.currency == gross.currency:
        row.values["vat"] = gross - net


def _compare(row: Row, net: Money, gross: Money | None, vat: Money | None, findings: Findings) -> None:
    if gross is None:
        return
    place = row.place("gross_amount")
    if vat is not None and net + vat != gross:
        problem, mend = "Net amount and VAT do not add up to it.", "Correct one of the three."
        findings.error(place, gross.major, problem, mend)
    elif row["tax"] in _UNTAXED and gross != net:
        problem, mend = "Without VAT, net and gross amount are one.", "Correct one of them."
        findings.error(place, gross.major, problem, mend)
    elif abs(gross.amount) < abs(net.amount):
        problem, mend = "The amount with VAT is smaller than the net amount.", "Correct one of them."
        findings.error(place, gross.major, problem, mend)


def _from_gross(
    row: Row, column: str, gross: Money, vat: Money | None, rate: Decimal, findings: Findings
) -> None:
    row.values[column] = gross - vat if vat else Money.of(gross.major / (1 + rate), gross.currency)
    problem = "Only the amount with VAT is given; the net amount was reckoned from it at {rate}."
    findings.warn(
        row.place("gross_amount"), gross.major, problem, "Fill in the net amount.", rate=f"{rate:.0%}"
    )


def _from_vat(row: Row, column: str, vat: Money, rate: Decimal, frame: Frame, findings: Findings) -> None:
    place = row.place("vat")
    if rate and vat.amount:
        row.values[column] = Money.of(vat.major / rate, vat.currency)
        problem = "Only the VAT is given; the net amount was reckoned from it at {rate}."
        findings.warn(place, vat.major, problem, "Fill in the net amount.", rate=f"{rate:.0%}")
    else:
        row.values[column] = Money(0, frame.currency)
        problem = "Only a VAT is given from which no net amount can be reckoned."
        findings.error(place, vat.major, problem, "Fill in the net amount.")
