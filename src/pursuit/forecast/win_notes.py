"""What the win forecast had to assume, and its model card."""

from __future__ import annotations

from collections.abc import Mapping

from pursuit.domain import Company
from pursuit.forecast.ages import Clock
from pursuit.forecast.beliefs import Reason
from pursuit.forecast.options import EFFORT_LOG_ODDS, PRICE_LOG_ODDS, WEEK_LOG_ODDS
from pursuit.forecast.signal import NO_SIGNAL, Signal
from pursuit.forecast.stages import PRIOR_RATE, PRIOR_STRENGTH, Funnel
from pursuit.words import format_percent


def win_fallbacks(company: Company, funnel: Funnel, signal: Signal, assumed: int) -> tuple[Reason, ...]:
    """What stood in for missing history, and how many options rest on assumed effects."""
    closed, deals = company.closed_opportunities, company.open_opportunities
    found = []
    if not closed:
        rates = {"rate": format_percent(PRIOR_RATE)}
        found.append(
            Reason(
                "No closed deals: published win rates stand in (CRM defaults by stage, else {rate} from a "
                "survey of sales "
                "organisations, CSO Insights 2015), with wide intervals.",
                rates,
            )
        )
    elif not funnel.order and any(deal.stage for deal in deals):
        found.append(
            Reason(
                "Closed deals do not say which stage they reached: every stage has the overall win rate.", {}
            )
        )
    if closed and signal.name == NO_SIGNAL and signal.tested:
        found.append(
            Reason(
                "No signal: nothing known of the deals tells clearly who wins (log-loss of the latest "
                "{tested} outcomes {loss}, base rate {base}); base rates are used.",
                {"tested": signal.tested, "loss": f"{signal.loss:.4f}", "base": f"{signal.base_loss:.4f}"},
            )
        )
    elif closed and signal.name == NO_SIGNAL:
        found.append(
            Reason(
                "{closed} closed deals are too few to tell which traits win; base rates are used.",
                {"closed": len(closed)},
            )
        )
    undated = sum(deal.created is None for deal in deals)
    if undated:
        found.append(
            Reason(
                "{count} open deals have no creation date: their age is not counted against them.",
                {"count": undated},
            )
        )
    if assumed:
        found.append(
            Reason(
                "{count} opportunities have options without a declared effect on winning; assumed changes "
                "of the log-odds: "
                "{price} per 10 % of price, {week} per week of lead time, {effort} per doubling of effort.",
                {
                    "count": assumed,
                    "price": f"{PRICE_LOG_ODDS * 0.0953:+.2f}",
                    "week": f"{WEEK_LOG_ODDS:+.2f}",
                    "effort": f"{EFFORT_LOG_ODDS:+.2f}",
                },
            )
        )
    return tuple(found)


def win_card(
    company: Company, funnel: Funnel, signal: Signal, clocks: Mapping[str, Clock]
) -> Mapping[str, object]:
    """Data, period, split, loss against the base rate, what was used, and limits of the win forecast."""
    closed = company.closed_opportunities
    days = [deal.closed for deal in closed if deal.closed]
    return {
        "closed_deals": len(closed),
        "won": sum(deal.outcome == "won" for deal in closed),
        "from": min(days).isoformat() if days else "",
        "to": max(days).isoformat() if days else "",
        "split": "by closing date: from 40 % on, each tenth is foretold by weights learned before it",
        "tested": signal.tested,
        "log_loss": round(signal.loss, 4) if signal.tested else None,
        "log_loss_base_rate": round(signal.base_loss, 4) if signal.tested else None,
        "traits_tried": list(signal.tried),
        "traits_used": signal.name,
        "stages": list(funnel.order),
        "stage_order": "learned" if funnel.learned_order else "published" if funnel.order else "unknown",
        "longest_days": {kind or "all": clock.longest for kind, clock in clocks.items()},
        "prior": f"{PRIOR_RATE} with the weight of {PRIOR_STRENGTH:g} deals",
        "limits": "Only deals that were pursued are in the record; trait effects are learned over all "
        "stages alike.",
    }
