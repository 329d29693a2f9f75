"""A fitted nature is a truth that a firm's books allow: right on average, another for each seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from math import exp
from statistics import fmean

import numpy as np
import pytest

from pursuit.backtest.fitted import FittedNature, fitted_nature
from pursuit.backtest.fitted_laws import drawn_chance, drawn_rate, drawn_share
from pursuit.backtest.luck import Luck
from pursuit.backtest.nature import Newcomer
from pursuit.backtest.policies import Everything
from pursuit.backtest.replay import replay
from pursuit.demo.types import make_type
from pursuit.domain import Company, offers_of
from pursuit.forecast import Beliefs, Chance, believe
from pursuit.units import WeekAxis

SEEDS = range(12)


@cache
def books() -> Company:
    return make_type("assembly_distributor", 3, 200).company


@cache
def beliefs() -> Beliefs:
    return believe(books(), WeekAxis.following(books().as_of, 52))


@cache
def nature(seed: int) -> FittedNature:
    return fitted_nature(books(), seed)


def coming(seed: int) -> list[Newcomer]:
    return [n for week in range(52) for n in nature(seed).newcomers(week, Luck(seed))]


def chance(newcomer: Newcomer) -> float:
    return 1 / (1 + exp(-newcomer.hidden.log_odds["standard"]))


def test_deals_arrive_at_the_believed_rate() -> None:
    """Over several truths the mean number of newcomers a year is what the streams say, within sampling error."""
    most = max(nature(0).laws.growth.values())
    weeks = [books().as_of + timedelta(weeks=week, days=3) for week in range(52)]
    hoped = sum(s.weekly_rate * s.season[day.month - 1] for s in beliefs().arrivals for day in weeks)
    counts = [len(coming(seed)) / most for seed in SEEDS]
    assert abs(fmean(counts) / hoped - 1) < 4 * (2 / (hoped * len(counts))) ** 0.5
    rates = [sum(s.weekly_rate for s in nature(seed).streams) for seed in SEEDS]
    assert len(set(rates)) == len(rates)
    assert 0.01 < np.std(rates) / np.mean(rates) < 0.25


def test_deals_are_won_as_often_as_believed() -> None:
    """The mean chance of newcomers over several truths is that of the streams, that of open deals their belief."""
    rate = sum(s.weekly_rate for s in beliefs().arrivals)
    hoped = sum(s.weekly_rate * s.win_probability for s in beliefs().arrivals) / rate
    found = [fmean(chance(n) for n in coming(seed)) for seed in SEEDS]
    assert abs(fmean(found) - hoped) < 4 * np.std(found) / len(found) ** 0.5 + 0.01
    believed = fmean(b.win.mean for b in beliefs().opportunities.values())
    drawn = [
        fmean(1 / (1 + exp(-h.log_odds[offers_of(books(), deal)[0].id]))
              for deal in books().open_opportunities for h in [nature(seed).hidden[deal.id]])
        for seed in SEEDS
    ]  # fmt: skip
    assert abs(fmean(drawn) - believed) < 4 * np.std(drawn) / len(drawn) ** 0.5 + 0.01


def test_a_seed_is_a_truth_and_another_seed_another_one() -> None:
    """The same seed draws the same truth; two seeds differ in chances, rates and laws."""
    again = fitted_nature(books(), 1)
    assert again.hidden == nature(1).hidden
    assert again.laws == nature(1).laws
    assert again.newcomers(7, Luck(2)) == nature(1).newcomers(7, Luck(2))
    other = nature(2)
    assert all(other.hidden[name].log_odds != hidden.log_odds for name, hidden in again.hidden.items())
    assert other.laws.late_share != again.laws.late_share
    assert other.laws.default != again.laws.default


def test_newcomers_are_the_firms_own_deals_a_little_larger_or_smaller() -> None:
    """Each has the product and account of a past deal, another size, open dates ahead, and an id of its own."""
    pairs = {(d.account, d.product) for d in books().opportunities}
    found = coming(1)
    assert len({n.opportunity.id for n in found}) == len(found)
    replace(books(), opportunities=tuple(n.opportunity for n in found))
    for newcomer in found:
        deal = newcomer.opportunity
        assert (deal.account, deal.product) in pairs
        assert deal.outcome == "open"
        assert deal.closed is None
        assert deal.win_probability is None
        assert deal.created is not None
        assert deal.decide_by is not None
        assert deal.expected_close is not None
        assert deal.created + timedelta(days=11) <= deal.decide_by <= deal.expected_close
        assert deal.requested_date is None or deal.requested_date > deal.expected_close
        assert newcomer.hidden.decides > (deal.created - books().as_of).days // 7
        assert set(newcomer.hidden.log_odds) == {offer.id for offer in offers_of(books(), deal)}
    sizes = np.log([n.opportunity.amount.amount for n in found if n.opportunity.amount])
    past = np.log([d.amount.amount for d in books().opportunities if d.amount])
    assert abs(sizes.mean() - past.mean()) < 0.25
    assert sizes.std() == pytest.approx((past.var() + 0.25**2) ** 0.5, rel=0.15)


def test_defaults_and_retention_average_to_what_is_believed() -> None:
    """Over several truths the mean default and retention of all accounts are the forecast's."""
    believed = fmean(b.default.mean for b in beliefs().accounts.values())
    drawn = fmean(fmean(nature(seed).laws.default.values()) for seed in SEEDS)
    assert drawn == pytest.approx(believed, rel=0.15)
    stays = fmean(b.retention for b in beliefs().accounts.values())
    kept = [
        stay
        for seed in SEEDS
        for (_, course), stay in nature(seed).laws.retention.items()
        if course == "keep"
    ]
    assert fmean(kept) == pytest.approx(stays, abs=0.02)
    assert np.std(kept) > 0.02


def test_repeat_orders_have_the_margin_of_the_account() -> None:
    """Call-offs are won deals whose margin lies about the believed one."""
    account = max(beliefs().accounts.values(), key=lambda b: b.orders_per_year)
    margins = []
    for number in range(60):
        order = nature(1).repeat_order(account.account, 3, number, Luck(1))
        assert order is not None
        assert order.outcome == "won"
        assert order.account == account.account
        share = books().product_by_id[order.product].material_share
        assert order.amount is not None
        assert share is not None
        margins.append(order.amount.amount * (1 - share))
    assert fmean(margins) == pytest.approx(account.margin_per_order, rel=0.15)


def test_any_firm_has_a_nature_and_a_wednesday_waits_for_monday() -> None:
    """A firm with nothing but people and open deals can be lived; its first week is the next Monday's."""
    bare = Company(
        "Bare", "KRW", books().as_of + timedelta(days=2), books().resources,
        tuple(replace(d, product="", segment="", account="X", strategic={}, options=())
              for d in books().open_opportunities),
        calendars=books().calendars,
    )  # fmt: skip
    made = fitted_nature(bare, 1)
    assert made.company.as_of == books().as_of + timedelta(days=7)
    assert made.repeat_order("X", 0, 0, Luck(1)) is None
    lived = replay(made, Everything(), seed=1, weeks=8)
    kinds = {event.kind for event in lived.journal.events}
    assert {"arrived", "pursued", "lost"} <= kinds
    most = max(made.laws.growth.values())
    strangers = np.mean([len(made.newcomers(week, Luck(9))) for week in range(100)])
    assert strangers < most * sum(s.weekly_rate for s in made.streams), "strangers never ask more than today"


def test_drawn_numbers_have_the_mean_they_are_drawn_around() -> None:
    """Shares, chances and rates average to their belief, as wide as it is."""
    luck = Luck(4)
    shares = [drawn_share(0.3, 8, luck, "share", n) for n in range(2000)]
    assert fmean(shares) == pytest.approx(0.3, abs=0.015)
    assert np.std(shares) == pytest.approx((0.3 * 0.7 / 9) ** 0.5, rel=0.1)
    belief = Chance(0.2, 0.1, 0.32)
    chances = [drawn_chance(belief, luck, "chance", n) for n in range(2000)]
    assert fmean(chances) == pytest.approx(0.2, abs=0.01)
    assert np.quantile(chances, [0.05, 0.95]) == pytest.approx([0.1, 0.32], abs=0.025)
    rates = [drawn_rate(3.0, 25, luck, "rate", n) for n in range(2000)]
    assert fmean(rates) == pytest.approx(3.0, rel=0.03)
    assert np.std(rates) == pytest.approx(3.0 / 5, rel=0.1)
