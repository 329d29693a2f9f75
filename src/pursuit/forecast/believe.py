"""One call from a company to everything a plan believes about its future."""

from __future__ import annotations

from collections.abc import Mapping

from pursuit.domain import Company
from pursuit.forecast.arrivals import forecast_arrivals
from pursuit.forecast.beliefs import AccountBelief, Beliefs, Reason
from pursuit.forecast.credit_tables import LOSS_GIVEN_DEFAULT
from pursuit.forecast.default import DefaultForecast, forecast_defaults
from pursuit.forecast.repeat import RepeatForecast, forecast_repeats
from pursuit.forecast.win import forecast_wins
from pursuit.units import WeekAxis
from pursuit.words import format_percent

HOURS_SPREAD = 0.15
"""Standard deviation of the log of actual over planned hours: an assumption, as no record of actual hours is
read yet."""
SECTOR_CORRELATION = 0.15
"""Correlation of the hidden drivers within a sector: inside the 12 to 24 % of Basel II's corporate formula
(paragraph 272); for wins it is an assumption."""


def believe(company: Company, axis: WeekAxis) -> Beliefs:
    """Everything that is believed about a company's open opportunities, accounts and arrivals as of its day.

    Parameters
    ----------
    company
        The firm; only what it knew on ``company.as_of`` is used.
    axis
        The weeks planned. Beliefs hold for any axis today; the horizon is noted on the model cards.

    Returns
    -------
    Beliefs
        One belief per open opportunity and per account, streams of arrivals, what had to stand in for missing
        data (``fallbacks``) and a model card per forecast (``cards``). Probabilities carry 90 % intervals;
        money is in minor units of the firm's currency.
    """
    wins = forecast_wins(company)
    defaults = forecast_defaults(company)
    arrivals = forecast_arrivals(company, wins)
    repeats = forecast_repeats(company, defaults.chances, arrivals_known=bool(arrivals.streams))
    spread = Reason(
        "No record of actual against planned hours: hours are assumed to scatter by {share} around the plan.",
        {"share": format_percent(HOURS_SPREAD)},
    )
    correlation = Reason(
        "Deals and customers of one sector are assumed to share {share} of their luck (Basel's range is 12%"
        " to 24%).",
        {"share": format_percent(SECTOR_CORRELATION)},
    )
    horizon = {"as_of": company.as_of.isoformat(), "weeks": axis.weeks}
    return Beliefs(
        opportunities=wins.beliefs,
        accounts=_accounts(company, defaults, repeats),
        arrivals=arrivals.streams,
        hours_spread=HOURS_SPREAD,
        sector_correlation=SECTOR_CORRELATION,
        signal=wins.signal.name,
        fallbacks=(
            *wins.fallbacks,
            *defaults.fallbacks,
            *repeats.fallbacks,
            *arrivals.fallbacks,
            spread,
            correlation,
        ),
        cards={
            "win": {**wins.card, **horizon},
            "default": {**defaults.card, **horizon},
            "repeat": {**repeats.card, **horizon},
            "arrivals": {**arrivals.card, **horizon},
        },
    )


def _accounts(
    company: Company, defaults: DefaultForecast, repeats: RepeatForecast
) -> Mapping[str, AccountBelief]:
    """Default and repeat business of each account side by side."""
    accounts = {}
    for account in company.accounts:
        chance, repeat = defaults.chances[account.id], repeats.beliefs[account.id]
        accounts[account.id] = AccountBelief(
            account=account.id,
            default=chance,
            loss_given_default=LOSS_GIVEN_DEFAULT,
            orders_per_year=repeat.orders_per_year,
            margin_per_order=repeat.margin_per_order,
            retention=repeat.retention,
            lifetime_value=repeat.lifetime_value,
            lifetime_low=repeat.lifetime_low,
            lifetime_high=repeat.lifetime_high,
            reasons=(*chance.reasons, *repeat.reasons),
        )
    return accounts
