"""Cells that group rows, such as stages and owners: left blank among others, or spelt in several ways."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from unicodedata import normalize

from pursuit.intake.findings import Findings
from pursuit.intake.records.rows import Row, Tables
from pursuit.intake.sheets.table import plain

GROUPING = {
    "opportunities": ("stage", "owner", "source"),
    "accounts": ("sector", "region"),
    "products": ("family",),
}
"""Columns of plain words by which rows are told apart."""
NAMES = {"owner"}
"""Columns of people and teams, whose names may differ in one letter."""
OFTEN = 5
"""How many times more often the right spelling must stand than a wrong one."""
SHORTEST = 4
"""Letters (parts of a syllable in Korean) a word must have to be told misspelt."""


def check_spellings(tables: Tables, findings: Findings) -> None:
    """Warn of deals without owner where others have one, and of rare spellings near a frequent one."""
    deals = tables["opportunities"]
    if any(row["owner"] for row in deals):
        for row in deals:
            if not row["owner"]:
                problem, mend = "Nobody is named who looks after it.", "Fill in the owner."
                findings.warn(row.place("owner"), row["id"], problem, mend)
    for sheet, columns in GROUPING.items():
        for column in columns:
            _check_column(tables[sheet], column, findings)


def _check_column(rows: list[Row], column: str, findings: Findings) -> None:
    counts = Counter(row[column] for row in rows if row[column])
    meant = {word: right for word in counts if (right := _meant(word, counts, column in NAMES))}
    for row in rows:
        if row[column] in meant:
            problem = "It is spelt almost like a word that stands far more often."
            mend = "If it is meant to be {near}, write that."
            findings.warn(row.place(column), row[column], problem, mend, near=meant[row[column]])


def _meant(word: str, counts: Counter[str], name: bool) -> str:
    """The frequent word a rare one was probably meant to be; empty for none."""
    for other, count in counts.most_common():
        if count <= counts[word]:
            break
        if plain(word) == plain(other):
            return other
        if not name and count >= OFTEN * counts[word] and _one_slip(word, other):
            return other
    return ""


def _one_slip(one: str, other: str) -> bool:
    """Whether two texts differ in one word, and that by one letter too many, too few, wrong or swapped."""
    pairs = list(zip_longest(one.casefold().split(), other.casefold().split(), fillvalue=""))
    apart = [(normalize("NFD", a), normalize("NFD", b)) for a, b in pairs if a != b]
    if len(apart) != 1 or any(len(word) < SHORTEST or not word.isalpha() for word in apart[0]):
        return False
    short, long = sorted(apart[0], key=len)
    at = next((at for at, sign in enumerate(short) if sign != long[at]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = long[:at] + long[at + 1 : at + 2] + long[at : at + 1] + long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or short == swapped
