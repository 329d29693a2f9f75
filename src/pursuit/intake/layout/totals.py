"""Lines of sums among the rows: told from customers and products that are merely called so, and checked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.figures import read_amount
from pursuit.intake.cells.read import is_blank
from pursuit.intake.layout.levels import Rows
from pursuit.intake.layout.looks import is_neutral, is_typed, text_of
from pursuit.intake.layout.page import cell
from pursuit.intake.layout.units import read_unit

LABEL_COLUMNS = 6
"""The label of a sum stands in one of this many first columns."""

_KOREAN = "소계|합계|총계|누계|총합계|총합|전체합계|총액"
_SURE = re.compile(rf"계|{_KOREAN}|(?:sub|grand)?totals?|(?:sum)?total(?:sum|amount)?")
_LIKELY = re.compile(
    rf"(?P<ko>.+?)(?:{_KOREAN})|(?P<en>.+?)(?:sub|grand)?totals?|(?:sub)?total(?:for|of)?(?P<of>.+)"
)
_COUNT = re.compile(r"\(?[:=]?\d[\d,]*(?:건|개|명|행|rows?|items?|records?|lines?)?\)?$")
_SPACED = re.compile(r"소\s*계|sub\s*total|\S\s+(?:합\s*계|총\s*계|누\s*계)|\S\s+total\s*$", re.IGNORECASE)
_LEADING = re.compile(r"\s*(?:sub)?total", re.IGNORECASE)
_HINTS = ("계", "총", "otal", "OTAL")
_HINT = re.compile(r"[소합총누]\s*계|^\W*계\W*$|total|총\s*[합액]", re.IGNORECASE | re.MULTILINE)
_DRESSING = re.compile(r"[\s\[\]<>*■▶◆●:=\-_【】〔〕]+")
_A_COUNT = re.compile(r"\(?\d[\d,]*\s*(?:건|개|명|대|ea|pcs)\)?", re.IGNORECASE)
_A_DAY = re.compile(r"(?:19|20)\d\d\s*[-./년]\s*\d{1,2}\s*[-./월]\s*\d{1,2}")


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure in a line of sums that is not what the rows above add up to."""

    row: int
    column: int
    figure: Decimal
    rows: Decimal


def _bare(text: str) -> str:
    """A label without spaces, brackets and the number of rows after it."""
    return _COUNT.sub("", _DRESSING.sub("", unicodedata.normalize("NFKC", text).casefold()))


def _is_sure(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 40 and _SURE.fullmatch(_bare(value)) is not None


def _stem(value: Any) -> str | None:
    """Whose sum a label says it is (``A사 소계``); None where it is no such label."""
    if not isinstance(value, str) or len(value) > 60:
        return None
    match = _LIKELY.fullmatch(_bare(value))
    return next((part for part in match.groups() if part), None) if match else None


def find_totals(rows: Rows, width: int) -> tuple[set[int], set[int]]:
    """Indices of the rows that are sums, and of those that look like it but were kept.

    A label such as 소계 or Total counts where nothing else in its row speaks of a record; a name with such a word
    in it (``A사 소계``, ``Acme total``) only where the figures are the sums of the rows above.
    """
    labels: dict[int, set[str]] = {}
    bodies = [cells for _, cells in rows]
    shortest = min(map(len, bodies), default=0)
    for column in range(min(LABEL_COLUMNS, width)):
        whole = column < shortest
        values = map(itemgetter(column), bodies) if whole else (cell(cells, column) for cells in bodies)
        texts = {value for value in set(values) if value.__class__ is str}
        joined = "\n".join(texts)
        hints = [hint for hint in _HINTS if hint in joined]
        hinted = {text for hint in hints for text in texts if hint in text}
        found = {text for text in hinted if _HINT.search(text) and (_is_sure(text) or _stem(text))}
        if found:
            labels[column] = found
    if not labels or width < 2:
        return set(), set()
    sums: set[int] = set()
    kept: set[int] = set()
    before: tuple[Any, ...] = ()
    for at, (_, cells) in enumerate(rows):
        label = next((c for c, found in labels.items() if cell(cells, c) in found), None)
        if label is not None and _stands_alone(cells, label, before):
            sure = _is_sure(cells[label]) or (_SPACED.search(cells[label]) and _is_poor(cells, before))
            if sure or _proves_itself(rows, at, label, sums):
                sums.add(at)
                continue
            if not _LEADING.match(cells[label]):  # Total station is a product
                kept.add(at)
        before = cells
    return sums, kept


def _stands_alone(cells: Sequence[Any], column: int, before: Sequence[Any]) -> bool:
    """Whether all else in a row is figures, or what the row above says left of the label."""
    for at, value in enumerate(cells):
        if at == column or is_neutral(value) or _is_sure(value):
            continue
        if at < column and text_of(value) == text_of(cell(before, at)):
            continue
        if isinstance(value, str):
            text = value.strip()
            if _A_DAY.match(text) or not (is_typed(text) or _A_COUNT.fullmatch(text) or read_unit(text)):
                return False
        elif not is_typed(value) or hasattr(value, "year"):
            return False
        if at < column:
            return False
    return True


def _is_poor(cells: Sequence[Any], before: Sequence[Any]) -> bool:
    """Whether a row is blank where the record above it speaks, in two columns or more."""
    return sum(not is_neutral(value) and is_neutral(cell(cells, at)) for at, value in enumerate(before)) >= 2


def _proves_itself(rows: Rows, at: int, column: int, sums: set[int]) -> bool:
    """Whether a likely label is a sum: of two rows or more, or of the very group it names."""
    gaps, checked = check_sums(rows[: at + 1], {*sums, at}, [at])
    stem = _stem(rows[at][1][column])
    above = [cells for row, (_, cells) in enumerate(rows[:at]) if row not in sums]
    named = any(_bare(text_of(cell(cells, c))) == stem for cells in above for c in range(column + 1))
    return bool(checked) and not gaps and (named or len(above) > 1)


def check_sums(
    rows: Rows, sums: set[int], only: Sequence[int] = (), rates: Set[int] = frozenset()
) -> tuple[list[Gap], int]:
    """Where figures in lines of sums are not the sums of rows above them, and how many were checked.

    A figure may be the sum since the last line of sums, since the last of the same label, or from the first row.
    Columns of ``rates`` (prices, shares), where such a line holds an average, are passed over.
    """
    wanted = set(only) or sums
    columns = {
        column
        for at in wanted
        for column, value in enumerate(rows[at][1])
        if not is_blank(value) and _figure(value) is not None
    }
    gaps: list[Gap] = []
    checked = 0
    for column in sorted(columns - rates):
        total, since, seen = Decimal(0), {"": Decimal(0)}, list[Decimal]()
        for at, (number, cells) in enumerate(rows):
            value = _figure(cell(cells, column))
            if at not in sums:
                seen += [] if value is None else [value]
                total += value or 0
                continue
            label = _kind(cells)
            if at in wanted and value is not None and seen:
                checked += 1
                bases = (since[""], since.get(label, Decimal(0)), Decimal(0))
                near = min((total - base for base in bases), key=lambda candidate: abs(candidate - value))
                if abs(near - value) > _tolerance(value) and not _is_rate(value, seen):
                    gaps.append(Gap(number, column, value, near))
            since[""] = since[label] = total
    return gaps, checked


def label_of(cells: Sequence[Any]) -> str:
    """The cell that says that a row is a sum."""
    return next((text_of(text) for text in cells if _is_sure(text) or _stem(text)), "")


def _kind(cells: Sequence[Any]) -> str:
    """What sort of sum a row is, whosever it is."""
    bare = _bare(label_of(cells))
    return next(
        (word for word in (*_KOREAN.split("|"), "subtotal", "grandtotal", "total") if word in bare), bare
    )


def _figure(value: Any) -> Decimal | None:
    if is_blank(value) or hasattr(value, "year") or isinstance(value, bool):
        return None
    if isinstance(value, str) and (
        value.strip().endswith(("%", "％")) or not any(c.isdigit() for c in value)
    ):
        return None
    try:
        return read_amount(value).value
    except CellError:
        return None


def _tolerance(figure: Decimal) -> Decimal:
    """Half of the last digit shown, or what floating point loses."""
    digits = figure.normalize().as_tuple().exponent
    shown = Decimal("0.5").scaleb(digits) if isinstance(digits, int) and digits < 0 else Decimal(0)
    return max(shown, abs(figure) * Decimal("1e-9"))


def _is_rate(figure: Decimal, seen: Sequence[Decimal]) -> bool:
    """Whether a figure lies among those of several rows, as an average does and a sum does not."""
    return len(seen) > 1 and min(seen) <= figure <= max(seen) and (max(seen) <= 1 or min(seen) == max(seen))
