"""A world for any firm: its truth drawn from what can be believed of it, a different one for each seed.

Nobody knows the truth behind a real firm's books. So each seed draws one that the books allow: chances from the
forecasts' intervals, rates from their counts; deals to come are the firm's own recent ones again, a little larger or
smaller. What no record tells is an assumption with a name, here and in :mod:`pursuit.backtest.fitted_laws`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pursuit.backtest.fitted_laws import drawn_chance, drawn_laws, drawn_rate, drawn_share
from pursuit.backtest.luck import Key, Luck
from pursuit.backtest.nature import Hidden, Laws, Newcomer
from pursuit.domain import MATERIAL_SHARE_ASSUMED, Company, Opportunity, Option, offers_of
from pursuit.forecast import ArrivalStream, Beliefs, believe
from pursuit.forecast.options import option_means
from pursuit.forecast.stages import fit_funnel
from pursuit.units import Money, WeekAxis

SIZE_SPREAD = 0.25
"""Spread of the logarithm of a new deal's size about the past one it is made from."""
DEAL_STRENGTH = 8.0
"""How much deals of one kind differ in their chance: beta with so many pseudo-deals (0.3 has a spread of 0.15)."""
CYCLE_WEEKS = 6.0
"""Weeks until a customer decides where no closed deal tells; as plans assume."""
THOUGHT = (0.8, 1.25)
"""The day thought of as that of decision over the true time until it."""
DEADLINE = (0.3, 0.7)
"""The last day to go for a deal, in the time until its customer decides."""
_YEAR = timedelta(days=365)
_TAKEN_FOR_GRANTED = 3


@dataclass(frozen=True)
class Standing:
    """How the firm stands on the first Monday, counted as the replay counts."""

    late: Mapping[str, float]  # share of late deliveries in the year before, by account
    won: Mapping[str, int]  # orders won in the year before, by segment

    def of(self, account: str, segment: str) -> tuple[float, int]:
        """Late share and references of a deal."""
        return self.late.get(account, 0.0), self.won.get(segment, 0)


@dataclass(frozen=True)
class FittedNature:
    """A truth that a firm's books allow; a :class:`pursuit.backtest.nature.Nature`."""

    company: Company
    laws: Laws
    hidden: Mapping[str, Hidden]
    streams: tuple[ArrivalStream, ...]  # at the true rates and win probabilities
    cycles: Mapping[int, int]  # days until decided, by index of the closed opportunity
    first_stage: str
    orders: Mapping[str, tuple[int, ...]]  # won deals to repeat by account; all of them under ""
    margins: Mapping[str, float]  # of a repeat order by account, minor units
    standing: Standing

    def newcomers(self, week: int, luck: Luck) -> tuple[Newcomer, ...]:
        """The deals that would come in during a week if every account asked as much as it ever could."""
        monday = self.company.as_of + timedelta(weeks=week)
        month = (monday + timedelta(days=3)).month
        most = max(self.laws.growth.values())
        known = self.company.account_by_id
        made = []
        for stream in self.streams:
            rate = most * stream.weekly_rate * stream.season[month - 1]
            for n in range(luck.poisson(rate, "newcomers", stream.kind, week)):
                key = ("newcomer", stream.kind, week, n)
                newcomer = self._newcomer(stream, f"N{week:03d}-{stream.kind}-{n}", monday, luck, key)
                # nobody courts a customer without a record, so it never asks more than it does today
                if newcomer.opportunity.account in known or luck.happens(1 / most, *key, "asks"):
                    made.append(newcomer)
        return tuple(made)

    def _newcomer(
        self, stream: ArrivalStream, id_: str, monday: date, luck: Luck, key: tuple[Key, ...]
    ) -> Newcomer:
        """A past deal once more, of another size, that came in during the week of ``monday``."""
        company, start = self.company, self.company.as_of
        example = company.opportunities[
            stream.examples[int(luck.uniform(*key, "which") * len(stream.examples))]
        ]
        by = luck.lognormal(1.0, SIZE_SPREAD, *key, "size")
        cycle = self._cycle(luck, key)
        seen = monday + timedelta(weeks=1)
        decision = max(monday + timedelta(days=cycle), seen + timedelta(days=4))
        share = THOUGHT[0] + (THOUGHT[1] - THOUGHT[0]) * luck.uniform(*key, "thought")
        thought = max(monday + timedelta(days=round(cycle * share)), seen + timedelta(days=7))
        until = DEADLINE[0] + (DEADLINE[1] - DEADLINE[0]) * luck.uniform(*key, "deadline")
        deadline = max(seen + timedelta(days=4), seen + (decision - seen) * until)
        opportunity = replace(
            scaled(example, by),
            id=id_,
            stage=self.first_stage or example.stage,
            outcome="open",
            created=monday,
            closed=None,
            expected_close=thought,
            decide_by=min(deadline, thought),
            requested_date=_wished(example, thought),
            win_probability=None,
            likelihood="",
            pinned="",
        )
        standard = drawn_share(stream.win_probability, DEAL_STRENGTH, luck, *key, "wins")
        means, _ = option_means(offers_of(company, opportunity), standard)
        odds = {name: _log_odds(mean) for name, mean in means.items()}
        standing = self.standing.of(opportunity.account, company.segment_of(opportunity))
        decides = (decision - start).days // 7
        return Newcomer(opportunity, Hidden(odds, decides, *standing))

    def _cycle(self, luck: Luck, key: tuple[Key, ...]) -> int:
        days = list(self.cycles.values())
        if not days:
            return max(7, round(7 * luck.exponential(CYCLE_WEEKS, *key, "cycle")))
        return max(7, days[int(luck.uniform(*key, "cycle") * len(days))])

    def repeat_order(self, account: str, week: int, number: int, luck: Luck) -> Opportunity | None:
        """One of the account's own won deals again (or anybody's, where it has none), of its usual margin."""
        examples = self.orders.get(account) or self.orders.get("", ())
        if not examples:
            return None
        company, key = self.company, ("repeat", account, week, number)
        monday = company.as_of + timedelta(weeks=week)
        example = company.opportunities[examples[int(luck.uniform(*key, "which") * len(examples))]]
        usual, own = self.margins.get(account, 0.0), _margin(company, example)
        by = (usual / own if usual > 0 and own > 0 else 1.0) * luck.lognormal(1.0, SIZE_SPREAD, *key, "size")
        return replace(
            scaled(example, by),
            id=f"R{week:03d}-{account}-{number}",
            account=account,
            outcome="won",
            created=monday,
            closed=monday,
            expected_close=None,
            decide_by=None,
            requested_date=_wished(example, monday),
            win_probability=None,
            pinned="",
        )


def fitted_nature(company: Company, seed: int, beliefs: Beliefs | None = None) -> FittedNature:
    """A truth that the books of any firm allow, drawn by ``seed``; its first Monday is on or after the firm's day.

    Chances of open deals, defaults and retention are beta with the mean and the 90 % interval of the forecast, rates of
    arrivals gamma with the count behind them, so that over many seeds the truths average to what is believed.
    ``beliefs``, of :func:`believed`, saves forming them anew for each seed.
    """
    company = _on_monday(company)
    beliefs, luck = beliefs or believed(company), Luck(seed)
    numbered = list(enumerate(company.opportunities))
    closed = [(n, d) for n, d in numbered if d.outcome != "open" and d.created and d.closed]
    won = [(n, d) for n, d in numbered if d.outcome == "won" and _margin(company, d) > 0]
    funnel = fit_funnel(company.closed_opportunities, company.open_opportunities)
    orders: dict[str, tuple[int, ...]] = {"": tuple(n for n, _ in won)}
    for n, deal in won:
        orders[deal.account] = (*orders.get(deal.account, ()), n)
    standing = _standing(company)
    return FittedNature(
        company=company,
        laws=drawn_laws(company, beliefs, luck),
        hidden={opp.id: _hidden(company, beliefs, opp, standing, luck) for opp in company.open_opportunities},
        streams=tuple(_stream(company, beliefs, stream, luck) for stream in beliefs.arrivals),
        cycles={n: (d.closed - d.created).days for n, d in closed if d.closed and d.created},
        first_stage=funnel.order[0] if funnel.order else "",
        orders=orders,
        margins={name: belief.margin_per_order for name, belief in beliefs.accounts.items()},
        standing=standing,
    )


def believed(company: Company) -> Beliefs:
    """What can be believed of a firm on the first Monday of its replay."""
    company = _on_monday(company)
    return believe(company, WeekAxis.following(company.as_of, 52))


def _on_monday(company: Company) -> Company:
    monday = company.as_of + timedelta(days=-company.as_of.weekday() % 7)
    return company if monday == company.as_of else replace(company, as_of=monday)


def _standing(company: Company) -> Standing:
    since = company.as_of - _YEAR
    late: dict[str, list[bool]] = defaultdict(list)
    for delivery in company.deliveries:
        if delivery.delivered > since:
            late[delivery.account].append(delivery.delivered > delivery.promised)
    won = Counter(
        company.segment_of(deal)
        for deal in company.closed_opportunities
        if deal.outcome == "won" and deal.closed and deal.closed > since
    )
    shares = {name: sum(found) / (len(found) + _TAKEN_FOR_GRANTED) for name, found in late.items()}
    return Standing(shares, won)


def _stream(company: Company, beliefs: Beliefs, stream: ArrivalStream, luck: Luck) -> ArrivalStream:
    """A stream at a rate and a chance that its record allows."""
    weeks = beliefs.cards["arrivals"]["weeks_counted"]
    count = stream.weekly_rate * (float(weeks) if isinstance(weeks, int | float) else 52.0)
    closed = sum(company.opportunities[n].outcome != "open" for n in stream.examples)
    return replace(
        stream,
        weekly_rate=drawn_rate(stream.weekly_rate, count, luck, "rate", stream.kind),
        win_probability=drawn_share(stream.win_probability, closed + 4.0, luck, "wins", stream.kind),
    )


def _hidden(company: Company, beliefs: Beliefs, opp: Opportunity, standing: Standing, luck: Luck) -> Hidden:
    """What may be so of an open deal; the customer decides about when it is thought to."""
    belief = beliefs.opportunities[opp.id]
    odds = _log_odds(drawn_chance(belief.win, luck, "win", opp.id))
    standard = _log_odds(belief.by_option[offers_of(company, opp)[0].id])
    day = opp.expected_close or opp.decide_by
    weeks = (day - company.as_of).days / 7 if day else luck.exponential(CYCLE_WEEKS, "decides", opp.id)
    share = THOUGHT[0] + (THOUGHT[1] - THOUGHT[0]) * luck.uniform("thought", opp.id)
    return Hidden(
        {name: odds + _log_odds(mean) - standard for name, mean in belief.by_option.items()},
        max(0, math.floor(weeks / share)),
        *standing.of(opp.account, company.segment_of(opp)),
    )


def scaled(opp: Opportunity, by: float) -> Opportunity:
    """A deal ``by`` times as large: money, quantity and work; the presales stay."""
    return replace(
        opp,
        quantity=opp.quantity * by,
        amount=opp.amount * by if opp.amount else None,
        gross_amount=opp.gross_amount * by if opp.gross_amount else None,
        options=tuple(_scaled_option(option, by) for option in opp.options),
    )


def _scaled_option(option: Option, by: float) -> Option:
    def money(amount: Money | None) -> Money | None:
        return amount * by if amount else None

    return replace(
        option,
        price=money(option.price),
        material_cost=money(option.material_cost),
        win_probability=None,
        work=tuple(replace(piece, hours=piece.hours * by) for piece in option.work),
    )


def _wished(example: Opportunity, closing: date) -> date | None:
    """The wish of a past deal, as long after the decision as it was then."""
    decided = example.closed or example.expected_close
    if example.requested_date is None or decided is None:
        return None
    return closing + max(example.requested_date - decided, timedelta(days=7))


def _margin(company: Company, opp: Opportunity) -> float:
    """Price less material of a past order, in minor units of the firm's currency; 0 where its size is unknown."""
    if opp.amount is None:
        return 0.0
    product = company.product_by_id.get(opp.product)
    share = (
        product.material_share if product and product.material_share is not None else MATERIAL_SHARE_ASSUMED
    )
    return company.home(opp.amount, opp.closed) * (1 - share)


def _log_odds(probability: float) -> float:
    kept = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(kept / (1 - kept))
