"""The laws of a world drawn from what is believed of a firm; where its records are silent, stated assumptions."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

from scipy.special import betaincinv, gammaincinv

from pursuit.backtest.luck import Key, Luck
from pursuit.backtest.nature import Laws
from pursuit.domain import Account, Company
from pursuit.forecast import Beliefs, Chance

SURE = 3.29
"""Standard deviations that a 90 % interval is wide, near enough."""
DECLARED_STRENGTH = 10.0
"""Deals as many as which a declared chance counts: it comes without an interval, and people err. An assumption."""
COEFFICIENT_SPREAD = 0.3
"""Spread of the logarithm of each law of winning that no record tells, around the default of :class:`Laws`."""
OVERRUN_SPREAD = 0.05
"""Spread of the logarithm of the mean overrun of a resource: no record of actual hours is read yet."""
RETENTION_STRENGTH = 20.0
"""Customer years as many as which the believed retention counts."""
ORDERS_SHAPE = 4.0
"""Shape of the gamma by which an account's true rate of repeat orders lies about the believed one."""
STAYS = {"grow": 1.04, "keep": 1.0, "harvest": 0.90, "let_go": 0.40}
ORDERS = {"grow": 1.2, "keep": 1.0, "harvest": 0.7, "let_go": 0.2}
"""Retention and repeat orders by course against keeping, where the account declares none; assumptions."""
USUAL_DRAG, DRAG_STRENGTH = 10.0, 3.0
"""Mean days late where no invoice tells, and invoices as many as which the firm's mean counts for an account."""


def drawn_share(mean: float, strength: float, luck: Luck, *event: Key) -> float:
    """A share from a beta distribution of that mean, as sure as so many observations make it."""
    kept = min(max(mean, 1e-4), 1 - 1e-4)
    found = float(betaincinv(kept * strength, (1 - kept) * strength, luck.uniform(*event)))
    return min(max(found, 1e-6), 1 - 1e-6)


def drawn_chance(chance: Chance, luck: Luck, *event: Key) -> float:
    """A true probability that a belief allows: beta of its mean, as wide as its interval."""
    kept = min(max(chance.mean, 1e-4), 1 - 1e-4)
    spread = (chance.high - chance.low) / SURE
    strength = kept * (1 - kept) / spread**2 - 1 if spread > 1e-6 else DECLARED_STRENGTH
    return drawn_share(kept, max(strength, 1.0), luck, *event)


def drawn_rate(mean: float, count: float, luck: Luck, *event: Key) -> float:
    """A true rate that so many counted events allow: gamma (the posterior of a Poisson rate)."""
    shape = max(count, 0.5)
    return mean * float(gammaincinv(shape, luck.uniform(*event))) / shape


def drawn_laws(company: Company, beliefs: Beliefs, luck: Luck) -> Laws:
    """Laws that may hold for a firm, given what is believed of it."""
    usual = Laws()

    def about(value: float, name: str) -> float:
        return value * math.exp(luck.normal("law", name) * COEFFICIENT_SPREAD)

    losses = [belief.loss_given_default for belief in beliefs.accounts.values()]
    return Laws(
        weeks_short=about(usual.weeks_short, "weeks_short"),
        unprepared=about(usual.unprepared, "unprepared"),
        late_share=about(usual.late_share, "late_share"),
        references=about(usual.references, "references"),
        hours={
            r.id: (math.exp(luck.normal("overrun", r.id) * OVERRUN_SPREAD), beliefs.hours_spread)
            for r in company.resources
        },
        default={
            name: drawn_chance(belief.default, luck, "default", name)
            for name, belief in beliefs.accounts.items()
        },
        loss_given_default=sum(losses) / len(losses) if losses else usual.loss_given_default,
        payment_drag=days_late(company),
        retention={
            key: stays
            for account in company.accounts
            for key, stays in _stays(account, beliefs, luck).items()
        },
        orders_per_year={
            key: orders
            for account in company.accounts
            for key, orders in _orders(account, beliefs, luck, usual.growth).items()
        },
    )


def days_late(company: Company) -> Mapping[str, float]:
    """Mean days from the due day to the payment by account, drawn to the firm's mean where few invoices tell."""
    late: dict[str, list[int]] = defaultdict(list)
    for invoice in company.invoices:
        if invoice.paid is not None:
            late[invoice.account].append(max((invoice.paid - invoice.due).days, 0))
    everything = [days for found in late.values() for days in found]
    usual = sum(everything) / len(everything) if everything else USUAL_DRAG
    return {
        account.id: (sum(late[account.id]) + DRAG_STRENGTH * usual) / (len(late[account.id]) + DRAG_STRENGTH)
        for account in company.accounts
    }


def _stays(account: Account, beliefs: Beliefs, luck: Luck) -> dict[tuple[str, str], float]:
    """Retention by course: the drawn one for keeping, the others in the measure declared."""
    believed = beliefs.accounts[account.id].retention
    keep = drawn_share(believed, RETENTION_STRENGTH, luck, "retention", account.id)
    declared = {course.kind: course.retention for course in account.courses}
    usual = declared.get("keep") or 0.0
    found = {}
    for course, by in STAYS.items():
        other = declared.get(course)
        factor = other / usual if other is not None and usual > 0 else by
        found[account.id, course] = min(keep * factor, 0.99)
    return found


def _orders(
    account: Account, beliefs: Beliefs, luck: Luck, growth: Mapping[str, float]
) -> dict[tuple[str, str], float]:
    """Repeat orders a year by course; the replay's own factor on how much an account asks is taken out again."""
    believed = beliefs.accounts[account.id].orders_per_year
    keep = drawn_rate(believed, ORDERS_SHAPE, luck, "orders", account.id)
    declared = {course.kind: course.orders_per_year for course in account.courses}
    usual = declared.get("keep") or 0.0
    found = {}
    for course, by in ORDERS.items():
        other = declared.get(course)
        factor = other / usual if other is not None and usual > 0 else by
        found[account.id, course] = keep * factor / growth.get(course, 1.0)
    return found
