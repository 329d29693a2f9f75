"""Whether the values of a column look like what one of our columns holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pursuit.domain.likelihood import grade_prior
from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.habits import POINTED
from pursuit.intake.cells.likelihood import plain_percent
from pursuit.intake.cells.penalty import read_day_rate
from pursuit.intake.cells.terms import read_terms
from pursuit.intake.exports.propose.looks import Looks
from pursuit.intake.exports.propose.vocabulary import Target, outcome_of
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME
from pursuit.intake.sheets.table import Column, plain

Fit = Literal["tells", "suits", "unknown", "contradicts"]
"""Values that only such a column has; that it may have; none to look at; that it cannot have."""

_MOST, _FEW = 0.8, 0.4


def fit(target: Target, looks: Looks) -> Fit:
    """How well values fit a column."""
    if not looks.filled:
        return "unknown"
    own = _OWN.get(target) or _OWN_NAME.get(target[1])
    if own:
        return own(looks)
    column = SHEET_BY_NAME[target[0]].column(target[1])
    return _choice(column)(looks) if column.kind == "choice" else _KINDS[column.kind](looks)


def _share(part: float) -> Fit:
    return "suits" if part >= _MOST else "contradicts" if part < _FEW else "unknown"


def _date(looks: Looks) -> Fit:
    return _share(looks.dates)


def _money(looks: Looks) -> Fit:
    if looks.signed > _MOST:
        return "suits"
    return _share(looks.numbers)


def _number(looks: Looks) -> Fit:
    return _share(looks.numbers - looks.signed)


def _share_of(looks: Looks) -> Fit:
    if looks.percents >= _MOST:
        return "tells"
    if looks.low is None or looks.high is None or looks.numbers + looks.percents < _MOST:
        return "contradicts" if max(looks.dates, looks.signed, looks.texts) > _FEW else "unknown"
    return "suits" if looks.low >= 0 and looks.high <= 100 else "contradicts"


def _text(looks: Looks) -> Fit:
    return "contradicts" if looks.dates >= _FEW or looks.percents >= _FEW or looks.signed >= _FEW else "suits"


def _id(looks: Looks) -> Fit:
    """Ids of rows stand once each."""
    if looks.dates >= _FEW or looks.percents >= _FEW or looks.signed >= _FEW:
        return "contradicts"
    return "tells" if looks.unique else "contradicts"


def _name(looks: Looks) -> Fit:
    if looks.texts < _FEW:
        return "contradicts"
    return "tells" if looks.texts >= _MOST and len(looks.words) > 0.8 * looks.filled else "suits"


def _firm(looks: Looks) -> Fit:
    """Names of firms are texts; a firm may stand in many rows."""
    return "contradicts" if looks.texts < 0.5 or looks.yes > _FEW else "suits"


def _code(looks: Looks) -> Fit:
    return "contradicts" if looks.dates >= _FEW or looks.percents >= _FEW or looks.signed >= _FEW else "suits"


def _outcome(looks: Looks) -> Fit:
    """Telling when a known word for won or lost stands there and most words are known."""
    known = [outcome_of(word) for word, _ in looks.words]
    if len(known) > 25:
        return "contradicts"
    ended = {"won", "lost"} & set(known)
    sure = sum(outcome is not None for outcome in known)
    if ended and sure >= 0.6 * len(known):
        return "tells"
    return "suits" if ended else "unknown" if looks.repeated and looks.texts > _FEW else "contradicts"


def _stage(looks: Looks) -> Fit:
    if looks.texts < 0.5 or not (looks.repeated or looks.filled < 8):
        return "contradicts"
    known = [outcome_of(word) for word, _ in looks.words]
    steps = known.count("open")
    return "tells" if steps > 1 and len(known) - known.count(None) >= 0.6 * len(known) else "suits"


def _business(looks: Looks) -> Fit:
    if looks.businesses >= _MOST:
        return "tells"
    digits = [word for word, _ in looks.words if word.isdigit() and len(word) == 10]
    return "suits" if len(digits) >= _MOST * len(looks.words) else "contradicts"


def _currency(looks: Looks) -> Fit:
    return "tells" if looks.currencies >= _MOST else "contradicts"


def _yes(looks: Looks) -> Fit:
    return "tells" if looks.yes >= _MOST else "contradicts"


def _days(looks: Looks) -> Fit:
    """Days as a number; words for terms (``익월말 60일``, ``Net 30``) are no number of days."""
    return "suits" if looks.numbers >= _MOST else "contradicts"


def _choice(column: Column) -> Callable[[Looks], Fit]:
    """Words of ours, in either language."""
    known = {plain(word) for pair in column.choices.items() for word in pair}
    return lambda looks: "tells" if all(plain(word) in known for word, _ in looks.words) else "contradicts"


def _grade(looks: Looks) -> Fit:
    """Grades and bands that stand for a probability; mere percentages are one already."""
    graded = sum(grade_prior(word) is not None and plain_percent(word) is None for word, _ in looks.words)
    return "tells" if looks.repeated and graded >= _MOST * len(looks.words) else "contradicts"


def _day_rate(looks: Looks) -> Fit:
    """Shares for each day late, however a contract writes them: 1/1000, 0.1%."""
    readable = sum(_is_day_rate(word) for word, _ in looks.words[:50])
    return "suits" if readable >= _MOST * len(looks.words[:50]) else "contradicts"


def _is_day_rate(word: str) -> bool:
    try:
        read_day_rate(word, POINTED)
    except CellError:
        return False
    return True


def _terms(looks: Looks) -> Fit:
    """Terms of payment that can be read; mere numbers are days."""
    readable = sum(_are_terms(word) for word, _ in looks.words[:50])
    few = readable < _MOST * len(looks.words[:50])
    return "contradicts" if few or looks.numbers > _FEW else "tells"


def _are_terms(word: str) -> bool:
    try:
        read_terms(word)
    except CellError:
        return False
    return True


def _loose(looks: Looks) -> Fit:
    return "suits"


_OWN: dict[Target, Callable[[Looks], Fit]] = {
    ("accounts", "id"): _code,
    ("accounts", "name"): _firm,
    ("accounts", "business_number"): _business,
    ("accounts", "payment_days"): _days,
    ("products", "id"): _code,
    ("products", "name"): _text,
    ("opportunities", "outcome"): _outcome,
    ("opportunities", "stage"): _stage,
    ("opportunities", "likelihood"): _grade,
    ("quotes", "opportunity"): _code,
    ("deliveries", "order"): _code,
    ("routings", "id"): _code,
    ("routings", "name"): _text,
    ("resources", "id"): _id,
    ("resources", "name"): _text,
    ("project_work", "name"): _text,
}
_OWN_NAME: dict[str, Callable[[Looks], Fit]] = {
    "id": _id,
    "name": _name,
    "payment_terms": _terms,
    "late_penalty_rate": _day_rate,
}
_KINDS: dict[str, Callable[[Looks], Fit]] = {
    "text": _text,
    "number": _number,
    "share": _share_of,
    "integer": _number,
    "money": _money,
    "currency": _currency,
    "date": _date,
    "yes": _yes,
    "list": _text,
    "integers": _number,
    "numbers_by_name": _loose,
    "texts_by_name": _loose,
}
