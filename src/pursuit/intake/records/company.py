"""Typed rows to the Company they make, or every fault that keeps them from making one."""

from __future__ import annotations

from datetime import date

from pursuit.domain import Company
from pursuit.errors import CompanyError
from pursuit.intake.findings import Findings
from pursuit.intake.records.accounts import settle_accounts
from pursuit.intake.records.build import build_records
from pursuit.intake.records.dealing import settle_contracts, settle_likelihood, settle_quotes
from pursuit.intake.records.frame import read_frame
from pursuit.intake.records.payment import settle_payments
from pursuit.intake.records.places import place_faults
from pursuit.intake.records.rows import Tables
from pursuit.intake.records.sense import check_sense
from pursuit.intake.records.sums import settle_sums


def make_company(
    tables: Tables, file: str, stem: str, as_of: date | None, findings: Findings
) -> Company | None:
    """The firm that the rows of all sheets make; None, with its faults, where they contradict each other.

    Parameters
    ----------
    tables
        Typed rows by sheet.
    file, stem
        The input as the user knows it, and what stands in for the firm's name.
    as_of
        The day the data describes; goes before what the rows say.
    findings
        Takes every fault; its warnings become notes of the company.
    """
    frame = read_frame(tables, file, stem, as_of, findings)
    settle_accounts(tables, findings)
    settle_quotes(tables, findings)
    settle_likelihood(tables, findings)
    settle_contracts(tables, findings)
    settle_payments(tables, findings)
    settle_sums(tables, frame, findings)
    check_sense(tables, frame, findings)
    records = build_records(tables, frame, findings)
    notes = (*(row["text"] for row in tables["notes"]), *map(str, findings.warnings))
    try:
        return Company(
            name=frame.name,
            currency=frame.currency,
            as_of=frame.as_of,
            vat_rate=frame.vat_rate,
            notes=tuple(dict.fromkeys(notes)),
            **records,
        )
    except CompanyError as error:
        place_faults(error.faults, tables, frame, findings)
    return None
