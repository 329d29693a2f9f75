"""Who may not pay: one-year default by statement, else credit grade, else sector, raised where invoices are
paid late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from pursuit.domain import Account, Company, Statement
from pursuit.forecast.beliefs import Chance, Reason
from pursuit.forecast.credit_tables import (
    GRADE_SPREAD,
    LATE_LOG_ODDS_PER_DAY,
    LATE_MOST,
    LOSS_GIVEN_DEFAULT,
    PRIOR_DEFAULT,
    PRIOR_SPREAD,
    STATEMENT_SPREAD,
    grade_default,
    z_default,
    z_letter,
    z_score,
)
from pursuit.forecast.rates import expit, logit
from pursuit.words import format_percent

SECTOR_STRENGTH = 10.0
"""Scored firms of a sector as many as which the overall prior counts."""


@dataclass(frozen=True)
class DefaultForecast:
    """One-year default of every account, what stood in for missing data, and the model card."""

    chances: Mapping[str, Chance]
    fallbacks: tuple[Reason, ...]
    card: Mapping[str, object]


def forecast_defaults(company: Company) -> DefaultForecast:
    """Default chance of each account; a declared probability is taken as it is."""
    scored = {account: (year, score) for account, (year, score) in _last_scores(company).items()}
    sectors = _sector_rates(company, scored)
    late = _days_late(company)
    chances = {
        account.id: _declared(account) or _estimated(account, scored.get(account.id), sectors, late)
        for account in company.accounts
    }
    count: dict[str, int] = defaultdict(int)
    for chance in chances.values():
        count[chance.basis] += 1
    fallbacks = []
    if count["sector"] + count["prior"]:
        fallbacks.append(
            Reason(
                "{count} of {total} customers have neither a full statement nor a credit grade: a default "
                "rate of "
                "{rate} a year stands in, moved by their sector's scored firms and by late payment.",
                {
                    "count": count["sector"] + count["prior"],
                    "total": len(chances),
                    "rate": format_percent(PRIOR_DEFAULT, digits=1),
                },
            )
        )
    unread = [
        a.credit_grade for a in company.accounts if a.credit_grade and not grade_default(a.credit_grade)
    ]
    if unread:
        fallbacks.append(
            Reason(
                "{count} credit grades are no letters from AAA to D and no e-1 to e-10, such as {grade}: they are not "
                "used.",
                {"count": len(unread), "grade": unread[0]},
            )
        )
    if chances:
        fallbacks.append(
            Reason(
                "Loss given default is assumed to be {share}: trade claims lie between the 45% and 75% of "
                "Basel's foundation approach.",
                {"share": format_percent(LOSS_GIVEN_DEFAULT)},
            )
        )
    card = {
        "method": "Altman Z'' (2005) with default rates of S&P (1981-2024); grades with those of NICE (1998-2023)",
        "accounts_by_basis": dict(sorted(count.items())),
        "accounts_with_invoices": len(late),
        "prior": PRIOR_DEFAULT,
        "limits": "Rates of rated firms applied to unrated ones; not trained on this firm's own losses.",
    }
    return DefaultForecast(chances, tuple(fallbacks), card)


def _last_scores(company: Company) -> Mapping[str, tuple[Statement, float]]:
    """The latest statement of each account that is complete enough for a score."""
    last: dict[str, tuple[Statement, float]] = {}
    for statement in sorted(company.statements, key=lambda s: s.year_end):
        score = z_score(statement) if statement.year_end <= company.as_of else None
        if score is not None:
            last[statement.account] = (statement, score)
    return last


def _sector_rates(
    company: Company, scored: Mapping[str, tuple[Statement, float]]
) -> Mapping[str, tuple[float, int]]:
    """Default rate by sector from its scored firms, drawn to the overall prior, with their number."""
    by_sector: dict[str, list[float]] = defaultdict(list)
    for account in company.accounts:
        if account.id in scored and account.sector:
            by_sector[account.sector].append(z_default(scored[account.id][1]))
    return {
        sector: ((sum(rates) + SECTOR_STRENGTH * PRIOR_DEFAULT) / (len(rates) + SECTOR_STRENGTH), len(rates))
        for sector, rates in by_sector.items()
    }


def _days_late(company: Company) -> Mapping[str, float]:
    """Mean days late of each account's invoices that fell due in the last year, weighted by amount."""
    since = company.as_of - timedelta(days=365)
    weight: dict[str, float] = defaultdict(float)
    days: dict[str, float] = defaultdict(float)
    for invoice in company.invoices:
        if since <= invoice.due <= company.as_of and invoice.net_amount.amount > 0:
            paid = min(invoice.paid or company.as_of, company.as_of)
            amount = company.home(invoice.net_amount, invoice.issued)
            weight[invoice.account] += amount
            days[invoice.account] += amount * max((paid - invoice.due).days, 0)
    return {account: days[account] / total for account, total in weight.items() if total}


def _declared(account: Account) -> Chance | None:
    declared = account.default_probability
    if declared is None:
        return None
    shown = {"rate": format_percent(declared, digits=1)}
    return Chance(
        declared,
        declared,
        declared,
        "declared",
        (Reason("The default rate of {rate} a year was declared.", shown),),
    )


def _estimated(
    account: Account,
    scored: tuple[Statement, float] | None,
    sectors: Mapping[str, tuple[float, int]],
    late: Mapping[str, float],
) -> Chance:
    grade = grade_default(account.credit_grade)
    if scored is not None:
        statement, score = scored
        rate, spread, basis = z_default(score), STATEMENT_SPREAD, "statement"
        figures = {
            "year": statement.year_end.year,
            "score": f"{score:.2f}",
            "letter": z_letter(score),
            "rate": _rate(rate),
        }
        reason = Reason(
            "Accounts of {year}: Altman Z'' {score}, like firms rated {letter}, of which {rate} fail in a "
            "year.",
            figures,
        )
    elif grade is not None:
        rate, spread, basis = grade[1], GRADE_SPREAD, "grade"
        reason = Reason(
            "Credit grade {grade}: {rate} of firms graded {letter} fail in a year (NICE, 1998 to 2023).",
            {"grade": account.credit_grade, "letter": grade[0], "rate": _rate(rate)},
        )
    elif account.sector in sectors:
        rate, count = sectors[account.sector]
        spread, basis = PRIOR_SPREAD, "sector"
        figures = {"sector": account.sector, "count": count, "rate": _rate(rate)}
        reason = Reason(
            "No accounts and no grade: sector {sector} with {count} scored firms gives {rate} a year.",
            figures,
        )
    else:
        rate, spread, basis = PRIOR_DEFAULT, PRIOR_SPREAD, "prior"
        reason = Reason("No accounts and no grade: {rate} a year is assumed.", {"rate": _rate(rate)})
    reasons, odds = [reason], float(logit(rate))
    days = late.get(account.id)
    if days is not None:
        odds += min(days * LATE_LOG_ODDS_PER_DAY, LATE_MOST)
        reasons.append(Reason("Paid {days} days late on average over the last year.", {"days": round(days)}))
    low, high = float(expit(odds - 1.645 * spread)), float(expit(odds + 1.645 * spread))
    return Chance(float(expit(odds)), low, high, basis, tuple(reasons))


def _rate(rate: float) -> str:
    return format_percent(rate, digits=2 if rate < 0.01 else 1)
