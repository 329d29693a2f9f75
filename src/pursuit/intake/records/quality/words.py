"""Words in cells that would silently mean nothing: scopes, pinned decisions, countries."""

from __future__ import annotations

from collections.abc import Callable

from pursuit.intake.findings import Findings
from pursuit.intake.records.frame import Frame
from pursuit.intake.records.rows import Row, Tables
from pursuit.units import holiday_dates

_DECISIONS = {"decline", "defer", "standard"}
_STARTS = {"no", "now", "later"}


def check_words(tables: Tables, frame: Frame, findings: Findings) -> None:
    """Report words that no plan could act on; the domain takes them as plain text."""
    known = _scopes(tables)
    for sheet in ("goals", "limits"):
        for row in tables[sheet]:
            _check(
                row,
                "scope",
                lambda scope: not scope or scope in known,
                findings,
                ", ".join(sorted(known)[:5]),
            )
    with_options = {row["opportunity"] for row in tables["options"]}
    for row in tables["opportunities"]:
        if row["id"] not in with_options:  # with options the domain knows the choices
            _check(
                row, "pinned", lambda word: not word or word in _DECISIONS, findings, ", ".join(_DECISIONS)
            )
    for row in tables["investments"]:
        _check(
            row, "pinned", lambda w: not w or w in _STARTS or w.isdecimal(), findings, "no, now, later, 0, 8"
        )
    for row in tables["calendars"]:
        _check(
            row, "country", lambda code: not code or _has_holidays(code, frame), findings, "KR, US, JP, DE"
        )


def _check(row: Row, column: str, good: Callable[[str], bool], findings: Findings, words: str) -> None:
    value = row[column] or ""
    if not good(value):
        findings.error(
            row.place(column), value, "This word is not known here.", "Use one of: {words}.", words=words
        )


def _scopes(tables: Tables) -> set[str]:
    """Every scope that holds something."""
    accounts, products = tables["accounts"], tables["products"]
    sectors = {row["sector"] for row in accounts}
    names = {
        "account": {row["id"] for row in accounts} | {row["account"] for row in tables["opportunities"]},
        "segment": {row["id"] for row in tables["segments"]} | {row["segment"] for row in accounts} | sectors,
        "sector": sectors,
        "product": {row["id"] for row in products} | {row["product"] for row in tables["opportunities"]},
        "family": {row["family"] for row in products},
    }
    return {f"{kind}:{name}" for kind, members in names.items() for name in members if name}


def _has_holidays(country: str, frame: Frame) -> bool:
    """Whether it is a code whose public holidays are known."""
    try:
        return (
            len(country) == 2 and country.isupper() and holiday_dates(country, frame.as_of.year) is not None
        )
    except NotImplementedError:
        return False
