"""Each law of the world moves what it says it moves, and nothing happens without its cause."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pursuit.backtest.decisions import Decisions
from pursuit.backtest.luck import Luck
from pursuit.backtest.nature import Breakdown, Hidden
from pursuit.backtest.world.beginning import begin
from pursuit.backtest.world.books import books_of
from pursuit.backtest.world.customers import live
from pursuit.backtest.world.deciding import carry_out
from pursuit.backtest.world.delivering import deliver
from pursuit.backtest.world.growing import grow
from pursuit.backtest.world.selling import chance, take_in, win
from pursuit.backtest.world.state import State, quarter
from pursuit.backtest.world.week import live_week
from pursuit.backtest.world.working import added, work
from pursuit.domain import Delivery
from tests.backtest.small import START, SmallNature, opportunity


def world(seed: int = 1, **laws: Any) -> State:
    """A small firm on its first Monday, whose sectors share no luck unless asked to."""
    nature = SmallNature()
    usual = {"sector_spread": 0.0, "sector_default": 0.0, "default": {}, "retention": {}, "breakdowns": {}}
    return begin(replace(nature, laws=replace(nature.laws, **usual | laws)), Luck(seed))


def pursued(state: State, option: str = "standard") -> Any:
    """A deal that is gone for with all its presales spent."""
    state.add_deal(opportunity(1, 0, state.luck), Hidden({"standard": 0.0, "heavy": 0.4}, 5))
    deal = state.deals["N-0-1"]
    carry_out(state, Decisions(pursue={deal.id: option}))
    deal.effort = dict.fromkeys(deal.effort, 0.0)
    return deal


def odds(state: State, deal: Any) -> float:
    """Log-odds of winning now."""
    probability = chance(state, deal)
    return math.log(probability / (1 - probability))


def test_odds_of_a_deal() -> None:
    """Effort unspent, a later promise, late deliveries, references and trust each move the log-odds by their law."""
    state = world()
    deal = pursued(state)
    laws, account = state.laws, deal.opportunity.account
    known = 3  # orders won in the year before, from the books
    deal.hidden = replace(deal.hidden, references=known)
    assert odds(state, deal) == pytest.approx(0.0, abs=1e-9)
    deal.effort = {"S": 5.0}
    assert odds(state, deal) == pytest.approx(laws.unprepared / 2)
    deal.effort = {"S": 0.0}
    deal.promise = deal.opportunity.requested_date + timedelta(weeks=3)
    assert odds(state, deal) == pytest.approx(laws.weeks_short * 3)
    deal.promise = None
    late = Delivery("D-9", account, START - timedelta(20), START - timedelta(9))
    state.deliveries.append(late)
    assert odds(state, deal) == pytest.approx(laws.late_share / 4)
    state.deliveries.remove(late)
    state.wins += [(state.base.segment_of(deal.opportunity), START)] * 2
    assert odds(state, deal) == pytest.approx(laws.references * math.log((1 + known + 2) / (1 + known)))
    del state.wins[-2:]
    state.customers[account].relationship -= 0.1
    assert odds(state, deal) == pytest.approx(-0.1 * laws.relationship)


def test_another_option_has_other_odds_and_a_sector_shares_its_luck() -> None:
    """The option decides the base of the odds; the quarter's luck is the same for every deal of a sector."""
    state = world(sector_spread=0.5)
    luck = 0.5 * state.luck.normal("sector", "기계", quarter(START))
    deal = pursued(state, "heavy")
    deal.hidden = replace(deal.hidden, references=3)
    assert odds(state, deal) == pytest.approx(0.4 + luck)


def test_a_pursuit_is_paid_for_once() -> None:
    """Going back and forth between options costs the dearest of them once, and keeps the share of effort spent."""
    state = world()
    deal = pursued(state, "heavy")
    deal.effort = {"S": 15.0}  # half of it
    for option in ("standard", "heavy", "standard"):
        carry_out(state, Decisions(pursue={deal.id: option}))
    assert [(p.kind, p.amount) for p in state.journal.payments] == [("pursuit", -300_000)]
    assert deal.effort == {"S": pytest.approx(5.0)}
    shown = next(o for o in books_of(state).opportunities if o.id == deal.id)
    assert {o.id: (o.effort["S"], o.pursuit_cost) for o in shown.options} == {
        "standard": (pytest.approx(5.0), None),
        "heavy": (pytest.approx(15.0), None),
    }


def test_trust_lost() -> None:
    """Late deliveries lower the relationship; who lost it asks less and leaves sooner."""
    state = world(retention={("A2", "keep"): 1e-6})
    customer, order = state.customers["A2"], state.orders["J-1"]
    for piece in order.pieces:
        piece.done = 1.0
    state.week = 9  # it was due in the sixth
    before = customer.relationship
    deliver(state)
    assert customer.relationship == pytest.approx(before + state.laws.trust[1])
    (penalty,) = [p for p in state.journal.payments if p.kind == "penalty"]
    days = (state.friday - order.due).days
    assert penalty.amount == -round(order.price * 0.001 * days)
    customer.relationship = before - 0.25
    for _ in range(200):
        state.luck, customer.alive, customer.contact = Luck(state.week), True, state.friday
        live(state)
        state.week += 1
    assert customer.pull == pytest.approx(1 - state.laws.asking * 0.25, abs=0.01)
    left = sum(e.kind == "left" and e.record == "A2" for e in state.journal.events)
    assert left / 200 == pytest.approx(1 - 1e-6 ** (2 / 52), abs=0.08)  # twice the usual hazard


def test_neglect_and_care() -> None:
    """Without contact an account asks less and less; on the course grow it asks more, which costs and takes hours."""
    state = world()
    neglected, cared = state.customers["A1"], state.customers["A3"]
    cared.course = "grow"
    for week in range(80):
        state.week = week
        cared.contact = state.friday
        live(state)
    assert neglected.pull < 0.8
    assert cared.pull > 1.2
    assert sum(p.amount for p in state.journal.payments if p.kind == "care") == -80 * round(1e6 / 52)
    work(state)
    assert [line.hours for line in state.journal.hours if line.record == "A3"] == [2.0]


def test_who_asks_less_sends_fewer() -> None:
    """Newcomers come in with the share their account asks; a customer that is gone sends none."""
    counts = {}
    for pull in (1.3, 0.65, 0.0):
        state = world()
        for customer in state.customers.values():
            customer.pull, customer.alive = pull, pull > 0
        for week in range(60):
            state.week = week
            take_in(state)
        counts[pull] = sum(e.kind == "arrived" for e in state.journal.events)
    assert counts[1.3] > 90
    assert 0.35 < counts[0.65] / counts[1.3] < 0.65
    assert counts[0.0] == 0


def test_breakdowns_and_ramps() -> None:
    """A failure takes its share of the hours; what was invested adds hours after its lead time, over its ramp."""
    state = world(breakdowns={"M": Breakdown(1.0, 1.0, 0.4)})
    work(state)
    there = next(line for line in state.journal.offered if line.resource == "M")
    assert there.regular == pytest.approx(60.0)
    state = world()
    carry_out(state, Decisions(invest=frozenset({"I-1"})))
    shown = []
    for _ in range(9):
        work(state)
        grow(state)
        state.week += 1
        shown.append(round(added(state, "M"), 2))
    assert shown == [0.0, 0.0, 0.0, 16.67, 33.33, 50.0, 50.0, 50.0, 50.0]
    running = [p.amount for p in state.journal.payments if p.kind == "investment"]
    assert running == [-30_000_000, *[-100_000] * 5]


def test_the_floor_rule() -> None:
    """The most pressing order goes first, overtime and outside help only to what would be late without them."""
    state = world()
    deal = pursued(state)
    win(state, deal)
    order, project = state.orders[deal.id], state.orders["J-1"]
    order.due, project.due = state.friday + timedelta(weeks=50), state.friday
    for piece in project.pieces:
        piece.real, piece.most = 600.0, 250.0
    work(state)
    assert _ways(state) == {"regular": 100.0, "overtime": 20.0}  # nothing for the order that can wait
    project.due = state.friday - timedelta(weeks=4)
    state.week += 1
    work(state)
    assert _ways(state) == {"regular": 100.0, "overtime": 20.0, "subcontract": 130.0}


def _ways(state: State) -> dict[str, float]:
    """Hours of this week on the machine by the way they were got, all for the project."""
    lines = [line for line in state.journal.hours if line.week == state.week and line.resource == "M"]
    assert {line.record for line in lines} == {"J-1"}
    return {line.how: pytest.approx(line.hours) for line in lines}


def test_a_step_never_runs_ahead() -> None:
    """The second step of an order has at no moment a larger share done than the first."""
    state = world()
    win(state, pursued(state))
    order = state.orders["N-0-1"]
    for _ in range(6):
        work(state)
        first, second = order.pieces
        assert second.done <= first.done + 1e-9
        state.week += 1


def test_an_order_waits_for_its_technology() -> None:
    """Work that needs a technology the firm lacks is not begun before it is there."""
    state = world()
    win(state, pursued(state))
    order = state.orders["N-0-1"]
    order.technologies = ("T2",)
    work(state)
    assert not order.begun
    state.held.add("T2")
    work(state)
    assert order.begun


def test_a_failed_customer() -> None:
    """A customer that fails pays a part of what it owes, its orders stop, and its deals are lost."""
    state = world(default={"A2": 1.0})
    for _ in range(60):
        live_week(state, Decisions())
    kinds = [e.kind for e in state.journal.events if e.account == "A2"]
    assert "defaulted" in kinds
    assert not state.customers["A2"].alive
    assert not any(deal.opportunity.account == "A2" for deal in state.deals.values())
    assert not any(order.account == "A2" for order in state.orders.values())
