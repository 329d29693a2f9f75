"""Planning again after the world has moved: what is promised stays, all else is free, and each difference is told.

The new choice begins from the old decisions, record by record, and from the old prices of hours, week by week, so a
small part of the work of a whole plan is enough.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pursuit.domain import Company, offers_of
from pursuit.planning.basis import Basis, Record, Solved, solved
from pursuit.planning.differences import Difference, Known, differences, known_of
from pursuit.planning.model import Settings, build_model
from pursuit.planning.rows import difference_row
from pursuit.planning.warm import Taken, prices_from, start_from
from pursuit.selection.result import Report
from pursuit.selection.worth import worst_tenth_mean

SHARE = 12
"""A re-plan may take one part in so many of a whole plan's work."""
LEAST_WORK = 30
"""Units of work below which a re-plan has nothing to decide with."""


@dataclass(frozen=True)
class Replanned:
    """The new choice beside the old one.

    Attributes
    ----------
    plan
        The new choice with everything it was made from.
    differences
        Each record decided otherwise, with its cause.
    held
        Opportunities whose old decision stands because the firm is committed to it.
    lost
        Opportunities the firm was committed to whose option is not there any more: decided anew.
    """

    plan: Solved
    differences: tuple[Difference, ...]
    held: tuple[str, ...]
    lost: tuple[str, ...]


def replan(
    old: Solved | Mapping[str, Any],
    company: Company,
    settings: Settings,
    *,
    committed: Collection[str] = (),
    work_limit: int | None = None,
    report: Report = lambda progress: True,
) -> Replanned:
    """Choose again for a company as it is now.

    Parameters
    ----------
    old
        The earlier choice with its prices, or a plan document, which has decisions alone.
    company
        The firm now; its day may be later than the old plan's.
    settings
        How to plan; with the same seed as before every deal keeps its luck.
    committed
        Opportunities whose old decision is to stand; pinned ones and those with a quote sent since the old plan's day
        stand anyway. Investments are never held.
    work_limit
        Units of work; if none is told, a twelfth of ``settings.work_limit``, or a quarter where no prices are
        known.
    report
        Receives progress; answers False to stop with the best so far.

    Raises
    ------
    SolveError
        When pins, technologies and hard limits leave no choice.
    """
    known = known_of(old) if isinstance(old, Solved) else known_from(old)
    since = old.basis.company.as_of if isinstance(old, Solved) else date.fromisoformat(old["as_of"])
    company, held, lost = _held(company, known, {*committed, *_quoted(company, since)})
    basis = Basis.of(company, settings)
    model = build_model(basis.situation, settings.risk_aversion)
    prices, share = None, SHARE // 3
    if isinstance(old, Solved):
        prices, share = prices_from(old.basis, old.model, old.solution.prices, model, basis), SHARE
    plan = solved(
        basis,
        model=model,
        start=start_from(known.taken, model, basis),
        prices=prices,
        work_limit=work_limit or max(settings.work_limit // share, LEAST_WORK),
        report=report,
    )
    return Replanned(plan, tuple(differences(known, plan)), held, lost)


def _quoted(company: Company, since: date) -> Iterator[str]:
    """Opportunities to which a quote went out after ``since``."""
    for quote in company.quotes:
        if since < quote.sent <= company.as_of:
            yield quote.opportunity


def _held(
    company: Company, known: Known, committed: Collection[str]
) -> tuple[Company, tuple[str, ...], tuple[str, ...]]:
    """The company with old decisions pinned where the firm is committed to going for a deal."""
    held: list[str] = []
    lost: list[str] = []
    deals = []
    for opp in company.opportunities:
        before = known.taken.get(("opportunity", opp.id))
        if opp.outcome == "open" and opp.id in committed and not opp.pinned and before is not None:
            word = before.offer or before.word
            possible = {"decline", "defer", *(offer.id for offer in offers_of(company, opp))}
            (held if word in possible else lost).append(opp.id)
            opp = replace(opp, pinned=word) if word in possible else opp
        deals.append(opp)
    return replace(company, opportunities=tuple(deals)), tuple(held), tuple(lost)


def known_from(document: Mapping[str, Any]) -> Known:
    """What a plan document says of its decisions (docs/plan-format.md)."""
    taken: dict[Record, Taken] = {}
    chance, amount, due = {}, {}, {}
    for row in document["decisions"]:
        record = ("opportunity", row["opportunity"])
        pursued = row["decision"] == "pursue"
        taken[record] = Taken(row["decision"], row["option"] or "" if pursued else "")
        chance[record], amount[record] = row["win_probability"]["mean"], float(row["amount"])
        due[record] = row["requested_date"] or ""
    for row in document["accounts"]:
        if row["course"] is not None:
            taken["account", row["account"]] = Taken(row["course"])
    for row in document["projects"]:
        taken["project", row["project"]] = Taken(row["mode"])
    for row in document["investments"]:
        begins = date.fromisoformat(row["start"]) if row["start"] else None
        taken["investment", row["investment"]] = Taken("no" if begins is None else "invest", begins=begins)
    return Known(taken, chance, amount, due, regular=_regular(document))


def _regular(document: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    hours: dict[str, dict[str, float]] = {}
    for row in document["allocation"]:
        hours.setdefault(row["resource"], {})[row["week"]] = row["capacity"]
    return hours


def replan_document(again: Replanned) -> dict[str, Any]:
    """The new choice and what differs as JSON-ready data; money in minor units of the firm's currency."""
    plan, company = again.plan, again.plan.basis.company
    solution = plan.solution
    return {
        "format": "pursuit-replan/1",
        "company": {"name": company.name, "currency": company.currency, "hash": company.content_hash},
        "as_of": company.as_of.isoformat(),
        "expected": round(float(solution.values.mean())),
        "worst_tenth": round(worst_tenth_mean(solution.values)),
        "objective": round(solution.objective),
        "bound": round(solution.bound),
        "held": list(again.held),
        "lost": list(again.lost),
        "decisions": [
            {"opportunity": ref, "decision": facts.word, "option": facts.offer.id if facts.offer else None}
            for (kind, ref), facts in plan.chosen.items()
            if kind == "opportunity"
        ],
        "differences": [difference_row(d) for d in again.differences],
    }
