"""What a different price, lead time or effort does to the chance of winning, where nobody declared it.

These three numbers are assumptions, named on the plan, to be replaced by ``win_shift`` or by what a firm's
own quotes show. All are changes of the log-odds against the standard option.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from pursuit.domain import Offer
from pursuit.forecast.rates import expit, logit

PRICE_LOG_ODDS = -3.5
"""Per unit of log price. At even odds this is a price elasticity of -1.75, the mean of the 367 elasticities
that Tellis (1988) gathered (-1.76); a 10 % discount moves a deal from 50 to 59 %."""
WEEK_LOG_ODDS = -0.05
"""Per week of lead time: four weeks earlier move 50 to 55 %. An assumption without a published source."""
EFFORT_LOG_ODDS = 0.2
"""Per doubling of presales hours: 50 to 55 %. An assumption without a published source."""
LARGEST_SHIFT = 1.0
"""No assumed shift exceeds this in either direction: 50 % becomes 73 or 27 % at most."""


def assumed_shift(offer: Offer, standard: Offer) -> float:
    """Change of log-odds assumed for an offer against the standard one."""
    shift = 0.0
    if offer.price > 0 and standard.price > 0:
        shift += PRICE_LOG_ODDS * math.log(offer.price / standard.price)
    shift += WEEK_LOG_ODDS * (offer.lead_weeks - standard.lead_weeks)
    hours, usual = sum(offer.effort.values()), sum(standard.effort.values())
    if hours > 0 and usual > 0:
        shift += EFFORT_LOG_ODDS * math.log2(hours / usual)
    return max(-LARGEST_SHIFT, min(LARGEST_SHIFT, shift))


def option_means(offers: tuple[Offer, ...], standard_mean: float) -> tuple[Mapping[str, float], bool]:
    """Win probability of each option, and whether an assumed shift was used for any."""
    means: dict[str, float] = {offers[0].id: standard_mean}
    assumed = False
    for offer in offers[1:]:
        if offer.win_probability is not None:
            means[offer.id] = offer.win_probability
            continue
        shift = offer.win_shift or assumed_shift(offer, offers[0])
        assumed = assumed or (not offer.win_shift and shift != 0)
        means[offer.id] = (
            standard_mean if not 0 < standard_mean < 1 else float(expit(logit(standard_mean) + shift))
        )
    return means, assumed
