"""Deals nobody knows yet arrive as often, and as large, as the record says."""

from datetime import date, timedelta

import numpy as np
import pytest

from pursuit.domain import Product
from pursuit.forecast.arrivals import forecast_arrivals
from pursuit.forecast.win import forecast_wins

AS_OF = date(2026, 3, 2)


def _arrivals(company):
    return forecast_arrivals(company, forecast_wins(company))


def test_the_rate_is_what_was_created_in_the_last_year(deal, firm):
    """Two deals a week for two years, won, lost or open alike, make a rate of two a week."""
    deals = [
        deal(f"D{n}", "won" if n % 3 == 0 else "lost", ended=0, days=int(n * 3.5)) for n in range(200)
    ] + [deal(f"O{n}", age=int(n * 3.5)) for n in range(8)]
    found = _arrivals(firm(*deals))
    assert sum(stream.weekly_rate for stream in found.streams) == pytest.approx(2 + 8 / 52, abs=0.05)


def test_kinds_large_enough_are_streams_of_their_own(deal, firm):
    """Product families are told apart, small ones share a stream, and examples are of the stream's own
    kind."""
    products = tuple(Product(f"P{n}", f"P{n}", family) for n, family in enumerate(["gear", "shaft", "rare"]))
    deals = [deal(f"D{n}", "lost", product=f"P{n % 2}", days=n % 60) for n in range(100)]
    deals += [deal(f"R{n}", "lost", product="P2", days=n) for n in range(3)]
    company = firm(*deals, products=products)
    streams = {stream.kind: stream for stream in _arrivals(company).streams}
    assert set(streams) == {"gear", "shaft", "other"}
    assert {company.opportunities[n].product for n in streams["gear"].examples} == {"P0"}


def test_examples_say_how_large_they_were(deal, firm):
    """A past deal without an amount cannot be drawn again."""
    deals = [deal(f"D{n}", "lost", amount=None, days=n) for n in range(30)]
    deals += [deal(f"E{n}", "lost", days=n) for n in range(30)]
    company = firm(*deals)
    drawn = {company.opportunities[n].id[0] for stream in _arrivals(company).streams for n in stream.examples}
    assert drawn <= {"E", "O"}


def test_without_creation_dates_there_are_none_and_the_plan_says_so(deal, firm):
    """Nothing is invented where no deal says when it was created."""
    found = _arrivals(firm(deal("O-1", created=None), deal("C", "won", created=None)))
    assert found.streams == ()
    assert "when it was created" in found.fallbacks[0].message


def test_a_season_shows_in_three_years_and_not_in_one(deal, firm):
    """Three times as many deals in autumn as in spring are seen in a record of three years, not of one."""

    def record(years):
        rng = np.random.default_rng(1)
        made = []
        for n in range(365 * years):
            day = AS_OF - timedelta(days=n)
            for k in range(rng.poisson(1.5 if day.month in (9, 10, 11) else 0.5)):
                made.append(deal(f"D{n}-{k}", "lost", created=day, closed=max(day, AS_OF)))
        return _arrivals(firm(*made)).streams[0].season

    assert record(1) == (1.0,) * 12
    season = record(3)
    assert min(season[8:11]) > 1.4 > 1 > max(season[2:5])
    assert np.mean(season) == pytest.approx(1)


def test_chance_alone_is_no_season(deal, firm):
    """Deals that come evenly over three years show no season."""
    rng = np.random.default_rng(2)
    made = [deal(f"D{n}", "lost", ended=0, days=int(rng.integers(0, 1095))) for n in range(900)]
    assert _arrivals(firm(*made)).streams[0].season == (1.0,) * 12
