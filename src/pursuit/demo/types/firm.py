"""A firm of a type put together: its books, and the nature it is replayed by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pursuit.backtest.luck import Luck
from pursuit.backtest.nature import Hidden, Laws, Newcomer
from pursuit.demo.figures import days
from pursuit.demo.firm import AS_OF
from pursuit.demo.types.assembly_distributor import ASSEMBLY_DISTRIBUTOR
from pursuit.demo.types.blueprint import USUAL, Blueprint
from pursuit.demo.types.books import ORDERS, retention, write_books
from pursuit.demo.types.clients import Client, make_clients
from pursuit.demo.types.deals import lead_weeks, make_call_off, make_deal, work_of
from pursuit.demo.types.dice import Dice
from pursuit.demo.types.it_services import IT_SERVICES
from pursuit.demo.types.job_shop import JOB_SHOP
from pursuit.demo.types.life import Life, live, per_week, who_asks
from pursuit.demo.types.machine_builder import MACHINE_BUILDER
from pursuit.demo.types.project_engineering import PROJECT_ENGINEERING
from pursuit.demo.types.table import Seen, lay, record
from pursuit.demo.types.winning import way_of
from pursuit.domain import Company, Opportunity, Option
from pursuit.units import Money

BLUEPRINTS: Mapping[str, Blueprint] = {
    bp.kind: bp for bp in (JOB_SHOP, PROJECT_ENGINEERING, IT_SERVICES, ASSEMBLY_DISTRIBUTOR, MACHINE_BUILDER)
}
KINDS = tuple(BLUEPRINTS)
_FEWEST = 60
"""Inquiries a year below which the customers and cross-currents of a type cannot all show."""


@dataclass(frozen=True)
class TypeNature:
    """What is really so in a made-up firm; a :class:`pursuit.backtest.nature.Nature`."""

    company: Company
    laws: Laws
    hidden: Mapping[str, Hidden]
    blueprint: Blueprint
    clients: tuple[Client, ...]
    per_year: int
    standing: Mapping[str, tuple[float, int]]  # by account, as of the first Monday

    def newcomers(self, week: int, luck: Luck) -> tuple[Newcomer, ...]:
        """The deals that would come in during a week if every account asked as much as it ever could."""
        bp, most = self.blueprint, max(self.laws.growth.values())
        monday = self.company.as_of + timedelta(weeks=week)
        made = []
        for market in bp.markets:
            rate = most * per_week(bp, market, self.per_year, monday)
            for n in range(luck.poisson(rate, "newcomers", market.id, week)):
                dice = Dice(luck, ("newcomer", market.id, week, n))
                client = who_asks(market, self.clients, dice)
                made.append(self._newcomer(client, f"N{week:03d}-{market.id}-{n}", monday, luck, dice))
        return tuple(made)

    def _newcomer(self, client: Client, id_: str, monday: date, luck: Luck, dice: Dice) -> Newcomer:
        """A deal that came in during the week of ``monday`` and is first seen on the Monday after."""
        bp, start = self.blueprint, self.company.as_of
        deal = make_deal(bp, client, dice)
        seen = Seen(monday, monday + timedelta(weeks=1), bp.stages[0].name)
        opportunity, hidden = lay(bp, deal, id_, seen, self.standing[client.id], start, dice)
        way = way_of(bp, deal, id_, list(hidden.log_odds.values()), luck)
        first = (seen.monday - start).days // 7
        stages = {max(first, (monday + days(day) - start).days // 7): name for name, day in way.stages[1:]}
        decides = hidden.decides
        if way.ends is not None and not way.won:
            decides = min(decides, max(first, (monday + days(way.ends) - start).days // 7))
        return Newcomer(opportunity, replace(hidden, decides=decides, stages=stages))

    def repeat_order(self, account: str, week: int, number: int, luck: Luck) -> Opportunity | None:
        """A call-off, as a deal won already."""
        bp = self.blueprint
        client = next((client for client in self.clients if client.id == account), None)
        if client is None:
            return None
        deal = make_call_off(bp, client, Dice(luck, ("repeat", account, week, number)))
        monday = self.company.as_of + timedelta(weeks=week)
        lead = lead_weeks(bp, deal.article, deal.quantity)
        option = Option(
            "standard",
            material_cost=Money(round(deal.listed * deal.article.material), "KRW"),
            lead_time_weeks=lead,
            work=work_of(bp, deal.article, deal.quantity),
        )
        return replace(
            record(deal, f"R{week:03d}-{account}-{number}", monday),
            outcome="won",
            closed=monday,
            stage=bp.stages[-1].name,
            requested_date=monday + timedelta(weeks=lead),
            options=(option,),
        )


@dataclass(frozen=True)
class TypeFirm:
    """A made-up firm: what it knows of itself, and what is really so."""

    company: Company
    nature: TypeNature


def make_type(kind: str, seed: int, per_year: int = USUAL, *, as_of: date = AS_OF) -> TypeFirm:
    """A believable firm of a type, the same for the same seed.

    Parameters
    ----------
    kind
        One of ``KINDS``.
    seed
        Start of all chance in the firm.
    per_year
        Inquiries a year; people, machines and cash go with them, so that capacity stays as tight.
    as_of
        The first Monday.

    Returns
    -------
    TypeFirm
        ``company`` holds only what such a firm has in its files; ``nature`` what is hidden in it.

    Raises
    ------
    ValueError
        For an unknown kind, fewer than 60 inquiries a year, or a day that is no Monday.
    """
    if kind not in BLUEPRINTS:
        raise ValueError(f"a firm is one of {', '.join(KINDS)}, not {kind}")
    if per_year < _FEWEST or as_of.weekday() != 0:
        raise ValueError(f"a firm has at least {_FEWEST} inquiries a year and starts on a Monday")
    luck = Luck(seed)
    bp = BLUEPRINTS[kind].sized(per_year)
    clients = make_clients(bp, luck, as_of)
    clients = tuple(replace(c, repeats=round(c.repeats * per_year / USUAL, 2)) for c in clients)
    life: Life = live(bp, clients, per_year, as_of, luck)
    company = write_books(bp, clients, life, per_year, as_of, luck)
    standing = {c.id: life.standing.of(c.id, c.market.id, as_of) for c in clients}
    nature = TypeNature(company, _laws(bp, clients), life.hidden, bp, clients, per_year, standing)
    return TypeFirm(company, nature)


def _laws(bp: Blueprint, clients: tuple[Client, ...]) -> Laws:
    law, growth = bp.win, Laws().growth
    return Laws(
        weeks_short=law.weeks_short,
        unprepared=law.unprepared,
        late_share=law.late_share,
        references=law.references,
        hours={center.id: center.overrun for center in bp.centers},
        breakdowns={center.id: center.breakdown for center in bp.centers if center.breakdown},
        default={client.id: client.default for client in clients},
        payment_drag={client.id: client.drag for client in clients},
        retention={(c.id, course): stays for c in clients for course, stays in retention(bp, c).items()},
        orders_per_year={  # the replay multiplies by how much an account asks, which its course moves as well
            (c.id, course): c.repeats * by / growth[course] for c in clients for course, by in ORDERS.items()
        },
        patience_weeks=bp.patience_weeks,
    )
