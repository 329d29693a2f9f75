"""Which sheet of ours a table feeds: the one whose columns it fills best."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pursuit.intake.exports.propose.choosing import Candidate, choose
from pursuit.intake.exports.propose.proposal import SURE
from pursuit.intake.exports.propose.vocabulary import title_of
from pursuit.intake.layout.grids import Grid

Filled = dict[str, float]
"""Columns a table fills, ``name`` of the sheet's own and ``accounts.name`` of another's, with their confidences."""

_TITLE = 1.5
_BORROWED = 0.35
_DOUBTED = 0.4
_LONELY = 0.7
"""Most that a column called just ``name`` or ``no`` counts."""
_SIGNS: dict[str, frozenset[str]] = {
    "opportunities": frozenset(
        {"stage", "outcome", "win_probability", "expected_close", "decide_by", "source"}
    ),
    "quotes": frozenset({"revision", "valid_until", "opportunity"}),
    "invoices": frozenset({"issued", "vat", "paid", "due"}),
    "deliveries": frozenset({"promised", "delivered"}),
    "projects": frozenset({"due"}),
    "contracts": frozenset({"unit_price", "starts", "ends", "called", "minimum"}),
    "resources": frozenset({"hours_per_week", "headcount", "hourly_cost"}),
    "routings": frozenset({"hours_per_unit", "setup_hours", "work_center"}),
    "project_work": frozenset({"hours", "resource", "project"}),
    "accounts": frozenset({"credit_limit", "business_number", "payment_days"}),
    "products": frozenset({"list_price", "family"}),
}
"""Columns by which a sheet is known from the others; they count half as much again."""


def choose_sheet(grid: Grid, found: Sequence[Candidate]) -> tuple[str, bool]:
    """The sheet a table feeds, and whether no other comes near; empty where it feeds none."""
    titles = {title_of(grid.title), title_of(grid.file.rpartition("/")[2].rpartition(".")[0])} - {""}
    scores = {}
    for sheet in _SIGNS:
        filled = _filled(sheet, choose(found, sheet))
        if _CORES[sheet](filled, sheet in titles):
            scores[sheet] = _score(sheet, filled) + _TITLE * (sheet in titles)
    ranked = sorted(scores, key=lambda sheet: -scores[sheet])
    if not ranked:
        return "", True
    near = len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < 0.5
    return ranked[0], not near


def _filled(sheet: str, chosen: Sequence[Candidate]) -> Filled:
    return {
        (c.target[1] if c.target[0] == sheet else ".".join(c.target)): min(c.confidence, _most(sheet, c))
        for c in chosen
    }


def _most(sheet: str, candidate: Candidate) -> float:
    """That a record has a name does not say whether it is a customer, a product or a machine."""
    bare_name = (
        candidate.target in {(sheet, "id"), (sheet, "name")} and candidate.match and candidate.match.doubt
    )
    return _LONELY if bare_name and sheet in ("accounts", "products", "resources") else 1.0


def _score(sheet: str, filled: Filled) -> float:
    total = 0.0
    for name, confidence in filled.items():
        weight = _BORROWED if "." in name else 1.5 if name in _SIGNS[sheet] else 1.0
        total += weight * confidence * (1 if confidence >= SURE else _DOUBTED)
    return total


def _has(filled: Filled, *names: str) -> bool:
    return any(filled.get(name, 0) >= SURE for name in names)


def _hints(filled: Filled, *names: str) -> bool:
    return any(name in filled for name in names)


_WHO = ("accounts.name", "accounts.id")


def _opportunities(filled: Filled, titled: bool) -> bool:
    """A deal has a customer or a name, and something that tells where it stands or what it is worth."""
    signs = sum(
        _has(filled, *names) if not titled else _hints(filled, *names)
        for names in (
            ("stage", "outcome"),
            ("win_probability",),
            ("expected_close", "closed", "created", "decide_by"),
            ("amount", "gross_amount"),
            (*_WHO, "name", "id"),
        )
    )
    return signs >= 2 and (_hints(filled, *_WHO, "name", "id") or _has(filled, "stage", "outcome"))


def _accounts(filled: Filled, titled: bool) -> bool:
    return (_has(filled, "name", "id") and len(filled) >= 2) or (titled and _hints(filled, "name", "id"))


def _products(filled: Filled, titled: bool) -> bool:
    more = _hints(filled, "list_price", "family", "routing", "material_share")
    return (_has(filled, "name", "id") and more) or (titled and _hints(filled, "name", "id"))


def _quotes(filled: Filled, titled: bool) -> bool:
    return _has(filled, "opportunity") and _has(filled, "revision") and _hints(filled, "sent", "net_amount")


def _invoices(filled: Filled, titled: bool) -> bool:
    money = _has(filled, "net_amount", "gross_amount") or (
        titled and _hints(filled, "net_amount", "gross_amount")
    )
    return (
        money
        and _has(filled, "issued")
        and _hints(filled, *_WHO)
        and (titled or _has(filled, "due", "vat", "paid", "id"))
    )


def _deliveries(filled: Filled, titled: bool) -> bool:
    return _has(filled, "promised") and _has(filled, "delivered")


def _projects(filled: Filled, titled: bool) -> bool:
    return _has(filled, "due") and _hints(filled, "name", "id") and (_has(filled, "amount") or titled)


def _contracts(filled: Filled, titled: bool) -> bool:
    product = _has(filled, "products.id", "products.name")
    return (
        product
        and _has(filled, "unit_price")
        and (titled or (_has(filled, "starts") and _has(filled, "ends")))
    )


def _resources(filled: Filled, titled: bool) -> bool:
    return _hints(filled, "name", "id") and (
        _has(filled, "hours_per_week", "headcount", "hourly_cost")
        or (titled and _hints(filled, "hours_per_week", "headcount"))
    )


def _routings(filled: Filled, titled: bool) -> bool:
    return _hints(filled, "work_center", "name") and _has(filled, "hours_per_unit", "setup_hours")


def _project_work(filled: Filled, titled: bool) -> bool:
    return _has(filled, "project") and _has(filled, "hours") and _hints(filled, "resource", "name")


_CORES: dict[str, Callable[[Filled, bool], bool]] = {
    "opportunities": _opportunities,
    "accounts": _accounts,
    "products": _products,
    "quotes": _quotes,
    "invoices": _invoices,
    "deliveries": _deliveries,
    "projects": _projects,
    "contracts": _contracts,
    "resources": _resources,
    "routings": _routings,
    "project_work": _project_work,
}
"""What a table must fill at least to feed a sheet; the title of the table may stand in for a part of it."""
