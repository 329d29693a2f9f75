"""``pursuit map`` on files of a known program: no mapping is needed, only what the export does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pursuit.cli.files import staged
from pursuit.cli.session import Session


def tell_known(path: Path, currency: str, grids: Sequence[Any], staffed: bool, it: Session) -> bool:
    """Whether every table is that of a known program; then it is said, with what is still to be done.

    ``staffed`` says that the user's own sheet of resources lies beside them.
    """
    from pursuit.intake.exports.propose.starter import starter_path, write_starter
    from pursuit.intake.exports.recognise import recognise
    from pursuit.intake.findings import Findings
    from pursuit.intake.records.rows import read_tables

    findings = Findings(it.words.lang)  # faults in the cells are told by pursuit check, not here
    found = recognise(grids, findings)
    if not found.read_as or found.rest or not found.made:
        return False
    names = ", ".join(dict.fromkeys(found.read_as.values()))
    it.screen.say(it.words("Recognised: {names}. No mapping is needed.", names=names))
    if staffed:
        return True
    workbook = starter_path(path)
    tables = read_tables(found.made, findings)
    if tables["opportunities"] and not workbook.exists():
        company = {"name": path.stem, "currency": currency.upper()}
        with staged(workbook) as part:
            write_starter(tables, part, it.words.lang, company)
    if workbook.exists():
        it.screen.say(
            it.words("For what the export does not hold, correct a few numbers in: {file}", file=workbook)
        )
        if not currency and not _says_currency(tables):
            text = "The currency is not known. Add --currency, or fill it in on the sheet company."
            it.screen.say(it.words(text), "yellow")
        it.screen.say(it.words("Put both into one folder, then: pursuit plan FOLDER -o plan"))
    return True


def _says_currency(tables: Any) -> bool:
    """Whether any row of an export names its currency."""
    return any(row["currency"] for rows in tables.values() for row in rows)
